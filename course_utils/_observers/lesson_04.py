"""Lesson 04, Hyperopt: samples of a repaired space, decoded results, best-case p-values."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Student, generator, plain

SAMPLES = 300


def forest_space(student: Student, seed: int) -> dict[str, Any]:
    """Configurations drawn from the student's space."""
    from hyperopt.pyll.stochastic import sample

    space = student.value("forest_space")
    rng = generator(seed, "forest_space")
    return {"configs": [plain(sample(space, rng=rng), "forest_space") for _ in range(SAMPLES)]}


# --- decode --------------------------------------------------------------------------------------
def results(seed: int) -> list[dict[str, tuple[str, Any, Any]]]:
    """What searches found: name → (kind, options, index or number)."""
    rng = generator(seed, "decode")
    options: dict[str, list[Any]] = {
        "criterion": ["entropy", "gini", "log_loss"],
        "max_features": ["sqrt", "log2", None, 0.5],
        "n_estimators": [10, 50, 300, 750, 1200],
    }
    drawn = []
    for _ in range(6):
        found: dict[str, tuple[str, Any, Any]] = {}
        for name, values in options.items():
            order = [values[k] for k in rng.permutation(len(values))]
            found[name] = ("choice", order, int(rng.integers(1, len(values))))
        found["max_depth"] = ("int", None, float(rng.integers(2, 121) * 10))
        found["min_samples_leaf"] = ("float", None, float(rng.uniform(0.001, 0.5)))
        drawn.append(found)
    return drawn


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


def decode(student: Student, seed: int) -> dict[str, Any]:
    """Decoded parameters, one dictionary per search."""
    function = student.function("decode")
    return {"params": [student.call(function, *_search(found)) for found in results(seed)]}


# --- best_case_p ---------------------------------------------------------------------------------
def duels(seed: int) -> list[tuple[int, int]]:
    """Rows that two models got right."""
    rng = generator(seed, "best_case_p")
    drawn = [(233, 228), (228, 233), (227, 233), (230, 230), (231, 230)]
    for _ in range(6):
        first = int(rng.integers(100, 900))
        drawn.append((first, first + int(rng.integers(2, 30) * rng.choice([-1, 1]))))
    return drawn


def best_case_p(student: Student, seed: int) -> dict[str, Any]:
    """One p-value per pair."""
    function = student.function("best_case_p")
    return {"p": [student.call(function, *duel) for duel in duels(seed)]}


OBSERVERS = {"forest_space": forest_space, "decode": decode, "best_case_p": best_case_p}
