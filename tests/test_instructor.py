"""The instructor's pages: each can be taught from, and says of its lesson what the lesson says."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from tests.notebooks.printed_numbers import MARKED, printed_numbers, stands_in
from tools.lesson_time import core_cells, lesson_time

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "instructor"
PAGES = sorted(FOLDER.glob("[0-9][0-9]_*.md"))
TEXTS = sorted(FOLDER.glob("*.md"))
SECTIONS = [
    "Objetivos",
    "Antes de la clase",
    "Plan de 60 minutos",
    "Plan de 90 minutos",
    "Predicciones",
    "Comprobaciones",
    "Para pensar",
    "Malentendidos",
    "Qué recortar",
]


def _lesson(number: str) -> nbformat.NotebookNode:
    (path,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    return nbformat.read(path, as_version=4)


def _code(notebook: nbformat.NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def _headings(notebook: nbformat.NotebookNode) -> list[str]:
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.findall(r"^#{1,3} (.+)$", prose, re.MULTILINE)


def _core_minutes(notebook: nbformat.NotebookNode) -> dict[str, int]:
    """Minutes of each numbered section on the core path, its computing left out."""
    parts: dict[str, list[nbformat.NotebookNode]] = {}
    section = ""
    for cell in core_cells(notebook):
        if heading := re.search(r"^## (\S+)", cell.source, re.MULTILINE):
            section = heading[1]
        if re.match(r"\d+\.\d+$", section):
            parts.setdefault(section, []).append(cell)
    return {
        section: lesson_time(nbformat.v4.new_notebook(cells=cells)).minutes
        for section, cells in parts.items()
    }


def _text(page: str, section: str) -> str:
    return re.split(rf"^## {section}$", page, flags=re.MULTILINE)[1].split("\n## ")[0]


def _rows(page: str, section: str) -> list[list[str]]:
    """The cells of a section's table, without its two lines of heading."""
    lines = [line for line in _text(page, section).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _left_for_home(page: str, minutes: int) -> list[str]:
    """Sections that a plan leaves for home, whole or in part."""
    found = re.search(
        r"^\*\*Para casa:\*\* .*", _text(page, f"Plan de {minutes} minutos"), re.MULTILINE
    )
    return re.findall(r"§ (\d+\.\d+)", found[0]) if found else []


def _keys(page: str, section: str) -> list[str]:
    return [row[0].strip("`") for row in _rows(page, section)]


@pytest.fixture(scope="module", params=PAGES, ids=lambda path: path.stem)
def path(request) -> Path:
    return request.param


@pytest.fixture(scope="module")
def page(path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lesson(path) -> nbformat.NotebookNode:
    return _lesson(path.stem[:2])


def test_it_is_called_and_titled_as_its_lesson(path, page, lesson):
    assert (ROOT / "notebooks" / f"{path.stem}.ipynb").exists()
    assert page.splitlines()[0] == f"# {_headings(lesson)[0]}"


def test_it_has_every_section_in_order(page):
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("minutes", [60, 90])
def test_a_plan_fills_its_minutes_without_a_gap(page, minutes):
    reached = 0
    for row in _rows(page, f"Plan de {minutes} minutos"):
        begin, end = map(int, row[0].split("–"))
        assert begin == reached < end, row
        assert row[2], row
        reached = end
    assert reached == minutes


@pytest.mark.parametrize("minutes", [60, 90])
def test_a_plan_gives_each_section_of_the_core_path_its_time(page, lesson, minutes):
    """By the rule of the lessons' own minutes, a minute less at the most.

    Only where a core path is longer than the plan, sections get less or nothing: «Para casa» below
    the plan names these and no other.
    """
    planned: dict[str, int] = {}
    for span, sections, _ in _rows(page, f"Plan de {minutes} minutos"):
        begin, end = map(int, span.split("–"))
        for section in re.findall(r"§ (\S+)", sections):
            planned[section] = planned.get(section, 0) + end - begin
    needed = {section: max(1, n - 1) for section, n in _core_minutes(lesson).items()}
    cut_short = [section for section, n in needed.items() if planned.get(section, 0) < n]
    assert cut_short == _left_for_home(page, minutes)
    assert not cut_short or sum(needed.values()) > minutes


def test_every_prediction_is_answered_in_the_order_of_the_lesson(page, lesson):
    asked = re.findall(r'^guess\(\s*"([^"]+)"', _code(lesson), re.MULTILINE)
    assert _keys(page, "Predicciones") == asked
    assert all(len(row) == 3 and all(row) for row in _rows(page, "Predicciones"))


def test_every_practice_check_is_answered_in_the_order_of_the_lesson(page, lesson):
    asked = re.findall(r'^check\("([^"]+)"', _code(lesson), re.MULTILINE)
    assert _keys(page, "Comprobaciones") == asked
    assert all(len(row) == 3 and all(row) for row in _rows(page, "Comprobaciones"))


def test_it_names_three_misunderstandings(page):
    text = _text(page, "Malentendidos")
    assert re.findall(r"^(\d)\. \*\*«", text, re.MULTILINE) == ["1", "2", "3"]


def test_marked_numbers_stand_in_an_output_of_the_lesson(page, lesson):
    printed = [
        number
        for cell in lesson.cells
        if cell.cell_type == "code"
        for number in printed_numbers(cell)
    ]
    marked = list(MARKED.finditer(page))
    assert marked
    for match in marked:
        assert stands_in(match[1], bool(match[2]), printed), match[0]


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_sections_that_it_names_are_headings_of_a_lesson(file):
    for number, section in re.findall(r"§+ (\d+)\.(\d+)", file.read_text(encoding="utf-8")):
        headings = _headings(_lesson(f"{int(number):02d}"))
        begins = f"{number}.{section} "
        assert any(heading.startswith(begins) for heading in headings), begins


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_local_links_lead_somewhere(file):
    for target in re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8")):
        if not re.match(r"https?:|#", target):
            assert (FOLDER / target.split("#")[0]).exists(), target


def test_the_front_page_leads_to_every_page():
    front = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"]({page.name})" in front for page in PAGES)


def test_every_free_text_has_its_rubric():
    rubrics = (FOLDER / "rubricas.md").read_text(encoding="utf-8")
    solutions = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "solutions").glob("*.ipynb"))
    )
    texts = re.findall(r"<!-- respuesta: (texto_\d\d) -->", solutions)
    assert re.findall(r"^## .*`(texto_\d\d)`", rubrics, re.MULTILINE) == texts
