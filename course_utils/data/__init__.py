"""The four data sets of the lessons: real files first, an embedded stand-in otherwise.

Each loader looks in the local caches (``$KERAS_HOME/datasets``, then the cache of the course), then
downloads from the publisher, then simulates. ``COURSE_DATA`` narrows this: ``real`` raises
:class:`DataUnavailableError` instead of simulating, ``embedded`` simulates at once.

A file is used only after its SHA-256 was checked on the very bytes that are parsed, so the pickles
inside the Reuters and IMDB archives are the publisher's or are not opened at all.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from course_utils import messages
from course_utils.data import _files, _simulated
from course_utils.data._files import PublishedFile, UnusableError, fetch, spaced
from course_utils.environment import data_mode

__all__ = [
    "DataUnavailableError",
    "Dataset",
    "load_fraud",
    "load_imdb",
    "load_mnist",
    "load_reuters",
]

Array = npt.NDArray[Any]

_KERAS_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"

FRAUD_FEATURES = ("Time", *(f"V{i}" for i in range(1, 29)), "Amount")
# Order of ``keras.datasets.reuters.get_label_names()``.
REUTERS_TOPICS = tuple(
    "cocoa grain veg-oil earn acq wheat copper housing money-supply coffee sugar trade reserves "
    "ship cotton carcass crude nat-gas cpi money-fx interest gnp meal-feed alum oilseed gold tin "
    "strategic-metal livestock retail ipi iron-steel rubber heat jobs lei bop zinc orange pet-chem "
    "dlr gas silver wpi hog lead".split()
)


class DataUnavailableError(RuntimeError):
    """Real data were asked for (``COURSE_DATA=real``) and could not be had."""


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
    source: Literal["real", "embedded"]
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


# --- loaders -------------------------------------------------------------------------------------


def load_mnist() -> Dataset:
    """Load MNIST: handwritten digits.

    Returns
    -------
    Dataset
        ``X`` is uint8, shape (70000, 28, 28), grey levels 0 … 255; ``y`` uint8, 0 … 9; the first
        60,000 rows are the training set. The stand-in has 1,797 images.

    Raises
    ------
    DataUnavailableError
        If ``COURSE_DATA=real`` and the file cannot be had.

    References
    ----------
    .. [1] Y. LeCun, C. Cortes, C. Burges, *The MNIST database of handwritten digits*.
    """
    return _load("mnist", (_MNIST,), _real_mnist, _embedded_mnist)


def load_reuters(num_words: int = 10_000) -> Dataset:
    """Load Reuters: newswires in 46 topics, as ``keras.datasets.reuters.load_data`` gives them.

    Parameters
    ----------
    num_words : int, default=10_000
        Indices from here on become 2 (unknown word).

    Returns
    -------
    Dataset
        ``X`` is an object array of 11,228 lists of word indices; ``y`` int64, 0 … 45; the first
        8,982 rows are the training set. In ``X``, 1 starts a text, 2 is an unknown word, and the
        word of rank r has index r + 3.

    Raises
    ------
    DataUnavailableError
        If ``COURSE_DATA=real`` and a file cannot be had.
    ValueError
        If ``num_words`` is not an integer above 3.

    References
    ----------
    .. [1] *Reuters-21578, Distribution 1.0*, D. Lewis (ed.), 1997.
    """
    _check_num_words(num_words)
    return _load(
        "reuters",
        (_REUTERS, _REUTERS_INDEX),
        lambda archive, index: _real_reuters(archive, index, num_words),
        lambda: _embedded_reuters(num_words),
    )


def load_imdb(num_words: int = 10_000) -> Dataset:
    """Load IMDB: film reviews, half of them positive, as ``keras.datasets.imdb.load_data`` does.

    Parameters
    ----------
    num_words : int, default=10_000
        Indices from here on become 2 (unknown word).

    Returns
    -------
    Dataset
        ``X`` is an object array of 50,000 lists of word indices; ``y`` int64, 1 for a positive
        review; the first 25,000 rows are the training set. In ``X``, 1 starts a text, 2 is an
        unknown word, and the word of rank r has index r + 3.

    Raises
    ------
    DataUnavailableError
        If ``COURSE_DATA=real`` and a file cannot be had.
    ValueError
        If ``num_words`` is not an integer above 3.

    References
    ----------
    .. [1] A. Maas et al., *Learning Word Vectors for Sentiment Analysis*, ACL 2011.
    """
    _check_num_words(num_words)
    return _load(
        "imdb",
        (_IMDB, _IMDB_INDEX),
        lambda archive, index: _real_imdb(archive, index, num_words),
        lambda: _embedded_imdb(num_words),
    )


def load_fraud() -> Dataset:
    """Load the card payments of two days in September 2013, 0.17 % of them frauds.

    The file has 151 MB: it is downloaded only with ``COURSE_DATA=real``. There is no official
    split, so ``n_train`` is None and only ``X`` and ``y`` are offered.

    Returns
    -------
    Dataset
        ``X`` is float64, shape (284807, 30): ``Time`` (s since the first payment), ``V1`` … ``V28``
        (principal components), ``Amount`` (EUR); ``y`` int64, 1 for a fraud.

    Raises
    ------
    DataUnavailableError
        If ``COURSE_DATA=real`` and the file cannot be had.

    References
    ----------
    .. [1] A. Dal Pozzolo et al., *Calibrating Probability with Undersampling for Unbalanced
           Classification*, IEEE CIDM 2015. Data: DOI 10.5281/zenodo.7395559.
    """
    return _load("fraud", (_FRAUD,), _real_fraud, _embedded_fraud)


def _check_num_words(num_words: int) -> None:
    if not isinstance(num_words, (int, np.integer)) or num_words <= 3:
        raise ValueError(messages.DATA_BAD_NUM_WORDS.format(value=num_words))


# --- from real files -----------------------------------------------------------------------------


def _real_mnist(content: bytes) -> Dataset:
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        X = np.concatenate([archive["x_train"], archive["x_test"]])
        y = np.concatenate([archive["y_train"], archive["y_test"]])
        return _mnist(X, y, len(archive["y_train"]), "real")


def _real_reuters(archive: bytes, index: bytes, num_words: int) -> Dataset:
    with np.load(io.BytesIO(archive), allow_pickle=True) as arrays:  # bytes checked in fetch
        X, y = _shuffled(_keras_generator(), arrays["x"], arrays["y"])
    n_train = int(len(X) * (1 - 0.2))  # Keras' expression, rounding included
    return _reuters(_encoded(X, y), n_train, num_words, json.loads(index), "real")


def _real_imdb(archive: bytes, index: bytes, num_words: int) -> Dataset:
    generator = _keras_generator()
    with np.load(io.BytesIO(archive), allow_pickle=True) as arrays:  # bytes checked in fetch
        X_train, y_train = _shuffled(generator, arrays["x_train"], arrays["y_train"])
        X_test, y_test = _shuffled(generator, arrays["x_test"], arrays["y_test"])
    corpus = _encoded(np.concatenate([X_train, X_test]), np.concatenate([y_train, y_test]))
    return _imdb(corpus, len(X_train), num_words, json.loads(index), "real")


def _keras_generator() -> np.random.RandomState:
    """Legacy generator with the default seed of Keras' loaders."""
    return np.random.RandomState(113)


