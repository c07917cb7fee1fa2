"""Lesson 06, networks in a search: its cost, its hyperparameters and its splits, asked."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils._observers.student import Problem, Student, generator


# --- search_cost ---------------------------------------------------------------------------------
def searches(seed: int) -> list[tuple[int, int, int, int, int, bool]]:
    """Searches as (n_points, cv, n_rows, epochs, batch_size, refit); the folds are equal."""
    rng = generator(seed, "search_cost")
    drawn = []
    for refit in (True, False, True, False):
        cv, held, points = (int(rng.integers(*span)) for span in ((3, 7), (20, 60), (2, 90)))
        rows = cv * held
        # No batch fills the rows exactly, and the refit takes more steps than a fold.
        fits = [b for b in range(5, held) if rows % b and (rows - held) % b and held % b]
        drawn.append((points, cv, rows, int(rng.integers(2, 80)), int(rng.choice(fits)), refit))
    return drawn


def search_cost(student: Student, seed: int) -> dict[str, Any]:
    """Networks, epochs and steps counted by the student, for each search."""
    function = student.function("search_cost")
    return {"costs": [student.call(function, *case) for case in searches(seed)]}


# --- tunable_net ---------------------------------------------------------------------------------
def values(seed: int) -> tuple[list[int], list[str], list[str], list[float]]:
    """Two values of each: units, activations, optimizers, learning rates."""
    rng = generator(seed, "tunable_net")
    units = rng.choice(np.arange(4, 40), 2, replace=False)
    names = ["relu", "tanh", "elu", "selu", "softplus"]
    activations = rng.choice(names, 2, replace=False)
    optimizers = rng.choice(["SGD", "Adam", "RMSprop", "Adamax"], 2, replace=False)
    rates = [float(rng.integers(2, 9)) / 1000, float(rng.integers(2, 9)) / 100]
    return units.tolist(), activations.tolist(), optimizers.tolist(), rates


def rows(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Twelve rows with four columns, and their labels, 0 or 1."""
    rng = generator(seed, "tunable_net rows")
    return rng.normal(size=(12, 4)).astype("float32"), np.arange(12) % 2


def tunable_net(student: Student, seed: int) -> dict[str, Any]:
    """Build the network of every point of the student's space; report what each one holds."""
    from sklearn.model_selection import ParameterGrid

    answer = student.raw_call(student.function("tunable_net"), *values(seed))
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
        X, y = rows(seed)
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
def label_sets(seed: int) -> list[tuple[np.ndarray, int]]:
    """Labels and a number of folds: sorted, sorted and one-hot, shuffled with two rare classes."""
    rng = generator(seed, "safe_splits")
    in_order = np.repeat([0, 1, 2], rng.integers(150, 220, 3))
    hot = np.eye(4, dtype=int)[np.repeat([0, 1, 2, 3], rng.integers(150, 220, 4))]
    rare = np.repeat([0, 1, 2, 3], [int(rng.integers(200, 300)), int(rng.integers(200, 300)), 5, 5])
    return [(in_order, 3), (hot, 4), (rng.permutation(rare), 5)]  # cut in order, 3 loses a class


def safe_splits(student: Student, seed: int) -> dict[str, Any]:
    """Pairs (train, validation) of row numbers, one list per set of labels."""
    function = student.function("safe_splits")
    return {"splits": [student.call(function, y, k) for y, k in label_sets(seed)]}


OBSERVERS = {
    "search_cost": search_cost,
    "tunable_net": tunable_net,
    "safe_splits": safe_splits,
}
