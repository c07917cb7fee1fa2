"""Deck 000: Hyperopt, 80 forests × 4 folds. Lesson 04, section 4.4: 40 × 4 with fewer trees.

Both search lesson 04's tumours and answer for its held-out quarter. Of the deck's program three
things are repaired: ``scope.int`` around the depth, ``"auto"`` (it was ``"sqrt"``), and lower
bounds above 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hyperopt import STATUS_OK, Trials, fmin, hp, space_eval, tpe
from hyperopt.pyll import scope
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_val_predict, cross_val_score

from benchmarks.deck_procedures.measured import Clock, Measured
from benchmarks.deck_procedures.samples import tumours

QUARTER = 1
TREES = (10, 50, 300, 750, 1200)


def space(features: list[str | None], trees: list[int]) -> dict[str, Any]:
    """Return the deck's domain, repaired."""
    return {
        "criterion": hp.choice("criterion", ["entropy", "gini"]),
        "max_depth": scope.int(hp.quniform("max_depth", 10, 1200, 10)),
        "max_features": hp.choice("max_features", features),
        "min_samples_leaf": hp.uniform("min_samples_leaf", 0.001, 0.5),
        "min_samples_split": hp.uniform("min_samples_split", 0.001, 1),
        "n_estimators": hp.choice("n_estimators", trees),
    }


def deck(seed: int, max_evals: int = 80) -> Measured:
    """Run the deck's search, and train the forest that it decodes."""
    rows, clock = tumours(QUARTER), Clock()
    domain, trials = space(["sqrt", "sqrt", "log2", None], list(TREES)), Trials()

    def objective(params: dict[str, Any]) -> dict[str, Any]:
        model = RandomForestClassifier(random_state=seed, **params)
        accuracy = cross_val_score(model, rows.X, rows.y, cv=4).mean()
        return {"loss": -accuracy, "status": STATUS_OK}

    with clock:
        best = fmin(
            objective,
            domain,
            algo=tpe.suggest,
            max_evals=max_evals,
            trials=trials,
            rstate=np.random.default_rng(seed),
            show_progressbar=False,
        )
        params = space_eval(domain, best)
        forest = RandomForestClassifier(random_state=seed, **params).fit(rows.X, rows.y)
    right = forest.predict(rows.X_held) == rows.y_held
    return Measured(clock.seconds, right, str(params), details={"cv": -min(trials.losses())})


def course(seed: int, max_evals: int = 40, shrink: int = 25) -> Measured:
    """Run the lesson's search, and its comparison with the default forest on the same folds."""
    rows, clock = tumours(QUARTER), Clock()
    trees = [max(1, n // shrink) for n in TREES]
    domain, trials = space(["sqrt", "log2", None], trees), Trials()

    def accuracy(**params: Any) -> float:
        model = RandomForestClassifier(random_state=seed, **params)
        return float((cross_val_predict(model, rows.X, rows.y, cv=4) == rows.y).mean())

    with clock:
        rng = np.random.default_rng(seed)
        for n in range(1, max_evals + 1):  # as in the lesson: one more evaluation each time
            best = fmin(
                lambda params: {"loss": -accuracy(**params), "status": STATUS_OK},
                domain,
                algo=tpe.suggest,
                max_evals=n,
                trials=trials,
                rstate=rng,
                show_progressbar=False,
            )
        params = space_eval(domain, best)
        found, default = -min(trials.losses()), accuracy()
        kept = params if found > default else {}
        forest = RandomForestClassifier(random_state=seed, **kept).fit(rows.X, rows.y)
    winner = RandomForestClassifier(random_state=seed, **params).fit(rows.X, rows.y)
    return Measured(
        clock.seconds,
        forest.predict(rows.X_held) == rows.y_held,
        str(kept) if kept else "the default forest",
        winner.predict(rows.X_held) == rows.y_held,
        {"cv": found, "default cv": default},
    )
