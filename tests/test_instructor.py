"""The instructor's pages: each can be taught from, and says of its lesson what the lesson says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from tests.checks.exercise_bank import verdict
from tests.notebooks.printed_numbers import MARKED, printed_numbers, printed_text, stands_in
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

CUTTING = (
    "Recortar es no comentar: ejecuta igual sus celdas, que las de después usan lo que definen."
)
CLOSING = ("En la práctica", "Para llevar")


def _lesson(number: str) -> nbformat.NotebookNode:
    (path,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    return nbformat.read(path, as_version=4)


def _code(notebook: nbformat.NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def _headings(notebook: nbformat.NotebookNode) -> list[str]:
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.findall(r"^#{1,3} (.+)$", prose, re.MULTILINE)


def _core_minutes(notebook: nbformat.NotebookNode) -> dict[str, int]:
    """Minutes of each part of the core path, its computing left out.

    A numbered section is called by its number; what stands before the first is the opening, and
    what is to be remembered the closing. «Practica» is for home.
    """
    parts: dict[str, list[nbformat.NotebookNode]] = {}
    part = "opening"
    for cell in core_cells(notebook):
        for heading in re.findall(r"^## (.+)$", cell.source, re.MULTILINE):
            number = re.match(r"\d+\.\d+", heading)
            part = (
                number[0]
                if number
                else {"Objetivos": "opening", "Practica": "home"}.get(
                    heading, "closing" if heading in CLOSING else part
                )
            )
        parts.setdefault(part, []).append(cell)
    parts.pop("home", None)
    times = {
        name: lesson_time(nbformat.v4.new_notebook(cells=cells)) for name, cells in parts.items()
    }
    return {name: replace(time, seconds=0).minutes for name, time in times.items()}


def _planned(page: str, minutes: int) -> dict[str, int]:
    """Minutes that a plan gives to each part of the lesson."""
    rows = _rows(page, f"Plan de {minutes} minutos")
    planned: dict[str, int] = {}
    for place, (span, sections, _) in enumerate(rows):
        begin, end = map(int, span.split("–"))
        ends = {0: ["opening"], len(rows) - 1: ["closing"]}
        for part in re.findall(r"§ (\S+)", sections) or ends.get(place, []):
            planned[part] = planned.get(part, 0) + end - begin
    return planned


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
    planned = _planned(page, minutes)
    needed = {part: max(1, n - 1) for part, n in _core_minutes(lesson).items()}
    cut_short = [part for part, n in needed.items() if planned.get(part, 0) < n]
    assert cut_short == _left_for_home(page, minutes)
    assert not cut_short or sum(needed.values()) > minutes


@pytest.mark.parametrize("minutes", [60, 90])
def test_a_plan_ends_with_what_to_take_away(page, lesson, minutes):
    last = _rows(page, f"Plan de {minutes} minutos")[-1][2]
    assert all(f"«{heading}»" in last for heading in CLOSING)
    assert ("`reveal()`" in last) == bool(re.search(r"^reveal\(\)$", _code(lesson), re.MULTILINE))


@pytest.mark.parametrize("minutes", [60, 90])
def test_a_plan_says_what_is_folded_and_an_hour_needs_none_of_it(page, lesson, minutes):
    core = _core_minutes(lesson)
    for _, sections, what in _rows(page, f"Plan de {minutes} minutos"):
        if set(re.findall(r"§ (\S+)", sections)) - set(core):
            assert minutes == 90, sections
            assert "plegad" in what, sections


def test_every_prediction_is_answered_in_the_order_of_the_lesson(page, lesson):
    asked = re.findall(r'^guess\(\s*"([^"]+)"', _code(lesson), re.MULTILINE)
    assert _keys(page, "Predicciones") == asked
    assert all(len(row) == 3 and all(row) for row in _rows(page, "Predicciones"))


def test_predictions_asked_in_the_text_are_answered_in_the_order_of_the_lesson(page, lesson):
    asked, section = [], ""
    for cell in lesson.cells:
        for found in re.finditer(r"^## (\d+\.\d+)|\*\*Predice", cell.source, re.MULTILINE):
            section = found[1] or section
            asked += [] if found[1] else [section]
    answered = re.findall(r"^- \*\*§ (\S+), «", _text(page, "Predicciones"), re.MULTILINE)
    assert answered == asked


def test_questions_to_practise_with_are_answered_too(page, lesson):
    practice = "\n".join(cell.source for cell in lesson.cells).partition("\n## Practica\n")[2]
    assert ("(Practica" in page) == ("<summary>Solución" in practice)


def test_every_practice_check_is_answered_in_the_order_of_the_lesson(page, lesson):
    asked = re.findall(r'^check\("([^"]+)"', _code(lesson), re.MULTILINE)
    assert _keys(page, "Comprobaciones") == asked
    assert all(len(row) == 3 and all(row) for row in _rows(page, "Comprobaciones"))


def test_answers_to_practice_checks_are_right_and_the_mistakes_wrong(page):
    for name, answer, mistakes in _rows(page, "Comprobaciones"):
        value = re.search(r"`([^`]+)`$|([\d.]+)$", answer.split(" (§")[0])
        given = [found[0].strip("`") for found in [value] if found]
        wrong = re.findall(r"(?:^|[.;] )(\d+(?:\.\d+)?)(?= |:)", mistakes)
        for code, right in [(code, True) for code in given] + [(code, False) for code in wrong]:
            found = verdict(name.strip("`"), f"{name.strip('`')} = {code}")
            assert (found.state == "correcto") == right, (name, code)
        assert given, name


def test_what_is_cut_is_run_all_the_same(page):
    assert _text(page, "Qué recortar").split("\n\n")[1] == CUTTING


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


def test_unmarked_decimals_stand_in_the_lesson(page, lesson):
    """Those of practice checks are answers, and judged as such."""
    text = page.replace(_text(page, "Comprobaciones"), "")
    text = re.sub(r"§+ [\d.]+|`[^`]*`", "", MARKED.sub("", text))
    shown = "\n".join(
        cell.source + (printed_text(cell) if cell.cell_type == "code" else "")
        for cell in lesson.cells
    )
    numbers = set(re.findall(r"\d+\.\d+", shown))
    assert set(re.findall(r"(?<![\w.])\d+\.\d+(?!\w)", text)) <= numbers


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
