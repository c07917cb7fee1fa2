"""What a threshold decides: confusion, ROC and PR together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.messages.explorers import CONFUSION_CELLS
from course_utils.messages.explorers import THRESHOLD as WORDS
from course_utils.numerals import thousands
from course_utils.widgets.drawing import BLUE, RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, choice, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "Threshold", "explore_threshold", "threshold"]


class Threshold(NamedTuple):
    """Result of :func:`threshold`."""

    confusion: np.ndarray
    accuracy: float
    recall: float
    false_alarms: float
    precision: float
    roc: np.ndarray
    pr: np.ndarray
    roc_area: float
    pr_area: float
    prevalence: float


def threshold(cut: float, prevalence: float, *, separation: float = 2.0) -> Threshold:
    """Everything that a threshold decides, for a classifier known by formula.

    Scores of the negatives are normal around 0, those of the positives around `separation`.

    Parameters
    ----------
    cut : float
        Scores from here on raise the alarm.
    prevalence : float
        Fraction of positives, between 0 and 1.
    separation : float, default=2.0
        How many standard deviations lie between the two classes.

    Returns
    -------
    Threshold
        Expected confusion matrix of 10 000 cases (rows: true class; columns: predicted), its rates,
        both curves as arrays of shape (2, n_points) from the strictest threshold on, their areas.
    """
    from scipy.special import ndtr

    cuts = np.linspace(separation + 6, -6, 801)
    recalls, alarms = ndtr(separation - cuts), ndtr(-cuts)
    hits, false = prevalence * recalls, (1 - prevalence) * alarms
    precisions = hits / (hits + false)
    recall, alarm = float(ndtr(separation - cut)), float(ndtr(-cut))
    tp, fp = prevalence * recall, (1 - prevalence) * alarm
    tn, fn = 1 - prevalence - fp, prevalence - tp
    return Threshold(
        confusion=10_000 * np.array([[tn, fp], [fn, tp]]),
        accuracy=tp + tn,
        recall=recall,
        false_alarms=alarm,
        precision=tp / (tp + fp),
        roc=np.array([alarms, recalls]),
        pr=np.array([recalls, precisions]),
        roc_area=float(ndtr(separation / math.sqrt(2))),
        pr_area=float(np.trapezoid(precisions, recalls) + recalls[0] * precisions[0]),
        prevalence=prevalence,
    )


def _draw(result: Threshold, used: Figure | None) -> Figure:
    """Draw the confusion matrix, the ROC curve and the PR curve, side by side."""
    figure, (left, middle, right) = canvas(
        used, 3, wspace=0.34, left=0.105, width_ratios=(1.05, 1, 1)
    )
    _draw_confusion(left, result.confusion)
    _draw_curve(middle, result.roc, (result.false_alarms, result.recall), (0, 1))
    _draw_curve(right, result.pr, (result.recall, result.precision), (result.prevalence,) * 2)
    label(middle, WORDS.titles[1].format(area=result.roc_area), *WORDS.axes[:2])
    label(right, WORDS.titles[2].format(area=result.pr_area), *WORDS.axes[2:])
    middle.legend(loc="lower right")
    return figure


def _draw_confusion(ax: Axes, table: np.ndarray) -> None:
    shades = np.array([[0.2, 0.8], [0.8, 0.2]])  # right and wrong, not how many: those vary by 1000
    ax.imshow(shades, cmap="cividis", vmin=-0.2, vmax=1.1, aspect="auto")
    for (row, column), count in np.ndenumerate(table):
        colour = "black" if shades[row, column] > 0.5 else "white"
        ax.text(column, row, thousands(count), ha="center", va="center", color=colour, size=13)
    rows, columns = CONFUSION_CELLS
    ax.set_xticks((0, 1), columns)
    ax.set_yticks((0, 1), rows, rotation=90, va="center")
    ax.tick_params(length=0)
    ax.grid(False)
    ax.set_title(WORDS.titles[0])


def _draw_curve(
    ax: Axes, curve: np.ndarray, point: tuple[float, float], chance: tuple[float, ...]
) -> None:
    ax.plot(*curve, color=BLUE)
    ax.plot([0, 1], chance, "--", color="0.4", lw=1.3, label=WORDS.legend[0])
    ax.plot(*point, "o", color=RED, ms=10)
    ax.set(xticks=(0, 0.5, 1), yticks=(0, 0.5, 1), xlim=(-0.03, 1.03), ylim=(-0.03, 1.03))


def _controls() -> Controls:
    prevalences = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
    return {
        "cut": number(1.0, -2.0, 5.0, 0.1),
        "prevalence": choice(0.5, [(f"{100 * share:g} %", share) for share in prevalences]),
    }


def _facts(result: Threshold, **_: Any) -> dict[str, Any]:
    return result._asdict() | {
        "positives": result.confusion[1].sum(),
        "alarms": result.confusion[:, 1].sum(),
        "hits": result.confusion[1, 1],
    }


EXPLORER = Explorer(WORDS, _controls, threshold, _draw, _facts)


def explore_threshold() -> None:
    """Explore what a threshold decides at several prevalences: confusion, ROC and PR together."""
    EXPLORER.show()
