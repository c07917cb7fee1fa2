"""Watch a run from a thread beside it: the memory that it takes, and how slow the machine is."""

from __future__ import annotations

import statistics
import threading
import time
from typing import Self

import numpy as np
import psutil
from threadpoolctl import threadpool_limits

REFERENCE_SECONDS = 0.1  # of `fixed_work`, on 2 quiet cores, 2026-11-27


class Watch:
    """Look once at the start, and then every so many seconds until the end of the block."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        self.look()
        while not self._stop.wait(self._interval):
            self.look()

    def look(self) -> None:
        """Note what is to be seen now."""
        raise NotImplementedError


class PeakMemory(Watch):
    """Watch the memory (resident set, 10^9 bytes) of all child processes: kernel and workers."""

    def __init__(self, interval: float = 0.25) -> None:
        super().__init__(interval)
        self._peak = 0

    def look(self) -> None:
        """Note the sum, if it is the largest so far."""
        self._peak = max(self._peak, sum(map(_resident, psutil.Process().children(recursive=True))))

    @property
    def peak_gb(self) -> float:
        """Largest sum seen, in GB, rounded to two decimals."""
        return round(self._peak / 1e9, 2)


class Slowness(Watch):
    """Measure, all along a run, how much longer a fixed piece of work takes than at its best.

    One measurement before a run says little of it: machines change their pace within seconds.
    The clock is the processor's, for this thread alone, so that the run itself does not count as
    slowness; the work takes a fortieth of one core.
    """

    def __init__(self, interval: float = 4) -> None:
        super().__init__(interval)
        self._seconds: list[float] = []

    def look(self) -> None:
        """Do the work once."""
        self._seconds.append(fixed_work())

    @property
    def factor(self) -> float:
        """Mean of the run: 1 where the limits were set, or faster; 1.3 where it takes 30 % more."""
        return max(1.0, statistics.fmean(self._seconds) / REFERENCE_SECONDS)


def fixed_work() -> float:
    """Seconds of the processor for some matrix products and some plain Python, in one thread."""
    square = np.random.default_rng(0).random((400, 400))
    began, total = time.thread_time(), 0
    with threadpool_limits(1):
        for _ in range(20):
            square @ square
    for number in range(1_000_000):
        total += number * number
    return time.thread_time() - began


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0
