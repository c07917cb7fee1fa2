"""Lesson 02, grid search: what a student's functions answer on spaces drawn from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


_NAMES = ("C", "gamma", "kernel", "max_depth", "criterion", "shrinking")


def spaces(seed: int) -> list[tuple[dict[str, Any], int]]:
    """Search spaces and numbers of folds for ``n_combos``."""
    rng = generator(seed, "n_combos")
    drawn = [(_space(rng), int(rng.integers(2, 11))) for _ in range(6)]
    drawn.append(({"alpha": [0.1, 1.0, 10.0]}, 5))
    drawn.append(({"layers": [(50,), (100, 50)], "solver": ["adam"], "early": [True, False]}, 3))
    drawn.append(({"C": np.logspace(-2, 3, 6), "gamma": range(4), "weights": [None, "w"]}, 4))
    return drawn


def _space(rng: np.random.Generator) -> dict[str, Any]:
    """Two to five hyperparameters, of different lengths, so that no length tells another."""
    names = rng.permutation(_NAMES)[: rng.integers(2, 6)]
    return {str(name): list(range(int(rng.integers(1, 7)))) for name in names}


# --- is_inert ------------------------------------------------------------------------------------
def inert_cases(seed: int) -> list[tuple[str, Any, str, list[Any], Any, Any]]:
    """Small trees with one hyperparameter in question: (kind, model, name, values, X, y).

    Their order is drawn too: answers learned by heart from another seed do not fit.
    """
    from sklearn.tree import DecisionTreeClassifier

    rng = generator(seed, "is_inert")
    X, y = _table(rng)
    leaf = int(rng.integers(6, 10))
    tree = DecisionTreeClassifier(min_samples_leaf=leaf, random_state=0)
    shuffled = DecisionTreeClassifier(min_samples_leaf=leaf, max_features=2, random_state=0)
    below = [2, leaf, 2 * leaf]
    cases = [
        ("split_below", tree, "min_samples_split", below, X, y),
        ("split_above", tree, "min_samples_split", [2, 6 * leaf], X, y),
        ("middle", tree, "min_samples_split", [2, 8 * leaf, 3], X, y),
        ("depth_out_of_reach", tree, "max_depth", [60, 500, None], X, y),
        ("names_of_two", shuffled, "max_features", ["sqrt", "log2", 2], X, y),
        ("columns", shuffled, "max_features", ["sqrt", None], X, y),
        ("same_hits", *_same_hits(rng)),
        ("one_value", tree, "min_samples_leaf", [leaf], X, y),
        *_other_trees(rng, X, y),
        *_alike(rng),
    ]
    return [cases[index] for index in rng.permutation(len(cases))]


def _table(rng: np.random.Generator, rows: int = 160) -> tuple[Any, Any]:
    """Four columns, labels that follow two of them, with noise."""
    X = rng.normal(size=(rows, 4))
    return X, (X[:, 0] + X[:, 1] ** 2 + rng.normal(scale=0.7, size=rows) > 0.6).astype(int)


def _same_hits(rng: np.random.Generator) -> tuple[Any, str, list[Any], Any, Any]:
    """Two depths with the same accuracy and other probabilities: the score cannot tell them."""
    from sklearn.tree import DecisionTreeClassifier

    X = np.repeat(np.arange(4.0), 20)[:, None]
    ones = np.repeat([2, 7, 12, 19], 1) + rng.integers(0, 2, size=4) * [1, 1, 1, -1]
    y = np.concatenate([(np.arange(20) < count).astype(int) for count in ones])
    return DecisionTreeClassifier(random_state=0), "max_depth", [1, 2], X, y


def _other_trees(rng: np.random.Generator, X: Any, y: Any) -> list[Any]:
    """What no shape of a tree tells: only the probabilities of all rows do.

    Trees with as many leaves and other splits, with the same splits and other weights, of another
    shape and the same answers, and such as differ for a few rows amid the table.
    """
    from sklearn.tree import DecisionTreeClassifier

    first = X[:, :1]
    noisy = ((X[:, 0] > 0.4) ^ (rng.random(len(X)) < 0.1)).astype(int)
    few = DecisionTreeClassifier(max_leaf_nodes=4, random_state=0)
    stump = DecisionTreeClassifier(max_depth=1, random_state=0)
    full = DecisionTreeClassifier(random_state=0)
    middle = (np.arange(120.0)[:, None], np.zeros(120, dtype=int))
    place = 10 * int(rng.integers(3, 9)) + 3  # rows that a sample of every tenth one misses
    middle[1][place : place + 3] = 1, 0, 1
    return [
        ("as_many_leaves", few, "splitter", ["best", "random"], X, y),
        ("same_splits", stump, "class_weight", [None, {0: 1, 1: 3}], first, noisy),
        ("other_shape", full, "criterion", ["gini", "entropy"], X, y),
        ("few_rows", full, "min_samples_split", [2, 4], *middle),
    ]


_ALIKE = 5


def _alike(rng: np.random.Generator) -> list[Any]:
    """Cases alike but for their tables, some inert and some not: only a fit tells which."""
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(min_samples_leaf=int(rng.integers(3, 6)), random_state=0)
    cases = []
    for name, need in _NEEDS.items():
        tables: list[Any] = []
        needs: list[int] = []
        while len(tables) < _ALIKE or len(set(needs)) < 2:
            tables = [*tables, _table(rng, 80)][-_ALIKE:]
            needs = [need(tree, *table) for table in tables]
        limit = int(rng.choice(sorted(set(needs))[:-1]))  # met by some tables, and not by all
        values = [limit, limit + 40] if limit > 0 else [2, -limit]
        cases += [("alike", tree, name, values, *table) for table in tables]
    return cases


def _grown(tree: Any, X: Any, y: Any) -> Any:
    from sklearn.base import clone

    return clone(tree).fit(X, y).tree_


def _least_split(tree: Any, X: Any, y: Any) -> int:
    """Minus the rows of the smallest node that is split."""
    grown = _grown(tree, X, y)
    return -int(grown.n_node_samples[grown.children_left >= 0].min())


_NEEDS = {
    "max_depth": lambda tree, X, y: int(_grown(tree, X, y).max_depth),
    "max_leaf_nodes": lambda tree, X, y: int(_grown(tree, X, y).n_leaves),
    "min_samples_split": _least_split,
}
"""For each hyperparameter, what a table's tree needs of it: a limit at least as large is inert."""


