"""Checks of answers: ``check("name")`` for students, ``questions`` and ``judge`` for graders.

One spec per question, in parts that never meet in one process when it counts. *Draw*
(:mod:`course_utils._draws`) turns a seed into inputs; *observe* (:mod:`course_utils._observers`)
runs beside the student's code, is given the inputs alone and returns plain data; *examine*
(:mod:`course_utils._examiners`) asks a trained network that was handed over in a file; *judge*
(:mod:`course_utils._judges`) turns data and seed into a :class:`Verdict`. A student's own `check`
takes the same path, with a public seed.
"""

from __future__ import annotations

import difflib
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from course_utils import messages
from course_utils._draws import open_exchange
from course_utils._examiners import examine
from course_utils._judges import all_questions
from course_utils._judges.verdicts import STATES, Question, UnexpectedValue, Verdict
from course_utils._notices import display_or_say
from course_utils._observers import observe
from course_utils.checks.notebook import last_slip, shell, time_limit
from course_utils.checks.progress import note_progress, progress_page
from course_utils.checks.shown import Shown
from course_utils.checks.told import Told

__all__ = ["PUBLIC_SEED", "STATES", "CheckFailed", "Question", "Verdict", "ask", "check", "judge"]
__all__ += ["progress_page", "questions"]

PUBLIC_SEED = 101
"""Seed of the checks that students run; a grader uses another one, and keeps it secret."""

MOST_SECONDS = 60
"""How long one check may take, as in the grader."""


class CheckFailed(AssertionError):  # noqa: N818
    """Raised under nbgrader alone, where a cell loses its points only by raising."""


def questions(lesson: str | int | None = None, *, practice: bool = False) -> tuple[Question, ...]:
    """List the questions of the exercises, free texts included, or the practice of the lessons.

    Parameters
    ----------
    lesson : str or int, optional
        ``"02"``, ``2`` or ``"02_busqueda_en_cuadricula"``; default, all lessons.
    practice : bool, default=False
        List what the lessons ask in passing instead of what the exercises ask for points.

    Returns
    -------
    tuple of Question
        In the order in which the notebook asks them.
    """
    wanted = None if lesson is None else f"{int(str(lesson)[:2]):02d}"
    found = (q for q in all_questions().values() if q.practice is practice)
    return tuple(q for q in found if wanted in (None, q.lesson))


def judge(name: str, observation: Mapping[str, Any], seed: int) -> Verdict:
    """Turn an observation into a verdict. Trusts nothing in it, and never raises because of it.

    Parameters
    ----------
    name : str
        The question.
    observation : mapping
        What :func:`course_utils._observers.observe` returned, read from strict JSON, its data
        joined with the record of the :class:`~course_utils._draws.Exchange`.
    seed : int
        The seed that the exchange was opened with.

    Returns
    -------
    Verdict
        ``"no_verificable"`` if the name is missing or the data are damaged.

    Raises
    ------
    KeyError
        If no question has this name.
    ValueError
        If the question is a free text.
    """
    question = all_questions()[name]
    if question.free_text:
        raise ValueError(f"a human reads {name!r}")
    try:
        return _verdict(question, observation, seed)
    except Exception:  # whatever a hostile process may have written
        return _said(question, "no_verificable", messages.ANSWER_DAMAGED)


def _verdict(question: Question, observation: Mapping[str, Any], seed: int) -> Verdict:
    status, data = observation["status"], observation["data"]
    if observation["question"] != question.name:
        return _said(question, "no_verificable", messages.ANSWER_DAMAGED)
    if status == "missing":
        text = messages.ANSWER_NOT_FOUND.format(name=Told(data["name"]))
        return _said(question, "no_verificable", text)
    if status == "untouched":
        return _said(question, "sin_intentar", messages.ANSWER_NOT_TRIED)
    if status == "raised":
        lines = str(observation["traceback"])[:3000]
        return _said(question, "fallo", messages.ANSWER_RAISED.format(traceback=lines))
    if status == "unserializable":
        text = messages.ANSWER_TYPE.format(name=Told(data["name"]), type=Told(data["type"]))
        return _said(question, "incorrecto", text, "tipo_inesperado")
    if status != "ok":
        return _said(question, "no_verificable", messages.ANSWER_DAMAGED)
    return _judged(question, data, seed)


