"""Texts as numbers: multi-hot rows, one-hot labels, and back to words.

References
----------
.. [1] F. Chollet, *Deep Learning with Python*, 2nd ed., Manning, 2021, sections 4.1 and 4.2
       (multi-hot encoding of IMDB and Reuters).
"""

from __future__ import annotations

import operator
import reprlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sized
from itertools import islice, takewhile
from typing import Any, Literal, NoReturn, overload

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from course_utils import messages

__all__ = ["decode_sequence", "one_hot_labels", "vectorize_sequences"]

Array = npt.NDArray[Any]

_BLOCK_ROWS = 128
_MAX_DIMENSION = 2**31 // _BLOCK_ROWS - 1  # so that a cell of a block has a 32-bit number
_PADDING, _START = 0, 1


@overload
def vectorize_sequences(
    sequences: Iterable[Any],
    dimension: int = ...,
    dtype: npt.DTypeLike = ...,
    sparse: Literal[False] = ...,
) -> Array: ...


@overload
def vectorize_sequences(
    sequences: Iterable[Any],
    dimension: int = ...,
    dtype: npt.DTypeLike = ...,
    *,
    sparse: Literal[True],
) -> csr_matrix: ...


def vectorize_sequences(
    sequences: Iterable[Any],
    dimension: int = 10_000,
    dtype: npt.DTypeLike = "float32",
    sparse: bool = False,
) -> Array | csr_matrix:
    """Encode each text as a row of zeros with a one at each word index that it contains.

    Order and repetitions are lost: this is the *multi-hot* (binary bag-of-words) encoding.

    Parameters
    ----------
    sequences : iterable of sequences of int, length n
        One sequence of word indices per text: lists, tuples, integer arrays, an object array of
        lists, or a generator of them.
    dimension : int, default=10_000
        Number of columns; valid indices are 0 to ``dimension - 1``.
    dtype : dtype, default="float32"
        Numeric or bool type of the result. ``"uint8"`` takes a quarter of the memory of
        ``"float32"`` and an eighth of ``"float64"``.
    sparse : bool, default=False
        Return a CSR matrix, which stores only the ones.

    Returns
    -------
    ndarray or scipy.sparse.csr_matrix, shape (n, dimension), of type ``dtype``
        An empty text is a row of zeros; no texts at all give shape ``(0, dimension)``. The CSR
        matrix has sorted ``int32`` column indices without duplicates.

    Raises
    ------
    IndexError
        If an index is negative, or not below ``dimension``.
    TypeError
        If an index is not an integer, a text is not a sequence, or ``dtype`` is not numeric.
    ValueError
        If ``dimension`` is not a positive integer.

    References
    ----------
    .. [1] F. Chollet, *Deep Learning with Python*, 2nd ed., 2021, listing 4.3.

    Examples
    --------
    >>> vectorize_sequences([[0, 2, 2], []], dimension=4, dtype="uint8")
    array([[1, 0, 1, 0],
           [0, 0, 0, 0]], dtype=uint8)
    """
    dimension = _checked_dimension(dimension)
    kind = np.dtype(dtype)
    if kind.kind not in "biuf":
        raise TypeError(messages.TEXT_BAD_DTYPE.format(value=dtype))
    rows = sequences if isinstance(sequences, Sized) else list(sequences)
    if sparse:
        return _fill_sparse(rows, dimension, kind)
    return _fill_dense(rows, dimension, kind)


def _checked_dimension(dimension: int) -> int:
    try:
        value = operator.index(dimension)
    except TypeError:
        value = 0
    if not 1 <= value <= _MAX_DIMENSION:
        raise ValueError(messages.TEXT_BAD_DIMENSION.format(value=dimension, high=_MAX_DIMENSION))
    return value


def _fill_dense(rows: Any, dimension: int, dtype: np.dtype[Any]) -> Array:
    result = np.zeros((len(rows), dimension), dtype=dtype)
    done = 0
    for cells, n_rows in _blocks(rows, dimension):
        result[done : done + n_rows].reshape(-1)[cells] = 1
        done += n_rows
    return result


