"""Read a tuner of Keras Tuner, or its oracle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from course_utils import messages
from course_utils.study._values import Table, frozen_trial, over_range, over_values, plain, union

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial

_PREFIX = "tuner/"  # Hyperband's own values stand among the hyperparameters under this prefix


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    import keras_tuner

    return isinstance(getattr(search, "oracle", search), keras_tuner.Oracle)


def read(search: Any) -> Table:
    """Read ``oracle.trials``, in the order in which they started."""
    oracle = getattr(search, "oracle", search)
    if not oracle.trials:
        call = f"{type(search).__name__}.search(…)"
        raise ValueError(messages.STUDY_NOT_RUN.format(call=call))
    space = oracle.get_space().space
    trials = [oracle.trials[key] for key in oracle.start_order if key in oracle.trials]
    settings = [_active(trial, space, fixed=False) for trial in trials]
    distributions = {
        name: union(
            [_distribution(spec) for spec in space if spec.name == name],
            [params[name] for params in settings if name in params],
        )
        for name in dict.fromkeys(name for params in settings for name in params)
    }
    return Table(
        metrics=[oracle.objective.name],
        directions=[f"{oracle.objective.direction}imize"],
        trials=[
            _trial(
                trial,
                params,
                distributions,
                oracle.objective.name,
                _active(trial, space, fixed=True),
            )
            for trial, params in zip(trials, settings, strict=True)
        ],
    )


def _trial(
    trial: Any,
    params: dict[str, Any],
    distributions: Mapping[str, BaseDistribution],
    metric: str,
    fixed: dict[str, Any],
) -> FrozenTrial:
    from optuna.trial import TrialState

    states = {"COMPLETED": TrialState.COMPLETE, "RUNNING": TrialState.RUNNING}
    recorded = trial.metrics.metrics
    history = recorded[metric].get_history() if metric in recorded else []
    return frozen_trial(
        states.get(trial.status, TrialState.FAIL),
        None if trial.score is None else [float(trial.score)],
        params,
        distributions,
        {**_attributes(trial), "fixed": fixed or None},
        intermediate={observation.step: float(observation.mean()) for observation in history},
    )


def _attributes(trial: Any) -> dict[str, Any]:
    values, recorded = trial.hyperparameters.values, trial.metrics.metrics
    special = {
        name.removeprefix(_PREFIX): plain(value)
        for name, value in values.items()
        if name.startswith(_PREFIX)
    }
    if "trial_id" in special:
        special["parent_trial_id"] = special.pop("trial_id")
    lines = (trial.message or "").strip().splitlines()
    return {
        "trial_id": trial.trial_id,
        **special,
        "best_step": trial.best_step if recorded else None,
        "metrics": {name: float(history.get_best_value()) for name, history in recorded.items()}
        or None,
        "error": lines[-1].strip() if lines else None,  # above it stand the paths of a machine
    }


def _active(trial: Any, space: list[Any], fixed: bool) -> dict[str, Any]:
    """Return the values of the hyperparameters that were active in a trial, the fixed ones or not.

    A fixed one is no parameter of the study: ``plot_slice`` warns about an axis of one value.
    """
    hyperparameters = trial.hyperparameters
    return {
        spec.name: plain(hyperparameters.values[spec.name])
        for spec in space
        if spec.name in hyperparameters.values
        and hyperparameters.is_active(spec)
        and not spec.name.startswith(_PREFIX)
        and fixed == (type(spec).__name__ == "Fixed")
    }


def _distribution(spec: Any) -> BaseDistribution:
    """Describe one hyperparameter; "reverse_log" becomes a linear axis."""
    if hasattr(spec, "sampling"):  # Int, Float
        integer = isinstance(spec.min_value, int)
        log = spec.sampling == "log"
        step = spec.step if spec.sampling == "linear" else None
        return over_range(spec.min_value, spec.max_value, log, step, integer)
    return over_values([plain(value) for value in spec.values])  # Choice, Boolean
