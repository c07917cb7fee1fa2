"""One-hot labels."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import messages
from course_utils.text._given import MAX_COLUMNS, checked_dtype, explained, word_number

__all__ = ["one_hot_labels"]

Array = npt.NDArray[Any]


def one_hot_labels(
    labels: npt.ArrayLike, num_classes: int | None = None, dtype: npt.DTypeLike = "float32"
) -> Array:
    """Encode integer labels as rows with a single one, as ``categorical_crossentropy`` needs them.

    Parameters
    ----------
    labels : array-like of int or bool, shape (n,)
        Labels 0 to ``num_classes - 1``; False is 0 and True is 1.
    num_classes : int, optional
        Number of columns; by default the largest label plus one. Give it when you encode a test
        set, which may lack the last class.
    dtype : dtype, default="float32"
        Numeric or bool type of the result.

    Returns
    -------
    ndarray of ``dtype``, shape (n, num_classes)
        One row per label.

    Raises
    ------
    IndexError
        If a label is negative, or not below ``num_classes``.
    TypeError
        If a label is not an integer or is masked, the labels are no list or array, or ``dtype`` is
        not numeric.
    ValueError
        If the labels are not one-dimensional, ``num_classes`` is not a positive integer, or
        neither labels nor ``num_classes`` are given.

    Examples
    --------
    >>> one_hot_labels([0, 2], dtype="uint8")
    array([[1, 0, 0],
           [0, 0, 1]], dtype=uint8)
    """
    kind = checked_dtype(dtype)
    values = _checked_labels(labels)
    width = _checked_num_classes(values, num_classes)
    outside = np.flatnonzero((values < 0) | (values >= width))
    if outside.size:
        raise IndexError(_outside(values, int(outside[0]), width, num_classes))
    result = np.zeros((len(values), width), dtype=kind)
    result[np.arange(len(values)), values.astype(np.intp)] = 1
    return result


def _checked_labels(labels: Any) -> Array:
    """Return the labels as integers of whatever type holds them all."""
    try:
        values = np.asanyarray(labels)
    except ValueError:  # lists of different lengths
        raise ValueError(explained(messages.LABELS_NOT_LIST, labels)) from None
    if values.ndim == 0:
        raise ValueError(explained(messages.LABELS_NOT_LIST, labels))
    if values.ndim > 1:
        raise ValueError(messages.LABELS_SHAPE.format(shape=values.shape))
    if values.size == 0:
        return np.empty(0, dtype=np.int64)
    hidden = np.flatnonzero(np.ma.getmaskarray(values))
    if hidden.size:
        raise TypeError(explained(messages.LABELS_NOT_INTEGER, np.ma.masked, row=int(hidden[0])))
    if values.dtype.kind in "iu":
        return np.asarray(values)
    return np.array([_label(value, row) for row, value in enumerate(labels)], dtype=object)


def _label(value: Any, row: int) -> int:
    try:
        return int(value) if isinstance(value, np.bool_) else operator.index(value)
    except TypeError:
        raise TypeError(explained(messages.LABELS_NOT_INTEGER, value, row=row)) from None


def _checked_num_classes(values: Array, num_classes: Any) -> int:
    if num_classes is None:
        if values.size == 0:
            raise ValueError(messages.LABELS_EMPTY)
        return min(max(int(values.max()) + 1, 1), MAX_COLUMNS)
    try:
        width = word_number(num_classes)
    except TypeError:
        width = 0
    if not 1 <= width <= MAX_COLUMNS:
        raise ValueError(
            messages.LABELS_BAD_NUM_CLASSES.format(value=num_classes, high=MAX_COLUMNS)
        )
    return width


def _outside(values: Array, row: int, width: int, num_classes: Any) -> str:
    value = int(values[row])
    if num_classes is not None:
        template = messages.LABELS_OUT_OF_RANGE
    else:
        template = messages.LABELS_NEGATIVE if value < 0 else messages.LABELS_TOO_LARGE
    return template.format(row=row, value=value, high=width - 1, num_classes=width)
