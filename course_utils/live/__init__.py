"""Live progress of anything slow, which survives an interruption with what is finished."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, TypeVar

from course_utils import messages
from course_utils.live._interrupts import interrupts_noted
from course_utils.live._line import Line

if TYPE_CHECKING:
    from sklearn.model_selection._search import BaseSearchCV

__all__ = ["progress", "track"]

_T = TypeVar("_T")


@contextmanager
def progress(search: BaseSearchCV) -> Iterator[BaseSearchCV]:
    """Show a scikit-learn search while it fits, and keep what is finished on Ctrl-C.

    What it promises:

    - A search that is not interrupted returns what ``fit`` alone returns: the same folds, draws
      of the global random state, ``cv_results_`` (times aside), ``best_*`` attributes, warnings
      and exceptions, whatever `cv`, `scoring`, `refit`, `error_score` and `n_jobs` are.
    - The first interruption ends the search. Its results are those of a search over the candidates
      that were finished, and ``refit`` works as usual; if all their fits failed, ``fit`` says so.
      With none finished it is raised on.
    - Interrupted again, or while the best candidate is being refitted, or if the refit fails, the
      exception is raised, and ``cv_results_`` is there.
    - A search pickled, copied or cloned inside the block is an ordinary one.

    What it cannot do:

    - A halving search plans its rounds one by one: the total and the time left are those of the
      rounds so far, the best score that of the current one. An interrupted round is kept with the
      candidates that it finished, and the best of them is the best of the search.
    - Processes (``n_jobs``) report a candidate when its last fold is done, so nothing moves before;
      what they were evaluating when interrupted is lost. The ``multiprocessing`` backend of joblib,
      unlike its default, reports nothing before the end. Workers must be able to import this
      package.
    - No best score is shown if several metrics were measured and `refit` does not name one.

    Parameters
    ----------
    search : GridSearchCV, RandomizedSearchCV, a halving search or another that extends these
        Call its ``fit`` inside the ``with`` block.

    Yields
    ------
    BaseSearchCV
        The same object.

    Raises
    ------
    TypeError
        If `search` is something else.

    Examples
    --------
    >>> with progress(search):
    ...     search.fit(X_train, y_train)
    """
    from course_utils.live._search import moved_internals, watched

    if not hasattr(search, "_run_search"):
        raise TypeError(messages.PROGRESS_NOT_A_SEARCH.format(type=type(search).__name__))
    if moved_internals():  # a scikit-learn to come: the search matters more than the line
        warnings.warn(messages.PROGRESS_NOT_SHOWN, stacklevel=3)
        yield search
        return
    with Line(messages.PROGRESS_CANDIDATES) as line, watched(search, line):
        yield search


def track(
    iterable: Iterable[_T], label: str, total: int | None = None, *, needs_all: bool = False
) -> Iterator[_T]:
    """Iterate and show how far it got and how long the rest will take.

    The first interruption (■ or Ctrl-C) lets the current element finish and ends the loop as if it
    were the last one, so that lists, also those that a comprehension makes, hold what is finished.
    The second one is raised at once. Processes that the loop's body started get the interruption
    too; if it is raised there, it ends the loop at once.

    Parameters
    ----------
    iterable : iterable
        What to go through.
    label : str
        What is counted, in Spanish and in the plural: ``"repeticiones"``.
    total : int, optional
        Number of elements; ``len(iterable)`` when it has one.
    needs_all : bool, default=False
        What follows means nothing with a part of the elements: the first interruption is raised at
        once, and the line says to run the cell again.

    Yields
    ------
    any
        The elements, in order.

    Raises
    ------
    TypeError
        If `iterable` has no length and `total` is not given.
    """
    with Line(label, needs_all) as line, _gently(line, needs_all) as noted:
        line.plan(len(iterable) if total is None else total)  # type: ignore[arg-type]
        for element in iterable:
            yield element
            line.advance()
            if noted.is_set():
                break


def _gently(line: Line, needs_all: bool) -> AbstractContextManager[threading.Event]:
    """Note interruptions, where a part of the elements is worth keeping; else they are raised."""
    if needs_all:
        return nullcontext(threading.Event())
    return interrupts_noted(line.interrupt)
