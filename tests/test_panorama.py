"""Libraries as strategies: every one spends its budget exactly, whatever it asks for."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.libraries import _strategy, strategies

SPACE: dict[str, list[Any]] = {"a": [1, 2, 4], "b": ["x", "y"]}


def _asked(search, n_trials=5):
    asked = []

    def objective(config):
        asked.append(dict(config))
        return float(config["a"])

    _strategy(search)(objective, SPACE, n_trials, 0)
    return asked


def test_places_become_values_of_the_space():
    def search(score, sizes, seed):
        assert sizes == [3, 2]
        assert score({"p0": 2, "p1": 1, "p2": 0}) == 4.0

    assert _asked(search)[0] == {"a": 4, "b": "y"}


def test_what_is_asked_beyond_the_budget_is_refused():
    def search(score, sizes, seed):
        while True:
            score({0: 0, 1: 0})

    assert len(_asked(search)) == 5


def test_what_is_left_is_spent_on_the_best():
    def search(score, sizes, seed):
        for place in (0, 2, 1):
            score({0: place, 1: 0})

    assert [config["a"] for config in _asked(search)] == [1, 4, 2, 4, 4]


def test_every_library_is_a_strategy_and_chance_comes_first():
    pytest.importorskip("hyperopt")
    names = list(strategies())
    assert names[0] == "azar"
    assert len(names) == 8
