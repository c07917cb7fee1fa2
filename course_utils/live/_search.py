"""Watch a scikit-learn search, and end it early with what is finished.

``BaseSearchCV.fit`` makes one ``Parallel`` and hands ``self._run_search``, the documented hook for
new kinds of search, a function that evaluates candidates with it. Both are replaced for a while:
the one by a ``Parallel`` that tells each result when it comes, the other to catch an interruption
and to have the finished candidates evaluated again, with the results that they have. Folds,
scores, failures and tables are scikit-learn's own. The callbacks of scikit-learn 1.9 would not do:
they do not see the scores, which are lost on an interruption, and 1.6 (Colab) has none.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper
from inspect import signature
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.model_selection import GridSearchCV
from sklearn.model_selection import _search as sklearn_search
from sklearn.utils.parallel import Parallel, delayed

from course_utils import messages
from course_utils.live._interrupts import interrupts_ignored

if TYPE_CHECKING:
    from sklearn.model_selection._search import BaseSearchCV

    from course_utils.live._line import Line


def moved_internals() -> list[str]:
    """Name what this module relies on and the installed scikit-learn does not have."""
    known = {
        "BaseSearchCV._run_search": hasattr(GridSearchCV, "_run_search"),
        "sklearn.model_selection._search.Parallel": (
            getattr(sklearn_search, "Parallel", None) in (Parallel, _StreamingParallel)
        ),
        "_fit_and_score(split_progress=...)": (
            "split_progress" in signature(sklearn_search._fit_and_score).parameters
        ),
    }
    return [name for name, there in known.items() if not there]


@contextmanager
def watched(search: BaseSearchCV, line: Line) -> Iterator[None]:
    """Show `search` in `line` while it fits; keep what it evaluated if ``fit`` does not end."""
    run = search._run_search = _WatchedRun(search, line)
    try:
        with _streaming():
            yield
    except BaseException as error:
        run.keep_results(error)
        raise
    finally:
        vars(search).pop("_run_search", None)  # the method of the class again


_lock = threading.Lock()
_open_blocks = 0  # nested, or of several threads


@contextmanager
def _streaming() -> Iterator[None]:
    """Have searches make a ``_StreamingParallel``; those that nobody watches do as always."""
    global _open_blocks
    with _lock:
        _open_blocks += 1
        sklearn_search.Parallel = _StreamingParallel
    try:
        yield
    finally:
        with _lock:
            _open_blocks -= 1
            if not _open_blocks:
                sklearn_search.Parallel = Parallel


class _StreamingParallel(Parallel):
    """scikit-learn's ``Parallel``, which also hands over each result as soon as it is there.

    Attributes
    ----------
    finished : dict of int to dict
        Results of the last call that are there, by the position of their task.
    n_splits : int
        Tasks of one candidate, which follow each other.
    on_result : callable or None
        Called with the position and the result.
    replay : list of dict or None
        What to return instead of running any task.
    """

    def __init__(self, **settings: Any) -> None:
        try:
            super().__init__(return_as="generator_unordered", **settings)
        except ValueError:  # joblib's multiprocessing backend cannot
            super().__init__(**settings)
        self.finished: dict[int, dict[str, Any]] = {}
        self.n_splits = 0
        self.on_result: Callable[[int, dict[str, Any]], None] | None = None
        self.replay: list[dict[str, Any]] | None = None
        _newest.set(self)

    def __call__(self, iterable: Iterable[_Task]) -> list[dict[str, Any]]:
        if self.replay is not None:
            return self.replay
        self.finished = {}
        for position, result in super().__call__(self._numbered(iterable)):
            self.finished[position] = result
            if self.on_result is not None:
                self.on_result(position, result)
        return [self.finished[position] for position in sorted(self.finished)]

    def _numbered(self, iterable: Iterable[_Task]) -> Iterator[_Task]:
        for position, (function, args, kwargs) in enumerate(iterable):
            self.n_splits = kwargs["split_progress"][1]
            yield delayed(_with_position)(position, function.__wrapped__, args, kwargs)


_Task = tuple[Any, tuple[Any, ...], dict[str, Any]]  # function, args, kwargs

# ``fit`` makes one and, in the same thread, calls ``_run_search`` next: the newest one is its own.
_newest: ContextVar[_StreamingParallel] = ContextVar("_newest")


def _with_position(
    position: int, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[int, Any]:
    return position, function(*args, **kwargs)


class _WatchedRun:
    """Stands in for ``search._run_search``."""

    def __init__(self, search: BaseSearchCV, line: Line) -> None:
        self._search = search
        self._line = line
        self._results: dict[str, Any] | None = None
        self._original = search._run_search
        update_wrapper(self, self._original)  # scikit-learn 1.9 reads the signature

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy of the search, such as those that scikit-learn 1.9 sends to its worker processes,
        # gets the method of its class.
        return getattr, (self._search, "_run_search")

    def __call__(self, evaluate: Callable[..., dict[str, Any]], **context: Any) -> None:
        self._results = None
        parallel = _newest.get()
        evaluation = _WatchedEvaluation(evaluate, parallel, self._search.refit, self._line)
        try:
            self._original(evaluation, **context)
        except KeyboardInterrupt:
            if evaluation.results is None:
                raise
            self._line.interrupted = True
        finally:
            self._results = evaluation.results
            parallel.on_result = None  # the newest one lives on, but not the data that it was given
        if self._search.refit:
            self._line.note(messages.PROGRESS_REFIT)

    def keep_results(self, error: BaseException) -> None:
        """Set ``cv_results_`` if ``fit`` did not come to that."""
        if self._results is None or vars(self._search).get("cv_results_") is self._results:
            return
        self._search.cv_results_ = self._results
        if isinstance(error, KeyboardInterrupt):
            self._line.last_words = messages.PROGRESS_NOT_REFITTED


class _WatchedEvaluation:
    """Stands in for ``evaluate_candidates``: counts what is finished, and keeps it.

    Attributes
    ----------
    results : dict or None
        The ``cv_results_`` so far.
    """

    def __init__(
        self,
        evaluate: Callable[..., dict[str, Any]],
        parallel: _StreamingParallel,
        refit: Any,
        line: Line,
    ) -> None:
        self.results: dict[str, Any] | None = None
        self._evaluate = evaluate
        self._parallel = parallel
        self._metric = refit if isinstance(refit, str) else "score"
        self._line = line
        self._best = np.nan
        self._scores: defaultdict[int, list[float]] = defaultdict(list)  # by candidate
        parallel.on_result = self._count

    def __call__(
        self,
        candidates: Iterable[dict[str, Any]],
        cv: Any = None,
        more_results: dict[str, list[Any]] | None = None,
        **context: Any,
    ) -> dict[str, Any]:
        candidates = list(candidates)
        self._scores.clear()
        if more_results:  # a halving search goes on with other resources
            self._best = np.nan
        self._line.plan(len(candidates))
        try:
            self.results = self._evaluate(candidates, cv, more_results, **context)
        except KeyboardInterrupt:
            with interrupts_ignored():
                self._keep_finished(candidates, cv, more_results or {})
            raise
        return self.results

    def _count(self, position: int, result: dict[str, Any]) -> None:
        scores = self._scores[position // self._parallel.n_splits]
        score = result["test_scores"]
        scores.append(score.get(self._metric, np.nan) if isinstance(score, dict) else score)
        if len(scores) == self._parallel.n_splits:
            self._best = np.fmax(self._best, np.mean(scores))
            self._line.advance(None if np.isnan(self._best) else float(self._best))

    def _keep_finished(
        self, candidates: list[dict[str, Any]], cv: Any, more_results: dict[str, list[Any]]
    ) -> None:
        n_splits, fits = self._parallel.n_splits, self._parallel.finished
        kept = sorted(k for k, scores in self._scores.items() if len(scores) == n_splits)
        if kept:
            self._parallel.replay = [
                fits[position] for k in kept for position in range(k * n_splits, (k + 1) * n_splits)
            ]
            more = {name: [column[k] for k in kept] for name, column in more_results.items()}
            self.results = self._evaluate([candidates[k] for k in kept], cv, more)
