"""Lesson 10's networks with ten seeds: the book's, the search's winner, and the winner made slow.

Repeats the lesson's search with the decisions that the notebook comes with. Then, for each seed,
the book's network goes on to twice its epochs, the winner and its slow twin train on the same rows,
and the book's network and the winner, trained again on all 25,000 reviews, answer the test reviews.

Writes course_utils/_records/imdb.json, a row for each seed as soon as it is done: interrupted, the
next call goes on from there. Seven minutes of one core.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
import time
from importlib.metadata import version
from typing import Any

import keras
import keras_tuner as kt
import numpy as np
import numpy.typing as npt
from keras import layers
from scipy.sparse import csr_matrix
from sklearn.model_selection import train_test_split

from course_utils import load_imdb, setup, vectorize_sequences
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "imdb.json"
N_SEEDS, FIRST_SEED = 10, 101
BOOK_EPOCHS, LONG_BOOK_EPOCHS = 4, 8
N_TRIALS, TRIAL_EPOCHS, SLOW_EPOCHS = 6, 6, 20
WORDS, LAYERS, UNITS, DROPOUT, RATE = (
    [2000, 5000, 10_000],
    (0, 2),
    (4, 32),
    (0.0, 0.6),
    (0.001, 0.01),
)
COMPILED: dict[str, Any] = {"loss": "binary_crossentropy", "metrics": ["accuracy"]}
TRAINING: dict[str, Any] = {"batch_size": 512, "verbose": 0}
Labels = npt.NDArray[Any]
Rows = tuple[csr_matrix, Labels]


def main() -> None:
    os.environ.setdefault("COURSE_DATA", "real")
    setup()
    data = load_imdb(num_words=10_000)
    whole = encoded(data.X_train), data.y_train
    test = encoded(data.X_test), data.y_test
    fit_rows, val_rows = train_test_split(
        np.arange(len(whole[1])), test_size=0.4, stratify=whole[1], random_state=101
    )
    fit, val = ((whole[0][rows], whole[1][rows]) for rows in (fit_rows, val_rows))
    stored = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {"rows": []}
    winner = stored.get("winner") or search(fit, val)
    print(winner, flush=True)
    rows = stored["rows"]
    for seed in range(FIRST_SEED + len(rows), FIRST_SEED + N_SEEDS):
        began = time.process_time()
        rows.append({"seed": seed, **curves(winner, seed, fit, val)})
        rows[-1]["test"] = answers(winner, seed, whole, test)
        store(winner, rows)
        print(seed, rows[-1]["test"], f"{time.process_time() - began:.0f} s of CPU", flush=True)


def store(winner: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Write all rows, with what they belong to."""
    about = {"python": platform.python_version(), "keras": version("keras")}
    about["tensorflow"] = version("tensorflow-cpu")
    about["keras-tuner"] = version("keras-tuner")
    text = json.dumps({"about": about, "winner": winner, "rows": rows})
    write_text(RESULT, text + "\n")


def encoded(texts: npt.NDArray[Any]) -> csr_matrix:
    """One row a review, a one in the column of each word present."""
    return vectorize_sequences(texts, dtype="float32", sparse=True)


def search(fit: Rows, val: Rows) -> dict[str, Any]:
    """Repeat the lesson's random search; return the winner's values and its best epoch."""

    class ReviewNet(kt.HyperModel):
        def build(self, hp: kt.HyperParameters) -> keras.Sequential:
            return stack_net(hp)

        def fit(self, hp: kt.HyperParameters, net: keras.Sequential, **kwargs: Any) -> Any:
            words = hp.get("words")
            return net.fit(
                fit[0][:, :words],
                fit[1],
                validation_data=(val[0][:, :words], val[1]),
                batch_size=512,
                **kwargs,
            )

    tuner = kt.RandomSearch(
        ReviewNet(),
        max_trials=N_TRIALS,
        objective="val_accuracy",
        seed=101,
        directory=tempfile.mkdtemp(),
    )
    tuner.search(epochs=TRIAL_EPOCHS, verbose=0)
    trial = tuner.oracle.get_best_trials()[0]
    return {**trial.hyperparameters.values, "epochs": trial.best_step + 1}


