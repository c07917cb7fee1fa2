"""The two pictures of a class: its marks, and the states of each question."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from course_utils import messages, plots
from course_utils.grading.reports.pages import COLORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["mark_bins", "marks_histogram", "picture", "state_bars"]

_BINS = 10


def picture(figure: Figure) -> bytes:
    """A figure as PNG."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def mark_bins(points: Sequence[float], out_of: float) -> list[tuple[float, float, int]]:
    """Part the marks into ten bins of equal width.

    Parameters
    ----------
    points : sequence of float
        One mark for each student.
    out_of : float
        The most that can be won.

    Returns
    -------
    list of (low, high, count)
        A mark on a border belongs to the upper bin, full marks to the last one.
    """
    width = out_of / _BINS
    counts = Counter(min(int(mark / width + 1e-9), _BINS - 1) if width else 0 for mark in points)
    return [(i * width, (i + 1) * width, counts[i]) for i in range(_BINS)]


def marks_histogram(points: Sequence[float], out_of: float) -> Figure:
    """Draw how many students have how many points; the title names the median.

    Parameters
    ----------
    points, out_of
        As in :func:`mark_bins`; at least one mark.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.ticker import MaxNLocator

    figure, axes = _axes(3.0)
    bins = mark_bins(points, out_of)
    lows = [low for low, _, _ in bins]
    axes.bar(lows, [count for _, _, count in bins], width=0.94 * out_of / _BINS, align="edge")
    axes.axvline(median(points), color="0.3", linestyle="--")
    axes.set_xlim(0, out_of)
    axes.set_xlabel(messages.SUMMARY_MARKS_AXIS)
    axes.set_ylabel(messages.SUMMARY_AXIS)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", visible=False)
    middle = f"{median(points):g}"
    axes.set_title(messages.SUMMARY_MARKS_FIGURE.format(median=middle, out_of=f"{out_of:g}"))
    return figure


def state_bars(counts: dict[str, Counter[str]]) -> Figure:
    """Draw one stacked bar per question, one colour per state.

    Parameters
    ----------
    counts : dict of str to Counter
        Question → state → number of students; at least one question.

    Returns
    -------
    matplotlib.figure.Figure
        Its title names the question with the fewest right answers among those handed in.
    """
    from matplotlib.ticker import MaxNLocator

    figure, axes = _axes(1.8 + 0.42 * len(counts))
    left = dict.fromkeys(counts, 0)
    for state, (color, _) in COLORS.items():
        widths = [count[state] for count in counts.values()]
        if any(widths):
            label = messages.GRADER_STATES[state]
            axes.barh(list(counts), widths, left=list(left.values()), color=color, label=label)
            left = {name: left[name] + counts[name][state] for name in counts}
    axes.invert_yaxis()
    axes.set_xlabel(messages.SUMMARY_AXIS)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", visible=False)
    axes.set_title(_finding(counts))
    handles = len(axes.get_legend_handles_labels()[0])
    if handles:
        below = -0.45 / len(counts) - 0.12
        axes.legend(loc="upper center", bbox_to_anchor=(0.4, below), ncols=min(4, handles))
    return figure


def _axes(height: float) -> tuple[Figure, Axes]:
    """A figure in the style of the course that no program shows."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context():
        plots.use_style()
        figure = Figure(figsize=(8, height))
        return figure, figure.subplots()


def _finding(counts: dict[str, Counter[str]]) -> str:
    judged = {}
    for name, count in counts.items():
        tried = sum(count[s] for s in ("correcto", "incorrecto", "fallo", "no_verificable"))
        if tried:
            judged[name] = count["correcto"] / tried
    hardest = min(judged, key=lambda name: judged[name], default=None)
    if hardest is None or judged[hardest] == 1:
        return messages.SUMMARY_FIGURE_ALL if judged else messages.SUMMARY_TITLE
    return messages.SUMMARY_FIGURE.format(question=hardest)
