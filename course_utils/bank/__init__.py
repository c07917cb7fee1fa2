"""The trial bank: real trainings, recorded once, that answer like an objective.

``bank(config)`` looks a score up instead of training for it, so a lesson replays thousands of
searches in seconds, offline, with the same numbers everywhere. ``datasets/trial_bank/README.md``
says what each table holds and how it was made; nothing is trained here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from course_utils.bank._reading import SCHEMA, Array, BankError, read
from course_utils.bank._table import Best, TrialBank

__all__ = ["SCHEMA", "BankError", "Best", "TrialBank", "trial_bank"]


def trial_bank(name: str, *, folder: Path | None = None) -> TrialBank:
    """Open a table of the trial bank.

    Parameters
    ----------
    name : str
        Of the table: ``"svm_digits"``, ``"mnist_units"``, … (the cards list them).
    folder : Path, optional
        Where the tables lie, if not where the course keeps them.

    Returns
    -------
    TrialBank

    Raises
    ------
    ValueError
        If there is no table of that name.
    BankError
        If the table is missing, damaged, of another version, or not one seed of it is complete.

    Examples
    --------
    >>> bank = trial_bank("svm_digits")
    >>> config = {"C": 4.0, "gamma": 0.25}
    >>> score = bank(config)
    >>> seconds = bank.cost(config)
    """
    meta, arrays = read(name, folder)
    return TrialBank(
        name=meta["table"],
        space=meta["space"],
        budgets=tuple(meta["budgets"]),
        seeds=tuple(range(arrays["hits"].shape[1])),
        metrics=("accuracy", *meta["lower_is_better"], *_other_rows(arrays)),
        about=meta["about"],
        recorded=arrays,
        _meta=meta,
    )


def _other_rows(arrays: Mapping[str, Array]) -> list[str]:
    """Return the accuracies of other rows than the validation's."""
    return [f"{part}_accuracy" for part in ("train", "test") if f"{part}_hits" in arrays]
