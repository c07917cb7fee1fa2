"""Lesson 07, Keras Tuner: costs of brackets, a builder of networks and a Pareto front, asked."""

from __future__ import annotations

from typing import Any

from course_utils._observers.student import Problem, Student, plain, value_of

# --- paid_epochs ---------------------------------------------------------------------------------


def paid_epochs(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Epochs counted by the student, one number per bracket."""
    function = student.function("paid_epochs")
    return {"epochs": [student.call(function, rounds) for rounds in cases]}


# --- build_model ---------------------------------------------------------------------------------
def build_model(student: Student, sizes: list[int]) -> dict[str, Any]:
    """Build the student's network with two sizes and hand it over; report its space."""
    import keras
    import keras_tuner

    function = student.function("build_model")
    hp = keras_tuner.HyperParameters()
    _network(student, function, hp)
    for units in sizes:
        chosen = hp.copy()
        chosen.values["units"] = units
        keras.utils.set_random_seed(101)
        model = _network(student, function, chosen)
        if not model.built:
            model.build((None, 28, 28))
        student.hand_over_network(model)
    return {"space": plain([_range(parameter) for parameter in hp.space])}


def _network(student: Student, function: Any, hp: Any) -> Any:
    model = student.raw_call(lambda: function(hp))
    if not hasattr(model, "evaluate"):
        raise Problem("unserializable", name="build_model", type=type(model).__name__)
    return model


def _range(parameter: Any) -> list[Any]:
    return [parameter.name, *(getattr(parameter, k, None) for k in ("min_value", "max_value"))]


# --- pareto_front --------------------------------------------------------------------------------


def pareto_front(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Positions chosen by the student, one list per table."""
    function = student.function("pareto_front")
    return {"fronts": [student.call(function, table) for table in cases]}


OBSERVERS = {
    "paid_epochs": paid_epochs,
    "build_model": build_model,
    "pareto_front": pareto_front,
    "mnist_steps": value_of("mnist_steps"),
    "stuck_loss": value_of("stuck_loss"),
}