def _shuffled(generator: np.random.RandomState, X: Array, y: Array) -> tuple[Array, Array]:
    order = np.arange(len(X))
    generator.shuffle(order)
    return X[order], y[order]


def _encoded(texts: Array, labels: Array) -> _simulated.Corpus:
    """Join texts of word ranks into Keras indices: 1 starts a text, ranks are shifted by 3."""
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    ranks = chain.from_iterable(chain((-2,), text) for text in texts)
    tokens = np.fromiter(ranks, np.int32, int(lengths.sum()))
    tokens += 3
    return _simulated.Corpus(tokens, lengths, labels)


def _real_fraud(content: bytes) -> Dataset:
    # NumPy rounds each decimal correctly; pandas' default depends on its version.
    table = np.loadtxt(io.BytesIO(content), delimiter=",", skiprows=1, quotechar='"')
    return _fraud(np.ascontiguousarray(table[:, :-1]), table[:, -1].astype(np.int64), "real")


# --- from the embedded simulations ---------------------------------------------------------------


def _embedded_mnist() -> Dataset:
    return _mnist(*_simulated.simulate_mnist(), "embedded")


def _embedded_reuters(num_words: int) -> Dataset:
    index = _artificial_words(_simulated.REUTERS_WORDS)
    corpus = _simulated.simulate_reuters()
    return _reuters(corpus, _simulated.REUTERS_TRAIN, num_words, index, "embedded")


def _embedded_imdb(num_words: int) -> Dataset:
    index = _artificial_words(_simulated.IMDB_WORDS)
    corpus = _simulated.simulate_imdb()
    return _imdb(corpus, _simulated.IMDB_HALF, num_words, index, "embedded")


def _embedded_fraud() -> Dataset:
    return _fraud(*_simulated.simulate_fraud(), "embedded")


def _artificial_words(n_words: int) -> dict[str, int]:
    return {f"palabra_{rank:05d}": rank for rank in range(1, n_words + 1)}


