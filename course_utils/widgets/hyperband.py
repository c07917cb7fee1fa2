"""The brackets of Hyperband: what they start and what they pay."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.messages.explorers import HYPERBAND as WORDS
from course_utils.widgets.drawing import BLUE, ORANGE, SKY, canvas, label
from course_utils.widgets.panel import Controls, Explorer, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "Hyperband", "explore_hyperband", "hyperband", "hyperband_brackets"]


def hyperband_brackets(max_epochs: int, factor: int) -> list[list[tuple[int, int]]]:
    """List the rounds of each bracket of Hyperband, as Keras Tuner plans them.

    Parameters
    ----------
    max_epochs : int
        Epochs of the longest training, R.
    factor : int
        Of each round, about one in `factor` goes on, η.

    Returns
    -------
    list of list of tuple of int
        For each bracket, the most aggressive first, its rounds as (trials, epoch where it ends).
        Those that go on continue from where they were.

    References
    ----------
    L. Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization", JMLR
    18 (2018).
    """
    # By hand: Keras Tuner's plan is private to its oracle, and it imports TensorFlow.
    exact = math.log(max_epochs, factor)
    last, width = math.floor(exact + 1e-9), math.ceil(1 + exact - 1e-9)
    return [
        [
            (math.ceil(width / (b + 1) * factor**k), math.ceil(max_epochs / factor**k))
            for k in range(b, -1, -1)
        ]
        for b in range(last, -1, -1)
    ]


class Hyperband(NamedTuple):
    """Result of :func:`hyperband`."""

    brackets: list[list[tuple[int, int]]]
    epochs: np.ndarray
    trials: int
    networks: int
    full: int
    max_epochs: int


def hyperband(max_epochs: int, factor: int) -> Hyperband:
    """Count what one run of Hyperband starts and pays.

    Parameters
    ----------
    max_epochs, factor : int
        As in :func:`hyperband_brackets`.

    Returns
    -------
    Hyperband
        Brackets; epochs that each pays; trials (each round of a network counts as one, as in
        Keras Tuner), different networks, and epochs to train all of those to the end.
    """
    brackets = hyperband_brackets(max_epochs, factor)
    paid = []
    for rounds in brackets:
        starts = [0, *(until for _, until in rounds)]
        pairs = zip(rounds, starts[:-1], strict=True)
        paid.append(sum(n * (until - start) for (n, until), start in pairs))
    networks = sum(rounds[0][0] for rounds in brackets)
    return Hyperband(
        brackets=brackets,
        epochs=np.array(paid),
        trials=sum(n for rounds in brackets for n, _ in rounds),
        networks=networks,
        full=networks * max_epochs,
        max_epochs=max_epochs,
    )


def _draw(result: Hyperband, used: Figure | None) -> Figure:
    """Draw the rounds of each bracket over the epochs, and what each bracket pays."""
    figure, (left, right) = canvas(used, width_ratios=(1.5, 1), wspace=0.2)
    places = np.arange(1, len(result.brackets) + 1)
    for place, rounds in zip(places, result.brackets, strict=True):
        start = 0.5
        for number, (n, until) in enumerate(rounds):
            colour = (SKY, ORANGE)[number % 2]
            left.barh(place, until - start, left=start, height=0.7, color=colour, ec="white")
            middle = (start * until) ** 0.5  # of a bar on a logarithmic axis
            left.text(middle, float(place), str(n), ha="center", va="center", size=10)
            start = until
    ends = [until for _, until in result.brackets[0]]
    label(left, WORDS.titles[0], *WORDS.axes[:2], xscale="log")
    left.set(xlim=(0.5, result.max_epochs * 1.02), ylim=(len(places) + 0.6, 0.4), yticks=places)
    left.set_xticks(ends, [str(end) for end in ends])
    left.minorticks_off()
    left.grid(axis="y", visible=False)
    bars = right.bar(places, result.epochs, color=BLUE, width=0.6)
    right.bar_label(bars, padding=2)
    label(right, WORDS.titles[1], *WORDS.axes[2:], xticks=places)
    right.set(ylim=(0, 1.15 * result.epochs.max()), xlim=(0.4, len(places) + 0.6))
    right.grid(axis="x", visible=False)
    return figure


def _controls() -> Controls:
    return {"max_epochs": whole(10, 4, 81), "factor": whole(3, 2, 5)}


def _facts(result: Hyperband, **_: Any) -> dict[str, Any]:
    return result._asdict() | {
        "n_brackets": len(result.brackets),
        "paid": result.epochs.sum(),
        "times": result.full / result.epochs.sum(),
    }


EXPLORER = Explorer(WORDS, _controls, hyperband, _draw, _facts)


def explore_hyperband() -> None:
    """Explore the brackets of Hyperband: epochs of the longest training, factor."""
    EXPLORER.show()
