"""Measure TensorFlow against JAX, and the decks' training settings against the course's.

Every row runs in a process of its own: import, then the workload. ``make bench-backends`` writes
benchmarks/results/backends.json. JAX is not part of the course: it is installed into a temporary
folder for this measurement.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_utils._atomic import write_text

ROOT = Path(__file__).resolve().parents[1]
RESULT = Path(__file__).parent / "results" / "backends.json"
COURSE = {
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}
BACKENDS: dict[str, dict[str, str]] = {
    "TensorFlow, its defaults": {"KERAS_BACKEND": "tensorflow"},
    "TensorFlow, one thread (course)": {"KERAS_BACKEND": "tensorflow", **COURSE},
    "JAX": {"KERAS_BACKEND": "jax"},
}


def mnist(units: int, batch_size: int, steps_per_execution: int) -> Callable[[], float]:
    """Two epochs of the deck's network on MNIST; returns the test accuracy."""
    from course_utils import load_mnist

    digits = load_mnist()
    X_train, X_test = (X.astype("float32") / 255 for X in (digits.X_train, digits.X_test))

    def train() -> float:
        import keras

        layers = [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(10, activation="softmax"),
        ]
        model = _compiled(layers, "adam", steps_per_execution)
        model.fit(X_train, digits.y_train, epochs=2, batch_size=batch_size, verbose=0)
        return float(model.evaluate(X_test, digits.y_test, batch_size=1000, verbose=0)[1])

    return train


def reuters(dtype: str) -> Callable[[], float]:
    """Nine epochs of the 64-64-46 network on Reuters; returns the test accuracy."""
    from course_utils import load_reuters, vectorize_sequences

    news = load_reuters()
    X_train, X_test = (vectorize_sequences(X, dtype=dtype) for X in (news.X_train, news.X_test))

    def train() -> float:
        import keras

        hidden = [keras.layers.Dense(64, activation="relu") for _ in range(2)]
        layers = [keras.Input((10_000,)), *hidden, keras.layers.Dense(46, activation="softmax")]
        model = _compiled(layers, "rmsprop", 1)
        model.fit(X_train, news.y_train, epochs=9, batch_size=512, verbose=0)
        return float(model.evaluate(X_test, news.y_test, batch_size=512, verbose=0)[1])

    return train


def short_trials() -> Callable[[], float]:
    """Ten new models, three epochs each, as in a search; returns the best validation accuracy."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    X = (X / 16).astype("float32")

    def trial(units: int) -> float:
        import keras

        hidden = keras.layers.Dense(units, activation="relu")
        layers = [keras.Input((64,)), hidden, keras.layers.Dense(10, activation="softmax")]
        model = _compiled(layers, "adam", 1)
        held = (X[1400:], y[1400:])
        fitted = model.fit(X[:1400], y[:1400], validation_data=held, epochs=3, verbose=0)
        return float(max(fitted.history["val_accuracy"]))

    return lambda: max(trial(16 * number) for number in range(1, 11))


def _compiled(layers: list[Any], optimizer: str, steps_per_execution: int) -> Any:
    import keras

    model = keras.Sequential(layers)
    model.compile(
        optimizer=optimizer,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=steps_per_execution,
    )
    return model


WORKLOADS: dict[str, tuple[Callable[..., Callable[[], float]], tuple[Any, ...]]] = {
    "MNIST, 512 units, batch 32 (deck)": (mnist, (512, 32, 1)),
    "MNIST, 512 units, batch 32, 50 steps per execution": (mnist, (512, 32, 50)),
    "MNIST, 512 units, batch 128, 20 steps per execution (course)": (mnist, (512, 128, 20)),
    "MNIST, 48 units, batch 32 (deck)": (mnist, (48, 32, 1)),
    "MNIST, 48 units, batch 128, 20 steps per execution (course)": (mnist, (48, 128, 20)),
    "Reuters 64-64-46, float32 (deck)": (reuters, ("float32",)),
    "Reuters 64-64-46, uint8 (course)": (reuters, ("uint8",)),
    "10 short trials, a new model each": (short_trials, ()),
}


def work(name: str) -> None:
    """Run one workload in this process; print its seconds and score as JSON."""
    make, arguments = WORKLOADS[name]
    train = make(*arguments)
    began = time.perf_counter()
    import keras

    imported = time.perf_counter()
    keras.utils.set_random_seed(101)
    score = train()
    ended = time.perf_counter()
    print(json.dumps({"import": imported - began, "train": ended - imported, "score": score}))


def measure(name: str, settings: dict[str, str], jax_folder: str, repeats: int) -> dict[str, float]:
    """Median seconds of a workload over fresh processes, and its score."""
    path = os.pathsep.join([str(ROOT), jax_folder])
    environment = {**os.environ, **settings, "PYTHONPATH": path, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, __file__, "--work", name]
    runs = []
    for _ in range(repeats):
        ended = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        runs.append(json.loads(ended.stdout.splitlines()[-1]))
    return {
        "import_s": round(statistics.median(run["import"] for run in runs), 1),
        "train_s": round(statistics.median(run["train"] for run in runs), 1),
        "score": round(runs[0]["score"], 4),
    }


def install_jax(folder: str) -> int:
    """Put JAX into a folder of its own; return its size in MB (10^6 bytes)."""
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps"]
    command += ["--python", sys.executable, "--target", folder, "jax", "jaxlib"]
    subprocess.run(command, check=True)
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    return round(sum(path.stat().st_size for path in files) / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", choices=WORKLOADS, help="run one workload here")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    if options.work:
        work(options.work)
        return
    from course_utils import load_mnist, load_reuters

    with tempfile.TemporaryDirectory() as folder:
        result: dict[str, Any] = {
            "what": f"runs per row: {options.repeats}, on {os.cpu_count()} cores",
            "data": {"MNIST": load_mnist().source, "Reuters": load_reuters().source},
            "jax_megabytes": install_jax(folder),
            "rows": [],
        }
        for workload in WORKLOADS:
            for backend, settings in BACKENDS.items():
                row: dict[str, Any] = {"workload": workload, "backend": backend}
                row |= measure(workload, settings, folder, options.repeats)
                print(row, flush=True)
                result["rows"].append(row)
    write_text(RESULT, json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
