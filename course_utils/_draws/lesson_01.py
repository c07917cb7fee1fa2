"""Lesson 01, metrics and validation: predictions, thresholds and splits on drawn labels."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


# --- useless -------------------------------------------------------------------------------------
def rare_tables(seed: int) -> list[tuple[Any, Any]]:
    """Tables and labels with less than 1 % of positives: (X, y). The student gets X alone."""
    rng = generator(seed, "useless")
    drawn = []
    for rows in (1_000, int(rng.integers(1_200, 2_500))):
        y = np.zeros(rows, dtype=int)
        y[rng.choice(rows, size=int(rng.integers(3, rows // 150)), replace=False)] = 1
        drawn.append((rng.normal(size=(rows, int(rng.integers(3, 8)))), y))
    return drawn


# --- best_threshold ------------------------------------------------------------------------------
def alarms(seed: int) -> list[tuple[Any, Any, float, float]]:
    """Labels, scores and the costs of a miss and of a false alarm."""
    rng = generator(seed, "best_threshold")
    drawn = []
    for miss, alarm in ((100, 5), (5, 60), (float(rng.integers(30, 90)), 1), (1, 1), (1, 500)):
        y = (rng.random(300) < 0.2).astype(int)
        raw = rng.normal(size=300) + 1.6 * y - 1.2
        drawn.append((y, (1 / (1 + np.exp(-raw))).round(3), float(miss), float(alarm)))
    y, scores, *_ = drawn[-1]
    y[scores.argmax()] = 0  # so dear a false alarm that the cheapest is never to sound
    few = (scores * 8).round() / 8  # many rows with the same score
    return [*drawn, (y, few, 12.0, 7.0), (1 - y, 1 - scores, 500.0, 1.0), _close_scores(rng)]


def _close_scores(rng: np.random.Generator) -> tuple[Any, Any, float, float]:
    """Scores that differ by thousandths; the cheapest threshold lies between two hundredths."""
    thousandths = rng.integers(400, 500, size=300)
    y = (thousandths >= 10 * rng.integers(41, 49) + rng.integers(4, 8)).astype(int)
    flipped = rng.choice(300, size=10, replace=False)
    y[flipped] = 1 - y[flipped]
    return y, thousandths / 1_000, 3.0, 2.0


# --- three_parts ---------------------------------------------------------------------------------
def labels_to_split(seed: int) -> list[tuple[Any, int]]:
    """Labels, sorted or not, and the seed of each split; the first case comes twice."""
    rng = generator(seed, "three_parts")
    drawn = []
    for positives in (20, 40, 100, 200, 300, 400):  # many: chance seldom hits their shares
        y = np.repeat([0, 1], [1_000 - positives, positives])
        drawn.append((y if positives == 100 else rng.permutation(y), int(rng.integers(1, 1_000))))
    y, first = drawn[0]
    return [*drawn, (y, first), (y, first + 1)]


DRAWS = {
    "useless": lambda seed: Paper([X for X, _ in rare_tables(seed)]),
    "best_threshold": lambda seed: Paper(alarms(seed)),
    "three_parts": lambda seed: Paper(labels_to_split(seed)),
}
