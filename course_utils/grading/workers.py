"""Has the grader's own work done by workers, so that no stranger's file can stop or starve it."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

__all__ = ["Budget", "Failed", "Workers"]


@dataclass(frozen=True)
class Budget:
    """What the work on one file may cost.

    Attributes
    ----------
    seconds : int
        Computing time (s): a busy machine costs nobody anything.
    memory_mb : int
        Memory beyond that of the program itself (MB); where the system limits it.
    answer_mb : int
        Size of the answer (MB).
    patience : float
        Wall clock (s) after which a worker is given up.
    """

    seconds: int = 30
    memory_mb: int = 1536
    answer_mb: int = 16
    patience: float = 600.0


@dataclass(frozen=True)
class Failed:
    """Work that broke its budget; `reason` is ``"tiempo"``, ``"memoria"``, ``"salida"``,
    ``"error"`` or ``"muerto"``."""

    reason: str


class Workers:
    """Several workers; a context manager that ends them.

    Parameters
    ----------
    exercises : Path
        The notebooks that were handed out.
    count : int
        How many at once; no answer hangs on it.
    budget : Budget, optional
        What each request may cost.
    """

    def __init__(self, exercises: Path, count: int, budget: Budget | None = None) -> None:
        self._budget = budget or Budget()
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all = [_Worker(exercises) for _ in range(count)]
        for worker in self._all:
            self._idle.put(worker)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._all:
            worker.end()

    def ask(self, work: str, given: Sequence[Any]) -> list[Any]:
        """Have one kind of work done on many things.

        Parameters
        ----------
        work : str
            ``"list_zip"``, ``"read_units"`` or ``"write_pages"``.
        given : sequence
            What each request is about, as JSON data.

        Returns
        -------
        list
            The answers in the order of `given`; :class:`Failed` where there is none.
        """
        with ThreadPoolExecutor(len(self._all)) as pool:
            return list(pool.map(lambda one: self._one(work, one), given))

    def ask_in_groups(self, work: str, groups: Sequence[Sequence[Any]]) -> list[Any]:
        """Have work done on groups, one request each; what fails together is tried one by one.

        Parameters
        ----------
        work : str
            As in :meth:`ask`; it takes a list and answers with a list.
        groups : sequence of sequences
            Things that are small enough to share a budget.

        Returns
        -------
        list
            For every thing of every group its answer, or :class:`Failed`: never for the sake of a
            neighbour.
        """
        answers: list[Any] = []
        for group, answer in zip(groups, self.ask(work, groups), strict=True):
            if not isinstance(answer, Failed):
                answers += answer
            elif len(group) == 1:
                answers.append(answer)
            else:
                alone = self.ask(work, [[thing] for thing in group])
                answers += [one if isinstance(one, Failed) else one[0] for one in alone]
        return answers

    def _one(self, work: str, given: Any) -> Any:
        worker = self._idle.get()
        try:
            return worker.ask(work, given, self._budget)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, started when it is needed, and again after it was given up."""

    def __init__(self, exercises: Path) -> None:
        self._exercises = exercises
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self, work: str, given: Any, budget: Budget) -> Any:
        process = self._started()
        self._asked += 1
        request = {"id": self._asked, "work": work, "given": given, "budget": asdict(budget)}
        alarm = threading.Timer(budget.patience, process.kill)
        alarm.start()
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            answer = self._answer(process, 2**20 + 2 * budget.answer_mb * 2**20)
        except OSError:
            answer = None
        finally:
            late = not alarm.is_alive()
            alarm.cancel()
        if answer is None:
            self.end()
            return Failed("tiempo" if late else "muerto")
        return Failed(answer["failed"]) if "failed" in answer else answer["answer"]

    def _answer(self, process: subprocess.Popen[bytes], most: int) -> dict[str, Any] | None:
        """The line that answers the last request; None if the worker ended without."""
        assert process.stdout is not None
        while line := process.stdout.readline(most):
            with suppress(ValueError):  # half a line of a child that was killed
                answer = json.loads(line)
                if isinstance(answer, dict) and answer.get("id") == self._asked:
                    return answer
        return None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "course_utils.grading.worker", str(self._exercises)]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
            )
        return self._process

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            with suppress(OSError):
                self._process.communicate()
            self._process = None
