"""Networks on IMDB: depth, width, dropout, L2, optimizer and rate."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from sklearn.model_selection import train_test_split

from course_utils import load_imdb, vectorize_sequences
from tools.trial_bank.plan import SEED, Config, Plan, Record, Rows, Space, network_plan, real

WORDS, EPOCHS, BATCH = 10_000, 8, 512
N_TRAIN, N_VALID, N_TEST = 15_000, 10_000, 25_000


@lru_cache
def reviews() -> Rows:
    """Split and encode the reviews as lesson 10 does."""
    data = real(load_imdb(num_words=WORDS))
    y = data.y_train
    train, valid = train_test_split(np.arange(len(y)), test_size=0.4, stratify=y, random_state=SEED)
    X = vectorize_sequences(data.X_train, WORDS)
    X_test = vectorize_sequences(data.X_test, WORDS)
    return Rows(X[train], y[train], X[valid], y[valid], X_test, data.y_test)


def canonical(config: Config) -> Config:
    """Without a hidden layer, its units and its dropout are nothing: the first of each stands."""
    inert = {"units": SPACE["units"][0], "dropout": SPACE["dropout"][0]}
    return config if config["layers"] else config | inert


def train(config: Config, seed: int, epochs: int = EPOCHS, rows: Rows | None = None) -> Record:
    """Train one candidate; L2 is on the weights of every layer."""
    from tools.trial_bank.networks import OPTIMIZERS, begin, fit, keras

    rows = rows or reviews()
    begin(seed)
    model = keras.Sequential([keras.Input((WORDS,))])
    for _ in range(config["layers"]):
        penalty = keras.regularizers.L2(config["l2"])
        model.add(
            keras.layers.Dense(config["units"], activation="relu", kernel_regularizer=penalty)
        )
        if config["dropout"]:
            model.add(keras.layers.Dropout(config["dropout"]))
    penalty = keras.regularizers.L2(config["l2"])
    model.add(keras.layers.Dense(1, activation="sigmoid", kernel_regularizer=penalty))
    model.compile(
        optimizer=OPTIMIZERS[config["optimizer"]](config["learning_rate"]),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    return fit(model, rows, epochs=epochs, batch_size=BATCH, moments=("best", epochs))


SPACE: Space = {
    "layers": [0, 1, 2],
    "units": [4, 16],
    "dropout": [0.0, 0.5],
    "l2": [0.0, 0.001],
    "optimizer": ["adam", "rmsprop"],
    "learning_rate": [0.001, 0.004],
}


def plan() -> Plan:
    """Return the plan of ``imdb_search``."""
    return network_plan(
        "imdb_search",
        SPACE,
        train,
        n_seeds=3,
        epochs=EPOCHS,
        n_train=N_TRAIN,
        n_valid=N_VALID,
        n_test=N_TEST,
        moments=("best", EPOCHS),
        about={
            "data": "IMDB, multi-hot over 10,000 words: 15,000 training and 10,000 validation"
            " reviews (stratified, random_state=101), 25,000 of test",
            "seed": "keras.utils.set_random_seed; the rows are always the same",
        },
        canonical=canonical,
    )
