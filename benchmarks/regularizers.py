"""One wide network on few tumours, four ways to regularize it, ten seeds each: for lesson 06.

Writes course_utils/_records/regularizers.json: 40 trainings in the lesson's own code, two minutes
of one core. The names in it are shown to students.
"""

from __future__ import annotations

import json
import os
import platform
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import keras
import numpy as np
import numpy.typing as npt
from keras import layers
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from course_utils import setup
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS
from tools.trial_bank.forest import cancer

RESULT = RECORDS / "regularizers.json"
EPOCHS, BATCH, N_TRAIN, N_VALIDATION = 20, 32, 150, 160
N_SEEDS, FIRST_SEED = 10, 101
STEPS = 5 * EPOCHS
TINY = 1e-4
DESIGNS: dict[str, dict[str, Any]] = {
    "sin regularizar": {},
    "L2, λ = 0.01": {"penalty": keras.regularizers.L2(0.01)},
    "L1, λ = 0.003": {"penalty": keras.regularizers.L1(0.003)},
    "dropout 0.5": {"dropout": 0.5},
}
Array = npt.NDArray[Any]


def main() -> None:
    setup()
    parts = tumours()
    designs: dict[str, dict[str, list[Any]]] = {}
    for name, design in DESIGNS.items():
        keras.backend.clear_session()
        runs = [training(seed, parts, **design) for seed in range(FIRST_SEED, FIRST_SEED + N_SEEDS)]
        designs[name] = {key: [run[key] for run in runs] for key in runs[0]}
        print(name, [losses[-1] for losses in designs[name]["validation"]], flush=True)
    result = {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "epochs": EPOCHS,
        "first_seed": FIRST_SEED,
        "designs": designs,
    }
    write_text(RESULT, json.dumps(result, ensure_ascii=False) + "\n")


def tumours() -> tuple[Array, Array, Array, Array]:
    """Scaled measures of the training and of the validation rows, then the labels of both."""
    X, y = cancer()
    few, others, y_few, y_others = train_test_split(
        X,
        y.reshape(-1, 1),
        train_size=N_TRAIN,
        test_size=N_VALIDATION,
        stratify=y,
        random_state=101,
    )
    scaler = StandardScaler().fit(few)
    return scaler.transform(few), scaler.transform(others), y_few, y_others


def wide_model(seed: int, penalty: Any = None, dropout: float = 0.0) -> Any:
    """Build the lesson's network of two layers of 128, not compiled."""
    keras.utils.set_random_seed(seed)
    stack = [keras.Input((4,))]
    for _ in range(2):
        stack.append(layers.Dense(128, "relu", kernel_regularizer=penalty))
        stack.append(layers.Dropout(dropout))
    return keras.Sequential([*stack, layers.Dense(1, "sigmoid", kernel_regularizer=penalty)])


def training(seed: int, parts: tuple[Array, Array, Array, Array], **design: Any) -> dict[str, Any]:
    """Train one network.

    Parameters
    ----------
    seed : int
    parts : tuple of ndarray
        As :func:`tumours` gives them.
    **design
        Arguments of :func:`wide_model`.

    Returns
    -------
    dict
        Cross-entropy without the penalty after each epoch, on the rows of ``training`` and of
        ``validation``; the last validation ``accuracy``; ``tiny``, the fraction of the second
        layer's weights nearer to zero than 0.0001.
    """
    few, others, y_few, y_others = parts
    net = wide_model(seed, **design)
    rate = keras.optimizers.schedules.CosineDecay(0.01, STEPS)
    loss = "binary_crossentropy"
    net.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy", loss])
    run = net.fit(
        few,
        y_few,
        batch_size=BATCH,
        epochs=EPOCHS,
        verbose=0,
        validation_data=(others, y_others),
    ).history
    return {
        "training": np.round(run[loss], 5).tolist(),
        "validation": np.round(run[f"val_{loss}"], 5).tolist(),
        "accuracy": round(run["val_accuracy"][-1], 5),
        "tiny": round(float((np.abs(net.layers[2].kernel.numpy()) < TINY).mean()), 5),
    }


if __name__ == "__main__":
    main()
