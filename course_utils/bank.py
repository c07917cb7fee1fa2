"""The trial bank: real trainings, recorded once, that answer like an objective.

``bank(config)`` looks a score up instead of training for it, so a lesson replays thousands of
searches in seconds, offline, with the same numbers everywhere. ``datasets/trial_bank/README.md``
says what each table holds and how it was made; nothing is trained here.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils import messages

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SCHEMA", "BankError", "Best", "TrialBank", "trial_bank"]

SCHEMA = 1
"""Version of the tables' layout that this module reads."""

_Array = np.ndarray[Any, np.dtype[Any]]
_PACKAGE = Path(__file__).resolve().parent
_HOMES = (_PACKAGE / "_trial_bank", _PACKAGE.parent / "datasets" / "trial_bank")


class BankError(RuntimeError):
    """A table is missing, damaged or of another version."""


class Best(NamedTuple):
    """The best configuration of a table and its score."""

    config: dict[str, Any]
    score: float


def trial_bank(name: str, *, folder: Path | None = None) -> TrialBank:
    """Open a table of the trial bank.

    Parameters
    ----------
    name : {"svm_digits", "forest_cancer", "mlp_digits"}
        The table.
    folder : Path, optional
        Where the tables lie, if not where the course keeps them.

    Returns
    -------
    TrialBank

    Raises
    ------
    ValueError
        If there is no table of that name.
    BankError
        If the table is missing, damaged, or of another version.

    Examples
    --------
    >>> bank = trial_bank("svm_digits")
    >>> config = {"C": 4.0, "gamma": 0.25}
    >>> score = bank(config)
    >>> seconds = bank.cost(config)
    """
    home = folder or next((home for home in _HOMES if home.is_dir()), _HOMES[-1])
    manifest = _manifest(home)
    file = f"{name}.npz"
    if file not in manifest:
        names = ", ".join(sorted(key.removesuffix(".npz") for key in manifest))
        raise ValueError(messages.BANK_UNKNOWN.format(name=name, names=names))
    arrays = _arrays(home / file, manifest[file])
    meta = json.loads(arrays.pop("meta").tobytes())
    if meta["schema"] != SCHEMA:
        problem = messages.BANK_SCHEMA.format(found=meta["schema"], expected=SCHEMA)
        raise BankError(messages.BANK_REFUSED.format(file=file, problem=problem))
    for array in arrays.values():
        array.flags.writeable = False
    return TrialBank(
        name=meta["table"],
        space=meta["space"],
        budgets=tuple(meta["budgets"]),
        seeds=tuple(range(arrays["hits"].shape[1])),
        metrics=("accuracy", *meta["lower_is_better"]),
        about=meta["about"],
        recorded=arrays,
        _meta=meta,
    )


def _manifest(home: Path) -> dict[str, dict[str, Any]]:
    file = home / "manifest.json"
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = messages.BANK_MISSING.format(folder=home.name)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from None
    except (OSError, ValueError) as error:
        problem = messages.BANK_UNREADABLE.format(error=type(error).__name__)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from error
    return manifest


