"""How the pictures of the explorers are drawn, on figures of their own: pyplot knows none of them.

A picture is drawn anew at every move, so it avoids what is slow in matplotlib: layouts that are
computed, titles that look for their place, more ticks than needed.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from course_utils.plots import PALETTE, use_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["canvas", "draw", "label", "to_png"]

Result = TypeVar("Result")
BLUE, RED, GREEN, PINK, ORANGE, SKY, BLACK = PALETTE

_LOOK: Any = {
    "axes.titlesize": 11,
    "axes.titley": 1.02,  # otherwise it looks for a free place at every drawing
    "figure.constrained_layout.use": False,
    "legend.fontsize": 9.5,
    "text.hinting": "no_hinting",  # half of a drawing is letters; hinting slows them
}


def draw(
    picture: Callable[[Result, Figure | None], Figure], result: Result, used: Figure | None = None
) -> Figure:
    """Draw a result in the style of the course, whatever style is in force.

    Parameters
    ----------
    picture : callable
        That of an :class:`~course_utils.widgets.panel.Explorer`.
    result : NamedTuple
        What it draws.
    used : matplotlib.figure.Figure, optional
        One that the same function drew before, to draw on again: axes are slow to make.

    Returns
    -------
    matplotlib.figure.Figure
        Unknown to pyplot.
    """
    with _style():
        return picture(result, used)


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


def canvas(
    used: Figure | None, columns: int = 2, rows: int = 1, *, height: float = 3.5, **grid: Any
) -> tuple[Figure, list[Axes]]:
    """Make a figure with margins that fit its labels, or wipe a used one.

    Parameters
    ----------
    used : matplotlib.figure.Figure or None
        One that came from here with the same settings.
    columns, rows : int, default=2 and 1
        Of axes.
    height : float, default=3.5
        Inches; the width is always 9.
    **grid
        What else goes to :class:`matplotlib.gridspec.GridSpec`.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : list of matplotlib.axes.Axes
        Row by row.
    """
    if used is None:
        figure = _new_figure(columns, rows, height, grid)
        return figure, figure.axes
    for ax in used.axes:
        _wipe(ax)
    return used, used.axes


def _new_figure(columns: int, rows: int, height: float, grid: dict[str, Any]) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import PlaceHolderLayoutEngine
    from matplotlib.transforms import ScaledTranslation

    # Without any engine, saving the figure would put back the one of the style.
    fixed = PlaceHolderLayoutEngine(adjust_compatible=True, colorbar_gridspec=True)
    figure = Figure(figsize=(9.0, height), layout=fixed)
    low, high = 0.56 / height, 1 - 0.36 / height
    margins = {"left": 0.075, "right": 0.985, "bottom": low, "top": high, "wspace": 0.24}
    figure.subplots(rows, columns, gridspec_kw=margins | grid)
    below = ScaledTranslation(0, -0.3, figure.dpi_scale_trans)  # inches: clear of the tick labels
    for ax in figure.axes:  # otherwise the label looks for its place at every drawing
        ax.xaxis.set_label_coords(0.5, 0, transform=ax.transAxes + below)
    return figure


def _wipe(ax: Axes) -> None:
    for artist in (*ax.lines, *ax.patches, *ax.collections, *ax.images, *ax.texts):
        artist.remove()
    ax.containers.clear()
    ax.relim()
    ax.set_autoscale_on(True)
    ax.set_prop_cycle(None)


def label(ax: Axes, title: str = "", x: str = "", y: str = "", **more: Any) -> None:
    """Write the title and the names of both axes, and set what else ``Axes.set`` takes."""
    ax.set(title=title, xlabel=x, ylabel=y, **more)
