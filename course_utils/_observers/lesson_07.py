"""Lesson 07, Keras Tuner: costs of brackets, a builder of networks and a Pareto front, asked."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Problem, Student, plain

# --- paid_epochs ---------------------------------------------------------------------------------


def paid_epochs(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Epochs counted by the student, one number per bracket."""
    function = student.function("paid_epochs")
    return {"epochs": [student.call(function, rounds) for rounds in cases]}


# --- build_model ---------------------------------------------------------------------------------


def build_model(student: Student, asked: tuple[Any, Any, list[int]]) -> dict[str, Any]:
    """Build the student's network with two sizes; report its space, outputs and loss."""
    import keras
    import keras_tuner

    function = student.function("build_model")
    X, y, sizes = asked
    hp = keras_tuner.HyperParameters()
    _network(student, function, hp)
    built = []
    for units in sizes:
        chosen = hp.copy()
        chosen.values["units"] = units
        keras.utils.set_random_seed(0)
        built.append(_seen(_network(student, function, chosen), X, y))
    return {"space": plain([_range(parameter) for parameter in hp.space]), "built": built}


def _network(student: Student, function: Any, hp: Any) -> Any:
    model = student.raw_call(lambda: function(hp))
    if not hasattr(model, "evaluate"):
        raise Problem("unserializable", name="build_model", type=type(model).__name__)
    return model


def _range(parameter: Any) -> list[Any]:
    return [parameter.name, *(getattr(parameter, k, None) for k in ("min_value", "max_value"))]


def _seen(model: Any, X: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    scores = model.evaluate(X, y, batch_size=len(X), verbose=0, return_dict=True)
    return {
        "outputs": plain(np.asarray(model.predict(X, verbose=0), dtype=float)),
        "scores": plain({name: float(score) for name, score in scores.items()}),
        "weights": int(model.count_params()),
    }


# --- pareto_front --------------------------------------------------------------------------------


def pareto_front(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Positions chosen by the student, one list per table."""
    function = student.function("pareto_front")
    return {"fronts": [student.call(function, table) for table in cases]}


OBSERVERS = {
    "paid_epochs": paid_epochs,
    "build_model": build_model,
    "pareto_front": pareto_front,
}
