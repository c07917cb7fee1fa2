"""Lesson 03, random search: trials needed, a log-uniform sampler, a search that is watched."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Student, generator, plain


# --- trials_needed -------------------------------------------------------------------------------
def promises(seed: int) -> list[tuple[float, float]]:
    """Confidence p and share q; the halves have an exact solution, the others are far from one."""
    rng = generator(seed, "trials_needed")
    fixed = [(0.95, 0.05), (0.75, 0.5), (0.875, 0.5), (0.5, 0.5)]
    while len(fixed) < 12:
        p, q = int(rng.integers(50, 1_000)) / 1_000, int(rng.integers(2, 400)) / 1_000
        if abs(p - q) > 0.2 and 0.05 < np.log(1 - p) / np.log(1 - q) % 1 < 0.95:
            fixed.append((p, q))
    for _ in range(2):  # p below q: tells the formulas with p and q swapped apart
        fixed.append((int(rng.integers(8, 20)) / 100, int(rng.integers(55, 75)) / 100))
    return fixed


def trials_needed(student: Student, seed: int) -> dict[str, Any]:
    """One number of trials per promise."""
    function = student.function("trials_needed")
    return {"needed": [student.call(function, *case) for case in promises(seed)]}


# --- log_uniform ---------------------------------------------------------------------------------
def ranges(seed: int) -> list[tuple[float, float, int]]:
    """Low, high, how many; all of them wide, so that a wrong scale shows."""
    rng = generator(seed, "log_uniform")
    drawn = [(0.001, 1_000.0, 3_000), (1e-5, 0.1, 2_500)]
    exponents = (float(rng.uniform(-4, -1)), float(rng.uniform(2, 4)))
    return [*drawn, (10 ** exponents[0], 10 ** exponents[1], int(rng.integers(2_000, 3_000)))]


def log_uniform(student: Student, seed: int) -> dict[str, Any]:
    """Values per range; the last range again with the same and with another generator."""
    function = student.function("log_uniform")
    cases = ranges(seed)
    cases = [*cases, cases[-1], cases[-1]]
    start = int(generator(seed, "log_uniform rng").integers(1_000_000))
    starts = [start, start + 1, start + 2, start + 2, start + 3]
    return {
        "values": [
            student.call(function, *case, np.random.default_rng(begin))
            for case, begin in zip(cases, starts, strict=True)
        ]
    }


# --- random_search -------------------------------------------------------------------------------
def hidden_scores(seed: int) -> tuple[dict[str, list[Any]], dict[str, dict[Any, float]]]:
    """A space of three lists and what each value adds to the score."""
    rng = generator(seed, "random_search")
    space: dict[str, list[Any]] = {
        "C": [0.1, 1, 10, 100, 1_000, 10_000],
        "gamma": [1e-4, 1e-3, 1e-2, 0.1, 1, 10],
        "kernel": ["rbf", "poly", "sigmoid", "linear", "cosine", "laplacian"],
    }
    worth = {
        name: dict(zip(values, rng.normal(size=len(values)).tolist(), strict=True))
        for name, values in space.items()
    }
    return space, worth


SEARCHES = ((40, 1), (40, 1), (40, 2), (90, 3))
"""How many trials and which seed, per search."""

_MOST_CALLS = 1_000


def random_search(student: Student, seed: int) -> dict[str, Any]:
    """What each search evaluated, in order, and what it returned."""
    function = student.function("random_search")
    space, worth = hidden_scores(seed)
    runs = []
    for n_trials, start in SEARCHES:
        asked: list[Any] = []
        watched = _Watched(worth, asked)
        returned = student.call(function, watched, space, n_trials, start)
        runs.append({"asked": asked, "returned": returned})
    return {"runs": runs}


class _Watched:
    """The objective that a student's search calls; it keeps a record."""

    def __init__(self, worth: dict[str, dict[Any, float]], asked: list[Any]) -> None:
        self._worth = worth
        self._asked = asked

    def __deepcopy__(self, memo: dict[int, Any]) -> _Watched:
        return self

    def __call__(self, config: dict[str, Any]) -> float:
        if len(self._asked) >= _MOST_CALLS:
            raise RuntimeError(f"más de {_MOST_CALLS} evaluaciones")
        self._asked.append(plain(dict(config), "random_search"))
        return sum(self._value(name, config) for name in self._worth)

    def _value(self, name: str, config: dict[str, Any]) -> float:
        if name not in config:
            raise KeyError(f"la configuración no trae {name!r}")
        value = plain(config[name], name)  # 10.0 is in the list that holds 10
        if value not in self._worth[name]:
            raise ValueError(f"{value} no está en la lista de {name!r}")
        return self._worth[name][value]


OBSERVERS = {
    "trials_needed": trials_needed,
    "log_uniform": log_uniform,
    "random_search": random_search,
}
