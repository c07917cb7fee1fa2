"""Lines that the course prints for whoever runs it."""

from __future__ import annotations

import sys
import unicodedata
from contextlib import suppress
from typing import Any, TextIO

__all__ = ["display_or_say", "is_terminal", "kernel_shell", "say"]


def say(text: str, stream: TextIO | None = None, end: str = "\n") -> None:
    """Print a notice, and never fail: what it tells about (data, marks, a search) is worth more.

    A character that the stream cannot show (⚠ in Windows' cp1252, any accent in the ASCII of a
    cron job) becomes ``?``. A stream that is closed, missing, full or a broken pipe shows nothing.

    Parameters
    ----------
    text : str
        The notice.
    stream : text file, optional
        Where to; ``sys.stdout`` by default.
    end : str, default="\\n"
        What follows the text.
    """
    target = sys.stdout if stream is None else stream
    if target is None:  # pythonw
        return
    with suppress(Exception):  # whatever stands in for the stream may fail in ways of its own
        target.write(_shown(f"{text}{end}", getattr(target, "encoding", None) or "utf-8"))
        target.flush()


def _shown(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKC", text)  # the space between thousands is a space again
        return plain.encode(encoding, "replace").decode(encoding)
    return text


def display_or_say(shown: object) -> None:
    """Display an object in a notebook; anywhere else, say its text.

    Parameters
    ----------
    shown : object
        Has a ``repr`` for people, and perhaps one in HTML.
    """
    if kernel_shell() is not None:
        from IPython.display import display

        display(shown)
    else:
        say(repr(shown))


def kernel_shell() -> Any:
    """Return the interactive shell of the Jupyter kernel that runs this, or None elsewhere."""
    # A kernel has imported IPython; a plain script need not.
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell if hasattr(shell, "kernel") else None


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody watches a stream; one that is closed or missing is watched by nobody.

    Parameters
    ----------
    stream : text file or None
        ``sys.stderr``, say.

    Returns
    -------
    bool
    """
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False
