"""Two procedures on the same held-out rows: the difference, its error, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.deck_procedures.measured import Array, unpacked

Entries = dict[str, dict[str, Any]]
"""Measurements of one side of a row, by seed."""


@dataclass(frozen=True)
class Compared:
    """One row of the table.

    Attributes
    ----------
    deck_seconds, course_seconds : float
        Means over the seeds.
    n_seeds, n_rows : int
        Seeds that both sides have, and held-out rows.
    deck_right, course_right : float
        Rows right, mean over the seeds.
    difference, error : float
        The course's answer minus the deck's, and its paired standard error: points of accuracy.
    winner : float
        The difference of the search's own winner.
    verdict : {"better", "no difference", "worse"}
    """

    deck_seconds: float
    course_seconds: float
    n_seeds: int
    n_rows: int
    deck_right: float
    course_right: float
    difference: float
    error: float
    winner: float
    verdict: str

    @property
    def ratio(self) -> float:
        """How many times shorter the wait is."""
        return self.deck_seconds / self.course_seconds


def compare(deck: Entries, course: Entries, margin: float) -> Compared:
    """Compare two sides, seed by seed and row by row.

    Parameters
    ----------
    deck, course : dict of str to dict
        Entries of the record, by seed; the seeds of both are used.
    margin : float
        How many paired standard errors a difference must pass to count.

    Returns
    -------
    Compared

    Raises
    ------
    ValueError
        If they have no seed in common, or are not of the same held-out rows.
    """
    seeds = [seed for seed in deck if seed in course]
    sizes = {entry["rows"] for side in (deck, course) for s, entry in side.items() if s in seeds}
    if not seeds or len(sizes) > 1:
        raise ValueError("no seed in common, or not the same held-out rows")
    theirs = np.array([unpacked(deck[seed]) for seed in seeds], dtype=float)
    ours = np.array([unpacked(course[seed]) for seed in seeds], dtype=float)
    winners = np.array([unpacked(course[seed], "winner_right") for seed in seeds], dtype=float)
    gaps = 100 * (ours - theirs)
    difference, error = float(gaps.mean()), standard_error(gaps)
    return Compared(
        deck_seconds=float(np.mean([deck[seed]["seconds"] for seed in seeds])),
        course_seconds=float(np.mean([course[seed]["seconds"] for seed in seeds])),
        n_seeds=len(seeds),
        n_rows=sizes.pop(),
        deck_right=float(theirs.sum(axis=1).mean()),
        course_right=float(ours.sum(axis=1).mean()),
        difference=difference,
        error=error,
        winner=float(100 * (winners - theirs).mean()),
        verdict=verdict(difference, error, margin),
    )


def standard_error(gaps: Array) -> float:
    """Return the standard error of the mean of paired differences.

    Parameters
    ----------
    gaps : ndarray of float, shape (n_seeds, n_rows)

    Returns
    -------
    float
        The larger of two: of the rows (each row the mean of its seeds) and, with two seeds or more,
        of the seeds (each seed the mean of its rows). Chance comes in through both.
    """
    by_row, by_seed = gaps.mean(axis=0), gaps.mean(axis=1)
    errors = [
        values.std(ddof=1) / len(values) ** 0.5 for values in (by_row, by_seed) if len(values) > 1
    ]
    return float(max(errors, default=0.0))


def verdict(difference: float, error: float, margin: float) -> str:
    """Say what a difference is worth."""
    if abs(difference) <= margin * error:
        return "no difference"
    return "better" if difference > 0 else "worse"
