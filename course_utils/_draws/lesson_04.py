"""Lesson 04, Hyperopt: samples of a repaired space, decoded results, best-case p-values."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


SAMPLES = 400


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


# --- best_case_p ---------------------------------------------------------------------------------
def duels(seed: int) -> list[tuple[int, int]]:
    """Rows that two models got right."""
    rng = generator(seed, "best_case_p")
    drawn = [(233, 228), (228, 233), (227, 233), (230, 230), (231, 230)]
    for _ in range(6):
        first = int(rng.integers(100, 900))
        drawn.append((first, first + int(rng.integers(2, 30) * rng.choice([-1, 1]))))
    return drawn


def _samples(seed: int) -> Paper:
    start = int(generator(seed, "forest_space").integers(2**32))
    return Paper({"start": start, "samples": SAMPLES})


DRAWS = {
    "forest_space": _samples,
    "decode": lambda seed: Paper(results(seed)),
    "best_case_p": lambda seed: Paper(duels(seed)),
}
