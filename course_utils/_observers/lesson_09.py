"""Lesson 09, Reuters: a light vectorizer, a macro average and a saved search, asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._observers.student import (
    Problem,
    Student,
    answers_of,
    plain,
    setting,
    value_of,
)

_MAX_ONES = 8_000  # no right matrix has more


# --- light_multi_hot -----------------------------------------------------------------------------


def light_multi_hot(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Where the student's matrices are not zero and what they weigh; what a word too many does."""
    function = student.function("light_multi_hot")
    seen = [_matrix(student.raw_call(function, *case)) for case in cases]
    try:
        student.raw_call(function, [[3, 10]], 10)
        refuses = False
    except Exception:
        refuses = True
    return {"matrices": seen, "refuses": refuses}


def _matrix(result: Any) -> dict[str, Any] | None:
    from scipy import sparse

    if result is None:
        return None
    if sparse.issparse(result):
        stored = sparse.csr_matrix(result, copy=True)
        size = stored.data.nbytes + stored.indices.nbytes + stored.indptr.nbytes
        result = stored.toarray()  # adds up what stands in the same place
    elif isinstance(result, np.ndarray):
        size = result.nbytes
    else:
        raise Problem("unserializable", name="light_multi_hot", type=type(result).__name__)
    found = {"shape": list(result.shape), "bytes": size, "type": str(result.dtype)}
    if result.ndim == 2:
        rows, columns = (at[:_MAX_ONES] for at in np.nonzero(result))
        found |= {"rows": plain(rows), "columns": plain(columns)}
        found["values"] = plain(np.asarray(result)[rows, columns])
    return found


# --- saved_search --------------------------------------------------------------------------------
def saved_search(student: Student, nothing: None) -> dict[str, Any]:
    """Table of the search; the file, and the network in memory, are handed over."""
    trials = _trials(student.value("trials"))
    model, path = student.value("best_model"), student.value("model_file")
    if not (hasattr(model, "predict") and hasattr(model, "save")):
        raise Problem("unserializable", name="best_model", type=type(model).__name__)
    if not isinstance(path, str | os.PathLike):
        raise Problem("unserializable", name="model_file", type=type(path).__name__)
    exists = Path(path).is_file()
    if exists:
        student.hand_over(path)
        student.hand_over_network(model)
    return {"trials": trials, "exists": exists, "left": student.trials_left()}


def _trials(table: Any) -> list[dict[str, Any]]:
    if hasattr(table, "to_dict"):
        table = table.to_dict("records")
    if not isinstance(table, list | tuple):
        raise Problem("unserializable", name="trials", type=type(table).__name__)
    trials = []
    for row in table[:1_000]:
        if not isinstance(row, Mapping):
            raise Problem("unserializable", name="trials", type=type(row).__name__)
        params = row.get("params")
        moved = params.items() if isinstance(params, Mapping) else ()
        trials.append(
            {
                "params": {str(name)[:80]: setting(value) for name, value in moved},
                "val_accuracy": plain(row.get("val_accuracy"), "trials"),
            }
        )
    return trials


OBSERVERS = {
    "light_multi_hot": light_multi_hot,
    "macro_f1": answers_of("macro_f1", "scores"),
    "saved_search": saved_search,
    "archive_gb": value_of("archive_gb"),
    "sample_epochs": value_of("sample_epochs"),
}
