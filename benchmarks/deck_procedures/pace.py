"""What a recorded network takes here and now.

The course's side of a row is timed today and the trial bank was recorded on other days, when the
same machine may have been slower or faster. Recorded seconds are therefore multiplied by the pace:
the seconds of a few recorded trainings, run again beside the course's side, over those recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.deck_procedures.measured import Clock
from tools.trial_bank.networks import begin, fit
from tools.trial_bank.plan import Rows


def watched_seconds(
    build: Callable[[], Any], rows: Rows, *, epochs: int, batch_size: int, seed: int
) -> float:
    """Train one network as the bank does, with its validation after every epoch.

    Parameters
    ----------
    build : callable
        Returns the compiled network.
    rows : Rows
        Training and validation rows.
    epochs, batch_size, seed : int

    Returns
    -------
    float
        CPU seconds.
    """
    begin(seed)
    return float(fit(build(), rows, epochs=epochs, batch_size=batch_size)["seconds"].sum())


def grid_seconds(
    build: Callable[[], Any], rows: Rows, *, epochs: int, batch_size: int, seed: int
) -> float:
    """Train one network as ``GridSearchCV`` does, scored once at its end.

    Parameters and result are those of :func:`watched_seconds`.
    """
    begin(seed)
    model, clock = build(), Clock()
    with clock:
        model.fit(rows.X_train, rows.y_train, batch_size=batch_size, epochs=epochs, verbose=0)
        model.evaluate(rows.X_valid, rows.y_valid, verbose=0)
    return clock.seconds
