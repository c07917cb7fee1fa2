"""The decks' random forests on four features, tree by tree."""

from __future__ import annotations

import time
from functools import lru_cache

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier

from tools.trial_bank.plan import Array, Config, Plan, Record, Space, distinct, folds

FEATURES = ("mean texture", "mean smoothness", "mean symmetry", "mean fractal dimension")
SMALL_FORESTS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100)
TREES = (*SMALL_FORESTS, 151, 200, 267, 300, 384, 500, 617, 733, 750, 850, 966, 1083, 1200)
SPLITS = [5, 7, 10, 14]


@lru_cache
def cancer() -> tuple[Array, Array]:
    """Load the four columns and the labels of the breast cancer table."""
    data = load_breast_cancer()
    columns = [list(data.feature_names).index(name) for name in FEATURES]
    return data.data[:, columns], data.target


def canonical(config: Config) -> Config:
    """Return the configuration that stands for all those that grow the same forest.

    On 4 features "sqrt" (also under its old name "auto") and "log2" are both 2. A tree of n rows
    with leaves of at least 4 rows is never deeper than n / 4 < 142. A node with fewer rows than two
    leaves need is not split, so `min_samples_split` is at least ``2 * min_samples_leaf``.
    """
    splits = sorted(s for s in SPLITS if s > 2 * config["min_samples_leaf"])
    inert = config["min_samples_split"] not in splits
    return {
        "criterion": config["criterion"],
        "max_depth": 10 if config["max_depth"] == 10 else None,
        "max_features": None if config["max_features"] is None else "sqrt",
        "min_samples_leaf": config["min_samples_leaf"],
        "min_samples_split": min(SPLITS) if inert else config["min_samples_split"],
    }


def train(config: Config, seed: int, trees: tuple[int, ...] = TREES) -> Record:
    """Grow one forest on each fold; a record's steps are its first trees."""
    X, y = cancer()
    hits, brier, seconds = (np.zeros((4, len(trees))) for _ in range(3))
    for fold, (train, valid) in enumerate(folds(4, seed, X, y)):
        forest = RandomForestClassifier(random_state=seed, warm_start=True, **config)
        votes = np.zeros((len(valid), 2))
        rows = X[valid].astype(np.float32)
        for step, n in enumerate(trees):
            grown = trees[step - 1] if step else 0
            began = time.process_time()
            forest.set_params(n_estimators=n).fit(X[train], y[train])
            seconds[fold, step] = time.process_time() - began
            for tree in forest.estimators_[grown:]:
                votes += tree.predict_proba(rows, check_input=False)
            proba = votes / n
            hits[fold, step] = np.sum(proba.argmax(axis=1) == y[valid])
            brier[fold, step] = np.mean((proba[:, 1] - y[valid]) ** 2)
    return {"hits": hits, "brier": brier, "seconds": seconds}


def plan() -> Plan:
    """Return the plan of ``forest_cancer``."""
    X, y = cancer()
    space: Space = {  # the decks'; of equal names, today's comes first
        "criterion": ["entropy", "gini"],
        "max_depth": [*np.linspace(10, 1200, 10, dtype=int).tolist(), None],
        "max_features": ["sqrt", "log2", "auto", None],
        "min_samples_leaf": [4, 6, 8, 12],
        "min_samples_split": SPLITS,
        "n_estimators": np.linspace(151, 1200, 10, dtype=int).tolist(),
    }
    forests = {name: values for name, values in space.items() if name != "n_estimators"}
    rows, row_of = distinct(forests, canonical)
    sizes = [[[len(valid)] for _, valid in folds(4, seed, X, y)] for seed in range(2)]
    return Plan(
        "forest_cancer",
        space,
        rows,
        row_of,
        n_seeds=2,
        budgets=TREES,
        unit="trees",
        sizes=np.array(sizes),
        dtypes={"hits": "uint8", "brier": "float32", "seconds": "float32"},
        train=train,
        lower_is_better=("brier",),
        budget_name="n_estimators",
        about={
            "data": "load_breast_cancer, columns " + ", ".join(FEATURES),
            "seed": "repetition of the 4-fold split, and random_state of the forest",
        },
    )
