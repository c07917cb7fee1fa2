"""What runs beside a student's code: it asks questions and brings back plain data.

Nothing here knows a right answer, nor a seed. The grader's sandbox holds a copy of ``course_utils``
without ``_judges``, ``_draws``, ``checks``, ``grading`` and the judges' messages, and calls
:func:`observe` after all the cells have run, with inputs that were drawn outside; the data are
judged outside. One module a lesson, ``lesson_NN.py``, with a dictionary ``OBSERVERS``: name of the
question → function of (:class:`~course_utils._observers.student.Student`, inputs).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from course_utils._lessons import by_question
from course_utils._observers.student import MAX_BYTES, Ask, Problem, Student, own_lines
from course_utils._wire import decode

__all__ = ["observe", "question_names"]

Observer = Callable[[Student, Any], dict[str, Any]]


@functools.cache
def _observers() -> dict[str, Observer]:
    return by_question(__name__, "OBSERVERS")


def question_names() -> tuple[str, ...]:
    """Names of all questions that can be observed, in the order of the lessons."""
    return tuple(_observers())


def observe(
    name: str, namespace: Mapping[str, Any], sent: Mapping[str, Any], ask: Ask
) -> dict[str, Any]:
    """Ask a student's answer what it does on the inputs that were sent.

    Parameters
    ----------
    name : str
        A question, one of :func:`question_names`.
    namespace : mapping of str to any
        Where the student's names live: ``get_ipython().user_ns``, or the globals of a script.
    sent : mapping
        JSON data: ``"inputs"``, written by :func:`course_utils._wire.encode`, and ``"start"``,
        where global generators start. A hidden test is the same question with other inputs.
    ask : callable
        Takes a JSON text to whoever asks the question, and brings the answer: an objective is
        evaluated there.

    Returns
    -------
    dict
        Plain JSON, at most ``MAX_BYTES`` long when written out:

        ``question``
            The name.
        ``status``
            ``"ok"``: see ``data``. ``"missing"``: no such name in the namespace (``data["name"]``).
            ``"untouched"``: it is, or returns, ``...``. ``"raised"``: their code raised, see
            ``traceback``. ``"unserializable"``: a value that is no number, text, list or table, or
            not the kind that was asked for (``data["name"]``, ``data["type"]``).
        ``data``
            What the judge of the question reads; ``data["mutates"]`` says whether a function
            changed its own arguments.
        ``traceback``
            The student's own lines and the error, shortened, without paths; empty otherwise.

    Raises
    ------
    KeyError
        If no question has this name. Nothing that the student's code does is raised.
    """
    observer = _observers()[name]
    student = Student(namespace, sent["start"], ask)
    try:
        data = observer(student, decode(sent["inputs"])) | {"mutates": student.mutates}
        result = _observation(name, "ok", data)
        if len(json.dumps(result, allow_nan=False)) > MAX_BYTES:
            raise Problem("unserializable", name=name, type="demasiado grande")
    except Problem as problem:
        result = _observation(name, problem.status, problem.data)
    except BaseException as error:  # SystemExit and an interruption too
        result = _observation(name, "raised", {}, own_lines(error))
    return result


def _observation(
    name: str, status: str, data: dict[str, Any], traceback: str = ""
) -> dict[str, Any]:
    return {"question": name, "status": status, "data": data, "traceback": traceback}
