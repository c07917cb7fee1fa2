"""Rows that a lesson holds out are its own: no other lesson opens them too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
USED = re.compile(r"quarters\[(\d)\]")
ROW = re.compile(r"^\| (tumours|digits) \| (\d) \| (\d\d)\b[^|]*\|$", re.MULTILINE)
LOADED = {"load_breast_cancer(": "tumours", "load_digits(": "digits"}


def _rows() -> list[tuple[str, int, str]]:
    """Rows, quarter and lesson, as the table of CONTRIBUTING.md says."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return [(rows, int(quarter), lesson) for rows, quarter, lesson in ROW.findall(text)]


def _used(path: Path) -> Iterator[tuple[str, int]]:
    """Rows and quarter wherever a lesson takes one; the rows are those loaded last above."""
    rows = ""
    for cell in nbformat.read(path, as_version=4).cells:
        for line in cell.source.splitlines() if cell.cell_type == "code" else []:
            rows = next((LOADED[call] for call in LOADED if call in line), rows)
            for quarter in USED.findall(line):
                yield rows, int(quarter)


def test_the_table_gives_each_quarter_to_one_lesson() -> None:
    rows = _rows()
    assert len(rows) == 8
    assert len({(name, quarter) for name, quarter, _ in rows}) == len(rows)


def test_a_lesson_takes_its_own_quarter_only() -> None:
    owner = {(name, quarter): lesson for name, quarter, lesson in _rows()}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for rows, quarter in _used(path):
            assert owner.get((rows, quarter)) == path.stem[:2], f"{path.stem}: {rows} {quarter}"


@pytest.mark.parametrize(("rows", "lesson"), [("mnist.X_test", "07"), ("imdb.y_test", "10")])
def test_test_rows_are_opened_in_one_lesson_and_one_cell(rows: str, lesson: str) -> None:
    opened = [
        path.stem[:2]
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and rows in cell.source
    ]
    assert opened == [lesson]


def test_networks_in_a_search_are_compared_on_validation_rows_only() -> None:
    (path,) = (ROOT / "notebooks").glob("06_*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "X_test" not in code
    assert "quarters" not in code


def test_the_schedules_are_compared_on_validation_rows_only() -> None:
    (path,) = (ROOT / "notebooks").glob("08_*.ipynb")
    code = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    assert not [source for source in code if "X_test" in source or '"test' in source]


def test_the_test_newswires_are_opened_in_one_section_of_one_lesson() -> None:
    """Themselves, or what a record says of them."""
    opened = set()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code = [cell.source for cell in cells if cell.cell_type == "code"]
        if not any("load_reuters(" in source for source in code):
            continue
        section = ""
        for cell in cells:
            heading = re.match(r"## (\S+)", cell.source) if cell.cell_type == "markdown" else None
            section = heading[1] if heading else section
            if cell.cell_type == "code" and re.search(r'X_test|"test(_all_rows)?"', cell.source):
                opened.add((path.stem[:2], section))
    assert opened == {("09", "9.10")}