def _arrays(file: Path, expected: Mapping[str, Any]) -> dict[str, _Array]:
    """Read a table from bytes whose hash was checked."""
    try:
        data = file.read_bytes()
    except OSError:
        problem = messages.BANK_MISSING.format(folder=file.parent.name)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from None
    found = hashlib.sha256(data).hexdigest()
    if found != expected["sha256"]:
        problem = messages.BANK_HASH.format(
            bytes=expected["bytes"],
            sha256=expected["sha256"][:12],
            found_bytes=len(data),
            found=found[:12],
        )
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem))
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {key: arrays[key] for key in arrays.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        problem = messages.BANK_UNREADABLE.format(error=type(error).__name__)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from error


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
        epochs (``mlp_digits``).
    seeds : tuple of int
        Repetitions of each training: another split, another initialization (see the card).
    metrics : tuple of str
        ``"accuracy"`` first; of the others, lower is better.
    about : dict of str to str
        Data, meaning of the seed, versions of the packages that trained.
    recorded : dict of str to numpy.ndarray
        What is stored, read-only: arrays of shape (trainings, seeds, folds, steps).
    """

    name: str
    space: dict[str, list[Any]]
    budgets: tuple[int, ...]
    seeds: tuple[int, ...]
    metrics: tuple[str, ...]
    about: dict[str, str]
    recorded: dict[str, _Array]
    _meta: dict[str, Any]
    _cache: dict[str, _Array] = field(default_factory=dict)

    def __call__(
        self, config: Mapping[str, Any], *, budget: int | None = None, seed: int | None = None
    ) -> float:
        """Look up the validation accuracy of a configuration.

        Parameters
        ----------
        config : mapping
            One value of `space` for each hyperparameter.
        budget : int, optional
            Folds, trees or epochs, one of `budgets`. Default: all of them; for ``forest_cancer``,
            the ``n_estimators`` of the configuration, which is also its largest budget.
        seed : int, optional
            The repetition, one of `seeds`. Default: the mean of all.

        Returns
        -------
        float
            Accuracy between 0 and 1, higher is better.

        Raises
        ------
        ValueError
            If `config`, `budget` or `seed` is not in the table. Nothing is rounded in silence;
            :meth:`nearest` does it on request.
        """
        return self._look_up(self._cube("accuracy"), config, budget, seed, np.mean)

    def cost(
        self, config: Mapping[str, Any], *, budget: int | None = None, seed: int | None = None
    ) -> float:
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

    def curve(
        self, config: Mapping[str, Any], *, metric: str = "accuracy", seed: int | None = None
    ) -> _Array:
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
        if metric not in (*self.metrics, "seconds"):
            allowed = ", ".join((*self.metrics, "seconds"))
            raise ValueError(
                messages.BANK_METRIC.format(metric=metric, table=self.name, allowed=allowed)
            )
        row, _ = self._row(config)
        return self._cube(metric)[row, self._seeds(seed)].mean(axis=0)

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

    def scores(self, *, budget: int | None = None, seed: int | None = None) -> _Array:
        """Scores of all combinations of `space`, as one array.

        Parameters
        ----------
        budget, seed : int, optional
            As in the call.

        Returns
        -------
        numpy.ndarray
            One axis per hyperparameter, in the order of `space`: 24 x 24 for ``svm_digits``.
        """
        return self._grid(self._cube("accuracy")[:, self._seeds(seed)].mean(axis=1), budget)

    def costs(self, *, budget: int | None = None, seed: int | None = None) -> _Array:
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
    ) -> _Array:
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
        rng = np.random.default_rng(random_state)
        if replace:
            return scores[rng.integers(scores.size, size=(n_searches, n_trials))]
        draws = [rng.choice(scores.size, n_trials, replace=False) for _ in range(n_searches)]
        return scores[np.array(draws).reshape(n_searches, n_trials)]

    def nearest(self, config: Mapping[str, Any]) -> dict[str, Any]:
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
        self._check_names(config)
        return {name: self._nearest(name, config[name]) for name in self.space}

    def canonical(self, config: Mapping[str, Any]) -> dict[str, Any]:
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
        unit = messages.BANK_UNITS[self._meta["unit"]]
        return messages.BANK_REPR.format(
            name=self.name,
            combinations=len(self),
            trainings=len(self._meta["rows"]),
            seeds=len(self.seeds),
            top=self.budgets[-1],
            unit=unit,
        )

    # --- looking up ------------------------------------------------------------------------------
    def _look_up(self, cube, config, budget, seed, reduce) -> float:
        row, top = self._row(config)
        step = top if budget is None else self._step(budget)
        if step > top:
            raise ValueError(
                messages.BANK_BUDGET_ABOVE.format(
                    budget=budget, name=self._meta["budget_name"], top=self.budgets[top]
                )
            )
        return float(reduce(cube[row, self._seeds(seed), step]))

    def _cube(self, metric: str) -> _Array:
        """Values of shape (trainings, seeds, budgets); computed once."""
        if metric not in self._cache:
            if metric == "seconds":
                cube = self.recorded["seconds"].astype(float).sum(axis=2).cumsum(axis=-1)
            elif metric == "accuracy":
                cube = (self.recorded["hits"] / self.recorded["sizes"]).mean(axis=2)
            else:
                cube = self.recorded[metric].astype(float).mean(axis=2)
            if self._meta["average_steps"] and metric != "seconds":
                cube = cube.cumsum(axis=-1) / np.arange(1, cube.shape[-1] + 1)
            cube.flags.writeable = False
            self._cache[metric] = cube
        return self._cache[metric]

    def _grid(self, values: _Array, budget: int | None) -> _Array:
        """Spread values of shape (trainings, budgets) over all combinations of the space."""
        shape = [len(v) for name, v in self.space.items() if name != self._meta["budget_name"]]
        spread = values[self.recorded["row_of"]].reshape(*shape, -1)
        steps = self._steps(budget)
        if budget is not None and self._meta["budget_name"]:
            tops = self.space[self._meta["budget_name"]]
            if budget > min(tops):
                raise ValueError(
                    messages.BANK_BUDGET_ABOVE.format(
                        budget=budget, name=self._meta["budget_name"], top=min(tops)
                    )
                )
            steps = steps * len(tops)
        grid = spread[..., steps]
        return grid if self._meta["budget_name"] else grid[..., 0]

    def _steps(self, budget: int | None) -> list[int]:
        if budget is not None:
            return [self._step(budget)]
        name = self._meta["budget_name"]
        if name:
            return [self.budgets.index(top) for top in self.space[name]]
        return [len(self.budgets) - 1]

    def _step(self, budget: int) -> int:
        if isinstance(budget, bool) or budget not in self.budgets:
            near = _closest(budget, self.budgets) if _is_number(budget) else self.budgets[-1]
            raise ValueError(
                messages.BANK_BUDGET.format(
                    budget=budget,
                    table=self.name,
                    unit=messages.BANK_UNITS[self._meta["unit"]],
                    near=near,
                    allowed=_shown(self.budgets),
                )
            )
        return self.budgets.index(budget)

    def _seeds(self, seed: int | None) -> list[int]:
        if seed is None:
            return list(self.seeds)
        if isinstance(seed, bool) or seed not in self.seeds:
            allowed = _shown(self.seeds)
            raise ValueError(messages.BANK_SEED.format(seed=seed, table=self.name, allowed=allowed))
        return [self.seeds.index(seed)]

    def _row(self, config: Mapping[str, Any]) -> tuple[int, int]:
        """Return the stored training of a configuration and the step of its full budget."""
        self._check_names(config)
        at, step = 0, len(self.budgets) - 1
        for name, allowed in self.space.items():
            position = self._position(name, config[name])
            if name == self._meta["budget_name"]:
                step = self.budgets.index(allowed[position])
            else:
                at = at * len(allowed) + position
        return int(self.recorded["row_of"][at]), step

    def _check_names(self, config: Mapping[str, Any]) -> None:
        if set(config) == set(self.space):
            return
        missing = ", ".join(name for name in self.space if name not in config)
        extra = ", ".join(str(name) for name in config if name not in self.space)
        raise ValueError(
            messages.BANK_NAMES.format(
                table=self.name,
                names=", ".join(self.space),
                missing=missing or messages.NOT_APPLICABLE,
                extra=extra or messages.NOT_APPLICABLE,
            )
        )

    def _position(self, name: str, value: Any) -> int:
        allowed = self.space[name]
        for position, candidate in enumerate(allowed):
            if _same(candidate, value):
                return position
        numbers = [candidate for candidate in allowed if _is_number(candidate)]
        if _is_number(value) and numbers:
            raise ValueError(
                messages.BANK_OFF_GRID.format(
                    name=name,
                    value=value,
                    table=self.name,
                    near=_closest(value, numbers),
                    allowed=_shown(allowed),
                )
            )
        raise ValueError(
            messages.BANK_NOT_ALLOWED.format(
                name=name, value=value, table=self.name, allowed=_shown(allowed)
            )
        )

    def _nearest(self, name: str, value: Any) -> Any:
        numbers = [candidate for candidate in self.space[name] if _is_number(candidate)]
        if _is_number(value) and numbers:
            return _closest(value, numbers)
        return self.space[name][self._position(name, value)]

    def _stored(self, steps: list[int]) -> list[dict[str, Any]]:
        """Configurations of the trainings, one for each of some steps."""
        name = self._meta["budget_name"]
        return [
            {**row, name: self.budgets[step]} if name else dict(row)
            for row in self._meta["rows"]
            for step in steps
        ]


def _is_number(value: Any) -> bool:
    if isinstance(value, bool | np.bool_):
        return False
    return isinstance(value, Real) and math.isfinite(float(value))


def _same(candidate: Any, value: Any) -> bool:
    if _is_number(candidate):
        return _is_number(value) and math.isclose(candidate, value, rel_tol=1e-9)
    return candidate is value if candidate is None else bool(candidate == value)


def _closest(value: float, allowed: Sequence[Any]) -> Any:
    """Allowed number next to a value; on a logarithmic axis if the numbers are spaced so."""
    numbers = np.asarray(allowed, dtype=float)
    if value > 0 and len(numbers) > 2 and numbers.min() > 0:
        steps = np.diff(np.log(np.sort(numbers)))
        if steps.max() < 1.2 * steps.min():
            return allowed[int(np.abs(np.log(numbers) - math.log(value)).argmin())]
    return allowed[int(np.abs(numbers - float(value)).argmin())]


def _shown(values: Sequence[Any]) -> str:
    if len(values) <= 8:
        return ", ".join(map(repr, values))
    return f"{values[0]!r}, {values[1]!r}, {values[2]!r}, …, {values[-1]!r}"
