"""Lesson 06, networks in a search: its cost, its hyperparameters and its splits, asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


# --- search_cost ---------------------------------------------------------------------------------
def searches(seed: int) -> list[tuple[int, int, int, int, int, bool]]:
    """Searches as (n_points, cv, n_rows, epochs, batch_size, refit); the folds are equal."""
    rng = generator(seed, "search_cost")
    drawn = []
    for refit in (True, False, True, False):
        cv, held, points = (int(rng.integers(*span)) for span in ((3, 7), (20, 60), (2, 90)))
        rows = cv * held
        # No batch fills the rows exactly, and the refit takes more steps than a fold.
        fits = [b for b in range(5, held) if rows % b and (rows - held) % b and held % b]
        drawn.append((points, cv, rows, int(rng.integers(2, 80)), int(rng.choice(fits)), refit))
    return drawn


# --- tunable_net ---------------------------------------------------------------------------------
def values(seed: int) -> tuple[list[int], list[str], list[str], list[float]]:
    """Two values of each: units, activations, optimizers, learning rates."""
    rng = generator(seed, "tunable_net")
    units = rng.choice(np.arange(4, 40), 2, replace=False)
    names = ["relu", "tanh", "elu", "selu", "softplus"]
    activations = rng.choice(names, 2, replace=False)
    optimizers = rng.choice(["SGD", "Adam", "RMSprop", "Adamax"], 2, replace=False)
    rates = [float(rng.integers(2, 9)) / 1000, float(rng.integers(2, 9)) / 100]
    return units.tolist(), activations.tolist(), optimizers.tolist(), rates


def rows(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Twelve rows with four columns, and their labels, 0 or 1."""
    rng = generator(seed, "tunable_net rows")
    return rng.normal(size=(12, 4)).astype("float32"), np.arange(12) % 2


# --- safe_splits ---------------------------------------------------------------------------------
def label_sets(seed: int) -> list[tuple[np.ndarray, int]]:
    """Labels and a number of folds: sorted, sorted and one-hot, shuffled with two rare classes."""
    rng = generator(seed, "safe_splits")
    in_order = np.repeat([0, 1, 2], rng.integers(150, 220, 3))
    hot = np.eye(4, dtype=int)[np.repeat([0, 1, 2, 3], rng.integers(150, 220, 4))]
    rare = np.repeat([0, 1, 2, 3], [int(rng.integers(200, 300)), int(rng.integers(200, 300)), 5, 5])
    return [(in_order, 3), (hot, 4), (rng.permutation(rare), 5)]  # cut in order, 3 loses a class


DRAWS = {
    "search_cost": lambda seed: Paper(searches(seed)),
    "tunable_net": lambda seed: Paper(
        {"values": values(seed), "rows": rows(seed)}, files=("keras",) * 8, examined=rows(seed)
    ),
    "safe_splits": lambda seed: Paper(label_sets(seed)),
}
