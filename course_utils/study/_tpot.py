"""Read the individuals that a TPOT estimator evaluated."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study import _configspace
from course_utils.study._axes import Spec
from course_utils.study._table import Row, Table

if TYPE_CHECKING:
    import pandas as pd

_STEPS = "steps"


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    import tpot

    return isinstance(search, tpot.TPOTEstimator | tpot.TPOTEstimatorSteadyState)


def read(search: Any) -> Table:
    """Read ``evaluated_individuals``: row `i` is its row `i`, so that parents can be found."""
    table = _individuals(search)
    if table is None:
        call = f"{type(search).__name__}.fit(X_train, y_train)"
        raise ValueError(messages.STUDY_NOT_RUN.format(call=call))
    individuals = [list(_nodes(individual)) for individual in table["Individual"]]
    single = _is_single(individuals, table["Individual"])
    specs: dict[str, list[Spec]] = {}
    for nodes in individuals:
        for name, spec in _specs(nodes, single).items():
            if spec not in specs.setdefault(name, []):
                specs[name].append(spec)
    weights = np.asarray(search.objective_function_weights) * (1 if search.bigger_is_better else -1)
    return Table(
        metrics=list(search.objective_names),
        directions=["maximize" if weight > 0 else "minimize" for weight in weights],
        rows=[
            _row(table.iloc[row], search.objective_names, _settings(nodes, single))
            for row, nodes in enumerate(individuals)
        ],
        specs=specs,
    )


def _individuals(search: Any) -> pd.DataFrame | None:
    """Return what was evaluated, also by a ``fit`` that raised before it kept the table."""
    table = getattr(search, "evaluated_individuals", None)
    population = getattr(getattr(search, "_evolver_instance", None), "population", None)
    if table is not None or population is None or population.evaluated_individuals.empty:
        return table
    return copy.copy(search).make_evaluated_individuals()  # it would write into the search


def _row(row: pd.Series, objectives: list[str], params: dict[str, Any]) -> Row:
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
    state = TrialState.COMPLETE if attributes["eval_error"] is None else TrialState.FAIL
    return Row(state, values, params, attributes, start, complete)


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
            params[f"{prefix}subset"] = node.selected_subset_name
        for name, value in getattr(node, "hyperparameters", {}).items():
            if not _is_fixed(node.space, name):
                params[prefix + name] = value
    return params


def _specs(nodes: list[Any], single: bool) -> dict[str, Spec]:
    return {
        prefix + name: _configspace.spec(node.space[name])
        for prefix, node in _prefixes(nodes, single)
        for name in getattr(node, "hyperparameters", {})
        if not _is_fixed(node.space, name)
    }


def _is_fixed(space: Any, name: str) -> bool:
    return isinstance(space, dict) or _configspace.is_constant(space[name])
