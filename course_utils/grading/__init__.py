"""Marks a folder of submissions: sandboxed runs, observations with a secret seed, judged here.

``make grade SUBMISSIONS=folder [SEED=…] [OUT=…]``. Nothing that a student wrote is imported,
unpickled or evaluated in this process: it reads sources as text, and what a kernel answered as
strict JSON of bounded size. A killed run goes on where it was; the order of the files changes
nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from course_utils import checks, messages
from course_utils._atomic import write_text
from course_utils._notices import say
from course_utils.grading.judging import feedback_verdict, verdict
from course_utils.grading.reading.exercises import Exercise, load_exercises, recognise
from course_utils.grading.reading.notebooks import Unreadable, read_cells
from course_utils.grading.reading.submissions import find_files, students
from course_utils.grading.reports import feedback
from course_utils.grading.reports.marks import Entry, Record, Review, assemble
from course_utils.grading.reports.store import GraderError, Store, write_csv
from course_utils.grading.reports.summary import write_summary
from course_utils.grading.walls import sandbox
from course_utils.grading.walls.job import Job
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.pool import Progress, run_all

__all__ = ["GraderError", "Limits", "Report", "grade", "main"]

_EXERCISES = Path(__file__).resolve().parents[2] / "exercises"


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
    exercises: str | Path = _EXERCISES,
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
        Notebooks at once; default, one per core.
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
        One Spanish sentence: no sandbox, no submissions, a folder of another grading.
    """
    source, out = Path(source), Path(out)
    stream = sys.stderr if stream is None else stream
    limits = limits or Limits()
    _check_paths(source, out)
    _check_sandbox(isolated, stream)
    store = Store(out, seed)
    with store.lock():
        known = load_exercises(Path(exercises))
        entries = _read(source, known)
        if not entries:
            raise GraderError(messages.GRADER_NOTHING.format(source=source))
        for entry in entries:
            if entry.exercise is not None:
                conditions = [isolated, *asdict(limits).values()]
                entry.key = store.key(entry.exercise.lesson, entry.code, conditions)
        runs, peak = _run(entries, store, limits, isolated, workers or os.cpu_count() or 1, stream)
        seen = [e for e in known if any(entry.exercise is e for entry in entries)]
        records, reviews = assemble(entries, seen)
        _write(out, records, reviews, seen, len(entries))
    return Report(records, reviews, len(entries), runs, peak)


def _check_paths(source: Path, out: Path) -> None:
    if not source.exists():
        raise GraderError(messages.GRADER_NO_SOURCE.format(source=source))
    if source.is_dir() and out.resolve().is_relative_to(source.resolve()):
        raise GraderError(messages.GRADER_INSIDE)


def _check_sandbox(isolated: bool, stream: TextIO) -> None:
    if not isolated:
        say(messages.GRADER_UNSAFE, stream)
        return
    if sandbox.bubblewrap() is None:
        raise GraderError(messages.GRADER_NO_SANDBOX)
    problem = sandbox.probe()
    if problem:
        last = problem.strip().splitlines()[-1]
        raise GraderError(messages.GRADER_SANDBOX_BROKEN.format(error=last))


def _read(source: Path, known: Sequence[Exercise]) -> list[Entry]:
    """Read every file once, keep the text of its cells, find out what and whose it is."""
    entries: list[Entry] = []
    paths = []
    for file in find_files(source):
        entry = Entry(file.label, "", file.problem)
        if not file.problem:
            try:
                entry.cells, entry.language = read_cells(file.data)
                entry.exercise = recognise(entry.cells, known)
            except Unreadable as error:
                entry.problem = str(error)
        if entry.cells and entry.exercise is None:
            entry.problem = messages.GRADER_UNKNOWN_EXERCISE
        entries.append(entry)
        paths.append((file.parts, entry.exercise.lesson if entry.exercise else ""))
    names = students(paths, [exercise.stem for exercise in known])
    for entry, name in zip(entries, names, strict=True):
        entry.student = name
    return entries


def _run(
    entries: Sequence[Entry],
    store: Store,
    limits: Limits,
    isolated: bool,
    workers: int,
    stream: TextIO,
) -> tuple[int, float]:
    """Run what is not stored yet, once per content; judge each result as it comes."""
    by_key = {entry.key: entry for entry in entries if entry.key}
    results = {key: stored for key in by_key if (stored := store.load(key)) is not None}
    todo = sorted(by_key.keys() - results.keys())
    if results and todo:
        text = messages.GRADER_RESUMED.format(done=len(results), total=len(by_key))
        say(text, stream)
    peak = max((float(stored["peak_mb"]) for stored in results.values()), default=0.0)
    if todo:
        with store.scratch() as folder:
            course = folder / "c"
            sandbox.strip_package(course)
            jobs = [(k, _job(by_key[k], store.seed, limits, isolated, course)) for k in todo]
            progress = Progress(len(jobs), stream)
            for key, raw in run_all(jobs, limits, workers):
                results[key] = _judged(by_key[key], raw, store.seed, limits)
                if raw["cells"]:  # a runner that did not even start is tried again next time
                    store.save(key, results[key])
                peak = max(peak, float(raw["peak_mb"]))
                progress.step()
    for entry in entries:
        if entry.key:
            entry.result = results[entry.key]
    return len(todo), peak


