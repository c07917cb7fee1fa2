"""Every living library that the decks name, or its successor, as a strategy of the tournament.

Each gets its own call, as a student writes it, with numbers as positions on a list and the first
`STARTUP` evaluations at random (or as its first population). What a library asks beyond the budget
is refused; what it leaves unused, since it never asks twice, is spent on its best configuration.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import random
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin

from course_utils.tournament import (
    Objective,
    Space,
    Strategy,
    from_hyperopt,
    from_optuna,
    random_search,
)

STARTUP = 8
_OPEN: dict[str, Callable[[dict[Any, int]], float]] = {}


class _Spent(Exception):  # noqa: N818 (not an error of the program)
    """The budget is spent."""


class Places(ClassifierMixin, BaseEstimator):
    """A classifier whose fit looks a score up: for libraries that ask for an estimator.

    It names its objective by a key, since libraries clone and pickle estimators, and the objective
    counts its calls. Six places are enough for every table.
    """

    def __init__(
        self,
        key: str = "",
        p0: int = 0,
        p1: int = 0,
        p2: int = 0,
        p3: int = 0,
        p4: int = 0,
        p5: int = 0,
    ) -> None:
        self.key = key
        self.p0, self.p1, self.p2, self.p3, self.p4, self.p5 = p0, p1, p2, p3, p4, p5

    def fit(self, X: Any, y: Any) -> Places:
        places = {name: value for name, value in self.get_params().items() if name != "key"}
        self.classes_, self.score_ = np.unique(y), _OPEN[self.key](places)
        return self

    def predict(self, X: Any) -> npt.NDArray[Any]:
        return np.zeros(len(X), dtype=int)

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        return self.score_


def look_up(estimator: Places) -> float:
    """Evaluate an estimator, as an objective function of TPOT's."""
    return estimator.fit(*_two_classes()).score_


class _Counted:
    """An objective of positions that keeps to the budget."""

    def __init__(self, objective: Objective, space: Space, n_trials: int) -> None:
        self.objective, self.space, self.left = objective, space, n_trials
        self.best: tuple[float, dict[str, Any]] | None = None

    def __call__(self, places: Mapping[Any, Any]) -> float:
        if not self.left:
            raise _Spent
        self.left -= 1
        at = list(places.values())
        pairs = enumerate(self.space.items())
        config = {name: values[int(at[k])] for k, (name, values) in pairs}
        score = self.objective(config)
        if self.best is None or score > self.best[0]:
            self.best = score, config
        return score

    def spend_the_rest(self) -> None:
        while self.left:
            assert self.best is not None
            self.left -= 1
            self.objective(self.best[1])


Search = Callable[[_Counted, list[int], int], object]


