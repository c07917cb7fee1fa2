"""The look of every figure, and how it goes out: as a picture with words beside it."""

from __future__ import annotations

import base64
import html
import io
from typing import TYPE_CHECKING, Any

from course_utils import messages

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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


def show(figure: Figure | Axes | np.ndarray, alt: str) -> None:
    """Display a figure with an alternative text and close it.

    JupyterLab writes no ``alt`` on pictures of type ``image/png``, so the same picture also goes
    out as an ``<img>`` with its text; a reader without pictures gets the text alone.

    Parameters
    ----------
    figure : matplotlib.figure.Figure, matplotlib.axes.Axes or ndarray of Axes
        The figure, or what was drawn on it: axes, or the array of them that some of Optuna's plots
        return.
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
    fig = _figure_of(figure)
    use_style()  # an Optuna plot may have changed it
    _out_of_ggplot(fig)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png")
    plt.close(fig)
    png = base64.b64encode(buffer.getvalue()).decode("ascii")
    picture = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}">'
    bundle = {"image/png": png, "text/html": picture, "text/plain": alt}
    display(bundle, metadata={"image/png": {"alt": alt}}, raw=True)


def _figure_of(drawn: Figure | Axes | np.ndarray) -> Figure:
    import numpy as np
    from matplotlib.figure import Figure

    if isinstance(drawn, Figure):
        return drawn
    first: Axes = np.ravel(np.asarray(drawn, dtype=object))[0]
    figure = first.get_figure(root=True)
    assert isinstance(figure, Figure)  # None only of axes that were taken off their figure
    return figure


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
