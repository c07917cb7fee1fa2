"""Lesson 05, evolution: costs, offspring and a whole run, on a landscape drawn from a seed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from course_utils._observers.student import Student, generator, plain

SIZE = 24
"""Cells a side of the landscape, as in the lesson."""


# --- n_fits --------------------------------------------------------------------------------------
def plans(seed: int) -> list[tuple[int, int, int, int]]:
    """Population, offspring per generation, generations, folds."""
    rng = generator(seed, "n_fits")
    low, high = (10, 3, 3, 2), (60, 30, 15, 10)
    return [(24, 12, 5, 4), *(tuple(rng.integers(low, high).tolist()) for _ in range(6))]


def n_fits(student: Student, seed: int) -> dict[str, Any]:
    """One count per plan."""
    function = student.function("n_fits")
    return {"counts": [student.call(function, *plan) for plan in plans(seed)]}


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
    return [*cases, (*drawn[2], start + 2), (*drawn[2], start + 9)]


def breed(student: Student, seed: int) -> dict[str, Any]:
    """Children per family."""
    function = student.function("breed")
    return {
        "children": [
            student.call(function, parents, n_children, mutation, np.random.default_rng(start))
            for parents, n_children, mutation, start in families(seed)
        ]
    }


# --- evolve --------------------------------------------------------------------------------------
def landscapes(seed: int) -> list[np.ndarray]:
    """One for each run; hardly two cells are equal.

    First ridges with a peak, where learning shows. The last one is noise: hardly a child is better
    than its parents, so that who the parents are shows.
    """
    rng = generator(seed, "evolve")
    peak = rng.integers(5, 19, size=2)
    rows, columns = np.indices((SIZE, SIZE))
    height = np.exp(-((rows - peak[0]) ** 2 + (columns - peak[1]) ** 2) / 90)
    ridge = np.asarray(height + 0.02 * rng.random((SIZE, SIZE)))
    return [*[ridge] * (len(RUNS) - 1), rng.random((SIZE, SIZE))]


RUNS = ((24, 12, 5, 0), (16, 8, 12, 1), (20, 10, 12, 2), (12, 6, 15, 3), (4, 2, 240, 4))
"""Population, offspring, generations and start of the generator, per run."""

_MOST_CALLS = 2_000


def evolve(student: Student, seed: int) -> dict[str, Any]:
    """Individuals in the order in which they were evaluated, and what was returned."""
    function = student.function("evolve")
    tables, start = landscapes(seed), int(generator(seed, "evolve rng").integers(1_000_000))
    runs = []
    for table, (size, n_children, generations, run) in zip(tables, RUNS, strict=True):
        asked: list[Any] = []
        rng = np.random.default_rng(start + run)
        fitness = _Watched(table, asked)
        returned = student.call(function, fitness, size, n_children, generations, rng)
        runs.append({"asked": asked, "returned": returned})
    return {"runs": runs}


class _Watched:
    """The fitness that a student's evolution calls; it keeps a record."""

    def __init__(self, table: np.ndarray, asked: list[Any]) -> None:
        self._table = table
        self._asked = asked

    def __deepcopy__(self, memo: dict[int, Any]) -> _Watched:
        return self

    def __call__(self, individual: Any) -> float:
        genes = plain(individual, "evolve")
        if not (isinstance(genes, list) and len(genes) == 2 and all(map(_is_cell, genes))):
            raise ValueError(f"{str(genes)[:80]} no es un individuo: dos enteros de 0 a {SIZE - 1}")
        if len(self._asked) >= _MOST_CALLS:
            raise RuntimeError(f"más de {_MOST_CALLS} evaluaciones")
        self._asked.append([int(gene) for gene in genes])
        return float(self._table[int(genes[0]), int(genes[1])])


def _is_cell(gene: Any) -> bool:
    number = isinstance(gene, int | float) and math.isfinite(gene)
    return number and gene == int(gene) and 0 <= gene < SIZE


OBSERVERS = {"n_fits": n_fits, "breed": breed, "evolve": evolve}
