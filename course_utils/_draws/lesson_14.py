"""Lesson 14, many machines: queues, promotions and dead workers, drawn from a seed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from course_utils._draws.paper import Paper, generator


# --- makespan ------------------------------------------------------------------------------------
def queues(seed: int) -> list[tuple[list[int], int]]:
    """Minutes of each task, in order, and the number of machines; typical slips differ on them."""
    rng = generator(seed, "makespan")
    cases = []
    for workers in (2, 3, 4):
        short = rng.integers(3, 20, size=3 * workers - 1).tolist()
        # A long one early: rounds wait for it, and whoever shares out by turns piles up behind it.
        cases.append(([int(rng.integers(41, 60)), *short, int(rng.integers(21, 30))], workers))
    fewer = rng.integers(5, 30, size=3).tolist()
    return [*cases, (fewer, 5), ([7, 5, 9], 1), ([], 3)]


# --- promotable ----------------------------------------------------------------------------------
class Rung(NamedTuple):
    """Scores by trial of those that finished a rung, those promoted from it, and the factor."""

    finished: dict[str, float]
    promoted: list[str]
    factor: int


def rungs(seed: int) -> list[Rung]:
    """Rungs: a remainder, a promoted one in the middle, nobody, too few, all promoted."""
    rng = generator(seed, "promotable")
    cases = []
    for n, factor, gone in ((14, 3, (1, 3)), (11, 3, (0,)), (9, 4, ()), (8, 2, (0, 2))):
        ranking = _ranking(rng, n)
        promoted = [ranking[place][0] for place in gone]
        cases.append(Rung(_shuffled(rng, ranking), promoted, factor))
    few, done = _ranking(rng, 2), _ranking(rng, 6)
    late = _ranking(rng, 7)  # one was promoted early, and by now is no longer among the best
    cases += [Rung(_shuffled(rng, few), [], 3), Rung({}, [], 3)]
    cases.append(Rung(_shuffled(rng, done), [done[1][0], done[0][0]], 3))
    return [*cases, Rung(_shuffled(rng, late), [late[4][0]], 3)]


def _ranking(rng: np.random.Generator, n: int) -> list[tuple[str, float]]:
    """Trials and scores, best first."""
    scores = 0.95 - 0.01 * np.arange(n) - rng.uniform(0, 0.008, size=n)
    names = rng.permutation(90)[:n] + 10
    return [(f"t{name}", round(float(s), 4)) for name, s in zip(names, scores, strict=True)]


def _shuffled(rng: np.random.Generator, ranking: list[tuple[str, float]]) -> dict[str, float]:
    return {ranking[place][0]: ranking[place][1] for place in rng.permutation(len(ranking))}


# --- lost_trials ---------------------------------------------------------------------------------
class Store(NamedTuple):
    """Trials as a storage keeps them, the time, and how long a silence may last (seconds)."""

    trials: list[dict[str, Any]]
    now: int
    grace: int


def stores(seed: int) -> list[Store]:
    """Storages: silent for long, just long enough, fresh, never heard of, and finished ones."""
    rng = generator(seed, "lost_trials")
    cases = []
    for _ in range(3):
        now, grace = int(rng.integers(4_000, 9_000)), int(rng.integers(60, 200))
        silences = [
            ("RUNNING", grace + int(rng.integers(1, 30))),
            ("RUNNING", grace),  # not longer than it may last
            ("RUNNING", int(rng.integers(1, grace - 20))),
            ("RUNNING", 3 * grace),
            ("COMPLETE", 5 * grace),
            ("FAIL", 4 * grace),
        ]
        trials = [_trial(rng, now, *silence) for silence in silences]
        # Never heard of: one began long ago, one just now.
        trials.append(_trial(rng, now, "RUNNING", 2 * grace) | {"beat": None})
        trials[-1]["start"] = now - grace - 5
        trials.append({"state": "RUNNING", "start": now - grace // 2, "beat": None})
        order = rng.permutation(len(trials)).tolist()
        numbered = [{"number": k, **trials[place]} for k, place in enumerate(order)]
        cases.append(Store(numbered, now, grace))
    calm = [{"number": 0, "state": "COMPLETE", "start": 10, "beat": 20}]
    return [*cases, Store(calm, 500, 60)]


def _trial(rng: np.random.Generator, now: int, state: str, silence: int) -> dict[str, Any]:
    """Build a trial that was last heard of `silence` seconds ago and began long before."""
    beat = now - silence
    return {"state": state, "start": beat - int(rng.integers(700, 2_000)), "beat": beat}


DRAWS = {
    "makespan": lambda seed: Paper(queues(seed)),
    "promotable": lambda seed: Paper([tuple(case) for case in rungs(seed)]),
    "lost_trials": lambda seed: Paper([tuple(case) for case in stores(seed)]),
}
