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

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from course_utils import messages
from course_utils._notices import say
from course_utils.grading.errors import GraderError
from course_utils.grading.paths import EXERCISES
from course_utils.grading.reading.exercises import load_exercises
from course_utils.grading.reading.submissions import read_submissions
from course_utils.grading.reports.marks import Record, assemble
from course_utils.grading.reports.reviews import Review
from course_utils.grading.reports.store import open_store
from course_utils.grading.reports.tables import write_reports
from course_utils.grading.running import Terms, fitting_workers, run_submissions
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.probe import require_walls
from course_utils.grading.workers import Workers

__all__ = ["GraderError", "Limits", "Report", "grade"]


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
    stream : file, optional
        Where the progress goes; default, stderr.

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
    if isolated:
        require_walls()
    else:
        say(messages.GRADER_UNSAFE, stream)
    try:
        with open_store(out, seed) as store, Workers(exercises, terms.workers) as own:
            known = load_exercises(exercises)
            submissions = read_submissions(source, known, own)
            if not submissions:
                raise GraderError(messages.GRADER_NOTHING.format(source=source))
            runs, peak = run_submissions(submissions, store, terms, stream)
            seen = [e for e in known if any(file.exercise is e for file in submissions)]
            records, reviews = assemble(submissions, seen)
            reviews = write_reports(out, records, reviews, seen, own)
    except OSError as error:  # a full disk, a folder that may not be written, a file held open
        text = messages.GRADER_DISK.format(out=out, error=error.strerror or error)
        raise GraderError(text) from error
    return Report(records, reviews, len(submissions), runs, peak)


def _check_paths(source: Path, out: Path) -> None:
    if not source.exists():
        raise GraderError(messages.GRADER_NO_SOURCE.format(source=source))
    if source.is_dir() and out.resolve().is_relative_to(source.resolve()):
        raise GraderError(messages.GRADER_INSIDE)
