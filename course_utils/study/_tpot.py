"""Read the individuals that a TPOT estimator evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study._values import Table, frozen_trial, over_range, over_values, plain, union

if TYPE_CHECKING:
    import pandas as pd
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial

_STEPS = "steps"


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    import tpot

    return isinstance(search, tpot.TPOTEstimator | tpot.TPOTEstimatorSteadyState)


def read(search: Any) -> Table:
    """Read ``evaluated_individuals``: trial `i` is its row `i`, so that parents can be found."""
    table = getattr(search, "evaluated_individuals", None)
    if table is None:
        call = f"{type(search).__name__}.fit(X_train, y_train)"
        raise ValueError(messages.STUDY_NOT_RUN.format(call=call))
    individuals = [list(_nodes(individual)) for individual in table["Individual"]]
    single = _is_single(individuals, table["Individual"])
    settings = [_settings(nodes, single) for nodes in individuals]
    found: dict[str, list[Any]] = {}
    for nodes in individuals:
        for name, spec in _specs(nodes, single).items():
            found.setdefault(name, []).append(spec)
    seen = {name: [p[name] for p in settings if name in p] for p in settings for name in p}
    distributions = {
        name: union(found[name], values) if name in found else over_values(values)
        for name, values in seen.items()
    }
    weights = np.asarray(search.objective_function_weights) * (1 if search.bigger_is_better else -1)
    return Table(
        metrics=list(search.objective_names),
        directions=["maximize" if weight > 0 else "minimize" for weight in weights],
        trials=[
            _trial(table.iloc[row], search.objective_names, params, distributions)
            for row, params in enumerate(settings)
        ],
    )


def _trial(
    row: pd.Series,
    objectives: list[str],
    params: dict[str, Any],
    distributions: Mapping[str, BaseDistribution],
) -> FrozenTrial:
    import pandas as pd
    from optuna.trial import TrialState

    values = [float(row[name]) for name in objectives]
    stamps = row.get("Submitted Timestamp"), row.get("Completed Timestamp")
    start, complete = (None if pd.isna(s) else datetime.fromtimestamp(s) for s in stamps)
    error = row.get("Eval Error")
    if pd.isna(error) and np.isnan(values).any():  # its two times are those of the cut
        error, start, complete = messages.STUDY_NOT_EVALUATED, None, None
    parents, variation = row.get("Parents"), row.get("Variation_Function")
    attributes = {
        "pipeline": " ".join(str(row["Instance"]).split()),
        "generation": None if pd.isna(row.get("Generation")) else int(row["Generation"]),
        "parents": [int(p) for p in parents] if isinstance(parents, tuple | list) else None,
        "variation": variation if isinstance(variation, str) else None,
        "eval_error": error if isinstance(error, str) else None,
        "seconds": (complete - start).total_seconds() if start and complete else None,
    }
    return frozen_trial(
        TrialState.COMPLETE if attributes["eval_error"] is None else TrialState.FAIL,
        values,
        params,
        distributions,
        attributes,
        start,
        complete,
    )


# --- individuals ---------------------------------------------------------------------------------
def _nodes(individual: Any) -> Iterator[Any]:
    """Walk through an individual: its estimators, and whatever else ends a branch."""
    children = [
        *getattr(individual, "pipeline", ()),
        *getattr(individual, "union_dict", {}).values(),
        *getattr(getattr(individual, "graph", None), "nodes", ()),
        *([individual.node] if hasattr(individual, "node") else ()),
    ]
    if not children or hasattr(individual, "hyperparameters"):
        yield individual
    for child in children:
        yield from _nodes(child)


def _is_single(individuals: list[list[Any]], tops: pd.Series) -> bool:
    """Tell whether the search space is one estimator, whose parameters then need no prefix."""
    alone = all(nodes[0] is top for nodes, top in zip(individuals, tops, strict=True))
    return alone and len({_title(node) for nodes in individuals for node in nodes}) == 1


def _title(node: Any) -> str:
    method = getattr(node, "method", None)
    return method.__name__ if method else type(node).__name__.removesuffix("Individual")


def _prefixes(nodes: list[Any], single: bool) -> Iterator[tuple[str, Any]]:
    """Name the steps as scikit-learn's ``make_pipeline`` does; a repeated one gets a number."""
    count: dict[str, int] = {}
    for node in nodes:
        name = _title(node).lower()
        count[name] = count.get(name, 0) + 1
        number = "" if count[name] == 1 else f"-{count[name]}"
        yield ("" if single else f"{name}{number}__"), node


def _settings(nodes: list[Any], single: bool) -> dict[str, Any]:
    """Return what was searched: values that never change stand in the pipeline's text only."""
    params = {} if single else {_STEPS: " + ".join(_title(node) for node in nodes)}
    for prefix, node in _prefixes(nodes, single):
        if hasattr(node, "selected_subset_name"):
            params[f"{prefix}subset"] = plain(node.selected_subset_name)
        for name, value in getattr(node, "hyperparameters", {}).items():
            if not _is_fixed(node.space, name):
                params[prefix + name] = plain(value)
    return params


def _specs(nodes: list[Any], single: bool) -> dict[str, BaseDistribution]:
    return {
        prefix + name: _distribution(node.space[name])
        for prefix, node in _prefixes(nodes, single)
        for name in getattr(node, "hyperparameters", {})
        if not _is_fixed(node.space, name)
    }


def _is_fixed(space: Any, name: str) -> bool:
    return isinstance(space, dict) or hasattr(space[name], "value")


def _distribution(spec: Any) -> BaseDistribution:
    """Describe one hyperparameter of ConfigSpace."""
    if hasattr(spec, "lower"):
        low, high = plain(spec.lower), plain(spec.upper)
        return over_range(low, high, getattr(spec, "log", False), None, isinstance(low, int))
    values = spec.choices if hasattr(spec, "choices") else spec.sequence  # Categorical, Ordinal
    return over_values([plain(value) for value in values])
