"""Lesson 06, networks in a search: what the network of each point of the space holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._examiners.networks import NotLoaded, layers, load, plain_loss


def tunable_net(files: Sequence[Path], rows: tuple[np.ndarray, np.ndarray]) -> dict[str, Any]:
    """Layers, optimizer, rate, outputs and loss of each network, in the order of the points."""
    try:
        return {"networks": [_seen(load(path), *rows) for path in files]}
    except NotLoaded as error:
        return {"not_loaded": str(error)}


def _seen(model: Any, X: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    import keras

    optimizer = model.optimizer
    found: dict[str, Any] = dict(layers(model))
    found["optimizer"] = type(optimizer).__name__
    found["rate"] = float(keras.ops.convert_to_numpy(optimizer.learning_rate))
    outputs = np.asarray(model(X), dtype=float)
    found["outputs"] = outputs.tolist()
    try:
        loss = plain_loss(model, X, _labels(model, y, outputs))
    except (ValueError, TypeError):  # a loss that does not fit these outputs
        loss = float("nan")
    return found | {"loss": loss if np.isfinite(loss) else str(loss)}


def _labels(model: Any, y: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """The labels as the loss wants them: numbers of classes, a column, or one column a class."""
    name = getattr(model.loss, "name", model.loss)
    name = getattr(name, "__name__", str(name))
    if name.startswith("sparse") or outputs.ndim < 2:
        return y
    return y[:, None] if outputs.shape[1] == 1 else np.eye(outputs.shape[1])[y]


EXAMINERS = {"tunable_net": tunable_net}
