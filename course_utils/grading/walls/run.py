"""What came of one cell, as plain data."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Run", "clean"]

_PLACE = re.compile(r"\([^()]*\.py, line (\d+)\)$")  # of a cell: the name of its file is a number
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


@dataclass
class Run:
    """What came of one cell.

    Attributes
    ----------
    status : str
        ``"ok"``, ``"error"``, ``"tiempo"`` (interrupted), ``"salida"`` (printed too much) or
        ``"muerto"`` (the kernel ended in it).
    error : str
        Name and text of the exception, shortened.
    seconds : float
        Wall clock.
    output : int
        Bytes printed.
    """

    status: str = "ok"
    error: str = ""
    seconds: float = 0.0
    output: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


def clean(text: str, length: int = 300) -> str:
    """Text of a kernel without colours, control characters and names of files, shortened."""
    text = _PLACE.sub(r"(línea \1)", _ANSI.sub("", text))
    text = "".join(c for c in text if c.isprintable())
    return text if len(text) <= length else f"{text[: length - 1]}…"
