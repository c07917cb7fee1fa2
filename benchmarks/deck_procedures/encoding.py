"""Deck 004: the book's ``vectorize_sequences``, a double loop. Lesson 09, 9.1: the course's.

Both encode the newswires, training and test; a "held-out row" is a newswire, "right" if its row is
equal to the book's, cell by cell. The lesson encodes them twice: a byte a cell for networks, and
sparse for linear models.
"""

from __future__ import annotations

import numpy as np

from benchmarks.deck_procedures.measured import Clock, Measured, Right
from benchmarks.vectorize import DIMENSION, book_loop
from course_utils import load_reuters, vectorize_sequences
from tools.trial_bank.plan import real

BLOCK = 500


def deck(seed: int, n_texts: int | None = None) -> Measured:
    """Encode with the book's loop; `seed` is only the number of the repetition."""
    data, clock = real(load_reuters(num_words=DIMENSION)), Clock()
    parts = [data.X_train[:n_texts], data.X_test[:n_texts]]
    with clock:
        encoded = [book_loop(texts) for texts in parts]
    size = sum(part.nbytes for part in encoded)
    n_rows = sum(map(len, parts))
    return Measured(clock.seconds, np.ones(n_rows, bool), f"float64, {size / 1e6:.0f} MB")


def course(seed: int, n_texts: int | None = None) -> Measured:
    """Encode as the lesson does, and compare every row with the book's."""
    data, clock = real(load_reuters(num_words=DIMENSION)), Clock()
    parts = [data.X_train[:n_texts], data.X_test[:n_texts]]
    with clock:
        encoded = [vectorize_sequences(texts, dtype="uint8") for texts in parts]
        sparse = [vectorize_sequences(texts, sparse=True) for texts in parts]
    size = sum(part.nbytes for part in encoded)
    equal: list[Right] = []
    for texts, dense, thin in zip(parts, encoded, sparse, strict=True):
        for first in range(0, len(texts), BLOCK):
            block = slice(first, first + BLOCK)
            book = book_loop(texts[block])
            same = (dense[block] == book).all(axis=1) & (thin[block].toarray() == book).all(axis=1)
            equal.append(same)
    return Measured(clock.seconds, np.concatenate(equal), f"uint8, {size / 1e6:.0f} MB")
