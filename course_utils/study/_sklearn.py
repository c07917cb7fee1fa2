"""Read a fitted search of scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study._values import EPOCH, Table, frozen_trial, over_values, plain

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial
    from sklearn.model_selection._search import BaseSearchCV


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    from sklearn.model_selection._search import BaseSearchCV

    return isinstance(search, BaseSearchCV)


def read(search: BaseSearchCV) -> Table:
    """Read ``cv_results_``: one trial per candidate, in its order."""
    if not hasattr(search, "cv_results_"):
        call = f"{type(search).__name__}.fit(X_train, y_train)"
        raise ValueError(messages.STUDY_NOT_RUN.format(call=call))
    metric = _metric(search)
    return Table([metric], ["maximize"], _trials(search, metric))


def _trials(search: BaseSearchCV, metric: str) -> list[FrozenTrial]:
    from optuna.trial import TrialState

    results = search.cv_results_
    distributions = _distributions(results["params"], _spaces(search))
    clock, trials = EPOCH, []  # the recorded seconds are laid end to end
    for index, params in enumerate(results["params"]):
        attributes = _attributes(search, metric, index)
        start, clock = clock, clock + timedelta(seconds=attributes["fit_seconds"])
        values = [float(results[f"mean_test_{metric}"][index])]
        settings = {name: plain(setting) for name, setting in params.items()}
        trials.append(
            frozen_trial(
                TrialState.COMPLETE, values, settings, distributions, attributes, start, clock
            )
        )
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


def _distributions(
    candidates: Sequence[Mapping[str, Any]], spaces: Sequence[Mapping[str, Any]]
) -> dict[str, BaseDistribution]:
    """Describe each hyperparameter by what was allowed and by what was seen."""
    names = dict.fromkeys(name for candidate in candidates for name in candidate)
    return {
        name: _distribution(
            [space[name] for space in spaces if name in space],
            [plain(candidate[name]) for candidate in candidates if name in candidate],
        )
        for name in names
    }


def _distribution(specs: list[Any], seen: list[Any]) -> BaseDistribution:
    values, log = list(seen), False
    for spec in specs:
        if hasattr(spec, "rvs"):
            low, high = (float(edge) for edge in spec.support())
            values += [type(seen[0])(edge) for edge in (low, high) if np.isfinite(edge)]
            log = log or spec.dist.name in ("loguniform", "reciprocal")
        else:
            values += [plain(value) for value in spec]
    return over_values(values, log)
