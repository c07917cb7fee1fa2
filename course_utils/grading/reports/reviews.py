"""What a human must look at: the rows of ``revisar.csv``. None of them changes a mark."""

from __future__ import annotations

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from course_utils import messages
from course_utils.grading.submission import Submission
from course_utils.grading.walls.cells import first_line

__all__ = ["Review", "copies", "review_file"]

_UNJUDGED = (
    messages.GRADER_DAMAGED,
    messages.GRADER_NOT_RUN,
    messages.GRADER_JUDGE_SLOW,
    messages.ANSWER_DAMAGED,
)


@dataclass(frozen=True)
class Review:
    """One row; `kind` is a key of ``messages.GRADER_KINDS``.

    `possible` is what the question gives, where a person may give points; `points` and `comment`
    are what a person gave.
    """

    student: str
    label: str
    kind: str
    question: str = ""
    possible: float | None = None
    detail: str = ""
    points: float | None = None
    comment: str = ""

    @property
    def key(self) -> str:
        """Names the row in the next run as well, as long as it is about the same answer."""
        parts = (self.student, self.kind, self.question, self.detail)
        text = "\0".join(parts).encode("utf-8", "surrogatepass")
        return f"r{hashlib.sha256(text).hexdigest()[:16]}"

    def row(self) -> tuple[Any, ...]:
        """As columns."""
        kind = messages.GRADER_KINDS[self.kind]
        possible = "" if self.possible is None else self.possible
        points = "" if self.points is None else self.points
        about = (self.student, self.label, kind, self.question, possible)
        return (*about, points, self.comment, self.detail, self.key)


def copies(submissions: Sequence[Submission]) -> dict[str, set[str]]:
    """Students whose added code is the same, by its fingerprint."""
    found: dict[str, set[str]] = defaultdict(set)
    for submission in submissions:
        if submission.facts.fingerprint:
            found[submission.facts.fingerprint].add(submission.student)
    return {mark: names for mark, names in found.items() if len(names) > 1}


def review_file(
    submission: Submission, copied: dict[str, set[str]], published: frozenset[str]
) -> Iterator[Review]:
    """What is odd about one file, whatever its points.

    Parameters
    ----------
    submission : Submission
        Read and run.
    copied : dict of str to set of str
        What :func:`copies` found.
    published : frozenset of str
        Fingerprints of the course's own solutions.

    Yields
    ------
    Review
        In no order that matters.
    """

    def row(kind: str, detail: str) -> Review:
        return Review(submission.student, submission.label, kind, detail=detail)

    facts = submission.facts
    if submission.is_lesson:
        return
    if submission.exercise is None or submission.problem:
        yield row("unknown" if facts.is_notebook else "file", submission.problem)
        return
    if facts.language != "python":
        text = messages.GRADER_LANGUAGE.format(language=facts.language)
        yield row("file", text)
    for sentence in facts.suspicions:
        yield row("suspicious", sentence)
    if facts.fingerprint in published:
        yield row("model", messages.GRADER_MODEL_CODE)
    others = copied.get(facts.fingerprint, set()) - {submission.student}
    if others:
        yield row("copy", messages.GRADER_COPY.format(others=", ".join(sorted(others)[:10])))
    for number, run in enumerate(submission.result["cells"], 1):
        if run["status"] not in ("ok", "error"):
            what = messages.GRADER_CELL[run["status"]].format(error=run["error"])
            line = first_line("".join(submission.code[number - 1 : number]))
            yield row("ended", messages.FEEDBACK_CELL.format(cell=number, line=line, what=what))
        elif newer := _newer_python(submission, run["error"]):
            here = f"{sys.version_info.major}.{sys.version_info.minor}"
            text = messages.GRADER_NEWER_PYTHON.format(cell=number, newer=newer, here=here)
            yield row("python", f"{text} {run['error']}")
    for question in submission.exercise.checked:
        answer = submission.answers[question.name]
        if answer.message in _UNJUDGED:
            about = (submission.student, submission.label, "damaged", question.name)
            yield Review(*about, question.points, answer.message)
        if answer.doubt:
            about = (submission.student, submission.label, "doubt", question.name)
            yield Review(*about, question.points, answer.doubt)


def _newer_python(submission: Submission, error: str) -> str:
    """The Python in which a cell that is refused here may be right; empty if it is plain wrong.

    Without a version in the notebook, only f-strings are suspected: since 3.12 they may hold
    quotes, backslashes and comments.
    """
    if not error.startswith("SyntaxError"):
        return ""
    python = submission.facts.python
    if python is None:
        old = sys.version_info < (3, 12)
        return "3.12" if old and "f-string" in error else ""
    return "{}.{}".format(*python) if tuple(python) > sys.version_info[:2] else ""
