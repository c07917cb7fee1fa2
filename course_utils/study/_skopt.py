"""Read a fitted ``BayesSearchCV`` of scikit-optimize."""

from __future__ import annotations

import warnings
from typing import Any

from course_utils.study import _sklearn
from course_utils.study._axes import Range, Spec
from course_utils.study._table import Table


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    from skopt import BayesSearchCV

    return isinstance(search, BayesSearchCV)


def read(search: Any) -> Table:
    """Read ``cv_results_`` with the dimensions of ``search_spaces``, one row per candidate."""
    spaces = search.search_spaces
    spaces = spaces if isinstance(spaces, list) else [spaces]
    spaces = [space[0] if isinstance(space, tuple) else space for space in spaces]
    return _sklearn.table(search, spaces, _spec)


def _spec(allowed: Any) -> Spec:
    from skopt.space import Categorical, Integer, check_dimension

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ``fit`` has said already what it took a tuple for
        dimension = check_dimension(allowed)
    if isinstance(dimension, Categorical):
        return list(dimension.categories)
    return Range(
        dimension.low,
        dimension.high,
        log=dimension.prior == "log-uniform",
        integer=isinstance(dimension, Integer),
    )
