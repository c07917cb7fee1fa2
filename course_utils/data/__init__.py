"""The four data sets of the lessons: real files first, an embedded stand-in otherwise.

Each loader looks in the local caches (``$KERAS_HOME/datasets``, then the cache of the course), then
downloads from the publisher, then simulates. ``COURSE_DATA`` narrows this: ``real`` raises
:class:`DataUnavailableError` instead of simulating, ``embedded`` simulates at once.

A file is used only after its SHA-256 was checked on the very bytes that are parsed, so the pickles
inside the Reuters and IMDB archives are the publisher's or are not opened at all.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_utils import messages
from course_utils._notices import say
from course_utils.data import _dataset, _files, _published, _simulated
from course_utils.data._dataset import FRAUD_FEATURES, REUTERS_TOPICS, Dataset
from course_utils.data._files import PublishedFile, UnusableError, fetch
from course_utils.data._records import load_record
from course_utils.environment import data_mode
from course_utils.numerals import thousands

__all__ = [
    "FRAUD_FEATURES",
    "REUTERS_TOPICS",
    "DataUnavailableError",
    "Dataset",
    "load_fraud",
    "load_imdb",
    "load_mnist",
    "load_record",
    "load_reuters",
]


class DataUnavailableError(RuntimeError):
    """Real data were asked for (``COURSE_DATA=real``) and could not be had."""


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
    return _load("mnist", (_published.MNIST,), _published.read_mnist, _embedded_mnist)


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
        (_published.REUTERS, _published.REUTERS_INDEX),
        lambda archive, index: _published.read_reuters(archive, index, num_words),
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
        (_published.IMDB, _published.IMDB_INDEX),
        lambda archive, index: _published.read_imdb(archive, index, num_words),
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
    return _load("fraud", (_published.FRAUD,), _published.read_fraud, _embedded_fraud)


def _check_num_words(num_words: int) -> None:
    if not isinstance(num_words, (int, np.integer)) or num_words <= 3:
        raise ValueError(messages.DATA_BAD_NUM_WORDS.format(value=num_words))


# --- from the embedded simulations ---------------------------------------------------------------


def _embedded_mnist() -> Dataset:
    return _dataset.mnist(*_simulated.simulate_mnist(), "embedded")


def _embedded_reuters(num_words: int) -> Dataset:
    index = _artificial_words(_simulated.REUTERS_WORDS)
    corpus = _simulated.simulate_reuters()
    return _dataset.reuters(corpus, _simulated.REUTERS_TRAIN, num_words, index, "embedded")


def _embedded_imdb(num_words: int) -> Dataset:
    index = _artificial_words(_simulated.IMDB_WORDS)
    corpus = _simulated.simulate_imdb()
    return _dataset.imdb(corpus, _simulated.IMDB_HALF, num_words, index, "embedded")


def _embedded_fraud() -> Dataset:
    return _dataset.fraud(*_simulated.simulate_fraud(), "embedded")


def _artificial_words(n_words: int) -> dict[str, int]:
    return {f"palabra_{rank:05d}": rank for rank in range(1, n_words + 1)}


# --- choice of the source ------------------------------------------------------------------------


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
        say(messages.DATA_NOTICE.format(name=name, problems=" ".join(problems)))
    return real(*contents)


def _announced(dataset: Dataset, reason: str, remedy: str) -> Dataset:
    template = messages.DATA_STAND_IN
    say(template.format(name=dataset.name, note=dataset.note, reason=reason, remedy=remedy))
    return dataset


def _remedy(files: tuple[PublishedFile, ...]) -> str:
    large = [file.name for file in files if file.size > _files.LARGE_BYTES]
    if large:
        return messages.DATA_STAND_IN_REMEDY_LARGE.format(file=large[0])
    return messages.DATA_STAND_IN_REMEDY


def _unavailable(name: str, files: tuple[PublishedFile, ...], problems: list[str]) -> str:
    expected = "; ".join(
        messages.DATA_EXPECTED.format(file=file.name, size=thousands(file.size), sha256=file.sha256)
        for file in files
    )
    return messages.DATA_UNAVAILABLE.format(
        name=name, expected=expected, problems=" ".join(problems)
    )
