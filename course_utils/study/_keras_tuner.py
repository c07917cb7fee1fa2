"""Read a tuner of Keras Tuner, or its oracle."""

from __future__ import annotations

import re
from typing import Any

from course_utils import messages
from course_utils.study._axes import Range, Spec, plain
from course_utils.study._table import Row, Table

_PREFIX = "tuner/"  # Hyperband's own values stand among the hyperparameters under this prefix
_TRACEBACK = "Traceback (most recent call last):"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    import keras_tuner

    return isinstance(getattr(search, "oracle", search), keras_tuner.Oracle)


def read(search: Any) -> Table:
    """Read ``oracle.trials``, in the order in which they started."""
    oracle = getattr(search, "oracle", search)
    if all(trial.status == "RUNNING" for trial in oracle.trials.values()):  # or there are none
        call = f"{type(search).__name__}.search(…)"
        raise ValueError(messages.STUDY_NOT_RUN.format(call=call))
    trials = [oracle.trials[key] for key in oracle.start_order if key in oracle.trials]
    _check_objective(oracle, trials)
    space = oracle.get_space().space
    specs: dict[str, list[Spec]] = {}
    for hyperparameter in space:
        if type(hyperparameter).__name__ != "Fixed":
            specs.setdefault(hyperparameter.name, []).append(_spec(hyperparameter))
    return Table(
        metrics=[oracle.objective.name],
        directions=[f"{oracle.objective.direction}imize"],
        rows=[_row(trial, space, oracle.objective.name) for trial in trials],
        specs=specs,
    )


def _row(trial: Any, space: list[Any], metric: str) -> Row:
    from optuna.trial import TrialState

    states = {"COMPLETED": TrialState.COMPLETE, "RUNNING": TrialState.RUNNING}
    recorded = trial.metrics.metrics
    history = recorded[metric].get_history() if metric in recorded else []
    fixed = {name: plain(value) for name, value in _active(trial, space, fixed=True).items()}
    return Row(
        states.get(trial.status, TrialState.FAIL),
        None if trial.score is None else [float(trial.score)],
        _active(trial, space, fixed=False),
        {**_attributes(trial), "fixed": fixed or None},
        intermediate={observation.step: float(observation.mean()) for observation in history},
    )


def _check_objective(oracle: Any, trials: list[Any]) -> None:
    """Refuse a project whose scores were given for another objective than the tuner's.

    A tuner loads the scores of an earlier search with them, whatever its own objective is.
    """
    import keras_tuner

    if type(oracle).score_trial is not keras_tuner.Oracle.score_trial:
        return  # this oracle scores in a way of its own
    name = oracle.objective.name
    scored = [trial for trial in trials if trial.score is not None]
    if all(_is_score(trial, name, oracle.objective.direction) for trial in scored):
        return
    first = scored[0].metrics.metrics
    old = [other for other in first if all(_is_score(trial, other) for trial in scored)]
    was = messages.STUDY_OBJECTIVE_WAS.format(names=", ".join(old)) if old else ""
    raise ValueError(messages.STUDY_OTHER_OBJECTIVE.format(name=name, was=was))


def _is_score(trial: Any, metric: str, direction: str | None = None) -> bool:
    """Tell whether the score of a trial is the value of a metric."""
    history = trial.metrics.metrics.get(metric)
    if history is None or direction not in (None, history.direction):
        return False
    return bool(history.get_best_value() == trial.score)


def _attributes(trial: Any) -> dict[str, Any]:
    values, recorded = trial.hyperparameters.values, trial.metrics.metrics
    special = {
        name.removeprefix(_PREFIX): plain(value)
        for name, value in values.items()
        if name.startswith(_PREFIX)
    }
    if "trial_id" in special:
        special["parent_trial_id"] = special.pop("trial_id")
    return {
        "trial_id": trial.trial_id,
        **special,
        "best_step": trial.best_step if recorded else None,
        "metrics": {name: float(history.get_best_value()) for name, history in recorded.items()}
        or None,
        "error": _error(trial.message or ""),
    }


def _error(message: str) -> str | None:
    """Return the error at the end of a traceback, without the frames and paths of a machine.

    Keras writes over several lines: what was called, why it failed, and the arguments.
    """
    message = _COLOUR.sub("", message).rpartition(_TRACEBACK)[2]
    message = message.partition("\nArguments received by ")[0]
    lines = [line.strip() for line in message.splitlines() if not line.startswith("  ")]
    return " ".join(filter(None, lines)) or None


def _active(trial: Any, space: list[Any], fixed: bool) -> dict[str, Any]:
    """Return the values of the hyperparameters that were active in a trial, the fixed ones or not.

    A fixed one is no parameter of the study: ``plot_slice`` warns about an axis of one value.
    """
    hyperparameters = trial.hyperparameters
    return {
        spec.name: hyperparameters.values[spec.name]
        for spec in space
        if spec.name in hyperparameters.values
        and hyperparameters.is_active(spec)
        and not spec.name.startswith(_PREFIX)
        and fixed == (type(spec).__name__ == "Fixed")
    }


def _spec(hyperparameter: Any) -> Spec:
    """Describe one hyperparameter; "reverse_log" becomes a linear axis."""
    if not hasattr(hyperparameter, "sampling"):
        return list(hyperparameter.values)  # Choice, Boolean
    linear = hyperparameter.sampling == "linear"
    return Range(
        hyperparameter.min_value,
        hyperparameter.max_value,
        log=hyperparameter.sampling == "log",
        step=hyperparameter.step if linear else None,
        integer=isinstance(hyperparameter.min_value, int),
    )
