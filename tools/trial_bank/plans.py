"""Every table of the bank, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable

from tools.trial_bank import deck_grid, forest, imdb, mlp, mnist, nas, reuters, svm, tunable
from tools.trial_bank.plan import Plan

PLANS: dict[str, Callable[[], Plan]] = {
    "svm_digits": svm.plan,
    "forest_cancer": forest.plan,
    "mlp_digits": mlp.plan,
    "mnist_seeds": mnist.plan_seeds,
    "mnist_units": mnist.plan_units,
    "mnist_dropout": mnist.plan_dropout,
    "reuters_sgd": reuters.plan_sgd,
    "reuters_adam": reuters.plan_adam,
    "reuters_momentum": reuters.plan_momentum,
    "deck_grid": deck_grid.plan,
    "reuters_search": reuters.plan_search,
    "reuters_quarter": reuters.plan_quarter,
    "imdb_search": imdb.plan,
    **tunable.PLANS,
    **nas.PLANS,
}
