"""Figures of validation: which rows are held out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from course_utils import messages
from course_utils.plots._style import PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike
    from sklearn.model_selection import BaseCrossValidator


def fold_map(splitters: Mapping[str, BaseCrossValidator], y: ArrayLike) -> Figure:
    """Draw which rows each fold trains on and validates on, one panel per splitter.

    Parameters
    ----------
    splitters : mapping of str to cross-validation splitter
        Title of each panel and the splitter drawn in it.
    y : array-like of int, shape (n_rows,)
        Class of each row, 0 or 1; drawn as a band below the folds.

    Returns
    -------
    matplotlib.figure.Figure
        Of one row of panels: folds from top to bottom, rows of the data from left to right.
    """
    import matplotlib.pyplot as plt
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    y = np.asarray(y)
    fig, axes = plt.subplots(1, len(splitters), figsize=(10, 3.2), squeeze=False)
    colours = (PALETTE[5], PALETTE[1], "0.85", "0.15")
    for ax, (title, splitter) in zip(axes[0], splitters.items(), strict=True):
        folds = [validation for _, validation in splitter.split(np.zeros((len(y), 1)), y)]
        table = np.zeros((len(folds) + 1, len(y)))
        for fold, validation in enumerate(folds):
            table[fold, validation] = 1
        table[-1] = 2 + y
        ax.pcolormesh(table, cmap=ListedColormap(colours), vmin=0, vmax=3, ec="white", lw=0.5)
        ax.set(title=title, xlabel=messages.FOLD_ROWS, xticks=[])
        names = [messages.FOLD_NAME.format(number=k + 1) for k in range(len(folds))]
        ax.set_yticks(np.arange(len(table)) + 0.5, [*names, messages.FOLD_CLASS])
        ax.set_ylim(len(table), 0)
        ax.grid(False)
    handles = [Patch(color=c, label=n) for c, n in zip(colours, messages.FOLD_LEGEND, strict=True)]
    fig.legend(handles=handles, loc="outside lower center", ncols=len(handles))
    return fig
