"""What the workers train: curves and costs of a table of the trial bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from course_utils.bank import TrialBank

__all__ = ["Tasks", "tasks_of"]


class Tasks(NamedTuple):
    """Trainings that a search may draw.

    Attributes
    ----------
    scores : numpy.ndarray of shape (n_trainings, n_rungs)
        Validation accuracy at each rung.
    minutes : numpy.ndarray of shape (n_trainings, n_rungs)
        From the first epoch to the rung, cumulative.
    """

    scores: np.ndarray
    minutes: np.ndarray


def tasks_of(bank: TrialBank, rungs: tuple[int, ...], *, mean_minutes: float = 60.0) -> Tasks:
    """Take the curves of a table, with its own costs, stretched to a size worth many machines.

    Parameters
    ----------
    bank : TrialBank
        A table with a budget: ``mlp_digits``.
    rungs : tuple of int
        Budgets at which a training may stop, in order.
    mean_minutes : float, default=60
        What a training up to the last rung is made to take on average. The proportions, between
        configurations and along the budget, are those that were recorded.

    Returns
    -------
    Tasks
        A row for each configuration and each repetition.
    """
    columns = [bank.budgets.index(rung) for rung in rungs]
    configs = bank.table(seed=bank.seeds[0])[list(bank.space)].to_dict(orient="records")
    scores, seconds = (
        np.array([bank.curve(c, metric=metric, seed=s) for c in configs for s in bank.seeds])
        for metric in ("accuracy", "seconds")
    )
    minutes = seconds[:, columns]
    return Tasks(scores[:, columns], minutes * mean_minutes / minutes[:, -1].mean())
