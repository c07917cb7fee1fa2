"""What the best of many candidates promises on pure noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.messages.explorers import LUCK as WORDS
from course_utils.widgets.drawing import BLACK, BLUE, RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, choice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "Luck", "explore_luck", "luck"]


class Luck(NamedTuple):
    """Result of :func:`luck`."""

    accuracy: np.ndarray
    one: np.ndarray
    best: np.ndarray
    expected: float
    counts: np.ndarray
    curve: np.ndarray
    candidates: int
    rows: int


def luck(candidates: int, rows: int) -> Luck:
    """How high the best of many candidates scores on data where nothing can be learnt.

    Each candidate is right on each row with probability 1/2, independently, as coins are.

    Parameters
    ----------
    candidates : int
        From among which the best is kept.
    rows : int
        Validated rows, e.g. all those of the table in a cross-validation.

    Returns
    -------
    Luck
        The possible accuracies, with the probabilities of one candidate and of the best; its mean;
        and that mean for 1 to 1000 candidates.
    """
    from scipy.special import bdtr

    hits = np.arange(rows + 1)
    below = bdtr(hits, rows, 0.5)  # P(hits <= k) of one candidate
    accuracy = hits / rows

    def of_best(n: float) -> np.ndarray:
        return np.diff(below**n, prepend=0.0)

    counts = np.unique(np.geomspace(1, 1000, 60).round())
    return Luck(
        accuracy=accuracy,
        one=of_best(1),
        best=of_best(candidates),
        expected=float(accuracy @ of_best(candidates)),
        counts=counts,
        curve=np.array([accuracy @ of_best(n) for n in counts]),
        candidates=candidates,
        rows=rows,
    )


def _draw(result: Luck, used: Figure | None) -> Figure:
    """Draw what one candidate scores, what the chosen one does, and what that tends to."""
    figure, (left, right) = canvas(used)
    near = (result.accuracy >= 0.15) & (result.accuracy <= 0.999)
    peak = max(result.one.max(), result.best.max())
    for share, colour, hatch, name in (
        (result.one, BLUE, "", WORDS.legend[0]),
        (result.best, RED, "//", WORDS.legend[1]),
    ):
        left.fill_between(
            result.accuracy[near], share[near] / peak, step="mid", color=colour, alpha=0.55, lw=1.5,
            hatch=hatch, edgecolor=colour, label=name,
        )  # fmt: skip
    left.axvline(0.5, color=BLACK, ls="--", lw=1.5)
    label(left, WORDS.titles[0], *WORDS.axes[:2], xlim=(0.2, 1), ylim=(0, 1.3))
    left.set(xticks=(0.2, 0.4, 0.5, 0.6, 0.8, 1), yticks=())
    left.legend(loc="upper right")
    right.plot(result.counts, result.curve, color=RED)
    right.plot(result.candidates, result.expected, "o", color=BLACK, ms=9)
    right.axhline(0.5, color=BLACK, ls="--", lw=1.5, label=WORDS.legend[2])
    label(right, WORDS.titles[1], *WORDS.axes[2:], xscale="log", ylim=(0.45, 1.02))
    right.set_xticks((1, 10, 100, 1000), ("1", "10", "100", "1000"))
    right.minorticks_off()
    right.legend(loc="upper left")
    return figure


def _controls() -> Controls:
    candidates, rows = (2, 5, 10, 20, 56, 100, 200, 500, 1000), (20, 40, 80, 150, 300, 600, 1000)
    return {
        "candidates": choice(10, [(str(n), n) for n in candidates]),
        "rows": choice(40, [(str(n), n) for n in rows]),
    }


def _facts(result: Luck, **_: Any) -> dict[str, Any]:
    return {"expected": result.expected, "points": 100 * (result.expected - 0.5)}


EXPLORER = Explorer(WORDS, _controls, luck, _draw, _facts)


def explore_luck() -> None:
    """Explore what the best of many candidates promises on pure noise: candidates, rows."""
    EXPLORER.show()
