"""What the readers of finished searches share: plain values, distributions, trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution, FloatDistribution, IntDistribution
    from optuna.trial import FrozenTrial, TrialState

EPOCH = datetime(2000, 1, 1)  # the start of a trial whose library records no time


@dataclass(frozen=True)
class Table:
    """A finished search, as its reader hands it over.

    Attributes
    ----------
    metrics : list of str
        What the search optimised, one name per objective.
    directions : list of str
        "minimize" or "maximize", one per objective.
    trials : list of FrozenTrial
    observed : list of str
        Hyperparameters without bounds, whose range is the one seen.
    """

    metrics: list[str]
    directions: list[str]
    trials: list[FrozenTrial]
    observed: list[str] = field(default_factory=list)


def frozen_trial(
    state: TrialState,
    values: Sequence[float] | None,
    params: Mapping[str, Any],
    distributions: Mapping[str, BaseDistribution],
    attributes: Mapping[str, Any],
    start: datetime | None = None,
    complete: datetime | None = None,
    intermediate: Mapping[int, float] | None = None,
) -> FrozenTrial:
    """Build one trial; a complete one whose values are missing or NaN has failed."""
    from optuna.trial import TrialState, create_trial

    if state == TrialState.COMPLETE and (not values or np.isnan(values).any()):
        state = TrialState.FAIL
    trial = create_trial(
        state=state,
        values=values if state == TrialState.COMPLETE else None,
        params=dict(params),
        distributions={name: distributions[name] for name in params},
        user_attrs={name: value for name, value in attributes.items() if value is not None},
        intermediate_values=dict(intermediate or {}),
    )
    trial.datetime_start = start or EPOCH
    trial.datetime_complete = (complete or trial.datetime_start) if state.is_finished() else None
    return trial


def plain(value: Any) -> Any:
    """Turn a setting into something Optuna stores: a Python scalar, or its text."""
    value = value.item() if isinstance(value, np.generic) else value
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def is_number(value: Any) -> bool:
    """Tell an int or a float from everything else, a bool included."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def over_values(values: Sequence[Any], log: bool = False) -> BaseDistribution:
    """Describe a list of plain values: a range if all are numbers, else categories.

    The axis is logarithmic if `log`, or if the numbers are evenly spaced on such an axis.
    """
    from optuna import distributions as od

    if not all(is_number(value) for value in values):
        return od.CategoricalDistribution(_unique(values))
    log = log or _geometric(sorted(set(values)))
    if all(isinstance(value, int) for value in values):
        return od.IntDistribution(min(values), max(values), log=log)
    return od.FloatDistribution(float(min(values)), float(max(values)), log=log)


def over_range(
    low: float, high: float, log: bool = False, step: float | None = None, integer: bool = False
) -> IntDistribution | FloatDistribution:
    """Describe a range; Optuna knows no steps on a logarithmic axis, so there `step` is lost."""
    from optuna import distributions as od

    if log or not step:
        if integer:
            return od.IntDistribution(int(low), int(high), log=log)
        return od.FloatDistribution(low, high, log=log)
    steps = int((high - low) / step + 1e-9)  # the last step may fall short of the upper bound
    if integer:
        return od.IntDistribution(int(low), int(low + steps * step), step=max(int(step), 1))
    return od.FloatDistribution(low, round(low + steps * step, 12), step=step)


def union(parts: Sequence[BaseDistribution], seen: Sequence[Any]) -> BaseDistribution:
    """Return one distribution that holds what all `parts` allow and every value in `seen`."""
    from optuna import distributions as od

    first = parts[0]
    if all(part == first for part in parts[1:]) and all(_holds(first, value) for value in seen):
        return first
    if not all(isinstance(part, od.IntDistribution | od.FloatDistribution) for part in parts):
        allowed = [part.choices for part in parts if isinstance(part, od.CategoricalDistribution)]
        return od.CategoricalDistribution(_unique([*(c for cs in allowed for c in cs), *seen]))
    edges = [edge for part in parts for edge in (part.low, part.high)]  # type: ignore[attr-defined]
    values = [*edges, *seen]
    integer = all(isinstance(value, int) for value in values)
    log = all(part.log for part in parts) and min(values) > 0  # type: ignore[attr-defined]
    return over_range(min(values), max(values), log=log, integer=integer)


def _holds(distribution: Any, value: Any) -> bool:
    from optuna.distributions import CategoricalDistribution

    if isinstance(distribution, CategoricalDistribution):
        return any(type(c) is type(value) and c == value for c in distribution.choices)
    if not is_number(value) or not distribution.low <= value <= distribution.high:
        return False
    steps = (value - distribution.low) / (distribution.step or 1)
    return distribution.step is None or abs(steps - round(steps)) < 1e-8


def _geometric(values: list[float]) -> bool:
    """Tell whether three or more positive values are evenly spaced on a logarithmic axis."""
    if len(values) < 3 or values[0] <= 0:
        return False
    return bool(np.allclose(np.diff(np.log(values), 2), 0, atol=0.05))


def _unique(values: Sequence[Any]) -> list[Any]:
    return list({(type(value), value): value for value in values}.values())
