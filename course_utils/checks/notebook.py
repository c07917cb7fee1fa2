"""What a check knows of its notebook: the last slip in an answer's cell, and the time."""

from __future__ import annotations

import _thread
import ast
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

__all__ = ["Clock", "last_slip", "shell", "time_limit"]


def shell() -> Any:
    """The interactive shell of the notebook; None in a plain script."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()


def last_slip(name: str) -> SyntaxError | None:
    """Why Python did not understand the cell that defines a name, the last time that it was run.

    The name still means what it meant before that; a check of it would speak of an older answer.

    Parameters
    ----------
    name : str
        Of a function or a variable.

    Returns
    -------
    SyntaxError or None
        None if the cell was understood, or there is no such cell.
    """
    running = shell()
    cells = getattr(getattr(running, "history_manager", None), "input_hist_raw", [])
    defines = re.compile(rf"^[ \t]*(?:def[ \t]+{re.escape(name)}\b|{re.escape(name)}[ \t]*=)", re.M)
    for source in reversed(cells):
        if defines.search(source):
            try:
                ast.parse(running.transform_cell(source))
            except SyntaxError as error:
                return error
            return None
    return None


@dataclass
class Clock:
    """Whether the time was up."""

    rang: bool = False


@contextmanager
def time_limit(seconds: float) -> Iterator[Clock]:
    """Interrupt the main thread when the time is up, as the stop button does.

    Parameters
    ----------
    seconds : float
        Wall clock. In another thread than the main one there is no limit.

    Yields
    ------
    Clock
        ``rang`` says whether it was interrupted.
    """
    clock = Clock()

    def ring() -> None:
        clock.rang = True
        _thread.interrupt_main()

    if threading.current_thread() is not threading.main_thread():
        yield clock
        return
    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        with _interruptible():
            yield clock
    except KeyboardInterrupt:
        if not clock.rang:
            raise
    finally:
        timer.cancel()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let an interruption through where the system ignores it, as for a job in the background."""
    before = signal.getsignal(signal.SIGINT)
    if before not in (signal.SIG_IGN, signal.SIG_DFL):
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
