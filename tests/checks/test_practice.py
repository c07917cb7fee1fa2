"""Practice checks in the lessons: known, untouched as stored, and nothing below depends on them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from course_utils import messages
from course_utils.checks import questions

LESSONS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("[0-9]*.ipynb"))
CHECK = re.compile(r'^check\("(\w+)"\)', re.MULTILINE)
BLANK = re.compile(r"^(?:(\w+) = \.\.\.|def (\w+)\()", re.MULTILINE)


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def cells(request: pytest.FixtureRequest) -> list[Any]:
    """The code cells of a lesson; the lesson's name is on each."""
    notebook = nbformat.read(request.param, as_version=4)
    found = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in found:
        cell.lesson = request.param.stem
    return found


def test_a_lesson_checks_its_practice_and_no_exercise(cells: list[Any]) -> None:
    asked = [name for cell in cells for name in CHECK.findall(cell.source)]
    assert asked == [question.name for question in questions(cells[0].lesson, practice=True)]
    assert len(asked) <= 3


def test_practice_is_stored_untouched(cells: list[Any]) -> None:
    titles = {q.name: q.title for q in questions(cells[0].lesson, practice=True)}
    for cell in cells:
        for name in CHECK.findall(cell.source):
            assert name in {a or b for a, b in BLANK.findall(cell.source)}, name
            shown = [output["data"]["text/plain"] for output in cell.outputs if "data" in output]
            assert f"{messages.ANSWER_STATES['sin_intentar']} · {titles[name]}" in shown[-1]


def test_no_later_cell_needs_what_a_student_filled_in(cells: list[Any]) -> None:
    filled: set[str] = set()
    for cell in cells:
        assert not filled & _read(cell.source), cell.source
        filled |= set(CHECK.findall(cell.source))


def _read(source: str) -> set[str]:
    """Names that a cell reads, whatever it assigns itself."""
    tree = ast.parse(TransformerManager().transform_cell(source))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
