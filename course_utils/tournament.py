"""Tournaments: search strategies x seeds, at an equal number of evaluations, on the trial bank.

A strategy is a function that spends a budget of evaluations. Every strategy gets the same seeds, so
comparisons are paired; the statistics say what follows from them, and what does not. The unit is
the seed: a verdict speaks of other seeds on the same table, never of other data sets (for those see
Demšar, "Statistical Comparisons of Classifiers over Multiple Data Sets", JMLR 7, 2006).
"""

from __future__ import annotations

import functools
import itertools
import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from course_utils import messages

if TYPE_CHECKING:
    import optuna
    import pandas as pd
    from numpy.typing import ArrayLike

    from course_utils.bank import TrialBank

__all__ = [
    "TournamentError",
    "anytime",
    "at_budget",
    "compare",
    "from_hyperopt",
    "from_optuna",
    "from_scores",
    "grid_search",
    "holm",
    "random_search",
    "run_tournament",
    "sign_flip_test",
    "superiority",
]

Space: TypeAlias = Mapping[str, Sequence[Any]]
Objective: TypeAlias = Callable[[Mapping[str, Any]], float]
Strategy: TypeAlias = Callable[[Objective, Space, int, int], object]

_Array = np.ndarray[Any, np.dtype[Any]]
_PERMUTATIONS = 9_999
_RESAMPLES = 2_000
_EXACT_UP_TO = 13  # seeds: 2**13 sign patterns are fewer than _PERMUTATIONS
_RANDOM_STATE = 101  # of resampling: the same results give the same intervals and p values
_CLOCK_POINTS = 100
# Two scores with the same hits differ by less if folds have unequal sizes; one hit is far more.
_TIE = 1e-5


class TournamentError(RuntimeError):
    """A strategy failed, or did not keep to the rules."""


# --- running -------------------------------------------------------------------------------------
def run_tournament(
    bank: TrialBank,
    strategies: Mapping[str, Strategy],
    *,
    n_trials: int = 60,
    seeds: int | Iterable[int] = 40,
) -> pd.DataFrame:
    """Run every strategy with every seed, each with exactly the same number of evaluations.

    Parameters
    ----------
    bank : TrialBank
        Answers the evaluations, at full budget and as the mean of its repetitions.
    strategies : mapping of str to callable
        ``strategy(objective, space, n_trials, seed)``. It calls ``objective(config)``, which
        returns an accuracy (higher is better), exactly `n_trials` times, and draws all its chance
        from `seed`; what it returns is ignored. An evaluation counts even if the configuration was
        evaluated before: a real training would be paid for again.
    n_trials : int, default=60
        Evaluations of each search.
    seeds : int or iterable of int, default=40
        How many (0, 1, 2, …) or which. They are taken one by one, each by all strategies; an
        interruption therefore keeps the finished seeds, and ``seeds=track(range(40), "semillas")``
        shows progress.

    Returns
    -------
    pandas.DataFrame
        One row per evaluation: ``strategy``, ``seed``, ``trial`` (from 1), ``score``,
        ``best_so_far``, ``regret`` (``bank.best.score - best_so_far``) and ``seconds``: simulated
        clock at its end, recorded seconds of the evaluations so far, one after another.

    Raises
    ------
    TournamentError
        If a strategy fails, evaluates more or fewer times, or does not repeat itself with the same
        seed (the first seed is run twice). The message names it.
    ValueError
        If there is no strategy, evaluation or seed, or a seed twice.

    Examples
    --------
    A strategy of five lines, random search, against Optuna's TPE:

    >>> def chance(objective, space, n_trials, seed):
    ...     rng = np.random.default_rng(seed)
    ...     for _ in range(n_trials):
    ...         config = {name: values[rng.integers(len(values))] for name, values in space.items()}
    ...         objective(config)
    >>> tpe = from_optuna(lambda seed: TPESampler(n_startup_trials=10, seed=seed))
    >>> results = run_tournament(trial_bank("svm_digits"), {"azar": chance, "TPE": tpe})
    >>> print(*compare(results)["verdict"], sep="\\n")
    """
    if isinstance(seeds, int):
        seeds = range(seeds)
    if not strategies or n_trials < 1:
        raise ValueError(messages.TOURNAMENT_EMPTY)
    rounds: list[tuple[int, list[_Ledger]]] = []
    try:
        for seed in seeds:
            if any(seed == done for done, _ in rounds):
                raise ValueError(messages.TOURNAMENT_SEED_TWICE.format(seed=seed))
            ledgers = [_play(bank, name, s, n_trials, seed) for name, s in strategies.items()]
            if not rounds:
                for first, strategy in zip(ledgers, strategies.values(), strict=True):
                    _check_repeats(first, strategy, seed)
            rounds.append((seed, ledgers))
    except KeyboardInterrupt:
        if not rounds:
            raise
        warnings.warn(messages.TOURNAMENT_INTERRUPTED.format(done=len(rounds)), stacklevel=2)
    if not rounds:
        raise ValueError(messages.TOURNAMENT_EMPTY)
    played = [seed for seed, _ in rounds]
    return _table(
        bank,
        {n: [ledgers[k].scores for _, ledgers in rounds] for k, n in enumerate(strategies)},
        {n: [ledgers[k].seconds for _, ledgers in rounds] for k, n in enumerate(strategies)},
        played,
    )


