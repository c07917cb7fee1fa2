"""Fit a Keras network as a student would, and record every epoch.

Importing this module loads TensorFlow and holds it to one thread, so that seconds of the processor
are seconds of one core.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from tools.trial_bank.plan import Array, Record, Rows

# As setup() has it, so that a lesson that trains a recorded network live gets the same numbers.
os.environ |= {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
import keras

__all__ = ["OPTIMIZERS", "begin", "fit", "keras"]


OPTIMIZERS = {"adam": keras.optimizers.Adam, "rmsprop": keras.optimizers.RMSprop}


def begin(seed: int) -> None:
    """Forget earlier models and set every seed, before a model is built."""
    keras.backend.clear_session()
    gc.collect()
    keras.utils.set_random_seed(seed)


def fit(
    model: Any,
    rows: Rows,
    *,
    epochs: int,
    batch_size: int,
    moments: Sequence[str | int] = (),
    callbacks: Sequence[Any] = (),
) -> Record:
    """Fit a compiled model; return its curves, of shape (1, epochs), and what was right when.

    ``seconds`` are those of the epoch as `fit` runs it, with its validation (and, in the first one,
    TensorFlow's tracing), without what this recorder adds.
    """
    recorder = Recorder(rows, epochs, tuple(moments))
    model.fit(
        rows.X_train,
        rows.y_train,
        batch_size=batch_size,
        epochs=epochs,
        validation_data=(rows.X_valid, rows.y_valid),
        callbacks=[*callbacks, recorder],
        verbose=0,
    )
    return recorder.record


def follow(model: Any, rows: Rows, *, epochs: int, batch_size: int) -> Record:
    """Fit a small compiled model; return its curves, of shape (1, epochs).

    Validation and test rows are predicted in one eager pass each: with networks of a few thousand
    weights, tracing `evaluate` and `predict` takes longer than the training. ``seconds`` are those
    of the epoch with its validation.
    """
    follower = Follower(rows, epochs)
    model.fit(
        rows.X_train,
        rows.y_train,
        batch_size=batch_size,
        epochs=epochs,
        callbacks=[follower],
        verbose=0,
    )
    return follower.record


class Follower(keras.callbacks.Callback):  # type: ignore[misc, unused-ignore]
    """Writes what every epoch gave into arrays, without tracing anything."""

    def __init__(self, rows: Rows, epochs: int) -> None:
        super().__init__()
        self.rows = rows
        names = ("hits", "loss", "train_hits", "train_loss", "seconds", "test_hits")
        self.record: Record = {name: np.zeros((1, epochs)) for name in names}

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Start the clock."""
        self.began = time.process_time()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Validate, stop the clock, test, and note the epoch."""
        found, rows = logs or {}, self.rows
        noted = dict(zip(("hits", "loss"), self.score(rows.X_valid, rows.y_valid), strict=True))
        noted["seconds"] = time.process_time() - self.began
        noted["test_hits"] = self.score(rows.X_test, rows.y_test)[0]
        noted["train_hits"] = round(found["accuracy"] * len(rows.y_train))
        noted["train_loss"] = found["loss"]
        for name, value in noted.items():
            self.record[name][0, epoch] = value

    def score(self, X: Array | None, y: Array | None) -> tuple[float, float]:
        """Return how many rows are right, and the mean loss."""
        proba = keras.ops.convert_to_numpy(self.model(X, training=False))
        losses = keras.losses.sparse_categorical_crossentropy(y, proba)
        return float((proba.argmax(axis=1) == y).sum()), float(np.mean(losses))


class Recorder(keras.callbacks.Callback):  # type: ignore[misc, unused-ignore]
    """Writes what every epoch gave into arrays, and which rows were right at some moments."""

    def __init__(self, rows: Rows, epochs: int, moments: tuple[str | int, ...]) -> None:
        super().__init__()
        self.rows, self.moments = rows, moments
        names = ["hits", "loss", "train_hits", "train_loss", "seconds"]
        if rows.X_test is not None:
            names.append("test_hits")
        self.record: Record = {name: np.zeros((1, epochs)) for name in names}
        if moments:
            self.record["valid_right"] = bits(len(moments), len(rows.y_valid))
        if moments and rows.y_test is not None:
            self.record["test_right"] = bits(len(moments), len(rows.y_test))

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Start the clock."""
        self.began = time.process_time()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Stop the clock and note the epoch."""
        spent, found = time.process_time() - self.began, logs or {}
        record, rows = self.record, self.rows
        record["seconds"][0, epoch] = spent
        record["hits"][0, epoch] = round(found["val_accuracy"] * len(rows.y_valid))
        record["loss"][0, epoch] = found["val_loss"]
        record["train_hits"][0, epoch] = round(found["accuracy"] * len(rows.y_train))
        record["train_loss"][0, epoch] = found["loss"]
        right = {}
        if rows.y_test is not None:
            right["test_right"] = self.right(rows.X_test, rows.y_test)
            record["test_hits"][0, epoch] = right["test_right"].sum()
        now = [k for k, moment in enumerate(self.moments) if self.is_now(moment, epoch)]
        if now:
            right["valid_right"] = self.right(rows.X_valid, rows.y_valid)
            for name, values in right.items():
                record[name][now] = np.packbits(values)

    def is_now(self, moment: str | int, epoch: int) -> bool:
        """Tell whether this epoch is a moment; "best" is overwritten until the last best one."""
        if moment == "best":
            hits = self.record["hits"][0, : epoch + 1]
            return bool((hits[:-1] < hits[-1]).all())
        return moment == epoch + 1

    def right(self, X: Array | None, y: Array) -> Array:
        """Predict rows and tell which are right."""
        proba = self.model.predict(X, batch_size=1000, verbose=0)
        predicted = proba[:, 0] > 0.5 if proba.shape[1] == 1 else proba.argmax(axis=1)
        return np.asarray(predicted == y)


def bits(n_moments: int, n_rows: int) -> Array:
    """Room for one bit a row at each moment."""
    return np.zeros((n_moments, -(-n_rows // 8)), dtype=np.uint8)
