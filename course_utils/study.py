"""One table for every search: any finished search becomes an Optuna Study.

The standard plots of ``optuna.visualization.matplotlib``, the importances and
``Study.trials_dataframe`` then serve every library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages

if TYPE_CHECKING:
    import optuna
    import pandas as pd
    from optuna.distributions import BaseDistribution
    from sklearn.model_selection._search import BaseSearchCV

__all__ = ["boundary_report", "to_study"]

_EPOCH = datetime(2000, 1, 1)  # recorded seconds are laid end to end from here


def to_study(search: BaseSearchCV) -> optuna.Study:
    """Turn a finished search into an Optuna study.

    Parameters
    ----------
    search : GridSearchCV, RandomizedSearchCV, HalvingGridSearchCV or HalvingRandomSearchCV
        Fitted. With several metrics, the one named by ``refit`` is taken.

    Returns
    -------
    optuna.Study
        Direction "maximize" (scikit-learn's scores always grow). One trial per candidate, in the
        order of ``cv_results_``, with its parameters and their distributions, the mean
        cross-validation score as value, and the user attributes ``fold_scores`` (list of float),
        ``fit_seconds`` (sum over the folds, s) and, for a halving search, ``iter`` and
        ``n_resources``. A candidate whose mean score is NaN becomes a failed trial.

    Raises
    ------
    TypeError
        If `search` is of no known kind.
    ValueError
        If it was not fitted, or has several metrics and none chosen.
    """
    import optuna
    from sklearn.model_selection._search import BaseSearchCV

    if not isinstance(search, BaseSearchCV):
        raise TypeError(messages.STUDY_UNKNOWN.format(type=type(search).__name__))
    if not hasattr(search, "cv_results_"):
        raise ValueError(messages.STUDY_NOT_FITTED.format(type=type(search).__name__))
    study = optuna.create_study(direction="maximize")
    study.add_trials(_sklearn_trials(search))
    return study


def boundary_report(study: optuna.Study) -> pd.DataFrame:
    """Say for each numeric hyperparameter whether the best trial lies on the edge of its range.

    Parameters
    ----------
    study : optuna.Study
        With at least one complete trial.

    Returns
    -------
    pandas.DataFrame
        One row per hyperparameter of the best trial: best value, lowest and highest value allowed,
        and ``"sí"``, ``"no"`` or ``"—"`` (categorical, or a range of one value).

    Raises
    ------
    ValueError
        If no trial is complete.

    References
    ----------
    The ritual is that of Google's Deep Learning Tuning Playbook, "Identifying bad search space
    boundaries".
    """
    import pandas as pd
    from optuna.trial import TrialState

    if not study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,)):
        raise ValueError(messages.STUDY_EMPTY)
    best = study.best_trial
    rows = [_boundary_row(name, best) for name in best.params]
    return pd.DataFrame(rows, columns=list(messages.BOUNDARY_COLUMNS))


def _boundary_row(name: str, best: optuna.trial.FrozenTrial) -> tuple[Any, ...]:
    from optuna.distributions import FloatDistribution, IntDistribution

    distribution, value = best.distributions[name], best.params[name]
    if not isinstance(distribution, IntDistribution | FloatDistribution) or distribution.single():
        return name, value, *[messages.NOT_APPLICABLE] * 3
    low, high = distribution.low, distribution.high
    edge = np.isclose(value, (low, high), rtol=1e-9, atol=0).any()
    return name, value, low, high, messages.YES if edge else messages.NO


# --- scikit-learn --------------------------------------------------------------------------------
def _sklearn_trials(search: BaseSearchCV) -> list[optuna.trial.FrozenTrial]:
    from optuna.trial import TrialState, create_trial

    results = search.cv_results_
    metric = _metric(search)
    distributions = _distributions(results["params"], _spaces(search))
    clock, trials = _EPOCH, []
    for index, params in enumerate(results["params"]):
        value = float(results[f"mean_test_{metric}"][index])
        failed = np.isnan(value)
        trial = create_trial(
            state=TrialState.FAIL if failed else TrialState.COMPLETE,
            value=None if failed else value,
            params={name: _plain(setting) for name, setting in params.items()},
            distributions={name: distributions[name] for name in params},
            user_attrs=_attributes(search, metric, index),
        )
        trial.datetime_start = clock
        clock += timedelta(seconds=trial.user_attrs["fit_seconds"])
        trial.datetime_complete = clock
        trials.append(trial)
    return trials


def _metric(search: BaseSearchCV) -> str:
    if isinstance(search.refit, str):
        return search.refit
    if "mean_test_score" in search.cv_results_:
        return "score"
    prefix = "mean_test_"
    metrics = sorted(k.removeprefix(prefix) for k in search.cv_results_ if k.startswith(prefix))
    raise ValueError(
        messages.STUDY_MANY_METRICS.format(metrics=", ".join(metrics), first=metrics[0])
    )


def _attributes(search: BaseSearchCV, metric: str, index: int) -> dict[str, Any]:
    results = search.cv_results_
    folds = [float(results[f"split{k}_test_{metric}"][index]) for k in range(search.n_splits_)]
    seconds = float(results["mean_fit_time"][index]) * search.n_splits_
    extra = {key: int(results[key][index]) for key in ("iter", "n_resources") if key in results}
    return {"fold_scores": folds, "fit_seconds": seconds, **extra}


def _spaces(search: BaseSearchCV) -> list[Mapping[str, Any]]:
    space = getattr(search, "param_distributions", None) or getattr(search, "param_grid", {})
    return [space] if isinstance(space, Mapping) else list(space)


# --- distributions -------------------------------------------------------------------------------
def _distributions(
    candidates: Sequence[Mapping[str, Any]], spaces: Sequence[Mapping[str, Any]]
) -> dict[str, BaseDistribution]:
    """Describe each hyperparameter by what was allowed and by what was seen."""
    names = dict.fromkeys(name for candidate in candidates for name in candidate)
    return {
        name: _distribution(
            [space[name] for space in spaces if name in space],
            [_plain(candidate[name]) for candidate in candidates if name in candidate],
        )
        for name in names
    }


def _distribution(specs: list[Any], seen: list[Any]) -> BaseDistribution:
    from optuna import distributions as od

    values, log = list(seen), False
    for spec in specs:
        if hasattr(spec, "rvs"):
            low, high = (float(edge) for edge in spec.support())
            values += [type(seen[0])(edge) for edge in (low, high) if np.isfinite(edge)]
            log = log or spec.dist.name in ("loguniform", "reciprocal")
        else:
            values += [_plain(value) for value in spec]
    if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
        return od.CategoricalDistribution(_unique(values))
    log = log or _geometric(sorted(set(values)))
    if all(isinstance(v, int) for v in values):
        return od.IntDistribution(min(values), max(values), log=log)
    return od.FloatDistribution(float(min(values)), float(max(values)), log=log)


def _geometric(values: list[float]) -> bool:
    """Tell whether three or more positive values are evenly spaced on a logarithmic axis."""
    if len(values) < 3 or values[0] <= 0:
        return False
    return bool(np.allclose(np.diff(np.log(values), 2), 0, atol=0.05))


def _unique(values: list[Any]) -> list[Any]:
    return list({(type(value), value): value for value in values}.values())


def _plain(value: Any) -> Any:
    """Turn a setting into something Optuna stores: a Python scalar, or its text."""
    value = value.item() if isinstance(value, np.generic) else value
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
