"""What is drawn from a seed: it travels as plain data, and neither seed nor truth goes with it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils import _examiners
from course_utils._draws import drawn_names, open_exchange
from course_utils._draws import exchange as exchange_module
from course_utils._draws.exchange import Exchange
from course_utils._draws.paper import Objective, Paper
from course_utils._observers import observe, question_names
from course_utils._observers.student import Problem, Student
from course_utils._wire import decode, encode
from course_utils.checks import questions

SEED = 912_345_678_901_234


def _travelled(value: Any) -> Any:
    return decode(json.loads(json.dumps(encode(value), allow_nan=False)))


def test_every_question_with_a_judge_is_drawn_and_observed() -> None:
    checked = [question.name for question in questions() if not question.free_text]
    assert list(drawn_names()) == checked
    assert set(checked) <= set(question_names())


@pytest.mark.parametrize("name", [name for name in drawn_names() if name != "imdb_model"])
def test_what_is_sent_is_plain_hangs_on_the_seed_and_does_not_tell_it(name: str) -> None:
    sent = json.dumps(open_exchange(name, SEED).sent, allow_nan=False)
    assert str(SEED) not in sent
    assert sent == json.dumps(open_exchange(name, SEED).sent)
    assert sent != json.dumps(open_exchange(name, SEED + 1).sent)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [True, 3, 0.1, "ñ", []],
        ("a", (1, None)),
        {"C": range(2, 9, 3), "layers": [(50,), (100, 50)]},
        {0: 1, (1, "a"): None},
        2**70,
    ],
)
def test_plain_values_come_back_as_they_were(value: Any) -> None:
    assert _travelled(value) == value
    assert type(_travelled(value)) is type(value)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3)[:, ::-1],
        np.logspace(-2, 3, 6),
        np.eye(3, dtype="float32"),
        np.array([True, False]),
        np.zeros((0, 4), dtype="uint8"),
        np.float64(0.1),
    ],
)
def test_arrays_come_back_to_the_last_bit(array: np.ndarray) -> None:
    found = _travelled(array)
    assert np.array_equal(found, array)
    assert np.asarray(found).dtype == array.dtype
    if isinstance(found, np.ndarray):
        found[...] = 0  # it is theirs to write in


def test_lists_of_several_lengths_and_estimators_come_back() -> None:
    from sklearn.tree import DecisionTreeClassifier

    texts = np.empty(2, dtype=object)
    texts[:] = [[1, 2], [3]]
    assert _travelled(texts).tolist() == [[1, 2], [3]]
    tree = _travelled(DecisionTreeClassifier(max_depth=3, max_features=None))
    assert tree.get_params()["max_depth"] == 3


@pytest.mark.parametrize("value", [object(), {3}, np.array(["a"]), print, b"x"])
def test_nothing_else_travels(value: Any) -> None:
    with pytest.raises(TypeError, match="travel"):
        encode(value)


def test_what_is_read_back_makes_no_other_objects() -> None:
    with pytest.raises(ValueError, match="os"):
        decode({"$model": ["os", "system", {"command": "true"}]})


# --- objectives ----------------------------------------------------------------------------------
def _read(argument: Any) -> int:
    if argument not in (1, 2, 3):
        raise ValueError(f"{argument} no vale")
    return int(argument)


def _exchange(most_calls: int = 5) -> Exchange:
    return Exchange(Paper(objectives=(Objective(_read, lambda x: x / 2, most_calls),)), 0)


def test_an_objective_is_answered_and_recorded_where_it_stays() -> None:
    exchange = _exchange()
    assert json.loads(exchange.answer('{"objective": 0, "argument": 3.0}')) == {"value": 1.5}
    assert json.loads(exchange.answer('{"objective": 0, "argument": 9}')) == {"error": "9 no vale"}
    assert exchange.record["calls"] == [[3]]


def test_calls_are_counted_and_limited_outside() -> None:
    exchange = _exchange(most_calls=2)
    replies = [json.loads(exchange.answer('{"objective": 0, "argument": 1}')) for _ in range(3)]
    assert replies[1] == {"value": 0.5}
    assert "2 evaluaciones" in replies[2]["error"]
    assert exchange.record["calls"] == [[1, 1]]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "¿Tu nombre? ",
        "[]",
        "[" * 100_000,
        '{"objective": 7, "argument": 1}',
        '{"objective": -1, "argument": 1}',
        '{"objective": "x", "argument": 1}',
        '{"objective": 1e999, "argument": 1}',
        '{"objective": {}, "argument": 1}',
        '{"objective": 0}',
        '{"objective": 0, "argument": {"a": [1]}}',
    ],
)
def test_any_other_request_is_an_error_and_no_value(query: str) -> None:
    exchange = _exchange()
    assert list(json.loads(exchange.answer(query))) == ["error"]
    assert exchange.record["calls"] == [[]]


@pytest.mark.parametrize("name", ["random_search", "evolve"])
def test_an_answer_finds_no_table_behind_its_objective(name: str) -> None:
    found: list[Any] = []

    def look(function: Any, *rest: Any) -> None:
        found.extend(vars(function).values())

    exchange = open_exchange(name, SEED)
    observe(name, {name: look}, exchange.sent, exchange.answer)
    assert [thing for thing in found if isinstance(thing, np.ndarray | dict | list)] == []


# --- files ---------------------------------------------------------------------------------------
def _files(*kinds: str) -> Exchange:
    return Exchange(Paper(files=kinds), 0)


def test_a_file_arrives_whole_in_pieces_and_under_a_name_of_ours(tmp_path: Path) -> None:
    exchange, data = _files("keras", "npz"), bytes(range(256)) * 5_000
    (tmp_path / "nombre raro").write_bytes(data)
    student = Student({}, 0, exchange.answer)
    student.hand_over(tmp_path / "nombre raro")
    student.hand_over(os.devnull)
    paths = exchange.write_files(tmp_path)
    assert [path.name for path in paths] == ["0.keras", "1.npz"]
    assert [path.read_bytes() for path in paths] == [data, b""]


def test_no_more_files_are_taken_than_were_asked_for_and_no_larger_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchange_module, "_MAX_MB", 1)
    exchange = _files("keras")
    student = Student({}, 0, exchange.answer)
    student._send_piece(0, b"x" * 700_000)
    with pytest.raises(Problem):
        student._send_piece(0, b"x" * 700_000)
    with pytest.raises(Problem):
        student._send_piece(1, b"x")
    assert json.loads(exchange.answer('{"file": 0, "bytes": "no es base64"}')).keys() == {"error"}
    assert json.loads(exchange.answer('{"file": -1, "bytes": ""}')).keys() == {"error"}


def test_what_a_network_refuses_is_a_sentence_and_no_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuses(files: Any, asked: Any) -> None:
        raise ValueError("\nInput 0 is incompatible\nmore lines")

    monkeypatch.setattr(_examiners, "_examiners", lambda: {"x": refuses})
    assert _examiners.examine("x", [], None) == {"failed": "ValueError: Input 0 is incompatible"}


def test_texts_of_any_length_travel_and_decimals_among_their_words_do_not() -> None:
    texts = np.empty(3, dtype=object)
    texts[:] = [[5, 7, 5], [], [2]]
    assert _travelled(texts).tolist() == [[5, 7, 5], [], [2]]
    assert _travelled(texts[1:2]).tolist() == [[]]
    texts[1] = [1.5]
    with pytest.raises(TypeError, match="travel"):
        encode(texts)