# --- n_distinct ----------------------------------------------------------------------------------
def forest_grids(seed: int) -> list[tuple[dict[str, list[Any]], int]]:
    """Grids of a forest and numbers of columns for ``n_distinct``."""
    rng = generator(seed, "n_distinct")
    # 4: collapse; 8: rounding shows; 17 to 24: so do decimals, since both mean 4.
    columns = [4, 8, int(rng.integers(17, 25)), 30, *rng.integers(9, 200, size=3).tolist()]
    rules = [["sqrt", "log2", None]] * 5 + [["log2", None]] * 2
    return [(_forest_grid(rng, rule), count) for rule, count in zip(rules, columns, strict=True)]


def _forest_grid(rng: np.random.Generator, rules: list[Any]) -> dict[str, list[Any]]:
    """Splits below a leaf, between one and two leaves, at the limit and above it."""
    leaves = sorted(rng.choice(np.arange(4, 13), size=4, replace=False).tolist())
    free = rng.choice(np.arange(8, 30), size=2, replace=False).tolist()
    splits = sorted({2, 3, *free, 2 * leaves[1], 2 * leaves[2] - 1})
    return {"max_features": rules, "min_samples_leaf": leaves, "min_samples_split": splits}


DRAWS = {
    "n_combos": lambda seed: Paper(spaces(seed)),
    "is_inert": lambda seed: Paper([case[1:] for case in inert_cases(seed)]),
    "n_distinct": lambda seed: Paper(forest_grids(seed)),
}
