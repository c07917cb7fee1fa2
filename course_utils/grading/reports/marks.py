"""Puts files, runs and verdicts together: one record per student, and what a human must see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from course_utils import messages
from course_utils.checks import Question
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reading.names import spanish_order
from course_utils.grading.reading.platforms import Person
from course_utils.grading.reports.given import Given
from course_utils.grading.reports.models import Models
from course_utils.grading.reports.reviews import Review, copies, review_file
from course_utils.grading.submission import Answer, Submission

__all__ = ["Record", "assemble"]


@dataclass
class Record:
    """One student.

    Attributes
    ----------
    student : str
        The name.
    submissions : list of Submission
        All that they handed in.
    chosen : dict of str to Submission
        Lesson → the version that counts.
    answers : dict of str to Answer
        By question, those of exercises that were not handed in as well.
    texts : dict of str to str
        Free answers by question.
    """

    student: str
    submissions: list[Submission]
    chosen: dict[str, Submission] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """How the platform names them."""
        return next(file.person for file in self.submissions if file.person)

    @property
    def is_final(self) -> bool:
        """Whether every answer that was handed in, readable or not, has its points."""
        waiting = (
            answer.state in ("por_revisar", "archivo_ilegible")
            or (answer.points is None and answer.message)
            for answer in self.answers.values()
        )
        return not any(waiting)

    @property
    def points(self) -> float:
        """Points so far, of programs and people."""
        return sum(answer.points or 0.0 for answer in self.answers.values())

    def pending(self, questions: Sequence[Question]) -> float:
        """Points that a human still gives."""
        names = {name for name, answer in self.answers.items() if answer.state == "por_revisar"}
        return sum(question.points for question in questions if question.name in names)


def assemble(
    submissions: Sequence[Submission],
    exercises: Sequence[Exercise],
    given: Mapping[str, Given] = MappingProxyType({}),
    models: Models = Models(),  # noqa: B008 (frozen)
) -> tuple[list[Record], list[Review]]:
    """Make one record per student out of all files; the order of the files changes nothing.

    Parameters
    ----------
    submissions : sequence of Submission
        Read, recognised, run.
    exercises : sequence of Exercise
        Those that appear in ``notas.csv``.
    given : dict of str to Given
        What a person said, by the key of the row.
    models : Models
        Published answers.

    Returns
    -------
    records : list of Record
        By name.
    reviews : list of Review
        What a human must look at.
    """
    by_student: dict[str, list[Submission]] = defaultdict(list)
    for submission in sorted(submissions, key=lambda file: (file.student, file.label)):
        by_student[submission.student].append(submission)
    copied = copies(submissions)
    records: list[Record] = []
    reviews: set[Review] = set()
    by_name = {question.name: question for e in exercises for question in e.questions}
    for student in sorted(by_student, key=spanish_order):
        own = by_student[student]
        record = Record(student, own)
        for exercise in exercises if student else ():
            reviews.update(_mark(record, exercise, models))
        for submission in own:
            reviews.update(review_file(submission, copied, models.code))
        if student:
            records.append(record)
            own_rows = [review for review in reviews if review.student == student]
            reviews -= set(own_rows)
            reviews |= {_decide(record, review, given, by_name) for review in own_rows}
    return records, sorted(reviews, key=lambda review: tuple(map(str, review.row())))


def _decide(
    record: Record,
    review: Review,
    given: Mapping[str, Given],
    questions: Mapping[str, Question],
) -> Review:
    """Enter what a person said of an answer: into the marks, and into its row again."""
    said = given.get(review.key)
    if said is None:
        return review
    if said.points is not None and review.possible is not None and review.question in questions:
        message = record.answers[review.question].message
        comment = said.comment or ("" if questions[review.question].free_text else message)
        record.answers[review.question] = Answer("leido", comment, "", said.points)
    return replace(review, points=said.points, comment=said.comment)


def _mark(record: Record, exercise: Exercise, models: Models) -> Iterator[Review]:
    """Enter the answers to one exercise into a record; yield what a human must look at."""
    versions = [file for file in record.submissions if file.exercise is exercise]
    if not versions:
        broken = any(file.problem and not file.facts.is_notebook for file in record.submissions)
        state = "archivo_ilegible" if broken else "sin_entregar"
        record.answers |= {question.name: Answer(state) for question in exercise.questions}
        return
    best = max(versions, key=lambda file: (file.points, file.key, file.label))
    record.chosen[exercise.lesson] = best
    distinct = len({file.key for file in versions})
    if distinct > 1:
        detail = messages.GRADER_SEVERAL.format(count=distinct)
        yield Review(record.student, best.label, "several", detail=detail)
    record.answers |= best.answers
    yield from _lost(record.student, exercise, best, versions)
    for question in exercise.texts:
        text = best.facts.texts.get(question.name, "")
        record.texts[question.name] = text
        record.answers[question.name] = Answer("por_revisar" if text else "sin_intentar")
        if text:
            name, points = question.name, question.points
            yield Review(record.student, best.label, "text", name, points, text[:8000])
            if models.holds(name, text):
                detail = messages.GRADER_MODEL_TEXT
                yield Review(record.student, best.label, "model", name, detail=detail)


def _lost(
    student: str, exercise: Exercise, best: Submission, versions: Sequence[Submission]
) -> Iterator[Review]:
    """Answers that a stored check calls right and that lost points here."""
    right = set[str]().union(*(file.facts.right for file in versions))
    for question in exercise.checked:
        points = best.answers[question.name].points or 0.0
        if question.name in right and points < question.points:
            detail = messages.GRADER_LOST.format(points=points, out_of=question.points)
            yield Review(student, best.label, "lost", question.name, question.points, detail)
