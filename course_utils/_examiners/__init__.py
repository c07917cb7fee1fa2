"""What asks a thing that was handed over, where none of the student's code runs.

A trained network comes as a ``.keras`` file and is loaded in Keras' safe mode; of everything else,
numbers alone are read. The grader calls :func:`examine` in a second, clean sandbox; a student's own
`check` calls it in the notebook. Nothing here knows a label or a right answer. One module a lesson,
``lesson_NN.py``, with a dictionary ``EXAMINERS``: name of the question → function of (files, what
is asked).
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from course_utils._lessons import by_question
from course_utils._wire import decode

__all__ = ["examine"]

Examiner = Callable[[Sequence[Path], Any], dict[str, Any]]


@functools.cache
def _examiners() -> dict[str, Examiner]:
    return by_question(__name__, "EXAMINERS")


def examine(name: str, files: Sequence[Path], sent: Any) -> dict[str, Any]:
    """Ask what a student's answer handed over.

    Parameters
    ----------
    name : str
        The question.
    files : sequence of Path
        In the order in which they were handed over.
    sent : any
        What is asked of them: JSON data, written by :func:`course_utils._wire.encode`.

    Returns
    -------
    dict
        JSON data for the judge; ``"failed"``, a sentence, where a network did not answer.

    Raises
    ------
    KeyError
        If the question hands nothing over.
    """
    examiner = _examiners()[name]
    try:
        with warnings.catch_warnings():  # an optimizer that was saved before its first step, say
            warnings.simplefilter("ignore")
            return examiner(files, decode(sent))
    except Exception as error:  # whatever a network of any make may raise when it is asked
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return {"failed": ": ".join([type(error).__name__, *lines[:1]])[:300]}
