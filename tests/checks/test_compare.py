"""Closeness and typical slips, as every judge uses them."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import pytest

from course_utils._judges.compare import close, explain, first_difference, recognise, same_loss


def test_closeness_is_exact_by_default_and_nan_is_close_to_nothing() -> None:
    assert close([1, math.inf], [1.0, math.inf])
    assert not close([0.1 + 0.2], [0.3])
    assert close([0.1 + 0.2], [0.3], rel=1e-9)
    assert close([1e-12], [0.0], tol=1e-9)
    assert not close([math.nan], [math.nan], rel=1.0)
    with pytest.raises(ValueError, match="longer"):
        close([1.0], [1.0, 2.0])


def test_the_first_difference_is_found_with_the_same_tolerance() -> None:
    assert first_difference([1.0, 2.0, 3.0], [1.0, 2.5, 9.0]) == 1
    assert first_difference([1.0, 2.0], [1.0001, 9.0], rel=1e-3) == 1


def test_a_slip_is_recognised_only_if_it_explains_every_answer() -> None:
    slips: dict[str, Any] = {
        "sum": lambda a, b: a + b,
        "products": (lambda a, b: a * b, lambda a, b: a * b + 1),
    }
    cases = [(2, 2), (3, 4)]
    assert recognise(slips, cases, [4, 7], "other") == "sum"
    assert recognise(slips, cases, [5, 13], "other") == "products"
    assert recognise(slips, cases, [4, 8], "other") == "other"
    assert recognise(slips, cases, [4.0001, 7.0], "other", partial(close, rel=1e-3)) == "sum"


def test_a_sign_must_hold_for_every_answer() -> None:
    signs = {"even": lambda answer, case: answer % 2 == 0, "small": lambda answer, case: answer < 9}
    assert explain(signs, [(0,), (0,)], [2, 4], "other") == "even"
    assert explain(signs, [(0,), (0,)], [2, 3], "other") == "small"
    assert explain(signs, [(0,), (0,)], [2, 11], "other") == "other"


def test_a_loss_is_the_same_up_to_single_precision() -> None:
    assert same_loss(2.303, 2.302585)
    assert not same_loss(2.30, 2.45)
