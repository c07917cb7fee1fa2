"""What the explorers of :mod:`course_utils.widgets` compute: numbers in, numbers out.

Every function is pure: no figure, no widget, no global state; its randomness comes from a fixed
seed, so that a control set back gives back the same picture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "evolution",
    "expected_improvement",
    "gaussian_process",
    "gp_search",
    "grid_vs_random",
    "halving_race",
    "hyperband",
    "hyperband_brackets",
    "learning_rates",
    "luck",
    "parzen_density",
    "random_best",
    "schedule_on_valley",
    "sixty_trials",
    "threshold",
    "toy_score",
    "tpe_search",
    "valley_descent",
    "valley_loss",
]

_Array = np.ndarray[Any, np.dtype[Any]]
_SEED = 101


class GridVsRandom(NamedTuple):
    """Result of :func:`grid_vs_random`."""

    grid: _Array
    chance: _Array
    grid_values: int
    chance_values: int
    grid_height: float
    chance_height: float
    chance_wins: float


def grid_vs_random(per_axis: int, ratio: float, *, repeats: int = 4000) -> GridVsRandom:
    """Compare a grid with as many random points on hills of unknown place.

    Parameters
    ----------
    per_axis : int
        Values of each of two hyperparameters in the grid; both spend ``per_axis ** 2`` trials.
    ratio : float
        How many times more the first hyperparameter matters than the second.
    repeats : int, default=4000
        Hills, each with its peak at random and its own random points.

    Returns
    -------
    GridVsRandom
        Points of both in [0, 1]², how many distinct values of the first axis each tries, the mean
        height reached (the peak is 1) and how often chance gets higher.
    """
    rng = np.random.default_rng(_SEED)
    levels = (2 * np.arange(per_axis) + 1) / (2 * per_axis)
    grid = np.stack(np.meshgrid(levels, levels), axis=-1).reshape(-1, 2)
    peaks = rng.random((repeats, 1, 2))
    chances = rng.random((repeats, len(grid), 2))
    weights = np.array([1.0, ratio**-2.0])
    ordered, random = (
        np.exp(-(weights * (points - peaks) ** 2).sum(axis=-1).min(axis=1) / (2 * 0.15**2))
        for points in (grid, chances)
    )
    chance = np.random.default_rng(_SEED).random((len(grid), 2))
    return GridVsRandom(
        grid=grid,
        chance=chance,
        grid_values=per_axis,
        chance_values=len(np.unique(chance[:, 0])),
        grid_height=float(ordered.mean()),
        chance_height=float(random.mean()),
        chance_wins=float((random > ordered).mean()),
    )


class SixtyTrials(NamedTuple):
    """Result of :func:`sixty_trials`."""

    probability: float
    needed: int
    counts: _Array
    curve: _Array
    ranks: _Array
    density: _Array
    trials: int
    top: float


def sixty_trials(trials: int, top: float) -> SixtyTrials:
    """Chance that the best of some random trials is among the best ones of the space.

    Parameters
    ----------
    trials : int
        Random trials.
    top : float
        Fraction of the space that counts as good, between 0 and 1.

    Returns
    -------
    SixtyTrials
        ``1 - (1 - top) ** trials``, the trials needed for 95 %, the same probability for 0 to 200
        trials, and the density of the rank of the best trial (0 is the best of the space).
    """
    counts, ranks = np.arange(201), np.linspace(0, 0.2, 201)
    return SixtyTrials(
        probability=1 - (1 - top) ** trials,
        needed=math.ceil(math.log(0.05) / math.log(1 - top)),
        counts=counts,
        curve=1 - (1 - top) ** counts,
        ranks=ranks,
        density=trials * (1 - ranks) ** (trials - 1.0),
        trials=trials,
        top=top,
    )


def toy_score(x: ArrayLike) -> _Array:
    """Accuracy, made up, of one hyperparameter in [0, 1]: two hills, the right one higher.

    Parameters
    ----------
    x : array-like of float

    Returns
    -------
    numpy.ndarray
    """
    x = np.asarray(x, dtype=float)
    low_hill = 0.30 * np.exp(-(((x - 0.22) / 0.10) ** 2))
    high_hill = 0.42 * np.exp(-(((x - 0.73) / 0.07) ** 2))
    return 0.55 - 0.10 * x + low_hill + high_hill


def parzen_density(at: _Array, points: _Array, width: float = 0.08) -> _Array:
    """Density of one bell for each point, and a flat one, on the axis [0, 1].

    Parameters
    ----------
    at, points : ndarray of float
        Where it is asked for, and centres of the bells.
    width : float, default=0.08
        Standard deviation of a bell.

    Returns
    -------
    numpy.ndarray
        Of the shape of `at`.
    """
    z = (at[:, None] - points) / width
    bells = np.exp(-(z**2) / 2).sum(axis=1) / (width * math.sqrt(2 * math.pi))
    return (bells + 1) / (len(points) + 1)


class Tpe(NamedTuple):
    """Result of :func:`tpe_search`."""

    grid: _Array
    truth: _Array
    tried: _Array
    good: _Array
    low: _Array
    high: _Array
    chosen: float
    ratio: float
    best: float


def tpe_search(steps: int, good_share: float, *, start: int = 8) -> Tpe:
    """Run a small TPE by hand on :func:`toy_score` and look into its next step.

    Parameters
    ----------
    steps : int
        Trials that TPE has already chosen, after the random ones.
    good_share : float
        Fraction γ of the trials that count as good (rounded up).
    start : int, default=8
        Random trials at the beginning.

    Returns
    -------
    Tpe
        Places tried and which of them are good, the densities l (``low``, the name of Bergstra's
        l(x)) and g (``high``) on `grid`, the next trial, its l / g, and the best score so far.

    References
    ----------
    J. Bergstra et al., "Algorithms for Hyper-Parameter Optimization", NIPS 2011.
    """
    rng, grid = np.random.default_rng(_SEED), np.linspace(0, 1, 201)
    tried = rng.random(start)
    for step in range(steps + 1):
        order = np.argsort(-toy_score(tried), kind="stable")
        n_good = math.ceil(round(good_share * len(tried), 9))
        good, rest = tried[order[:n_good]], tried[order[n_good:]]
        bells = rng.choice(good, 24) + rng.normal(0, 0.08, 24)
        candidates = np.concatenate([bells.clip(0, 1), rng.random(1)])
        ratios = parzen_density(candidates, good) / parzen_density(candidates, rest)
        chosen = candidates[ratios.argmax()]
        if step < steps:
            tried = np.append(tried, chosen)
    return Tpe(
        grid=grid,
        truth=toy_score(grid),
        tried=tried,
        good=np.isin(np.arange(len(tried)), order[:n_good]),
        low=parzen_density(grid, good),
        high=parzen_density(grid, rest),
        chosen=float(chosen),
        ratio=float(ratios.max()),
        best=float(toy_score(tried).max()),
    )


def gaussian_process(
    x: _Array, y: _Array, at: _Array, length_scale: float
) -> tuple[_Array, _Array]:
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

    def kernel(a: _Array, b: _Array) -> _Array:
        scaled = math.sqrt(5) * np.abs(a[:, None] - b) / length_scale
        return (1 + scaled + scaled**2 / 3) * np.exp(-scaled)

    centre, spread = y.mean(), y.std() or 1.0
    root = np.linalg.cholesky(kernel(x, x) + 1e-8 * np.eye(len(x)))
    half = np.linalg.solve(root, kernel(x, at))
    mean = centre + spread * half.T @ np.linalg.solve(root, (y - centre) / spread)
    return mean, spread * np.sqrt(np.maximum(1 - (half**2).sum(axis=0), 0))


def expected_improvement(mean: _Array, std: _Array, best: float) -> _Array:
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
    return (mean - best) * ndtr(z) + std * bell


class Gp(NamedTuple):
    """Result of :func:`gp_search`."""

    grid: _Array
    truth: _Array
    tried: _Array
    mean: _Array
    std: _Array
    gain: _Array
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


class Luck(NamedTuple):
    """Result of :func:`luck`."""

    accuracy: _Array
    one: _Array
    best: _Array
    expected: float
    counts: _Array
    curve: _Array
    candidates: int
    rows: int


def luck(candidates: int, rows: int) -> Luck:
    """How high the best of many candidates scores on data where nothing can be learnt.

    Each candidate is right on each row with probability 1/2, independently, as coins are.

    Parameters
    ----------
    candidates : int
        From among which the best is kept.
    rows : int
        Validated rows, e.g. all those of the table in a cross-validation.

    Returns
    -------
    Luck
        The possible accuracies, with the probabilities of one candidate and of the best; its mean;
        and that mean for 1 to 1000 candidates.
    """
    from scipy.special import bdtr

    hits = np.arange(rows + 1)
    below = bdtr(hits, rows, 0.5)  # P(hits <= k) of one candidate
    accuracy = hits / rows

    def of_best(n: float) -> _Array:
        return np.diff(below**n, prepend=0.0)

    counts = np.unique(np.geomspace(1, 1000, 60).round())
    return Luck(
        accuracy=accuracy,
        one=of_best(1),
        best=of_best(candidates),
        expected=float(accuracy @ of_best(candidates)),
        counts=counts,
        curve=np.array([accuracy @ of_best(n) for n in counts]),
        candidates=candidates,
        rows=rows,
    )


class Threshold(NamedTuple):
    """Result of :func:`threshold`."""

    confusion: _Array
    accuracy: float
    recall: float
    false_alarms: float
    precision: float
    roc: _Array
    pr: _Array
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


def random_best(scores: _Array, counts: _Array) -> _Array:
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

    table: _Array
    first: _Array
    last: _Array
    seen: _Array
    alive: _Array
    chance: _Array
    distinct: float
    population: int


def evolution(
    table: _Array,
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
    rng = np.random.default_rng(_SEED)
    shape, run = np.array(table.shape), np.arange(repeats)
    people = rng.integers(shape, size=(repeats, population, 2))
    scores = table[people[..., 0], people[..., 1]]
    born = np.tile(np.arange(population), (repeats, 1))
    first, history = people[0].copy(), [*scores.T.copy()]
    alive = [np.full(repeats, np.nan)] * (population - 1) + [scores.max(axis=1)]
    for trial in range(population, trials):
        entrants = rng.integers(population, size=(2, repeats, 3))
        best = np.take_along_axis(
            entrants, scores[run[:, None], entrants].argmax(axis=2)[..., None], axis=2
        )[..., 0]
        genes = rng.integers(2, size=(repeats, 2))
        child = np.where(genes == 0, people[run, best[0]], people[run, best[1]])
        moves = rng.integers(-4, 5, size=(repeats, 2)) * (rng.random((repeats, 2)) < mutation)
        child = (child + moves).clip(0, shape - 1)
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


class HalvingRace(NamedTuple):
    """Result of :func:`halving_race`."""

    entrants: _Array
    resources: _Array
    observed: _Array
    survives: _Array
    wins: float
    loss: float
    cost: int
    full_cost: int


def halving_race(
    noise: float, factor: int, *, candidates: int = 27, repeats: int = 1000
) -> HalvingRace:
    """Run successive halving when small budgets measure with noise.

    True scores are spread like a normal of 2 points; candidate 0 is the best. A score measured
    with r units of the resource carries normal noise of ``noise / sqrt(r)`` points.

    Parameters
    ----------
    noise : float
        Standard deviation, in points, of a score measured with one unit.
    factor : int
        Of each round, one in `factor` goes on, with `factor` times the resource.
    candidates : int, default=27
        At the start.
    repeats : int, default=1000
        Races.

    Returns
    -------
    HalvingRace
        Entrants and resource of each round; the scores observed in the first race (NaN once out),
        shape (n_rounds, candidates); the probability that the best passes each round; how often it
        wins, the mean points lost otherwise included; units spent, and units to race all of them
        to the end.

    References
    ----------
    K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
    Optimization", AISTATS 2016.
    """
    from scipy.special import ndtri

    rng = np.random.default_rng(_SEED)
    truth = 80 - 2 * ndtri((np.arange(candidates) + 0.5) / candidates)
    alive = np.ones((repeats, candidates), dtype=bool)
    entrants, resources, observed, survives = [candidates], [1], [], []
    while True:
        errors = rng.normal(0, noise / math.sqrt(resources[-1]), size=alive.shape)
        scores = np.where(alive, truth + errors, -np.inf)
        observed.append(np.where(alive[0], scores[0], np.nan))
        keep = math.ceil(entrants[-1] / factor)
        places = np.argsort(-scores, axis=1, kind="stable")[:, :keep]
        alive = np.zeros_like(alive)
        np.put_along_axis(alive, places, True, axis=1)
        survives.append(alive[:, 0].mean())
        if keep == 1:
            break
        entrants.append(keep)
        resources.append(resources[-1] * factor)
    spent = int(np.dot(entrants, resources))
    return HalvingRace(
        entrants=np.array(entrants),
        resources=np.array(resources),
        observed=np.array(observed),
        survives=np.array(survives),
        wins=float(survives[-1]),
        loss=float((truth[0] - truth[places[:, 0]]).mean()),
        cost=spent,
        full_cost=candidates * resources[-1],
    )


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
    epochs: _Array
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


def learning_rates(schedule: str, initial: float, n_steps: int) -> _Array:
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


_STEEPNESS = np.array([1.0, 25.0])


def valley_loss(weights: ArrayLike) -> _Array:
    """Loss in a valley of two weights, 25 times steeper across than along.

    Parameters
    ----------
    weights : array-like of shape (..., 2)

    Returns
    -------
    numpy.ndarray of shape (...)
    """
    return 0.5 * (_STEEPNESS * np.asarray(weights) ** 2).sum(axis=-1)


def valley_descent(rates: _Array, momentum: float) -> _Array:
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

    rates: _Array
    path: _Array
    losses: _Array


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