def _job(entry: Entry, seed: int, limits: Limits, isolated: bool, course: Path) -> Job:
    assert entry.exercise is not None
    names = [question.name for question in entry.exercise.checked]
    return Job(
        cells=entry.code,
        questions=names,
        seed=seed,
        course=str(course),
        isolated=isolated,
        public_seed=checks.PUBLIC_SEED,
        limits=asdict(limits),
    )


def _judged(entry: Entry, raw: dict[str, Any], seed: int, limits: Limits) -> dict[str, Any]:
    """A result as it is stored: what happened to the cells, and the verdicts."""
    assert entry.exercise is not None
    verdicts = {}
    for question in entry.exercise.checked:
        text, status = raw["answers"][question.name]
        secret = verdict(question, text, status, seed, limits)
        public_text, public_status = raw["public"].get(question.name, ("", "error"))
        verdicts[question.name] = {
            "state": secret.state,
            "message": feedback_verdict(question, secret, public_text, public_status, limits),
            "misconception": secret.misconception or "",
            "points": secret.points if secret.message != messages.GRADER_NOT_RUN else None,
        }
    kept = {key: raw.get(key) for key in ("cells", "seconds", "peak_mb", "restarts")}
    return kept | {"verdicts": verdicts}


def _write(
    out: Path,
    records: Sequence[Record],
    reviews: Sequence[Review],
    exercises: Sequence[Exercise],
    files: int,
) -> None:
    questions = [question for exercise in exercises for question in exercise.questions]
    state_heads = [messages.GRADER_STATE_COLUMN.format(question=q.name) for q in questions]
    head = [*messages.GRADER_COLUMNS, *(q.name for q in questions), *state_heads]
    out_of = sum(question.points for question in questions)
    rows = []
    for record in records:
        answers = [record.answers[question.name] for question in questions]
        labels = "; ".join(entry.label for entry in record.entries)
        points = ["" if answer.points is None else answer.points for answer in answers]
        totals = (record.student, labels, record.points, out_of, record.pending(questions))
        rows.append([*totals, *points, *(answer.state for answer in answers)])
    write_csv(out / "notas.csv", head, rows)
    review_rows = [review.row() for review in reviews]
    write_csv(out / "revisar.csv", messages.GRADER_REVIEW_COLUMNS, review_rows)
    pages = out / "comentarios"
    pages.mkdir(exist_ok=True)
    wanted = {feedback.file_name(record.student): record for record in records}
    for name, record in wanted.items():
        write_text(pages / name, feedback.page(record, exercises), errors="replace")
    for path in pages.glob("*.html"):
        if path.name not in wanted:  # of a submission that is no longer there
            path.unlink()
    line = messages.SUMMARY_LINE.format(students=len(records), files=files, review=len(reviews))
    write_summary(out, records, exercises, line)


def _expanded(path: Path) -> Path:
    """A path with its ``~`` replaced; quoted, or after ``OUT=``, the shell leaves it in."""
    try:
        return path.expanduser()
    except RuntimeError:  # no such user, or one without a home
        raise GraderError(messages.GRADER_NO_HOME.format(path=path)) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; see ``make help``."""
    parser = argparse.ArgumentParser(prog="make grade", description=__doc__)
    parser.add_argument("source")
    parser.add_argument("--out", type=Path, default=Path("notas"))
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--sin-aislamiento", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        if not chosen.source:
            raise GraderError(messages.GRADER_NO_SOURCE.format(source="«SUBMISSIONS»"))
        report = grade(
            _expanded(Path(chosen.source)),
            _expanded(chosen.out),
            chosen.seed,
            isolated=not chosen.sin_aislamiento,
            workers=chosen.workers,
        )
    except GraderError as error:
        say(str(error), sys.stderr)
        return 2
    except KeyboardInterrupt:
        say(f"\n{messages.GRADER_INTERRUPTED}", sys.stderr)
        return 130
    say(
        messages.GRADER_DONE.format(
            students=len(report.records),
            files=report.files,
            review=len(report.reviews),
            out=chosen.out,
        )
    )
    return 0
