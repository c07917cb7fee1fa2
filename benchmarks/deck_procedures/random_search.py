"""Deck 000: RandomizedSearchCV, 80 forests × 4 folds. Lesson 03, section 3.4: 12 × 4.

Both search lesson 03's 600 digits and answer for its held-out quarter. Of the deck's program,
``max_features="auto"`` is repaired (it was ``"sqrt"``) and the forest has a seed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import randint
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import RandomizedSearchCV, cross_validate

from benchmarks.deck_procedures.measured import Clock, Measured
from benchmarks.deck_procedures.samples import digits

QUARTER = 1
DECK_SPACE: dict[str, list[Any]] = {
    "criterion": ["entropy", "gini"],
    "max_depth": [*np.linspace(10, 1200, 10, dtype=int).tolist(), None],
    "max_features": ["sqrt", "sqrt", "log2", None],  # the first was "auto"
    "min_samples_leaf": [4, 6, 8, 12],
    "min_samples_split": [5, 7, 10, 14],
    "n_estimators": np.linspace(151, 1200, 10, dtype=int).tolist(),
}
SPACE = {
    "max_features": randint(1, 65),
    "min_samples_leaf": randint(1, 9),
    "criterion": ["gini", "entropy"],
}
METRICS = {"exactitud": "accuracy", "log_loss": "neg_log_loss"}


def deck(seed: int, n_iter: int = 80) -> Measured:
    """Run the deck's search."""
    rows, clock = digits(QUARTER), Clock()
    search = RandomizedSearchCV(
        RandomForestClassifier(random_state=seed),
        DECK_SPACE,
        n_iter=n_iter,
        cv=4,
        random_state=seed,
    )
    with clock:
        search.fit(rows.X, rows.y)
    right = search.predict(rows.X_held) == rows.y_held
    return Measured(
        clock.seconds, right, str(search.best_params_), details={"cv": search.best_score_}
    )


def course(seed: int, n_iter: int = 12, n_trees: int = 100) -> Measured:
    """Run the lesson's search, and its comparison with the default forest on the same folds."""
    rows, clock = digits(QUARTER), Clock()
    forest = RandomForestClassifier(n_trees, random_state=seed)
    search = RandomizedSearchCV(
        forest, SPACE, n_iter=n_iter, scoring=METRICS, refit="log_loss", cv=4, random_state=seed
    )
    with clock:
        search.fit(rows.X, rows.y)
        baseline = cross_validate(forest, rows.X, rows.y, cv=4, scoring=METRICS)
        found = float(search.cv_results_["mean_test_exactitud"][search.best_index_])
        default = float(baseline["test_exactitud"].mean())
        if not found > default:
            forest.fit(rows.X, rows.y)
    winner = search.predict(rows.X_held) == rows.y_held
    right = winner if found > default else forest.predict(rows.X_held) == rows.y_held
    answer = str(search.best_params_) if found > default else "the default forest"
    return Measured(clock.seconds, right, answer, winner, {"cv": found, "default cv": default})
