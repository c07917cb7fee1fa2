"""Lesson 06, networks in a search: its cost, its hyperparameters and its splits, asked."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Problem, Student

# --- search_cost ---------------------------------------------------------------------------------


def search_cost(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Networks, epochs and steps counted by the student, for each search."""
    function = student.function("search_cost")
    return {"costs": [student.call(function, *case) for case in cases]}


# --- tunable_net ---------------------------------------------------------------------------------


def tunable_net(student: Student, asked: dict[str, Any]) -> dict[str, Any]:
    """Build the network of every point of the student's space; report what each one holds."""
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
    data = {"answer": "net", "refused": refused, "n_points": len(points), "networks": []}
    if not refused and len(points) <= 16:
        X, y = asked["rows"]
        data["networks"] = [student.call(lambda p=p: _seen(net, p, X, y)) for p in points]
    return data


def _accepts(net: Any, name: str, value: Any) -> bool:
    from sklearn.base import clone

    try:
        clone(net).set_params(**{name: value})
    except ValueError:
        return False
    return True


def _seen(net: Any, point: dict[str, Any], X: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """What a network holds once it is built and compiled, as `fit` does before training."""
    import keras
    from sklearn.base import clone

    point_net = clone(net).set_params(**point).initialize(X, y)
    point_net._ensure_compiled_model()  # public `initialize` stops short of it in scikeras 0.13
    model = point_net.model_
    outputs = model(X)
    loss = model.compute_loss(X, point_net.target_encoder_.transform(y), outputs)
    units: list[int] = []
    activations: list[str] = []  # of each dense layer; it may stand in a layer of its own
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dense):
            units.append(layer.units)
        if hasattr(layer, "activation"):
            activations[len(units) - 1 :] = [layer.activation.__name__]
    return {
        "units": units,
        "activations": activations,
        "optimizer": type(model.optimizer).__name__,
        "rate": float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)),
        "outputs": np.asarray(outputs, dtype=float),
        "loss": float(loss) - float(sum(model.losses)),  # without penalties
    }


# --- safe_splits ---------------------------------------------------------------------------------


def safe_splits(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Pairs (train, validation) of row numbers, one list per set of labels."""
    function = student.function("safe_splits")
    return {"splits": [student.call(function, y, k) for y, k in cases]}


OBSERVERS = {
    "search_cost": search_cost,
    "tunable_net": tunable_net,
    "safe_splits": safe_splits,
}
