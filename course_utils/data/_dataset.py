"""The form of every data set, whether its rows are the publisher's or simulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from course_utils import messages
from course_utils.data._simulated import Corpus

__all__ = ["FRAUD_FEATURES", "REUTERS_TOPICS", "Dataset", "fraud", "imdb", "mnist", "reuters"]

Array = npt.NDArray[Any]
Source = Literal["real", "embedded"]

FRAUD_FEATURES = ("Time", *(f"V{i}" for i in range(1, 29)), "Amount")
# Order of ``keras.datasets.reuters.get_label_names()``.
REUTERS_TOPICS = tuple(
    "cocoa grain veg-oil earn acq wheat copper housing money-supply coffee sugar trade reserves "
    "ship cotton carcass crude nat-gas cpi money-fx interest gnp meal-feed alum oilseed gold tin "
    "strategic-metal livestock retail ipi iron-steel rubber heat jobs lei bop zinc orange pet-chem "
    "dlr gas silver wpi hog lead".split()
)


@dataclass(frozen=True, repr=False, eq=False)
class Dataset:
    """One data set, all rows in the publisher's order.

    Where the publisher fixed a split, the training rows come first and ``X_train``, ``y_train``,
    ``X_test``, ``y_test`` are views of the two parts. Where there is none (fraud), ``n_train`` is
    None and those four raise an ``AttributeError`` that says so: splitting is part of the lesson.

    Parameters
    ----------
    name : str
        ``"mnist"``, ``"reuters"``, ``"imdb"`` or ``"fraud"``.
    X : ndarray, shape (n, ...)
        Images, an object array of lists of word indices, or a table.
    y : ndarray of int, shape (n,)
        Labels.
    n_train : int or None
        Number of training rows in the official split.
    source : {"real", "embedded"}
        ``"embedded"`` for a stand-in.
    target_names : tuple of str
        Name of each label.
    note : str
        What this is, in one Spanish sentence.
    feature_names : tuple of str, default=()
        Names of the columns of a table.
    word_index : mapping of str to int, optional
        Rank of each word of a text corpus, from 1 on; an index in ``X`` is the rank plus 3.
    """

    name: str
    X: Array
    y: Array
    n_train: int | None
    source: Source
    target_names: tuple[str, ...]
    note: str
    feature_names: tuple[str, ...] = ()
    word_index: Mapping[str, int] | None = None

    @property
    def X_train(self) -> Array:  # noqa: N802
        """Training rows of the official split."""
        return self.X[: self._split("X_train")]

    @property
    def y_train(self) -> Array:
        """Training labels of the official split."""
        return self.y[: self._split("y_train")]

    @property
    def X_test(self) -> Array:  # noqa: N802
        """Test rows of the official split."""
        return self.X[self._split("X_test") :]

    @property
    def y_test(self) -> Array:
        """Test labels of the official split."""
        return self.y[self._split("y_test") :]

    def _split(self, field: str) -> int:
        if self.n_train is None:
            raise AttributeError(messages.DATA_NO_SPLIT.format(name=self.name, field=field))
        return self.n_train

    def __repr__(self) -> str:
        fields = {
            "name": self.name,
            "source": self.source,
            "shape": self.X.shape,
            "dtype": self.X.dtype,
            "classes": messages.DATA_REPR_CLASSES.format(n=len(self.target_names)),
        }
        if self.n_train is None:
            return messages.DATA_REPR_WHOLE.format(**fields)
        test = len(self.X) - self.n_train
        return messages.DATA_REPR_SPLIT.format(train=self.n_train, test=test, **fields)


# --- built alike from both sources --------------------------------------------------------------


def mnist(X: Array, y: Array, n_train: int, source: Source) -> Dataset:
    digits = tuple(str(digit) for digit in range(10))
    return Dataset("mnist", X, y, n_train, source, digits, _note("mnist", source))


def reuters(
    corpus: Corpus,
    n_train: int,
    num_words: int,
    word_index: dict[str, int],
    source: Source,
) -> Dataset:
    X, note = _texts(corpus, num_words), _note("reuters", source)
    return Dataset(
        "reuters", X, corpus.labels, n_train, source, REUTERS_TOPICS, note, word_index=word_index
    )


def imdb(
    corpus: Corpus,
    n_train: int,
    num_words: int,
    word_index: dict[str, int],
    source: Source,
) -> Dataset:
    X, note = _texts(corpus, num_words), _note("imdb", source)
    names = messages.IMDB_TARGETS
    return Dataset("imdb", X, corpus.labels, n_train, source, names, note, word_index=word_index)


def fraud(X: Array, y: Array, source: Source) -> Dataset:
    names, note = messages.FRAUD_TARGETS, _note("fraud", source)
    return Dataset("fraud", X, y, None, source, names, note, feature_names=FRAUD_FEATURES)


def _note(name: str, source: Source) -> str:
    return (messages.DATA_NOTES if source == "real" else messages.DATA_STAND_IN_NOTES)[name]


def _texts(corpus: Corpus, num_words: int) -> Array:
    """Cut the vocabulary and return one list of ints per text.

    The lists share one int object per word, which saves 28 bytes per token (340 MB for IMDB).
    """
    shared = np.arange(num_words).astype(object)
    tokens = shared[np.where(corpus.tokens < num_words, corpus.tokens, 2)].tolist()
    texts = np.empty(len(corpus.lengths), dtype=object)
    ends = np.cumsum(corpus.lengths).tolist()
    for i, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        texts[i] = tokens[start:end]
    return texts