def _judged(question: Question, data: Mapping[str, Any], seed: int) -> Verdict:
    assert question.judge is not None
    if failed := data.get("examined", {}).get("failed"):
        text = messages.ANSWER_NETWORK_FAILED.format(error=Told(str(failed)))
        return _said(question, "fallo", text)
    try:
        finding = question.judge(data, seed)
    except UnexpectedValue as unexpected:
        return _unexpected(question, unexpected.value)
    if finding is None and data["mutates"] is not False:
        return _said(question, "incorrecto", messages.ANSWER_MUTATES, "modifica_argumentos")
    if finding is None:
        text = messages.ANSWER_RIGHT_PRACTICE if question.practice else messages.ANSWER_RIGHT
        verdict = _said(question, "correcto", text, points=question.points)
        return replace(verdict, doubt=question.doubt(data)) if question.doubt else verdict
    details = {key: Told(value) for key, value in finding.details.items()}
    text = question.template(finding.key).format(**details)
    return _said(question, "incorrecto", text, finding.key, question.points * finding.share)


def _unexpected(question: Question, value: Any) -> Verdict:
    """A value of the wrong kind; nothing at all is a mistake of its own."""
    if value is None:
        return _said(question, "incorrecto", messages.ANSWER_NOTHING, "falta_return")
    kind = messages.ANSWER_KINDS.get(type(value).__name__, type(value).__name__)
    text = messages.ANSWER_KIND.format(kind=kind, value=Told(value))
    return _said(question, "incorrecto", text, "tipo_inesperado")


def _said(
    question: Question, state: str, text: str, key: str | None = None, points: float = 0.0
) -> Verdict:
    return Verdict(state, text, key, points, question.points)


# --- for students --------------------------------------------------------------------------------
def ask(name: str, namespace: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """Ask a question in this process, where the student's names live.

    Parameters
    ----------
    name : str
        A question with a judge.
    namespace : mapping of str to any
        The student's names.
    seed : int
        Draws the inputs.

    Returns
    -------
    dict
        An observation for :func:`judge`.
    """
    exchange = open_exchange(name, seed)
    observation = observe(name, namespace, exchange.sent, exchange.answer)
    with tempfile.TemporaryDirectory() as folder:
        if files := exchange.write_files(Path(folder)):
            exchange.record["examined"] = examine(name, files, exchange.examined)
    return observation | {"data": observation["data"] | exchange.record}


def check(name: str) -> None:
    """Check an answer and say what is right, what is wrong and where to look.

    Parameters
    ----------
    name : str
        The question, as the exercise or the lesson writes it.

    Raises
    ------
    CheckFailed
        Only while nbgrader executes the notebook, unless the answer is right.
    """
    question = all_questions().get(name) if isinstance(name, str) else None
    if question is None:
        verdict = Verdict("no_verificable", _unknown(name), None, 0.0, 0.0)
    elif question.free_text:
        verdict = _said(question, "no_verificable", messages.ANSWER_FREE_TEXT)
    elif slip := last_slip(name):
        text = messages.ANSWER_SLIP.format(name=name, line=slip.lineno, error=slip.msg)
        verdict = _said(question, "fallo", text)
    else:
        verdict = _checked(question, _namespace())
    progress = note_progress(question, verdict) if question and not question.free_text else ""
    display_or_say(Shown(question.title if question else str(name), verdict, progress))
    if os.environ.get("NBGRADER_EXECUTION") and verdict.state != "correcto":
        raise CheckFailed(f"{messages.ANSWER_STATES[verdict.state]}: {verdict.message}")


def _checked(question: Question, namespace: Mapping[str, Any]) -> Verdict:
    with time_limit(MOST_SECONDS) as clock:
        verdict = judge(question.name, ask(question.name, namespace, PUBLIC_SEED), PUBLIC_SEED)
    if clock.rang:
        return _said(question, "fallo", messages.ANSWER_ENDLESS.format(seconds=MOST_SECONDS))
    return verdict


def _unknown(name: object) -> str:
    """Say which names look like the one that there is not."""
    alike = difflib.get_close_matches(str(name), all_questions(), n=3)
    text = messages.ANSWER_UNKNOWN.format(name=Told(str(name)))
    names = " o ".join(f"`{other}`" for other in alike)
    return f"{text} {messages.ANSWER_ALIKE.format(names=names)}" if alike else text


def _namespace() -> Mapping[str, Any]:
    """The notebook's names; in a plain script, those of whoever called ``check``."""
    running = shell()
    return sys._getframe(2).f_globals if running is None else running.user_ns
