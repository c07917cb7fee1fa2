"""Runs what is not stored yet, once per content, and judges each result as it comes."""

from __future__ import annotations

import functools
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from course_utils import checks, messages
from course_utils._draws import open_exchange
from course_utils._notices import is_terminal, say
from course_utils.grading.judging import judge_run
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.store import Store
from course_utils.grading.submission import Submission
from course_utils.grading.walls.job import Job
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.package import strip_package
from course_utils.grading.walls.pool import run_all

__all__ = ["Terms", "fitting_workers", "run_submissions"]

Run = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Terms:
    """How submissions are run.

    Attributes
    ----------
    isolated : bool
        Whether inside bubblewrap.
    limits : Limits
        What one submission may use.
    workers : int
        How many at once; no result hangs on it.
    """

    isolated: bool = True
    limits: Limits = field(default_factory=Limits)
    workers: int = 1

    @property
    def conditions(self) -> list[Any]:
        """What a result hangs on, beside the code and the seed."""
        return [self.isolated, platform.python_version(), *asdict(self.limits).values()]


def fitting_workers(limits: Limits) -> int:
    """How many notebooks can run at once and each use all that it may.

    Parameters
    ----------
    limits : Limits
        What one submission may use.

    Returns
    -------
    int
        At least 1, at most one per core.
    """
    cores = os.cpu_count() or 1
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:  # no Linux
        return cores
    free = next((int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), 0)
    return max(1, min(cores, free // 1024 // limits.memory_mb))


def run_submissions(
    submissions: Sequence[Submission], store: Store, terms: Terms, stream: TextIO
) -> tuple[int, float]:
    """Give every submission with an exercise its `key` and `result`.

    Parameters
    ----------
    submissions : sequence of Submission
        As read.
    store : Store
        Holds the secret seed and the finished runs.
    terms : Terms
        How to run.
    stream : file
        Where the progress goes.

    Returns
    -------
    runs, peak_mb
        How many ran now, and the most memory that one kernel and its children held.
    """
    by_key: dict[str, tuple[Exercise, list[str]]] = {}
    for submission in submissions:
        exercise, code = submission.exercise, submission.code
        if exercise is not None:
            submission.key = store.key(exercise.lesson, code, terms.conditions)
            by_key[submission.key] = (exercise, code)
    results = {key: stored for key in by_key if (stored := store.load(key)) is not None}
    todo = {key: by_key[key] for key in sorted(by_key.keys() - results.keys())}
    if results and todo:
        text = messages.GRADER_RESUMED.format(done=len(results), total=len(by_key))
        say(text, stream)
    results |= _run(todo, store, terms, stream)
    for submission in submissions:
        if submission.key:
            submission.result = results[submission.key]
    return len(todo), max((float(result["peak_mb"]) for result in results.values()), default=0.0)


def _run(
    todo: dict[str, tuple[Exercise, list[str]]], store: Store, terms: Terms, stream: TextIO
) -> Iterator[Run]:
    """Run, judge and store; yield key and result."""
    if not todo:
        return
    with store.scratch() as folder:
        course = folder / "c"
        strip_package(course)
        jobs = [(key, _job(*todo[key], store.seed, course, terms)) for key in todo]
        for key, raw in _progress(run_all(jobs, terms.limits, terms.workers), len(jobs), stream):
            result = judge_run(todo[key][0], raw, store.seed, terms.limits)
            if raw["cells"]:  # a runner that did not even start is tried again next time
                store.save(key, result)
            yield key, result


def _job(exercise: Exercise, code: list[str], seed: int, course: Path, terms: Terms) -> Job:
    names = [question.name for question in exercise.checked]
    drawn = {name: sent for name in names if (sent := _drawn(name, seed))}
    return Job(
        cells=code,
        questions=names,
        seed=seed,
        course=str(course),
        isolated=terms.isolated,
        public_seed=checks.PUBLIC_SEED,
        limits=asdict(terms.limits),
        drawn=drawn,
    )


@functools.cache
def _drawn(name: str, seed: int) -> list[dict[str, Any]]:
    """What is sent with the secret and with the public seed; nothing where more is needed."""
    secret = open_exchange(name, seed)
    if not secret.is_plain:
        return []
    return [secret.sent, open_exchange(name, checks.PUBLIC_SEED).sent]


def _progress(runs: Iterator[Run], total: int, stream: TextIO) -> Iterator[Run]:
    """Say how far it is, often on a terminal and seldom in a file."""
    from tqdm import tqdm

    yield from tqdm(
        runs,
        total=total,
        file=_Notices(stream),
        bar_format=messages.GRADER_PROGRESS,
        unit="cuaderno",
        mininterval=0.2 if is_terminal(stream) else 15,
    )


class _Notices:
    """What tqdm writes to: a stream that fails costs the bar, never the marks."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding = getattr(stream, "encoding", None)

    def write(self, text: str) -> None:
        say(text, self._stream, "")

    def flush(self) -> None:
        """Every notice is flushed."""
