"""Reads what was handed in: each file once, in a worker, what it answers, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from course_utils import messages
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reading.files import Unit, find_units, is_zip
from course_utils.grading.reading.platforms import is_receipt
from course_utils.grading.reading.readings import Facts
from course_utils.grading.reading.students import Handed, who_is_who
from course_utils.grading.submission import Submission
from course_utils.grading.workers import Failed, Workers

__all__ = ["read_submissions"]

_GROUP = 100  # small files share a request
_SMALL = 2**20  # bytes that such a group may hold


def read_submissions(source: Path, known: Sequence[Exercise], workers: Workers) -> list[Submission]:
    """Read every file of a folder or zip; what cannot be read carries its problem.

    Parameters
    ----------
    source : Path
        Folder of notebooks named anyhow, one folder per student, or a zip of a platform.
    known : sequence of Exercise
        What was handed out.
    workers : Workers
        Open the files, each within a budget of its own.

    Returns
    -------
    list of Submission
        In the order of the names, not run yet.
    """
    by_lesson = {exercise.lesson: exercise for exercise in known}
    found = [
        Submission(facts, exercise=by_lesson.get(facts.lesson))
        for facts in _read(_entries(find_units(source), workers), workers)
    ]
    found.sort(key=lambda file: file.facts.parts)
    people = who_is_who(list(map(_handed, found)), [exercise.stem for exercise in known])
    for submission, person in zip(found, people, strict=True):
        submission.person = person
    return [file for file in found if not is_receipt(file.facts.parts[-1])]


def _handed(file: Submission) -> Handed:
    """A broken notebook is one by its name."""
    meant = file.facts.is_notebook or ".ipynb" in file.facts.parts[-1].lower()
    return Handed(tuple(file.facts.parts), meant, file.facts.lesson)


def _entries(units: Sequence[Unit], workers: Workers) -> list[Unit]:
    """Put the entries of every zip in its place."""
    zips = [unit for unit in units if is_zip(unit.path) and not unit.problem]
    listed = dict(zip(zips, workers.ask("list_zip", [u.as_dict() for u in zips]), strict=True))
    entries: list[Unit] = []
    for unit in units:
        answer = listed.get(unit, [unit.as_dict()])
        if isinstance(answer, Failed):
            problem = messages.GRADER_FAILED[answer.reason]
            answer = [Unit(unit.parts or ("zip",), unit.path, problem=problem).as_dict()]
        entries += [Unit(**fields | {"parts": tuple(fields["parts"])}) for fields in answer]
    return entries


def _read(units: Sequence[Unit], workers: Workers) -> Iterable[Facts]:
    groups = [[unit.as_dict() for unit in group] for group in _groups(units)]
    answers = workers.ask_in_groups("read_units", groups)
    for unit, answer in zip(units, answers, strict=True):
        if isinstance(answer, Failed):
            yield Facts(list(unit.parts), messages.GRADER_FAILED[answer.reason])
        else:
            yield from (Facts(**fields) for fields in answer)


def _groups(units: Iterable[Unit]) -> list[list[Unit]]:
    """Neighbours that are small together."""
    groups: list[list[Unit]] = []
    size = 0
    for unit in units:
        size += unit.size
        if not groups or len(groups[-1]) == _GROUP or size > _SMALL:
            groups.append([])
            size = unit.size
        groups[-1].append(unit)
    return groups
