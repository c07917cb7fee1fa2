"""Slips of the pen are made, told from what is the same answer, and found by the judges.

A small, fixed share of what `make mutants` does for every question and under many seeds.
"""

from __future__ import annotations

import ast
import math

import numpy as np
import pytest

from benchmarks import mutants as bench
from course_utils.checks import questions
from tests.checks.mutations import mutants

SOURCE = """
import math
def f(values, limit=0.5):
    total = 0
    for k in range(3):
        if k > limit and values:
            total += min(values[1:], key=abs)
    return -math.floor(total / k)
"""
LEARNED = (
    "decayed_rate",
    "n_distinct",
    "n_fits",
    "paid_epochs",
    "steps_per_epoch",
    "trials_needed",
)
"""Questions with one right answer whose judges need no more than an instant."""
SEEDS = range(3_000, 3_003)


@pytest.mark.parametrize(
    "changed",
    [
        "limit=1.0",
        "total = 1",
        "range(3 + -1)",
        "if k >= limit and values:",
        "if k > limit or values:",
        "if False:",
        "max(values[1:], key=abs)",
        "min(values[:], key=abs)",
        "min(values[1:])",
        "return math.floor(total / k)",
        "return -math.ceil(total / k)",
        "return -(total / k)",
        "return -math.floor(total // k)",
        "return -math.floor(k)",
    ],
)
def test_typical_slips_are_made(changed: str) -> None:
    assert any(changed in code for code in mutants(SOURCE).values())


def test_a_slip_changes_one_place_and_leaves_a_program() -> None:
    made = mutants(SOURCE)
    right = ast.unparse(ast.parse(SOURCE))
    assert len(set(made.values())) == len(made) > 25
    for code in made.values():
        ast.parse(code)
        differing = sum(a != b for a, b in zip(code.split("\n"), right.split("\n"), strict=False))
        assert code != right
        assert "import math" in code
        assert differing >= 1


def test_a_number_of_another_type_is_the_same_answer_and_the_next_one_is_not() -> None:
    assert bench._alike({"a": [12_500.0, 3]}, {"a": [12_500, 3], "traceback": "x"})
    assert not bench._alike({"a": [12_501, 3]}, {"a": [12_500, 3]})
    assert bench._alike([[0.1], [1e-9]], [0.1, 0.0])
    assert not bench._alike([0.1, 0.2], [0.1, 0.2001])
    assert not bench._alike(["nan", 0.2], [0.1, 0.2])
    assert not bench._alike({"status": "raised"}, {"status": "ok", "data": {}})


def test_an_endless_slip_is_ended() -> None:
    code = "def n_fits(p, o, g, cv):\n    while p: pass\n    return 1"
    assert bench._observed("n_fits", code, 1, seconds=1)["status"] == "raised"


@pytest.mark.parametrize("name", LEARNED)
def test_a_slip_in_the_right_answer_is_found(name: str) -> None:
    rights = {answer.kind: answer.code for answer in bench._of(name, bench._bank(name).rights)}
    made = bench.slips(name, rights, SEEDS)
    assert len(made) >= 5
    chosen = np.random.default_rng(0).permutation(list(made))[:12]
    tally = bench.Tally({text: made[text] for text in chosen}, SEEDS[0])
    tally.go_on(name, len(SEEDS), math.inf)
    assert [text for text, share in tally.shares.items() if share == 1] == []


def test_a_tally_goes_on_where_it_was() -> None:
    answers = {"right": "def n_fits(p, o, g, cv):\n    return (p + o * g) * cv"}
    whole, parts = bench.Tally(dict(answers), 7), bench.Tally(dict(answers), 7)
    whole.go_on("n_fits", 5, math.inf)
    for seeds in (2, 2, 5):
        parts.go_on("n_fits", seeds, math.inf)
    assert parts == whole
    assert (whole.done, whole.passed) == (5, {"right": 5})
    whole.go_on("n_fits", 9, 0.0)  # no time, no seed
    assert whole.done == 5


@pytest.mark.slow
def test_every_question_has_at_least_eight_wrong_answers_by_hand() -> None:
    for question in questions():
        if not question.free_text:
            wrongs = bench._of(question.name, bench._bank(question.name).wrongs)
            assert len(wrongs) >= 8, question.name


BANK = """
bank = Bank("01")
bank.right("useless", {"zeros": "0"})

test_right, test_wrong = bank.tests()

@pytest.fixture
def rows():
    return 3

def test_more(rows):
    assert rows == 3
"""


@pytest.mark.parametrize(
    "changed",
    [
        ("rows == 3", "rows < 4"),
        ("return 3", "return 1"),
        ("bank.tests", "bank.all"),
        ("\nbank =", "\n'A bank.'\nimport os\nbank ="),
    ],
)
def test_a_change_of_tests_keeps_what_was_measured(changed: tuple[str, str]) -> None:
    assert bench.answers_of(BANK.replace(*changed)) == bench.answers_of(BANK)


def test_a_changed_answer_is_measured_anew() -> None:
    assert bench.answers_of(BANK.replace('"0"', '"1"')) != bench.answers_of(BANK)
