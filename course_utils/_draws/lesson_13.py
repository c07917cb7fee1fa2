"""Lesson 13, good practice: fronts, tables of scores, and a whole project on rows nobody saw."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws.paper import Objective, Paper, generator
from course_utils.messages.checks.lesson_13 import NOT_A_CONFIGURATION

Array = npt.NDArray[Any]


# --- hypervolume ---------------------------------------------------------------------------------
def fronts(seed: int) -> list[tuple[list[float], list[float], float, float]]:
    """Accuracies and seconds of some models, and the two limits that make the worst corner.

    Each set has models beyond each limit, dominated ones, and three at least on the front; one set
    has nothing within the limits.
    """
    rng = generator(seed, "hypervolume")
    cases = []
    for n in (3, 4, 5):
        seconds = np.sort(rng.choice(np.arange(4, 30), n, replace=False)) / 2
        accuracy = np.sort(rng.choice(np.arange(82, 98), n, replace=False)) / 100
        worse = accuracy[1:] - 0.015, seconds[1:] + 0.25  # dominated
        accuracy = np.concatenate([accuracy, worse[0], [0.7, 0.99]])
        seconds = np.concatenate([seconds, worse[1], [1.5, 21.0]])  # beyond a limit
        order = rng.permutation(len(accuracy))
        at = accuracy[order].round(3).tolist(), seconds[order].round(3).tolist()
        cases.append((*at, 0.8, 20.0))
    return [*cases, ([0.75, 0.9], [3.0, 25.0], 0.8, 20.0)]


# --- mean_ranks ----------------------------------------------------------------------------------
def leagues(seed: int) -> list[tuple[list[list[float]]]]:
    """Scores of methods (columns) on data sets (rows), some of them tied."""
    rng = generator(seed, "mean_ranks")
    cases = []
    for n_data, n_methods in ((5, 3), (6, 4), (8, 5)):
        scores = rng.uniform(0.5, 0.99, (n_data, n_methods)).round(3)
        scores[0, 1] = scores[0, 0]
        scores[1] += np.arange(n_methods) / 1000  # no other ties on purpose
        cases.append((scores.round(4).tolist(),))
    tied = rng.uniform(0.5, 0.9, (4, 4)).round(3)
    tied[:, 1] = tied[:, 2] = tied[:, 0]
    return [*cases, (tied.tolist(),)]


# --- project -------------------------------------------------------------------------------------
N_PROJECTS, N_TRIALS, LEAST_TRIALS = 2, 24, 12
N_SEEN, N_HELD, SQUARES = 300, 1_500, 4
C_RANGE, GAMMA_RANGE = (0.01, 100.0), (0.001, 100.0)
BASELINE = {"C": 1.0, "gamma": 0.5}
_MOST_CALLS = 200
Config = dict[str, float]


class Hidden:
    """One data set: a chessboard of two colours with some labels wrong, turned by an angle."""

    def __init__(self, seed: int, number: int) -> None:
        rng = generator(seed, f"project {number}")
        points = rng.uniform(-1, 1, (N_SEEN + N_HELD, 2))
        board = np.floor((points + 1) / 2 * SQUARES).astype(int).sum(axis=1) % 2
        wrong = rng.random(len(board)) < 0.05
        angle = rng.uniform(0, math.pi)
        turn = [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
        self.X, self.y = points @ np.array(turn) * math.sqrt(3), np.where(wrong, 1 - board, board)

    @functools.cache  # noqa: B019 (a few hundred numbers, and the data set lives as long)
    def cv(self, C: float, gamma: float) -> float:
        """Accuracy of a machine in 3-fold cross-validation on the rows that may be seen."""
        from sklearn.model_selection import cross_val_score

        X, y = self.X[:N_SEEN], self.y[:N_SEEN]
        return round(float(cross_val_score(_machine(C, gamma), X, y, cv=3).mean()), 6)

    @functools.cache  # noqa: B019
    def held_out(self, C: float, gamma: float) -> float:
        """Accuracy on the other rows, once trained on all that may be seen."""
        machine = _machine(C, gamma).fit(self.X[:N_SEEN], self.y[:N_SEEN])
        return round(float(machine.score(self.X[N_SEEN:], self.y[N_SEEN:])), 6)


def _machine(C: float, gamma: float) -> Any:
    from sklearn.svm import SVC

    return SVC(C=C, gamma=gamma)


@functools.lru_cache(maxsize=8)
def projects(seed: int) -> tuple[Hidden, ...]:
    """Return the data sets of a seed."""
    return tuple(Hidden(seed, number) for number in range(N_PROJECTS))


def read_config(config: Any) -> Config:
    """Read a configuration: C and gamma, within their ranges."""
    ranges = {"C": C_RANGE, "gamma": GAMMA_RANGE}
    if not isinstance(config, dict) or set(config) != set(ranges):
        raise ValueError(NOT_A_CONFIGURATION.format(got=str(config)[:80]))
    for name, (low, high) in ranges.items():
        value = config[name]
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if not right or not low * (1 - 1e-9) <= value <= high * (1 + 1e-9):
            raise ValueError(NOT_A_CONFIGURATION.format(got=str(config)[:80]))
    return {name: float(config[name]) for name in ranges}


def _project_paper(seed: int) -> Paper:
    objectives = []
    for hidden in projects(seed):
        for score in (hidden.cv, hidden.held_out):
            objectives.append(Objective(read_config, functools.partial(_score, score), _MOST_CALLS))
    return Paper({"projects": N_PROJECTS, "n_trials": N_TRIALS}, tuple(objectives))


def _score(score: Any, config: Config) -> float:
    return float(score(config["C"], config["gamma"]))


DRAWS = {
    "mean_ranks": lambda seed: Paper(leagues(seed)),
    "hypervolume": lambda seed: Paper(fronts(seed)),
    "project": _project_paper,
}
