"""Pictures of the explorers, drawn on figures of their own: pyplot knows nothing of them.

A picture is drawn anew at every move, so it avoids what is slow in matplotlib: layouts that are
computed, titles that look for their place, more ticks than needed.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils.messages import explorers as texts
from course_utils.plots import (
    PALETTE,
    draw_acquisition,
    draw_shadows,
    draw_surrogate,
    use_style,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from course_utils import _explorer_numbers as numbers

__all__ = [
    "draw",
    "draw_evolution",
    "draw_gp",
    "draw_grid_vs_random",
    "draw_halving",
    "draw_hyperband",
    "draw_luck",
    "draw_schedule",
    "draw_sixty_trials",
    "draw_threshold",
    "draw_tpe",
    "to_png",
]

_BLUE, _RED, _GREEN, _PINK, _ORANGE, _SKY, _BLACK = PALETTE
_LOOK: Any = {
    "axes.titlesize": 11,
    "axes.titley": 1.02,  # otherwise it looks for a free place at every drawing
    "figure.constrained_layout.use": False,
    "legend.fontsize": 9.5,
    "text.hinting": "no_hinting",  # half of a drawing is letters; hinting slows them
}


def draw(
    picture: Callable[[Any, Figure | None], Figure], result: Any, figure: Figure | None = None
) -> Figure:
    """Draw a result in the style of the course, whatever style is in force.

    Parameters
    ----------
    picture : callable
        One of the functions of this module.
    result : NamedTuple
        What it draws.
    figure : matplotlib.figure.Figure, optional
        One that the same function drew before, to draw on again: axes are slow to make.

    Returns
    -------
    matplotlib.figure.Figure
        Unknown to pyplot.
    """
    with _style():
        return picture(result, figure)


def to_png(figure: Figure) -> bytes:
    """Draw a figure as PNG, fast rather than small.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    bytes
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas, buffer = FigureCanvasAgg(figure), io.BytesIO()
    with _style():
        canvas.draw()  # once; savefig would draw twice
    pixels = (canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    picture = Image.frombuffer("RGBA", canvas.get_width_height(), *pixels).convert("RGB")
    picture.save(buffer, format="png", compress_level=1)
    return buffer.getvalue()


@contextmanager
def _style() -> Iterator[None]:
    import matplotlib as mpl

    with mpl.rc_context():
        use_style()
        mpl.rcParams.update(_LOOK)
        yield


def _figure(
    used: Figure | None, columns: int = 2, rows: int = 1, *, height: float = 3.5, **grid: Any
) -> Any:
    """Make a figure with margins that fit its labels, or wipe a used one; return its axes too."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import PlaceHolderLayoutEngine
    from matplotlib.transforms import ScaledTranslation

    if used is not None:
        for ax in used.axes:
            marks = (*ax.lines, *ax.patches, *ax.collections, *ax.images, *ax.texts)
            for artist in marks:
                artist.remove()
            ax.containers.clear()
            ax.relim()
            ax.set_autoscale_on(True)
            ax.set_prop_cycle(None)
        return used, used.axes
    # Without any engine, saving the figure would put back the one of the style.
    fixed = PlaceHolderLayoutEngine(adjust_compatible=True, colorbar_gridspec=True)
    figure = Figure(figsize=(9.0, height), layout=fixed)
    low, high = 0.56 / height, 1 - 0.36 / height
    margins = {"left": 0.075, "right": 0.985, "bottom": low, "top": high, "wspace": 0.24}
    axes = figure.subplots(rows, columns, gridspec_kw=margins | grid)
    below = ScaledTranslation(0, -0.3, figure.dpi_scale_trans)  # inches: clear of the tick labels
    for ax in figure.axes:  # otherwise the label looks for its place at every drawing
        ax.xaxis.set_label_coords(0.5, 0, transform=ax.transAxes + below)
    return figure, axes


def _label(ax: Axes, title: str = "", x: str = "", y: str = "", **more: Any) -> None:
    ax.set(title=title, xlabel=x, ylabel=y, **more)


def draw_grid_vs_random(result: numbers.GridVsRandom, figure: Figure | None = None) -> Figure:
    """Draw both designs with their shadows, and the height that each reaches."""
    figure, (left, middle, right) = _figure(figure, 3, height=3.45, wspace=0.26)
    for ax, points, title in zip((left, middle), result[:2], texts.GRID_TITLES, strict=False):
        draw_shadows(ax, points)
        _label(ax, title, texts.GRID_AXES[0], xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    left.set_ylabel(texts.GRID_AXES[1])
    heights = (result.grid_height, result.chance_height)
    bars = right.bar(texts.GRID_BARS, heights, color=(_BLUE, _ORANGE), width=0.6)
    right.bar_label(bars, fmt="%.2f", padding=2)
    _label(right, texts.GRID_TITLES[2], ylim=(0, 1.1), yticks=(0, 0.5, 1))
    right.set_box_aspect(1)
    right.grid(axis="x", visible=False)
    return figure


def draw_sixty_trials(result: numbers.SixtyTrials, figure: Figure | None = None) -> Figure:
    """Draw the probability for any number of trials, and the rank of the best one."""
    figure, (left, right) = _figure(figure)
    left.plot(result.counts, result.curve)
    left.axhline(0.95, color="0.35", lw=1.2, ls="--")
    left.text(199, 0.94, texts.SIXTY_LEGEND[0], ha="right", va="top", color="0.25")
    left.plot(result.trials, result.probability, "o", color=_RED, ms=9, clip_on=False)
    ticks: dict[str, Any] = {"xticks": range(0, 201, 50), "yticks": (0, 0.25, 0.5, 0.75, 1)}
    _label(left, texts.SIXTY_TITLES[0], *texts.SIXTY_AXES[:2], ylim=(0, 1.03), xlim=(0, 202))
    left.set(**ticks)
    percent, good = 100 * result.ranks, result.ranks <= result.top + 1e-9
    right.plot(percent, result.density)
    right.fill_between(
        percent[good], result.density[good], color=_RED, alpha=0.35, label=texts.SIXTY_LEGEND[1]
    )
    _label(right, texts.SIXTY_TITLES[1], *texts.SIXTY_AXES[2:], yticks=(), xlim=(0, 20))
    right.set(xticks=range(0, 21, 5), ylim=(0, 1.05 * result.trials))
    right.legend(loc="upper right")
    return figure


def draw_tpe(result: numbers.Tpe, figure: Figure | None = None) -> Figure:
    """Draw the trials above the densities l and g that TPE learns from them."""
    from course_utils._explorer_numbers import toy_score

    figure, (top, below) = _figure(figure, 1, 2, height=4.6, hspace=0.38)
    names = texts.TPE_LEGEND
    top.plot(result.grid, result.truth, "--", color="0.35", lw=1.3, label=names[0])
    parts = ((result.good, "o", _BLUE, names[1]), (~result.good, "x", _RED, names[2]))
    for rows, mark, colour, name in parts:
        places = result.tried[rows]
        top.plot(places, toy_score(places), mark, color=colour, label=name, mew=2)
    below.plot(result.grid, result.low, color=_BLUE, label=names[3])
    below.plot(result.grid, result.high, "--", color=_RED, label=names[4])
    for ax in (top, below):
        ax.axvline(result.chosen, color=_BLACK, ls=":", lw=1.5)
        ax.set(xlim=(-0.01, 1.01), xticks=np.linspace(0, 1, 6))
    _label(
        top, texts.TPE_TITLES[0], y=texts.TPE_AXES[1], ylim=(0.4, 1.1), yticks=(0.4, 0.6, 0.8, 1)
    )
    _label(below, texts.TPE_TITLES[1], texts.TPE_AXES[0], texts.TPE_AXES[2], ylim=(0, 6))
    below.set_yticks((0, 2, 4))
    top.legend(loc="upper center", ncols=3, bbox_to_anchor=(0.5, 1.02))
    below.legend(loc="upper center", ncols=2)
    return figure


def draw_gp(result: numbers.Gp, figure: Figure | None = None) -> Figure:
    """Draw the Gaussian process above its expected improvement."""
    from course_utils._explorer_numbers import toy_score

    figure, (top, below) = _figure(figure, 1, 2, height=4.6, hspace=0.38, height_ratios=(1.7, 1))
    scores = toy_score(result.tried)
    draw_surrogate(top, result.grid, result.truth, result.tried, scores, result.mean, result.std)
    highest = max(result.gain.max(), 1e-300)
    draw_acquisition(below, result.grid, result.gain / highest)
    top.axvline(result.chosen, color=_RED, lw=1.5, ls=":")
    for ax in (top, below):
        ax.set(xlim=(-0.01, 1.01), xticks=np.linspace(0, 1, 6))
    _label(top, texts.GP_TITLES[0], y=texts.GP_AXES[1], ylim=(0.2, 1.3))
    top.set_yticks((0.4, 0.6, 0.8, 1))
    title = texts.GP_TITLES[1].format(highest=highest)
    _label(below, title, texts.GP_AXES[0], texts.GP_AXES[2], ylim=(0, 1.08), yticks=())
    top.legend(loc="upper center", ncols=4, bbox_to_anchor=(0.5, 1.03))
    return figure


def draw_luck(result: numbers.Luck, figure: Figure | None = None) -> Figure:
    """Draw what one candidate scores, what the chosen one does, and what that tends to."""
    figure, (left, right) = _figure(figure)
    near = (result.accuracy >= 0.15) & (result.accuracy <= 0.999)
    peak = max(result.one.max(), result.best.max())
    for share, colour, hatch, name in (
        (result.one, _BLUE, "", texts.LUCK_LEGEND[0]),
        (result.best, _RED, "//", texts.LUCK_LEGEND[1]),
    ):
        left.fill_between(
            result.accuracy[near], share[near] / peak, step="mid", color=colour, alpha=0.55, lw=1.5,
            hatch=hatch, edgecolor=colour, label=name,
        )  # fmt: skip
    left.axvline(0.5, color=_BLACK, ls="--", lw=1.5)
    _label(left, texts.LUCK_TITLES[0], *texts.LUCK_AXES[:2], xlim=(0.2, 1), ylim=(0, 1.3))
    left.set(xticks=(0.2, 0.4, 0.5, 0.6, 0.8, 1), yticks=())
    left.legend(loc="upper right")
    right.plot(result.counts, result.curve, color=_RED)
    right.plot(result.candidates, result.expected, "o", color=_BLACK, ms=9)
    right.axhline(0.5, color=_BLACK, ls="--", lw=1.5, label=texts.LUCK_LEGEND[2])
    _label(right, texts.LUCK_TITLES[1], *texts.LUCK_AXES[2:], xscale="log", ylim=(0.45, 1.02))
    right.set_xticks((1, 10, 100, 1000), ("1", "10", "100", "1000"))
    right.minorticks_off()
    right.legend(loc="upper left")
    return figure


def draw_threshold(result: numbers.Threshold, figure: Figure | None = None) -> Figure:
    """Draw the confusion matrix, the ROC curve and the PR curve, side by side."""
    figure, (left, middle, right) = _figure(
        figure, 3, wspace=0.34, left=0.105, width_ratios=(1.05, 1, 1)
    )
    table = result.confusion
    shades = np.array([[0.2, 0.8], [0.8, 0.2]])  # right and wrong, not how many: those vary by 1000
    left.imshow(shades, cmap="cividis", vmin=-0.2, vmax=1.1, aspect="auto")
    for (row, column), count in np.ndenumerate(table):
        colour = "black" if shades[row, column] > 0.5 else "white"
        text = f"{count:,.0f}".replace(",", " ")
        left.text(column, row, text, ha="center", va="center", color=colour, size=13)
    rows, columns = texts.THRESHOLD_CELLS
    left.set_xticks((0, 1), columns)
    left.set_yticks((0, 1), rows, rotation=90, va="center")
    left.tick_params(length=0)
    left.grid(False)
    left.set_title(texts.THRESHOLD_TITLES[0])
    ticks: dict[str, Any] = {"xticks": (0, 0.5, 1), "yticks": (0, 0.5, 1)}
    limits: dict[str, Any] = {"xlim": (-0.03, 1.03), "ylim": (-0.03, 1.03)}
    areas = (result.roc_area, result.pr_area)
    points = ((result.false_alarms, result.recall), (result.recall, result.precision))
    chance = ([0, 1], [result.prevalence] * 2)
    for place, ax in enumerate((middle, right)):
        ax.plot(*(result.roc, result.pr)[place], color=_BLUE)
        ax.plot([0, 1], chance[place], "--", color="0.4", lw=1.3, label=texts.THRESHOLD_LEGEND[0])
        ax.plot(*points[place], "o", color=_RED, ms=10)
        title = texts.THRESHOLD_TITLES[1 + place].format(area=areas[place])
        x, y = texts.THRESHOLD_AXES[2 * place : 2 * place + 2]
        _label(ax, title, x, y, **ticks, **limits)
    middle.legend(loc="lower right")
    return figure


def draw_evolution(result: numbers.Evolution, figure: Figure | None = None) -> Figure:
    """Draw the first and the last population, and how far from the best cell they are."""
    figure, (left, right) = _figure(figure, wspace=0.22)
    left.imshow(result.table, origin="lower", vmin=0.9, aspect="auto")
    spread = np.random.default_rng(0).uniform(-0.28, 0.28, size=result.last.shape)
    names = texts.EVOLUTION_LEGEND
    common: dict[str, Any] = {"ls": "", "mec": "black"}
    left.plot(*result.first.T[::-1], "s", ms=5, mfc="0.75", label=names[0], **common)
    left.plot(*(result.last + spread).T[::-1], "o", ms=7, mfc=_RED, label=names[1], **common)
    _label(left, texts.EVOLUTION_TITLES[0], *texts.EVOLUTION_AXES[:2], xlim=(-0.5, 23.5))
    left.set(xticks=range(0, 24, 6), yticks=range(0, 24, 6), ylim=(-0.5, 23.5))
    left.grid(False)
    left.legend(loc="upper left", facecolor="white", framealpha=0.9, frameon=True)
    top, counts = result.table.max(), np.arange(1, len(result.seen) + 1)
    curves = ((result.seen, "-", _BLUE), (result.alive, "-.", _RED), (result.chance, "--", "0.3"))
    for (values, dashes, colour), name in zip(curves, names[2:], strict=True):
        right.plot(counts, 100 * (top - values), dashes, color=colour, label=name)
    right.axvline(result.population, color="0.5", ls=":", lw=1.3)
    _label(right, texts.EVOLUTION_TITLES[1], *texts.EVOLUTION_AXES[2:])
    if right.get_yscale() != "log":  # a new scale is slow to draw: once is enough
        right.set(yscale="log", xticks=range(0, 85, 24))
        right.set_yticks((0.1, 1, 10), ("0.1", "1", "10"))
        right.minorticks_off()
    right.set(ylim=(0.04, 30), xlim=(0, 85))
    right.legend(loc="upper right")
    return figure


def draw_halving(result: numbers.HalvingRace, figure: Figure | None = None) -> Figure:
    """Draw one race, and how often the best of all is still in it."""
    figure, (left, right) = _figure(figure)
    observed, last = result.observed, len(result.resources) - 1
    rounds = np.arange(last + 1)
    reached = (~np.isnan(observed)).sum(axis=0) - 1
    pale, names = "0.72", texts.HALVING_LEGEND
    others = np.pad(observed[:, 1:], ((0, 1), (0, 0)), constant_values=np.nan)
    places = np.broadcast_to(np.arange(last + 2)[:, None], others.shape)
    left.plot(places.T.ravel(), others.T.ravel(), color=pale, lw=1)  # with gaps: faster than many
    out = [k for k in range(1, len(reached)) if reached[k] < last]
    left.plot(reached[out], observed[reached[out], out], "x", color="0.35", ms=5, label=names[1])
    left.plot(rounds, observed[:, 0], "o-", color=_RED, lw=2.5, label=names[0])
    if reached[0] < last:
        left.plot(reached[0], observed[reached[0], 0], "x", color=_BLACK, ms=13, mew=3)
    pairs = zip(result.resources, result.entrants, strict=True)
    units = [f"{units} ({n})" for units, n in pairs]
    _label(left, texts.HALVING_TITLES[0], texts.HALVING_AXES[0], texts.HALVING_AXES[1])
    left.set_xticks(rounds, units)
    low, high = np.nanmin(observed), np.nanmax(observed)
    left.set(ylim=(low - 1, high + 0.2 * (high - low)), xlim=(-0.25, last + 0.25))
    left.locator_params(axis="y", nbins=5)
    left.legend(loc="upper right", ncols=2)
    bars = right.bar(rounds + 1, 100 * result.survives, color=_BLUE, width=0.6)
    right.bar_label(bars, fmt="%.0f", padding=2)
    _label(right, texts.HALVING_TITLES[1], *texts.HALVING_AXES[2:], ylim=(0, 112))
    right.set(xticks=rounds + 1, yticks=(0, 25, 50, 75, 100))
    right.grid(axis="x", visible=False)
    return figure


def draw_hyperband(result: numbers.Hyperband, figure: Figure | None = None) -> Figure:
    """Draw the rounds of each bracket over the epochs, and what each bracket pays."""
    figure, (left, right) = _figure(figure, width_ratios=(1.5, 1), wspace=0.2)
    places = np.arange(1, len(result.brackets) + 1)
    for place, rounds in zip(places, result.brackets, strict=True):
        start = 0.5
        for number, (n, until) in enumerate(rounds):
            colour = (_SKY, _ORANGE)[number % 2]
            left.barh(place, until - start, left=start, height=0.7, color=colour, ec="white")
            middle = (start * until) ** 0.5  # of a bar on a logarithmic axis
            left.text(middle, place, str(n), ha="center", va="center", size=10)
            start = until
    ends = [until for _, until in result.brackets[0]]
    _label(left, texts.HYPERBAND_TITLES[0], *texts.HYPERBAND_AXES[:2], xscale="log")
    left.set(xlim=(0.5, result.max_epochs * 1.02), ylim=(len(places) + 0.6, 0.4), yticks=places)
    left.set_xticks(ends, [str(end) for end in ends])
    left.minorticks_off()
    left.grid(axis="y", visible=False)
    bars = right.bar(places, result.epochs, color=_BLUE, width=0.6)
    right.bar_label(bars, padding=2)
    _label(right, texts.HYPERBAND_TITLES[1], *texts.HYPERBAND_AXES[2:], xticks=places)
    right.set(ylim=(0, 1.15 * result.epochs.max()), xlim=(0.4, len(places) + 0.6))
    right.grid(axis="x", visible=False)
    return figure


def draw_schedule(result: numbers.ScheduleOnValley, figure: Figure | None = None) -> Figure:
    """Draw the learning rate of each step, and the way that it makes down the valley."""
    from course_utils._explorer_numbers import valley_loss

    figure, (left, right) = _figure(figure, width_ratios=(1, 1.35))
    left.plot(result.rates)
    left.axhline(0.08, color=_RED, ls="--", lw=1.5, label=texts.SCHEDULE_LEGEND[0])
    top = max(0.1, 1.25 * result.rates.max())
    _label(left, texts.SCHEDULE_TITLES[0], *texts.SCHEDULE_AXES[:2], ylim=(0, top), xlim=(0, 60))
    left.set_xticks(range(0, 61, 20))
    left.legend(loc="upper right")
    x, y = np.meshgrid(np.linspace(-4.6, 2.6, 73), np.linspace(-2, 2, 41))
    height = valley_loss(np.stack([x, y], axis=-1))
    right.contour(x, y, height, levels=[0.1, 0.5, 2, 6, 12, 20, 30], colors="0.75", linewidths=1)
    path = result.path[(np.abs(result.path) < 1e3).all(axis=1)]
    right.plot(*path.T, "o-", ms=4, lw=1, color=_BLUE)
    right.plot(0, 0, "*", color=_BLACK, ms=14)
    right.plot(*path[0], "s", color=_RED, ms=8)
    _label(right, texts.SCHEDULE_TITLES[1], *texts.SCHEDULE_AXES[2:], xlim=(-4.6, 2.6))
    right.set(ylim=(-2, 2), yticks=(-2, -1, 0, 1, 2))
    right.grid(False)
    return figure
