"""How long a lesson may take, in seconds on 2 cores.

A lesson that needs more than the course's limit has its own number below: what was measured
(benchmarks/results/notebooks.json) and about a sixth more, so that a regression still fails.
"""

from __future__ import annotations

import math

BUDGETS = ("rapido", "clase", "completo")
COURSE = {"rapido": 30, "clase": 120}  # `completo` has no limit: it is the decks' literal cost
CELL = 45
OWN: dict[str, dict[str, float]] = {
    "rapido": {"06": 55, "07": 36, "08": 43, "09": 40, "10": 44},  # each trains networks
    "clase": {},
}


def lesson_limit(stem: str, budget: str) -> float:
    """Seconds that a lesson may take.

    Parameters
    ----------
    stem : str
        Name of its notebook, ``"06_redes_scikeras"``.
    budget : {"rapido", "clase", "completo"}

    Returns
    -------
    float
        Its own limit, or the course's; infinite in the budget ``completo``.
    """
    return OWN.get(budget, {}).get(stem[:2], COURSE.get(budget, math.inf))


def cell_limit(budget: str) -> float:
    """Seconds that one cell may take in a budget."""
    return CELL if budget in COURSE else math.inf


def broken(stem: str, budget: str, seconds: float, slowest_cell: float) -> list[str]:
    """Say which limits a run broke.

    Parameters
    ----------
    stem, budget : str
        As in :func:`lesson_limit`.
    seconds, slowest_cell : float
        What the lesson and its slowest cell took.

    Returns
    -------
    list of str
        A line for each; empty if it kept to them.
    """
    return [
        f"{what} took {taken:.0f} s in the budget {budget!r}; its limit is {limit:.0f} s"
        for what, taken, limit in (
            ("the lesson", seconds, lesson_limit(stem, budget)),
            ("its slowest cell", slowest_cell, cell_limit(budget)),
        )
        if taken > limit
    ]
