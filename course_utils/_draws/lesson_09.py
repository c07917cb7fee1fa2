"""Lesson 09, Reuters: a light vectorizer, a macro average and a saved search, asked."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Paper, generator
from course_utils.data._simulated import simulate_more_reuters

Array = npt.NDArray[Any]


NUM_WORDS, TOPICS = 5_000, 46


N_FRESH, N_COMPARED = 1_000, 20


_GIVEN = {"train": range(1_500), "valid": range(1_500, 2_500), "test": range(8_982, 9_982)}


# --- light_multi_hot -----------------------------------------------------------------------------
def news(seed: int) -> list[tuple[Any, int]]:
    """Texts and number of columns: the lesson's, a few short ones, many of a real length."""
    rng = generator(seed, "light_multi_hot")
    dimension = int(rng.integers(12, 30))
    words = [rng.permutation(np.arange(1, dimension))[:n].tolist() for n in (4, 5, 6)]
    short = [[*text, text[0]] for text in words]  # each repeats a word
    short.append([*words[0][:2], dimension - 1])  # the last column counts
    long = np.empty(40, dtype=object)
    for row, length in enumerate(rng.integers(20, 150, 40)):
        long[row] = rng.integers(1, NUM_WORDS, length).tolist()
    return [([[8, 5], [5, 8, 8]], 10), (short, dimension), (long, NUM_WORDS)]


# --- macro_f1 ------------------------------------------------------------------------------------
def answers(seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """True and predicted topics; the rarest topics are never predicted."""
    rng = generator(seed, "macro_f1")
    drawn = [(np.array([3] * 6 + [7] * 2 + [40]), np.array([3] * 6 + [3, 7, 3]))]
    for n_topics, n_silent in ((4, 1), (6, 2), (8, 3)):
        topics = rng.permutation(np.arange(1, TOPICS))[:n_topics]
        true = np.repeat(topics, [60 // 2**k + 2 for k in range(n_topics)])
        heard = topics[: n_topics - n_silent]
        guesses = rng.choice(heard, len(true), p=_falling(len(heard)))
        right = (rng.random(len(true)) < 0.6) & np.isin(true, heard)
        order = rng.permutation(len(true))
        drawn.append((true[order], np.where(right, true, guesses)[order]))
    true, said = drawn[-1]
    strange = np.setdiff1d(np.arange(1, TOPICS), true)[:3]  # said of three newswires, and of none
    return [*drawn, (true, np.concatenate([strange, said[3:]]))]


def _falling(size: int) -> np.ndarray:
    weights = 0.6 ** np.arange(size)
    return np.asarray(weights / weights.sum())


# --- saved_search --------------------------------------------------------------------------------
def rows_given() -> dict[str, np.ndarray]:
    """Rows of the simulated newswires that the notebook hands out."""
    return {name: np.array(rows) for name, rows in _GIVEN.items()}


@functools.lru_cache(maxsize=4)  # a long draw; the tests ask under three seeds in turn
def fresh_news(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Texts that nobody has seen, made as the simulated ones are, and their topics."""
    made = simulate_more_reuters(generator(seed, "saved_search"), N_FRESH)
    tokens = np.where(made.tokens < NUM_WORDS, made.tokens, 2)
    texts = np.empty(N_FRESH, dtype=object)
    texts[:] = [part.tolist() for part in np.split(tokens, made.lengths.cumsum()[:-1])]
    return texts, made.labels


def _search_paper(seed: int) -> Paper:
    asked = {"rows": rows_given(), "fresh": fresh_news(seed)[0], "compared": N_COMPARED}
    return Paper(files=("keras", "keras"), examined=asked)


DRAWS = {
    "light_multi_hot": lambda seed: Paper(news(seed)),
    "macro_f1": lambda seed: Paper(answers(seed)),
    "saved_search": _search_paper,
}
