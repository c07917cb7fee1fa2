"""The grid of deck 000: 90 networks, five folds, 80 epochs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from tools.trial_bank.forest import FEATURES, cancer
from tools.trial_bank.plan import (
    CURVES,
    SEED,
    Array,
    Config,
    Plan,
    Record,
    Rows,
    Space,
    combinations,
    folds,
)

EPOCHS, N_SEEDS = 80, 3


@lru_cache
def tumours() -> tuple[Array, Array]:
    """Return the rows that lesson 06 searches on; its held-out quarter stays apart."""
    X, y = cancer()
    X, _, y, _ = train_test_split(X, y, stratify=y, random_state=SEED)
    return X, y


def network(config: Config) -> Any:
    """Return the deck's network, compiled: two hidden layers, dropout 0.3."""
    from tools.trial_bank.networks import keras

    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(config["neurons"], activation=config["activation"]),
            keras.layers.Dense(config["neurons"], activation=config["activation"]),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(loss="binary_crossentropy", optimizer=config["optimizer"], metrics=["accuracy"])
    return model


def train(config: Config, seed: int, epochs: int = EPOCHS) -> Record:
    """Train the deck's network on each fold: batches of 40."""
    from tools.trial_bank.networks import begin, fit

    X, y = tumours()
    records = []
    for train, valid in folds(5, seed, X, y):
        scaler = StandardScaler().fit(X[train])
        begin(seed)
        model = network(config)
        parts = scaler.transform(X[train]), y[train], scaler.transform(X[valid]), y[valid]
        records.append(fit(model, Rows(*parts), epochs=epochs, batch_size=40))
    return {name: np.concatenate([record[name] for record in records]) for name in CURVES}


def plan() -> Plan:
    """Return the plan of ``deck_grid``."""
    space: Space = {
        "activation": ["softmax", "relu", "tanh", "sigmoid", "linear"],
        "neurons": [5, 10, 15, 25, 35, 50],
        "optimizer": ["SGD", "Adam", "Adamax"],
    }
    X, y = tumours()
    sizes = np.array(
        [[[len(valid)] for _, valid in folds(5, seed, X, y)] for seed in range(N_SEEDS)]
    )
    rows = combinations(space)
    return Plan(
        "deck_grid",
        space,
        rows,
        np.arange(len(rows)),
        n_seeds=N_SEEDS,
        budgets=tuple(range(1, EPOCHS + 1)),
        unit="epochs",
        sizes=sizes,
        dtypes=CURVES,
        train=train,
        packages=("numpy", "scikit-learn", "keras", "tensorflow"),
        lower_is_better=("loss", "train_loss"),
        other_sizes={"train_sizes": len(y) - sizes},
        about={
            "data": "load_breast_cancer, columns " + ", ".join(FEATURES) + ", standardized on each"
            " fold's training rows; 426 rows (lesson 06's split, random_state=101)",
            "seed": "repetition of the 5-fold split, and keras.utils.set_random_seed",
        },
    )