def stack_net(hp: kt.HyperParameters, seed: int = FIRST_SEED) -> keras.Sequential:
    """Build and compile a network of the lesson's space."""
    keras.utils.set_random_seed(seed)
    words, n_layers = hp.Choice("words", WORDS), hp.Int("layers", *LAYERS)
    net = keras.Sequential([keras.Input((words,), sparse=True)])
    units = hp.Int("units", *UNITS, sampling="log")
    dropout = hp.Float("dropout", *DROPOUT)
    for _ in range(n_layers):
        net.add(layers.Dense(units, "relu"))
        net.add(layers.Dropout(dropout))
    net.add(layers.Dense(1, "sigmoid"))
    rate = hp.Float("learning_rate", *RATE, sampling="log")
    net.compile(keras.optimizers.Adam(rate), **COMPILED)
    return net


def winner_net(winner: dict[str, Any], seed: int, **change: Any) -> keras.Sequential:
    """Build the winner, or the winner with another value."""
    hp = kt.HyperParameters()
    hp.values = {**winner, **change}
    return stack_net(hp, seed)


def book_net(seed: int) -> keras.Sequential:
    """Build and compile the book's network."""
    keras.utils.set_random_seed(seed)
    net = keras.Sequential([keras.Input((10_000,))])
    for units, activation in ((16, "relu"), (16, "relu"), (1, "sigmoid")):
        net.add(layers.Dense(units, activation))
    net.compile("rmsprop", **COMPILED)
    return net


def curves(winner: dict[str, Any], seed: int, fit: Rows, val: Rows) -> dict[str, Any]:
    """Train on the rows of fit, watch on those of validation.

    Returns
    -------
    dict
        ``book``, four curves by epoch; ``winner`` and ``slow``, the validation accuracy by epoch.
    """
    keras.backend.clear_session()
    net = book_net(seed)
    kept = net.fit(*fit, epochs=BOOK_EPOCHS, validation_data=val, **TRAINING).history
    more = net.fit(
        *fit,
        epochs=LONG_BOOK_EPOCHS,
        initial_epoch=BOOK_EPOCHS,
        validation_data=val,
        **TRAINING,
    ).history
    book = {key: np.round(kept[key] + more[key], 4).tolist() for key in kept}
    words = winner["words"]
    cut, watched = fit[0][:, :words], (val[0][:, :words], val[1])
    row: dict[str, Any] = {"book": book}
    for name, epochs, change in (
        ("winner", TRIAL_EPOCHS, {}),
        ("slow", SLOW_EPOCHS, {"learning_rate": RATE[0]}),
    ):
        net = winner_net(winner, seed, **change)
        run = net.fit(cut, fit[1], epochs=epochs, validation_data=watched, **TRAINING)
        row[name] = np.round(run.history["val_accuracy"], 4).tolist()
    return row


def answers(winner: dict[str, Any], seed: int, whole: Rows, test: Rows) -> dict[str, Any]:
    """Train the winner and the book's network on all reviews, and count what they get right.

    Returns
    -------
    dict
        Test accuracy of ``winner`` and ``book``; ``wins`` and ``losses``, the reviews that only
        the winner, or only the book's network, got right.
    """
    words, labels = winner["words"], whole[1]
    net, book = winner_net(winner, seed), book_net(seed)
    net.fit(whole[0][:, :words], labels, epochs=winner["epochs"], **TRAINING)
    book.fit(whole[0], labels, epochs=BOOK_EPOCHS, **TRAINING)
    one, two = (
        (model.predict(rows, batch_size=100, verbose=0)[:, 0] > 0.5) == test[1]
        for model, rows in ((net, test[0][:, :words]), (book, test[0]))
    )
    return {
        "winner": round(float(one.mean()), 5),
        "book": round(float(two.mean()), 5),
        "wins": int((one & ~two).sum()),
        "losses": int((two & ~one).sum()),
    }


if __name__ == "__main__":
    main()
