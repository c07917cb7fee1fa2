"""Support vector machines on small digits."""

from __future__ import annotations

import time
from functools import lru_cache

import numpy as np
from sklearn.datasets import load_digits
from sklearn.svm import SVC

from tools.trial_bank.plan import Array, Config, Plan, Record, Space, combinations, folds


@lru_cache
def small_digits() -> tuple[Array, Array]:
    """Digits of 4 x 4 pixels: means of blocks of 2 x 2.

    At 8 x 8 the classes can be separated, any large C gives the same machine, and a tenth of the
    grid lies within 0.0003 of the best score: there is nothing left to search.
    """
    X, y = load_digits(return_X_y=True)
    return (X / 16).reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16), y


def train(config: Config, seed: int) -> Record:
    """Train one machine on each fold."""
    X, y = small_digits()
    hits, fit, score = (np.zeros((1, 5)) for _ in range(3))
    for fold, (train, valid) in enumerate(folds(5, seed, X, y)):
        began = time.process_time()
        model = SVC(C=config["C"], gamma=config["gamma"]).fit(X[train], y[train])
        fitted = time.process_time()
        hits[0, fold] = np.sum(model.predict(X[valid]) == y[valid])
        fit[0, fold], score[0, fold] = fitted - began, time.process_time() - fitted
    return {"hits": hits, "seconds": fit + score, "score_seconds": score}


def plan() -> Plan:
    """Return the plan of ``svm_digits``."""
    X, y = small_digits()
    space: Space = {
        "C": [2.0**k for k in range(-8, 16)],
        "gamma": [2.0**k for k in range(-17, 7)],
    }
    sizes = [[[len(valid) for _, valid in folds(5, seed, X, y)]] for seed in range(2)]
    rows = combinations(space)
    return Plan(
        "svm_digits",
        space,
        rows,
        np.arange(len(rows)),
        n_seeds=2,
        budgets=(1, 2, 3, 4, 5),
        unit="folds",
        sizes=np.array(sizes),
        dtypes={"hits": "uint16", "seconds": "float32", "score_seconds": "float32"},
        train=train,
        average_steps=True,
        about={
            "data": "load_digits, means of 2 x 2 pixels / 16",
            "seed": "repetition of the 5-fold split",
        },
    )