def from_scores(bank: TrialBank, scores: Mapping[str, ArrayLike]) -> pd.DataFrame:
    """Tabulate searches that were replayed elsewhere, e.g. by ``bank.random_search``.

    Parameters
    ----------
    bank : TrialBank
        Its best score is what regret is measured from.
    scores : mapping of str to array-like of shape (n_seeds, n_trials)
        Scores in the order evaluated, of equal shape for all; row ``k`` is seed ``k``.

    Returns
    -------
    pandas.DataFrame
        As :func:`run_tournament`; ``seconds`` is missing.
    """
    tables = {name: np.asarray(values, dtype=float) for name, values in scores.items()}
    shapes = {table.shape for table in tables.values()}
    if len(shapes) != 1 or len(next(iter(shapes))) != 2:
        found = ", ".join(f"{name}: {table.shape}" for name, table in tables.items())
        raise ValueError(messages.TOURNAMENT_SHAPES.format(found=found))
    blank = {name: np.full(table.shape, np.nan) for name, table in tables.items()}
    return _table(bank, tables, blank, range(next(iter(shapes))[0]))


class _Ledger:
    """The objective as a strategy sees it; it keeps the accounts."""

    def __init__(self, bank: TrialBank, name: str, n_trials: int) -> None:
        self.bank = bank
        self.name = name
        self.n_trials = n_trials
        self.scores: list[float] = []
        self.seconds: list[float] = []
        self.exceeded = False

    def __call__(self, config: Mapping[str, Any]) -> float:
        if len(self.scores) == self.n_trials:
            self.exceeded = True
            raise TournamentError(self.over_budget())
        score, seconds = self.bank(config), self.bank.cost(config)
        self.scores.append(score)
        self.seconds.append(seconds)
        return score

    def over_budget(self) -> str:
        return messages.TOURNAMENT_MORE.format(name=self.name, n_trials=self.n_trials)


def _play(bank: TrialBank, name: str, strategy: Strategy, n_trials: int, seed: int) -> _Ledger:
    ledger = _Ledger(bank, name, n_trials)
    space = {key: list(values) for key, values in bank.space.items()}
    try:
        strategy(ledger, space, n_trials, seed)
    except Exception as error:
        if not ledger.exceeded:
            raise TournamentError(
                messages.TOURNAMENT_FAILED.format(
                    name=name,
                    seed=seed,
                    trial=len(ledger.scores) + 1,
                    type=type(error).__name__,
                    error=error,
                )
            ) from error
    if ledger.exceeded:  # also if the strategy swallowed the error
        raise TournamentError(ledger.over_budget())
    if len(ledger.scores) < n_trials:
        raise TournamentError(
            messages.TOURNAMENT_FEWER.format(
                name=name, seed=seed, done=len(ledger.scores), n_trials=n_trials
            )
        )
    return ledger


def _check_repeats(first: _Ledger, strategy: Strategy, seed: int) -> None:
    again = _play(first.bank, first.name, strategy, first.n_trials, seed)
    if again.scores != first.scores:
        raise TournamentError(messages.TOURNAMENT_NOT_REPEATED.format(name=first.name, seed=seed))


