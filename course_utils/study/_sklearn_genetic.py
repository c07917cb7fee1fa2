"""Read a fitted ``GASearchCV`` of sklearn-genetic-opt."""

from __future__ import annotations

from typing import Any

from course_utils.study import _sklearn
from course_utils.study._axes import Range, Spec
from course_utils.study._table import Table


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`; a selection of columns has no settings."""
    from sklearn_genetic import GASearchCV

    return isinstance(search, GASearchCV)


def read(search: Any) -> Table:
    """Read ``cv_results_``: one row per individual, those that came back from the cache too."""
    return _sklearn.table(search, [search.param_grid], _spec)


def _spec(dimension: Any) -> Spec:
    if hasattr(dimension, "choices"):
        return list(dimension.choices)
    return Range(
        dimension.lower,
        dimension.upper,
        log=dimension.distribution == "log-uniform",
        integer=type(dimension).__name__ == "Integer",
    )
