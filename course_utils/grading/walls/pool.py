"""Runs many submissions side by side, each in a process of its own."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from course_utils.grading.walls.job import Job
from course_utils.grading.walls.limits import Limits

__all__ = ["run_all"]

_MAX_RESULT = 64 * 2**20


def run_all(
    jobs: Sequence[tuple[str, Job]], limits: Limits, workers: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run jobs in as many processes as there are workers.

    Parameters
    ----------
    jobs : sequence of (key, Job)
        What to run.
    limits : Limits
        For the time after which a runner itself is given up.
    workers : int
        How many at once.

    Yields
    ------
    key, result
        As soon as one is finished; a runner that failed yields a result without answers.
    """
    waiting: queue.SimpleQueue[tuple[str, Job]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
    for job in jobs:
        waiting.put(job)
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                key, job = waiting.get_nowait()
            except queue.Empty:
                return
            done.put((key, _run_one(job, limits)))

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        for _ in jobs:
            yield done.get()
    finally:
        stop.set()


def _run_one(job: Job, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-m", "course_utils.grading.walls.job"]
    attempts = limits.restarts + 1
    patience = attempts * (2 * limits.notebook_seconds + limits.start_seconds) + 120
    scratch = str(Path(job.course).parent)  # removed as a whole, also when a runner is killed
    environment = os.environ | {"COURSE_GRADER_PID": str(os.getpid()), "TMPDIR": scratch}
    problem = "arranque"
    try:
        done = subprocess.run(
            command,
            input=json.dumps(asdict(job)).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            env=environment,
        )
        if done.returncode == 0 and len(done.stdout) < _MAX_RESULT:
            result = json.loads(done.stdout)
            if isinstance(result, dict):
                return result
        problem = "muerto"  # a runner that a flood of messages killed
    except subprocess.TimeoutExpired:
        problem = "tiempo"
    except (OSError, ValueError):
        pass
    answers: dict[str, Any] = dict.fromkeys(job.questions, ("", problem, {}))
    return {"cells": [], "answers": answers, "public": {}, "seconds": 0, "peak_mb": 0}
