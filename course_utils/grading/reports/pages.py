"""Pages in Spanish, from templates that escape whatever came from a notebook; no script can run.

What a page says is collected where the marks are; a worker fills the template and writes the file.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_utils import messages
from course_utils._atomic import write_text
from course_utils.checks import Question
from course_utils.checks.shown import STATE_COLORS, message_html
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.marks import Record
from course_utils.grading.submission import Answer, Submission
from course_utils.grading.walls.cells import first_line, is_syntax_error

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["COLORS", "file_names", "render", "student_page", "write_pages"]

COLORS = STATE_COLORS | {
    "por_revisar": ("#0072b2", "#ffffff"),
    "leido": ("#56b4e9", "#000000"),
    "sin_entregar": ("#dddddd", "#000000"),
    "archivo_ilegible": ("#4d4d4d", "#ffffff"),
}
"""Background and text of each state, in the order in which a table shows them."""
_NOTHING_THERE = ("sin_intentar", "no_verificable")
_TO_REPAIR = ("incorrecto", "fallo", "no_verificable")


def render(template: str, **values: Any) -> str:
    """Fill a template of ``templates/``; every value is escaped."""
    return _environment().get_template(template).render(values)


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"messages": messages, "colors": COLORS}
    environment.filters["message"] = lambda text: Markup(message_html(text))
    return environment


def file_names(students: Iterable[str]) -> dict[str, str]:
    """Name the students' pages: safe on every system, and never one name for two.

    Parameters
    ----------
    students : iterable of str
        All of them, each once.

    Returns
    -------
    dict of str to str
        Student → file name; their digests are as long as it takes to tell them apart.
    """
    students = list(students)
    for digits in (8, 16, 64):
        names = {student: _file_name(student, digits) for student in students}
        if len({name.casefold() for name in names.values()}) == len(names):
            break
    return names


def _file_name(student: str, digits: int) -> str:
    plain = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode()
    short = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")[:40] or "entrega"
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{short}-{digest[:digits]}.html"


def student_page(record: Record, exercises: Sequence[Exercise]) -> dict[str, Any]:
    """What the page of one student says, as JSON data for :func:`write_pages`.

    Parameters
    ----------
    record : Record
        What is known.
    exercises : sequence of Exercise
        Those of the marks.

    Returns
    -------
    dict
        What ``student.html`` is filled with.
    """
    standing = messages.FEEDBACK_FINAL if record.is_final else messages.FEEDBACK_PROVISIONAL
    out_of = sum(question.points for exercise in exercises for question in exercise.questions)
    is_marked = bool(record.chosen)
    return {
        "title": messages.FEEDBACK_TITLE.format(student=record.student),
        "total": _points(record.points, out_of) if is_marked else messages.FEEDBACK_NO_MARK,
        "standing": standing if is_marked else "",
        "note": messages.FEEDBACK_NOTE if is_marked else messages.FEEDBACK_AGAIN,
        "exercises": [_exercise(record, exercise) for exercise in exercises],
        "files": [
            {"label": f.label, "problem": messages.FEEDBACK_LESSON if f.is_lesson else f.problem}
            for f in record.submissions
        ],
    }


def write_pages(pages: Sequence[dict[str, Any]]) -> list[str]:
    """Fill and write pages, in a worker.

    Parameters
    ----------
    pages : sequence of dict
        ``path`` of a page, and the ``values`` that :func:`student_page` collected.

    Returns
    -------
    list of str
        Their paths.
    """
    for page in pages:
        text = render("student.html", **page["values"])
        write_text(Path(page["path"]), text, errors="replace")
    return [page["path"] for page in pages]


def _exercise(record: Record, exercise: Exercise) -> dict[str, Any]:
    """What the page says of one exercise; without `total` if it was not handed in."""
    if exercise.lesson not in record.chosen:
        return {"title": exercise.title, "total": ""}
    answers = [(question, record.answers[question.name]) for question in exercise.questions]
    total = _points(
        sum(answer.points or 0.0 for _, answer in answers),
        sum(question.points for question, _ in answers),
    )
    pending = sum(q.points for q, answer in answers if answer.state == "por_revisar")
    if pending:
        total += messages.FEEDBACK_PENDING.format(pending=f"{pending:g}")
    cells = list(_cells(record.chosen[exercise.lesson], exercise))
    broken = {name for _, names in cells for name in names}
    questions = [
        _question(f"{int(exercise.lesson)}.{number} {question.title}", question, answer, broken)
        for number, (question, answer) in enumerate(answers, 1)
    ]
    said = [text for text, _ in cells]
    return {"title": exercise.title, "total": total, "questions": questions, "cells": said}


def _cells(submission: Submission, exercise: Exercise) -> Iterator[tuple[str, list[str]]]:
    """Say which cells did not end well, and which questions they answer."""
    pairs = zip(submission.code, submission.result["cells"], strict=False)
    for number, (source, run) in enumerate(pairs, 1):
        if run["status"] == "ok":
            continue
        what = messages.GRADER_CELL[run["status"]].format(error=run["error"])
        answered = [q for q in exercise.checked if re.search(_DEFINES.format(q.name), source)]
        if is_syntax_error(run["error"]):
            what = messages.FEEDBACK_SYNTAX.format(error=run["error"])
        text = messages.FEEDBACK_ANSWER_CELL if answered else messages.FEEDBACK_CELL
        titles = "», «".join(question.title for question in answered)
        told = text.format(title=titles, cell=number, line=first_line(source), what=what)
        yield told, [q.name for q in answered]


_DEFINES = r"(?m)^[ \t]*(?:def[ \t]+{0}\b|{0}[ \t]*=)"


def _question(
    title: str, question: Question, answer: Answer, broken: Collection[str]
) -> dict[str, Any]:
    """What is said of one answer; `broken` are the questions whose cells did not run."""
    message, again = answer.message, ""
    if question.free_text and answer.state != "leido":
        waiting = answer.state == "por_revisar"
        message = messages.FEEDBACK_TEXT if waiting else messages.FEEDBACK_NO_TEXT
    elif answer.state in _NOTHING_THERE and question.name in broken:
        message = messages.FEEDBACK_SEE_CELL
    if answer.state in _TO_REPAIR and not question.free_text:
        again = messages.FEEDBACK_NEXT.format(name=question.name)
    points = "" if answer.points is None else _points(answer.points, question.points)
    if answer.state == "por_revisar":
        points = messages.FEEDBACK_UP_TO.format(out_of=f"{question.points:g}")
    about = {"title": title, "state": answer.state, "points": points}
    return about | {"message": message, "next": again}


def _points(points: float, out_of: float) -> str:
    return messages.FEEDBACK_POINTS.format(points=f"{points:g}", out_of=f"{out_of:g}")
