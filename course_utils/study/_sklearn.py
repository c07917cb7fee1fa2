"""Read a fitted search of scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study._axes import Range, Spec, identity
from course_utils.study._table import EPOCH, Row, Table, readable

if TYPE_CHECKING:
    from sklearn.model_selection._search import BaseSearchCV

_LOG = ("loguniform", "reciprocal", "lognorm")  # names of scipy's distributions


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    from sklearn.model_selection._search import BaseSearchCV

    return isinstance(search, BaseSearchCV)


def read(search: BaseSearchCV) -> Table:
    """Read ``cv_results_``: one row per candidate, in its order."""
    space = getattr(search, "param_distributions", None) or getattr(search, "param_grid", {})
    return table(search, [space] if isinstance(space, Mapping) else space, _spec)


def table(
    search: BaseSearchCV,
    spaces: Iterable[Mapping[str, Any]],
    describe: Callable[[Any], Spec],
) -> Table:
    """Read a search that has scikit-learn's ``cv_results_`` and a space of its own kind.

    Parameters
    ----------
    search : BaseSearchCV
    spaces : iterable of mapping
        The subspaces: what is allowed for each hyperparameter.
    describe : callable
        Turns what is allowed into a Range or a list of values.
    """
    if not hasattr(search, "cv_results_"):
        call = f"{type(search).__name__}.fit(X_train, y_train)"
        raise ValueError(messages.STUDY_NOT_RUN.format(call=call))
    metric = _metric(search)
    specs: dict[str, list[Spec]] = {}
    for space in spaces:
        for name, allowed in space.items():
            with readable(name):
                specs.setdefault(name, []).append(describe(allowed))
    if hasattr(search, "n_resources_"):  # a halving search
        specs.setdefault(search.resource, [list(search.n_resources_)])
    return Table([metric], ["maximize"], _rows(search, metric), specs)


def _metric(search: BaseSearchCV) -> str:
    if not search.multimetric_:
        return "score"
    if isinstance(search.refit, str):
        return search.refit
    prefix = "mean_test_"
    metrics = sorted(k.removeprefix(prefix) for k in search.cv_results_ if k.startswith(prefix))
    raise ValueError(
        messages.STUDY_MANY_METRICS.format(metrics=", ".join(metrics), first=metrics[0])
    )


def _spec(allowed: Any) -> Spec:
    """Describe a list of values, a distribution of scipy or any object with ``rvs``."""
    if not hasattr(allowed, "rvs"):
        return list(allowed)
    from scipy.stats import rv_continuous, rv_discrete
    from scipy.stats.distributions import rv_frozen

    if not isinstance(allowed, rv_frozen | rv_continuous | rv_discrete):
        return Range()  # its bounds are its own affair
    low, high = allowed.support()
    if np.ndim(low) or np.ndim(high):  # draws arrays
        return Range()
    name = getattr(allowed, "dist", allowed).name
    return Range(float(low), float(high), log=name in _LOG)


# --- candidates ----------------------------------------------------------------------------------
def _rows(search: BaseSearchCV, metric: str) -> list[Row]:
    from optuna.trial import TrialState

    results = getattr(search, "all_cv_results_", search.cv_results_)
    clock, rows = EPOCH, []  # the recorded seconds are laid end to end
    for visits in _visits(search, results):
        attributes = _attributes(search, results, metric, visits)
        start, clock = clock, clock + timedelta(seconds=attributes["fit_seconds"])
        scores = [float(results[f"mean_test_{metric}"][index]) for index in visits]
        params, state, intermediate = results["params"][visits[-1]], TrialState.COMPLETE, {}
        if "iter" in attributes:
            spent = [int(results["n_resources"][index]) for index in visits]
            intermediate = dict(zip(spent, scores, strict=True))
            if attributes["iter"] < max(results["iter"]) and not np.isnan(scores[-1]):
                state = TrialState.PRUNED
        rows.append(Row(state, scores[-1:], params, attributes, start, clock, intermediate))
    return rows


def _attributes(
    search: BaseSearchCV, results: Mapping[str, Any], metric: str, visits: Sequence[int]
) -> dict[str, Any]:
    last, splits = visits[-1], range(search.n_splits_)
    seconds = float(np.nansum([results["mean_fit_time"][i] for i in visits])) * search.n_splits_
    rounds = ("iter", "n_resources") if hasattr(search, "n_resources_") else ()
    return {
        "fold_scores": [float(results[f"split{k}_test_{metric}"][last]) for k in splits],
        "fit_seconds": seconds,
        **{key: int(results[key][last]) for key in rounds},
    }


def _visits(search: BaseSearchCV, results: Mapping[str, Any]) -> list[list[int]]:
    """List the rows of each candidate: one, or one per round that it reached in a halving search.

    The candidates stand in the order of their last rows, so that the first of several best scores
    is the same one for scikit-learn and for Optuna.
    """
    if not hasattr(search, "n_resources_"):
        return [[index] for index in range(len(results["params"]))]
    rounds = np.asarray(results["iter"])
    scores = np.nan_to_num(results["mean_test_score"], nan=-np.inf)
    candidates = [_candidate(params, search.resource) for params in results["params"]]
    visits = alive = [[int(index)] for index in np.flatnonzero(rounds == 0)]
    for number in range(1, rounds.max() + 1):
        waiting: dict[Any, list[list[int]]] = {}
        for chain in sorted(alive, key=lambda chain: scores[chain[-1]]):
            waiting.setdefault(candidates[chain[-1]], []).append(chain)
        alive = []
        for index in np.flatnonzero(rounds == number)[::-1]:  # of equal candidates, the best
            chain = waiting[candidates[index]].pop()
            chain.append(int(index))
            alive.append(chain)
    return sorted(visits, key=lambda chain: chain[-1])


def _candidate(params: Mapping[str, Any], resource: str) -> tuple[Any, ...]:
    """Return what tells a candidate from the others in every round."""
    found = []
    for name, value in sorted(params.items()):
        if name != resource:
            with readable(name):
                found.append((name, identity(value)))
    return tuple(found)
