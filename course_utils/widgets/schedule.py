"""Learning-rate schedules and momentum, in a valley."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.messages.explorers import SCHEDULE as WORDS
from course_utils.messages.explorers import SCHEDULE_NAMES
from course_utils.widgets.drawing import BLACK, BLUE, RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, choice, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = [
    "EXPLORER",
    "ScheduleOnValley",
    "explore_schedule",
    "learning_rates",
    "schedule_on_valley",
    "valley_descent",
    "valley_loss",
]

_STEEPNESS = np.array([1.0, 25.0])


def learning_rates(schedule: str, initial: float, n_steps: int) -> np.ndarray:
    """Learning rate of each step under one of the schedules of Keras.

    Parameters
    ----------
    schedule : str
        ``"constant"``, or the name of a class of ``keras.optimizers.schedules``.
    initial : float
        Rate of step 0.
    n_steps : int
        Length of the training; halving times, borders and periods are fractions of it.

    Returns
    -------
    numpy.ndarray of shape (n_steps,)
        ``ExponentialDecay(initial, n_steps / 4, 0.5)``, ``PiecewiseConstantDecay`` to a third and a
        tenth after one and two thirds, ``PolynomialDecay(initial, n_steps, 0, power=2)``,
        ``InverseTimeDecay(initial, n_steps / 6, 1)``, ``CosineDecay(initial, n_steps)`` or
        ``CosineDecayRestarts(initial, n_steps / 3, t_mul=2)``.
    """
    # By hand: those of Keras, which give the same numbers, import TensorFlow.
    steps, third = np.arange(n_steps), n_steps / 3
    done = steps / n_steps
    again = np.where(steps < third, steps / third, (steps - third) / (2 * third))
    shapes = {
        "constant": np.ones(n_steps),
        "ExponentialDecay": 0.5 ** (4 * done),
        "PiecewiseConstantDecay": np.select([steps <= third, steps <= 2 * third], [1, 1 / 3], 0.1),
        "PolynomialDecay": (1 - done) ** 2,
        "InverseTimeDecay": 1 / (1 + 6 * done),
        "CosineDecay": (1 + np.cos(np.pi * done)) / 2,
        "CosineDecayRestarts": (1 + np.cos(np.pi * again)) / 2,
    }
    return initial * shapes[schedule]


def valley_loss(weights: ArrayLike) -> np.ndarray:
    """Loss in a valley of two weights, 25 times steeper across than along.

    Parameters
    ----------
    weights : array-like of shape (..., 2)

    Returns
    -------
    numpy.ndarray of shape (...)
    """
    loss: np.ndarray = 0.5 * (_STEEPNESS * np.asarray(weights) ** 2).sum(axis=-1)
    return loss


def valley_descent(rates: np.ndarray, momentum: float) -> np.ndarray:
    """Go down the valley from (-4, 1): Δw(t) = -η(t) ∇E + μ Δw(t - 1).

    Parameters
    ----------
    rates : ndarray of shape (n_steps,)
        Learning rate of each step.
    momentum : float
        μ, between 0 and 1.

    Returns
    -------
    numpy.ndarray of shape (n_steps + 1, 2)
        Weights at the start and after each step.
    """
    path, move = [np.array([-4.0, 1.0])], np.zeros(2)
    for rate in rates:
        move = momentum * move - rate * _STEEPNESS * path[-1]
        path.append(path[-1] + move)
    return np.array(path)


class ScheduleOnValley(NamedTuple):
    """Result of :func:`schedule_on_valley`."""

    rates: np.ndarray
    path: np.ndarray
    losses: np.ndarray


def schedule_on_valley(
    schedule: str, initial: float, momentum: float, *, n_steps: int = 60
) -> ScheduleOnValley:
    """Go down the valley with a schedule and momentum.

    Parameters
    ----------
    schedule : str
        As in :func:`learning_rates`.
    initial : float
        Rate of step 0.
    momentum : float
        As in :func:`valley_descent`.
    n_steps : int, default=60

    Returns
    -------
    ScheduleOnValley
        Rate of each step, path of the weights, loss along it.
    """
    rates = learning_rates(schedule, initial, n_steps)
    path = valley_descent(rates, momentum)
    return ScheduleOnValley(rates, path, valley_loss(path))


def _draw(result: ScheduleOnValley, used: Figure | None) -> Figure:
    """Draw the learning rate of each step, and the way that it makes down the valley."""
    figure, (left, right) = canvas(used, width_ratios=(1, 1.35))
    left.plot(result.rates)
    left.axhline(0.08, color=RED, ls="--", lw=1.5, label=WORDS.legend[0])
    top = max(0.1, 1.25 * result.rates.max())
    label(left, WORDS.titles[0], *WORDS.axes[:2], ylim=(0, top), xlim=(0, 60))
    left.set_xticks(range(0, 61, 20))
    left.legend(loc="upper right")
    x, y = np.meshgrid(np.linspace(-4.6, 2.6, 73), np.linspace(-2, 2, 41))
    height = valley_loss(np.stack([x, y], axis=-1))
    right.contour(x, y, height, levels=[0.1, 0.5, 2, 6, 12, 20, 30], colors="0.75", linewidths=1)
    path = result.path[(np.abs(result.path) < 1e3).all(axis=1)]
    right.plot(*path.T, "o-", ms=4, lw=1, color=BLUE)
    right.plot(0, 0, "*", color=BLACK, ms=14)
    right.plot(*path[0], "s", color=RED, ms=8)
    label(right, WORDS.titles[1], *WORDS.axes[2:], xlim=(-4.6, 2.6))
    right.set(ylim=(-2, 2), yticks=(-2, -1, 0, 1, 2))
    right.grid(False)
    return figure


def _controls() -> Controls:
    rates = (0.01, 0.02, 0.03, 0.05, 0.07, 0.08, 0.09, 0.11, 0.15)
    return {
        "schedule": choice("constant", [(text, name) for name, text in SCHEDULE_NAMES.items()]),
        "initial": choice(0.07, [(f"{rate:g}", rate) for rate in rates]),
        "momentum": number(0.0, 0.0, 0.95, 0.05),
    }


def _facts(result: ScheduleOnValley, schedule: str, **_: Any) -> dict[str, Any]:
    return {
        "name": SCHEDULE_NAMES[schedule],
        "loss": result.losses[-1],
        "last": result.rates[-1],
        "distance": float(np.hypot(*result.path[-1])),
    }


EXPLORER = Explorer(WORDS, _controls, schedule_on_valley, _draw, _facts)


def explore_schedule() -> None:
    """Explore learning-rate schedules in a valley: schedule, initial rate, momentum."""
    EXPLORER.show()
