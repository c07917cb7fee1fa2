"""Strategies: functions that spend a budget of evaluations, own ones and those of libraries."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from course_utils import messages

if TYPE_CHECKING:
    import optuna

Space: TypeAlias = Mapping[str, Sequence[Any]]
Objective: TypeAlias = Callable[[Mapping[str, Any]], float]
Strategy: TypeAlias = Callable[[Objective, Space, int, int], object]


def random_search(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
    """Draw every value anew, with replacement: the strategy that others have to beat."""
    rng = np.random.default_rng(seed)
    for _ in range(n_trials):
        objective({name: values[int(rng.integers(len(values)))] for name, values in space.items()})


def grid_search(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
    """Walk a regular grid of about `n_trials` points, designed for that budget.

    The grid is the most even one with at least `n_trials` points (8 x 8 for 60 evaluations of two
    hyperparameters), walked in random order and left at the budget. What its author would decide
    by taste is drawn from the seed: where it begins on each axis, and which axis gets one value
    more.
    """
    rng = np.random.default_rng(seed)
    names = list(space)
    sizes = [len(space[name]) for name in names]
    if n_trials > math.prod(sizes):
        raise ValueError(messages.TOURNAMENT_GRID.format(size=math.prod(sizes)))
    points = [1] * len(names)
    while math.prod(points) < n_trials:
        free = [axis for axis in rng.permutation(len(names)) if points[axis] < sizes[axis]]
        points[min(free, key=points.__getitem__)] += 1
    axes = [
        [space[name][int((k + offset) * size / n)] for k in range(n)]
        for name, size, n, offset in zip(names, sizes, points, rng.random(len(names)), strict=True)
    ]
    grid = list(itertools.product(*axes))
    for index in rng.permutation(len(grid))[:n_trials]:
        objective(dict(zip(names, grid[index], strict=True)))


def from_optuna(
    sampler: Callable[[int], optuna.samplers.BaseSampler], *, ordered: bool = True
) -> Strategy:
    """Make a strategy of an Optuna sampler.

    Parameters
    ----------
    sampler : callable
        From a seed to a sampler: ``lambda seed: TPESampler(n_startup_trials=10, seed=seed)``. Its
        first `n_startup_trials` (10 unless told) are random, and equal to those of
        ``RandomSampler`` with the same seed: up to there TPE is random search.
    ordered : bool, default=True
        Whether the sampler is told that numbers have an order: it then searches over the positions
        of a list of numbers (``suggest_int``), which for C = 2⁻⁵, 2⁻⁴, … is a logarithmic axis.
        False offers every list as categories (``suggest_categorical``), as in
        ``from_optuna(lambda seed: GridSampler(bank.space, seed=seed), ordered=False)``.

    Returns
    -------
    callable
        A strategy for :func:`run_tournament`.
    """

    def strategy(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
        import optuna

        def trial_score(trial: optuna.Trial) -> float:
            config = {}
            for name, values in space.items():
                if ordered and _is_scale(values):
                    config[name] = values[trial.suggest_int(name, 0, len(values) - 1)]
                else:
                    config[name] = trial.suggest_categorical(name, values)
            return objective(config)

        verbosity = optuna.logging.get_verbosity()
        optuna.logging.set_verbosity(optuna.logging.ERROR)  # a failure is raised, once
        try:
            study = optuna.create_study(direction="maximize", sampler=sampler(seed))
            study.optimize(trial_score, n_trials=n_trials)
        finally:
            optuna.logging.set_verbosity(verbosity)

    return strategy


def from_hyperopt(suggest: Callable[..., Any], *, ordered: bool = True) -> Strategy:
    """Make a strategy of a Hyperopt algorithm.

    Parameters
    ----------
    suggest : callable
        ``hyperopt.rand.suggest``, or ``functools.partial(hyperopt.tpe.suggest,
        n_startup_jobs=10)``. The first `n_startup_jobs` (20 unless told, twice Optuna's) are
        random: with 20 evaluations or fewer, ``tpe.suggest`` alone is random search.
    ordered : bool, default=True
        As in :func:`from_optuna`: ``hp.quniform`` over positions, or ``hp.choice``.

    Returns
    -------
    callable
        A strategy for :func:`run_tournament`.
    """

    def strategy(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
        from hyperopt import fmin, hp

        scales = {name for name, values in space.items() if ordered and _is_scale(values)}
        domain = {
            # Half a step beyond both ends: the first and last value are as likely as others.
            name: hp.quniform(name, -0.5, len(values) - 0.5, 1)
            if name in scales
            else hp.choice(name, list(values))
            for name, values in space.items()
        }

        def loss(drawn: Mapping[str, Any]) -> float:
            config = {
                name: space[name][min(int(value), len(space[name]) - 1)]
                if name in scales
                else value
                for name, value in drawn.items()
            }
            return -objective(config)

        fmin(
            loss,
            domain,
            algo=suggest,
            max_evals=n_trials,
            rstate=np.random.default_rng(seed),
            show_progressbar=False,
            verbose=False,
        )

    return strategy


def _is_scale(values: Sequence[Any]) -> bool:
    """Tell whether a list holds numbers in growing order."""
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    return numbers and all(a < b for a, b in itertools.pairwise(values))
