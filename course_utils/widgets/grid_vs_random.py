"""A grid against chance, on hills of unknown place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.environment import SEED
from course_utils.messages.explorers import GRID_VS_RANDOM as WORDS
from course_utils.plots import draw_shadows
from course_utils.widgets.drawing import BLUE, ORANGE, canvas, label
from course_utils.widgets.panel import Controls, Explorer, choice, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "GridVsRandom", "explore_grid_vs_random", "grid_vs_random"]


class GridVsRandom(NamedTuple):
    """Result of :func:`grid_vs_random`."""

    grid: np.ndarray
    chance: np.ndarray
    grid_values: int
    chance_values: int
    grid_height: float
    chance_height: float
    chance_wins: float


def grid_vs_random(per_axis: int, ratio: float, *, repeats: int = 4000) -> GridVsRandom:
    """Compare a grid with as many random points on hills of unknown place.

    Parameters
    ----------
    per_axis : int
        Values of each of two hyperparameters in the grid; both spend ``per_axis ** 2`` trials.
    ratio : float
        How many times more the first hyperparameter matters than the second.
    repeats : int, default=4000
        Hills, each with its peak at random and its own random points.

    Returns
    -------
    GridVsRandom
        Points of both in [0, 1]², how many distinct values of the first axis each tries, the mean
        height reached (the peak is 1) and how often chance gets higher.
    """
    rng = np.random.default_rng(SEED)
    levels = (2 * np.arange(per_axis) + 1) / (2 * per_axis)
    grid = np.stack(np.meshgrid(levels, levels), axis=-1).reshape(-1, 2)
    peaks = rng.random((repeats, 1, 2))
    chances = rng.random((repeats, len(grid), 2))
    weights = np.array([1.0, ratio**-2.0])
    ordered, random = (
        np.exp(-(weights * (points - peaks) ** 2).sum(axis=-1).min(axis=1) / (2 * 0.15**2))
        for points in (grid, chances)
    )
    chance = np.random.default_rng(SEED).random((len(grid), 2))
    return GridVsRandom(
        grid=grid,
        chance=chance,
        grid_values=per_axis,
        chance_values=len(np.unique(chance[:, 0])),
        grid_height=float(ordered.mean()),
        chance_height=float(random.mean()),
        chance_wins=float((random > ordered).mean()),
    )


def _draw(result: GridVsRandom, used: Figure | None) -> Figure:
    """Draw both designs with their shadows, and the height that each reaches."""
    figure, (left, middle, right) = canvas(used, 3, height=3.45, wspace=0.26)
    for ax, points, title in zip((left, middle), result[:2], WORDS.titles, strict=False):
        draw_shadows(ax, points)
        label(ax, title, WORDS.axes[0], xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    left.set_ylabel(WORDS.axes[1])
    heights = (result.grid_height, result.chance_height)
    bars = right.bar(WORDS.legend, heights, color=(BLUE, ORANGE), width=0.6)
    right.bar_label(bars, fmt="%.2f", padding=2)
    label(right, WORDS.titles[2], ylim=(0, 1.1), yticks=(0, 0.5, 1))
    right.set_box_aspect(1)
    right.grid(axis="x", visible=False)
    return figure


def _controls() -> Controls:
    ratios = (1, 2, 3, 5, 10, 20, 50)
    return {
        "per_axis": whole(3, 2, 5),
        "ratio": choice(1, [(str(ratio), ratio) for ratio in ratios]),
    }


def _facts(result: GridVsRandom, per_axis: int, **_: Any) -> dict[str, Any]:
    return result._asdict() | {"trials": per_axis**2, "wins": 100 * result.chance_wins}


EXPLORER = Explorer(WORDS, _controls, grid_vs_random, _draw, _facts)


def explore_grid_vs_random() -> None:
    """Explore a grid against chance: values per axis, how much more one axis matters."""
    EXPLORER.show()
