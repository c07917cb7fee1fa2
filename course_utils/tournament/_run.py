"""Run every strategy with every seed, and keep the accounts."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.tournament._strategies import Strategy

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

    from course_utils.bank import TrialBank


class TournamentError(RuntimeError):
    """A strategy failed, or did not keep to the rules."""


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
