"""Lesson 07, Keras Tuner: costs of brackets, a builder of networks and a Pareto front, asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


# --- paid_epochs ---------------------------------------------------------------------------------
def schedules(seed: int) -> list[list[tuple[int, int]]]:
    """Brackets as rounds (trials, epoch that they reach), of one to four rounds."""
    rng = generator(seed, "paid_epochs")
    drawn = []
    for n_rounds in (1, 2, 2, 3, 3, 4):
        trials = np.cumsum(rng.integers(1, 9, n_rounds))[::-1]
        epochs = np.cumsum(rng.integers(2, 9, n_rounds))
        drawn.append([(int(n), int(until)) for n, until in zip(trials, epochs, strict=True)])
    return drawn


# --- build_model ---------------------------------------------------------------------------------
def images(seed: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """A few noisy pictures, their labels, and two sizes of the hidden layer."""
    rng = generator(seed, "build_model")
    units = 16 * rng.choice(np.arange(2, 12), 2, replace=False)
    pictures = rng.random((12, 28, 28)).astype("float32")
    return pictures, rng.integers(0, 10, 12), [int(size) for size in units]


# --- pareto_front --------------------------------------------------------------------------------
def candidates(seed: int) -> list[list[tuple[float, float]]]:
    """Tables of (accuracy, seconds per epoch); the last ones hold ties and a single model."""
    rng = generator(seed, "pareto_front")
    tables = []
    for n in (6, 9, 12, 15):
        accuracy, seconds = rng.uniform(0.90, 0.99, n), rng.uniform(0.5, 9, n)
        table = list(zip(accuracy.round(4).tolist(), seconds.round(2).tolist(), strict=True))
        best, quickest = max(table), min(table, key=lambda model: model[1])
        # One that is best at nothing and yet on the front, and one that ties with another.
        table.append(((best[0] + 0.90) / 2 + 0.02, quickest[1] + 0.01))
        tables.append([*table, (best[0], best[1] + 1.0)])
    return [*tables, [(0.95, 2.0)], [(0.97, 3.0), (0.95, 1.0), (0.95, 1.0)]]


DRAWS = {
    "paid_epochs": lambda seed: Paper(schedules(seed)),
    "build_model": lambda seed: Paper(
        images(seed)[2], files=("keras", "keras"), examined=images(seed)[:2]
    ),
    "pareto_front": lambda seed: Paper(candidates(seed)),
}
