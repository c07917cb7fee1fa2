"""Lesson 10, the IMDB project: reviews read back, surest errors, a saved network asked again."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


# --- decode_review -------------------------------------------------------------------------------
def encoded(seed: int) -> list[tuple[list[int], dict[str, int]]]:
    """Reviews as numbers, each with its own vocabulary; every mark is asked, alone and together."""
    rng = generator(seed, "decode_review")
    cases = []
    for padded, started, unknown in ((0, 1, 1), (3, 1, 2), (0, 0, 0), (2, 0, 1), (0, 1, 0)):
        n_words = int(rng.integers(6, 12))
        # Neither the first rank nor the last ones: a wrong shift finds words too, and is seen.
        review = [int(rank) + 3 for rank in rng.permutation(np.arange(2, 33))[:n_words]]
        for _ in range(unknown):
            review.insert(int(rng.integers(1, n_words)), 2)
        cases.append(([0] * padded + [1] * started + review, _vocabulary(rng)))
    return cases


def _vocabulary(rng: np.random.Generator) -> dict[str, int]:
    """Forty invented words and their ranks, from 1 on, in no order."""
    syllables = [a + b for a in "bdlmnprst" for b in "aeiou"]
    words: set[str] = set()
    while len(words) < 40:
        words.add("".join(rng.choice(syllables, 3)))
    return dict(zip(sorted(words), (int(r) for r in rng.permutation(40) + 1), strict=True))


# --- surest_errors -------------------------------------------------------------------------------
def predictions(seed: int) -> list[tuple[Array, Array, int]]:
    """Labels, probabilities and how many errors to return; with ties, few errors, and none."""
    rng = generator(seed, "surest_errors")
    cases = [_predicted(rng, n_errors=n, k=k) for n, k in ((12, 5), (10, 7), (8, 6), (4, 9))]
    y, p, k = _predicted(rng, n_errors=10, k=6)
    cases.append((y, p.round(1), k))  # ties
    y, p, k = _predicted(rng, n_errors=6, k=9)
    p[:2], y[:2] = 0.5, (1, 0)  # 0.5 is not positive: an error, the least sure, and a hit
    cases.append((y, p, k))
    y, p, k = _predicted(rng, n_errors=2, k=3)
    return [*cases, ((p > 0.5).astype(int), p, k)]  # nothing wrong


def _predicted(rng: np.random.Generator, *, n_errors: int, k: int) -> tuple[Array, Array, int]:
    """Half the errors in each sense, more sure than that some hits; no error in the first rows."""
    n = int(rng.integers(30, 60))
    p = np.where(rng.random(n) < 0.5, rng.uniform(0.04, 0.44, n), rng.uniform(0.56, 0.96, n))
    p[:4] = 0.99, 0.01, 0.98, 0.02
    where = 4 + rng.permutation(n - 4)[:n_errors]
    half = n_errors // 2
    p[where[:half]] = rng.uniform(0.56, 0.96, half)
    p[where[half:]] = rng.uniform(0.04, 0.44, n_errors - half)
    y = (p > 0.5).astype(int)
    y[where] = 1 - y[where]
    return y, p.round(3), k


# --- imdb_model ----------------------------------------------------------------------------------
NUM_WORDS, SEEN, HELD_OUT, NEW = 10_000, 1_500, 2_000, 2_500


_PURITY, _TOPIC_SHARE, _TOPIC_WORDS = 3.6, 0.12, 400  # as in the stand-in of IMDB


@dataclass(frozen=True)
class _StandIn:
    """What new reviews are made of, and the reviews whose labels the student has."""

    lengths: Array
    common: Array
    lexicon: Array  # (2, 400): words of negative and of positive reviews, the first used most
    seen: Array
    held_out: Array


@functools.cache
def _stand_in() -> _StandIn:
    from course_utils.data import _simulated

    corpus = _simulated.simulate_imdb()
    positive = np.repeat(corpus.labels, corpus.lengths) == 1
    sides = [np.bincount(corpus.tokens[mask])[:NUM_WORDS] for mask in (~positive, positive)]
    surplus = sides[1] / sides[1].sum() - sides[0] / sides[0].sum()
    surplus[:4] = 0  # the marks
    order = np.argsort(surplus)
    first = _simulated.IMDB_HALF
    ends = corpus.lengths.cumsum()
    held_out = corpus.tokens[ends[first - 1] : ends[first + HELD_OUT - 1]]
    return _StandIn(
        corpus.lengths,
        _simulated._quantile_table(_simulated._zipf(_simulated.IMDB_WORDS), 2**20) + 3,
        np.stack([order[:_TOPIC_WORDS], order[::-1][:_TOPIC_WORDS]]),
        _as_reviews(corpus.tokens[: ends[SEEN - 1]], corpus.lengths[:SEEN]),
        _as_reviews(held_out, corpus.lengths[first : first + HELD_OUT]),
    )


def _as_reviews(tokens: Array, lengths: Array) -> Array:
    known = np.where(tokens < NUM_WORDS, tokens, 2)
    reviews = np.empty(len(lengths), dtype=object)
    reviews[:] = [part.tolist() for part in np.split(known, lengths.cumsum()[:-1])]
    return reviews


def leanings(seed: int) -> Array:
    """How far each new review leans to the positive side, 0 to 1.

    It is drawn as in the stand-in, and is all that the words know of the label: the labels
    themselves are drawn by the judge, later.
    """
    rng = generator(seed, "imdb_model")
    own = rng.beta(_PURITY, 1, NEW)
    return np.where(rng.random(NEW) < 0.5, own, 1 - own)


@functools.lru_cache(maxsize=4)  # a long draw; the tests ask under three seeds in turn
def new_reviews(seed: int) -> Array:
    """Reviews that nobody has seen, made as the stand-in's are and with its words."""
    rng, made = generator(seed, "imdb_model words"), _stand_in()
    lengths = rng.choice(made.lengths, NEW)
    text = np.repeat(np.arange(NEW), lengths)
    tokens = rng.choice(made.common, len(text))
    leans = rng.random(len(text)) < (2 * _TOPIC_SHARE * rng.beta(2, 2, NEW))[text]
    side = (rng.random(len(text)) < leanings(seed)[text]).astype(int)
    weights = 1 / (np.arange(_TOPIC_WORDS) + 20)
    place = rng.choice(_TOPIC_WORDS, len(text), p=weights / weights.sum())
    tokens = np.where(leans, made.lexicon[side, place], tokens)
    tokens[lengths.cumsum() - lengths] = 1
    return _as_reviews(tokens, lengths)


def _reviews(seed: int) -> Paper:
    made = _stand_in()
    reviews = {"seen": made.seen, "held_out": made.held_out, "new": new_reviews(seed)}
    return Paper(reviews, files=("keras", "npz", "npz", "npz"), examined=list(reviews))


DRAWS = {
    "decode_review": lambda seed: Paper(encoded(seed)),
    "surest_errors": lambda seed: Paper(predictions(seed)),
    "imdb_model": _reviews,
}
