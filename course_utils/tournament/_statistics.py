"""What follows from a tournament's table: curves with intervals, and verdicts on pairs."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

_Array = np.ndarray[Any, np.dtype[Any]]
_PERMUTATIONS = 9_999
_RESAMPLES = 2_000
_EXACT_UP_TO = 13  # seeds: 2**13 sign patterns are fewer than _PERMUTATIONS
_RANDOM_STATE = 101  # of resampling: the same results give the same intervals and p values
_CLOCK_POINTS = 100
# Two scores with the same hits differ by less if folds have unequal sizes; one hit is far more.
_TIE = 1e-5


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
    n = len(values)
    means = _resampled_counts(n) @ values / n
    low, high = np.quantile(means, ((1 - level) / 2, (1 + level) / 2), axis=0)
    return low, high


@functools.lru_cache(maxsize=4)
def _resampled_counts(n: int) -> _Array:
    """How often each of n values is drawn in each bootstrap sample: always the same samples."""
    rng = np.random.default_rng(_RANDOM_STATE)
    return rng.multinomial(n, np.full(n, 1 / n), size=_RESAMPLES).astype(float)


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
    facts: dict[str, Any] = {
        **row,
        "points": 100 * row["difference"],
        "low_points": 100 * row["low"],
        "high_points": 100 * row["high"],
        "p_text": messages.TOURNAMENT_TINY_P if row["p_holm"] < 1e-3 else f"= {row['p_holm']:.3f}",
    }
    if row["p_holm"] < alpha:
        verdict = messages.TOURNAMENT_BETTER.format(**facts)
        tiny = bool(row["difference"] < worthwhile)
        return verdict + messages.TOURNAMENT_TINY.format(points=100 * worthwhile) * tiny
    verdict = messages.TOURNAMENT_EQUAL.format(**facts)
    return verdict + messages.TOURNAMENT_HOPELESS.format(**facts) if hopeless else verdict


def sign_flip_test(differences: ArrayLike) -> float:
    """Two-sided paired permutation test of a mean difference of zero.

    If the two strategies are equal, swapping them within a seed changes nothing: every pattern of
    signs of the differences is equally likely. p is the share of patterns with a mean at least as
    far from zero as the one seen. Up to 13 differences it is exact: all patterns are counted
    (:func:`scipy.stats.permutation_test`). Beyond, it is an estimate: 9,999 patterns are drawn with
    a fixed seed and the one seen is counted in (:func:`scipy.stats.monte_carlo_test`), so p is at
    least 1e-4, its standard error is at most 0.005, and the same differences give the same p.

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
    from scipy import stats

    d = np.asarray(differences, dtype=float)
    if len(d) < 2 or not d.any():
        return 1.0  # every pattern is as far from zero as the one seen
    d = d / np.abs(d).sum()
    if len(d) <= _EXACT_UP_TO:
        exact = stats.permutation_test(
            (d,),
            _distance,
            permutation_type="samples",
            alternative="greater",
            n_resamples=_PERMUTATIONS,
        )
        return float(exact.pvalue)
    signs = _drawn_signs(len(d))
    drawn = stats.monte_carlo_test(
        d, lambda size: signs * d, _distance, n_resamples=_PERMUTATIONS, alternative="greater"
    )
    return float(drawn.pvalue)


def _distance(differences: _Array, axis: int) -> _Array:
    """How far the sum is from zero; sums that are equal on paper differ in their last digits."""
    distance: _Array = np.round(np.abs(differences.sum(axis=axis)), 9)
    return distance


@functools.lru_cache(maxsize=4)
def _drawn_signs(n: int) -> _Array:
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
    # By hand: SciPy offers Benjamini and Hochberg's only, statsmodels would be one more dependency.
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
