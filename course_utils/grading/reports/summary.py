"""The class at a glance: marks, states of each question, mistakes, predictions."""

from __future__ import annotations

import base64
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course_utils import messages
from course_utils._atomic import write_bytes, write_text
from course_utils.checks import Question
from course_utils.grading.paths import LESSONS
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.figures import mark_bins, marks_histogram, picture, state_bars
from course_utils.grading.reports.marks import Record
from course_utils.grading.reports.pages import COLORS, render
from course_utils.grading.reports.predictions import predictions

__all__ = ["mistake_name", "write_summary"]


def write_summary(
    out: Path, records: Sequence[Record], exercises: Sequence[Exercise], line: str
) -> None:
    """Write ``resumen.html`` and ``resumen.png``.

    Parameters
    ----------
    out : Path
        The folder.
    records, exercises : sequences
        What the marks hold.
    line : str
        First line: how many students and files.
    """
    questions = [
        (f"{int(exercise.lesson)}.{number}", question)
        for exercise in exercises
        for number, question in enumerate(exercise.questions, 1)
    ]
    counts = {q.name: Counter(r.answers[q.name].state for r in records) for _, q in questions}
    figure = b""
    if questions:
        figure = picture(state_bars({f"{n} {q.name}": counts[q.name] for n, q in questions}))
        write_bytes(out / "resumen.png", figure)
    states = [state for state in COLORS if any(count[state] for count in counts.values())]
    text = render(
        "class.html",
        title=messages.SUMMARY_TITLE,
        line=line,
        waiting=sum(not record.is_final for record in records),
        marks=_marks(records, exercises),
        picture=_inline(figure),
        head=("", *(messages.GRADER_STATES[state] for state in states)),
        rows=[
            (f"{n} {q.title} ({q.name})", *(counts[q.name][s] for s in states))
            for n, q in questions
        ],
        mistakes=_mistakes(records, questions),
        predictions=predictions(records, LESSONS),
    )
    write_text(out / "resumen.html", text, errors="replace")


def _marks(records: Sequence[Record], exercises: Sequence[Exercise]) -> dict[str, str]:
    """Picture and words of the marks of those who handed in something that is marked."""
    points = [record.points for record in records if record.chosen]
    out_of = sum(question.points for exercise in exercises for question in exercise.questions)
    if not points or not out_of:
        return {}
    bins = [
        messages.SUMMARY_BIN.format(low=f"{low:g}", high=f"{high:g}", count=count)
        for low, high, count in mark_bins(points, out_of)
        if count
    ]
    alt = messages.SUMMARY_MARKS_ALT.format(text="; ".join(bins))
    return {"picture": _inline(picture(marks_histogram(points, out_of))), "alt": alt}


def _inline(image: bytes) -> str:
    return base64.b64encode(image).decode("ascii")


def _mistakes(
    records: Sequence[Record], questions: Sequence[tuple[str, Question]]
) -> list[tuple[Any, ...]]:
    """Question, name of the mistake, students; the most frequent first."""
    found = Counter(
        (f"{number} {question.title}", record.answers[question.name].misconception)
        for number, question in questions
        for record in records
        if record.answers[question.name].misconception
    )
    return [(name, mistake_name(key), count) for (name, key), count in found.most_common()]


def mistake_name(key: str) -> str:
    """The key of a mistake as one reads it: ``"clase_al_reves"`` → ``"clase al revés"``."""
    accented = {_without_accents(word): word for word in messages.SUMMARY_ACCENTED.split()}
    return " ".join(accented.get(word, word) for word in key.split("_"))


def _without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
