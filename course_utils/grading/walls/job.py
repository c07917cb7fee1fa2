"""Runs one submission: a process of its own, job in on stdin, JSON out on stdout.

``python -m course_utils.grading.walls.job``. It starts the kernel behind the walls, runs the cells,
draws the questions, asks them and hands the answers on unread; the seed stays in this process. A
cell that kills the kernel costs itself: the others run again without it. Of a cell that does not
parse, the statements that do are run.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_utils._draws import Exchange, open_exchange
from course_utils.grading.walls.cells import is_syntax_error, statements
from course_utils.grading.walls.kernel import Kernel, KernelGone
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.run import Run

__all__ = ["Job", "run_job"]

_QUESTIONS_SHARE = 0.5  # of the notebook's time, added for the questions


@dataclass(frozen=True)
class Job:
    """What to run.

    Attributes
    ----------
    cells : list of str
        Sources of the code cells, in order.
    questions : list of str
        What to ask afterwards.
    seed : int
        Draws the inputs of the questions; the kernel never learns it.
    course : str
        The stripped package.
    isolated : bool
        Whether bubblewrap is used.
    public_seed : int or None
        Also ask with this one, for the feedback.
    limits : dict
        Fields of :class:`~course_utils.grading.walls.limits.Limits` that differ from its defaults.
    drawn : dict of str to list
        Question → what is sent with the secret seed and with the public one, where that is all of
        it: drawn once for everybody, it costs no submission an import of scikit-learn.
    """

    cells: list[str]
    questions: list[str]
    seed: int
    course: str
    isolated: bool
    public_seed: int | None = None
    limits: dict[str, Any] = field(default_factory=dict)
    drawn: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def run_job(job: Job) -> dict[str, Any]:
    """Run a submission and ask its questions.

    Returns
    -------
    dict
        ``cells`` (one :class:`Run` a cell), ``answers`` (question →
        text of the observation, unread, status, and the record of the exchange), ``public`` (the
        same with the public seed, for feedback that quotes no hidden input), ``seconds``,
        ``peak_mb``, ``restarts``.
    """
    return _Session(job).result()


Answer = tuple[str, str, dict[str, Any]]


class _Session:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.limits = Limits(**job.limits)
        self.began = time.monotonic()
        self.runs: list[Run | None] = [None] * len(job.cells)
        self.fatal: set[int] = set()
        self.answers: dict[str, Answer] = {}
        self.public: dict[str, Answer] = {}
        self.public_asked = job.public_seed is None
        self.handed_over: list[tuple[str, Exchange]] = []
        self.started = False
        self.peak = 0.0
        self.restarts = -1

    def result(self) -> dict[str, Any]:
        while self.restarts < self.limits.restarts and not self._attempt():
            pass
        examining = time.monotonic()
        self._examine()
        ended = time.monotonic()
        for name in self.job.questions:
            self.answers.setdefault(name, ("", "muerto" if self.started else "arranque", {}))
        runs = self.runs if self.started else []
        return {
            "cells": [(run or Run("sin_ejecutar")).as_dict() for run in runs],
            "answers": self.answers,
            "public": self.public,
            "seconds": round(ended - self.began, 2),
            "examined_seconds": round(ended - examining, 2),
            "peak_mb": round(self.peak),
            "restarts": self.restarts,
        }

    def _attempt(self) -> bool:
        """Run everything once in a new kernel; False if the kernel did not survive."""
        self.restarts += 1
        try:
            kernel = Kernel(Path(self.job.course), self.limits, isolated=self.job.isolated)
        except KernelGone:
            return False
        self.started = True
        try:
            return self._cells(kernel) and self._public(kernel) and self._questions(kernel)
        finally:
            self.peak = max(self.peak, kernel.peak_mb)
            kernel.close()

    def _cells(self, kernel: Kernel) -> bool:
        for index, source in enumerate(self.job.cells):
            left = self.limits.notebook_seconds - (time.monotonic() - self.began)
            if index in self.fatal:
                continue
            if left <= 0:
                self.runs[index] = self.runs[index] or Run("sin_tiempo")
                continue
            try:
                self.runs[index] = run = kernel.run(source, min(self.limits.cell_seconds, left))
                if is_syntax_error(run.error):
                    self._pieces(kernel, source)
            except KernelGone as gone:
                self.fatal.add(index)
                self.runs[index] = Run(str(gone))
                return False
        return True

    def _pieces(self, kernel: Kernel, source: str) -> None:
        """Run what parses of a cell that does not: other answers may need its imports."""
        for piece in statements(source):
            left = self.limits.notebook_seconds - (time.monotonic() - self.began)
            if left > 0:
                kernel.run(piece, min(self.limits.cell_seconds, left))

    def _ask(self, kernel: Kernel, name: str, seed: int, seconds: float) -> Answer:
        drawn = self.job.drawn.get(name)
        if drawn is None:
            exchange = open_exchange(name, seed)
        else:
            exchange = Exchange.of_sent(drawn[seed != self.job.seed])
        text, status = kernel.observe(name, exchange.sent, exchange.answer, seconds)
        if exchange.has_files:
            self.handed_over.append((name, exchange))
        return text, status, exchange.record

    def _examine(self) -> None:
        """Ask what was handed over in a second kernel, in which no line of the student ran.

        A file that kills it, or that keeps it too long, stays unexamined: a human looks at it.
        """
        kernel = None
        for name, exchange in self.handed_over:
            try:
                kernel = kernel or Kernel(
                    Path(self.job.course), self.limits, isolated=self.job.isolated, warm=False
                )
                text, _ = kernel.examine(name, exchange, 2 * self.limits.question_seconds)
                exchange.record["examined"] = _read(text)
                self.peak = max(self.peak, kernel.peak_mb)
            except KernelGone:
                if kernel is not None:
                    kernel.close()
                    kernel = None
        if kernel is not None:
            kernel.close()

    def _questions(self, kernel: Kernel) -> bool:
        end = self.limits.notebook_seconds * (1 + _QUESTIONS_SHARE)
        for name in self.job.questions:
            if name in self.answers:
                continue
            left = max(5.0, end - (time.monotonic() - self.began))
            try:
                seconds = min(self.limits.question_seconds, left)
                self.answers[name] = self._ask(kernel, name, self.job.seed, seconds)
            except KernelGone as gone:
                self.answers[name] = ("", str(gone), {})
                return all(question in self.answers for question in self.job.questions)
        return True

    def _public(self, kernel: Kernel) -> bool:
        """Ask with the public seed. No mark hangs on it; first, while there is no secret to quote.

        A kernel that does not survive it is not asked again.
        """
        if self.public_asked or self.job.public_seed is None:
            return True
        self.public_asked = True
        for name in self.job.questions:
            left = self.limits.notebook_seconds - (time.monotonic() - self.began)
            seconds = min(self.limits.question_seconds, max(5.0, left))
            try:
                self.public[name] = self._ask(kernel, name, self.job.public_seed, seconds)
            except KernelGone:
                return False
        return True


def _read(text: str) -> dict[str, Any]:
    """What an examination found; nothing of a text that is no JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _die_with_parent() -> None:
    """End with the grader, even when it is killed; the kernel ends with this process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() == 1 and "COURSE_GRADER_PID" in os.environ:
            sys.exit(1)


def _limit_itself() -> None:
    """A flood of messages may cost this submission, not the machine."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, hard))


def main() -> None:
    _die_with_parent()
    job = Job(**json.loads(sys.stdin.read()))
    _limit_itself()
    json.dump(run_job(job), sys.stdout)


if __name__ == "__main__":
    main()
