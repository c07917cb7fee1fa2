"""One file that was handed in, and what came of it on its way through the rooms.

``reading`` fills it up to `exercise`, ``running`` fills `key` and `result`; ``reports`` only reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reading.platforms import Person
from course_utils.grading.reading.readings import Facts

__all__ = ["Answer", "Submission"]


@dataclass(frozen=True)
class Answer:
    """What is said about one question of one student; `points` is None while nobody knows.

    Attributes
    ----------
    state : str
        A state of a verdict, or ``"por_revisar"``, ``"sin_entregar"``, ``"archivo_ilegible"``.
    message : str
        For the student: quotes no hidden input.
    misconception : str
        Key of the named mistake, or empty.
    points : float or None
        None: not judged by a program, or not handed in.
    doubt : str
        For whoever grades: what no program decides about it.
    """

    state: str
    message: str = ""
    misconception: str = ""
    points: float | None = None
    doubt: str = ""


@dataclass
class Submission:
    """One file that was handed in.

    Attributes
    ----------
    facts : Facts
        What a worker read in it.
    person : Person or None
        Whose it is; None if it is nobody's.
    exercise : Exercise or None
        What it answers.
    key : str
        Names its run in the store.
    result : dict
        What is stored of its run: see :func:`course_utils.grading.judging.judge_run`.
    """

    facts: Facts
    person: Person | None = None
    exercise: Exercise | None = None
    key: str = ""
    result: dict[str, Any] = field(default_factory=dict)

    def set_aside(self, problem: str) -> None:
        """Leave it out of the marks, and say why."""
        self.facts, self.exercise = replace(self.facts, problem=problem), None

    @property
    def student(self) -> str:
        """The name; empty if it is nobody's."""
        return self.person.name if self.person else ""

    @property
    def label(self) -> str:
        """Its path, for people."""
        return "/".join(self.facts.parts)

    @property
    def problem(self) -> str:
        """Why it is not marked, in Spanish; empty if it is."""
        return self.facts.problem

    @property
    def is_lesson(self) -> bool:
        """Whether it is a lesson with predictions: read, and not marked."""
        return self.exercise is None and not self.problem

    @property
    def code(self) -> list[str]:
        """Sources of the code cells."""
        return self.facts.code

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers to the questions with a judge."""
        return {name: Answer(**stored) for name, stored in self.result["verdicts"].items()}

    @property
    def points(self) -> float:
        """Points of the questions with a judge."""
        return sum(answer.points or 0.0 for answer in self.answers.values())
