"""Let something finish that an interruption would cut off."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class _Noted(threading.Event):
    """A handler of SIGINT that notes the first one and hands the others to its predecessor."""

    def __init__(
        self,
        previous: Callable[[int, FrameType | None], object],
        tell: Callable[[], None] | None,
    ) -> None:
        super().__init__()
        self._previous = previous
        self._tell = tell

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.is_set():
            self._previous(number, frame)
            return
        self.set()
        if self._tell is not None:
            self._tell()


@contextmanager
def interrupts_noted(tell: Callable[[], None] | None = None) -> Iterator[threading.Event]:
    """Note the first interruption (Ctrl-C, ■) of the block instead of raising it.

    Inside another such block, the two share one event: the interruption is meant for both. Where
    Python raises no ``KeyboardInterrupt`` (another thread, SIGINT ignored) nothing changes.

    Parameters
    ----------
    tell : callable, optional
        Called, without arguments, when it comes.

    Yields
    ------
    threading.Event
        Set by the first interruption. The second one is raised as usual.
    """
    previous = signal.getsignal(signal.SIGINT)
    if isinstance(previous, _Noted):
        yield previous
    elif not callable(previous) or not _in_main_thread():
        yield threading.Event()
    else:
        noted = _Noted(previous, tell)
        signal.signal(signal.SIGINT, noted)
        try:
            yield noted
        finally:
            if signal.getsignal(signal.SIGINT) is noted and _in_main_thread():
                signal.signal(signal.SIGINT, previous)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Ignore interruptions for the moment that the block takes."""
    if not _in_main_thread():
        yield
        return
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
