"""A network in a file: opened in safe mode, described by its own configuration, asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["NotLoaded", "layers", "load", "outputs", "plain_loss", "steps"]


_AT_A_TIME = 500  # rows


class NotLoaded(Exception):  # noqa: N818 (a finding, not an error of the program)
    """A file that Keras does not open in safe mode; its text is the kind of error."""


def load(path: Path) -> Any:
    """Open a network, compiled as it was saved; it runs eagerly.

    It is asked a few batches: tracing the graph of a question takes longer than the answers do.

    Raises
    ------
    NotLoaded
        If it needs code that is not Keras' own, or is no ``.keras`` file.
    """
    import keras

    try:
        model = keras.saving.load_model(path, safe_mode=True)
    except Exception as error:
        raise NotLoaded(type(error).__name__) from None
    model.run_eagerly = True
    return model


def layers(model: Any) -> dict[str, list[Any]]:
    """``units`` and ``activations`` of the dense layers, in order; ``kinds`` of all layers."""
    import keras

    units: list[int] = []
    activations: list[str] = []  # of each dense layer; it may stand in a layer of its own
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dense):
            units.append(layer.units)
        if hasattr(layer, "activation"):
            activations[len(units) - 1 :] = [layer.activation.__name__]
    kinds = [type(layer).__name__ for layer in model.layers]
    return {"units": units, "activations": activations, "kinds": kinds}


def outputs(model: Any, rows: Any) -> np.ndarray:
    """What a network answers for rows, an array or a sparse matrix: a few hundred at a time.

    `predict` would build a pipeline of data for them, which takes longer than the answers.
    """
    import keras
    from scipy import sparse

    answers = []
    for first in range(0, rows.shape[0], _AT_A_TIME):
        part = rows[first : first + _AT_A_TIME]
        part = part.toarray() if sparse.issparse(part) else part
        answers.append(model.predict_on_batch(keras.ops.convert_to_tensor(part)))
    return np.asarray(np.concatenate(answers), dtype=float)


def plain_loss(model: Any, rows: Any, labels: Any) -> float:
    """The loss that a network was compiled with, on rows, without penalties for its weights."""
    found = model(rows)
    loss = model.compute_loss(rows, labels, found)
    return float(loss) - float(sum(model.losses))


def steps(model: Any) -> int | None:
    """Updates that the optimizer in the file counted; None if it was left out."""
    counted = getattr(getattr(model, "optimizer", None), "iterations", None)
    return None if counted is None else int(counted)
