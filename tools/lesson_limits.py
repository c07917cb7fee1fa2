"""How long a lesson may take, in seconds on 2 cores of the machine that measured the limits.

Machines differ, and one machine differs from hour to hour (the same lesson took 93 to 135 s within
one), so a run is held against the limit times how much slower a fixed piece of work is there.

A lesson that needs more than the course's limit has its own number below: what was measured
(benchmarks/results/notebooks.json) and about a sixth more, so that a regression still fails.
"""

from __future__ import annotations

import math

BUDGETS = ("rapido", "clase", "completo")
COURSE = {"rapido": 30, "clase": 120}  # `completo` has no limit: it is the decks' literal cost
CELL = 45
OWN: dict[str, dict[str, float]] = {
    # Trains two dozen small networks, and every one is traced anew.
    "rapido": {"06": 44},
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


def broken(
    stem: str, budget: str, seconds: float, slowest_cell: float, slowness: float = 1.0
) -> list[str]:
    """Say which limits a run broke.

    Parameters
    ----------
    stem, budget : str
        As in :func:`lesson_limit`.
    seconds, slowest_cell : float
        What the lesson and its slowest cell took.
    slowness : float, default=1
        Of the machine during the run, see :class:`tools.watch.Slowness`; the limits grow by it.

    Returns
    -------
    list of str
        A line for each; empty if it kept to them.
    """
    return [
        f"{what} took {taken:.0f} s in the budget {budget!r}; its limit is {limit:.0f} s"
        for what, taken, limit in (
            ("the lesson", seconds, slowness * lesson_limit(stem, budget)),
            ("its slowest cell", slowest_cell, slowness * cell_limit(budget)),
        )
        if taken > limit
    ]
