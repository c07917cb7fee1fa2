"""What a search leaves behind is counted; a table without traces is a question for a human."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from course_utils._judges import all_questions
from course_utils._observers import traces
from course_utils._observers.traces import trials_left


class _Refuses:
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


@pytest.mark.parametrize(
    ("left", "trials"),
    [
        (SimpleNamespace(cv_results_={"params": [{}] * 6}), 6),
        (SimpleNamespace(oracle=SimpleNamespace(trials={"0": 1, "1": 2})), 2),
        ([SimpleNamespace(epoch=[0, 1])] * 5, 5),
        ({"a": SimpleNamespace(get_config=dict)}, 1),
        ([0.7, 0.8, 0.9], 0),
        pytest.param(_Refuses(), 0, id="an object that raises"),
    ],
)
def test_traces_are_counted_by_what_a_library_leaves(
    monkeypatch: pytest.MonkeyPatch, left: Any, trials: int
) -> None:
    monkeypatch.setattr(traces, "_numbered", lambda: 0)
    assert trials_left({"x": 1, "left": left}) == trials


def test_a_study_of_optuna_counts() -> None:
    optuna = pytest.importorskip("optuna")
    study = optuna.create_study()
    for value in range(3):
        study.add_trial(optuna.trial.create_trial(value=float(value)))
    assert trials_left({"study": study}) >= 3


@pytest.mark.parametrize(
    ("name", "table"), [("saved_search", "trials"), ("imdb_model", "settings")]
)
def test_a_table_without_traces_is_a_question_for_a_human(name: str, table: str) -> None:
    doubt = all_questions()[name].doubt
    assert doubt is not None
    assert doubt({table: ["a"] * 5, "left": 6}) == ""
    assert "5 intentos" in doubt({table: ["a"] * 5, "left": 1})
    assert "más de 0" in doubt({table: ["a"] * 5, "left": "muchos"})
