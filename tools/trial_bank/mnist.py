"""The networks of deck 003 on MNIST: sizes, the missing softmax, and dropout."""

from __future__ import annotations

from functools import lru_cache, partial

from course_utils import load_mnist
from tools.trial_bank.plan import Config, Plan, Record, Rows, Space, network_plan, real

N_TRAIN, N_VALID, N_TEST = 48_000, 12_000, 10_000
EPOCHS, LONG = 10, 20
ABOUT = {
    "data": "MNIST / 255: 48,000 training images, the last 12,000 of the 60,000 validate (the"
    " deck's validation_split=0.2); 10,000 test images",
    "seed": "keras.utils.set_random_seed; the rows are always the same",
}


@lru_cache
def images() -> Rows:
    """Load the images, as the deck does."""
    data = real(load_mnist())
    X, X_test = data.X_train / 255.0, data.X_test / 255.0
    train, valid = slice(N_TRAIN), slice(N_TRAIN, None)
    return Rows(X[train], data.y_train[train], X[valid], data.y_train[valid], X_test, data.y_test)


def train(config: Config, seed: int, epochs: int = EPOCHS, rows: Rows | None = None) -> Record:
    """Train the deck's network: Adam, batches of 32, the loss under its text name."""
    from tools.trial_bank.networks import begin, fit, keras

    begin(seed)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(config["units"], activation="relu"),
            keras.layers.Dropout(config.get("dropout", 0.2)),
            keras.layers.Dense(10, activation=config.get("output_activation", "softmax")),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return fit(model, rows or images(), epochs=epochs, batch_size=32, moments=moments(epochs))


def moments(epochs: int) -> tuple[str | int, ...]:
    """Return when to note which images are right: the deck's 5 epochs, and the end."""
    return ("best", 5, epochs)


def plan_units() -> Plan:
    """Return the plan of ``mnist_units``: every size of the deck's search, right and wrong."""
    space: Space = {"units": list(range(16, 513, 16)), "output_activation": ["softmax", None]}
    return _plan("mnist_units", space, n_seeds=3)


def plan_seeds() -> Plan:
    """Return the plan of ``mnist_seeds``: four of the sizes, ten times."""
    space: Space = {"units": [16, 48, 192, 512], "output_activation": ["softmax", None]}
    return _plan("mnist_seeds", space, n_seeds=10)


def plan_dropout() -> Plan:
    """Return the plan of ``mnist_dropout``: how much dropout, and is longer better."""
    space: Space = {"units": [48, 512], "dropout": [0.0, 0.1, 0.2, 0.5]}
    return _plan("mnist_dropout", space, n_seeds=3, epochs=LONG)


def _plan(name: str, space: Space, n_seeds: int, epochs: int = EPOCHS) -> Plan:
    return network_plan(
        name,
        space,
        partial(train, epochs=epochs),
        n_seeds=n_seeds,
        epochs=epochs,
        n_train=N_TRAIN,
        n_valid=N_VALID,
        n_test=N_TEST,
        moments=moments(epochs),
        about=ABOUT,
    )
