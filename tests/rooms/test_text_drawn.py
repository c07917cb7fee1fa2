"""``course_utils.text`` on drawn input: the right rows, or a Spanish sentence of the course.

Each strategy draws a pair: what is given, and the numbers that it stands for (None if it stands for
none, and has to be refused).
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, UserList, deque
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties import cases
from scipy.sparse import csr_matrix

from course_utils.messages import text as sentences
from course_utils.text import decode_sequence, one_hot_labels, vectorize_sequences

DIMENSION = 12
DTYPES = ["uint8", "bool", "float32", "float64", "int16", ">f4", np.uint64, float, None]

# --- what is right -------------------------------------------------------------------------------

TEMPLATES = [
    re.compile(re.sub(r"\\{\w+(!r)?\\}", "(?s:.*)", re.escape(sentence)))
    for name, sentence in vars(sentences).items()
    if name.isupper()
]


def refused(call: Callable[[], object]) -> None:
    """Assert that a call raises, and that the sentence is one of ours."""
    with pytest.raises((TypeError, ValueError, IndexError)) as caught:
        call()
    assert any(template.fullmatch(str(caught.value)) for template in TEMPLATES), repr(caught.value)
    assert not isinstance(caught.value, UnicodeError)


def naive(rows: Sequence[Sequence[int]], width: int) -> np.ndarray:
    result = np.zeros((len(rows), width))
    for i, row in enumerate(rows):
        for j in row:
            result[i, j] = 1
    return result


# --- what is drawn -------------------------------------------------------------------------------

words = st.integers(0, DIMENSION - 1)
numbers = st.lists(words, max_size=8)
beyond = st.sampled_from([-1, -(2**70), DIMENSION, 2**31, 2**63, 2**64, 2**70])
no_numbers = st.one_of(
    st.none(),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.just([]),
    st.just({}),
    st.sampled_from([Decimal(1), 1j, np.float32(1), np.bool_(True)]),
    st.sampled_from([np.datetime64("2020"), np.timedelta64(1, "s")]),
    st.just(np.ma.masked),
    st.builds(object),
)


def as_is(row: list[int]) -> list[int]:
    return row


CONTAINERS: list[Callable[[list[int]], Any]] = [
    as_is,
    tuple,
    set,
    frozenset,
    deque,
    UserList,
    lambda row: dict.fromkeys(row).keys(),
    lambda row: array("b", row),
    lambda row: array("Q", row),
    lambda row: np.array(row, dtype="int64"),
    lambda row: np.array(row, dtype=">u2"),
    lambda row: np.array(row, dtype=object),
    lambda row: np.array(row + row, dtype="int32")[::2][: len(row)] if row else np.array([]),
    lambda row: np.ma.array(row, dtype=int, mask=False),
    lambda row: pd.Series(row, dtype="int64"),
    lambda row: pd.Series(row, dtype="Int32"),
    lambda row: pd.Index(row, dtype="int64"),
    lambda row: [np.int8(value) for value in row],
    lambda row: [np.array(value) for value in row],
]


@st.composite
def good_rows(draw: st.DrawFn) -> tuple[Any, list[int]]:
    row, container = draw(numbers), draw(st.sampled_from(CONTAINERS))
    given = container(row)
    return given, [int(value) for value in given]


@st.composite
def bad_rows(draw: st.DrawFn) -> tuple[Any, None]:
    row = draw(numbers)
    spoiled = row.copy()
    spoiled.insert(draw(st.integers(0, len(row))), draw(beyond | no_numbers))
    whole = [
        *(None, 1, 1.0, "", b"", bytearray(row), memoryview(bytes(row)), object(), np.int8(1)),
        *(dict.fromkeys(row, 1), Counter(row), iter(row), (value for value in row)),
        *([True, *row], np.array([True, False]), np.array([[1, 2]]), np.array(1)),
        *(
            np.array([1.0]),
            np.array(["a"]),
            np.ma.array([*row, 1], mask=[False] * len(row) + [True]),
        ),
        *(csr_matrix([[1, 0]]), pd.DataFrame([[1]]), pd.Series([1.0]), pd.Series([pd.NA])),
        *(array("d", [1.0]), array("i", [-1]), array("u", "a"), memoryview(np.zeros((1, 2)).data)),
    ]
    shapes = [spoiled, tuple(spoiled), deque(spoiled), np.array([*spoiled, None], dtype=object)]
    spoilt = [*shapes, *whole]  # some cannot be hashed, as sampled_from would
    return spoilt[draw(st.integers(0, len(spoilt) - 1))], None


@st.composite
def tables(draw: st.DrawFn) -> tuple[Any, list[list[int]]]:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(words, min_size=width, max_size=width), min_size=1, max_size=5))
    forms = [np.array, pd.DataFrame, np.ma.array, lambda rows: memoryview(np.array(rows).data)]
    return draw(st.sampled_from(forms))(rows), rows


def as_objects(rows: list[Any]) -> np.ndarray:
    result = np.empty(len(rows), dtype=object)
    for i, row in enumerate(rows):
        result[i] = row
    return result


FORMS: list[Callable[[list[Any]], Any]] = [as_is, tuple, deque, iter, as_objects, UserList]


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Any, list[list[int]]]:
    if draw(st.booleans()):
        return draw(tables())
    pairs = draw(st.lists(good_rows(), max_size=6)) * draw(st.sampled_from([1, 1, 50]))
    form = draw(st.sampled_from(FORMS))
    return form([row for row, _ in pairs]), [numbers for _, numbers in pairs]


# --- vectorize_sequences -------------------------------------------------------------------------


@cases(300)
@given(corpora(), st.sampled_from(DTYPES), st.booleans())
def test_rows_of_word_numbers_are_encoded_whatever_holds_them(
    drawn: tuple[Any, list[list[int]]], dtype: Any, sparse: bool
) -> None:
    texts, rows = drawn
    result = vectorize_sequences(texts, DIMENSION, dtype, sparse)
    assert result.dtype == np.dtype(dtype)
    assert result.shape == (len(rows), DIMENSION)
    dense = result.toarray() if isinstance(result, csr_matrix) else result
    np.testing.assert_array_equal(dense, naive(rows, DIMENSION))


@cases(300)
@given(st.lists(good_rows(), max_size=3), bad_rows(), st.lists(good_rows(), max_size=3), st.data())
def test_one_row_that_holds_anything_else_is_refused(
    before: list[Any], bad: Any, after: list[Any], data: st.DataObject
) -> None:
    rows = [row for row, _ in [*before, bad, *after]]
    form, sparse = data.draw(st.sampled_from(FORMS)), data.draw(st.booleans())
    refused(lambda: vectorize_sequences(form(rows), DIMENSION, sparse=sparse))


@cases(100)
@given(numbers.filter(bool), st.sampled_from(FORMS), st.data())
def test_texts_that_are_no_texts_are_refused(
    row: list[int], form: Callable[[list[Any]], Any], data: st.DataObject
) -> None:
    no_texts = [
        *(form(row), np.array(row), pd.Series(row), bytearray(row), memoryview(bytes(row))),
        *({0: [1]}, Counter(row), np.array(1), np.array([[[1]]]), np.ma.masked),
        *(None, 1, 1.5, True, "ab", b"ab", object(), csr_matrix([[1, 0]]), pd.DataFrame([[1.0]])),
    ]
    texts = no_texts[data.draw(st.integers(0, len(no_texts) - 1))]
    refused(lambda: vectorize_sequences(texts, DIMENSION))


@cases(100)
@given(st.text(max_size=6) | no_numbers | st.sampled_from(["f4,i4", "(2,", "3f4", "O", "M8[s]"]))
def test_a_type_is_numeric_or_refused(dtype: Any) -> None:
    for encode in (lambda: vectorize_sequences([[1]], 3, dtype), lambda: one_hot(dtype)):
        try:
            assert encode().dtype.kind in "biuf"
        except TypeError:
            refused(encode)


def one_hot(dtype: Any) -> Any:
    return one_hot_labels([1], 3, dtype)


@cases(60)
@given(beyond | no_numbers | st.booleans())
def test_a_width_that_is_no_width_is_refused(width: Any) -> None:
    if width is not None:
        refused(lambda: one_hot_labels([], width) if width != DIMENSION else one_hot_labels([]))
    refused(lambda: vectorize_sequences([[DIMENSION]], width))


# --- one_hot_labels ------------------------------------------------------------------------------


@cases(200)
@given(good_rows(), st.sampled_from(DTYPES), st.booleans())
def test_labels_are_encoded_whatever_holds_them(
    drawn: tuple[Any, list[int]], dtype: Any, given_width: bool
) -> None:
    labels: Any = drawn[0]
    values = drawn[1]
    if isinstance(labels, (set, frozenset, type({}.keys()))):  # in no order
        refused(lambda: one_hot_labels(labels, DIMENSION))  # type: ignore[arg-type]
        return
    width = DIMENSION if given_width or not values else max(values) + 1
    result = one_hot_labels(labels, DIMENSION if given_width or not values else None, dtype)
    assert result.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(result, naive([[value] for value in values], width))


@pytest.mark.filterwarnings("ignore:Warning. converting a masked element to nan")
@cases(200)
@given(numbers, beyond | no_numbers, st.data())
def test_labels_that_are_no_labels_are_refused(
    labels: list[Any], bad: Any, data: st.DataObject
) -> None:
    if isinstance(bad, np.bool_):
        return
    labels.insert(data.draw(st.integers(0, len(labels))), bad)
    form = data.draw(st.sampled_from([as_is, tuple, as_objects, pd.Series]))
    refused(lambda: one_hot_labels(form(labels), DIMENSION))
    refused(lambda: one_hot_labels(5 if isinstance(bad, list) else bad))


# --- decode_sequence -----------------------------------------------------------------------------

WORDS = {f"w{rank}": rank for rank in range(1, DIMENSION - 2)}
DECODED = ["", "<inicio>", "?", "?", *WORDS]


@cases(200)
@given(good_rows())
def test_a_text_is_decoded_whatever_holds_it(drawn: tuple[Any, list[int]]) -> None:
    sequence, values = drawn
    expected = " ".join(DECODED[value] for value in values if value)
    assert decode_sequence(sequence, WORDS) == expected
    assert decode_sequence(iter(values), WORDS) == expected


@cases(200)
@given(numbers, no_numbers, no_numbers | words, st.data())
def test_what_is_no_text_or_no_dictionary_is_refused(
    row: list[Any], bad: Any, other: Any, data: st.DataObject
) -> None:
    spoiled = [*row, bad]
    refused(lambda: decode_sequence(spoiled, WORDS))
    if not isinstance(bad, list):
        refused(lambda: decode_sequence(bad, WORDS))
    if not isinstance(other, dict):
        refused(lambda: decode_sequence(row, other))
    if not isinstance(other, int):
        refused(lambda: decode_sequence(row, WORDS, other))
