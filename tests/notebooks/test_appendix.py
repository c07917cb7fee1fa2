"""The appendix on speed: no lesson, so without a lesson's sections, but stored and run like one."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from tests.notebooks.test_notebooks import TAGS
from tools import notebooks

ROOT = Path(__file__).resolve().parents[2]
NAME = "apendice_velocidad.ipynb"


@pytest.fixture(scope="module")
def appendix() -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "notebooks" / NAME, as_version=4)


def _code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_it_opens_with_title_badge_and_the_setup_cell_of_every_lesson(
    appendix: nbformat.NotebookNode,
) -> None:
    first = appendix.cells[0].source
    link = f"https://colab.research.google.com/github/{notebooks.repository()}/blob/main/notebooks"
    assert first.startswith("# Apéndice · ")
    assert f"[![Abrir en Colab](abrir_en_colab.svg)]({link}/{NAME})" in first
    assert _code(appendix)[0].source == notebooks.setup_cell("setup")


def test_its_cells_are_short_and_its_outputs_are_stored(appendix: nbformat.NotebookNode) -> None:
    nbformat.validate(appendix)
    code = _code(appendix)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        lines = cell.source.splitlines()
        assert len(lines) <= 12
        assert max(map(len, lines)) <= 90
        assert set(cell.metadata.get("tags", [])) <= TAGS
        assert not any(output.get("name") == "stderr" for output in cell.outputs)
        assert "/tmp/" not in json.dumps(cell.outputs)


def test_the_lesson_that_it_goes_with_leads_to_it() -> None:
    lesson = nbformat.read(ROOT / "notebooks" / "06_redes_scikeras.ipynb", as_version=4)
    assert any(NAME in cell.source for cell in lesson.cells)
