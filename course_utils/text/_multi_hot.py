"""Multi-hot rows: which words a text contains."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sized
from itertools import islice, takewhile
from typing import Any, Literal, NoReturn, overload

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from course_utils import messages
from course_utils.text._given import (
    MAX_COLUMNS,
    checked_dtype,
    explained,
    is_sequence,
    word_number,
)

__all__ = ["vectorize_sequences"]

Array = npt.NDArray[Any]

_BLOCK_ROWS = 128  # times MAX_COLUMNS stays below 2**31


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


@overload
def vectorize_sequences(
    sequences: Iterable[Any],
    dimension: int = ...,
    dtype: npt.DTypeLike = ...,
    sparse: bool = ...,
) -> Array | csr_matrix: ...


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
        One sequence of word indices per text: lists, tuples, sets, integer arrays, an object array
        of lists, a table of padded rows, or a generator of them. Text, bytes, mappings, masks
        (rows of booleans) and masked values are refused.
    dimension : int, default=10_000
        Number of columns; valid indices are 0 to ``dimension - 1``.
    dtype : dtype, default="float32"
        Numeric or bool type of the result; SciPy has no sparse ``"float16"``. ``"uint8"`` takes a
        quarter of the memory of ``"float32"`` and an eighth of ``"float64"``.
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
        If an index is not an integer, a text (or all of them together) is not a sequence, or
        ``dtype`` is not numeric.
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
    kind = checked_dtype(dtype)
    rows = _texts(sequences, dimension)
    if not sparse:
        return _fill_dense(rows, dimension, kind)
    if kind == np.float16:
        raise TypeError(messages.TEXT_BAD_SPARSE_DTYPE.format(value=dtype))
    return _fill_sparse(rows, dimension, kind)


def _texts(sequences: Any, dimension: int) -> Any:
    """Return something whose elements are the texts, and that tells how many there are."""
    texts = sequences
    if getattr(sequences, "ndim", 1) != 1:
        texts = np.asanyarray(sequences)  # a DataFrame would yield the names of its columns
    is_table = isinstance(texts, np.ndarray) and texts.ndim > 1
    if not is_table and not is_sequence(texts):
        raise TypeError(explained(messages.TEXT_NO_TEXTS, sequences, high=dimension - 1))
    return texts if isinstance(texts, (list, tuple, np.ndarray)) else list(texts)


def _checked_dimension(dimension: Any) -> int:
    try:
        value = word_number(dimension)
    except TypeError:
        value = 0
    if not 1 <= value <= MAX_COLUMNS:
        raise ValueError(messages.TEXT_BAD_DIMENSION.format(value=dimension, high=MAX_COLUMNS))
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
        for number, row in enumerate(block):
            before = len(buffer)
            if isinstance(row, np.ndarray) and row.dtype.kind in "iu":
                buffer.frombytes(_integer_row(row).tobytes())
            else:
                block[number] = values = _listed(row)  # read once; an error is explained by them
                buffer.extend(array("Q", values))
            lengths.append(len(buffer) - before)
    except (TypeError, OverflowError):
        _explain(block, first, dimension)
    return np.array(buffer, dtype=np.uint64), lengths


def _integer_row(row: Array) -> Array:
    """Check a row given as an integer array and return it as uint64."""
    if row.ndim != 1 or np.ma.is_masked(row):
        raise TypeError
    if row.size and row.min() < 0:
        raise OverflowError
    return np.asarray(row, dtype=np.uint64)


def _listed(row: Any) -> list[Any] | tuple[Any, ...]:
    """Return the values of any other row; what is no sequence, or a mask, is a TypeError.

    The type of the first value tells a mask: looking at all would take longer than encoding them.
    """
    if not isinstance(row, (list, tuple)) and not _is_text(row):
        raise TypeError
    values = row if isinstance(row, (list, tuple)) else list(row)
    if values and type(values[0]) is bool:
        raise TypeError
    return values


def _is_text(row: Any) -> bool:
    return is_sequence(row) and isinstance(row, Sized)  # a generator could be read only once


def _explain(block: list[Any], first: int, dimension: int) -> NoReturn:
    """Find the value that stopped a block and raise the error that names it."""
    if isinstance(block[0], (int, np.integer)) and not isinstance(block[0], bool):
        raise TypeError(_flat_message(block, first, dimension))
    for number, row in enumerate(block, start=first):
        where = {"row": number, "high": dimension - 1}
        if not _is_text(row):
            raise TypeError(explained(messages.TEXT_NOT_SEQUENCE, row, **where))
        for value in row:
            _explain_value(value, dimension, where)
    raise AssertionError("no bad value in a block that was refused")  # pragma: no cover


def _flat_message(block: list[Any], first: int, dimension: int) -> str:
    numbers = list(takewhile(lambda value: isinstance(value, (int, np.integer)), block))
    shown = ", ".join(str(value) for value in numbers[:3]) + (", …" if len(numbers) > 3 else "")
    where = {"row": first, "high": dimension - 1}
    return explained(messages.TEXT_FLAT, block[0], hint=f"[[{shown}]]", **where)


def _explain_value(value: Any, dimension: int, where: dict[str, int]) -> None:
    try:
        index = word_number(value)
    except TypeError:
        raise TypeError(explained(messages.TEXT_NOT_INTEGER, value, **where)) from None
    if not 0 <= index < dimension:
        template = messages.TEXT_NEGATIVE if index < 0 else messages.TEXT_TOO_LARGE
        raise IndexError(
            template.format(value=index, dimension=dimension, needed=index + 1, **where)
        )
