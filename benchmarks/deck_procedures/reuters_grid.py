"""Deck 004: a grid over epochs, batch size, units and optimizer. Lesson 09, 9.5 to 9.9.

The deck names four axes and no values: those of lesson 09's literal budget are taken, 54 networks
with the whole training set and one validation, as far as table ``reuters_search`` of the trial bank
holds them. A grid trains 5, 10 and 20 epochs apart. The recording validates after every epoch and
the grid once: the pace, measured here for each batch size, takes that off. The winner is trained
again, as ``refit=True`` does. The lesson's chain is its grid and its random search on a
quarter of the newswires, the fine search on all of them, and the book's network beside the winner.
Both train on the same 7,185 newswires and answer for the 2,246 of the test.
"""

from __future__ import annotations

import itertools
from typing import Any

import keras
import numpy as np
from scikeras.wrappers import KerasClassifier
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV

from benchmarks.deck_procedures.measured import Array, Clock, Measured, recorded
from benchmarks.deck_procedures.pace import grid_seconds
from benchmarks.newswires import (
    BOOK,
    BRIEF,
    FINE_SPACE,
    LONG,
    SPACE,
    Newswires,
    build,
    classes,
    classifier,
)
from course_utils import repair_scikeras
from course_utils.bank import TrialBank
from tools.trial_bank.networks import OPTIMIZERS
from tools.trial_bank.plan import Config
from tools.trial_bank.reuters import network, newswires, train_search

AXES: dict[str, list[Any]] = {
    "batch_size": [32, 128, 512],
    "units": [16, 64, 256],
    "optimizer": ["adam", "rmsprop"],
}
EPOCHS = (5, 10, 20)
FIXED: Config = {"learning_rate": 0.001, "dropout": 0.0}
PACE_EPOCHS = 10  # the middle length of the grid
WHOLE_GRID = {
    "epochs": [3, 6],
    "batch_size": [128, 256],
    "model__units": [64],
    "model__optimizer": ["adam"],
}
LONGEST = {
    "epochs": [6],
    "batch_size": [128],
    "model__units": [16, 64],
    "model__optimizer": ["rmsprop"],
}


def deck(seed: int) -> Measured:
    """Read the deck's grid from the bank, and train its winner again."""
    bank, bank_seed = recorded("reuters_search", seed)
    paces = {size: pace(bank, bank_seed, size) for size in AXES["batch_size"]}

    def seconds(config: Config, epochs: int) -> float:
        recorded_seconds = bank.cost(config, budget=epochs, seed=bank_seed)
        return float(recorded_seconds * paces[config["batch_size"]])

    best, epochs = winner(bank, bank_seed)
    record = train_search(best, bank_seed, epochs=epochs)
    n_test = len(newswires().y_test)  # type: ignore[arg-type]
    right = np.unpackbits(record["test_right"][-1], count=n_test).astype(bool)
    return Measured(
        sum(seconds(config, epochs) for config, epochs in grid()) + seconds(best, epochs),
        right,
        f"{best}, {epochs} epochs",
        details={"paces": paces},
    )


def grid() -> list[tuple[Config, int]]:
    """Return the deck's candidates: configurations of the bank, and their epochs."""
    configs = [dict(zip(AXES, v, strict=True)) | FIXED for v in itertools.product(*AXES.values())]
    return [(config, epochs) for config in configs for epochs in EPOCHS]


def winner(bank: TrialBank, bank_seed: int) -> tuple[Config, int]:
    """Return the first candidate of the highest validation accuracy."""
    return max(grid(), key=lambda one: bank(one[0], budget=one[1], seed=bank_seed))


def pace(bank: TrialBank, bank_seed: int, batch_size: int) -> float:
    """Train a network of the table as a grid does; return its seconds over those recorded."""

    def compiled() -> Any:
        model = network(units=64)
        loss = "sparse_categorical_crossentropy"
        model.compile(OPTIMIZERS["adam"](0.001), loss=loss, metrics=["accuracy"])
        return model

    how = {"epochs": PACE_EPOCHS, "batch_size": batch_size, "seed": bank_seed}
    config = {"batch_size": batch_size, "units": 64, "optimizer": "adam"} | FIXED
    recorded_seconds = bank.cost(config, budget=PACE_EPOCHS, seed=bank_seed)
    return float(grid_seconds(compiled, newswires(), **how) / recorded_seconds)


def course(
    seed: int, n_iter: int = 9, n_fine: int = 3, brief: int = BRIEF, long: int = LONG
) -> Measured:
    """Run the lesson's three searches, and train the winner beside the book's network."""
    repair_scikeras()
    news, clock = Newswires(), Clock()
    once = [(news.sample, news.valid)]
    with clock:
        plain = KerasClassifier(build, epochs=9, batch_size=512, verbose=0, model__seed=seed)
        GridSearchCV(plain, [WHOLE_GRID, LONGEST], cv=once, refit=False).fit(news.X, news.y)
        searched(news, SPACE, n_iter, brief, news.sample, seed)
        best = searched(news, FINE_SPACE, n_fine, long, news.train, seed)
        book, curve = trained(news, {}, 512, BOOK, seed, stop=False)
        size = best.pop("batch_size")
        tuned, watched = trained(news, best, size, long, seed, stop=True)
    found, usual = max(watched), curve[-1]
    winner_right = classes(tuned, news.X_test) == news.y_test
    better = found > usual
    return Measured(
        clock.seconds,
        winner_right if better else classes(book, news.X_test) == news.y_test,
        f"{best}, batches of {size}" if better else "the book's network",
        winner_right,
        {"validation": found, "default validation": usual},
    )


def searched(
    news: Newswires, space: dict[str, Any], n_iter: int, epochs: int, rows: Array, seed: int
) -> dict[str, Any]:
    """Run one of the lesson's random searches; return the winner, as `build` takes it."""
    search = RandomizedSearchCV(
        classifier(epochs).set_params(model__seed=seed),
        space,
        n_iter=n_iter,
        cv=[(rows, news.valid)],
        refit=False,
        random_state=seed,
    ).fit(news.X, news.y)
    return {name.removeprefix("model__"): value for name, value in search.best_params_.items()}


def trained(
    news: Newswires, design: dict[str, Any], size: int, epochs: int, seed: int, *, stop: bool
) -> tuple[Any, list[float]]:
    """Train a network as the lesson does, with the seed after the search's; and its curve."""
    net = build(**design, seed=seed + 1)
    stopping = keras.callbacks.EarlyStopping("val_accuracy", patience=2, restore_best_weights=True)
    run = net.fit(
        news.X[news.train],
        news.y[news.train],
        batch_size=size,
        epochs=epochs,
        validation_data=(news.X[news.valid], news.y[news.valid]),
        validation_batch_size=1024,
        callbacks=[stopping] if stop else [],
        verbose=0,
    )
    return net, [float(score) for score in run.history["val_accuracy"]]
