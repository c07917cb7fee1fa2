"""A clock that jumps from one event to the next: a search on workers that nobody had to rent."""

from __future__ import annotations

import heapq
import math
from typing import NamedTuple

import numpy as np

from course_utils.cluster._searchers import Job, Searcher
from course_utils.cluster._tasks import Tasks

__all__ = ["Cluster", "Run", "first_reached", "simulate"]


class Cluster(NamedTuple):
    """The machines.

    Attributes
    ----------
    workers : int
        Each does one job at a time.
    stragglers : float
        Share of the jobs that meet a slow machine.
    slowdown : float
        How many times longer they take.
    kills : float
        Mean number of times that a worker is killed in an hour of work (a Poisson process).
    restart : float
        Minutes until a killed worker, or the one in its place, is back.
    """

    workers: int
    stragglers: float = 0.0
    slowdown: float = 4.0
    kills: float = 0.0
    restart: float = 3.0


class Run(NamedTuple):
    """What happened, a place in each array for every job, in the order in which they ended.

    Attributes
    ----------
    start, end : numpy.ndarray of float
        Minutes.
    worker, trial, rung : numpy.ndarray of int
    score : numpy.ndarray of float
        NaN of a job that was killed.
    """

    start: np.ndarray
    end: np.ndarray
    worker: np.ndarray
    trial: np.ndarray
    rung: np.ndarray
    score: np.ndarray


def simulate(
    searcher: Searcher,
    tasks: Tasks,
    cluster: Cluster,
    *,
    seed: int,
    minutes: float = math.inf,
    target: float = math.inf,
    trials: float = math.inf,
) -> Run:
    """Run a search on a cluster until the time is over, a score is reached or enough was drawn.

    A killed job is done again from the rung where its trial was: checkpoints are at the rungs.

    Parameters
    ----------
    searcher : Searcher
        A new one: it remembers.
    tasks : Tasks
        What a trial costs and scores; each trial draws one of its rows.
    cluster : Cluster
    seed : int
        Of the draws, of the stragglers and of the kills.
    minutes : float, default=inf
        No job begins after it.
    target : float, default=inf
        The search ends with the first score of at least this.
    trials : float, default=inf
        No trial of this number or a higher one begins; what began goes on to its end.

    Returns
    -------
    Run

    Raises
    ------
    ValueError
        If nothing would ever end it.
    """
    if math.isinf(minutes) and math.isinf(target) and math.isinf(trials):
        raise ValueError("minutes, target or trials: one of them has to end the search")
    state = _State(searcher, tasks, cluster, seed)
    state.give_work(minutes, trials)
    while state.events and state.next_event() < target:
        state.give_work(minutes, trials)
    return state.run()


def first_reached(run: Run, target: float) -> float:
    """Minute at which a search first held a score of at least `target`; inf if it never did."""
    reached = run.end[run.score >= target]
    return float(reached.min()) if len(reached) else math.inf


class _State:
    """A search under way."""

    def __init__(self, searcher: Searcher, tasks: Tasks, cluster: Cluster, seed: int) -> None:
        self.searcher, self.tasks, self.cluster = searcher, tasks, cluster
        self.now = 0.0
        self.free = list(range(cluster.workers - 1, -1, -1))
        self.events: list[tuple[float, int, int, Job | None, float, bool]] = []
        self._rows, self._luck = np.random.default_rng([seed, 0]), np.random.default_rng([seed, 1])
        self._row_of: list[int] = []
        self._again: list[Job] = []
        self._done: list[tuple[float, float, int, int, int, float]] = []
        self._reached: dict[int, int] = {}
        self._count = 0

    def give_work(self, minutes: float, trials: float) -> None:
        """Give a job to each free worker, as long as there are any."""
        while self.free and self.now <= minutes:
            job = self._again.pop() if self._again else self.searcher.ask()
            if job is None or job.trial >= trials:
                return
            self._begin(job, self.free.pop())

    def _begin(self, job: Job, worker: int) -> None:
        cluster, luck = self.cluster, self._luck
        takes = self._minutes(job)
        if cluster.stragglers and luck.random() < cluster.stragglers:
            takes *= cluster.slowdown
        lives = luck.exponential(60 / cluster.kills) if cluster.kills else math.inf
        self._push(self.now + min(takes, lives), worker, job, takes <= lives)

    def _push(self, when: float, worker: int, job: Job | None, alive: bool) -> None:
        self._count += 1
        heapq.heappush(self.events, (when, self._count, worker, job, self.now, alive))

    def _row(self, trial: int) -> int:
        while len(self._row_of) <= trial:
            self._row_of.extend(self._rows.integers(len(self.tasks.scores), size=256).tolist())
        return self._row_of[trial]

    def _minutes(self, job: Job) -> float:
        total = self.tasks.minutes[self._row(job.trial)]
        before = self._reached.get(job.trial)
        return float(total[job.rung] - (0.0 if before is None else total[before]))

    def next_event(self) -> float:
        """Go on to the next event; return its score, or minus infinity."""
        self.now, _, worker, job, start, alive = heapq.heappop(self.events)
        if job is None:  # a worker is back
            self.free.append(worker)
            return -math.inf
        score = float(self.tasks.scores[self._row(job.trial), job.rung]) if alive else math.nan
        self._done.append((start, self.now, worker, job.trial, job.rung, score))
        if not alive:
            self._again.append(job)
            self._push(self.now + self.cluster.restart, worker, None, True)
            return -math.inf
        self._reached[job.trial] = job.rung
        self.searcher.tell(job, score)
        self.free.append(worker)
        return score

    def run(self) -> Run:
        """Return what happened so far."""
        columns = np.array(self._done).reshape(-1, 6).T
        start, end, worker, trial, rung, score = columns
        return Run(start, end, worker.astype(int), trial.astype(int), rung.astype(int), score)
