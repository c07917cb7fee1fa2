"""Read a facade of SMAC after ``optimize``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study import _configspace
from course_utils.study._axes import plain
from course_utils.study._table import Row, Table

if TYPE_CHECKING:
    from optuna.trial import TrialState

_Runs = Sequence[tuple[Any, Any]]  # SMAC's TrialKey and TrialValue of one configuration


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    from smac.facade.abstract_facade import AbstractFacade

    return isinstance(search, AbstractFacade)


def read(search: Any) -> Table:
    """Read ``runhistory``: one row per configuration, its runs on several seeds averaged."""
    history, scenario = search.runhistory, search.scenario
    runs: dict[int, list[tuple[Any, Any]]] = {}
    for key, value in history.items():
        runs.setdefault(key.config_id, []).append((key, value))
    if not runs:
        call = f"{type(search).__name__}.optimize()"
        raise ValueError(messages.STUDY_NOT_RUN.format(call=call))
    space = scenario.configspace
    fixed = [name for name in space if _configspace.is_constant(space[name])]
    objectives = scenario.objectives
    metrics = [objectives] if isinstance(objectives, str) else list(objectives)
    levels = sorted({key.budget or 0.0 for key in history})
    most = max(map(_spent, runs.values()))
    rows = []
    for number, own in runs.items():
        settings = dict(history.get_config(number))
        attributes = _attributes(number, own) | {
            "origin": history.get_config(number).origin,
            "fixed": {name: plain(settings.pop(name)) for name in fixed} or None,
        }
        rows.append(_row(own, settings, attributes, _spent(own) == most, levels))
    return Table(
        metrics=metrics,
        directions=["minimize"] * len(metrics),
        rows=rows,
        specs={name: [_configspace.spec(space[name])] for name in space if name not in fixed},
    )


def _row(
    runs: _Runs,
    settings: dict[str, Any],
    attributes: dict[str, Any],
    complete: bool,
    levels: list[float],
) -> Row:
    costs = _costs(runs, levels)
    return Row(
        _state(runs, complete),
        np.atleast_1d(list(costs.values())[-1]).tolist(),
        settings,
        attributes,
        datetime.fromtimestamp(min(value.starttime for _, value in runs)),
        datetime.fromtimestamp(max(value.endtime for _, value in runs)),
        {} if np.ndim(runs[0][1].cost) else {step: float(cost) for step, cost in costs.items()},
    )


def _attributes(number: int, runs: _Runs) -> dict[str, Any]:
    errors = [value.additional_info.get("error") for _, value in runs if value.additional_info]
    return {
        "config_id": number,
        "runs": len(runs),
        "budget": _spent(runs)[0] or None,
        "seconds": float(sum(value.time for _, value in runs)),
        "error": next(filter(None, errors), None),
    }


def _spent(runs: _Runs) -> tuple[float, int]:
    """Return the highest budget of a configuration and on how many seeds it was spent."""
    budgets = [key.budget or 0.0 for key, _ in runs]
    return max(budgets), budgets.count(max(budgets))


def _state(runs: _Runs, complete: bool) -> TrialState:
    """SMAC races: who was dropped before the full budget and all seeds is pruned."""
    from optuna.trial import TrialState
    from smac.runhistory.enumerations import StatusType

    statuses = {value.status for _, value in runs}
    if statuses - {StatusType.SUCCESS, StatusType.RUNNING}:
        return TrialState.FAIL
    if StatusType.RUNNING in statuses:
        return TrialState.RUNNING
    return TrialState.COMPLETE if complete else TrialState.PRUNED


def _costs(runs: _Runs, levels: list[float]) -> dict[int, Any]:
    """Return the mean cost on each budget, or, if there are no budgets, after each seed."""
    if len(levels) == 1:
        costs = [value.cost for _, value in runs]
        return {count: np.mean(costs[:count], axis=0) for count in range(1, len(costs) + 1)}
    whole = all(float(level).is_integer() for level in levels)
    return {
        int(level) if whole else rank: np.mean(costs, axis=0)
        for rank, level in enumerate(levels, 1)
        if (costs := [value.cost for key, value in runs if key.budget == level])
    }