# --- what both have in common --------------------------------------------------------------------

_Source = Literal["real", "embedded"]


def _mnist(X: Array, y: Array, n_train: int, source: _Source) -> Dataset:
    digits = tuple(str(digit) for digit in range(10))
    return Dataset("mnist", X, y, n_train, source, digits, _note("mnist", source))


def _reuters(
    corpus: _simulated.Corpus,
    n_train: int,
    num_words: int,
    word_index: dict[str, int],
    source: _Source,
) -> Dataset:
    X, note = _as_lists(corpus, num_words), _note("reuters", source)
    return Dataset(
        "reuters", X, corpus.labels, n_train, source, REUTERS_TOPICS, note, word_index=word_index
    )


def _imdb(
    corpus: _simulated.Corpus,
    n_train: int,
    num_words: int,
    word_index: dict[str, int],
    source: _Source,
) -> Dataset:
    X, note = _as_lists(corpus, num_words), _note("imdb", source)
    names = messages.IMDB_TARGETS
    return Dataset("imdb", X, corpus.labels, n_train, source, names, note, word_index=word_index)


def _fraud(X: Array, y: Array, source: _Source) -> Dataset:
    names, note = messages.FRAUD_TARGETS, _note("fraud", source)
    return Dataset("fraud", X, y, None, source, names, note, feature_names=FRAUD_FEATURES)


def _note(name: str, source: _Source) -> str:
    return (messages.DATA_NOTES if source == "real" else messages.DATA_STAND_IN_NOTES)[name]


def _as_lists(corpus: _simulated.Corpus, num_words: int) -> Array:
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


# --- choice of the source ------------------------------------------------------------------------


def _keras_file(name: str, size: int, sha256: str) -> PublishedFile:
    return PublishedFile(name, size, sha256, (_KERAS_URL + name,))


_MNIST = _keras_file(
    "mnist.npz",
    11_490_434,
    "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
)
_REUTERS = _keras_file(
    "reuters.npz",
    2_110_848,
    "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916",
)
_REUTERS_INDEX = _keras_file(
    "reuters_word_index.json",
    550_378,
    "9b56000edc4b34a32e89fd5a23b2605594682c74efcf7d8f4e2a5514b771e633",
)
_IMDB = _keras_file(
    "imdb.npz",
    17_464_789,
    "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
)
_IMDB_INDEX = _keras_file(
    "imdb_word_index.json",
    1_641_221,
    "027313fe9a320280f3bf0fac5baf58c4a683cf39a7ed9c3d3d3912bde4284cf6",
)
_FRAUD = PublishedFile(
    "creditcard.csv",
    150_828_752,
    "76274b691b16a6c49d3f159c883398e03ccd6d1ee12d9d8ee38f4b4b98551a89",
    (
        "https://zenodo.org/records/7395559/files/creditcard.csv?download=1",
        "https://storage.googleapis.com/download.tensorflow.org/data/creditcard.csv",
    ),
)


def _load(
    name: str,
    files: tuple[PublishedFile, ...],
    real: Callable[..., Dataset],
    embedded: Callable[[], Dataset],
) -> Dataset:
    mode = data_mode()
    if mode == "embedded":
        asked = messages.DATA_STAND_IN_ASKED
        return _announced(embedded(), asked, messages.DATA_STAND_IN_REMEDY_ASKED)
    problems: list[str] = []
    try:
        contents = [fetch(file, mode, problems) for file in files]
    except UnusableError:
        if mode == "real":
            raise DataUnavailableError(_unavailable(name, files, problems)) from None
        return _announced(embedded(), " ".join(problems), _remedy(files))
    if problems:
        print(messages.DATA_NOTICE.format(name=name, problems=" ".join(problems)), flush=True)
    return real(*contents)


def _announced(dataset: Dataset, reason: str, remedy: str) -> Dataset:
    template = messages.DATA_STAND_IN
    text = template.format(name=dataset.name, note=dataset.note, reason=reason, remedy=remedy)
    print(text, flush=True)
    return dataset


def _remedy(files: tuple[PublishedFile, ...]) -> str:
    large = [file.name for file in files if file.size > _files.LARGE_BYTES]
    if large:
        return messages.DATA_STAND_IN_REMEDY_LARGE.format(file=large[0])
    return messages.DATA_STAND_IN_REMEDY


def _unavailable(name: str, files: tuple[PublishedFile, ...], problems: list[str]) -> str:
    expected = "; ".join(
        messages.DATA_EXPECTED.format(file=file.name, size=spaced(file.size), sha256=file.sha256)
        for file in files
    )
    return messages.DATA_UNAVAILABLE.format(
        name=name, expected=expected, problems=" ".join(problems)
    )
