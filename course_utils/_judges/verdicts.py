"""What a judge says: verdicts, questions, findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_utils import messages

__all__ = ["STATES", "Finding", "Question", "Verdict", "number", "numbers", "truth"]
__all__ += ["UnexpectedValue", "column", "doubt_of_search", "positions", "wrong"]

_EMPHASIS = re.compile(r"(`[^`\n]+`)|(\*{1,2})(\w[^*`]*)\2")  # code keeps its asterisks
STATES = ("sin_intentar", "correcto", "incorrecto", "fallo", "no_verificable")


@dataclass(frozen=True)
class Verdict:
    """What is said to a student about one question.

    Attributes
    ----------
    state : str
        One of ``STATES``: not tried, right, wrong, their code raised, cannot be checked.
    message : str
        In Spanish, plain text; `` `code` `` between backticks. It may quote the student's values:
        escape it before it enters HTML.
    misconception : str or None
        Key of the named mistake, when the state is ``"incorrecto"``.
    points, out_of : float
        Points won and points of the question.
    doubt : str
        In Spanish, for whoever grades: what a program cannot decide about a good answer. Empty for
        most.
    """

    state: str
    message: str
    misconception: str | None
    points: float
    out_of: float
    doubt: str = ""


@dataclass(frozen=True)
class Finding:
    """A mistake that a judge found: its key, what fills its message, the share of points left."""

    key: str
    details: Mapping[str, Any] = field(default_factory=dict)
    share: float = 0.0


Judge = Callable[[Mapping[str, Any], int], Finding | None]


@dataclass(frozen=True)
class Question:
    """One question: of an exercise, or of the practice inside a lesson.

    Attributes
    ----------
    name : str
        Unique in the course: ``check("name")``, or the mark of a free text.
    lesson : str
        Two digits, as the file names begin: ``"02"``.
    title : str
        In Spanish, for marks and feedback.
    points : float
        What a right answer is worth; 0 is practice: a lesson checks it, no exercise asks it.
    judge : callable or None
        Of (data, seed): None if the answer is right, else the first mistake found. None instead
        of a judge: a free text, which a human reads.
    messages : mapping of str to str
        Message of each mistake, by key; templates for :meth:`str.format`.
    doubt : callable or None
        Of the data of an answer that wins points: a sentence for whoever grades, or an empty text.
    """

    name: str
    lesson: str
    title: str
    points: float
    judge: Judge | None = None
    messages: Mapping[str, str] = field(default_factory=dict)
    doubt: Callable[[Mapping[str, Any]], str] | None = None

    def template(self, key: str) -> str:
        """Message of a mistake, to be filled in: plain text, without the asterisks of emphasis."""
        return _EMPHASIS.sub(lambda match: match[1] or match[3], self.messages[key])

    @property
    def free_text(self) -> bool:
        """Whether a human reads the answer: it stands in a text cell, and has no check."""
        return self.judge is None

    @property
    def practice(self) -> bool:
        """Whether a lesson asks it, in passing: nobody hands it in, and it is worth no points."""
        return self.points == 0


def doubt_of_search(trials: int, left: Any) -> str:
    """What whoever grades should ask about a search, given its table and its traces; or nothing."""
    if isinstance(left, int) and left >= trials:
        return ""
    return messages.GRADER_DOUBT.format(trials=trials, left=left if isinstance(left, int) else 0)


def wrong(key: str, *, share: float = 0.0, **details: Any) -> Finding:
    """Name a mistake; `details` fill its message."""
    return Finding(key, details, share)


class UnexpectedValue(TypeError):  # noqa: N818 (a finding, not an error of the program)
    """A value of another kind than asked for: the answer is wrong, and the student is told why."""

    def __init__(self, value: Any) -> None:
        super().__init__(type(value).__name__)
        self.value = value


def number(value: Any) -> float:
    """Read one number out of an observation; ``"nan"`` and ``"inf"`` are numbers too.

    Raises
    ------
    UnexpectedValue
        If it is no number: None, a bool, a list, another text.
    """
    if isinstance(value, bool) or not (
        isinstance(value, int | float) or (isinstance(value, str) and value in _NOT_FINITE)
    ):
        raise UnexpectedValue(value)
    return float(value)


_NOT_FINITE = ("nan", "inf", "-inf")


def column(values: Any) -> list[Any]:
    """Read a list; of a matrix with a single column, that column.

    Raises
    ------
    UnexpectedValue
        If it is no list.
    """
    if not isinstance(values, list):
        raise UnexpectedValue(values)
    if values and all(isinstance(row, list) and len(row) == 1 for row in values):
        return [row[0] for row in values]
    return values


def texts(values: Any) -> list[str]:
    """Read a list of texts; raises UnexpectedValue if it, or an element, is anything else."""
    found = column(values)
    for name in found:
        if not isinstance(name, str):
            raise UnexpectedValue(name)
    return found


def numbers(values: Any) -> list[float]:
    """Read a list of numbers; raises UnexpectedValue if it, or an element, is anything else."""
    if not isinstance(values, list):
        raise UnexpectedValue(values)
    return [number(value) for value in values]


def positions(values: Any) -> list[int]:
    """Read a list or a column of whole numbers: 3.0 is 3, and 1.7 is no position.

    Raises
    ------
    UnexpectedValue
        If it, or an element, is anything else.
    """
    found = numbers(column(values))
    for value in found:
        if not value.is_integer():
            raise UnexpectedValue(value)
    return [int(value) for value in found]


def truth(value: Any) -> bool:
    """Read a True or False (1 and 0 pass); raises UnexpectedValue if it is anything else."""
    if isinstance(value, bool):
        return value
    if number(value) not in (0, 1):
        raise UnexpectedValue(value)
    return bool(value)
