"""A finished search as its reader hands it over, and its rows as trials of Optuna."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study._axes import Axis, Spec, make_axis

if TYPE_CHECKING:
    import optuna
    from optuna.trial import FrozenTrial, TrialState

OBSERVED = "observed_range"  # attribute of a study: hyperparameters whose range is the one seen
EPOCH = datetime(2000, 1, 1)  # the start of a trial whose library records no time


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Name the hyperparameter if its values or its space, the student's own objects, raise."""
    try:
        yield
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(messages.STUDY_UNREADABLE.format(name=name, reason=reason)) from error


@dataclass(frozen=True)
class Row:
    """One candidate.

    Attributes
    ----------
    state : optuna.trial.TrialState
        A complete one whose values are missing or NaN counts as failed.
    values : sequence of float, optional
        One per objective.
    params : mapping of str to any
        As the library holds them.
    attributes : mapping of str to any
        What else is known; None stands for what is not.
    start, complete : datetime, optional
    intermediate : mapping of int to float
        Value by what was spent up to then.
    """

    state: TrialState
    values: Sequence[float] | None
    params: Mapping[str, Any]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    start: datetime | None = None
    complete: datetime | None = None
    intermediate: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A finished search.

    Attributes
    ----------
    metrics : list of str
        What the search optimised, one name per objective.
    directions : list of str
        "minimize" or "maximize", one per objective.
    rows : list of Row
    specs : mapping of str to list of Spec
        What was allowed for each hyperparameter, once for each subspace.
    """

    metrics: list[str]
    directions: list[str]
    rows: list[Row]
    specs: Mapping[str, list[Spec]]

    def axes(self) -> dict[str, Axis]:
        """Describe every hyperparameter that a candidate had.

        Raises
        ------
        ValueError
            If one cannot be described, because code of its values or of its space raises.
        """
        seen: dict[str, list[Any]] = {}
        for row in self.rows:
            for name, value in row.params.items():
                seen.setdefault(name, []).append(value)
        return {name: self._axis(name, values) for name, values in seen.items()}

    def _axis(self, name: str, seen: list[Any]) -> Axis:
        with readable(name):
            return make_axis(self.specs.get(name, []), seen)


def as_study(table: Table) -> optuna.Study:
    """Return the study of a table; its attributes are described in ``to_study``."""
    import optuna
    from optuna.study import StudyDirection

    axes = table.axes()
    directions = [StudyDirection[direction.upper()] for direction in table.directions]
    study = optuna.create_study(directions=directions)
    study.set_user_attr("metrics", table.metrics)
    if observed := [name for name, axis in axes.items() if not axis.bounded]:
        study.set_user_attr(OBSERVED, observed)
    study.add_trials([_trial(row, axes) for row in table.rows])
    return study


def _trial(row: Row, axes: Mapping[str, Axis]) -> FrozenTrial:
    from optuna.trial import TrialState, create_trial

    state, values = row.state, row.values
    if state == TrialState.COMPLETE and (not values or np.isnan(values).any()):
        state = TrialState.FAIL
    trial = create_trial(
        state=state,
        values=values if state in (TrialState.COMPLETE, TrialState.PRUNED) else None,
        params={name: axes[name].write(value) for name, value in row.params.items()},
        distributions={name: axes[name].distribution for name in row.params},
        user_attrs={name: value for name, value in row.attributes.items() if value is not None},
        intermediate_values=dict(row.intermediate),
    )
    trial.datetime_start = row.start or EPOCH
    trial.datetime_complete = (
        (row.complete or trial.datetime_start) if state.is_finished() else None
    )
    return trial
