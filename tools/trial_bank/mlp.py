"""scikit-learn's multilayer perceptrons on digits, epoch by epoch."""

from __future__ import annotations

import time
from functools import lru_cache

import numpy as np
from sklearn.datasets import load_digits
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from tools.trial_bank.plan import SEED, Array, Config, Plan, Record, Space, combinations

EPOCHS = 81


@lru_cache
def digits() -> list[Array]:
    """Load the training and validation images, then their labels."""
    X, y = load_digits(return_X_y=True)
    X = (X / 16).astype(np.float32)
    return list(train_test_split(X, y, test_size=360, stratify=y, random_state=SEED))


def train(config: Config, seed: int, epochs: int = EPOCHS) -> Record:
    """Train one network."""
    X_train, X_valid, y_train, y_valid = digits()
    hits, loss, seconds = (np.zeros((1, epochs)) for _ in range(3))
    model = MLPClassifier(
        (config["units"],) * config["n_layers"],
        activation=config["activation"],
        solver=config["solver"],
        learning_rate_init=config["learning_rate_init"],
        batch_size=config["batch_size"],
        random_state=seed,
    )
    for epoch in range(epochs):
        began = time.process_time()
        model.partial_fit(X_train, y_train, classes=np.arange(10) if epoch == 0 else None)
        seconds[0, epoch] = time.process_time() - began
        proba = model.predict_proba(X_valid).astype(float)
        hits[0, epoch] = np.sum(proba.argmax(axis=1) == y_valid)
        loss[0, epoch] = log_loss(y_valid, proba / proba.sum(axis=1, keepdims=True))
    return {"hits": hits, "loss": loss, "seconds": seconds}


def plan() -> Plan:
    """Return the plan of ``mlp_digits``."""
    space: Space = {
        "n_layers": [1, 2, 3],
        "units": [16, 32, 64],
        "learning_rate_init": [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
        "batch_size": [64, 256],
        "activation": ["relu", "tanh"],
        "solver": ["adam", "sgd"],
    }
    rows = combinations(space)
    return Plan(
        "mlp_digits",
        space,
        rows,
        np.arange(len(rows)),
        n_seeds=3,
        budgets=tuple(range(1, EPOCHS + 1)),
        unit="epochs",
        sizes=np.full((3, 1, 1), 360),
        dtypes={"hits": "uint16", "loss": "float16", "seconds": "float16"},
        train=train,
        lower_is_better=("loss",),
        about={
            "data": "load_digits, X / 16, 1437 training and 360 validation rows",
            "seed": "random_state of the network; the rows are always the same",
        },
    )
