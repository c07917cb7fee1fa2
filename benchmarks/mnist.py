"""MNIST as deck 003 trains its first network: nothing is set apart to validate.

The deck's two networks get all 60,000 images, five epochs, batches of 32; test accuracy over
several seeds. (The trial bank has them with a fifth of the images set apart, as the deck's search
has.) ``make bench-mnist`` writes benchmarks/results/mnist.json. `steps_per_execution` saves time
and changes no number.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from pathlib import Path
from typing import Any

from course_utils import load_mnist, setup
from course_utils._atomic import write_text

RESULT = Path(__file__).parent / "results" / "mnist.json"
DECK = {"layers": 1, "dropout": 0.2, "learning_rate": 0.001}
NETWORKS = {f"deck, {units} units": {"units": units, **DECK} for units in (512, 48)}


def test_accuracy(digits: Any, settings: dict[str, float], seed: int) -> float:
    """Train one network of the deck's kind; return its accuracy on the 10,000 test images."""
    import keras

    keras.utils.set_random_seed(seed)
    stack = [keras.Input((28, 28)), keras.layers.Rescaling(1 / 255), keras.layers.Flatten()]
    for _ in range(int(settings["layers"])):
        stack.append(keras.layers.Dense(int(settings["units"]), activation="relu"))
        stack.append(keras.layers.Dropout(settings["dropout"]))
    model = keras.Sequential([*stack, keras.layers.Dense(10, activation="softmax")])
    adam = keras.optimizers.Adam(settings["learning_rate"])
    loss = "sparse_categorical_crossentropy"
    model.compile(adam, loss, metrics=["accuracy"], steps_per_execution=25)
    model.fit(digits.X_train, digits.y_train, epochs=5, batch_size=32, verbose=0)
    return float(model.evaluate(digits.X_test, digits.y_test, batch_size=1000, verbose=0)[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    n_seeds = parser.parse_args().seeds
    setup()
    digits = load_mnist()
    rows = []
    for name, settings in NETWORKS.items():
        began = time.perf_counter()
        scores = [test_accuracy(digits, settings, seed) for seed in range(n_seeds)]
        mean = statistics.mean(scores)
        rows.append(
            {
                "network": name,
                "settings": ", ".join(f"{key} {value}" for key, value in settings.items()),
                "mean": round(mean, 4),
                "lowest": round(min(scores), 4),
                "highest": round(max(scores), 4),
                "standard error of one test": round(math.sqrt(mean * (1 - mean) / 10_000), 4),
                "seconds each": round((time.perf_counter() - began) / n_seeds, 1),
            }
        )
        print(rows[-1], flush=True)
    result = {"seeds": n_seeds, "data": digits.source, "rows": rows}
    write_text(RESULT, json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
