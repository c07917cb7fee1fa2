"""Lesson 10, the IMDB project: reviews read back, surest errors, a saved network asked again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._observers.student import Problem, Student, answers_of, plain, setting, value_of

# --- imdb_model ----------------------------------------------------------------------------------


def imdb_model(student: Student, reviews: dict[str, Any]) -> dict[str, Any]:
    """Hand over the student's file, and training, held-out and new reviews as they encode them."""
    encode = student.function("encode")
    settings = _settings(student.value("trials"))
    path = student.value("model_file")
    if not isinstance(path, str | os.PathLike):
        raise Problem("unserializable", name="model_file", type=type(path).__name__)
    path = Path(path)
    claimed = plain(student.value("test_accuracy"), "test_accuracy")
    seen = {"file": path.name[-100:], "exists": path.is_file(), "claimed": claimed}
    seen |= {"settings": settings, "left": student.trials_left()}
    if path.suffix != ".keras" or not path.is_file():
        return seen
    student.hand_over(path)
    for texts in reviews.values():
        rows = student.raw_call(encode, texts)
        if not _hand_over_rows(student, rows):
            return seen | {"refused": type(rows).__name__}
    return seen


def _hand_over_rows(student: Student, rows: Any) -> bool:
    """Send a matrix of numbers, sparse where it is two-dimensional; False if it is none."""
    from scipy import sparse

    dense = not sparse.issparse(rows)
    array = np.asarray(rows) if dense else sparse.csr_matrix(rows)
    if array.dtype.kind not in "biuf" or array.ndim == 0:
        return False
    parts: dict[str, Any] = {"dense": np.array(dense)}
    if array.ndim == 2:
        matrix = sparse.csr_matrix(array)
        indices = matrix.indices.astype(np.min_scalar_type(matrix.shape[1]))  # half the bytes
        parts |= {"data": matrix.data, "indices": indices, "indptr": matrix.indptr}
        parts["shape"] = np.array(matrix.shape)
    else:
        parts["array"] = array
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filas.npz"
        np.savez_compressed(path, **parts)
        student.hand_over(path)
    return True


def _settings(trials: Any) -> list[str]:
    """Hyperparameters of each trial of a table, as text."""
    rows = trials.to_dict("records") if hasattr(trials, "to_dict") else trials
    if not isinstance(rows, list | tuple):
        raise Problem("unserializable", name="trials", type=type(rows).__name__)
    if not all(isinstance(row, Mapping) and "params" in row for row in rows):
        raise Problem("unserializable", name="trials", type="una lista sin «params»")
    return [_one_setting(row["params"]) for row in rows[:1_000]]


def _one_setting(params: Any) -> str:
    pairs = params.items() if isinstance(params, Mapping) else [("", params)]
    return str(sorted((str(name)[:80], setting(value)) for name, value in pairs))[:300]


OBSERVERS = {
    "decode_review": answers_of("decode_review", "texts"),
    "surest_errors": answers_of("surest_errors", "chosen"),
    "imdb_model": imdb_model,
    "stop_epoch": value_of("stop_epoch"),
    "paired_half": value_of("paired_half"),
}
