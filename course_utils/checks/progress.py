"""How far a student is: what ``check`` found right, kept on their own machine and shown on a page.

It is a mirror for the student and nothing else: marks come from the notebooks that are handed in,
and the grader neither reads these notes nor takes this module behind its walls.
"""

from __future__ import annotations

import html
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course_utils import messages
from course_utils._judges import all_questions
from course_utils._judges.verdicts import Question, Verdict
from course_utils._notes import keeps_notes, read_notes, write_note
from course_utils._notices import display_or_say
from course_utils.checks.told import Told

__all__ = ["Tally", "note_progress", "progress_page", "tallies"]

_SECTION = "comprobaciones"
_SAYS_NOTHING = ("sin_intentar", "no_verificable")


@dataclass(frozen=True)
class Tally:
    """What is solved of a lesson's questions.

    Attributes
    ----------
    lesson : str
        Two digits: ``"02"``.
    solved, count : int
        Questions of the exercise found right, and all those that `check` can decide.
    points, out_of : float
        Points of the answers so far, and of those questions.
    text_points : float
        Points of the free texts, which a human gives.
    practice, practices : int
        Questions inside the lesson found right, and all of them.
    left : tuple of str
        Titles of the exercise's questions that are not right yet.
    begun : bool
        Whether any answer of the lesson was noted.
    """

    lesson: str
    solved: int
    count: int
    points: float
    out_of: float
    text_points: float
    practice: int
    practices: int
    left: tuple[str, ...]
    begun: bool


def note_progress(question: Question, verdict: Verdict) -> str:
    """Note what a check found, and say how far the student is.

    The best answer to a question counts: a later slip does not undo it.

    Parameters
    ----------
    question : Question
        What was asked.
    verdict : Verdict
        What came of it.

    Returns
    -------
    str
        One line in Spanish; empty where nothing is kept (in tests, in stored outputs, under
        nbgrader).
    """
    if not keeps_notes() or os.environ.get("NBGRADER_EXECUTION"):
        return ""
    kept = True
    if verdict.state not in _SAYS_NOTHING:
        share = 1.0 if verdict.state == "correcto" else _share(verdict)
        if share >= _noted(read_notes(_SECTION), question.name, -1.0):
            kept = write_note(_SECTION, question.name, share)
    return _line(question) if kept else messages.PROGRESS_NOT_KEPT


def progress_page() -> None:
    """Show what is solved of each exercise, with points, from the notes on this machine.

    Examples
    --------
    >>> progress_page()
    """
    display_or_say(_Page(tallies()))


def tallies() -> list[Tally]:
    """Count what is solved, lesson by lesson, of those with an exercise or practice."""
    notes = read_notes(_SECTION)
    by_lesson: dict[str, list[Question]] = {}
    for question in all_questions().values():
        by_lesson.setdefault(question.lesson, []).append(question)
    return [_tally(lesson, asked, notes) for lesson, asked in by_lesson.items()]


def _tally(lesson: str, asked: list[Question], notes: Mapping[str, Any]) -> Tally:
    share = {question.name: _noted(notes, question.name) for question in asked}
    checked = [q for q in asked if not q.practice and not q.free_text]
    practice = [q for q in asked if q.practice]
    return Tally(
        lesson=lesson,
        solved=sum(share[q.name] == 1 for q in checked),
        count=len(checked),
        points=sum(share[q.name] * q.points for q in checked),
        out_of=sum(q.points for q in checked),
        text_points=sum(q.points for q in asked if q.free_text),
        practice=sum(share[q.name] == 1 for q in practice),
        practices=len(practice),
        left=tuple(q.title for q in checked if share[q.name] < 1),
        begun=any(q.name in notes for q in asked),
    )


def _share(verdict: Verdict) -> float:
    return verdict.points / verdict.out_of if verdict.out_of else 0.0


def _noted(notes: Mapping[str, Any], name: str, default: float = 0.0) -> float:
    """The share of the points that was noted; a note that no check wrote counts as none."""
    share = notes.get(name)
    if isinstance(share, bool) or not isinstance(share, int | float):
        return default
    return float(share) if 0 <= share <= 1 else default


# --- what is shown -------------------------------------------------------------------------------
def _line(question: Question) -> str:
    tally = next(tally for tally in tallies() if tally.lesson == question.lesson)
    if question.practice:
        return messages.PROGRESS_PRACTICE.format(
            lesson=tally.lesson, solved=tally.practice, count=tally.practices
        )
    line = messages.PROGRESS_LINE.format(
        lesson=tally.lesson,
        solved=tally.solved,
        count=tally.count,
        points=Told(tally.points),
        out_of=Told(tally.out_of),
    )
    if tally.text_points:
        line += messages.PROGRESS_LINE_TEXT.format(points=Told(tally.text_points))
    return line


class _Page:
    """The table of what was begun, and the names of what was not."""

    def __init__(self, counted: list[Tally]) -> None:
        self._begun = [tally for tally in counted if tally.begun]
        self._rest = [tally.lesson for tally in counted if not tally.begun]

    def _rows(self) -> list[tuple[str, ...]]:
        return [
            (
                tally.lesson,
                _of(tally.solved, tally.count),
                _of(tally.points, tally.out_of),
                _of(tally.practice, tally.practices),
                "; ".join(tally.left) or messages.PROGRESS_NOTHING_LEFT,
            )
            for tally in self._begun
        ]

    def _closing(self) -> list[str]:
        if not self._begun:
            return [messages.PROGRESS_EMPTY]
        rest = messages.PROGRESS_NOT_BEGUN.format(lessons=", ".join(self._rest))
        return [rest, messages.PROGRESS_NOTE] if self._rest else [messages.PROGRESS_NOTE]

    def __repr__(self) -> str:
        lines = [messages.PROGRESS_TITLE]
        for row in self._rows():
            parts = zip(messages.PROGRESS_COLUMNS, row, strict=True)
            lines.append(" · ".join(f"{name}: {cell}" for name, cell in parts))
        return "\n".join(lines + self._closing())

    def _repr_html_(self) -> str:
        closing = "".join(f"<p>{html.escape(line)}</p>" for line in self._closing())
        if not self._begun:
            return f'<div class="course-progress">{closing}</div>'
        head = "".join(f'<th scope="col">{name}</th>' for name in messages.PROGRESS_COLUMNS)
        return (
            f'<div class="course-progress"><table><caption>{messages.PROGRESS_TITLE}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, self._rows()))}</tbody>"
            f"</table>{closing}</div>"
        )


def _row(cells: tuple[str, ...]) -> str:
    first, *others = map(html.escape, cells)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{o}</td>" for o in others) + "</tr>"


def _of(done: float, count: float) -> str:
    return messages.PROGRESS_OF.format(done=Told(done), count=Told(count)) if count else "—"
