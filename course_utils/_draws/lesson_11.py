"""Lesson 11, architectures: early and final scores, populations and copied units, from a seed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from course_utils._draws.paper import Paper, generator

# --- false_kills ---------------------------------------------------------------------------------
TELLING = {
    5: (
        (12, 8, 7, 9, 1, 11, 4, 3, 10, 0, 5, 2, 6),
        (9, 3, 11, 10, 4, 2, 1, 0, 12, 8, 6, 7, 5),
    ),
    4: (
        (6, 10, 11, 0, 8, 9, 14, 12, 2, 3, 13, 5, 4, 1, 7),
        (12, 13, 4, 11, 8, 9, 14, 1, 10, 5, 3, 2, 7, 6, 0),
    ),
}
"""By how many count: early places of networks from the worst to the best of the end, on which
typical slips differ from the answer and from one another."""
TURNING = 9
"""Final place of a network without which the count of every pattern is another: it stands last or
first, where a slip leaves one out."""


def curves(seed: int) -> list[tuple[list[float], list[float], int]]:
    """Scores after few epochs and at the end, and how many of the end's best count."""
    rng = generator(seed, "false_kills")
    cases = [(pattern, top) for top, patterns in TELLING.items() for pattern in patterns]
    cases.append((tuple(rng.permutation(int(rng.integers(8, 13))).tolist()), 3))
    found = []
    for k, (early, top) in enumerate(cases):
        order = rng.permutation(len(early))
        turning, rest = order[order == TURNING], order[order != TURNING]
        order = np.concatenate((rest, turning) if k % 2 else (turning, rest))
        found.append((_scores(rng, np.array(early)[order]), _scores(rng, order), top))
    return found


def _scores(rng: np.random.Generator, places: Any) -> list[float]:
    """Distinct scores in the order of some places."""
    ladder = np.sort(rng.choice(np.arange(500, 900), len(places), replace=False)) / 1000
    return [float(ladder[place]) for place in places]


# --- next_people ---------------------------------------------------------------------------------
class Birth(NamedTuple):
    """A population from oldest to youngest, as (name, score), a child, and who has to go."""

    people: list[tuple[str, float]]
    child: tuple[str, float]
    removed: str


def births(seed: int) -> list[Birth]:
    """Populations whose worst is neither old nor young, and children good, middling and bad."""
    rng = generator(seed, "next_people")
    cases = []
    for n, place in ((5, 2), (6, 3), (4, 1)):
        scores = rng.permutation(np.arange(55, 90))[: n + 1] / 100
        scores = np.sort(scores)
        worst, *rest = scores.tolist()
        rest = [float(score) for score in rng.permutation(rest)]
        if rest[0] == max(rest):  # or the oldest would be the best
            rest = [*rest[1:], rest[0]]
        people = rest[: n - 1]
        people.insert(place, float(worst))
        named = list(zip(_names(rng, n + 1), [*people, rest[n - 1]], strict=True))
        for removed in ("oldest", "worst"):
            cases.append(Birth(named[:-1], named[-1], removed))
        hopeless = (named[-1][0], round(float(worst) - 0.05, 2))
        cases.append(Birth(named[:-1], hopeless, "worst"))
        cases.append(Birth(named[:-1], hopeless, "oldest"))
    return cases


def _names(rng: np.random.Generator, n: int) -> list[str]:
    return [f"red{number}" for number in rng.permutation(90)[:n] + 10]


# --- shared_weights ------------------------------------------------------------------------------
def widenings(seed: int) -> list[tuple[list[float], list[int]]]:
    """Outgoing weights, one a unit, and the units that are copied: once, several times, none.

    No weight is whole, so that a division without its rest is told from the answer.
    """
    rng = generator(seed, "shared_weights")
    cases = []
    for n, copies in ((3, (0,)), (4, (1, 1)), (4, (3, 0, 3, 3)), (5, (2, 4, 2)), (2, ())):
        weights = rng.choice([-10.5, -7.5, -4.5, -1.5, 1.5, 4.5, 7.5, 13.5], n, replace=False)
        order = rng.permutation(n)
        cases.append((weights.tolist(), [int(order[unit]) for unit in copies]))
    return cases


DRAWS = {
    "false_kills": lambda seed: Paper(curves(seed)),
    "next_people": lambda seed: Paper([tuple(case) for case in births(seed)]),
    "shared_weights": lambda seed: Paper(widenings(seed)),
}
