"""Marks a folder of submissions: sandboxed runs, observations with a secret seed, judged here.

``make grade SUBMISSIONS=folder [SEED=…] [OUT=…]``. Nothing that a student wrote is imported,
unpickled or evaluated in this process: it reads sources as text, and what a kernel answered as
strict JSON of bounded size. A killed run goes on where it was; the order of the files changes
nothing.

A file is read (:mod:`~course_utils.grading.reading`), run and judged
(:mod:`~course_utils.grading.running`, behind :mod:`~course_utils.grading.walls`), and becomes marks
and pages (:mod:`~course_utils.grading.reports`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from course_utils import messages
from course_utils._notices import say
from course_utils.grading.errors import GraderError
from course_utils.grading.paths import EXERCISES, SOLUTIONS
from course_utils.grading.reading.exercises import Exercise, load_exercises
from course_utils.grading.reading.roster import choose_exercises, class_list
from course_utils.grading.reading.submissions import read_submissions
from course_utils.grading.reports.given import keep_old, read_given
from course_utils.grading.reports.marks import Record, assemble
from course_utils.grading.reports.models import load_models
from course_utils.grading.reports.returns import check_sheet
from course_utils.grading.reports.reviews import Review
from course_utils.grading.reports.sheets import STYLES
from course_utils.grading.reports.store import open_store
from course_utils.grading.reports.tables import write_reports
from course_utils.grading.running import Terms, fitting_workers, run_submissions
from course_utils.grading.submission import Submission
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.probe import require_walls
from course_utils.grading.workers import Workers

__all__ = ["GraderError", "Limits", "Report", "grade", "list_class"]


@dataclass(frozen=True)
class Report:
    """What a grading came to.

    Attributes
    ----------
    records : list of Record
        One per student.
    reviews : list of Review
        What a human must look at.
    files : int
        Files that were handed in.
    runs : int
        Notebooks run now; the others were stored already or are equal.
    peak_mb : float
        Most memory that one kernel and its children held.
    """

    records: list[Record]
    reviews: list[Review]
    files: int
    runs: int
    peak_mb: float


def grade(
    source: str | Path,
    out: str | Path,
    seed: int | None = None,
    *,
    isolated: bool = True,
    workers: int | None = None,
    limits: Limits | None = None,
    exercises: str | Path = EXERCISES,
    only: Sequence[str] = (),
    excel: str = "",
    sheet: Path | None = None,
    stream: TextIO | None = None,
) -> Report:
    """Mark everything in a folder or zip and write marks, feedback, reviews and a summary.

    Parameters
    ----------
    source : path
        Folder of notebooks named anyhow, one folder per student, or a zip of a platform.
    out : path
        Where to write; a folder that holds part of a grading is continued.
    seed : int, optional
        The secret seed. Default: that of the folder, or a new random one.
    isolated : bool, default=True
        Whether to run the notebooks inside bubblewrap.
    workers : int, optional
        Notebooks at once; default, one per core, as far as the memory of the machine reaches.
    limits : Limits, optional
        What one submission may use.
    exercises : path
        The notebooks that were handed out.
    only : sequence of str
        Numbers of the exercises to grade (``"03"``); default, all that were handed in.
    excel : str
        ``"es"`` writes tables for a Spanish Excel.
    sheet : Path, optional
        The grading worksheet of a Moodle assignment; a copy of it is filled.
    stream : file, optional
        Where the class and the progress are told; default, stderr.

    Returns
    -------
    Report
        The same as in the files.

    Raises
    ------
    GraderError
        One Spanish sentence: no sandbox, no submissions, a folder of another grading, a full disk.
    """
    source, out, exercises = Path(source), Path(out), Path(exercises)
    stream = sys.stderr if stream is None else stream
    limits = limits or Limits()
    terms = Terms(isolated, limits, workers or fitting_workers(limits))
    _check_paths(source, out)
    table = out / "revisar.csv"
    if sheet is not None:
        check_sheet(sheet)
    if isolated:
        require_walls()
    else:
        say(messages.GRADER_UNSAFE, stream)
    try:
        with open_store(out, seed) as store, Workers(exercises, terms.workers) as own:
            given = read_given(table)
            submissions, chosen = _read(source, exercises, only, own)
            say(class_list(submissions, chosen), stream)
            runs, peak = run_submissions(submissions, store, terms, stream)
            models = load_models(SOLUTIONS, chosen)
            records, reviews = assemble(submissions, chosen, given, models)
            if warning := keep_old(table, given, reviews):
                say(warning, stream)
            reviews = write_reports(out, records, reviews, chosen, own, STYLES[excel], sheet)
    except OSError as error:  # a full disk, a folder that may not be written, a file held open
        text = messages.GRADER_DISK.format(out=out, error=error.strerror or error)
        raise GraderError(text) from error
    return Report(records, reviews, len(submissions), runs, peak)


def list_class(
    source: str | Path, *, exercises: str | Path = EXERCISES, only: Sequence[str] = ()
) -> str:
    """Tell who is who in a folder or zip; nothing is run or written.

    Parameters
    ----------
    source, exercises, only
        As in :func:`grade`.

    Returns
    -------
    str
        The layout that was recognised, and a line for each student.

    Raises
    ------
    GraderError
        One Spanish sentence: no submissions, no such exercise.
    """
    source, exercises = Path(source), Path(exercises)
    _check_source(source)
    with Workers(exercises, os.cpu_count() or 1) as own:
        return class_list(*_read(source, exercises, only, own))


def _read(
    source: Path, exercises: Path, only: Sequence[str], workers: Workers
) -> tuple[list[Submission], list[Exercise]]:
    """What was handed in, and the exercises that are graded."""
    known = load_exercises(exercises)
    submissions = read_submissions(source, known, workers)
    if not submissions:
        raise GraderError(messages.GRADER_NOTHING.format(source=source))
    return submissions, choose_exercises(known, submissions, only)


def _check_source(source: Path) -> None:
    if not source.exists():
        raise GraderError(messages.GRADER_NO_SOURCE.format(source=source))


def _check_paths(source: Path, out: Path) -> None:
    _check_source(source)
    if source.is_dir() and out.resolve().is_relative_to(source.resolve()):
        raise GraderError(messages.GRADER_INSIDE)
