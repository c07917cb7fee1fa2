"""Lesson 04, Hyperopt: samples of a repaired space, decoded results, best-case p-values."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Student, answers_of, plain, value_of


def forest_space(student: Student, asked: dict[str, int]) -> dict[str, Any]:
    """Configurations drawn from the student's space."""
    from hyperopt.pyll.stochastic import sample

    space = student.value("forest_space")
    rng = np.random.default_rng(asked["start"])
    samples = range(asked["samples"])
    return {"configs": [plain(sample(space, rng=rng), "forest_space") for _ in samples]}


def decode(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Decoded parameters, one dictionary per search."""
    function = student.function("decode")
    return {"params": [student.call(function, *_search(found)) for found in cases]}


def _search(found: dict[str, tuple[str, Any, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A Hyperopt space and what ``fmin`` would have returned on it."""
    from hyperopt import hp
    from hyperopt.pyll import scope

    space: dict[str, Any] = {}
    best: dict[str, Any] = {}
    for name, (kind, options, value) in found.items():
        if kind == "choice":
            space[name], best[name] = hp.choice(name, options), np.int64(value)
        elif kind == "int":
            space[name], best[name] = scope.int(hp.quniform(name, 10, 1200, 10)), np.float64(value)
        else:
            space[name], best[name] = hp.uniform(name, 0.001, 0.5), np.float64(value)
    return space, best


OBSERVERS = {
    "forest_space": forest_space,
    "decode": decode,
    "best_case_p": answers_of("best_case_p", "p"),
    "learned_trials": value_of("learned_trials"),
    "total_evals": value_of("total_evals"),
}
