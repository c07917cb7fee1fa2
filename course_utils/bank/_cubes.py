"""What is recorded as one value for each training, seed and budget, and random draws of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from course_utils.bank._reading import Array


def cube(recorded: Mapping[str, Array], metric: str, average_steps: bool) -> Array:
    """Return a metric at every budget.

    Parameters
    ----------
    recorded : mapping of str to ndarray, shape (trainings, seeds, folds, steps)
        The stored arrays.
    metric : str
        ``"accuracy"``, ``"train_accuracy"``, ``"test_accuracy"``, ``"seconds"`` or a loss.
    average_steps : bool
        Whether a budget is the mean of its steps (folds) rather than the last of them.

    Returns
    -------
    ndarray of float, shape (trainings, seeds, budgets)
        Read-only: means over the folds; of seconds, sums over folds and steps so far.
    """
    values: Array
    if metric == "seconds":
        values = recorded["seconds"].astype(float).sum(axis=2).cumsum(axis=-1)
    elif metric.endswith("accuracy"):
        part = metric.removesuffix("accuracy")
        values = (recorded[f"{part}hits"] / recorded[f"{part}sizes"]).mean(axis=2)
    else:
        values = recorded[metric].astype(float).mean(axis=2)
    if average_steps and metric != "seconds":
        values = values.cumsum(axis=-1) / np.arange(1, values.shape[-1] + 1)
    values.flags.writeable = False
    return values


def draws(size: int, shape: tuple[int, int], replace: bool, random_state: int) -> Array:
    """Draw combinations at random: one search a row, each combination once unless `replace`."""
    rng = np.random.default_rng(random_state)
    if replace:
        return rng.integers(size, size=shape)
    n_searches, n_trials = shape
    rows = [rng.choice(size, n_trials, replace=False) for _ in range(n_searches)]
    return np.array(rows).reshape(shape)
