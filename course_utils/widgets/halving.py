"""Successive halving when small budgets measure with noise."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.environment import SEED
from course_utils.messages.explorers import HALVING as WORDS
from course_utils.widgets.drawing import BLACK, BLUE, RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, number, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "HalvingRace", "explore_halving", "halving_race"]


class HalvingRace(NamedTuple):
    """Result of :func:`halving_race`."""

    entrants: np.ndarray
    resources: np.ndarray
    observed: np.ndarray
    survives: np.ndarray
    wins: float
    loss: float
    cost: int
    full_cost: int


def halving_race(
    noise: float, factor: int, *, candidates: int = 27, repeats: int = 1000
) -> HalvingRace:
    """Run successive halving when small budgets measure with noise.

    True scores are spread like a normal of 2 points; candidate 0 is the best. A score measured
    with r units of the resource carries normal noise of ``noise / sqrt(r)`` points.

    Parameters
    ----------
    noise : float
        Standard deviation, in points, of a score measured with one unit.
    factor : int
        Of each round, one in `factor` goes on, with `factor` times the resource.
    candidates : int, default=27
        At the start.
    repeats : int, default=1000
        Races.

    Returns
    -------
    HalvingRace
        Entrants and resource of each round; the scores observed in the first race (NaN once out),
        shape (n_rounds, candidates); the probability that the best passes each round; how often it
        wins, the mean points lost otherwise included; units spent, and units to race all of them
        to the end.

    References
    ----------
    K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
    Optimization", AISTATS 2016.
    """
    from scipy.special import ndtri

    rng = np.random.default_rng(SEED)
    truth = 80 - 2 * ndtri((np.arange(candidates) + 0.5) / candidates)
    alive = np.ones((repeats, candidates), dtype=bool)
    entrants, resources, observed, survives = [candidates], [1], [], []
    while True:
        errors = rng.normal(0, noise / math.sqrt(resources[-1]), size=alive.shape)
        scores = np.where(alive, truth + errors, -np.inf)
        observed.append(np.where(alive[0], scores[0], np.nan))
        keep = math.ceil(entrants[-1] / factor)
        places = np.argsort(-scores, axis=1, kind="stable")[:, :keep]
        alive = np.zeros_like(alive)
        np.put_along_axis(alive, places, True, axis=1)
        survives.append(alive[:, 0].mean())
        if keep == 1:
            break
        entrants.append(keep)
        resources.append(resources[-1] * factor)
    spent = int(np.dot(entrants, resources))
    return HalvingRace(
        entrants=np.array(entrants),
        resources=np.array(resources),
        observed=np.array(observed),
        survives=np.array(survives),
        wins=float(survives[-1]),
        loss=float((truth[0] - truth[places[:, 0]]).mean()),
        cost=spent,
        full_cost=candidates * resources[-1],
    )


def _draw(result: HalvingRace, used: Figure | None) -> Figure:
    """Draw one race, and how often the best of all is still in it."""
    figure, (left, right) = canvas(used)
    _draw_race(left, result)
    rounds = np.arange(1, len(result.resources) + 1)
    bars = right.bar(rounds, 100 * result.survives, color=BLUE, width=0.6)
    right.bar_label(bars, fmt="%.0f", padding=2)
    title = WORDS.titles[1].format(**_facts(result))
    label(right, title, *WORDS.axes[2:], ylim=(0, 112))
    right.set(xticks=rounds, yticks=(0, 25, 50, 75, 100))
    right.grid(axis="x", visible=False)
    return figure


def _draw_race(ax: Axes, result: HalvingRace) -> None:
    observed, last = result.observed, len(result.resources) - 1
    rounds, reached = np.arange(last + 1), (~np.isnan(observed)).sum(axis=0) - 1
    others = np.pad(observed[:, 1:], ((0, 1), (0, 0)), constant_values=np.nan)
    places = np.broadcast_to(np.arange(last + 2)[:, None], others.shape)
    ax.plot(places.T.ravel(), others.T.ravel(), color="0.72", lw=1)  # with gaps: faster than many
    out = [k for k in range(1, len(reached)) if reached[k] < last]
    best, gone = WORDS.legend
    ax.plot(reached[out], observed[reached[out], out], "x", color="0.35", ms=5, label=gone)
    ax.plot(rounds, observed[:, 0], "o-", color=RED, lw=2.5, label=best)
    if reached[0] < last:
        ax.plot(reached[0], observed[reached[0], 0], "x", color=BLACK, ms=13, mew=3)
    pairs = zip(result.resources, result.entrants, strict=True)
    label(ax, WORDS.titles[0].format(**_facts(result)), *WORDS.axes[:2])
    ax.set_xticks(rounds, [f"{units} ({n})" for units, n in pairs])
    low, high = np.nanmin(observed), np.nanmax(observed)
    ax.set(ylim=(low - 1, high + 0.2 * (high - low)), xlim=(-0.25, last + 0.25))
    ax.locator_params(axis="y", nbins=5)
    ax.legend(loc="upper right", ncols=2)


def _controls() -> Controls:
    return {"noise": number(1.0, 0.0, 6.0, 0.5), "factor": whole(3, 2, 5)}


def _facts(result: HalvingRace, **_: Any) -> dict[str, Any]:
    return {
        "first": 100 * (1 - result.survives[0]),
        "wins": 100 * result.wins,
        "loss": result.loss,
        "cost": 100 * result.cost / result.full_cost,
    }


EXPLORER = Explorer(WORDS, _controls, halving_race, _draw, _facts)


def explore_halving() -> None:
    """Explore successive halving when small budgets are noisy: noise, factor."""
    EXPLORER.show()
