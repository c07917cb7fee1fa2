"""Lesson 12, production: dependencies, paired answers and lots of data, drawn from a seed."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import ks_2samp

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


# --- to_rerun ------------------------------------------------------------------------------------
CHAIN = {"esquema": ["datos"], "partes": ["esquema"], "modelo": ["partes"], "puerta": ["modelo"]}
DIAMOND = {"a": ["datos"], "b": ["a"], "c": ["a"], "d": ["b", "c"], "e": ["datos"]}


def changes(seed: int) -> list[tuple[dict[str, list[str]], list[str]]]:
    """Inputs of each step, and the steps whose code changed."""
    rng = generator(seed, "to_rerun")
    fixed = [(CHAIN, ["partes"]), (DIAMOND, ["b", "e"]), (DIAMOND, ["a"]), (CHAIN, [])]
    return [*fixed, *(_steps(rng) for _ in range(6))]


def _steps(rng: np.random.Generator) -> tuple[dict[str, list[str]], list[str]]:
    """Ten steps, each with one or two inputs above it, named and ordered at random."""
    names = rng.permutation(list("ABCDEFGHIJ")).tolist()
    links = {
        name: sorted({str(rng.choice(["datos", *names[:k]])) for _ in range(2)})
        for k, name in enumerate(names)
    }
    shuffled = {name: links[name] for name in rng.permutation(names).tolist()}
    return shuffled, [str(name) for name in rng.choice(names[:5], 2, replace=False)]


# --- gate_p_value --------------------------------------------------------------------------------
def duels(seed: int) -> list[tuple[Array, Array]]:
    """Whether the new and the old model were right, row by row."""
    rng = generator(seed, "gate_p_value")
    counts = [(6, 0), (9, 3), (2, 7), (5, 5), (0, 0)]
    counts += [tuple(rng.integers((4, 1), (15, 6)).tolist()) for _ in range(4)]
    return [_duel(rng, *pair) for pair in counts]


def _duel(rng: np.random.Generator, gained: int, lost: int) -> tuple[Array, Array]:
    both, neither = (int(n) for n in rng.integers((40, 3), (90, 9)))
    pairs = [(1, 0)] * gained + [(0, 1)] * lost + [(1, 1)] * both + [(0, 0)] * neither
    shuffled = rng.permutation(np.array(pairs, dtype=bool))
    return shuffled[:, 0], shuffled[:, 1]


# --- drift_alarms --------------------------------------------------------------------------------
N_ROWS, N_COLUMNS = 150, 20
LEVELS = (0.05, 0.01)


@functools.lru_cache(maxsize=4)  # a long draw; a check asks for it, and then its judge
def lots(seed: int) -> list[tuple[Array, Array, float]]:
    """Reference, new lot, level for all columns together.

    No p-value lies near the limit, so that it does not matter how it is computed; one column would
    give an alarm without a correction, one has another mean, and one only another spread.
    """
    rng = generator(seed, "drift_alarms")
    return [_lot(rng, level) for level in (*LEVELS, LEVELS[0])]


def _lot(rng: np.random.Generator, level: float) -> tuple[Array, Array, float]:
    limit = level / N_COLUMNS
    shifted = _until(rng, 1.2, 1.0, 0.0, limit / 10)
    spread = _until(rng, 0.0, 4.0, 0.0, limit / 10)
    between = _until(rng, 0.4, 1.0, 1.5 * level / N_ROWS, limit / 2)  # not by rows
    nearly = [_until(rng, 0.25, 1.0, 3 * limit, level / 2) for _ in range(2)]
    quiet = [_until(rng, 0.0, 1.0, 1.5 * level, 1.0) for _ in range(N_COLUMNS - 5)]
    columns = [shifted, spread, between, *nearly, *quiet]
    order = rng.permutation(N_COLUMNS)
    reference, lot = (np.stack([columns[k][side] for k in order], axis=1) for side in (0, 1))
    return reference, lot, level


def _until(
    rng: np.random.Generator, shift: float, scale: float, low: float, high: float
) -> tuple[Array, Array]:
    """Two samples whose p-value lies in a range, both from the exact test and from the usual one.

    The two that only differ in spread have equal means.
    """
    while True:
        first = rng.normal(size=N_ROWS)
        second = shift + scale * rng.normal(size=N_ROWS)
        if not shift:
            second += first.mean() - second.mean()
        tests = (ks_2samp(first, second, method=kind) for kind in ("asymp", "exact"))
        if all(low <= test.pvalue <= high for test in tests):  # the exact one, if the usual one is
            return first, second


DRAWS = {
    "to_rerun": lambda seed: Paper(changes(seed)),
    "gate_p_value": lambda seed: Paper(duels(seed)),
    "drift_alarms": lambda seed: Paper(lots(seed)),
}
