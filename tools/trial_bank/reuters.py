"""Networks on Reuters: schedules of the learning rate, momentum, and a search."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import numpy as np
from sklearn.model_selection import train_test_split

from course_utils import load_reuters, vectorize_sequences
from tools.trial_bank.plan import SEED, Config, Plan, Record, Rows, Space, Train, network_plan, real

WORDS, TOPICS = 10_000, 46
N_TRAIN, N_QUARTER, N_VALID, N_TEST = 7_185, 1_796, 1_797, 2_246
SCHEDULES = [
    "constant",
    "exponential",
    "piecewise",
    "polynomial",
    "inverse_time",
    "cosine",
    "cosine_restarts",
    "warmup_cosine",
    "plateau",
]
SHORT, LONG = 8, 20  # epochs of a schedule, and of the search
BATCH = 64  # the decks', for schedules


@lru_cache
def newswires(fraction: float = 1.0) -> Rows:
    """Split and encode the newswires as lesson 09 does."""
    data = real(load_reuters(num_words=WORDS))
    y = data.y_train
    train, valid = train_test_split(
        np.arange(len(y)), train_size=0.8, test_size=0.2, stratify=y, random_state=SEED
    )
    if fraction < 1:
        train, _ = train_test_split(
            train, train_size=fraction, stratify=y[train], random_state=SEED
        )
    X, X_test = (vectorize_sequences(texts, WORDS) for texts in (data.X_train, data.X_test))
    return Rows(X[train], y[train], X[valid], y[valid], X_test, data.y_test)


def network(units: int, dropout: float = 0.0) -> Any:
    """Return the decks' network: two hidden layers, one output for each topic."""
    from tools.trial_bank.networks import keras

    model = keras.Sequential([keras.Input((WORDS,))])
    for _ in range(2):
        model.add(keras.layers.Dense(units, activation="relu"))
        if dropout:
            model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(TOPICS, activation="softmax"))
    return model


def schedule(name: str, rate: float, steps_per_epoch: int, epochs: int) -> Any:
    """Return a schedule that begins at (or rises to) `rate`; ``"plateau"`` begins constant.

    ``"exponential"`` is the decks' 0.96 an epoch; the others end at a hundredth of the rate or
    below, except ``"inverse_time"``, which halves it in the first epoch and ends at a ninth.
    """
    from tools.trial_bank.networks import keras

    kinds, steps = keras.optimizers.schedules, steps_per_epoch * epochs
    thirds, warmup = [steps // 3, 2 * steps // 3], steps // 10
    rates: dict[str, Callable[[], Any]] = {
        "constant": lambda: rate,
        "plateau": lambda: rate,
        "exponential": lambda: kinds.ExponentialDecay(rate, steps_per_epoch, 0.96),
        "piecewise": lambda: kinds.PiecewiseConstantDecay(thirds, [rate, rate / 10, rate / 100]),
        "polynomial": lambda: kinds.PolynomialDecay(rate, steps, rate / 100, power=2),
        "inverse_time": lambda: kinds.InverseTimeDecay(rate, steps_per_epoch, 1.0),
        "cosine": lambda: kinds.CosineDecay(rate, steps),
        "cosine_restarts": lambda: kinds.CosineDecayRestarts(rate, steps / 3, t_mul=2),
        "warmup_cosine": lambda: kinds.CosineDecay(
            0.0, steps - warmup, warmup_target=rate, warmup_steps=warmup
        ),
    }
    return rates[name]()


def train_schedule(
    config: Config, seed: int, optimizer: str = "SGD", epochs: int = SHORT, rows: Rows | None = None
) -> Record:
    """Train the decks' network of 64 units under one schedule, without dropout."""
    from tools.trial_bank.networks import begin, fit, keras

    rows = rows or newswires()
    begin(seed)
    name = config.get("schedule", "constant")
    steps = -(-len(rows.y_train) // BATCH)
    rate = schedule(name, config["learning_rate"], steps, epochs)
    extra = {"momentum": config.get("momentum", 0.9)} if optimizer == "SGD" else {}
    model = network(units=64)
    model.compile(
        optimizer=getattr(keras.optimizers, optimizer)(rate, **extra),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    plateau = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.3, patience=1)
    callbacks = [plateau] if name == "plateau" else []
    return fit(
        model,
        rows,
        epochs=epochs,
        batch_size=BATCH,
        moments=("best", epochs),
        callbacks=callbacks,
    )


def train_search(
    config: Config, seed: int, fraction: float = 1.0, epochs: int = LONG, rows: Rows | None = None
) -> Record:
    """Train one candidate of the search."""
    from tools.trial_bank.networks import OPTIMIZERS, begin, fit

    rows = rows or newswires(fraction)
    begin(seed)
    model = network(config["units"], config["dropout"])
    model.compile(
        optimizer=OPTIMIZERS[config["optimizer"]](config["learning_rate"]),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return fit(
        model, rows, epochs=epochs, batch_size=config["batch_size"], moments=("best", epochs)
    )


def plan_sgd() -> Plan:
    """Return the plan of ``reuters_sgd``: schedules x rates, SGD with momentum 0.9."""
    space: Space = {"schedule": SCHEDULES, "learning_rate": [0.01, 0.03, 0.1, 0.3, 1.0]}
    return _plan("reuters_sgd", space, partial(train_schedule, optimizer="SGD"), 5, SHORT)


def plan_adam() -> Plan:
    """Return the plan of ``reuters_adam``: the same schedules, Adam."""
    space: Space = {"schedule": SCHEDULES, "learning_rate": [0.0003, 0.001, 0.003, 0.01, 0.03]}
    return _plan("reuters_adam", space, partial(train_schedule, optimizer="Adam"), 5, SHORT)


def plan_momentum() -> Plan:
    """Return the plan of ``reuters_momentum``: small and large momentum, constant rates."""
    space: Space = {
        "momentum": [0.0, 0.5, 0.9, 0.99],
        "learning_rate": [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
    }
    return _plan("reuters_momentum", space, partial(train_schedule, optimizer="SGD"), 5, SHORT)


SEARCH: Space = {
    "batch_size": [32, 128, 512],
    "units": [16, 64, 256],
    "optimizer": ["adam", "rmsprop"],
    "learning_rate": [0.001, 0.003],
    "dropout": [0.0, 0.5],
}


def plan_search() -> Plan:
    """Return the plan of ``reuters_search``: 72 candidates on all training rows."""
    return _plan("reuters_search", SEARCH, train_search, 3, LONG)


def plan_quarter() -> Plan:
    """Return the plan of ``reuters_quarter``: the same candidates on a quarter of the rows."""
    train = partial(train_search, fraction=0.25)
    return _plan("reuters_quarter", SEARCH, train, 3, LONG, n_train=N_QUARTER)


def _plan(
    name: str, space: Space, train: Train, n_seeds: int, epochs: int, n_train: int = N_TRAIN
) -> Plan:
    return network_plan(
        name,
        space,
        train,
        n_seeds=n_seeds,
        epochs=epochs,
        n_train=n_train,
        n_valid=N_VALID,
        n_test=N_TEST,
        moments=("best", epochs),
        about={
            "data": f"Reuters, multi-hot over 10,000 words: {n_train:,} training and 1,797"
            " validation newswires (stratified, random_state=101), 2,246 of test",
            "seed": "keras.utils.set_random_seed; the rows are always the same",
        },
    )
