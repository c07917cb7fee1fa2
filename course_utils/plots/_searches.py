"""Figures of a search space and of what a search knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from course_utils import messages
from course_utils.plots._style import PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def heat_map(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    fmt: str = ".3f",
    label: str = "",
    vmin: float | None = None,
) -> Axes:
    """Draw a table of scores as a heat map and frame its best cell.

    Parameters
    ----------
    table : pandas.DataFrame of shape (n_rows, n_columns)
        Scores, e.g. from ``DataFrame.pivot_table``; the names of index and columns label the axes.
        Missing cells stay blank.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure otherwise.
    fmt : str, default=".3f"
        Format of the number in each cell; ``""`` writes none.
    label : str, default=""
        Name of the score, beside the colour bar.
    vmin : float, optional
        Where the colours begin: lower scores look alike, and the good ones are told apart.

    Returns
    -------
    matplotlib.axes.Axes
    """
    import matplotlib.pyplot as plt
    from matplotlib.patches import Rectangle

    if ax is None:
        _, ax = plt.subplots()
    values = table.to_numpy(dtype=float)
    image = ax.imshow(values, aspect="auto", origin="lower", vmin=vmin)
    ax.grid(False)
    ax.set_xticks(range(table.shape[1]), [_short(name) for name in table.columns])
    ax.set_yticks(range(table.shape[0]), [_short(name) for name in table.index])
    ax.set(xlabel=table.columns.name or "", ylabel=table.index.name or "")
    ax.figure.colorbar(image, ax=ax, label=label)
    if fmt:
        _write_cells(ax, values, fmt, middle=np.mean(image.get_clim()))
    row, column = np.unravel_index(np.nanargmax(values), values.shape)
    ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, ec=PALETTE[1], lw=3))
    return ax


def projections(designs: Mapping[str, np.ndarray], *, x: str, y: str) -> Figure:
    """Draw points of the unit square with their shadows on both axes, one panel per design.

    Parameters
    ----------
    designs : mapping of str to ndarray of shape (n_points, 2)
        Points in [0, 1]² by the title of their panel.
    x, y : str
        Names of the two axes.

    Returns
    -------
    matplotlib.figure.Figure

    References
    ----------
    The idea of the projected points is that of J. Bergstra and Y. Bengio, "Random Search for
    Hyper-Parameter Optimization", JMLR 13 (2012).
    """
    import matplotlib.pyplot as plt

    width = 3.9 * len(designs)
    fig, axes = plt.subplots(1, len(designs), figsize=(width, 3.9), squeeze=False)
    for ax, (title, points) in zip(axes[0], designs.items(), strict=True):
        draw_shadows(ax, points)
        ax.set(xlabel=x, ylabel=y, title=title)
    return fig


def surrogate_panels(
    stages: Mapping[str, tuple[np.ndarray, ...]],
    grid: np.ndarray,
    truth: np.ndarray,
    *,
    x: str,
    y: str,
    acquisition: str,
) -> Figure:
    """Draw a surrogate model above its acquisition function, one column per stage of a search.

    Parameters
    ----------
    stages : mapping of str to tuple of five ndarrays
        By title of the column: places tried, their scores, and on `grid` the surrogate's mean, its
        standard deviation and the acquisition function.
    grid, truth : ndarray of shape (n_points,)
        Places on the axis and the true score there, which the search does not know.
    x, y, acquisition : str
        Names of the axes.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    size = (4.6 * len(stages), 4.8)
    fig, axes = plt.subplots(
        2, len(stages), figsize=size, sharex=True, height_ratios=[2, 1], squeeze=False
    )
    for column, (title, (places, scores, mean, std, gain)) in enumerate(stages.items()):
        model, below = axes[:, column]
        if column:  # the gains differ by orders of magnitude: each has its own axis
            model.sharey(axes[0, 0])
        draw_surrogate(model, grid, truth, places, scores, mean, std)
        draw_acquisition(below, grid, gain)
        model.axvline(grid[gain.argmax()], color=PALETTE[1], lw=1.5, ls=":")
        model.set(title=title, ylabel=y if column == 0 else "")
        below.set(xlabel=x, ylabel=acquisition if column == 0 else "")
    handles, labels = axes[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=len(labels))
    return fig


def draw_shadows(ax: Axes, points: np.ndarray) -> None:
    """Draw points of the unit square and, on each axis, the values that they try.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    points : ndarray of shape (n_points, 2)
        In [0, 1]².
    """
    x, y = points.T
    ax.vlines(x, 0, y, color=PALETTE[5], lw=0.8)
    ax.hlines(y, 0, x, color=PALETTE[4], lw=0.8)
    ax.plot(x, y, "o", color=PALETTE[6], ms=7)
    ax.plot(x, 0 * x, "^", color=PALETTE[0], ms=9, clip_on=False)
    ax.plot(0 * y, y, ">", color=PALETTE[1], ms=9, clip_on=False)
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.grid(False)


def draw_surrogate(
    ax: Axes,
    grid: np.ndarray,
    truth: np.ndarray,
    places: np.ndarray,
    scores: np.ndarray,
    mean: np.ndarray,
    std: np.ndarray,
) -> None:
    """Draw what a surrogate model believes, the truth, and the trials that it has seen.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    grid, truth : ndarray of shape (n_points,)
        Places on the axis and the true score there.
    places, scores : ndarray of shape (n_trials,)
        Trials and their scores.
    mean, std : ndarray of shape (n_points,)
        Prediction on `grid`; the band is two standard deviations wide on either side.
    """
    ax.fill_between(grid, mean - 2 * std, mean + 2 * std, alpha=0.2, label=messages.SURROGATE_BAND)
    ax.plot(grid, mean, label=messages.SURROGATE_MEAN)
    ax.plot(grid, truth, "--", color="0.35", lw=1.3, label=messages.SURROGATE_TRUTH)
    ax.plot(places, scores, "o", color=PALETTE[6], label=messages.SURROGATE_TRIED)


def draw_acquisition(ax: Axes, grid: np.ndarray, gain: np.ndarray) -> None:
    """Draw an acquisition function and mark where it is highest.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    grid, gain : ndarray of shape (n_points,)
        Places on the axis and the function there.
    """
    ax.fill_between(grid, 0, gain, color=PALETTE[2], alpha=0.4)
    ax.axvline(grid[gain.argmax()], color=PALETTE[1], lw=1.5, ls=":")


def _write_cells(ax: Axes, values: np.ndarray, fmt: str, middle: np.floating) -> None:
    """Write each number in black where the colours are light, above `middle`, else in white."""
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            colour = "black" if value > middle else "white"
            ax.text(column, row, format(value, fmt), ha="center", va="center", color=colour)


def _short(name: object) -> str:
    return f"{name:g}" if isinstance(name, float) else str(name)
