"""Deck 000: TPOT, 24 forests and five broods of 12, × 4 folds. Lesson 05, 5.6: with 30 trees.

Both search lesson 05's 600 digits and answer for its held-out quarter. The deck's call is
translated as the lesson does it: TPOT 1.1 counts the first population as a generation and breeds as
many as ``population_size``; ``max_features="auto"`` is left out; ``early_stop=12`` cannot fire.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from ConfigSpace import ConfigurationSpace
from dask.distributed import Client
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from benchmarks.deck_procedures.measured import Array, Clock, Measured
from benchmarks.deck_procedures.samples import digits

with warnings.catch_warnings():  # a component of TPOT uses pkg_resources
    warnings.filterwarnings("ignore", "pkg_resources", UserWarning)
    import tpot
    from tpot.search_spaces.nodes import EstimatorNode

QUARTER = 2
DECK_TREES = np.linspace(151, 1200, 10, dtype=int).tolist()
PARAMETERS: dict[str, list[Any]] = {
    "criterion": ["entropy", "gini"],
    "max_depth": [*np.linspace(10, 1200, 10, dtype=int).tolist(), None],
    "max_features": ["sqrt", "log2", None],
    "min_samples_leaf": [4, 12],
    "min_samples_split": [5, 10],
}
FOLDS = StratifiedKFold(4, shuffle=True, random_state=101)
POPULATION = (24, 12, 6)  # first, later, generations with the first


def deck(seed: int, population: tuple[int, int, int] = POPULATION) -> Measured:
    """Run the deck's evolution."""
    rows, clock = digits(QUARTER), Clock()
    with clock:
        search = evolved(rows.X, rows.y, seed, DECK_TREES, population)
    best = search.fitted_pipeline_
    return Measured(
        clock.seconds,
        best.predict(rows.X_held) == rows.y_held,
        str(best),
        details={"pipelines": len(search.evaluated_individuals)},
    )


def course(seed: int, population: tuple[int, int, int] = POPULATION, n_trees: int = 30) -> Measured:
    """Run the lesson's evolution, and its comparison with the default forest on the same folds."""
    rows, clock = digits(QUARTER), Clock()
    forest = RandomForestClassifier(n_trees, random_state=seed)

    def accuracy(model: Any) -> float:
        return float((cross_val_predict(model, rows.X, rows.y, cv=FOLDS) == rows.y).mean())

    with clock:
        search = evolved(rows.X, rows.y, seed, [n_trees], population)
        best = search.fitted_pipeline_
        default, found = accuracy(forest), accuracy(best)
        if not found > default:
            forest.fit(rows.X, rows.y)
    winner = best.predict(rows.X_held) == rows.y_held
    right = winner if found > default else forest.predict(rows.X_held) == rows.y_held
    answer = str(best) if found > default else "the default forest"
    return Measured(clock.seconds, right, answer, winner, {"cv": found, "default cv": default})


def evolved(X: Array, y: Array, seed: int, trees: list[int], population: Any) -> Any:
    """Breed forests as lesson 05 does, a generation a call, on one worker of this process."""
    first, later, generations = population
    space = ConfigurationSpace(PARAMETERS | {"n_estimators": trees, "random_state": seed})
    quiet = {"dashboard_address": ":0", "silence_logs": 50}
    with Client(n_workers=1, threads_per_worker=1, processes=False, **quiet) as client:
        search = tpot.TPOTEstimator(
            EstimatorNode(RandomForestClassifier, space),
            initial_population_size=first,
            population_size=later,
            generations=1,
            scorers=["accuracy"],
            scorers_weights=[1],
            random_state=seed,
            classification=True,
            client=client,
            verbose=0,
            max_time_mins=None,
            warm_start=True,
            cv=FOLDS,
        )
        for _ in range(generations):
            search.fit(X, y)
        search.client = None
    return search
