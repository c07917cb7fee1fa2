"""What somebody gave, looked at before it is encoded."""

from __future__ import annotations

import operator
import reprlib
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from course_utils import messages

__all__ = ["MAX_COLUMNS", "checked_dtype", "explained", "is_sequence", "word_number"]

MAX_COLUMNS = 2**24 - 1  # 128 rows of so many columns have cells of a 32-bit number
# These yield numbers too (of bytes, of keys), but not those of words.
_NO_SEQUENCES = (str, bytes, bytearray, memoryview, Mapping)


def is_sequence(value: Any) -> TypeGuard[Iterable[Any]]:
    """Tell whether something may hold the numbers of words, one after the other.

    Text, raw bytes, mappings and tables of more than one dimension do not.
    """
    one_dimensional = getattr(value, "ndim", 1) == 1
    return isinstance(value, Iterable) and one_dimensional and not isinstance(value, _NO_SEQUENCES)


def word_number(value: Any) -> int:
    """Read one number; a TypeError says that it is none. True is a mark in a mask, not a word."""
    if isinstance(value, bool):
        raise TypeError
    return operator.index(value)


def checked_dtype(dtype: npt.DTypeLike) -> np.dtype[Any]:
    """Read the type of a result.

    Raises
    ------
    TypeError
        If it is neither numeric nor bool.
    """
    try:
        found = np.dtype(dtype)
    except (TypeError, ValueError, SyntaxError):  # the last for "(2,": NumPy reads shapes as code
        found = None
    if found is None or found.kind not in "biuf":
        raise TypeError(messages.TEXT_BAD_DTYPE.format(value=dtype))
    return found


def explained(template: str, value: Any, **fields: Any) -> str:
    """Fill a template that shows an offending value (shortened) and its type."""
    return template.format(value=reprlib.repr(value), type=type(value).__name__, **fields)
