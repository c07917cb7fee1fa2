"""Lesson 10, the IMDB project: reviews read back, surest errors, a saved network asked again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._observers.student import Problem, Student, plain

Array = npt.NDArray[Any]


# --- decode_review -------------------------------------------------------------------------------


def decode_review(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Texts written by the student, one per review."""
    function = student.function("decode_review")
    return {"texts": [student.call(function, *case) for case in cases]}


# --- surest_errors -------------------------------------------------------------------------------


def surest_errors(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Positions chosen by the student, one list per set of predictions."""
    function = student.function("surest_errors")
    return {"chosen": [student.call(function, *case) for case in cases]}


# --- imdb_model ----------------------------------------------------------------------------------


def imdb_model(student: Student, reviews: dict[str, Any]) -> dict[str, Any]:
    """Load the student's file and predict on training, held-out and new reviews.

    The file is opened here, in the student's process, and nowhere else: what leaves is numbers.
    """
    encode = student.function("encode")
    settings = _settings(student.value("trials"))
    path = student.value("model_file")
    if not isinstance(path, str | os.PathLike):
        raise Problem("unserializable", name="model_file", type=type(path).__name__)
    path = Path(path)
    claimed = plain(student.value("test_accuracy"), "test_accuracy")
    seen = {"file": path.name[-100:], "exists": path.is_file(), "claimed": claimed}
    seen["settings"] = settings
    if path.suffix != ".keras" or not path.is_file():
        return seen
    import keras

    try:
        model = student.raw_call(keras.saving.load_model, path)
    except Exception as error:
        return seen | {"not_loaded": _told(error)}
    return seen | _predicted_by(student, model, encode, reviews)


def _settings(trials: Any) -> list[str]:
    """Hyperparameters of each trial of a table, as text."""
    rows = trials.to_dict("records") if hasattr(trials, "to_dict") else trials
    if not isinstance(rows, list | tuple):
        raise Problem("unserializable", name="trials", type=type(rows).__name__)
    if not all(isinstance(row, Mapping) and "params" in row for row in rows):
        raise Problem("unserializable", name="trials", type="una lista sin «params»")
    return [repr(row["params"])[:300] for row in rows[:1_000]]


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip().splitlines()[0][:200]


def _predicted_by(
    student: Student, model: Any, encode: Any, reviews: dict[str, Array]
) -> dict[str, Any]:
    shapes, outputs = {}, {}
    for name, texts in reviews.items():
        rows = student.raw_call(encode, texts)
        try:
            found = student.raw_call(lambda: model.predict(rows, batch_size=500, verbose=0))  # noqa: B023
        except Exception as error:
            given, wanted = getattr(rows, "shape", "?"), getattr(model, "input_shape", "?")
            return {"refused": _told(error), "given": str(given), "wanted": str(wanted)}
        values = np.asarray(found, dtype=float)
        shapes[name] = list(values.shape)
        outputs[name] = plain(values.round(6)) if values.size <= 2 * len(texts) else []
    return {"shapes": shapes, "outputs": outputs}


OBSERVERS = {
    "decode_review": decode_review,
    "surest_errors": surest_errors,
    "imdb_model": imdb_model,
}
