"""Support vector machines and forests on six small data sets, their defaults among them.

They answer how much there is to gain by tuning one model or the other, with the data set as the
unit. All data come with scikit-learn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.datasets import (
    load_breast_cancer,
    load_diabetes,
    load_digits,
    load_iris,
    load_sample_image,
    load_wine,
)
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from tools.trial_bank.plan import SEED, Array, Config, Plan, Record, Space, combinations, folds

N_FOLDS, N_SEEDS, N_TREES = 4, 2, 100
N_PATCHES, SIDE = 250, 8  # of each photograph; pixels
Data = tuple[Array, Array]


def _patches() -> Data:
    """Grey patches of two photographs; the label is the photograph."""
    rng, rows = np.random.default_rng(SEED), []
    for name in ("china.jpg", "flower.jpg"):
        grey = load_sample_image(name).mean(axis=2) / 255
        corners = rng.integers([size - SIDE for size in grey.shape], size=(N_PATCHES, 2))
        rows += [grey[i : i + SIDE, j : j + SIDE].ravel() for i, j in corners]
    return np.array(rows), np.repeat([0, 1], N_PATCHES)


def _diabetes() -> Data:
    """Load the patients; the label is whether the disease went on more than with half of them."""
    X, y = load_diabetes(return_X_y=True)
    return X, (y > np.median(y)).astype(int)


def _digits() -> Data:
    """Load the first 600 digits, so that they are not by far the largest of the data sets."""
    X, y = load_digits(return_X_y=True)
    return X[:600], y[:600]


LOADERS: dict[str, Callable[[], Data]] = {
    "cancer": partial(load_breast_cancer, return_X_y=True),
    "diabetes": _diabetes,
    "digits": _digits,
    "iris": partial(load_iris, return_X_y=True),
    "patches": _patches,
    "wine": partial(load_wine, return_X_y=True),
}


@lru_cache
def rows(name: str) -> Data:
    """Load one of the data sets."""
    return LOADERS[name]()


def svm(config: Config, seed: int) -> ClassifierMixin:
    """Make a machine on standardized columns; it draws nothing."""
    return make_pipeline(StandardScaler(), SVC(**config))


def forest(config: Config, seed: int) -> ClassifierMixin:
    """Make a forest."""
    return RandomForestClassifier(N_TREES, random_state=seed, **config)


def svm_space(name: str) -> Space:
    """Return a space with the default: C is 1, and ``"scale"`` is one over the columns."""
    n_columns = rows(name)[0].shape[1]
    gammas = [2.0**k / n_columns for k in range(-12, 7, 2)]
    return {"C": [2.0**k for k in range(-6, 13, 2)], "gamma": gammas}


def forest_space(name: str) -> Space:
    """Return a space with the default: ``"sqrt"`` and leaves of one row."""
    return {"max_features": ["sqrt", 0.25, 0.5, 1.0], "min_samples_leaf": [1, 2, 4, 8, 16]}


MODELS = {"svm": (svm, svm_space), "forest": (forest, forest_space)}


def train(kind: str, name: str, config: Config, seed: int) -> Record:
    """Train one model on each fold of a data set."""
    X, y = rows(name)
    hits, seconds = (np.zeros((1, N_FOLDS)) for _ in range(2))
    for fold, (fitted, valid) in enumerate(folds(N_FOLDS, seed, X, y)):
        began = time.process_time()
        model = MODELS[kind][0](config, seed).fit(X[fitted], y[fitted])
        hits[0, fold] = np.sum(model.predict(X[valid]) == y[valid])
        seconds[0, fold] = time.process_time() - began
    return {"hits": hits, "seconds": seconds}


def plan(kind: str, name: str) -> Plan:
    """Return the plan of ``tune_KIND_NAME``."""
    X, y = rows(name)
    space = MODELS[kind][1](name)
    sizes = [[[len(valid) for _, valid in folds(N_FOLDS, s, X, y)]] for s in range(N_SEEDS)]
    return Plan(
        f"tune_{kind}_{name}",
        space,
        combinations(space),
        np.arange(len(combinations(space))),
        n_seeds=N_SEEDS,
        budgets=tuple(range(1, N_FOLDS + 1)),
        unit="folds",
        sizes=np.array(sizes),
        dtypes={"hits": "uint16", "seconds": "float32"},
        train=partial(train, kind, name),
        average_steps=True,
        about={"data": name, "seed": "repetition of the 4-fold split, and of the forest"},
    )


PLANS = {f"tune_{kind}_{name}": partial(plan, kind, name) for kind in MODELS for name in LOADERS}
