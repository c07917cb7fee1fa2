"""Lesson 03, random search: trials needed, a log-uniform sampler, a search that is watched."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Student, answers_of, value_of


def log_uniform(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Values per range, each from a generator of its own."""
    function = student.function("log_uniform")
    return {
        "values": [
            student.call(function, low, high, n, np.random.default_rng(start))
            for low, high, n, start in cases
        ]
    }


def random_search(student: Student, asked: dict[str, Any]) -> dict[str, Any]:
    """What each search returned; what it evaluated is recorded where the objective is."""
    function = student.function("random_search")
    return {
        "returned": [
            student.call(function, student.objective(run), asked["space"], n_trials, start)
            for run, (n_trials, start) in enumerate(asked["searches"])
        ]
    }


OBSERVERS = {
    "trials_needed": answers_of("trials_needed", "needed"),
    "log_uniform": log_uniform,
    "random_search": random_search,
    "distinct_models": value_of("distinct_models"),
    "n_trials": value_of("n_trials"),
}
