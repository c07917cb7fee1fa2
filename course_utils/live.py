"""Live progress of anything slow, and scikit-learn searches that survive an interruption.

Works on scikit-learn 1.6 to 1.9 through ``BaseSearchCV._run_search``, the documented hook that
asks for candidates to be evaluated. scikit-learn 1.9 has callbacks of its own, but they are
experimental, missing on 1.6 (Colab), and an interrupted ``fit`` loses every finished candidate.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from course_utils import messages

if TYPE_CHECKING:
    from sklearn.model_selection._search import BaseSearchCV

__all__ = ["progress", "track"]

_T = TypeVar("_T")
_MIN_SECONDS = 0.25  # between two redraws; also the least a chunk of candidates should take


@contextmanager
def progress(search: BaseSearchCV) -> Iterator[BaseSearchCV]:
    """Show a scikit-learn search while it fits, and keep what is finished on Ctrl-C.

    Candidates are handed to the search in small chunks, so the best score so far and the time left
    can be shown. The first interruption ends the search: ``cv_results_`` then holds the candidates
    that were finished, and ``refit`` works as usual. With none finished it is raised on.

    Parameters
    ----------
    search : GridSearchCV, RandomizedSearchCV or a halving search
        Not yet fitted; call its ``fit`` inside the ``with`` block.

    Yields
    ------
    BaseSearchCV
        The same object.

    Examples
    --------
    >>> with progress(search):
    ...     search.fit(X_train, y_train)
    """
    report = _Report(messages.PROGRESS_CANDIDATES)
    search._run_search = _ChunkedRun(search, report)
    try:
        yield search
    finally:
        del search._run_search  # the method of the class again
        report.close()


def track(iterable: Iterable[_T], label: str, total: int | None = None) -> Iterator[_T]:
    """Iterate and show how far it got and how long the rest will take.

    Parameters
    ----------
    iterable : iterable
        What to go through.
    label : str
        What is counted, in Spanish and in the plural: ``"repeticiones"``.
    total : int, optional
        Number of elements; ``len(iterable)`` when it has one.

    Yields
    ------
    any
        The elements, in order.
    """
    report = _Report(label)
    report.total = len(iterable) if total is None else total  # type: ignore[arg-type]
    try:
        for element in iterable:
            yield element
            report.advance(1)
    finally:
        report.close()


class _ChunkedRun:
    """Stands in for ``search._run_search`` and evaluates its candidates in chunks."""

    def __init__(self, search: BaseSearchCV, report: _Report) -> None:
        self._search = search
        self._report = report
        self._original = search._run_search
        functools.update_wrapper(self, self._original)  # scikit-learn 1.9 reads the signature

    def __reduce__(self) -> tuple[Any, ...]:
        # scikit-learn 1.9 sends the search to its worker processes, which need none of this.
        return str, ()

    def __call__(self, evaluate_candidates: Callable[..., dict], **context: Any) -> None:
        def evaluate(candidates, cv=None, more_results=None, **_):
            return self._in_chunks(evaluate_candidates, list(candidates), cv, more_results)

        try:
            self._original(evaluate, **context)
        except KeyboardInterrupt:
            if not self._report.done:
                raise
            self._report.interrupted = True

    def _in_chunks(self, evaluate_candidates, candidates, cv, more_results) -> dict:
        self._report.total += len(candidates)
        self._report.draw()
        size, start = self._first_chunk(len(candidates), cv), 0
        while start < len(candidates):
            part = slice(start, start + size)
            more = more_results and {key: column[part] for key, column in more_results.items()}
            began = time.perf_counter()
            results = evaluate_candidates(candidates[part], cv, more_results=more)
            self._report.advance(len(candidates[part]), _best_score(self._search, results))
            start += size
            if time.perf_counter() - began < _MIN_SECONDS:
                size *= 2
        return results

    def _first_chunk(self, n_candidates: int, cv: Any) -> int:
        from joblib import effective_n_jobs

        # A splitter that shuffles anew at each call must be asked only once.
        splitter = self._search.cv if cv is None else cv
        if getattr(splitter, "shuffle", False) and not isinstance(splitter.random_state, int):
            return n_candidates
        return effective_n_jobs(self._search.n_jobs)


def _best_score(search: BaseSearchCV, results: dict) -> float | None:
    import numpy as np

    metric = search.refit if isinstance(search.refit, str) else "score"
    scores = results.get(f"mean_test_{metric}", results.get("mean_test_score"))
    if scores is None or np.isnan(scores).all():
        return None
    return float(np.nanmax(scores))


class _Report:
    """One line that is redrawn in place: a bar in a notebook, text in a terminal."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.total = 0
        self.done = 0
        self.interrupted = False
        self._best: float | None = None
        self._began = time.perf_counter()
        self._drawn = 0.0
        self._handle = _notebook_display()

    def advance(self, steps: int, best: float | None = None) -> None:
        self.done += steps
        self._best = best
        if time.perf_counter() - self._drawn >= _MIN_SECONDS:
            self.draw()

    def draw(self) -> None:
        self._drawn = time.perf_counter()
        if self._handle is not None:
            bar = f'<progress value="{self.done}" max="{self.total}"></progress> '
            bundle = {"text/html": bar + self._text(), "text/plain": self._text()}
            self._handle.update(bundle, raw=True)
        elif sys.stderr.isatty():
            print(f"\r{self._text()}\033[K", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        template = messages.PROGRESS_STOPPED if self.interrupted else messages.PROGRESS_DONE
        text = template.format(label=self.label, done=self.done, total=self.total)
        if self._handle is not None:
            self._handle.update({"text/plain": text}, raw=True)
        elif sys.stderr.isatty():
            print(f"\r{text}\033[K", file=sys.stderr)

    def _text(self) -> str:
        elapsed = time.perf_counter() - self._began
        left = elapsed / self.done * (self.total - self.done) if self.done else None
        parts = [messages.PROGRESS.format(label=self.label, done=self.done, total=self.total)]
        if self._best is not None:
            parts.append(messages.PROGRESS_BEST.format(best=self._best))
        if left is not None:
            parts.append(messages.PROGRESS_LEFT.format(seconds=left))
        return " · ".join(parts)


def _notebook_display() -> Any:
    """Return a display handle when a Jupyter kernel runs this, else None."""
    from IPython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return None
    return display({"text/plain": ""}, raw=True, display_id=True)
