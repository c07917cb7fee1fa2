"""A search on many workers as a timeline: rounds with a barrier, and without."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.bank import trial_bank
from course_utils.cluster import Asha, Cluster, Halving, Run, Tasks, simulate, tasks_of
from course_utils.environment import SEED
from course_utils.messages.explorers import WORKERS as WORDS
from course_utils.widgets.drawing import BLACK, ORANGE, canvas, label
from course_utils.widgets.panel import Controls, Explorer, number, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "Timelines", "explore_workers", "timelines"]

RUNGS = (3, 9, 27, 81)
BRACKET, HOURS = 27, 3
SHADES = ("#c6dbef", "#6baed6", "#2171b5", "#08306b")  # light to dark: the order of the rungs


class Timelines(NamedTuple):
    """Result of :func:`timelines`: with a barrier, then without.

    Attributes
    ----------
    runs : tuple of Run
    busy : tuple of float
        Share of the paid time in which the workers did work that counted.
    lost : tuple of float
        Minutes of work that kills threw away.
    full : tuple of int
        Networks trained to the last epoch.
    workers : int
    """

    runs: tuple[Run, Run]
    busy: tuple[float, float]
    lost: tuple[float, float]
    full: tuple[int, int]
    workers: int


def timelines(workers: int, stragglers: float, kills: float) -> Timelines:
    """Run successive halving with a barrier, and ASHA, for three hours on the same machines.

    Parameters
    ----------
    workers : int
    stragglers : float
        Share of the jobs, 0 to 1, that meet a machine four times slower.
    kills : float
        Times that a worker is killed in an hour of work, on average.

    Returns
    -------
    Timelines
    """
    cluster = Cluster(workers, stragglers, kills=kills)
    searchers = Halving(len(RUNGS), bracket=BRACKET, spare=False), Asha(len(RUNGS))
    ends = 60.0 * HOURS
    runs = [simulate(each, _tasks(), cluster, seed=SEED, minutes=ends) for each in searchers]
    paid = workers * ends
    useful = [np.minimum(run.end, ends) - run.start for run in runs]
    good = [~np.isnan(run.score) for run in runs]
    top = len(RUNGS) - 1
    return Timelines(
        runs=(runs[0], runs[1]),
        busy=_pair(float(u[g].sum()) / paid for u, g in zip(useful, good, strict=True)),
        lost=_pair(float(u[~g].sum()) for u, g in zip(useful, good, strict=True)),
        full=_pair(int((r.rung[g] == top).sum()) for r, g in zip(runs, good, strict=True)),
        workers=workers,
    )


def _pair(values: Any) -> Any:
    first, second = values
    return first, second


@functools.cache
def _tasks() -> Tasks:
    return tasks_of(trial_bank("mlp_digits"), RUNGS)


def _draw(result: Timelines, used: Figure | None) -> Figure:
    """Draw a row for each worker and a bar for each job, on both sides."""
    figure, axes = canvas(used, wspace=0.16)
    for ax, run, title in zip(axes, result.runs, WORDS.titles, strict=True):
        _draw_jobs(ax, run)
        label(ax, title, *WORDS.axes, xlim=(0, 60 * HOURS), ylim=(result.workers - 0.4, -0.6))
        ax.set_xticks(range(0, 60 * HOURS + 1, 30))
        ax.set_yticks([0, result.workers - 1], ["1", str(result.workers)])
        ax.grid(visible=False)
    return figure


def _draw_jobs(ax: Axes, run: Run) -> None:
    killed = np.isnan(run.score)
    for rung, shade in enumerate(SHADES):
        _draw_bars(ax, run, (run.rung == rung) & ~killed, shade)
    _draw_bars(ax, run, killed, ORANGE)
    ax.plot(run.end[killed], run.worker[killed], "x", color=BLACK, ms=6, mew=2)


def _draw_bars(ax: Axes, run: Run, which: np.ndarray, color: str) -> None:
    """Draw one collection for all jobs of a color: there may be a thousand of them."""
    from matplotlib.collections import PolyCollection

    left, right = run.start[which], run.end[which]
    low, high = run.worker[which] - 0.42, run.worker[which] + 0.42
    corners = [(left, low), (left, high), (right, high), (right, low)]
    boxes = np.moveaxis(np.array(corners), 2, 0)
    ax.add_collection(PolyCollection(list(boxes), facecolors=color, edgecolors="white", lw=0.5))


def _controls() -> Controls:
    return {
        "workers": whole(9, 2, 27),
        "stragglers": number(0.1, 0.0, 0.5, 0.1),
        "kills": number(0.0, 0.0, 2.0, 0.5),
    }


def _facts(result: Timelines, **_: Any) -> dict[str, Any]:
    names = ("barrier", "asha")
    facts: dict[str, Any] = {}
    for name, busy, lost, full in zip(names, result.busy, result.lost, result.full, strict=True):
        facts |= {f"{name}_busy": 100 * busy, f"{name}_lost": lost, f"{name}_full": full}
    return facts


EXPLORER = Explorer(WORDS, _controls, timelines, _draw, _facts)


def explore_workers() -> None:
    """Explore searches on many workers: how many, how many are slow, how many are killed."""
    EXPLORER.show()
