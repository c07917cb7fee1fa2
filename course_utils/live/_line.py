"""One line that is redrawn in place: a bar in a notebook, text in a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from course_utils import messages
from course_utils._notices import is_terminal, say

_MIN_SECONDS = 0.25  # between two redraws


class Line:
    """How far something got, its best score and the time left; at the end, how it ended.

    Leaving the ``with`` block writes the last words. A generator cannot know whether its loop was
    left by an exception or a ``break``: in a notebook, the end of the cell tells.

    Parameters
    ----------
    label : str
        What is counted, in Spanish and in the plural.
    needs_all : bool, default=False
        Whether a part of it is worth nothing.
    """

    def __init__(self, label: str, needs_all: bool = False) -> None:
        self.total = 0
        self.done = 0
        self.interrupted = False
        self.last_words: str | None = None  # instead of those that follow from how the block ended
        self._label = label
        self._cut = messages.PROGRESS_ALL_NEEDED if needs_all else messages.PROGRESS_CUT
        self._best: float | None = None
        self._note = ""
        self._planned = (time.perf_counter(), 0)  # when the last plan was made, and what was done
        self._drawn = 0.0
        self._ended = False
        self._handle = _notebook_display(self._end_of_cell)

    def plan(self, steps: int) -> None:
        """Add `steps` to the total. The time left is judged by what is done from now on."""
        self.total += steps
        self._planned = time.perf_counter(), self.done
        self._note = ""
        self._draw()

    def advance(self, best: float | None = None) -> None:
        """One step more is done, and `best` is the best score so far."""
        self.done += 1
        self._best = best
        if time.perf_counter() - self._drawn >= _MIN_SECONDS:
            self._draw()

    def note(self, text: str) -> None:
        """Say `text` instead of the time left."""
        self._note = text
        self._draw()

    def interrupt(self) -> None:
        """Say that it ends as soon as what is running has finished."""
        self.interrupted = True
        self.note(messages.PROGRESS_STOPPING)

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended = kind is not GeneratorExit
        self._close(error)

    def _end_of_cell(self, error: BaseException | None) -> None:
        if error is not None and not self._ended:
            self._close(error)

    def _close(self, error: BaseException | None) -> None:
        template = self.last_words or self._last_words(error)
        text = template.format(label=self._label, done=self.done, total=self.total)
        if self._handle is not None:
            self._handle.update({"text/plain": text}, raw=True)
        else:
            _write(text, end="\n")

    def _last_words(self, error: BaseException | None) -> str:
        if error is None:
            return messages.PROGRESS_STOPPED if self.interrupted else messages.PROGRESS_DONE
        left = isinstance(error, GeneratorExit)
        if isinstance(error, KeyboardInterrupt) or (left and self.interrupted):
            return self._cut
        return messages.PROGRESS_LEFT_EARLY if left else messages.PROGRESS_FAILED

    def _draw(self) -> None:
        self._drawn = time.perf_counter()
        if self._handle is not None:
            bar = f'<progress value="{self.done}" max="{self.total}"></progress> '
            bundle = {"text/html": bar + self._text(), "text/plain": self._text()}
            self._handle.update(bundle, raw=True)
        else:
            _write(self._text())

    def _text(self) -> str:
        counts = messages.PROGRESS.format(label=self._label, done=self.done, total=self.total)
        best = "" if self._best is None else messages.PROGRESS_BEST.format(best=self._best)
        return " · ".join(filter(None, [counts, best, self._note or self._time_left()]))

    def _time_left(self) -> str:
        began, done_before = self._planned
        done = self.done - done_before
        if not done:
            return ""
        seconds = (time.perf_counter() - began) / done * (self.total - self.done)
        return messages.PROGRESS_LEFT.format(seconds=seconds)


def _write(text: str, end: str = "") -> None:
    if is_terminal(sys.stderr):
        say(f"\r{text}\033[K", sys.stderr, end=end)


def _notebook_display(end_of_cell: Callable[[BaseException | None], None]) -> Any:
    """Make a display handle when a Jupyter kernel runs this, else None.

    ``end_of_cell`` is then called once, with the exception that ended the cell.
    """
    from IPython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return None

    def ended(result: Any) -> None:
        shell.events.unregister("post_run_cell", ended)
        end_of_cell(result.error_in_exec)

    shell.events.register("post_run_cell", ended)
    return display({"text/plain": ""}, raw=True, display_id=True)