def _fill_sparse(rows: Any, dimension: int, dtype: np.dtype[Any]) -> csr_matrix:
    columns = array("i")  # grows in place: joining a list of blocks at the end would need twice
    counts = [np.zeros(1, dtype=np.int64)]
    for cells, n_rows in _blocks(rows, dimension):
        cells = _sorted_unique(cells.astype(np.int32))  # half the bytes to sort
        row_starts = np.arange(n_rows + 1) * dimension
        per_row = np.diff(np.searchsorted(cells, row_starts))
        cells -= np.repeat(row_starts[:-1], per_row).astype(cells.dtype)
        columns.frombytes(cells.tobytes())
        counts.append(per_row)
    indices = np.frombuffer(columns, dtype=np.int32) if columns else np.empty(0, dtype=np.int32)
    indptr = np.cumsum(np.concatenate(counts))
    data = np.ones(len(indices), dtype=dtype)
    return csr_matrix((data, indices, indptr), shape=(len(rows), dimension), copy=False)


def _sorted_unique(values: Array) -> Array:
    """``np.unique`` for a plain array, without the hash table that makes it ten times slower."""
    values = np.sort(values)
    unique: Array = values[np.diff(values, prepend=-1) != 0]
    return unique


def _blocks(rows: Iterable[Any], dimension: int) -> Iterator[tuple[Array, int]]:
    """Yield, per block of rows, the flat positions of its ones (unsorted) and its size."""
    iterator = iter(rows)
    first = 0
    while block := list(islice(iterator, _BLOCK_ROWS)):
        values, lengths = _joined(block, first, dimension)
        if values.size and values.max() >= dimension:
            _explain(block, first, dimension)
        cells = values.astype(np.intp)
        cells += np.repeat(np.arange(len(block), dtype=np.intp) * dimension, lengths)
        yield cells, len(block)
        first += len(block)


def _joined(block: list[Any], first: int, dimension: int) -> tuple[Array, list[int]]:
    """Join the rows of a block.

    ``array("Q")`` takes integers from 0 on and nothing else, and fills faster than NumPy does.
    """
    buffer, lengths = array("Q"), []
    try:
        for row in block:
            if isinstance(row, np.ndarray):
                buffer.frombytes(_integer_row(row).tobytes())
            elif isinstance(row, (list, tuple)) or _is_sequence(row):  # the first test is cheap
                buffer.extend(array("Q", row))
            else:
                raise TypeError
            lengths.append(len(row))
    except (TypeError, OverflowError):
        _explain(block, first, dimension)
    return np.array(buffer, dtype=np.uint64), lengths


def _is_sequence(row: Any) -> bool:
    return isinstance(row, Sized) and not isinstance(row, (str, bytes))


def _integer_row(row: Array) -> Array:
    """Check a row given as an array and return it as uint64."""
    if row.ndim != 1:
        raise TypeError
    if row.dtype.kind == "O" or row.size == 0:
        return np.array(array("Q", row.tolist()), dtype=np.uint64)
    if row.dtype.kind not in "iu":
        raise TypeError
    if row.min() < 0:
        raise OverflowError
    return row.astype(np.uint64)


def _explain(block: list[Any], first: int, dimension: int) -> NoReturn:
    """Find the value that stopped a block and raise the error that names it."""
    if isinstance(block[0], (int, np.integer)):
        raise TypeError(_flat_message(block, first, dimension))
    for number, row in enumerate(block, start=first):
        where = {"row": number, "high": dimension - 1}
        if not _is_sequence(row) or getattr(row, "ndim", 1) != 1:
            raise TypeError(_message(messages.TEXT_NOT_SEQUENCE, row, **where))
        for value in row:
            _explain_value(value, dimension, where)
    raise AssertionError("no bad value in a block that was refused")  # pragma: no cover


def _flat_message(block: list[Any], first: int, dimension: int) -> str:
    numbers = list(takewhile(lambda value: isinstance(value, (int, np.integer)), block))
    hint = ", ".join(str(value) for value in numbers[:3]) + (", …" if len(numbers) > 3 else "")
    return _message(messages.TEXT_FLAT, block[0], row=first, high=dimension - 1, hint=f"[[{hint}]]")


def _explain_value(value: Any, dimension: int, where: dict[str, int]) -> None:
    try:
        index = operator.index(value)
    except TypeError:
        raise TypeError(_message(messages.TEXT_NOT_INTEGER, value, **where)) from None
    if not 0 <= index < dimension:
        template = messages.TEXT_NEGATIVE if index < 0 else messages.TEXT_TOO_LARGE
        raise IndexError(
            template.format(value=index, dimension=dimension, needed=index + 1, **where)
        )


