"""The rows that lessons 02 to 06 search on, and those that they hold out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.model_selection import StratifiedKFold, train_test_split

from benchmarks.deck_procedures.measured import Array
from tools.trial_bank.forest import cancer
from tools.trial_bank.plan import SEED


class Sample(NamedTuple):
    """Development rows and held-out rows."""

    X: Array
    y: Array
    X_held: Array
    y_held: Array


def digits(quarter: int) -> Sample:
    """Take 600 images to search on, and a quarter of all images held out."""
    X, y = load_digits(return_X_y=True)
    dev, held = _quarters(X, y)[quarter]
    chosen, _ = train_test_split(dev, train_size=600, stratify=y[dev], random_state=SEED)
    return Sample(X[chosen], y[chosen], X[held], y[held])


def tumours(quarter: int) -> Sample:
    """Take all 30 measures; 1 is malignant."""
    X, y = load_breast_cancer(return_X_y=True)
    dev, held = _quarters(X, y)[quarter]
    y = 1 - y
    return Sample(X[dev], y[dev], X[held], y[held])


def four_measures() -> Sample:
    """Take the four columns and the 426 rows of table ``deck_grid``; the other 143 are held out."""
    X, y = cancer()
    X, X_held, y, y_held = train_test_split(X, y, stratify=y, random_state=SEED)
    return Sample(X, y, X_held, y_held)


def _quarters(X: Array, y: Array) -> list[tuple[Array, Array]]:
    cut = StratifiedKFold(4, shuffle=True, random_state=SEED)
    return [(np.asarray(dev), np.asarray(held)) for dev, held in cut.split(X, y)]
