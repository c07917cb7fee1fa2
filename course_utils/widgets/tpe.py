"""A small TPE, and how it chooses its next trial."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.environment import SEED
from course_utils.messages.explorers import TPE as WORDS
from course_utils.widgets._toy import toy_score
from course_utils.widgets.drawing import BLACK, BLUE, RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, number, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "Tpe", "explore_tpe", "parzen_density", "tpe_search"]


def parzen_density(at: np.ndarray, points: np.ndarray, width: float = 0.08) -> np.ndarray:
    """Density of one bell for each point, and a flat one, on the axis [0, 1].

    Parameters
    ----------
    at, points : ndarray of float
        Where it is asked for, and centres of the bells.
    width : float, default=0.08
        Standard deviation of a bell.

    Returns
    -------
    numpy.ndarray
        Of the shape of `at`.
    """
    z = (at[:, None] - points) / width
    bells: np.ndarray = np.exp(-(z**2) / 2).sum(axis=1) / (width * math.sqrt(2 * math.pi))
    return (bells + 1) / (len(points) + 1)


class Tpe(NamedTuple):
    """Result of :func:`tpe_search`."""

    grid: np.ndarray
    truth: np.ndarray
    tried: np.ndarray
    good: np.ndarray
    low: np.ndarray
    high: np.ndarray
    chosen: float
    ratio: float
    best: float


def tpe_search(steps: int, good_share: float, *, start: int = 8) -> Tpe:
    """Run a small TPE by hand on :func:`toy_score` and look into its next step.

    Parameters
    ----------
    steps : int
        Trials that TPE has already chosen, after the random ones.
    good_share : float
        Fraction γ of the trials that count as good (rounded up).
    start : int, default=8
        Random trials at the beginning.

    Returns
    -------
    Tpe
        Places tried and which of them are good, the densities l (``low``, the name of Bergstra's
        l(x)) and g (``high``) on `grid`, the next trial, its l / g, and the best score so far.

    References
    ----------
    J. Bergstra et al., "Algorithms for Hyper-Parameter Optimization", NIPS 2011.
    """
    # By hand: no library shows the densities that its TPE works with.
    rng, grid = np.random.default_rng(SEED), np.linspace(0, 1, 201)
    tried = rng.random(start)
    for step in range(steps + 1):
        order = np.argsort(-toy_score(tried), kind="stable")
        n_good = math.ceil(round(good_share * len(tried), 9))
        good, rest = tried[order[:n_good]], tried[order[n_good:]]
        bells = rng.choice(good, 24) + rng.normal(0, 0.08, 24)
        candidates = np.concatenate([bells.clip(0, 1), rng.random(1)])
        ratios = parzen_density(candidates, good) / parzen_density(candidates, rest)
        chosen = candidates[ratios.argmax()]
        if step < steps:
            tried = np.append(tried, chosen)
    return Tpe(
        grid=grid,
        truth=toy_score(grid),
        tried=tried,
        good=np.isin(np.arange(len(tried)), order[:n_good]),
        low=parzen_density(grid, good),
        high=parzen_density(grid, rest),
        chosen=float(chosen),
        ratio=float(ratios.max()),
        best=float(toy_score(tried).max()),
    )


def _draw(result: Tpe, used: Figure | None) -> Figure:
    """Draw the trials above the densities l and g that TPE learns from them."""
    figure, (top, below) = canvas(used, 1, 2, height=4.6, hspace=0.38)
    names = WORDS.legend
    top.plot(result.grid, result.truth, "--", color="0.35", lw=1.3, label=names[0])
    parts = ((result.good, "o", BLUE, names[1]), (~result.good, "x", RED, names[2]))
    for rows, mark, colour, name in parts:
        places = result.tried[rows]
        top.plot(places, toy_score(places), mark, color=colour, label=name, mew=2)
    below.plot(result.grid, result.low, color=BLUE, label=names[3])
    below.plot(result.grid, result.high, "--", color=RED, label=names[4])
    for ax in (top, below):
        ax.axvline(result.chosen, color=BLACK, ls=":", lw=1.5)
        ax.set(xlim=(-0.01, 1.01), xticks=np.linspace(0, 1, 6))
    label(top, WORDS.titles[0], y=WORDS.axes[1], ylim=(0.4, 1.1), yticks=(0.4, 0.6, 0.8, 1))
    label(below, WORDS.titles[1], WORDS.axes[0], WORDS.axes[2], ylim=(0, 6))
    below.set_yticks((0, 2, 4))
    top.legend(loc="upper center", ncols=3, bbox_to_anchor=(0.5, 1.02))
    below.legend(loc="upper center", ncols=2)
    return figure


def _controls() -> Controls:
    return {"steps": whole(0, 0, 30), "good_share": number(0.25, 0.05, 0.6, 0.05)}


def _facts(result: Tpe, **_: Any) -> dict[str, Any]:
    return result._asdict() | {
        "trials": len(result.tried),
        "good": result.good.sum(),
        "truth": float(toy_score(result.chosen)),
    }


EXPLORER = Explorer(WORDS, _controls, tpe_search, _draw, _facts)


def explore_tpe() -> None:
    """Explore TPE: its steps, and the share γ of the trials that count as good."""
    EXPLORER.show()
