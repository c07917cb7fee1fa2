"""Evolution on a table of recorded scores, against random search."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from course_utils.environment import SEED
from course_utils.messages.explorers import EVOLUTION as WORDS
from course_utils.messages.explorers import OLDEST, WORST
from course_utils.widgets.drawing import BLUE, RED, canvas, label
from course_utils.widgets.panel import Controls, Explorer, choice, number, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["EXPLORER", "Evolution", "evolution", "explore_evolution", "random_best"]


def random_best(scores: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Mean best score of so many random draws, with replacement, from a table.

    Parameters
    ----------
    scores : ndarray of shape (n_cells,)
    counts : ndarray of int, shape (n_counts,)

    Returns
    -------
    numpy.ndarray of shape (n_counts,)
    """
    ordered = np.sort(scores)
    below = np.arange(len(ordered) + 1) / len(ordered)
    return np.array([ordered @ np.diff(below**n) for n in counts])


class Evolution(NamedTuple):
    """Result of :func:`evolution`."""

    table: np.ndarray
    first: np.ndarray
    last: np.ndarray
    seen: np.ndarray
    alive: np.ndarray
    chance: np.ndarray
    distinct: float
    population: int


def evolution(
    table: np.ndarray,
    population: int,
    mutation: float,
    aging: bool,
    *,
    trials: int = 84,
    repeats: int = 60,
) -> Evolution:
    """Evolve pairs of places in a table of scores, one child at a time.

    Two parents win a tournament of three each; the child takes each gene from either; with the
    probability `mutation` a gene moves by up to four places. Then the oldest dies, or the worst.

    Parameters
    ----------
    table : ndarray of shape (n_rows, n_columns)
        Score of every place.
    population : int
        Individuals alive, drawn at random at the beginning.
    mutation : float
        Probability that a gene mutates.
    aging : bool
        Whether the oldest dies instead of the worst.
    trials : int, default=84
        Evaluations in all, those of the first population included.
    repeats : int, default=60
        Evolutions, run side by side.

    Returns
    -------
    Evolution
        First and last population of one evolution; means over all of them, for every number of
        evaluations, of the best score seen and of the best alive (NaN while the first population
        is being born); the same of random search; and the fraction of distinct individuals.

    References
    ----------
    E. Real et al., "Regularized Evolution for Image Classifier Architecture Search", AAAI 2019.
    """
    rng = np.random.default_rng(SEED)
    shape, run = np.array(table.shape), np.arange(repeats)
    people = rng.integers(shape, size=(repeats, population, 2))
    scores = table[people[..., 0], people[..., 1]]
    born = np.tile(np.arange(population), (repeats, 1))
    first, history = people[0].copy(), [*scores.T.copy()]
    alive = [np.full(repeats, np.nan)] * (population - 1) + [scores.max(axis=1)]
    for trial in range(population, trials):
        child = _children(rng, people, scores, mutation, shape)
        leaves = born.argmin(axis=1) if aging else scores.argmin(axis=1)
        people[run, leaves], born[run, leaves] = child, trial
        scores[run, leaves] = table[child[:, 0], child[:, 1]]
        history.append(scores[run, leaves].copy())
        alive.append(scores.max(axis=1))
    cells = np.sort(people[..., 0] * shape[1] + people[..., 1], axis=1)
    return Evolution(
        table=table,
        first=first,
        last=people[0],
        seen=np.maximum.accumulate(history, axis=0).mean(axis=1),
        alive=np.array(alive).mean(axis=1),
        chance=random_best(table.ravel(), np.arange(1, trials + 1)),
        distinct=float(((np.diff(cells, axis=1) > 0).sum(axis=1) + 1).mean() / population),
        population=population,
    )


