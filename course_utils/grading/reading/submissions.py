"""Reads what was handed in: each file once, what it answers, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from course_utils import messages
from course_utils.grading.reading.exercises import Exercise, recognise
from course_utils.grading.reading.files import File, find_files
from course_utils.grading.reading.notebooks import Unreadable, read_notebook
from course_utils.grading.reading.students import students
from course_utils.grading.submission import Submission

__all__ = ["read_submissions"]


def read_submissions(source: Path, known: Sequence[Exercise]) -> list[Submission]:
    """Read every file of a folder or zip; what cannot be read carries its problem.

    Parameters
    ----------
    source : Path
        See :func:`~course_utils.grading.reading.files.find_files`.
    known : sequence of Exercise
        What was handed out.

    Returns
    -------
    list of Submission
        In the order of the names, not run yet.
    """
    found: list[Submission] = []
    paths: list[tuple[tuple[str, ...], str]] = []
    for file in find_files(source):
        submission = _read(file, known)
        found.append(submission)
        paths.append((file.parts, submission.exercise.lesson if submission.exercise else ""))
    names = students(paths, [exercise.stem for exercise in known])
    for submission, name in zip(found, names, strict=True):
        submission.student = name
    return found


def _read(file: File, known: Sequence[Exercise]) -> Submission:
    submission = Submission(file.label, problem=file.problem)
    if file.problem:
        return submission
    try:
        notebook = read_notebook(file.data)
    except Unreadable as error:
        submission.problem = str(error)
        return submission
    submission.cells = notebook.cells
    submission.language, submission.python = notebook.language, notebook.python
    submission.exercise = recognise(notebook.cells, known)
    if submission.exercise is None:
        submission.problem = messages.GRADER_UNKNOWN_EXERCISE
    return submission
