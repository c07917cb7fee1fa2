"""Figures that compare: strategies as they spend, effects with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from course_utils import messages
from course_utils.plots._style import PALETTE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def anytime_plot(curves: pd.DataFrame, ax: Axes | None = None, *, log: bool = False) -> Axes:
    """Draw mean regret as searches go on, with its interval as a band.

    Parameters
    ----------
    curves : pandas.DataFrame
        From :func:`course_utils.tournament.anytime`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure otherwise.
    log : bool, default=False
        Whether the regret goes on a logarithmic axis, which leaves out what is 0.

    Returns
    -------
    matplotlib.axes.Axes
        Lines differ in colour and in dashes, so that they can be told apart in grey.
    """
    import matplotlib.pyplot as plt

    if ax is None:
        _, ax = plt.subplots()
    by = curves.columns[1]
    dashes = ("-", "--", "-.", ":")
    for index, (name, rows) in enumerate(curves.groupby("strategy", sort=False)):
        colour = PALETTE[index % len(PALETTE)]
        style = dashes[index % len(dashes)]
        ax.plot(rows[by], rows["mean"], style, color=colour, label=name)
        ax.fill_between(rows[by], rows["low"], rows["high"], color=colour, alpha=0.18, lw=0)
    axes = messages.ANYTIME_AXES
    ax.set(xlabel=axes[by], ylabel=axes["regret"], yscale="log" if log else "linear")
    if not log:
        ax.set_ylim(bottom=0)
    ax.legend()
    return ax


def effect_plot(
    effects: pd.DataFrame, ax: Axes | None = None, *, legend: str = "", label: str = ""
) -> Axes:
    """Draw one effect a row with its interval, coloured by what was claimed about it.

    Parameters
    ----------
    effects : pandas.DataFrame of shape (n_rows, 5)
        Columns in this order: claim (colour), factor, level, effect, half-width of its interval.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure as high as the rows need otherwise.
    legend, label : str
        Title of the legend; name of the axis of effects.

    Returns
    -------
    matplotlib.axes.Axes
        Rows from top to bottom; the axis is linear between -1 and 1 and logarithmic beyond.
    """
    import matplotlib.pyplot as plt

    if ax is None:
        _, ax = plt.subplots(figsize=(8.5, 0.29 * len(effects) + 1.2))
    claim, factor, level, effect, width = effects.columns
    rows = effects.reset_index(drop=True)
    order = (PALETTE[1], PALETTE[4], PALETTE[0], "0.4")
    for place, (name, part) in enumerate(rows.groupby(claim, sort=False)):
        colour = order[place % len(order)]
        style = {"fmt": "o", "capsize": 3, "color": colour, "label": name}
        ax.errorbar(part[effect], part.index, xerr=part[width], **style)
    ax.axvline(0, color="black", lw=1)
    ax.set_yticks(rows.index, rows[factor] + ": " + rows[level])
    ax.invert_yaxis()
    low, high = (rows[effect] - rows[width]).min(), (rows[effect] + rows[width]).max()
    ax.set_xscale("symlog", linthresh=1)
    ax.set_xlim(min(1.2 * low, -1.2), max(1.2 * high, 1.2))
    marks = np.array([-50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50])
    inside = marks[(marks > ax.get_xlim()[0]) & (marks < ax.get_xlim()[1])]
    ax.set_xticks(inside, [f"{mark:+d}" if mark else "0" for mark in inside])
    ax.set_xlabel(label)
    ax.legend(title=legend, loc="center left", bbox_to_anchor=(0.02, 0.4))
    return ax
