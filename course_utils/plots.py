"""Figures that scikit-learn's Displays, Optuna and Keras do not draw, and one look for all."""

from __future__ import annotations

import base64
import html
import io
from typing import TYPE_CHECKING, Any

from course_utils import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike
    from sklearn.model_selection import BaseCrossValidator

__all__ = [
    "PALETTE",
    "anytime_plot",
    "effect_plot",
    "fold_map",
    "heat_map",
    "projections",
    "schedule_curves",
    "schedule_panels",
    "show",
    "surrogate_panels",
    "use_style",
]

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's colours, told apart with every common form of colour blindness.

Source: M. Okabe and K. Ito, "Color Universal Design" (2008)."""

_STYLE: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.labelsize": 11,
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "figure.figsize": (7.2, 4.0),
    "font.size": 11,
    "grid.alpha": 0.3,
    "image.cmap": "cividis",
    "legend.fontsize": 10,
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "savefig.dpi": 100,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
}


def use_style() -> None:
    """Apply the figure style of the course to this process's matplotlib.

    It also undoes the style "ggplot", to which Optuna's plots switch the whole process.
    """
    import matplotlib as mpl
    import matplotlib.style
    from cycler import cycler

    plain = {key: mpl.rcParamsDefault[key] for key in matplotlib.style.library["ggplot"]}
    style: Any = plain | _STYLE | {"axes.prop_cycle": cycler(color=PALETTE)}
    mpl.rcParams.update(style)


def show(figure: Figure | Axes, alt: str) -> None:
    """Display a figure with an alternative text and close it.

    JupyterLab writes no ``alt`` on pictures of type ``image/png``, so the same picture also goes
    out as an ``<img>`` with its text; a reader without pictures gets the text alone.

    Parameters
    ----------
    figure : matplotlib.figure.Figure or matplotlib.axes.Axes
        The figure, or any axes of it.
    alt : str
        What the picture shows, in one or two Spanish sentences: the finding, not the chart type.

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    if not alt.strip():
        raise ValueError(messages.ALT_MISSING)
    fig: Any = figure if hasattr(figure, "savefig") else figure.figure
    use_style()  # an Optuna plot may have changed it
    _out_of_ggplot(fig)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png")
    plt.close(fig)
    png = base64.b64encode(buffer.getvalue()).decode("ascii")
    picture = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}">'
    bundle = {"image/png": png, "text/html": picture, "text/plain": alt}
    display(bundle, metadata={"image/png": {"alt": alt}}, raw=True)


def _out_of_ggplot(figure: Figure) -> None:
    """Give panels that Optuna drew in the style "ggplot", white on grey, the look of the others."""
    import matplotlib as mpl
    import matplotlib.style
    from matplotlib.colors import to_rgba

    grey = to_rgba(matplotlib.style.library["ggplot"]["axes.facecolor"])
    look = mpl.rcParams
    for ax in figure.axes:
        if ax.get_facecolor() != grey:
            continue
        ax.set_facecolor("white")
        ax.grid(True, color=look["grid.color"], alpha=look["grid.alpha"])
        ax.tick_params(colors="black")
        ax.xaxis.label.set_color("black")
        ax.yaxis.label.set_color("black")
        for side, spine in ax.spines.items():
            spine.set(
                visible=side in ("left", "bottom"), color="black", linewidth=look["axes.linewidth"]
            )


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
    import numpy as np
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


