"""Lesson 09, Reuters: what a saved network answers on given newswires and on fresh ones.

The given ones are simulated here, the same on every machine; of the fresh ones, the texts are sent
and the topics are not.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._examiners.networks import NotLoaded, load, outputs, steps
from course_utils.data._simulated import simulate_reuters

NUM_WORDS, TOPICS = 5_000, 46


def multi_hot(texts: Sequence[Any]) -> np.ndarray:
    """Texts as the notebook gives them to the network."""
    result = np.zeros((len(texts), NUM_WORDS), dtype="uint8")
    for place, words in enumerate(texts):
        result[place, words] = 1
    return result


@functools.cache
def given_texts() -> list[np.ndarray]:
    """The simulated newswires, by row number."""
    corpus = simulate_reuters()
    tokens = np.where(corpus.tokens < NUM_WORDS, corpus.tokens, 2)
    return np.split(tokens, np.cumsum(corpus.lengths)[:-1])


def saved_search(files: Sequence[Path], asked: dict[str, Any]) -> dict[str, Any]:
    """Answers of the network in the file, and of the one that was in memory, on the same rows."""
    try:
        loaded, kept = (load(path) for path in files)
    except NotLoaded as error:
        return {"loads": False, "error": str(error)}
    fresh = multi_hot(asked["fresh"])
    texts = given_texts()
    rows = {name: multi_hot([texts[k] for k in part]) for name, part in asked["rows"].items()}
    found = {name: outputs(loaded, X) for name, X in (rows | {"fresh": fresh}).items()}
    memory = outputs(kept, fresh)
    shapes = [list(part.shape[1:]) for part in (found["fresh"], memory)]
    if shapes != [[TOPICS], [TOPICS]]:
        return {"loads": True, "shapes": shapes}
    few = asked["compared"]
    return {
        "loads": True,
        "shapes": shapes,
        "classes": {name: part.argmax(axis=1).tolist() for name, part in found.items()},
        "kept": memory.argmax(axis=1).tolist(),
        "outputs": [_plain(part[:few]) for part in (found["fresh"], memory)],
        "steps": steps(loaded),
    }


def _plain(values: np.ndarray) -> list[Any]:
    kept: list[Any] = np.nan_to_num(values.round(5), nan=-1e9, posinf=1e9, neginf=-1e9).tolist()
    return kept


EXAMINERS = {"saved_search": saved_search}
