"""Lesson 03, random search: trials needed, a log-uniform sampler, a search that is watched."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Objective, Paper, generator
from course_utils.messages.checks.lesson_03 import NO_CONFIGURATION, NO_VALUE, NOT_LISTED

Array = npt.NDArray[Any]


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


# --- log_uniform ---------------------------------------------------------------------------------
def ranges(seed: int) -> list[tuple[float, float, int, int]]:
    """Low, high, how many, start of the generator; all wide, so that a wrong scale shows.

    The last range comes again with the same and with another generator.
    """
    rng = generator(seed, "log_uniform")
    drawn = [(0.001, 1_000.0, 3_000), (1e-5, 0.1, 2_500)]
    exponents = (float(rng.uniform(-4, -1)), float(rng.uniform(2, 4)))
    drawn.append((10 ** exponents[0], 10 ** exponents[1], int(rng.integers(2_000, 3_000))))
    start = int(generator(seed, "log_uniform rng").integers(1_000_000))
    cases = zip([*drawn, drawn[-1], drawn[-1]], (0, 1, 2, 2, 3), strict=True)
    return [(*case, start + later) for case, later in cases]


# --- random_search -------------------------------------------------------------------------------
Worth = dict[str, dict[Any, float]]


def hidden_scores(seed: int) -> tuple[dict[str, list[Any]], Worth]:
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


def _read_config(config: Any, worth: Worth) -> dict[str, Any]:
    """A configuration in the space's own values: 10.0 is 10."""
    if not isinstance(config, dict):
        raise ValueError(NO_CONFIGURATION.format(got=str(config)[:80]))
    for name, values in worth.items():
        if name not in config:
            raise ValueError(NO_VALUE.format(name=name))
        if isinstance(config[name], dict | list) or config[name] not in values:
            raise ValueError(NOT_LISTED.format(name=name, got=str(config[name])[:80]))
    return {n: next(v for v in values if v == config[n]) for n, values in worth.items()}


def _search_paper(seed: int) -> Paper:
    space, worth = hidden_scores(seed)
    objective = Objective(
        read=lambda config: _read_config(config, worth),
        score=lambda config: sum(worth[name][value] for name, value in config.items()),
        most_calls=_MOST_CALLS,
    )
    return Paper({"space": space, "searches": SEARCHES}, (objective,) * len(SEARCHES))


DRAWS = {
    "trials_needed": lambda seed: Paper(promises(seed)),
    "log_uniform": lambda seed: Paper(ranges(seed)),
    "random_search": _search_paper,
}
