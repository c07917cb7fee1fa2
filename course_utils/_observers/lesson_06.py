"""Lesson 06, networks in a search: its cost, its hyperparameters and its splits, asked."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Problem, Student, answers_of, value_of

# --- search_cost ---------------------------------------------------------------------------------


# --- tunable_net ---------------------------------------------------------------------------------
_POINTS = 16
_ASKED = [i for i in range(_POINTS) if i.bit_count() % 2 == 0]
"""Half of the points of four axes of two values: each value of two axes meets both of a third."""


def tunable_net(student: Student, asked: dict[str, Any]) -> dict[str, Any]:
    """Build the networks of half of the student's space, and hand them over."""
    from sklearn.model_selection import ParameterGrid

    answer = student.raw_call(student.function("tunable_net"), *asked["values"])
    if answer is None:
        return {"answer": None}
    pair = answer if isinstance(answer, tuple | list) and len(answer) == 2 else [answer]
    net, space = pair[0], pair[-1]
    if not (hasattr(net, "initialize") and isinstance(space, dict)):
        kinds = ", ".join(type(part).__name__ for part in pair)
        raise Problem("unserializable", name="tunable_net", type=kinds)
    points = list(ParameterGrid(space))
    refused = [str(name) for name in space if not _accepts(net, name, points[0][name])]
    if not refused and len(points) == _POINTS:
        for point in (points[i] for i in _ASKED):
            student.hand_over_network(student.raw_call(_built, net, point, *asked["rows"]))
    return {"answer": "net", "refused": refused, "n_points": len(points)}


def _accepts(net: Any, name: str, value: Any) -> bool:
    from sklearn.base import clone

    try:
        clone(net).set_params(**{name: value})
    except ValueError:
        return False
    return True


def _built(net: Any, point: dict[str, Any], X: np.ndarray, y: np.ndarray) -> Any:
    """The network of a point, built and compiled as `fit` does before training."""
    from sklearn.base import clone

    point_net = clone(net).set_params(**point).initialize(X, y)
    point_net._ensure_compiled_model()  # public `initialize` stops short of it in scikeras 0.13
    return point_net.model_


# --- safe_splits ---------------------------------------------------------------------------------


def safe_splits(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Pairs (train, validation) of row numbers, one list per set of labels."""
    function = student.function("safe_splits")
    return {"splits": [student.call(function, y, k) for y, k in cases]}


OBSERVERS = {
    "search_cost": answers_of("search_cost", "costs"),
    "tunable_net": tunable_net,
    "safe_splits": safe_splits,
    "rate_name": value_of("rate_name"),
    "elastic_penalty": value_of("elastic_penalty"),
}
