"""One change at a time to a small network on the digits, ten seeds each, against ten of the base.

Writes course_utils/_records/sensitivity.json, which lesson 06 reads: 220 trainings in the lesson's
own code, five and a half minutes of one core. The words in it are shown to students.
"""

from __future__ import annotations

import json
import os
import platform
from functools import partial
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import keras
from keras import layers, optimizers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from course_utils import setup
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "sensitivity.json"
EPOCHS, N_SEEDS, FIRST_SEED = 12, 10, 101

# What the slides' table says of a factor, the factor, the level, and the change to the base.
CHANGES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("Alta", "tasa de aprendizaje", "÷ 10", {"rate": 1e-4}),
    ("Alta", "tasa de aprendizaje", "× 10", {"rate": 1e-2}),
    ("Alta", "pérdida", "error cuadrático", {"loss": "mean_squared_error"}),
    ("Alta", "neuronas por capa", "16", {"units": 16}),
    ("Alta", "neuronas por capa", "128", {"units": 128}),
    ("Media", "inicialización", "He", {"kernel_initializer": "he_normal"}),
    ("Media", "inicialización", "normal 0.05", {"kernel_initializer": "random_normal"}),
    ("Media", "profundidad", "1 capa", {"depth": 1}),
    ("Media", "profundidad", "4 capas", {"depth": 4}),
    ("Media", "peso de L2", "0.01", {"kernel_regularizer": keras.regularizers.L2(0.01)}),
    ("Baja", "optimizador, de fábrica", "SGD 0.01", {"optimizer": optimizers.SGD, "rate": 0.01}),
    ("Baja", "optimizador, tasa propia", "SGD 0.3", {"optimizer": optimizers.SGD, "rate": 0.3}),
    (
        "Baja",
        "optimizador, tasa propia",
        "Adamax 0.01",
        {"optimizer": optimizers.Adamax, "rate": 0.01},
    ),
    ("Baja", "optimizador, tasa propia", "Adam 0.003", {"rate": 0.003}),
    ("Baja", "beta_1 de Adam", "0.99", {"optimizer": partial(optimizers.Adam, beta_1=0.99)}),
    ("Baja", "tamaño del lote", "128", {"batch_size": 128}),
    ("Baja", "activación", "tanh", {"activation": "tanh"}),
    ("Baja", "activación", "sigmoid", {"activation": "sigmoid"}),
    ("Baja", "activación", "softmax", {"activation": "softmax"}),
    ("(placebo)", "semilla", "1", {"first_seed": 201}),
    ("(placebo)", "semilla", "2", {"first_seed": 301}),
]


def network(
    seed: int, units: int = 64, depth: int = 2, activation: str = "relu", **layer: Any
) -> keras.Sequential:
    """The lesson's network, not compiled; `layer` goes to each of its dense layers."""
    keras.utils.set_random_seed(seed)
    net = keras.Sequential([keras.Input((64,))])
    for _ in range(depth):
        net.add(layers.Dense(units, activation, **layer))
    net.add(layers.Dense(10, "softmax", **layer))
    return net


def accuracy(
    seed: int,
    optimizer: Any = optimizers.Adam,
    rate: float = 0.001,
    batch_size: int = 32,
    loss: str = "categorical_crossentropy",
    **design: Any,
) -> float:
    """Validation accuracy, between 0 and 1, of one network trained from `seed`."""
    digits, labels = load_digits(return_X_y=True)
    images, targets = (digits / 16).astype("float32"), keras.utils.to_categorical(labels)
    parts = train_test_split(images, targets, train_size=800, stratify=labels, random_state=101)
    net = network(seed, **design)
    net.compile(optimizer(rate), loss, metrics=["accuracy"])
    net.fit(parts[0], parts[2], batch_size=batch_size, epochs=EPOCHS, verbose=0)
    return float(net.evaluate(parts[1], parts[3], batch_size=len(parts[1]), verbose=0)[1])


def accuracies(first_seed: int = FIRST_SEED, **change: Any) -> list[float]:
    """One for each seed, rounded to what 997 images can tell apart."""
    keras.backend.clear_session()
    seeds = range(first_seed, first_seed + N_SEEDS)
    return [round(accuracy(seed, **change), 5) for seed in seeds]


def main() -> None:
    setup()
    base = accuracies()
    print("base", base, flush=True)
    changes = []
    for claim, factor, level, change in CHANGES:
        scores = accuracies(**change)
        changes.append({"claim": claim, "factor": factor, "level": level, "accuracy": scores})
        print(factor, level, scores, flush=True)
    result = {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "epochs": EPOCHS,
        "first_seed": FIRST_SEED,
        "base": base,
        "changes": changes,
    }
    write_text(RESULT, json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
