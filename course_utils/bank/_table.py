"""One table of the bank: scores, budgets, costs and curves, looked up."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from course_utils import messages
from course_utils.bank import _space
from course_utils.bank._cubes import cube, draws
from course_utils.bank._reading import Array
from course_utils.bank._space import Config

if TYPE_CHECKING:
    import pandas as pd

_RIGHT = {"validation": ("valid_right", "sizes"), "test": ("test_right", "test_sizes")}
_Reduce = Callable[[Array], Any]


class Best(NamedTuple):
    """The best configuration of a table and its score."""

    config: dict[str, Any]
    score: float


@dataclass(frozen=True, eq=False, repr=False)
class TrialBank:
    """Recorded trainings of one model on one data set; open it with :func:`trial_bank`.

    Attributes
    ----------
    name : str
        Of the table.
    space : dict of str to list
        Allowed values of each hyperparameter. Every combination is in the table, so a list goes as
        it is into Optuna's ``suggest_categorical``, Hyperopt's ``hp.choice`` or ``ParameterGrid``.
    budgets : tuple of int
        How far a training can be followed: folds (``svm_digits``), trees (``forest_cancer``) or
        epochs (networks).
    seeds : tuple of int
        Repetitions of each training: another split, another initialization (see the card).
    metrics : tuple of str
        ``"accuracy"`` first: of the validation rows, as everything that names no other rows.
        Then losses (lower is better), and ``"train_accuracy"`` and ``"test_accuracy"`` of networks.
    about : dict of str to str
        Data, meaning of the seed, versions of the packages that trained.
    recorded : dict of str to numpy.ndarray
        What is stored, read-only: arrays of shape (trainings, seeds, folds, steps); sizes have no
        axis of trainings, and ``*_right`` has moments and packed bits as its last two.
    """

    name: str
    space: dict[str, list[Any]]
    budgets: tuple[int, ...]
    seeds: tuple[int, ...]
    metrics: tuple[str, ...]
    about: dict[str, str]
    recorded: dict[str, Array]
    _meta: dict[str, Any]
    _cache: dict[str, Array] = field(default_factory=dict)

    def __call__(
        self,
        config: Config,
        *,
        budget: int | None = None,
        seed: int | None = None,
        metric: str = "accuracy",
    ) -> float:
        """Look up the validation accuracy of a configuration, or another metric.

        Parameters
        ----------
        config : mapping
            One value of `space` for each hyperparameter.
        budget : int, optional
            Folds, trees or epochs, one of `budgets`. Default: all of them; for ``forest_cancer``,
            the ``n_estimators`` of the configuration, which is also its largest budget.
        seed : int, optional
            The repetition, one of `seeds`. Default: the mean of all.
        metric : str, default="accuracy"
            One of `metrics`.

        Returns
        -------
        float
            Accuracies between 0 and 1, higher is better.

        Raises
        ------
        ValueError
            If `config`, `budget` or `seed` is not in the table. Nothing is rounded in silence;
            :meth:`nearest` does it on request.
        """
        return self._look_up(self._metric(metric), config, budget, seed, np.mean)

    def cost(self, config: Config, *, budget: int | None = None, seed: int | None = None) -> float:
        """CPU seconds that the same score took when it was trained for.

        Parameters
        ----------
        config, budget, seed
            As in the call. With ``seed=None`` the repetitions are added up, since the mean score
            needs them all.

        Returns
        -------
        float
            Seconds on one core: fits of all folds, and for ``svm_digits`` their scoring.
        """
        return self._look_up(self._cube("seconds"), config, budget, seed, np.sum)

    def curve(self, config: Config, *, metric: str = "accuracy", seed: int | None = None) -> Array:
        """Validation metric at every budget: a learning curve.

        Parameters
        ----------
        config : mapping
            As in the call; an ``n_estimators`` does not cut the curve.
        metric : str, default="accuracy"
            One of `metrics`, or ``"seconds"``: cumulative seconds.
        seed : int, optional
            The repetition; default, the mean of all.

        Returns
        -------
        numpy.ndarray of shape (len(budgets),)
        """
        cube = self._cube(metric) if metric == "seconds" else self._metric(metric)
        row, _ = self._row(config)
        values: Array = cube[row, self._seeds(seed)].mean(axis=0)
        return values

    def right(
        self,
        config: Config,
        *,
        seed: int,
        rows: Literal["validation", "test"] = "validation",
        at: str | int = "best",
    ) -> Array:
        """Tell which rows a network predicted right, to compare two of them row by row.

        Parameters
        ----------
        config : mapping
            As in the call.
        seed : int
            The repetition, one of `seeds`.
        rows : {"validation", "test"}, default="validation"
            They are the same rows, in the same order, for every configuration and seed.
        at : {"best"} or int, default="best"
            When: after the first epoch of the highest validation accuracy, or after one of the
            epochs at which the table notes it.

        Returns
        -------
        ndarray of bool, shape (n_rows,)

        Raises
        ------
        ValueError
            If the table does not hold it.
        """
        row, _ = self._row(config)
        which = _space.seed_of(self.name, self.seeds, seed)
        moment = _space.moment_of(self.name, self._meta.get("moments", []), at)
        bits, sizes = _RIGHT[rows]
        n_rows = int(self.recorded[sizes][which].sum())
        packed: Array = self.recorded[bits][row, which, moment]
        return np.unpackbits(packed, count=n_rows).astype(bool)

    @property
    def best(self) -> Best:
        """Configuration of the highest mean score at full budget (the first, if several)."""
        steps = self._steps(None)
        scores = self._cube("accuracy").mean(axis=1)[:, steps].ravel()
        winner = int(scores.argmax())
        return Best(self._stored(steps)[winner], float(scores[winner]))

    def table(self, *, budget: int | None = None, seed: int | None = None) -> pd.DataFrame:
        """Every distinct training of the table, one per row.

        Parameters
        ----------
        budget, seed : int, optional
            As in the call. For ``forest_cancer``, a budget takes the place of ``n_estimators``.

        Returns
        -------
        pandas.DataFrame
            The hyperparameters, then ``score`` (mean validation accuracy) and ``seconds``.
        """
        import pandas as pd

        steps, seeds = self._steps(budget), self._seeds(seed)
        configs = self._stored(steps)
        columns = {name: [config[name] for config in configs] for name in self.space}
        frame = pd.DataFrame(
            # As object, None beside numbers stays None.
            {k: pd.Series(v, dtype="object" if None in v else None) for k, v in columns.items()}
        )
        frame["score"] = self._cube("accuracy")[:, seeds].mean(axis=1)[:, steps].ravel()
        frame["seconds"] = self._cube("seconds")[:, seeds].sum(axis=1)[:, steps].ravel()
        return frame

    def scores(
        self, *, budget: int | None = None, seed: int | None = None, metric: str = "accuracy"
    ) -> Array:
        """Scores of all combinations of `space`, as one array.

        Parameters
        ----------
        budget, seed, metric
            As in the call.

        Returns
        -------
        numpy.ndarray
            One axis per hyperparameter, in the order of `space`: 24 x 24 for ``svm_digits``.
        """
        return self._grid(self._metric(metric)[:, self._seeds(seed)].mean(axis=1), budget)

    def costs(self, *, budget: int | None = None, seed: int | None = None) -> Array:
        """CPU seconds of all combinations of `space`, shaped like :meth:`scores`."""
        return self._grid(self._cube("seconds")[:, self._seeds(seed)].sum(axis=1), budget)

    def random_search(
        self,
        n_trials: int,
        n_searches: int = 1,
        *,
        budget: int | None = None,
        seed: int | None = None,
        replace: bool = False,
        random_state: int = 101,
    ) -> Array:
        """Replay many random searches at once.

        Parameters
        ----------
        n_trials : int
            Configurations per search.
        n_searches : int, default=1
            Independent searches.
        budget, seed : int, optional
            As in the call.
        replace : bool, default=False
            Whether a search may draw a combination twice. False is what ``RandomizedSearchCV`` does
            with lists.
        random_state : int, default=101
            Seed of the draws.

        Returns
        -------
        numpy.ndarray of shape (n_searches, n_trials)
            Scores in the order drawn; ``np.maximum.accumulate(scores, axis=1)`` is the best so far.
        """
        scores = self.scores(budget=budget, seed=seed).ravel()
        if not 1 <= n_trials <= (n_trials if replace else scores.size):
            raise ValueError(messages.BANK_TRIALS.format(n_trials=n_trials, size=scores.size))
        return scores[draws(scores.size, (n_searches, n_trials), replace, random_state)]

    def nearest(self, config: Config) -> dict[str, Any]:
        """Round each number of a configuration to the nearest allowed value.

        For searches over continuous ranges: ``bank(bank.nearest(config))``. Distance is that of the
        logarithms where the allowed values are evenly spaced on a logarithmic axis.

        Parameters
        ----------
        config : mapping
            One value for each hyperparameter; text and None must be allowed values already.

        Returns
        -------
        dict
            A configuration of the table.

        Raises
        ------
        ValueError
            If a name is missing or unknown, or a value cannot be rounded.
        """
        _space.check_names(self.name, self.space, config)
        return {
            name: _space.nearest(self.name, name, allowed, config[name])
            for name, allowed in self.space.items()
        }

    def canonical(self, config: Config) -> dict[str, Any]:
        """Return the configuration that stands for all those with the same training.

        Only in ``forest_cancer`` do several combinations grow the same forest.

        Parameters
        ----------
        config : mapping
            As in the call.

        Returns
        -------
        dict
            A configuration of `space` that scikit-learn accepts.
        """
        row, step = self._row(config)
        name = self._meta["budget_name"]
        extra = {name: self.budgets[step]} if name else {}
        return {**self._meta["rows"][row], **extra}

    def __len__(self) -> int:
        """Count the combinations of `space`."""
        return math.prod(map(len, self.space.values()))

    def __repr__(self) -> str:
        return messages.BANK_REPR.format(
            name=self.name,
            combinations=len(self),
            trainings=len(self._meta["rows"]),
            seeds=len(self.seeds),
            top=self.budgets[-1],
            unit=messages.BANK_UNITS[self._meta["unit"]],
        )

    def _look_up(
        self, cube: Array, config: Config, budget: int | None, seed: int | None, reduce: _Reduce
    ) -> float:
        row, top = self._row(config)
        step = top if budget is None else self._step(budget)
        _space.check_cut(self._meta["budget_name"], self.budgets[step], self.budgets[top])
        return float(reduce(cube[row, self._seeds(seed), step]))

    def _metric(self, metric: str) -> Array:
        """Values of one of `metrics`, of shape (trainings, seeds, budgets)."""
        if metric not in self.metrics:
            text, allowed = messages.BANK_METRIC, ", ".join(self.metrics)
            raise ValueError(text.format(metric=metric, table=self.name, allowed=allowed))
        return self._cube(metric)

    def _cube(self, metric: str) -> Array:
        """Values of shape (trainings, seeds, budgets); computed once."""
        if metric not in self._cache:
            self._cache[metric] = cube(self.recorded, metric, self._meta["average_steps"])
        return self._cache[metric]

    def _grid(self, values: Array, budget: int | None) -> Array:
        """Spread values of shape (trainings, budgets) over all combinations of the space."""
        shape = [len(v) for name, v in self.space.items() if name != self._meta["budget_name"]]
        spread = values[self.recorded["row_of"]].reshape(*shape, -1)
        steps = self._steps(budget)
        if budget is not None and self._meta["budget_name"]:
            tops = self.space[self._meta["budget_name"]]
            _space.check_cut(self._meta["budget_name"], budget, min(tops))
            steps = steps * len(tops)
        grid = spread[..., steps]
        return grid if self._meta["budget_name"] else grid[..., 0]

    def _steps(self, budget: int | None) -> list[int]:
        if budget is not None:
            return [self._step(budget)]
        tops = self.space.get(self._meta["budget_name"], self.budgets[-1:])
        return [self.budgets.index(top) for top in tops]

    def _step(self, budget: int) -> int:
        unit = messages.BANK_UNITS[self._meta["unit"]]
        return _space.step_of(self.name, self.budgets, unit, budget)

    def _seeds(self, seed: int | None) -> list[int]:
        if seed is None:
            return list(self.seeds)
        return [_space.seed_of(self.name, self.seeds, seed)]

    def _row(self, config: Config) -> tuple[int, int]:
        """Return the stored training of a configuration and the step of its full budget."""
        _space.check_names(self.name, self.space, config)
        at, step = 0, len(self.budgets) - 1
        for name, allowed in self.space.items():
            place = _space.position(self.name, name, allowed, config[name])
            if name == self._meta["budget_name"]:
                step = self.budgets.index(allowed[place])
            else:
                at = at * len(allowed) + place
        return int(self.recorded["row_of"][at]), step

    def _stored(self, steps: list[int]) -> list[dict[str, Any]]:
        """Configurations of the trainings, one for each of some steps."""
        name = self._meta["budget_name"]
        return [
            {**row, name: self.budgets[step]} if name else dict(row)
            for row in self._meta["rows"]
            for step in steps
        ]
