"""Lesson 05, evolution: costs, offspring and a whole run, on a landscape drawn from a seed."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Objective, Paper, generator
from course_utils.messages.checks.lesson_05 import NOT_AN_INDIVIDUAL

Array = npt.NDArray[Any]


SIZE = 24
"""Cells a side of the landscape, as in the lesson."""


# --- n_fits --------------------------------------------------------------------------------------
def plans(seed: int) -> list[tuple[int, int, int, int]]:
    """Population, offspring per generation, generations, folds."""
    rng = generator(seed, "n_fits")
    low, high = (10, 3, 3, 2), (60, 30, 15, 10)
    return [(24, 12, 5, 4), *(tuple(rng.integers(low, high).tolist()) for _ in range(6))]


# --- breed ---------------------------------------------------------------------------------------
def families(seed: int) -> list[tuple[Any, int, float, int]]:
    """Parents, number of children, mutation rate, start of the generator."""
    rng = generator(seed, "breed")
    start = int(rng.integers(1_000_000))
    # All genes of a column differ, so that it shows which parent a gene comes from.
    inner = np.stack([rng.permutation(np.arange(6, 18))[:8] for _ in range(3)], axis=1)
    edges = rng.choice([0, 23], size=(6, 3))
    equal = np.full((6, 3), 12)  # a gene that differs from 12 has mutated
    drawn = [(inner, 2_000, 0.0), (edges, 400, 1.0), (equal, 2_000, 0.5), (inner[:, :2], 7, 0.5)]
    cases = [(*case, start + k) for k, case in enumerate(drawn)]
    return [*cases, (*drawn[2], start + 2), (*drawn[2], start + 9), (edges, 40, 0.0, start)]


# --- evolve --------------------------------------------------------------------------------------
def landscapes(seed: int) -> list[np.ndarray]:
    """One for each run; hardly two cells are equal.

    First ridges with a peak, where learning shows. The last two are noise: hardly a child is better
    than its parents, so that who the parents are shows.
    """
    rng = generator(seed, "evolve")
    peak = rng.integers(5, 19, size=2)
    rows, columns = np.indices((SIZE, SIZE))
    height = np.exp(-((rows - peak[0]) ** 2 + (columns - peak[1]) ** 2) / 90)
    ridge = np.asarray(height + 0.02 * rng.random((SIZE, SIZE)))
    noise = rng.random((SIZE, SIZE))
    return [*[ridge] * (len(RUNS) - 2), rng.random((SIZE, SIZE)), noise]


RUNS = (
    (24, 12, 5, 0),
    (16, 8, 12, 1),
    (20, 10, 12, 2),
    (12, 6, 15, 3),
    (24, 24, 30, 5),
    (4, 2, 240, 4),
)
"""Population, offspring, generations and start of the generator, per run."""


_MOST_CALLS = 2_500


def _read_individual(individual: Any) -> list[int]:
    if not (isinstance(individual, list) and len(individual) == 2 and all(map(_cell, individual))):
        got = str(individual)[:80]
        raise ValueError(NOT_AN_INDIVIDUAL.format(got=got, last=SIZE - 1))
    return [int(gene) for gene in individual]


def _cell(gene: Any) -> bool:
    return isinstance(gene, int | float) and gene in range(SIZE)


def _height(table: np.ndarray, genes: list[int]) -> float:
    return float(table[genes[0], genes[1]])


def _evolution(seed: int) -> Paper:
    fitnesses = tuple(
        Objective(_read_individual, partial(_height, table), _MOST_CALLS)
        for table in landscapes(seed)
    )
    start = int(generator(seed, "evolve rng").integers(1_000_000))
    runs = [(*plan, start + later) for *plan, later in RUNS]
    return Paper(runs, fitnesses)


DRAWS = {
    "n_fits": lambda seed: Paper(plans(seed)),
    "breed": lambda seed: Paper(families(seed)),
    "evolve": _evolution,
}
