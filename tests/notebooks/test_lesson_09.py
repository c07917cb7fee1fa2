"""Lesson 09's stored run found what its record measured ten times."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

(LESSON,) = (Path(__file__).resolve().parents[2] / "notebooks").glob("09_*.ipynb")


@pytest.mark.parametrize("line", ["está en tu tabla: True", "es la del registro: True"])
def test_the_record_is_of_what_the_stored_searches_found(line: str) -> None:
    cells = nbformat.read(LESSON, as_version=4).cells
    printed = "".join(
        output.get("text", "") for cell in cells for output in cell.get("outputs", [])
    )
    assert line in printed
