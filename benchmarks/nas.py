"""What lesson 11 replays: searches by Optuna's TPE on the architectures, and inherited weights.

Writes course_utils/_records/nas.json. A search sees the trainings with seed 0 and is judged by
those with seed 1, as in the lesson. Networks that inherit weights and networks that begin anew get
the same seconds, their mother's included.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from optuna.samplers import TPESampler

from course_utils import trial_bank
from course_utils._atomic import write_text
from course_utils.bank import TrialBank
from course_utils.tournament import from_optuna
from tools.trial_bank.networks import keras

RESULT = Path(__file__).resolve().parents[1] / "course_utils" / "_records" / "nas.json"
TABLES: dict[str, dict[str, Any]] = {"nas_macro": {"kind": "conv"}, "nas_cells": {}}
"""Tables, and what is given in each: all dense networks of nas_macro have eighteen names."""
N_TRIALS, N_SEARCHES = 100, 200
N_MOTHERS, EPOCHS, NARROW, WIDE = 20, 40, 16, 48
Array = npt.NDArray[Any]


def regret(bank: TrialBank, given: dict[str, Any], seed: int, n_trials: int) -> list[float]:
    """Search once; return, after each trial, how far what was found is from the best."""
    seen: list[tuple[float, float]] = []
    space = {name: values for name, values in bank.space.items() if name not in given}

    def objective(config: Any) -> float:
        network = {**given, **config}
        seen.append((bank(network, seed=0), bank(network, seed=1)))
        return seen[-1][0]

    strategy = from_optuna(lambda s: TPESampler(n_startup_trials=10, seed=s), ordered=False)
    strategy(objective, space, n_trials, seed)
    table = bank.table(seed=1)
    for name, value in given.items():
        table = table[table[name] == value]
    top = float(table["score"].max())
    best, regrets = seen[0], []
    for tried in seen:
        best = max(best, tried, key=lambda pair: pair[0])  # of two alike, the earlier
        regrets.append(top - best[1])
    return regrets


def digits() -> tuple[Array, Array, Array, Array]:
    """Return the rows of lesson 11's networks: training and validation images, and labels."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    X, y = load_digits(return_X_y=True)
    X = (X / 16).astype("float32")
    parts = train_test_split(X, y, train_size=500, stratify=y, random_state=101)
    return parts[0], parts[1], parts[2], parts[3]


def network(width: int) -> Any:
    """Return lesson 11's network, compiled."""
    layers = [keras.layers.Dense(width, activation="relu")]
    layers += [keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential([keras.Input((64,)), *layers])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def widen(model: Any, width: int, rng: np.random.Generator) -> Any:
    """Return a wider network of the same outputs, as lesson 11 does it."""
    (into, bias), (out, last) = (layer.get_weights() for layer in model.layers)
    copies = rng.integers(len(bias), size=width - len(bias))
    units = np.r_[np.arange(len(bias)), copies]
    times = np.bincount(units)[units]
    wider = network(width)
    wider.layers[0].set_weights([into[:, units], bias[units]])
    wider.layers[1].set_weights([out[units] / times[:, None], last])
    return wider


def fit(model: Any, epochs: int) -> tuple[float, float]:
    """Train; return the validation accuracy and the seconds of an epoch, tracing left out."""
    X_train, X_valid, y_train, y_valid = digits()
    seconds = []
    for _ in range(epochs):
        began = time.process_time()
        model.fit(X_train, y_train, batch_size=50, verbose=0)
        seconds.append(time.process_time() - began)
    accuracy = model.evaluate(X_valid, y_valid, verbose=0)[1]
    return float(accuracy), float(np.median(seconds[1:]))


def inherit(seed: int) -> dict[str, float]:
    """Train a mother and the network that inherits from her, and one anew for as long."""
    keras.utils.set_random_seed(seed)
    mother = network(NARROW)
    _, narrow_epoch = fit(mother, EPOCHS)
    heir = widen(mother, WIDE, np.random.default_rng(seed))
    inherited, wide_epoch = fit(heir, EPOCHS)
    epochs = round(EPOCHS * (1 + narrow_epoch / wide_epoch))
    keras.utils.set_random_seed(seed)
    anew, _ = fit(network(WIDE), epochs)
    return {"inherited": round(inherited, 4), "anew": round(anew, 4), "epochs": epochs}


def main(arguments: list[str] | None = None) -> None:
    """Search, inherit, and write the record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--searches", type=int, default=N_SEARCHES)
    parser.add_argument("--trials", type=int, default=N_TRIALS)
    parser.add_argument("--mothers", type=int, default=N_MOTHERS)
    parser.add_argument("--result", type=Path, default=RESULT)
    options = parser.parse_args(arguments)
    searches = {}
    for name, given in TABLES.items():
        bank = trial_bank(name)
        paths = [regret(bank, given, seed, options.trials) for seed in range(options.searches)]
        found = np.array(paths)
        mean, last = found.mean(axis=0), found[:, -1]
        searches[name] = {"mean": mean.round(5).tolist(), "last": last.round(5).tolist()}
        print(name, last.mean(), flush=True)
    record = {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("optuna", "keras", "numpy")},
        "tpe": searches,
        "morphism": [inherit(seed) for seed in range(options.mothers)],
    }
    write_text(options.result, json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()