def _message(template: str, value: Any, **fields: Any) -> str:
    """Fill a template that shows an offending value (shortened) and its type."""
    return template.format(value=reprlib.repr(value), type=type(value).__name__, **fields)


def one_hot_labels(
    labels: npt.ArrayLike, num_classes: int | None = None, dtype: npt.DTypeLike = "float32"
) -> Array:
    """Encode integer labels as rows with a single one, as ``categorical_crossentropy`` needs them.

    Parameters
    ----------
    labels : array-like of int, shape (n,)
        Labels 0 to ``num_classes - 1``.
    num_classes : int, optional
        Number of columns; by default the largest label plus one. Give it when you encode a test
        set, which may lack the last class.
    dtype : dtype, default="float32"
        Type of the result.

    Returns
    -------
    ndarray of ``dtype``, shape (n, num_classes)
        One row per label.

    Raises
    ------
    IndexError
        If a label is negative, or not below ``num_classes``.
    TypeError
        If a label is not an integer.
    ValueError
        If the labels are not one-dimensional, ``num_classes`` is not a positive integer, or
        neither labels nor ``num_classes`` are given.

    Examples
    --------
    >>> one_hot_labels([0, 2], dtype="uint8")
    array([[1, 0, 0],
           [0, 0, 1]], dtype=uint8)
    """
    values = _checked_labels(labels)
    width = _checked_num_classes(values, num_classes)
    outside = np.flatnonzero((values < 0) | (values >= width))
    if outside.size:
        row, value = int(outside[0]), int(values[outside[0]])
        negative = value < 0 and num_classes is None
        template = messages.LABELS_NEGATIVE if negative else messages.LABELS_OUT_OF_RANGE
        raise IndexError(template.format(row=row, value=value, high=width - 1, num_classes=width))
    result = np.zeros((len(values), width), dtype=dtype)
    result[np.arange(len(values)), values] = 1
    return result


def _checked_labels(labels: npt.ArrayLike) -> Array:
    values = np.asarray(labels)
    if values.ndim != 1:
        raise ValueError(messages.LABELS_SHAPE.format(shape=values.shape))
    if values.size == 0:
        return np.empty(0, dtype=np.int64)
    if values.dtype.kind not in "iu":
        for row, value in enumerate(labels):  # type: ignore[arg-type]
            if not isinstance(value, (int, np.integer)):
                raise TypeError(_message(messages.LABELS_NOT_INTEGER, value, row=row))
    return values.astype(np.int64)


def _checked_num_classes(values: Array, num_classes: int | None) -> int:
    if num_classes is None:
        if values.size == 0:
            raise ValueError(messages.LABELS_EMPTY)
        return max(int(values.max()) + 1, 1)
    if not isinstance(num_classes, (int, np.integer)) or num_classes < 1:
        raise ValueError(messages.LABELS_BAD_NUM_CLASSES.format(value=num_classes))
    return int(num_classes)


def decode_sequence(
    sequence: Iterable[int], word_index: Mapping[str, int], index_from: int = 3
) -> str:
    """Turn the word indices of one text back into words.

    Keras shifts the ranks of ``word_index`` by ``index_from`` and reserves 0 for padding (left out
    here), 1 for the start of a text (``"<inicio>"``) and 2 for an unknown word (``"?"``).

    Parameters
    ----------
    sequence : iterable of int
        One text, such as ``X_train[0]``. For a multi-hot row ``x``, whose order is lost, pass
        ``np.flatnonzero(x)``: the words come back from the most to the least frequent.
    word_index : mapping of str to int
        Rank of each word, from 1 on.
    index_from : int, default=3
        Index minus rank.

    Returns
    -------
    str
        The words, with a space between them.

    Raises
    ------
    TypeError
        If an element is not an integer.

    Examples
    --------
    >>> decode_sequence([1, 4, 2, 5], {"la": 1, "casa": 2})
    '<inicio> la ? casa'
    """
    indices = [_word_number(value) for value in sequence]
    wanted = set(indices)
    words = {
        rank + index_from: word for word, rank in word_index.items() if rank + index_from in wanted
    }
    if index_from > _START:
        words |= {_PADDING: "", _START: messages.TEXT_START}
    decoded = (words.get(index, messages.TEXT_UNKNOWN) for index in indices)
    return " ".join(word for word in decoded if word)


def _word_number(value: int) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(_message(messages.DECODE_NOT_INTEGER, value)) from None
