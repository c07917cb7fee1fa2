"""Figures of learning-rate schedules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.plots._style import PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.figure import Figure


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
    of_keras = {name: each for name, each in schedules.items() if _is_of_keras(each)}
    at_once = dict(zip(of_keras, _at_once([*of_keras.values()], n_steps), strict=True))
    return {
        name: at_once[name] if name in at_once else _step_by_step(schedule, n_steps)
        for name, schedule in schedules.items()
    }


def _is_of_keras(schedule: object) -> bool:
    return type(schedule).__module__.startswith("keras.")


def _at_once(schedules: list[Callable[[Any], Any]], n_steps: int) -> list[np.ndarray]:
    """Ask schedules for all steps in one call: a thousand small ones take seconds."""
    if not schedules or not n_steps:
        return [np.zeros(0) for _ in schedules]
    keras = sys.modules["keras"]  # loaded by whoever made them: this room never loads it
    rates = keras.ops.vectorized_map(
        lambda step: [schedule(step) for schedule in schedules], keras.ops.arange(n_steps)
    )
    return [keras.ops.convert_to_numpy(each).astype(float) for each in rates]


def _step_by_step(schedule: Callable[[int], Any], n_steps: int) -> np.ndarray:
    return np.array([float(schedule(step)) for step in range(n_steps)])


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
    size = (3.4 * columns, 2.4 * rows + 0.3)
    fig, axes = plt.subplots(rows, columns, figsize=size, sharex=True, sharey=True, squeeze=False)
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
