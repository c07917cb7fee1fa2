"""How many random trials reach the best part of a space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.messages.explorers import SIXTY_TRIALS as WORDS
from course_utils.widgets.drawing import RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, choice, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "SixtyTrials", "explore_sixty_trials", "sixty_trials"]


class SixtyTrials(NamedTuple):
    """Result of :func:`sixty_trials`."""

    probability: float
    needed: int
    counts: np.ndarray
    curve: np.ndarray
    ranks: np.ndarray
    density: np.ndarray
    trials: int
    top: float


def sixty_trials(trials: int, top: float) -> SixtyTrials:
    """Chance that the best of some random trials is among the best ones of the space.

    Parameters
    ----------
    trials : int
        Random trials.
    top : float
        Fraction of the space that counts as good, between 0 and 1.

    Returns
    -------
    SixtyTrials
        ``1 - (1 - top) ** trials``, the trials needed for 95 %, the same probability for 0 to 200
        trials, and the density of the rank of the best trial (0 is the best of the space).
    """
    counts, ranks = np.arange(201), np.linspace(0, 0.2, 201)
    return SixtyTrials(
        probability=1 - (1 - top) ** trials,
        needed=math.ceil(math.log(0.05) / math.log(1 - top)),
        counts=counts,
        curve=1 - (1 - top) ** counts,
        ranks=ranks,
        density=trials * (1 - ranks) ** (trials - 1.0),
        trials=trials,
        top=top,
    )


def _draw(result: SixtyTrials, used: Figure | None) -> Figure:
    """Draw the probability for any number of trials, and the rank of the best one."""
    figure, (left, right) = canvas(used)
    left.plot(result.counts, result.curve)
    left.axhline(0.95, color="0.35", lw=1.2, ls="--")
    left.text(199, 0.94, WORDS.legend[0], ha="right", va="top", color="0.25")
    left.plot(result.trials, result.probability, "o", color=RED, ms=9, clip_on=False)
    title = WORDS.titles[0].format(**_facts(result))
    label(left, title, *WORDS.axes[:2], ylim=(0, 1.03), xlim=(0, 202))
    left.set(xticks=range(0, 201, 50), yticks=(0, 0.25, 0.5, 0.75, 1))
    percent, good = 100 * result.ranks, result.ranks <= result.top + 1e-9
    right.plot(percent, result.density)
    right.fill_between(
        percent[good], result.density[good], color=RED, alpha=0.35, label=WORDS.legend[1]
    )
    label(right, WORDS.titles[1], *WORDS.axes[2:], yticks=(), xlim=(0, 20))
    right.set(xticks=range(0, 21, 5), ylim=(0, 1.05 * result.trials))
    right.legend(loc="upper right")
    return figure


def _controls() -> Controls:
    percents = (1, 2, 3, 5, 10, 15, 20)
    return {
        "trials": whole(10, 1, 200),
        "top": choice(0.05, [(str(percent), percent / 100) for percent in percents]),
    }


def _facts(result: SixtyTrials, **_: Any) -> dict[str, Any]:
    return result._asdict() | {"top": 100 * result.top}


EXPLORER = Explorer(WORDS, _controls, sixty_trials, _draw, _facts)


def explore_sixty_trials() -> None:
    """Explore the chance to hit the best part of a space: trials, size of that part."""
    EXPLORER.show()