def _children(
    rng: np.random.Generator,
    people: np.ndarray,
    scores: np.ndarray,
    mutation: float,
    shape: np.ndarray,
) -> np.ndarray:
    """One child in each evolution, of shape (n_evolutions, 2)."""
    repeats, population = scores.shape
    run = np.arange(repeats)
    entrants = rng.integers(population, size=(2, repeats, 3))
    winners = scores[run[:, None], entrants].argmax(axis=2)
    parents = np.take_along_axis(entrants, winners[..., None], axis=2)[..., 0]
    genes = rng.integers(2, size=(repeats, 2))
    child = np.where(genes == 0, people[run, parents[0]], people[run, parents[1]])
    moves = rng.integers(-4, 5, size=(repeats, 2)) * (rng.random((repeats, 2)) < mutation)
    inside: np.ndarray = (child + moves).clip(0, shape - 1)
    return inside


def _draw(result: Evolution, used: Figure | None) -> Figure:
    """Draw the first and the last population, and how far from the best cell they are."""
    figure, (left, right) = canvas(used, wspace=0.22)
    _draw_populations(left, result)
    _draw_regret(right, result)
    return figure


def _draw_populations(ax: Axes, result: Evolution) -> None:
    ax.imshow(result.table, origin="lower", vmin=0.9, aspect="auto")
    spread = np.random.default_rng(0).uniform(-0.28, 0.28, size=result.last.shape)
    common: dict[str, Any] = {"ls": "", "mec": "black"}
    born, end = WORDS.legend[:2]
    ax.plot(*result.first.T[::-1], "s", ms=5, mfc="0.75", label=born, **common)
    ax.plot(*(result.last + spread).T[::-1], "o", ms=7, mfc=RED, label=end, **common)
    label(ax, WORDS.titles[0], *WORDS.axes[:2], xlim=(-0.5, 23.5), ylim=(-0.5, 23.5))
    ax.set(xticks=range(0, 24, 6), yticks=range(0, 24, 6))
    ax.grid(False)
    ax.legend(loc="upper left", facecolor="white", framealpha=0.9, frameon=True)


def _draw_regret(ax: Axes, result: Evolution) -> None:
    top, counts = result.table.max(), np.arange(1, len(result.seen) + 1)
    curves = ((result.seen, "-", BLUE), (result.alive, "-.", RED), (result.chance, "--", "0.3"))
    for (values, dashes, colour), name in zip(curves, WORDS.legend[2:], strict=True):
        ax.plot(counts, 100 * (top - values), dashes, color=colour, label=name)
    ax.axvline(result.population, color="0.5", ls=":", lw=1.3)
    label(ax, WORDS.titles[1], *WORDS.axes[2:])
    if ax.get_yscale() != "log":  # a new scale is slow to draw: once is enough
        ax.set(yscale="log", xticks=range(0, 85, 24))
        ax.set_yticks((0.1, 1, 10), ("0.1", "1", "10"))
        ax.minorticks_off()
    ax.set(ylim=(0.04, 30), xlim=(0, 85))
    ax.legend(loc="upper right")


def _on_the_bank(population: int, mutation: float, aging: bool) -> Evolution:
    return evolution(_table(), population, mutation, aging)


@functools.cache
def _table() -> np.ndarray:
    from course_utils.bank import trial_bank

    return trial_bank("svm_digits").scores()


def _controls() -> Controls:
    return {
        "population": whole(12, 4, 60, 4),
        "mutation": number(0.5, 0.0, 1.0, 0.1),
        "aging": choice(False, [(WORST, False), (OLDEST, True)]),
    }


def _facts(result: Evolution, **_: Any) -> dict[str, Any]:
    top = result.table.max()
    ends = {key: 100 * (top - getattr(result, key)[-1]) for key in ("seen", "alive", "chance")}
    return ends | {"distinct": 100 * result.distinct}


EXPLORER = Explorer(WORDS, _controls, _on_the_bank, _draw, _facts)


def explore_evolution() -> None:
    """Explore evolution on the recorded table of SVMs: population, mutation, who dies."""
    EXPLORER.show()
