"""Lesson 09, Reuters: a light vectorizer, a macro average and a saved search, asked.

The search is asked on the simulated newswires, the same on every machine. Their labels are not
read here: what leaves is what the saved network answers, and the judge knows what it should be.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._observers.student import Problem, Student, plain
from course_utils.data._simulated import simulate_reuters

NUM_WORDS, TOPICS, N_FRESH, N_COMPARED = 5_000, 46, 1_000, 20
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


# --- macro_f1 ------------------------------------------------------------------------------------


def macro_f1(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Averages worked out by the student, one number per case."""
    function = student.function("macro_f1")
    return {"scores": [student.call(function, *case) for case in cases]}


# --- saved_search --------------------------------------------------------------------------------


@functools.cache
def _texts() -> list[np.ndarray]:
    corpus = simulate_reuters()
    tokens = np.where(corpus.tokens < NUM_WORDS, corpus.tokens, 2)
    return np.split(tokens, np.cumsum(corpus.lengths)[:-1])


def multi_hot(rows: np.ndarray) -> np.ndarray:
    """The rows as the notebook gives them to the network."""
    texts, result = _texts(), np.zeros((len(rows), NUM_WORDS), dtype="uint8")
    for place, row in enumerate(rows):
        result[place, texts[row]] = 1
    return result


def saved_search(student: Student, asked: dict[str, Any]) -> dict[str, Any]:
    """Table of the search; answers of the network in memory and of the one in the file."""
    trials = _trials(student.value("trials"))
    model, path = student.value("best_model"), student.value("model_file")
    if not hasattr(model, "predict"):
        raise Problem("unserializable", name="best_model", type=type(model).__name__)
    if not isinstance(path, str | os.PathLike):
        raise Problem("unserializable", name="model_file", type=type(path).__name__)
    found: dict[str, Any] = {"trials": trials, "exists": Path(path).is_file(), "loads": False}
    if not found["exists"]:
        return found
    import keras

    try:
        loaded = student.raw_call(lambda: keras.saving.load_model(Path(path)))
    except Exception as error:
        return found | {"error": type(error).__name__}
    outputs = _outputs(student, loaded, np.concatenate(list(asked.values())))
    kept = _outputs(student, model, asked["fresh"])
    found |= {"loads": True, "shapes": [list(outputs.shape[1:]), list(kept.shape[1:])]}
    if found["shapes"] != [[TOPICS], [TOPICS]]:
        return found
    parts = np.split(outputs.argmax(axis=1), np.cumsum([len(r) for r in asked.values()])[:-1])
    return found | {
        "classes": {name: plain(part) for name, part in zip(asked, parts, strict=True)},
        "kept": plain(kept.argmax(axis=1)),
        "outputs": [
            plain(part[:N_COMPARED].astype(float).round(5)) for part in (outputs[-N_FRESH:], kept)
        ],
        "steps": _steps(loaded),
    }


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
                "params": {str(name)[:80]: repr(value)[:120] for name, value in moved},
                "val_accuracy": plain(row.get("val_accuracy"), "trials"),
            }
        )
    return trials


def _outputs(student: Student, model: Any, rows: np.ndarray) -> np.ndarray:
    X = multi_hot(rows)
    return np.asarray(student.raw_call(lambda: model.predict(X, batch_size=500, verbose=0)))


def _steps(model: Any) -> int | None:
    """Updates that the optimizer in the file counted; None if it was left out."""
    counted = getattr(getattr(model, "optimizer", None), "iterations", None)
    return None if counted is None else int(counted)


OBSERVERS = {
    "light_multi_hot": light_multi_hot,
    "macro_f1": macro_f1,
    "saved_search": saved_search,
}
