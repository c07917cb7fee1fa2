"""Lesson 07, Keras Tuner: costs of brackets, a builder of networks and a Pareto front, asked."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Problem, Student, generator, plain


# --- paid_epochs ---------------------------------------------------------------------------------
def schedules(seed: int) -> list[list[tuple[int, int]]]:
    """Brackets as rounds (trials, epoch that they reach), of one to four rounds."""
    rng = generator(seed, "paid_epochs")
    drawn = []
    for n_rounds in (1, 2, 2, 3, 3, 4):
        trials = np.cumsum(rng.integers(1, 9, n_rounds))[::-1]
        epochs = np.cumsum(rng.integers(2, 9, n_rounds))
        drawn.append([(int(n), int(until)) for n, until in zip(trials, epochs, strict=True)])
    return drawn


def paid_epochs(student: Student, seed: int) -> dict[str, Any]:
    """Epochs counted by the student, one number per bracket."""
    function = student.function("paid_epochs")
    return {"epochs": [student.call(function, rounds) for rounds in schedules(seed)]}


# --- build_model ---------------------------------------------------------------------------------
def images(seed: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """A few noisy pictures, their labels, and two sizes of the hidden layer."""
    rng = generator(seed, "build_model")
    units = 16 * rng.choice(np.arange(2, 12), 2, replace=False)
    pictures = rng.random((12, 28, 28)).astype("float32")
    return pictures, rng.integers(0, 10, 12), [int(size) for size in units]


def build_model(student: Student, seed: int) -> dict[str, Any]:
    """Build the student's network with two sizes; report its space, outputs and loss."""
    import keras
    import keras_tuner

    function = student.function("build_model")
    X, y, sizes = images(seed)
    hp = keras_tuner.HyperParameters()
    _network(student, function, hp)
    built = []
    for units in sizes:
        chosen = hp.copy()
        chosen.values["units"] = units
        keras.utils.set_random_seed(seed % 2**32)
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
def candidates(seed: int) -> list[list[tuple[float, float]]]:
    """Tables of (accuracy, seconds per epoch); the last ones hold ties and a single model."""
    rng = generator(seed, "pareto_front")
    tables = []
    for n in (6, 9, 12, 15):
        accuracy, seconds = rng.uniform(0.90, 0.99, n), rng.uniform(0.5, 9, n)
        table = list(zip(accuracy.round(4).tolist(), seconds.round(2).tolist(), strict=True))
        best, quickest = max(table), min(table, key=lambda model: model[1])
        # One that is best at nothing and yet on the front, and one that ties with another.
        table.append(((best[0] + 0.90) / 2 + 0.02, quickest[1] + 0.01))
        tables.append([*table, (best[0], best[1] + 1.0)])
    return [*tables, [(0.95, 2.0)], [(0.97, 3.0), (0.95, 1.0), (0.95, 1.0)]]


def pareto_front(student: Student, seed: int) -> dict[str, Any]:
    """Positions chosen by the student, one list per table."""
    function = student.function("pareto_front")
    return {"fronts": [student.call(function, table) for table in candidates(seed)]}


OBSERVERS = {
    "paid_epochs": paid_epochs,
    "build_model": build_model,
    "pareto_front": pareto_front,
}
