"""``course_utils.text`` against a naive loop, and each of its refusals."""

from __future__ import annotations

from array import array
from collections import Counter, deque
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from course_utils import text
from course_utils.text import decode_sequence, one_hot_labels, vectorize_sequences

SECOND = [False, True]  # mask of two values


def naive(sequences, dimension):
    result = np.zeros((len(sequences), dimension))
    for i, sequence in enumerate(sequences):
        for j in sequence:
            result[i, j] = 1
    return result


def random_texts(seed, n, dimension, longest):
    """Texts with repeated indices, and about one in ten empty."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(0, longest, n) * (rng.random(n) > 0.1)
    return [rng.integers(0, dimension, length).tolist() for length in lengths]


def one_hot_zero(dtype):
    return one_hot_labels([0], dtype=dtype)


# --- vectorize_sequences: what it returns ---------------------------------------------------------


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("dtype", ["uint8", "float32", "float64", "bool", "int16"])
@pytest.mark.parametrize(
    ("seed", "n", "dimension", "longest"),
    [(0, 300, 50, 90), (1, 1, 1, 5), (2, 128, 1_000, 3), (3, 129, 7, 40), (4, 257, 10_000, 300)],
)
def test_equals_the_naive_loop(seed, n, dimension, longest, dtype, sparse):
    sequences = random_texts(seed, n, dimension, longest)
    result = vectorize_sequences(sequences, dimension, dtype=dtype, sparse=sparse)
    assert result.dtype == np.dtype(dtype)
    dense = result.toarray() if sparse else result
    np.testing.assert_array_equal(dense, naive(sequences, dimension).astype(dtype))


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize(
    "convert",
    [
        tuple,
        lambda rows: [tuple(row) for row in rows],
        lambda rows: [np.array(row, dtype=np.int64) for row in rows],
        lambda rows: [np.array(row, dtype=np.uint16) for row in rows],
        lambda rows: [np.array(row, dtype=object) for row in rows],
        lambda rows: np.array([*rows, None], dtype=object)[:-1],
        lambda rows: (row for row in rows),
        lambda rows: [set(row) for row in rows],
        lambda rows: [[np.int32(value) for value in row] for row in rows],
        lambda rows: [array("i", row) for row in rows],
        lambda rows: [deque(row) for row in rows],
        lambda rows: [dict.fromkeys(row).keys() for row in rows],
        lambda rows: [pd.Series(row, dtype="int64") for row in rows],
        lambda rows: pd.Series(rows),
        lambda rows: [np.ma.array(row, dtype=int, mask=False) for row in rows],
    ],
    ids=[
        *("tuple", "tuples", "int64", "uint16", "objects", "object array", "generator", "set"),
        *("np", "array", "deque", "keys", "Series", "Series of lists", "masked array"),
    ],
)
def test_accepts_any_sequence_of_integers(convert, sparse):
    sequences = random_texts(5, 200, 40, 30)
    result = vectorize_sequences(convert(sequences), 40, sparse=sparse)
    dense = result.toarray() if sparse else result
    np.testing.assert_array_equal(dense, naive(sequences, 40))


@pytest.mark.parametrize(
    "convert", [np.array, pd.DataFrame, np.ma.array, lambda rows: np.array(rows).data]
)
def test_accepts_a_padded_table_and_reads_its_rows(convert):
    padded = [[0, 0, 3], [4, 4, 1]]
    np.testing.assert_array_equal(vectorize_sequences(convert(padded), 5), naive(padded, 5))


@pytest.mark.parametrize("sparse", [False, True])
def test_empty_texts_and_no_texts(sparse):
    result = vectorize_sequences([[], [1], [], np.array([])], 3, sparse=sparse)
    dense = result.toarray() if sparse else result
    np.testing.assert_array_equal(dense, [[0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]])
    assert vectorize_sequences([], 7, sparse=sparse).shape == (0, 7)
    assert vectorize_sequences([[]], 7, sparse=sparse).shape == (1, 7)


def test_defaults():
    result = vectorize_sequences([[9_999]])
    assert (result.shape, result.dtype) == ((1, 10_000), np.float32)


def test_csr_is_canonical_and_writable():
    result = vectorize_sequences([[3, 1, 3], [], [0]], 4, sparse=True)
    assert isinstance(result, csr_matrix)
    assert result.indices.dtype == result.indptr.dtype == np.int32
    assert result.indices.tolist() == [1, 3, 0]
    assert result.indptr.tolist() == [0, 2, 2, 3]
    assert result.has_sorted_indices
    assert result.has_canonical_format
    assert result.indices.flags.writeable


def test_input_is_not_changed():
    row = np.array([3, 1, 3])
    vectorize_sequences([row], 4)
    assert row.tolist() == [3, 1, 3]


# --- vectorize_sequences: what it refuses ---------------------------------------------------------


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("make", [list, tuple, np.array], ids=["list", "tuple", "array"])
def test_negative_index(make, sparse):
    with pytest.raises(IndexError) as caught:
        vectorize_sequences([[1]] * 300 + [make([2, -1])], 10, sparse=sparse)
    assert str(caught.value) == (
        "La fila 300 contiene el índice -1; solo valen enteros de 0 a 9 (dimension=10). "
        "Un índice negativo no es una palabra: revisa si restaste index_from."
    )


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("value", [10, 2**31, 2**40, 2**63, 2**70])
def test_too_large_index(value, sparse):
    with pytest.raises(IndexError) as caught:
        vectorize_sequences([[1], [2, value]], 10, sparse=sparse)
    assert str(caught.value) == (
        f"La fila 1 contiene el índice {value}; solo valen enteros de 0 a 9 (dimension=10). "
        f"Usa dimension={value + 1} o más, o carga los datos con num_words=10."
    )


def test_too_large_index_in_an_unsigned_array():
    with pytest.raises(IndexError, match=f"La fila 0 contiene el índice {2**64 - 1};"):
        vectorize_sequences([np.array([1, 2**64 - 1], dtype=np.uint64)], 10)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ([1, 1.5], "1.5 (de tipo float)"),
        ([1, 2.0], "2.0 (de tipo float)"),
        (["a"], "'a' (de tipo str)"),
        ([0, None], "None (de tipo NoneType)"),
        ([[1]], "[1] (de tipo list)"),
        (np.array([1.5]), "np.float64(1.5) (de tipo float64)"),
        (np.array([3.0]), "np.float64(3.0) (de tipo float64)"),
        (np.array([1, "a"], dtype=object), "'a' (de tipo str)"),
        ([True, False], "True (de tipo bool)"),
        (np.array([True, False]), "np.True_ (de tipo bool)"),
        (np.ma.array([1, 2], mask=SECOND), "masked (de tipo MaskedConstant)"),
        (
            np.ma.array([1, "a"], mask=SECOND, dtype=object),
            "masked (de tipo MaskedConstant)",
        ),
        (array("d", [2.0]), "2.0 (de tipo float)"),
        (array("u", "a"), "'a' (de tipo str)"),
    ],
)
def test_not_an_integer(row, shown):
    with pytest.raises(TypeError) as caught:
        vectorize_sequences([[1], row], 10)
    assert str(caught.value) == (
        f"La fila 1 contiene {shown}; solo valen enteros de 0 a 9. "
        "Convierte antes cada palabra en su índice."
    )


@pytest.mark.parametrize(
    ("flat", "hint"),
    [
        ([8, 5], "[[8, 5]]"),
        (np.array([8, 5]), "[[8, 5]]"),
        ([8, 5, 1, 2, 3], "[[8, 5, 1, …]]"),
    ],
)
def test_flat_list_gets_a_hint(flat, hint):
    with pytest.raises(TypeError) as caught:
        vectorize_sequences(flat, 10)
    assert str(caught.value).startswith("La fila 0 es ")
    assert f"¿Querías decir {hint}? vectorize_sequences espera una lista de textos" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("abc", "'abc' (de tipo str)"),
        (b"abc", "b'abc' (de tipo bytes)"),
        (None, "None (de tipo NoneType)"),
        (5, "5 (de tipo int)"),
        (iter([1]), "(de tipo list_iterator)"),
        (np.zeros((1, 1), dtype=int), "(de tipo ndarray)"),
        (np.array(5), "(de tipo ndarray)"),
        (bytearray(b"abc"), "(de tipo bytearray)"),
        (memoryview(b"abc"), "(de tipo memoryview)"),
        (np.zeros((2, 2)).data, "(de tipo memoryview)"),
        ({3: "casa"}, "{3: 'casa'} (de tipo dict)"),
        (Counter([3, 3]), "(de tipo Counter)"),
        (csr_matrix([[0, 1]]), "(de tipo csr_matrix)"),
        (pd.DataFrame([[1, 2]]), "(de tipo DataFrame)"),
    ],
)
def test_row_that_is_no_sequence(row, shown):
    with pytest.raises(TypeError) as caught:
        vectorize_sequences([[1], row], 10)
    assert str(caught.value).startswith("La fila 1 es ")
    assert shown in str(caught.value)
    assert "debe ser una lista de enteros de 0 a 9" in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (5, "5 (de tipo int)"),
        (None, "None (de tipo NoneType)"),
        ("casa", "'casa' (de tipo str)"),
        (b"casa", "b'casa' (de tipo bytes)"),
        (bytearray(b"a"), "(de tipo bytearray)"),
        ({0: [1, 2]}, "{0: [1, 2]} (de tipo dict)"),
        (np.array(5), "array(5) (de tipo ndarray)"),
        (csr_matrix([[0, 1]]), "(de tipo csr_matrix)"),
        (np.ma.masked, "masked (de tipo MaskedConstant)"),
    ],
)
def test_texts_that_are_no_sequence(texts, shown):
    with pytest.raises(TypeError) as caught:
        vectorize_sequences(texts, 10)
    assert str(caught.value).startswith("Los textos llegaron como ")
    assert shown in str(caught.value)
    assert "una lista de enteros de 0 a 9" in str(caught.value)


def test_a_masked_value_of_a_table_is_refused():
    table = np.ma.array([[1, 2], [3, 4]], mask=[[False, False], [False, True]])
    with pytest.raises(TypeError, match="La fila 1 contiene masked"):
        vectorize_sequences(table, 10)


def test_a_long_value_is_shortened():
    with pytest.raises(TypeError) as caught:
        vectorize_sequences([["x" * 10_000]], 10)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("dimension", [0, -1, 2.5, "10", None, True, 2**40])
def test_bad_dimension(dimension):
    with pytest.raises(ValueError, match="debe ser un entero de 1 a") as caught:
        vectorize_sequences([[0]], dimension)
    assert repr(dimension) in str(caught.value)


@pytest.mark.parametrize("encode", [lambda d: vectorize_sequences([[0]], 3, d), one_hot_zero])
@pytest.mark.parametrize(
    "dtype", ["complex64", "object", "U1", "datetime64[s]", "nope", "(2,", "f4,i4", 5, ("f4",), {}]
)
def test_bad_dtype(encode, dtype):
    with pytest.raises(TypeError, match="usa un tipo numérico o bool") as caught:
        encode(dtype)
    assert repr(dtype) in str(caught.value)


def test_a_sparse_result_in_half_precision_is_refused_since_scipy_cannot_use_it():
    assert vectorize_sequences([[0]], 3, "float16").dtype == np.float16
    with pytest.raises(TypeError, match="dtype='float16' no sirve con sparse=True"):
        vectorize_sequences([[0]], 3, "float16", sparse=True)


# --- one_hot_labels -------------------------------------------------------------------------------


def test_one_hot_equals_the_identity_rows():
    labels = np.random.default_rng(0).integers(0, 46, 500)
    expected = np.eye(46, dtype=np.float32)
    result = one_hot_labels(labels, 46)
    assert result.dtype == np.float32
    np.testing.assert_array_equal(result, expected[labels])
    np.testing.assert_array_equal(one_hot_labels(labels.tolist(), 46, "uint8"), expected[labels])
    np.testing.assert_array_equal(one_hot_labels(labels.astype("uint8"), 46), expected[labels])


def test_one_hot_deduces_the_number_of_classes():
    assert one_hot_labels([0, 2]).shape == (2, 3)
    assert one_hot_labels([], num_classes=4).shape == (0, 4)


@pytest.mark.parametrize("labels", [[False, True], np.array([False, True]), pd.Series([0, 1])])
def test_one_hot_reads_a_condition_as_two_classes(labels):
    assert one_hot_labels(labels, dtype="uint8").tolist() == [[1, 0], [0, 1]]


def test_one_hot_of_labels_that_no_integer_type_holds_together():
    labels: list[Any] = [np.uint64(2), -0, np.int8(1)]
    assert one_hot_labels(labels).argmax(axis=1).tolist() == [2, 0, 1]


@pytest.mark.filterwarnings("ignore:Warning. converting a masked element to nan")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([0, 3], 3), IndexError, "La etiqueta de la fila 1 vale 3; solo valen enteros de 0 a 2 "),
        (([0, -1], 3), IndexError, "La etiqueta de la fila 1 vale -1; solo valen enteros de 0 a 2"),
        (([0, -1],), IndexError, "La etiqueta de la fila 1 vale -1; solo valen enteros desde 0."),
        (([0, 1.5],), TypeError, "La etiqueta de la fila 1 es 1.5 (de tipo float)"),
        ((["a"],), TypeError, "La etiqueta de la fila 0 es 'a' (de tipo str)"),
        (([0, None],), TypeError, "La etiqueta de la fila 1 es None (de tipo NoneType)"),
        ((np.array([1.0]),), TypeError, "(de tipo float64); solo valen enteros desde 0."),
        ((np.eye(2),), ValueError, "Las etiquetas tienen forma (2, 2); se espera una sola"),
        (([],), ValueError, "No hay etiquetas"),
        ((5,), ValueError, "Las etiquetas llegaron como 5 (de tipo int)"),
        ((None,), ValueError, "Las etiquetas llegaron como None (de tipo NoneType)"),
        (("abc",), ValueError, "Las etiquetas llegaron como 'abc' (de tipo str)"),
        (({0: 1},), ValueError, "Las etiquetas llegaron como {0: 1} (de tipo dict)"),
        ((iter([1]),), ValueError, "(de tipo list_iterator)"),
        (([[0], [1, 2]],), ValueError, "Las etiquetas llegaron como [[0], [1, 2]] (de tipo list)"),
        (
            (np.ma.array([0, 1], mask=SECOND),),
            TypeError,
            "La etiqueta de la fila 1 es masked ",
        ),
        (([0, np.ma.masked],), TypeError, "La etiqueta de la fila 1 es masked "),
        ((np.array([0, 2**63], dtype="uint64"),), IndexError, f"de la fila 1 vale {2**63}, y el"),
        (([0, 2**70],), IndexError, f"La etiqueta de la fila 1 vale {2**70}, y el número de una"),
        (([0, -(2**70)],), IndexError, f"de la fila 1 vale {-(2**70)}; solo valen enteros desde 0"),
        (
            (np.array([2**63], dtype="uint64"), 3),
            IndexError,
            f"vale {2**63}; solo valen enteros de",
        ),
        (([0], True), ValueError, "num_classes vale True y debe ser un entero"),
        (([0], 2**40), ValueError, "y debe ser un entero de 1 a 16777215."),
        (([0], 0), ValueError, "num_classes vale 0 y debe ser un entero de 1 a 16777215."),
        (([0], 2.5), ValueError, "num_classes vale 2.5 y debe ser un entero de 1 a 16777215."),
    ],
)
def test_one_hot_refusals(arguments, error, message):
    with pytest.raises(error) as caught:
        one_hot_labels(*arguments)
    assert message in str(caught.value)


# --- decode_sequence ------------------------------------------------------------------------------

WORDS = {"la": 1, "casa": 2, "verde": 3}


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ([1, 4, 2, 6, 5], "<inicio> la ? verde casa"),
        ([0, 0, 1, 4], "<inicio> la"),
        ([3, 4, 99], "? la ?"),
        ([], ""),
        (np.array([4, 5]), "la casa"),
    ],
)
def test_decode_with_the_convention_of_keras(sequence, expected):
    assert decode_sequence(sequence, WORDS) == expected


def test_decode_without_offset():
    assert decode_sequence([1, 2, 0], WORDS, index_from=0) == "la casa ?"


def test_decode_a_multi_hot_row():
    row = vectorize_sequences([[6, 4, 4]], 8)[0]
    assert decode_sequence(np.flatnonzero(row), WORDS) == "la verde"


@pytest.mark.parametrize("sequence", [[1.5], [[1, 4]], [None], ["la"], [True], [np.ma.masked]])
def test_decode_refuses_what_is_no_index(sequence):
    with pytest.raises(TypeError, match="no es un índice de palabra: decode_sequence espera"):
        decode_sequence(sequence, WORDS)


@pytest.mark.parametrize(
    "sequence",
    [5, None, "la", b"la", bytearray(b"la"), {4: 1}, np.array(4), np.array([[4, 5]])],
    ids=lambda value: type(value).__name__,
)
def test_decode_refuses_what_is_no_sequence(sequence):
    with pytest.raises(TypeError, match="no es una lista de índices de palabras") as caught:
        decode_sequence(sequence, WORDS)
    assert f"(de tipo {type(sequence).__name__})" in str(caught.value)


@pytest.mark.parametrize("index_from", ["3", 3.0, None, True])
def test_decode_refuses_an_offset_that_is_no_integer(index_from):
    with pytest.raises(TypeError, match=r"index_from vale .* y debe ser un entero"):
        decode_sequence([4], WORDS, index_from)


@pytest.mark.parametrize("words", [None, ["la"], "la"])
def test_decode_refuses_words_that_are_no_dictionary(words):
    with pytest.raises(TypeError, match="debe ser un diccionario de cada palabra a su número"):
        decode_sequence([4], words)


@pytest.mark.parametrize("words", [{1: "la", 2: "casa"}, {7: 1}, {"la": None}])
def test_decode_asks_whether_the_dictionary_was_turned_round(words):
    word, rank = next(iter(words.items()))
    with pytest.raises(TypeError) as caught:
        decode_sequence([4], words)
    assert str(caught.value).startswith(f"word_index lleva {word!r} a {rank!r}, y debe llevar")


def test_the_room_knows_no_data_set():
    assert not {"data", "load_imdb", "load_reuters"} & set(vars(text))
