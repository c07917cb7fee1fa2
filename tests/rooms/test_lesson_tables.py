"""The tables of a room's lessons, put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course_utils._lessons import by_question


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make a package with the given modules and return its name."""

    def make(name: str, **modules: str) -> str:
        (tmp_path / name).mkdir()
        for module, text in {"__init__": "", **modules}.items():
            (tmp_path / name / f"{module}.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        return name

    return make


def test_tables_are_put_together_in_the_order_of_the_lessons(room: Any) -> None:
    name = room(
        "ordered_room",
        lesson_10="TABLE = {'c': 3}",
        lesson_02="TABLE = {'b': 1, 'a': 2}",
        other="TABLE = {'d': 4}",
    )
    assert list(by_question(name, "TABLE").items()) == [("b", 1), ("a", 2), ("c", 3)]


def test_entries_that_know_their_name_need_no_keys(room: Any) -> None:
    name = room("named_room", lesson_01="from pathlib import Path\nTABLE = (Path('x'), Path('y'))")
    assert by_question(name, "TABLE") == {"x": Path("x"), "y": Path("y")}


@pytest.mark.parametrize(
    "other", ["TABLE = {'a': 2}", "from pathlib import Path\nTABLE = [Path('a')]"]
)
def test_no_question_takes_the_place_of_another_of_its_name(room: Any, other: str) -> None:
    name = room(f"double_room_{len(other)}", lesson_01="TABLE = {'a': 1}", lesson_02=other)
    with pytest.raises(ValueError, match="two questions are called 'a'"):
        by_question(name, "TABLE")
