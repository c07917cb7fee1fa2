"""Lesson 05, evolution: costs, offspring and a whole run, asked."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Student, answers_of, value_of


def breed(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Children per family."""
    function = student.function("breed")
    return {
        "children": [
            student.call(function, parents, n_children, mutation, np.random.default_rng(start))
            for parents, n_children, mutation, start in cases
        ]
    }


def evolve(student: Student, runs: list[Any]) -> dict[str, Any]:
    """What each run returned; whom it evaluated is recorded where the fitness is."""
    function = student.function("evolve")
    returned = []
    for run, (size, n_children, generations, start) in enumerate(runs):
        rng, fitness = np.random.default_rng(start), student.objective(run)
        returned.append(student.call(function, fitness, size, n_children, generations, rng))
    return {"returned": returned}


OBSERVERS = {
    "n_fits": answers_of("n_fits", "counts"),
    "breed": breed,
    "evolve": evolve,
    "fair_n_iter": value_of("fair_n_iter"),
    "n_pipelines": value_of("n_pipelines"),
}
