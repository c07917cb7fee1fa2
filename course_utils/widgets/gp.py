"""A Gaussian process, and where it expects to improve."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.messages.explorers import GP as WORDS
from course_utils.plots import draw_acquisition, draw_surrogate
from course_utils.widgets._toy import toy_score
from course_utils.widgets.drawing import RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, number, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "Gp", "expected_improvement", "explore_gp", "gaussian_process", "gp_search"]


def gaussian_process(
    x: np.ndarray, y: np.ndarray, at: np.ndarray, length_scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """Predict with a Gaussian process of kernel Matérn 5/2, on normalized scores.

    Parameters
    ----------
    x, y : ndarray of shape (n_trials,)
        Places tried and their scores.
    at : ndarray of shape (n_points,)
        Where to predict.
    length_scale : float
        How far the neighbours resemble each other.

    Returns
    -------
    mean, std : ndarray of shape (n_points,)
        As scikit-learn's ``GaussianProcessRegressor`` with ``normalize_y=True, optimizer=None,
        alpha=1e-8``.
    """

    # By hand: scikit-learn's, which gives the same numbers, takes 20 times as long.
    def kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        scaled = math.sqrt(5) * np.abs(a[:, None] - b) / length_scale
        matern: np.ndarray = (1 + scaled + scaled**2 / 3) * np.exp(-scaled)
        return matern

    centre, spread = y.mean(), y.std() or 1.0
    root = np.linalg.cholesky(kernel(x, x) + 1e-8 * np.eye(len(x)))
    half = np.linalg.solve(root, kernel(x, at))
    mean = centre + spread * half.T @ np.linalg.solve(root, (y - centre) / spread)
    return mean, spread * np.sqrt(np.maximum(1 - (half**2).sum(axis=0), 0))


def expected_improvement(mean: np.ndarray, std: np.ndarray, best: float) -> np.ndarray:
    """Mean gain over the best score, counting losses as 0, of a normal prediction.

    Parameters
    ----------
    mean, std : ndarray
        The prediction.
    best : float
        The best score so far.

    Returns
    -------
    numpy.ndarray

    References
    ----------
    D. Jones, M. Schonlau and W. Welch, "Efficient Global Optimization of Expensive Black-Box
    Functions", Journal of Global Optimization 13 (1998).
    """
    from scipy.special import ndtr

    z = (mean - best) / np.maximum(std, 1e-9)
    bell = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    gain: np.ndarray = (mean - best) * ndtr(z) + std * bell
    return gain


class Gp(NamedTuple):
    """Result of :func:`gp_search`."""

    grid: np.ndarray
    truth: np.ndarray
    tried: np.ndarray
    mean: np.ndarray
    std: np.ndarray
    gain: np.ndarray
    chosen: float
    best: float


def gp_search(trials: int, length_scale: float) -> Gp:
    """Run a Bayesian search by hand on :func:`toy_score` and look into its next step.

    Parameters
    ----------
    trials : int
        Trials paid so far: 0.1, 0.5 and 0.9 first, then where the expected improvement is highest.
    length_scale : float
        Of the Gaussian process.

    Returns
    -------
    Gp
        Places tried; mean, standard deviation and expected improvement on `grid`; the next trial
        and the best score so far.
    """
    grid = np.linspace(0, 1, 201)
    tried = np.array([0.1, 0.5, 0.9])
    while True:
        scores = toy_score(tried)
        mean, std = gaussian_process(tried, scores, grid, length_scale)
        gain = expected_improvement(mean, std, float(scores.max()))
        chosen = grid[gain.argmax()]
        if len(tried) >= trials:
            best = float(scores.max())
            return Gp(grid, toy_score(grid), tried, mean, std, gain, float(chosen), best)
        tried = np.append(tried, chosen)


def _draw(result: Gp, used: Figure | None) -> Figure:
    """Draw the Gaussian process above its expected improvement."""
    figure, (top, below) = canvas(used, 1, 2, height=4.6, hspace=0.38, height_ratios=(1.7, 1))
    scores = toy_score(result.tried)
    draw_surrogate(top, result.grid, result.truth, result.tried, scores, result.mean, result.std)
    highest = max(result.gain.max(), 1e-300)
    draw_acquisition(below, result.grid, result.gain / highest)
    top.axvline(result.chosen, color=RED, lw=1.5, ls=":")
    for ax in (top, below):
        ax.set(xlim=(-0.01, 1.01), xticks=np.linspace(0, 1, 6))
    label(top, WORDS.titles[0], y=WORDS.axes[1], ylim=(0.2, 1.3))
    top.set_yticks((0.4, 0.6, 0.8, 1))
    title = WORDS.titles[1].format(chosen=result.chosen, highest=highest)
    label(below, title, WORDS.axes[0], WORDS.axes[2], ylim=(0, 1.08), yticks=())
    top.legend(loc="upper center", ncols=4, bbox_to_anchor=(0.5, 1.03))
    return figure


def _controls() -> Controls:
    return {"trials": whole(3, 3, 14), "length_scale": number(0.2, 0.05, 0.6, 0.05)}


def _facts(result: Gp, **_: Any) -> dict[str, Any]:
    return result._asdict() | {"peak": result.truth.max(), "gain": result.gain.max()}


EXPLORER = Explorer(WORDS, _controls, gp_search, _draw, _facts)


def explore_gp() -> None:
    """Explore a Gaussian process and its expected improvement: trials, length scale."""
    EXPLORER.show()
