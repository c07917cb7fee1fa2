"""Lesson 07, Keras Tuner: outputs, loss and size of the networks that a builder built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._examiners.networks import NotLoaded, layers, load, outputs


def build_model(files: Sequence[Path], images: tuple[np.ndarray, np.ndarray]) -> dict[str, Any]:
    """What each network answers and reports on pictures and their labels."""
    try:
        return {"built": [_seen(load(path), *images) for path in files]}
    except NotLoaded as error:
        return {"not_loaded": str(error)}


def _seen(model: Any, X: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    scores = model.test_on_batch(X, y, return_dict=True)
    scores["loss"] -= float(sum(model.losses))  # without penalties for the weights
    return {
        "outputs": outputs(model, X).tolist(),
        "scores": {name: float(score) for name, score in scores.items()},
        "weights": int(model.count_params()),
        "kinds": layers(model)["kinds"],
    }


EXAMINERS = {"build_model": build_model}
