"""Three searches, as what a free worker asks: what is next?"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from typing import NamedTuple, Protocol

__all__ = ["Asha", "Halving", "Job", "RandomSearch", "Searcher"]


class Job(NamedTuple):
    """A training to be taken from its last rung up to `rung`."""

    trial: int
    rung: int


class Searcher(Protocol):
    """What :func:`~course_utils.cluster.simulate` asks of a search."""

    def ask(self) -> Job | None:
        """Give the next job, or None if a free worker has to wait."""

    def tell(self, job: Job, score: float) -> None:
        """Take the score of a finished job."""


class RandomSearch:
    """Every trial goes to the last rung at once.

    Parameters
    ----------
    n_rungs : int
    """

    def __init__(self, n_rungs: int) -> None:
        self._top, self._drawn = n_rungs - 1, 0

    def ask(self) -> Job | None:
        self._drawn += 1
        return Job(self._drawn - 1, self._top)

    def tell(self, job: Job, score: float) -> None:
        """Nothing is learned from a score."""


class Halving:
    """Successive halving in rounds: the next one begins when the last job of a round is over.

    Parameters
    ----------
    n_rungs : int
    factor : int, default=3
        One in `factor` goes on.
    bracket : int, default=27
        Trials that begin together.
    spare : bool, default=True
        Whether a worker that would wait begins another bracket instead.

    References
    ----------
    K. Jamieson and A. Talwalkar, AISTATS 2016; brackets in parallel as in L. Li et al., "A System
    for Massively Parallel Hyperparameter Tuning", MLSys 2020, section 3.
    """

    def __init__(
        self, n_rungs: int, factor: int = 3, bracket: int = 27, *, spare: bool = True
    ) -> None:
        self._n_rungs, self._factor, self._size, self._spare = n_rungs, factor, bracket, spare
        self._brackets: list[_Bracket] = []
        self._owner: dict[int, _Bracket] = {}
        self._open: list[_Bracket] = []

    def ask(self) -> Job | None:
        for bracket in self._open:
            if bracket.waiting:
                trial = bracket.waiting.pop()
                return Job(trial, bracket.rung)
        if self._open and not self._spare:
            return None
        first = len(self._owner)
        bracket = _Bracket(list(range(first + self._size - 1, first - 1, -1)))
        self._owner |= dict.fromkeys(bracket.waiting, bracket)
        self._open.append(bracket)
        return self.ask()

    def tell(self, job: Job, score: float) -> None:
        bracket = self._owner[job.trial]
        bracket.scores.append((-score, job.trial))
        if len(bracket.scores) == bracket.size:
            self._next_round(bracket)

    def _next_round(self, bracket: _Bracket) -> None:
        bracket.rung += 1
        bracket.size //= self._factor
        if bracket.rung == self._n_rungs or bracket.size == 0:
            self._open.remove(bracket)
            return
        best = sorted(bracket.scores)[: bracket.size]
        bracket.waiting, bracket.scores = [trial for _, trial in reversed(best)], []


class _Bracket:
    """Trials that go from rung to rung together."""

    def __init__(self, waiting: list[int]) -> None:
        self.waiting, self.size, self.rung = waiting, len(waiting), 0
        self.scores: list[tuple[float, int]] = []


class Asha:
    """Asynchronous successive halving: a free worker promotes whoever is in the best third so far.

    Parameters
    ----------
    n_rungs : int
    factor : int, default=3
        One in `factor` goes on.

    References
    ----------
    L. Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020, algorithm 2.
    """

    def __init__(self, n_rungs: int, factor: int = 3) -> None:
        self._factor, self._drawn = factor, 0
        self._finished: list[list[tuple[float, int]]] = [[] for _ in range(n_rungs)]  # best first
        self._stayed: list[list[tuple[float, int]]] = [[] for _ in range(n_rungs)]  # heaps

    def ask(self) -> Job | None:
        for rung in range(len(self._finished) - 2, -1, -1):
            ranking, stayed = self._finished[rung], self._stayed[rung]
            places = len(ranking) // self._factor
            if stayed and bisect_left(ranking, stayed[0]) < places:
                _, trial = heapq.heappop(stayed)
                return Job(trial, rung + 1)
        self._drawn += 1
        return Job(self._drawn - 1, 0)

    def tell(self, job: Job, score: float) -> None:
        insort(self._finished[job.rung], (-score, job.trial))
        heapq.heappush(self._stayed[job.rung], (-score, job.trial))
