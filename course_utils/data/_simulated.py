"""Embedded stand-ins of the four data sets: same shapes, same class balance, same numbers anywhere.

Everything is drawn from ``numpy.random.default_rng(SEED)``; nothing is read from the disk or the
network. Floating-point results are rounded, so that the last bit of a platform's ``exp`` is not
seen. ``datasets/README.md`` says how each stand-in differs from the real data set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Corpus", "simulate_fraud", "simulate_imdb", "simulate_mnist", "simulate_more_reuters"]
__all__ += ["simulate_reuters"]

SEED = 101

Array = npt.NDArray[Any]

# Newswires per topic in the real corpus, train and test together: 11,228.
REUTERS_COUNTS = (
    67, 537, 94, 3972, 2423, 22, 62, 19, 177, 126, 154, 473, 62, 209, 28, 29,
    543, 51, 86, 682, 339, 127, 22, 53, 81, 123, 32, 19, 58, 23, 57, 52,
    42, 16, 57, 16, 60, 21, 22, 29, 46, 38, 16, 27, 17, 19,
)  # fmt: skip
REUTERS_TRAIN = 8_982
REUTERS_WORDS = 30_979
IMDB_HALF = 25_000
IMDB_WORDS = 88_584

FRAUD_ROWS = 284_807
FRAUD_POSITIVES = 492
FRAUD_SECONDS = 172_792
# Standard deviations of V1 … V28 in the real table, rounded.
_V_SCALE = (
    1.96, 1.65, 1.52, 1.42, 1.38, 1.33, 1.24, 1.19, 1.10, 1.09, 1.02, 1.00, 1.00, 0.96,
    0.92, 0.88, 0.85, 0.84, 0.81, 0.77, 0.73, 0.73, 0.62, 0.61, 0.52, 0.48, 0.40, 0.33,
)  # fmt: skip
# Where the mean of a clear fraud lies, by column.
_FRAUD_SHIFT = {14: -7.0, 17: -6.7, 12: -6.2, 10: -5.7, 11: 3.8, 4: 4.5, 3: -3.5, 16: -2.0}


@dataclass(frozen=True)
class Corpus:
    """Texts as one run of Keras indices (0 padding, 1 start, 2 unknown, words from 4 on).

    Parameters
    ----------
    tokens : ndarray of int, shape (n_tokens,)
        All texts, one after the other.
    lengths : ndarray of int, shape (n_texts,)
        Number of tokens of each text.
    labels : ndarray of int64, shape (n_texts,)
        Class of each text.
    vocabulary : ndarray of int32, shape (n_classes, 4096), or None
        Ranks of the words of each class, the frequent ones many times; None for real texts.
    """

    tokens: Array
    lengths: Array
    labels: Array
    vocabulary: Array | None = None


def simulate_mnist() -> tuple[Array, Array, int]:
    """Scale scikit-learn's 8×8 digits to 28×28.

    Returns
    -------
    X : ndarray of uint8, shape (1797, 28, 28)
        Grey levels 0 … 255; the training images come first.
    y : ndarray of uint8, shape (1797,)
        Digits.
    n_train : int
        Number of training images (a stratified 80 %).
    """
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    digits = load_digits()
    grey = digits.images.astype(np.int64)  # 0 … 16
    weights = _threefold_weights(grey.shape[1])
    scaled = np.einsum("ai,nij,bj->nab", weights, grey, weights) * 255 // (9 * 16)
    images = np.pad(scaled.astype(np.uint8), ((0, 0), (2, 2), (2, 2)))
    train, test = train_test_split(
        np.arange(len(images)), test_size=0.2, random_state=SEED, stratify=digits.target
    )
    order = np.concatenate([train, test])
    return images[order], digits.target[order].astype(np.uint8), len(train)


def _threefold_weights(size: int) -> Array:
    """Linear interpolation to three times the size, in thirds: integers, hence exact anywhere."""
    weights = np.zeros((3 * size, size), dtype=np.int64)
    for pixel in range(3 * size):
        centre, offset = divmod(pixel, 3)
        neighbour = min(max(centre + offset - 1, 0), size - 1)
        weights[pixel, centre] += 3 if offset == 1 else 2
        weights[pixel, neighbour] += 0 if offset == 1 else 1
    return weights


def simulate_reuters() -> Corpus:
    """Simulate 11,228 newswires in 46 topics; the first 8,982 are the training set."""
    rng = np.random.default_rng(SEED)
    labels = rng.permutation(np.repeat(np.arange(len(REUTERS_COUNTS)), REUTERS_COUNTS))
    lengths = _lengths(rng, len(labels), mean=4.60, sigma=0.856, low=12, high=2_375)
    return _corpus(rng, labels, lengths, REUTERS_WORDS, topic_share=0.39, purity=3.6)


def simulate_more_reuters(rng: np.random.Generator, size: int) -> Corpus:
    """Simulate newswires beyond those of :func:`simulate_reuters`, with the words of its topics.

    Parameters
    ----------
    rng : Generator
        Draws topics, lengths and texts.
    size : int
        How many.
    """
    share = np.array(REUTERS_COUNTS) / sum(REUTERS_COUNTS)
    labels = rng.choice(len(REUTERS_COUNTS), size, p=share)
    lengths = _lengths(rng, size, mean=4.60, sigma=0.856, low=12, high=2_375)
    words = simulate_reuters().vocabulary
    return _corpus(rng, labels, lengths, REUTERS_WORDS, topic_share=0.39, purity=3.6, words=words)


def simulate_imdb() -> Corpus:
    """Simulate 50,000 balanced reviews; the first 25,000 are the training set."""
    rng = np.random.default_rng(SEED)
    half = np.repeat([0, 1], IMDB_HALF // 2)
    labels = np.concatenate([rng.permutation(half), rng.permutation(half)])
    lengths = _lengths(rng, len(labels), mean=5.24, sigma=0.645, low=10, high=2_493)
    return _corpus(rng, labels, lengths, IMDB_WORDS, topic_share=0.12, purity=3.6)


def _lengths(
    rng: np.random.Generator, size: int, *, mean: float, sigma: float, low: int, high: int
) -> Array:
    drawn = np.rint(np.exp(rng.normal(mean, sigma, size)))
    return np.clip(drawn, low, high).astype(np.int64)


def _corpus(
    rng: np.random.Generator,
    labels: Array,
    lengths: Array,
    n_words: int,
    *,
    topic_share: float,
    purity: float,
    words: Array | None = None,
) -> Corpus:
    """Mix frequent words (Zipf) with words of the text's own topic and of one other topic.

    ``topic_share`` is the mean share of topic words in a text. The share of the *own* topic among
    them is drawn from Beta(purity, 1): a text where it is below one half looks like the other
    class, so about ``0.5 ** purity`` of the texts are misread by any model.
    """
    n_texts = len(labels)
    n_classes = int(labels.max()) + 1 if words is None else len(words)
    own_share = rng.beta(purity, 1.0, n_texts)
    share = topic_share * 2.0 * rng.beta(2.0, 2.0, n_texts)
    rival = labels[rng.permutation(n_texts)]
    rival = np.where(rival == labels, (labels + 1) % n_classes, rival)

    common = _quantile_table(_zipf(n_words), 2**20)
    tokens = common[rng.integers(0, len(common), lengths.sum(), dtype=np.uint32)]
    chosen = rng.random(len(tokens), dtype=np.float32)
    text = np.repeat(np.arange(n_texts, dtype=np.int32), lengths)
    chosen_at = np.flatnonzero(chosen < share.astype(np.float32)[text])
    text = text[chosen_at]
    topic = np.where(rng.random(len(text)) < own_share[text], labels[text], rival[text])
    vocabulary = _topic_words(rng, n_classes) if words is None else words
    tokens[chosen_at] = vocabulary[topic, rng.integers(0, vocabulary.shape[1], len(text))]

    tokens += 3  # Keras' index_from
    tokens[np.cumsum(lengths) - lengths] = 1  # Keras' start_char
    return Corpus(tokens, lengths, labels, vocabulary)


def _zipf(n_words: int) -> Array:
    return 1.0 / (np.arange(1, n_words + 1) + 2.7) ** 1.2


def _quantile_table(weights: Array, size: int) -> Array:
    """Rank (from 1) at each of ``size`` equal steps of the distribution: sampling by look-up."""
    cumulative = np.cumsum(weights)
    steps = (np.arange(size) + 0.5) / size * cumulative[-1]
    ranks: Array = (np.searchsorted(cumulative, steps) + 1).astype(np.int32)
    return ranks


def _topic_words(rng: np.random.Generator, n_classes: int) -> Array:
    """Draw 400 word ranks per topic, the first ones used most; shape (n_classes, 4096)."""
    table = _quantile_table(1.0 / (np.arange(400) + 20.0), 4_096) - 1
    words = np.stack([rng.permutation(np.arange(100, 9_000))[:400] for _ in range(n_classes)])
    return words[:, table].astype(np.int32)


def simulate_fraud() -> tuple[Array, Array]:
    """Simulate card payments: 284,807 rows in order of time, 492 of them frauds.

    Returns
    -------
    X : ndarray of float64, shape (284807, 30)
        ``Time`` (s), ``V1`` … ``V28`` (PCA-like: uncorrelated, decreasing variance, heavy tails),
        ``Amount``.
    y : ndarray of int64, shape (284807,)
        1 for a fraud.
    """
    rng = np.random.default_rng(SEED)
    X = np.empty((FRAUD_ROWS, 30))
    y = np.zeros(FRAUD_ROWS, dtype=np.int64)
    y[rng.choice(FRAUD_ROWS, FRAUD_POSITIVES, replace=False)] = 1
    X[:, 0] = np.sort(_seconds(rng, FRAUD_ROWS))
    _fill_components(rng, X[:, 1:29], y)
    X[:, 29] = _amounts(rng, y)
    return X, y


def _seconds(rng: np.random.Generator, size: int) -> Array:
    """Two days of payments, few of them at night."""
    hour_weight = np.array([2, 1, 1, 1, 1, 1, 2, 4, 6, 8] + [9] * 12 + [7, 5], dtype=float)
    hour = _quantile_table(np.tile(hour_weight, 2), 2**16)[rng.integers(0, 2**16, size)] - 1
    return np.minimum(hour * 3_600 + rng.integers(0, 3_600, size), FRAUD_SECONDS)


def _fill_components(rng: np.random.Generator, V: Array, y: Array) -> None:
    rng.standard_normal(out=(normal := np.empty(V.shape)))
    tail = np.exp(rng.normal(-0.36, 0.6, len(V)))  # one factor per row: rare rows far out
    normal *= tail[:, None]
    normal *= np.array(_V_SCALE)
    frauds = np.flatnonzero(y)
    strength = rng.gamma(4.0, 0.25, len(frauds))
    strength[rng.random(len(frauds)) < 0.25] *= 0.08  # these hide among the honest payments
    for column, shift in _FRAUD_SHIFT.items():
        normal[frauds, column - 1] += shift * strength
    np.round(normal, 6, out=V)


def _amounts(rng: np.random.Generator, y: Array) -> Array:
    mean, sigma = np.where(y == 1, 2.6, 3.1), np.where(y == 1, 2.0, 1.6)
    return np.round(np.minimum(np.exp(rng.normal(mean, sigma)), 25_691.16), 2)
