"""The files of the publishers, and what is in them."""

from __future__ import annotations

import io
import json
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.data import _dataset
from course_utils.data._dataset import Dataset
from course_utils.data._files import PublishedFile
from course_utils.data._simulated import Corpus

Array = npt.NDArray[Any]

_KERAS_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"


def _keras_file(name: str, size: int, sha256: str) -> PublishedFile:
    return PublishedFile(name, size, sha256, (_KERAS_URL + name,))


MNIST = _keras_file(
    "mnist.npz",
    11_490_434,
    "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
)
REUTERS = _keras_file(
    "reuters.npz",
    2_110_848,
    "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916",
)
REUTERS_INDEX = _keras_file(
    "reuters_word_index.json",
    550_378,
    "9b56000edc4b34a32e89fd5a23b2605594682c74efcf7d8f4e2a5514b771e633",
)
IMDB = _keras_file(
    "imdb.npz",
    17_464_789,
    "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
)
IMDB_INDEX = _keras_file(
    "imdb_word_index.json",
    1_641_221,
    "027313fe9a320280f3bf0fac5baf58c4a683cf39a7ed9c3d3d3912bde4284cf6",
)
FRAUD = PublishedFile(
    "creditcard.csv",
    150_828_752,
    "76274b691b16a6c49d3f159c883398e03ccd6d1ee12d9d8ee38f4b4b98551a89",
    (
        "https://zenodo.org/records/7395559/files/creditcard.csv?download=1",
        "https://storage.googleapis.com/download.tensorflow.org/data/creditcard.csv",
    ),
)


def read_mnist(content: bytes) -> Dataset:
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        X = np.concatenate([archive["x_train"], archive["x_test"]])
        y = np.concatenate([archive["y_train"], archive["y_test"]])
        return _dataset.mnist(X, y, len(archive["y_train"]), "real")


def read_reuters(archive: bytes, index: bytes, num_words: int) -> Dataset:
    with np.load(io.BytesIO(archive), allow_pickle=True) as arrays:  # bytes checked in fetch
        X, y = _shuffled(_keras_generator(), arrays["x"], arrays["y"])
    n_train = int(len(X) * (1 - 0.2))  # Keras' expression, rounding included
    return _dataset.reuters(_encoded(X, y), n_train, num_words, json.loads(index), "real")


def read_imdb(archive: bytes, index: bytes, num_words: int) -> Dataset:
    generator = _keras_generator()
    with np.load(io.BytesIO(archive), allow_pickle=True) as arrays:  # bytes checked in fetch
        X_train, y_train = _shuffled(generator, arrays["x_train"], arrays["y_train"])
        X_test, y_test = _shuffled(generator, arrays["x_test"], arrays["y_test"])
    corpus = _encoded(np.concatenate([X_train, X_test]), np.concatenate([y_train, y_test]))
    return _dataset.imdb(corpus, len(X_train), num_words, json.loads(index), "real")


def _keras_generator() -> np.random.RandomState:
    """Legacy generator with the default seed of Keras' loaders."""
    return np.random.RandomState(113)


def _shuffled(generator: np.random.RandomState, X: Array, y: Array) -> tuple[Array, Array]:
    order = np.arange(len(X))
    generator.shuffle(order)
    return X[order], y[order]


def _encoded(texts: Array, labels: Array) -> Corpus:
    """Join texts of word ranks into Keras indices: 1 starts a text, ranks are shifted by 3."""
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    ranks = chain.from_iterable(chain((-2,), text) for text in texts)
    tokens = np.fromiter(ranks, np.int32, int(lengths.sum()))
    tokens += 3
    return Corpus(tokens, lengths, labels)


def read_fraud(content: bytes) -> Dataset:
    # NumPy rounds each decimal correctly; pandas' default depends on its version.
    table = np.loadtxt(io.BytesIO(content), delimiter=",", skiprows=1, quotechar='"')
    return _dataset.fraud(
        np.ascontiguousarray(table[:, :-1]), table[:, -1].astype(np.int64), "real"
    )
