"""Cells as text: how one begins, and the statements of one that does not parse."""

from __future__ import annotations

import re

__all__ = ["first_line", "is_syntax_error", "statements"]

_SYNTAX = ("SyntaxError:", "IndentationError:", "TabError:")
_GOES_ON = re.compile(r"[\s)\]}#]|(else|elif|except|finally|case)\b|$")
_MOST = 60
_LINE = 50


def first_line(source: str) -> str:
    """How a person finds a cell: its first line that is no comment; short, and no backticks."""
    lines = [line.strip().replace("`", "'") for line in source.splitlines() if line.strip()]
    first = next((line for line in lines if not line.startswith("#")), "".join(lines[:1]))
    return first if len(first) <= _LINE else f"{first[: _LINE - 1]}…"


def is_syntax_error(error: str) -> bool:
    """Whether a cell did not parse, so that none of its lines ran."""
    return error.startswith(_SYNTAX)


def statements(source: str) -> list[str]:
    """Part a cell where statements begin: at the lines that are not indented.

    Parameters
    ----------
    source : str
        The cell. It is not parsed: it comes from a stranger, and does not parse.

    Returns
    -------
    list of str
        The pieces in order, decorators with what they decorate; a few may be no statement. Empty if
        there is but one, or too many to try.
    """
    pieces: list[list[str]] = []
    for line in source.splitlines():
        decorated = bool(pieces) and pieces[-1][-1].startswith("@")
        if pieces and (decorated or _GOES_ON.match(line)):
            pieces[-1].append(line)
        else:
            pieces.append([line])
    return ["\n".join(piece) for piece in pieces] if 1 < len(pieces) <= _MOST else []
