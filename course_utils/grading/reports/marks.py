"""Puts runs, verdicts and files together: one record per student, and what a human must look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from course_utils import messages
from course_utils.checks import Question
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reading.notebooks import Cell
from course_utils.grading.reading.suspicion import suspicious

__all__ = ["Answer", "Entry", "Record", "Review", "assemble"]


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
    """

    state: str
    message: str = ""
    misconception: str = ""
    points: float | None = None


@dataclass
class Entry:
    """One file that was handed in, and what came of it."""

    label: str
    student: str
    problem: str = ""
    language: str = "python"
    cells: list[Cell] = field(default_factory=list)
    exercise: Exercise | None = None
    key: str = ""
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> list[str]:
        """Sources of the code cells."""
        return [cell.source for cell in self.cells if cell.kind == "code"]

    def answers(self) -> dict[str, Answer]:
        """Answers to the questions with a judge."""
        return {name: Answer(**stored) for name, stored in self.result["verdicts"].items()}

    @property
    def points(self) -> float:
        """Points of the questions with a judge."""
        return sum(answer.points or 0.0 for answer in self.answers().values())


@dataclass(frozen=True)
class Review:
    """One row of ``revisar.csv``."""

    student: str
    label: str
    kind: str
    question: str = ""
    points: float | None = None
    detail: str = ""

    def row(self) -> tuple[Any, ...]:
        """As columns."""
        kind = messages.GRADER_KINDS[self.kind]
        points = "" if self.points is None else self.points
        return (self.student, self.label, kind, self.question, points, self.detail)


@dataclass
class Record:
    """One student."""

    student: str
    entries: list[Entry]
    chosen: dict[str, Entry] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """Points that programs gave."""
        return sum(answer.points or 0.0 for answer in self.answers.values())

    def pending(self, questions: Sequence[Question]) -> float:
        """Points that a human still gives."""
        names = {name for name, answer in self.answers.items() if answer.state == "por_revisar"}
        return sum(question.points for question in questions if question.name in names)


def assemble(
    entries: Sequence[Entry], exercises: Sequence[Exercise]
) -> tuple[list[Record], list[Review]]:
    """Make one record per student out of all files; the order of the files changes nothing.

    Parameters
    ----------
    entries : sequence of Entry
        Read, recognised, run.
    exercises : sequence of Exercise
        Those that appear in ``notas.csv``.

    Returns
    -------
    records : list of Record
        By name.
    reviews : list of Review
        What a human must look at.
    """
    by_student: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.student, entry.label)):
        by_student[entry.student].append(entry)
    copies = _copies(entries)
    records: list[Record] = []
    reviews: list[Review] = []
    for student, own in sorted(by_student.items()):
        record = Record(student, own)
        for exercise in exercises:
            _one_exercise(record, exercise, reviews)
        for entry in own:
            reviews += _of_entry(entry, copies)
        records.append(record)
    return records, sorted(set(reviews), key=lambda review: tuple(map(str, review.row())))


def _one_exercise(record: Record, exercise: Exercise, reviews: list[Review]) -> None:
    versions = [entry for entry in record.entries if entry.exercise is exercise]
    if not versions:
        broken = any(entry.problem and not entry.cells for entry in record.entries)
        state = "archivo_ilegible" if broken else "sin_entregar"
        record.answers |= {question.name: Answer(state) for question in exercise.questions}
        return
    best = max(versions, key=lambda entry: (entry.points, entry.key, entry.label))
    record.chosen[exercise.lesson] = best
    if len({entry.key for entry in versions}) > 1:
        detail = messages.GRADER_SEVERAL.format(count=len({entry.key for entry in versions}))
        reviews.append(Review(record.student, best.label, "several", detail=detail))
    judged = best.answers()
    texts = exercise.free_texts(best.cells)
    for question in exercise.questions:
        if not question.free_text:
            record.answers[question.name] = judged[question.name]
            continue
        text = texts[question.name]
        record.texts[question.name] = text
        record.answers[question.name] = Answer("por_revisar" if text else "sin_intentar")
        if text:
            points = question.points
            review = Review(record.student, best.label, "text", question.name, points, text[:8000])
            reviews.append(review)


def _of_entry(entry: Entry, copies: dict[str, set[str]]) -> list[Review]:
    def review(kind: str, detail: str, question: str = "") -> Review:
        return Review(entry.student, entry.label, kind, question, None, detail)

    if entry.problem:
        kind = "unknown" if entry.cells else "file"
        return [review(kind, entry.problem)]
    assert entry.exercise is not None
    found = []
    if entry.language != "python":
        text = messages.GRADER_LANGUAGE.format(language=entry.language[:40])
        found.append(review("file", text))
    found += [review("suspicious", s) for s in suspicious(entry.cells, entry.exercise.lines)]
    others = copies.get(entry.exercise.fingerprint(entry.cells), set()) - {entry.student}
    if others:
        text = messages.GRADER_COPY.format(others=", ".join(sorted(others)[:10]))
        found.append(review("copy", text))
    for number, run in enumerate(entry.result["cells"], 1):
        if run["status"] not in ("ok", "error"):
            what = messages.GRADER_CELL[run["status"]].format(error=run["error"])
            text = messages.FEEDBACK_CELL.format(cell=number, what=what)
            found.append(review("ended", text))
    for name, answer in entry.answers().items():
        damaged = (messages.GRADER_DAMAGED, messages.GRADER_NOT_RUN, messages.GRADER_JUDGE_SLOW)
        if answer.message in (*damaged, messages.ANSWER_DAMAGED):
            found.append(review("damaged", answer.message, name))
    return found


def _copies(entries: Sequence[Entry]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.exercise is not None:
            mark = entry.exercise.fingerprint(entry.cells)
            if mark:
                found[mark].add(entry.student)
    return {mark: names for mark, names in found.items() if len(names) > 1}