def heat_map(
    table: pd.DataFrame, ax: Axes | None = None, *, fmt: str = ".3f", label: str = ""
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

    Returns
    -------
    matplotlib.axes.Axes
    """
    import matplotlib.pyplot as plt
    import numpy as np

    if ax is None:
        _, ax = plt.subplots()
    values = table.to_numpy(dtype=float)
    image = ax.imshow(values, aspect="auto", origin="lower")
    ax.grid(False)
    ax.set_xticks(range(table.shape[1]), [_short(name) for name in table.columns])
    ax.set_yticks(range(table.shape[0]), [_short(name) for name in table.index])
    ax.set(xlabel=table.columns.name or "", ylabel=table.index.name or "")
    ax.figure.colorbar(image, ax=ax, label=label)
    if fmt:
        _write_cells(ax, values, fmt)
    row, column = np.unravel_index(np.nanargmax(values), values.shape)
    frame = plt.Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, ec=PALETTE[1], lw=3)
    ax.add_patch(frame)
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
        _draw_shadows(ax, points)
        ax.set(xlabel=x, ylabel=y, title=title)
    return fig


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
    import numpy as np

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

    rows: Any = {"sharex": True, "height_ratios": [2, 1], "squeeze": False}
    fig, axes = plt.subplots(2, len(stages), figsize=(4.6 * len(stages), 4.8), **rows)
    for column, (title, (places, scores, mean, std, gain)) in enumerate(stages.items()):
        model, below = axes[:, column]
        if column:  # the gains differ by orders of magnitude: each has its own axis
            model.sharey(axes[0, 0])
        _draw_surrogate(model, grid, truth, places, scores, mean, std)
        _draw_acquisition(below, grid, gain)
        model.axvline(grid[gain.argmax()], color=PALETTE[1], lw=1.5, ls=":")
        model.set(title=title, ylabel=y if column == 0 else "")
        below.set(xlabel=x, ylabel=acquisition if column == 0 else "")
    handles, labels = axes[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=len(labels))
    return fig


def _draw_shadows(ax: Axes, points: np.ndarray) -> None:
    ax.vlines(points[:, 0], 0, points[:, 1], color=PALETTE[5], lw=0.8)
    ax.hlines(points[:, 1], 0, points[:, 0], color=PALETTE[4], lw=0.8)
    ax.plot(points[:, 0], points[:, 1], "o", color=PALETTE[6], ms=7)
    ax.plot(points[:, 0], 0 * points[:, 0], "^", color=PALETTE[0], ms=9, clip_on=False)
    ax.plot(0 * points[:, 1], points[:, 1], ">", color=PALETTE[1], ms=9, clip_on=False)
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.grid(False)


def _draw_surrogate(ax: Axes, grid, truth, places, scores, mean, std) -> None:
    band = (mean - 2 * std, mean + 2 * std)
    ax.fill_between(grid, *band, alpha=0.2, label=messages.SURROGATE_BAND)
    ax.plot(grid, mean, label=messages.SURROGATE_MEAN)
    ax.plot(grid, truth, "--", color="0.35", lw=1.3, label=messages.SURROGATE_TRUTH)
    ax.plot(places, scores, "o", color=PALETTE[6], label=messages.SURROGATE_TRIED)


def _draw_acquisition(ax: Axes, grid, gain) -> None:
    ax.fill_between(grid, 0, gain, color=PALETTE[2], alpha=0.4)
    ax.axvline(grid[gain.argmax()], color=PALETTE[1], lw=1.5, ls=":")


def schedule_curves(
    schedules: Mapping[str, Callable[[int], Any]], n_steps: int
) -> dict[str, np.ndarray]:
    """Evaluate learning-rate schedules at every step of a training.

    Parameters
    ----------
    schedules : mapping of str to callable
        By name: anything that maps the number of a step, from 0 on, to a learning rate, such as
        the classes of ``keras.optimizers.schedules`` or a plain function.
    n_steps : int
        Steps (updates of the weights) of the training.

    Returns
    -------
    dict of str to ndarray of shape (n_steps,)
        Rate used by each step.
    """
    import numpy as np

    steps = range(n_steps)
    return {
        name: np.array([float(schedule(step)) for step in steps])
        for name, schedule in schedules.items()
    }


def schedule_panels(
    curves: Mapping[str, np.ndarray], steps_per_epoch: int | None = None, columns: int = 3
) -> Figure:
    """Draw learning rates over steps: small panels, all on the same scale.

    Parameters
    ----------
    curves : mapping of str to ndarray of shape (n_steps,)
        From :func:`schedule_curves`.
    steps_per_epoch : int, optional
        Draws a dotted line where each epoch ends.
    columns : int, default=3
        Panels per row.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    columns = min(columns, len(curves))
    rows = -(-len(curves) // columns)
    shape: Any = {"figsize": (3.4 * columns, 2.4 * rows + 0.3), "squeeze": False}
    fig, axes = plt.subplots(rows, columns, sharex=True, sharey=True, **shape)
    for ax, (name, curve) in zip(axes.flat, curves.items(), strict=False):
        ax.plot(curve, color=PALETTE[0])
        ax.set_title(name, fontsize=11)
        ax.tick_params(labelbottom=True)
        ends = range(steps_per_epoch, len(curve), steps_per_epoch) if steps_per_epoch else ()
        for end in ends:
            ax.axvline(end, color="0.5", lw=0.8, ls=":")
    for ax in axes.flat[len(curves) :]:
        ax.set_visible(False)
    axes[0, 0].set_ylim(bottom=0)
    fig.supxlabel(messages.SCHEDULE_STEP, fontsize=11)
    fig.supylabel(messages.SCHEDULE_RATE, fontsize=11)
    return fig


def _write_cells(ax: Axes, values, fmt: str) -> None:
    import numpy as np

    middle = (np.nanmin(values) + np.nanmax(values)) / 2
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            colour = "black" if value > middle else "white"
            ax.text(column, row, format(value, fmt), ha="center", va="center", color=colour)


def _short(name: object) -> str:
    return f"{name:g}" if isinstance(name, float) else str(name)
