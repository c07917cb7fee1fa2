"""Details of a mistake as a message quotes them: numbers in one style, words that agree."""

from __future__ import annotations

import math
import re
from typing import Any

from course_utils.numerals import thousands

__all__ = ["Told"]

_MOST = 160
_LONG = re.compile(r"\d+\.\d{6,}(?:e[+-]?\d+)?")  # 4.720000000000001 amid a list or a text


class Told(str):
    """A detail, ready for :meth:`str.format`.

    Parameters
    ----------
    value : any
        A float is written with six significant digits, a whole one without a point; so are those
        inside of other values. Long texts are cut.

    Examples
    --------
    >>> "{n:fila|filas}, {x}".format(n=Told(1), x=Told([4.720000000000001]))
    '1 fila, [4.72]'
    """

    _one: bool

    def __new__(cls, value: Any) -> Told:
        """Write a value."""
        text = super().__new__(cls, _cut(_LONG.sub(_rounded, _text(value))))
        text._one = not isinstance(value, str) and value == 1
        return text

    def __format__(self, spec: str) -> str:
        """Write the number and, after a ``one|several``, the word that goes with it."""
        one, bar, several = spec.partition("|")
        return f"{self!s} {one if self._one else several}" if bar else super().__format__(spec)


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    whole = math.isfinite(value) and value == int(value) and abs(value) < 1e15
    return thousands(value) if whole else f"{value:.6g}"


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.6g}"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 3]}..."