def _strategy(search: Search) -> Strategy:
    """Make a strategy of a search over positions: numbers of places on each axis, and a seed."""

    @functools.wraps(search)
    def strategy(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
        counted = _Counted(objective, space, n_trials)
        with warnings.catch_warnings(), contextlib.suppress(_Spent):
            warnings.simplefilter("ignore")
            search(counted, [len(values) for values in space.values()], seed)
        counted.spend_the_rest()

    return strategy


@_strategy
def scikit_optimize(score: _Counted, sizes: list[int], seed: int) -> None:
    from skopt import gp_minimize
    from skopt.space import Integer

    axes = [Integer(0, size - 1, name=f"p{k}") for k, size in enumerate(sizes)]
    gp_minimize(
        lambda point: -score(dict(enumerate(point))),
        axes,
        n_calls=score.left,
        n_initial_points=STARTUP,
        random_state=seed,
    )


@_strategy
def smac(score: _Counted, sizes: list[int], seed: int) -> None:
    from ConfigSpace import ConfigurationSpace
    from smac import HyperparameterOptimizationFacade as Facade
    from smac import Scenario

    axes = {f"p{k}": (0, size - 1) for k, size in enumerate(sizes)}
    space = ConfigurationSpace(axes, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        scenario = Scenario(
            space, n_trials=score.left, deterministic=True, seed=seed, output_directory=Path(folder)
        )
        search = Facade(
            scenario,
            lambda config, seed=0: -score({k: config[f"p{k}"] for k in range(len(sizes))}),
            initial_design=Facade.get_initial_design(scenario, n_configs=STARTUP, max_ratio=1.0),
            overwrite=True,
            logging_level=logging.CRITICAL,
        )
        search.optimize()


@_strategy
def keras_tuner(score: _Counted, sizes: list[int], seed: int) -> None:
    import keras_tuner as kt

    class Tuner(kt.Tuner):
        def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> dict[str, float]:
            values = trial.hyperparameters.values
            return {"score": score({k: values[f"p{k}"] for k in range(len(sizes))})}

        def save_model(self, *args: Any) -> None:
            """Nothing is trained."""

        def load_model(self, *args: Any) -> None:
            """Nothing is trained."""

    space = kt.HyperParameters()
    for k, size in enumerate(sizes):
        space.Int(f"p{k}", 0, size - 1)
    oracle = kt.oracles.BayesianOptimizationOracle(
        objective=kt.Objective("score", "max"),
        max_trials=score.left,
        num_initial_points=STARTUP,
        hyperparameters=space,
        seed=seed + 1,  # 0 counts as no seed
    )
    with tempfile.TemporaryDirectory() as folder:
        tuner = Tuner(oracle=oracle, directory=folder, project_name="t")
        tuner.search(verbose=0)


@_strategy
def sklearn_genetic_opt(score: _Counted, sizes: list[int], seed: int) -> None:
    from sklearn_genetic import GASearchCV
    from sklearn_genetic.space import Integer

    axes = {f"p{k}": Integer(0, size - 1) for k, size in enumerate(sizes)}
    X, y = _two_classes()
    with _opened(score) as key, _global_seed(seed), contextlib.redirect_stdout(None):
        GASearchCV(
            Places(key),
            param_grid=axes,
            cv=[(np.arange(4), np.arange(4))],
            population_size=STARTUP,
            generations=score.left,
            refit=False,
            verbose=False,
            error_score="raise",
        ).fit(X, y)


@_strategy
def tpot(score: _Counted, sizes: list[int], seed: int) -> None:
    from ConfigSpace import ConfigurationSpace
    from tpot import TPOTEstimator
    from tpot.search_spaces.nodes import EstimatorNode

    X, y = _two_classes()
    with _opened(score) as key, _client() as client:
        axes = {f"p{k}": (0, size - 1) for k, size in enumerate(sizes)}
        space = EstimatorNode(Places, ConfigurationSpace({**axes, "key": [key]}))
        TPOTEstimator(
            space,
            scorers=[],
            scorers_weights=[],
            other_objective_functions=[look_up],
            other_objective_functions_weights=[1],
            classification=True,
            population_size=STARTUP,
            generations=score.left // STARTUP,
            max_time_mins=None,
            max_eval_time_mins=10,
            random_state=seed,
            client=client,
            verbose=0,
        ).fit(X, y)


def _two_classes() -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Rows for libraries that ask for some; nothing is learnt from them."""
    return np.zeros((40, 1)), np.arange(40) % 2


@contextlib.contextmanager
def _opened(score: _Counted) -> Iterator[str]:
    key = uuid.uuid4().hex
    _OPEN[key] = score
    try:
        yield key
    finally:
        del _OPEN[key]


@contextlib.contextmanager
def _client() -> Iterator[Any]:
    import dask.distributed

    settings = {"n_workers": 1, "threads_per_worker": 1, "processes": False}
    make: Any = dask.distributed.Client
    with make(dashboard_address=None, silence_logs=50, **settings) as client:
        yield client


@contextlib.contextmanager
def _global_seed(seed: int) -> Iterator[None]:
    """Seed the two global generators, and give them their states back."""
    python, numpy = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)  # noqa: NPY002


def strategies() -> dict[str, Strategy]:
    """Return every library, by the name that its table shows; random search comes first."""
    from hyperopt import tpe
    from optuna.samplers import TPESampler

    suggest = functools.partial(tpe.suggest, n_startup_jobs=STARTUP)
    return {
        "azar": random_search,
        "Hyperopt": from_hyperopt(suggest),
        "Optuna": from_optuna(lambda seed: TPESampler(n_startup_trials=STARTUP, seed=seed)),
        "scikit-optimize": scikit_optimize,
        "SMAC": smac,
        "Keras Tuner": keras_tuner,
        "sklearn-genetic-opt": sklearn_genetic_opt,
        "TPOT": tpot,
    }