def _table(
    bank: TrialBank,
    scores: Mapping[str, ArrayLike],
    seconds: Mapping[str, ArrayLike],
    seeds: Sequence[int],
) -> pd.DataFrame:
    """Make one tidy table of arrays of shape (n_seeds, n_trials)."""
    import pandas as pd

    cube = np.array([scores[name] for name in scores], dtype=float)
    n_strategies, n_seeds, n_trials = cube.shape
    best = np.maximum.accumulate(cube, axis=-1)
    clock = np.array([seconds[name] for name in scores], dtype=float).cumsum(axis=-1)
    return pd.DataFrame(
        {
            "strategy": np.repeat(np.array(list(scores), dtype=object), n_seeds * n_trials),
            "seed": np.tile(np.repeat(np.array(seeds), n_trials), n_strategies),
            "trial": np.tile(np.arange(1, n_trials + 1), n_strategies * n_seeds),
            "score": cube.ravel(),
            "best_so_far": best.ravel(),
            "regret": bank.best.score - best.ravel(),
            "seconds": clock.ravel(),
        }
    )


# --- strategies ----------------------------------------------------------------------------------
def random_search(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
    """Draw every value anew, with replacement: the strategy that others have to beat."""
    rng = np.random.default_rng(seed)
    for _ in range(n_trials):
        objective({name: values[int(rng.integers(len(values)))] for name, values in space.items()})


def grid_search(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
    """Walk a regular grid of about `n_trials` points, designed for that budget.

    The grid is the most even one with at least `n_trials` points (8 x 8 for 60 evaluations of two
    hyperparameters), walked in random order and left at the budget. What its author would decide
    by taste is drawn from the seed: where it begins on each axis, and which axis gets one value
    more.
    """
    rng = np.random.default_rng(seed)
    names = list(space)
    sizes = [len(space[name]) for name in names]
    if n_trials > math.prod(sizes):
        raise ValueError(messages.TOURNAMENT_GRID.format(size=math.prod(sizes)))
    points = [1] * len(names)
    while math.prod(points) < n_trials:
        free = [axis for axis in rng.permutation(len(names)) if points[axis] < sizes[axis]]
        points[min(free, key=points.__getitem__)] += 1
    axes = [
        [space[name][int((k + offset) * size / n)] for k in range(n)]
        for name, size, n, offset in zip(names, sizes, points, rng.random(len(names)), strict=True)
    ]
    grid = list(itertools.product(*axes))
    for index in rng.permutation(len(grid))[:n_trials]:
        objective(dict(zip(names, grid[index], strict=True)))


def from_optuna(
    sampler: Callable[[int], optuna.samplers.BaseSampler], *, ordered: bool = True
) -> Strategy:
    """Make a strategy of an Optuna sampler.

    Parameters
    ----------
    sampler : callable
        From a seed to a sampler: ``lambda seed: TPESampler(n_startup_trials=10, seed=seed)``. Its
        first `n_startup_trials` (10 unless told) are random, and equal to those of
        ``RandomSampler`` with the same seed: up to there TPE is random search.
    ordered : bool, default=True
        Whether the sampler is told that numbers have an order: it then searches over the positions
        of a list of numbers (``suggest_int``), which for C = 2⁻⁵, 2⁻⁴, … is a logarithmic axis.
        False offers every list as categories (``suggest_categorical``), as in
        ``from_optuna(lambda seed: GridSampler(bank.space, seed=seed), ordered=False)``.

    Returns
    -------
    callable
        A strategy for :func:`run_tournament`.
    """

    def strategy(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
        import optuna

        def trial_score(trial: optuna.Trial) -> float:
            config = {}
            for name, values in space.items():
                if ordered and _is_scale(values):
                    config[name] = values[trial.suggest_int(name, 0, len(values) - 1)]
                else:
                    config[name] = trial.suggest_categorical(name, values)
            return objective(config)

        verbosity = optuna.logging.get_verbosity()
        optuna.logging.set_verbosity(optuna.logging.ERROR)  # a failure is raised, once
        try:
            study = optuna.create_study(direction="maximize", sampler=sampler(seed))
            study.optimize(trial_score, n_trials=n_trials)
        finally:
            optuna.logging.set_verbosity(verbosity)

    return strategy


def from_hyperopt(suggest: Callable[..., Any], *, ordered: bool = True) -> Strategy:
    """Make a strategy of a Hyperopt algorithm.

    Parameters
    ----------
    suggest : callable
        ``hyperopt.rand.suggest``, or ``functools.partial(hyperopt.tpe.suggest,
        n_startup_jobs=10)``. The first `n_startup_jobs` (20 unless told, twice Optuna's) are
        random: with 20 evaluations or fewer, ``tpe.suggest`` alone is random search.
    ordered : bool, default=True
        As in :func:`from_optuna`: ``hp.quniform`` over positions, or ``hp.choice``.

    Returns
    -------
    callable
        A strategy for :func:`run_tournament`.
    """

    def strategy(objective: Objective, space: Space, n_trials: int, seed: int) -> None:
        from hyperopt import fmin, hp

        scales = {name for name, values in space.items() if ordered and _is_scale(values)}
        domain = {
            # Half a step beyond both ends: the first and last value are as likely as others.
            name: hp.quniform(name, -0.5, len(values) - 0.5, 1)
            if name in scales
            else hp.choice(name, list(values))
            for name, values in space.items()
        }

        def loss(drawn: Mapping[str, Any]) -> float:
            config = {
                name: space[name][min(int(value), len(space[name]) - 1)]
                if name in scales
                else value
                for name, value in drawn.items()
            }
            return -objective(config)

        fmin(
            loss,
            domain,
            algo=suggest,
            max_evals=n_trials,
            rstate=np.random.default_rng(seed),
            show_progressbar=False,
            verbose=False,
        )

    return strategy


def _is_scale(values: Sequence[Any]) -> bool:
    """Tell whether a list holds numbers in growing order."""
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    return numbers and all(a < b for a, b in itertools.pairwise(values))


# --- description ---------------------------------------------------------------------------------
def anytime(results: pd.DataFrame, *, by: str = "trial", level: float = 0.95) -> pd.DataFrame:
    """Mean regret as a search goes on, with an interval over seeds.

    Parameters
    ----------
    results : pandas.DataFrame
        From :func:`run_tournament`.
    by : {"trial", "seconds"}, default="trial"
        What passes: evaluations, or the simulated clock, from when all seeds of a strategy have
        finished their first evaluation until the first of them ends.
    level : float, default=0.95
        Of the percentile bootstrap interval of the mean (seeds are resampled, the same for all
        strategies). It stays within 0 and 1, where a t interval of a regret near 0 would not; with
        fewer than 20 seeds it is somewhat too narrow.

    Returns
    -------
    pandas.DataFrame
        Columns ``strategy``, `by`, ``mean``, ``low``, ``high``; draw it with
        :func:`course_utils.plots.anytime_plot`.

    References
    ----------
    B. Efron and R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
    """
    import pandas as pd

    if by not in ("trial", "seconds"):
        raise ValueError(messages.TOURNAMENT_BY.format(by=by))
    if results[by].isna().any():
        raise ValueError(messages.TOURNAMENT_NO_CLOCK)
    parts = []
    for name, rows in results.groupby("strategy", sort=False):
        regret = rows.pivot(index="seed", columns="trial", values="regret").to_numpy()
        if by == "trial":
            at = np.sort(rows["trial"].unique())
        else:
            clock = rows.pivot(index="seed", columns="trial", values="seconds").to_numpy()
            at = np.linspace(clock[:, 0].max(), clock[:, -1].min(), _CLOCK_POINTS)
            finished = [np.searchsorted(line, at, side="right") - 1 for line in clock]
            regret = np.take_along_axis(regret, np.maximum(finished, 0), axis=1)
        low, high = _interval(regret, level)
        columns = {by: at, "mean": regret.mean(axis=0), "low": low, "high": high}
        parts.append(pd.DataFrame({"strategy": name, **columns}))
    return pd.concat(parts, ignore_index=True)


def at_budget(
    results: pd.DataFrame, trials: Sequence[int] = (10, 60), *, level: float = 0.95
) -> pd.DataFrame:
    """Summarize the distribution of the regret over seeds at some budgets.

    The distribution itself is ``results.query("trial == 60")``.

    Parameters
    ----------
    results : pandas.DataFrame
        From :func:`run_tournament`.
    trials : sequence of int, default=(10, 60)
        Evaluations after which to look.
    level : float, default=0.95
        As in :func:`anytime`.

    Returns
    -------
    pandas.DataFrame
        One row per budget and strategy: ``trial``, ``strategy``, ``mean``, ``low``, ``high``,
        ``q25``, ``median``, ``q75`` of the regret, and ``found``: share of seeds that came
        within 1e-5 of the best of the table.
    """
    import pandas as pd

    rows = []
    for trial in trials:
        for name, regret in _regrets(results, trial).items():
            low, high = _interval(regret[:, None], level)
            q25, median, q75 = np.quantile(regret, (0.25, 0.5, 0.75))
            found = np.mean(regret < _TIE)
            rows.append((trial, name, regret.mean(), low[0], high[0], q25, median, q75, found))
    names = ("trial", "strategy", "mean", "low", "high", "q25", "median", "q75", "found")
    return pd.DataFrame(rows, columns=list(names))


def _regrets(results: pd.DataFrame, trial: int | None) -> dict[str, _Array]:
    """Regret of each strategy after some evaluations, in the order of the seeds."""
    trial = int(results["trial"].max()) if trial is None else trial
    rows = results[results["trial"] == trial]
    wide = rows.pivot(index="seed", columns="strategy", values="regret")
    if wide.empty or wide.isna().any(axis=None) or wide.shape[1] < results["strategy"].nunique():
        raise ValueError(messages.TOURNAMENT_UNPAIRED.format(trial=trial))
    return {name: wide[name].to_numpy() for name in results["strategy"].unique()}


def _interval(values: _Array, level: float) -> tuple[_Array, _Array]:
    """Percentile bootstrap interval of the mean over axis 0."""
    rng = np.random.default_rng(_RANDOM_STATE)
    n = len(values)
    means = rng.multinomial(n, np.full(n, 1 / n), size=_RESAMPLES) @ values / n
    low, high = np.quantile(means, ((1 - level) / 2, (1 + level) / 2), axis=0)
    return low, high


# --- verdicts ------------------------------------------------------------------------------------
def compare(
    results: pd.DataFrame,
    trial: int | None = None,
    *,
    alpha: float = 0.05,
    worthwhile: float = 0.001,
) -> pd.DataFrame:
    """Compare all pairs of strategies at one budget and say what follows.

    Each pair gets a sign-flip permutation test of the mean difference over seeds, and Holm's
    correction goes over all pairs. Choose the budget before looking at the curves: looking at
    several is testing several times.

    Parameters
    ----------
    results : pandas.DataFrame
        From :func:`run_tournament`.
    trial : int, optional
        After how many evaluations; default, the last.
    alpha : float, default=0.05
        Accepted probability of telling apart any strategies that are equal.
    worthwhile : float, default=0.001
        Accuracy below which a difference is called tiny, although it can be told apart. With enough
        seeds any difference can.

    Returns
    -------
    pandas.DataFrame
        One row per pair: ``a`` (the one of lower mean regret), ``b``, ``trial``, ``seeds``,
        ``difference`` (mean accuracy of a minus that of b) with its bootstrap interval ``low``,
        ``high`` of level 0.95 (for this pair alone, not corrected), ``p``, ``p_holm``,
        ``superiority`` with ``superiority_low`` and ``superiority_high`` (see
        :func:`superiority`), and ``verdict``, a sentence in Spanish.

    Raises
    ------
    ValueError
        If there are fewer than two strategies, or not the same seeds for all.

    Notes
    -----
    Why not Wilcoxon's signed-rank test: best-so-far scores tie often (two searches with the same
    seed share their random start, or both find the best), which upsets its ranks; and it speaks of
    a median, while the curves show means. Flipping signs is exact with any ties, and it tests the
    difference that is reported.
    """
    import pandas as pd

    regrets = _regrets(results, trial)
    if len(regrets) < 2:
        raise ValueError(messages.TOURNAMENT_ALONE)
    trial = int(results["trial"].max()) if trial is None else trial
    names = sorted(regrets, key=lambda name: regrets[name].mean())
    pairs = list(itertools.combinations(names, 2))
    gains = np.array([regrets[b] - regrets[a] for a, b in pairs]).T
    low, high = _interval(gains, 0.95)
    table = pd.DataFrame(pairs, columns=["a", "b"])
    table["trial"], table["seeds"] = trial, len(gains)
    table["difference"], table["low"], table["high"] = gains.mean(axis=0), low, high
    table["p"] = [sign_flip_test(gain) for gain in gains.T]
    table["p_holm"] = holm(table["p"])
    table[["superiority", "superiority_low", "superiority_high"]] = [
        superiority(gain) for gain in gains.T
    ]
    hopeless = len(pairs) * 0.5 ** (len(gains) - 1) >= alpha
    table["verdict"] = [
        _verdict(row, alpha, worthwhile, hopeless) for row in table.to_dict(orient="records")
    ]
    return table


def _verdict(row: Mapping[Any, Any], alpha: float, worthwhile: float, hopeless: bool) -> str:
    facts = {
        **row,
        "points": 100 * row["difference"],
        "low_points": 100 * row["low"],
        "high_points": 100 * row["high"],
        "p_text": messages.TOURNAMENT_TINY_P if row["p_holm"] < 1e-3 else f"= {row['p_holm']:.3f}",
    }
    if row["p_holm"] < alpha:
        verdict = messages.TOURNAMENT_BETTER.format(**facts)
        tiny = row["difference"] < worthwhile
        return verdict + messages.TOURNAMENT_TINY.format(points=100 * worthwhile) * tiny
    verdict = messages.TOURNAMENT_EQUAL.format(**facts)
    return verdict + messages.TOURNAMENT_HOPELESS.format(**facts) if hopeless else verdict


def sign_flip_test(differences: ArrayLike) -> float:
    """Two-sided paired permutation test of a mean difference of zero.

    If the two strategies are equal, swapping them within a seed changes nothing: every pattern of
    signs of the differences is equally likely. p is the share of patterns with a mean at least as
    far from zero as the one seen: of all patterns for up to 13 differences, else of 9,999 drawn
    with a fixed seed, the one seen counted in.

    Parameters
    ----------
    differences : array-like of float, shape (n_seeds,)
        One per seed; zeros are welcome.

    Returns
    -------
    float
        In (0, 1].

    References
    ----------
    R. A. Fisher, "The Design of Experiments" (1935), section 21. B. Phipson and G. Smyth,
    "Permutation P-values Should Never Be Zero", Statistical Applications in Genetics and Molecular
    Biology 9 (2010).
    """
    d = np.asarray(differences, dtype=float)
    signs = _sign_patterns(len(d))
    # Sums that are equal on paper differ in their last digits.
    extreme = np.abs(signs @ d) >= abs(d.sum()) - 1e-9 * np.abs(d).sum()
    if len(d) <= _EXACT_UP_TO:
        return float(extreme.mean())
    return float((1 + extreme.sum()) / (1 + len(signs)))


@functools.lru_cache(maxsize=4)
def _sign_patterns(n: int) -> _Array:
    if n <= _EXACT_UP_TO:
        return np.array(list(itertools.product((-1.0, 1.0), repeat=n)))
    rng = np.random.default_rng(_RANDOM_STATE)
    return rng.choice((-1.0, 1.0), size=(_PERMUTATIONS, n))


def holm(p_values: ArrayLike) -> _Array:
    """Correct p values for their number, by Holm's step-down method.

    Parameters
    ----------
    p_values : array-like of float, shape (n_tests,)

    Returns
    -------
    numpy.ndarray of shape (n_tests,)
        Corrected p values, in the same order: rejecting those below alpha keeps the probability of
        any false rejection at alpha, however the tests depend on each other.

    References
    ----------
    S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of
    Statistics 6 (1979).
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)
    stepped = p[order] * np.arange(len(p), 0, -1)
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(np.maximum.accumulate(stepped), 1)
    return corrected


def superiority(differences: ArrayLike, *, level: float = 0.95) -> tuple[float, float, float]:
    """Effect size: probability that the first of a pair is the better one; a tie counts half.

    0.5 says that neither leads, 1 that the first won on every seed. It is the paired form of
    Vargha and Delaney's A; Cliff's delta is ``2 * superiority - 1``.

    Parameters
    ----------
    differences : array-like of float, shape (n_seeds,)
        First minus second, one per seed; closer to 0 than 1e-5 is a tie.
    level : float, default=0.95
        Of the interval: Wilson's, which keeps some width when one side wins always. Half points
        for ties vary less than wins and losses, so with ties it errs on the wide side.

    Returns
    -------
    tuple of float
        Estimate, lower and upper limit.

    References
    ----------
    A. Vargha and H. Delaney, "A Critique and Improvement of the CL Common Language Effect Size
    Statistics of McGraw and Wong", Journal of Educational and Behavioral Statistics 25 (2000).
    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22
    (1927).
    """
    from scipy.stats import norm

    d = np.asarray(differences, dtype=float)
    tied = np.abs(d) < _TIE
    share, n = float(np.where(tied, 0.5, d > 0).mean()), len(d)
    z2 = float(norm.ppf((1 + level) / 2)) ** 2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (share * (1 - share) + z2 / (4 * n)) / n) / (1 + z2 / n)
    return share, max(0.0, middle - half), min(1.0, middle + half)
