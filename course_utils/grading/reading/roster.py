"""Says who is who before anything is marked: the layout, the students, the exercises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from course_utils import messages
from course_utils.grading.errors import GraderError
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reading.names import spanish_order
from course_utils.grading.submission import Submission

__all__ = ["choose_exercises", "class_list"]

_MOST_FILES = 20  # named in a student's line
_RARE = 1 / 3  # of the students that handed in the most frequent exercise


def choose_exercises(
    known: Sequence[Exercise], submissions: Sequence[Submission], wanted: Sequence[str]
) -> list[Exercise]:
    """The exercises that are graded: those that were asked for, else those that were handed in.

    Parameters
    ----------
    known : sequence of Exercise
        What was handed out.
    submissions : sequence of Submission
        As read; one of another exercise says so from here on.
    wanted : sequence of str
        Numbers of lessons (``"03"``, ``"3"``); empty for what was handed in.

    Returns
    -------
    list of Exercise

    Raises
    ------
    GraderError
        If there is no such exercise.
    """
    if not wanted:
        return [e for e in known if any(file.exercise is e for file in submissions)]
    numbers = [number.zfill(2) for text in wanted for number in text.replace(",", " ").split()]
    lessons = [exercise.lesson for exercise in known]
    for number in numbers:
        if number not in lessons:
            text = messages.GRADER_NO_EXERCISE.format(number=number, known=", ".join(lessons))
            raise GraderError(text)
    for file in submissions:
        if file.exercise is not None and file.exercise.lesson not in numbers:
            file.set_aside(messages.GRADER_NOT_NOW.format(lesson=file.exercise.lesson))
    return [exercise for exercise in known if exercise.lesson in numbers]


def class_list(submissions: Sequence[Submission], exercises: Sequence[Exercise]) -> str:
    """The class as it was recognised, in lines for a terminal.

    Parameters
    ----------
    submissions : sequence of Submission
        As read.
    exercises : sequence of Exercise
        Those that are graded.

    Returns
    -------
    str
        The layout, a line for each student, what is nobody's, and what the marks are out of.
    """
    return "\n".join([*_students(submissions), *_exercises(submissions, exercises)])


def _students(submissions: Sequence[Submission]) -> Iterator[str]:
    files: dict[str, list[str]] = defaultdict(list)
    layouts: dict[str, set[str]] = defaultdict(set)
    for file in submissions:
        files[file.student].append(_file(file))
        if file.person:
            layouts[file.person.layout].add(file.student)
    often = sorted(layouts, key=lambda name: (-len(layouts[name]), name))
    found = (f"{messages.GRADER_LAYOUTS[name]} ({len(layouts[name])})" for name in often)
    count = len(files.keys() - {""})
    yield messages.GRADER_CLASS.format(layouts=", ".join(found), students=count)
    for student in sorted(files.keys() - {""}, key=spanish_order):
        yield f"  {student}: {_few(files[student])}"
    if "" in files:
        yield f"  {messages.GRADER_NOBODY}: {_few(files[''])}"


def _few(files: Sequence[str]) -> str:
    """The first files: a zip may hold a thousand entries of one name."""
    rest = messages.GRADER_MORE_FILES.format(count=len(files) - _MOST_FILES)
    return ", ".join([*files[:_MOST_FILES], *([rest] if len(files) > _MOST_FILES else [])])


def _file(file: Submission) -> str:
    if file.problem:
        return f"{file.label} ({file.problem.rstrip('.')})"
    return f"{file.exercise.lesson if file.exercise else messages.GRADER_LESSON} {file.label}"


def _exercises(submissions: Sequence[Submission], exercises: Sequence[Exercise]) -> Iterator[str]:
    if not exercises:
        return
    handed: Counter[str] = Counter()
    for exercise in exercises:
        handed[exercise.lesson] = len(
            {file.student for file in submissions if file.exercise is exercise}
        )
    points = sum(question.points for exercise in exercises for question in exercise.questions)
    told = ", ".join(f"{lesson} ({count})" for lesson, count in handed.items())
    yield messages.GRADER_GRADED.format(exercises=told, points=f"{points:g}")
    often = max(handed.values())
    rare = {lesson: count for lesson, count in handed.items() if 0 < count < _RARE * often}
    if rare:
        told = ", ".join(f"{lesson} ({count})" for lesson, count in rare.items())
        asked = " ".join(lesson for lesson in handed if lesson not in rare)
        yield messages.GRADER_RARE.format(rare=told, asked=asked)
