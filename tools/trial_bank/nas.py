"""The tables of lesson 11: architectures on garments of 14 x 14 pixels and on digits of 8 x 8."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from tools.trial_bank.architectures import (
    CELLS,
    MACRO,
    canonical_cells,
    canonical_macro,
    cells,
    macro,
)
from tools.trial_bank.plan import SEED, Array, Config, Plan, Record, Rows, Space, network_plan

EPOCHS, BATCH, RATE, N_SEEDS = 8, 50, 0.005, 2
Sizes = tuple[int, int, int]


@lru_cache
def garments(side: int = 14) -> Rows:
    """Return rows of Fashion-MNIST at `side` x `side` (means of squares of pixels), from 0 to 1.

    Training and validation rows come from the publisher's 60,000, test rows from his 10,000.
    """
    from tools.trial_bank.networks import keras

    (X, y), (X_test, y_test) = keras.datasets.fashion_mnist.load_data()
    return _rows(_shrunk(X, side), y, (1000, 1000, 1000), _shrunk(X_test, side), y_test)


@lru_cache
def fewer_garments(n_train: int = 250) -> Rows:
    """Return the same rows with a part of those for training."""
    rows = garments()
    X, _, y, _ = train_test_split(
        rows.X_train,
        rows.y_train,
        train_size=n_train,
        stratify=rows.y_train,
        random_state=SEED,
    )
    return replace(rows, X_train=X, y_train=y)


@lru_cache
def digits(sizes: Sizes = (500, 697, 600)) -> Rows:
    """Return the rows of `load_digits`, between 0 and 1."""
    X, y = load_digits(return_X_y=True)
    X = (X.reshape(-1, 8, 8, 1) / 16).astype("float32")
    X, X_test, y, y_test = train_test_split(X, y, test_size=sizes[2], stratify=y, random_state=SEED)
    return _rows(X, y, sizes, X_test, y_test)


def _shrunk(X: Array, side: int) -> Array:
    square = 28 // side
    shrunk: Array = X.reshape(-1, side, square, side, square, 1).mean(axis=(2, 4)) / 255
    return shrunk.astype("float32")


def _rows(X: Array, y: Array, sizes: Sizes, X_test: Array, y_test: Array) -> Rows:
    n_train, n_valid, n_test = sizes
    parts = train_test_split(
        X, y, train_size=n_train, test_size=n_valid, stratify=y, random_state=SEED
    )
    X_train, X_valid, y_train, y_valid = parts
    return Rows(X_train, y_train, X_valid, y_valid, X_test[:n_test], y_test[:n_test])


def train(
    draw: Callable[[Config, tuple[int, ...]], Any],
    load: Callable[[], Rows],
    config: Config,
    seed: int,
    epochs: int = EPOCHS,
) -> Record:
    """Draw a network and train it: Adam at 0.005, batches of 50."""
    from tools.trial_bank.networks import begin, follow, keras

    rows = load()
    begin(seed)
    model = draw(config, rows.X_train.shape[1:])
    model.compile(
        optimizer=keras.optimizers.Adam(RATE),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    record = follow(model, rows, epochs=epochs, batch_size=BATCH)
    return record | {"parameters": np.full((1, 1), model.count_params())}


def plan(
    name: str,
    space: Space,
    canonical: Callable[[Config], Config],
    draw: Callable[[Config, tuple[int, ...]], Any],
    load: Callable[[], Rows],
    sizes: Sizes,
    data: str,
    n_seeds: int = N_SEEDS,
) -> Plan:
    """Return the plan of one of the tables."""
    n_train, n_valid, n_test = sizes
    return network_plan(
        name,
        space,
        partial(train, draw, load),
        n_seeds=n_seeds,
        epochs=EPOCHS,
        n_train=n_train,
        n_valid=n_valid,
        n_test=n_test,
        about={"data": data, "seed": "keras.utils.set_random_seed; the rows are always the same"},
        also={"test_hits": "uint16", "parameters": "uint32"},
        canonical=canonical,
    )


GARMENTS = "Fashion-MNIST at 14 x 14: 1,000 rows train, 1,000 validate, 1,000 test"
FEWER = "Fashion-MNIST at 14 x 14: 250 rows train, 1,000 validate, 1,000 test"
SMALLER = "Fashion-MNIST at 7 x 7: 1,000 rows train, 1,000 validate, 1,000 test"
DIGITS = "load_digits, 8 x 8: 500 rows train, 697 validate, 600 test"
IN_CELLS = (CELLS, canonical_cells, cells)
IN_MACRO = (MACRO, canonical_macro, macro)
WHOLE, QUARTER = (1000, 1000, 1000), (250, 1000, 1000)
PLANS = {
    "nas_cells": partial(plan, "nas_cells", *IN_CELLS, garments, WHOLE, GARMENTS),
    "nas_macro": partial(plan, "nas_macro", *IN_MACRO, garments, WHOLE, GARMENTS),
    "nas_digits": partial(plan, "nas_digits", *IN_MACRO, digits, (500, 697, 600), DIGITS),
    "nas_quarter": partial(plan, "nas_quarter", *IN_MACRO, fewer_garments, QUARTER, FEWER, 1),
    "nas_7x7": partial(plan, "nas_7x7", *IN_MACRO, partial(garments, 7), WHOLE, SMALLER, 1),
}
