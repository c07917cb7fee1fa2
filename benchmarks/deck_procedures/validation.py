"""What the trial bank's validation after every epoch adds to a grid, which validates once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.deck_procedures.measured import Clock
from tools.trial_bank.networks import begin, fit
from tools.trial_bank.plan import Rows


def grid_share(
    build: Callable[[], Any], rows: Rows, *, epochs: int, batch_size: int, seed: int
) -> float:
    """Train one network in both ways and compare.

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
        CPU seconds of a training that is scored at its end, over those of the recording; at most 1.
    """
    begin(seed)
    watched = float(fit(build(), rows, epochs=epochs, batch_size=batch_size)["seconds"].sum())
    begin(seed)
    model, clock = build(), Clock()
    with clock:
        model.fit(rows.X_train, rows.y_train, batch_size=batch_size, epochs=epochs, verbose=0)
        model.evaluate(rows.X_valid, rows.y_valid, verbose=0)
    return min(1.0, clock.seconds / watched)
