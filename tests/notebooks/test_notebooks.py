"""The shape of every lesson, read from the stored notebook (nothing is run here)."""

from __future__ import annotations

import copy
import itertools
import json
import re
from pathlib import Path

import nbformat
import pytest

from tests.notebooks.printed_numbers import MARKED, printed_numbers, printed_text, stands_in
from tools import lesson_limits, notebooks
from tools.lesson_time import CORE, fold, lesson_time

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
REPOSITORY = notebooks.repository()
SECTIONS = ("Objetivos", "En la práctica", "Para llevar", "Practica", "Referencias")
TAGS = {"setup", "timing", "nbval-check-output", "raises-exception", "hide-input", "answer"}
MEASURED = re.compile(r"\*\*Tiempo medido:\*\* (\d+) s de cálculo")


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def lesson(request) -> nbformat.NotebookNode:
    notebook = nbformat.read(request.param, as_version=4)
    notebook.path = str(request.param)
    return notebook


def _code(notebook):
    return [(n, cell) for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]


def _prose(notebook):
    return [(n, cell) for n, cell in enumerate(notebook.cells) if cell.cell_type == "markdown"]


def test_there_are_lessons():
    assert [path.stem for path in LESSONS][:4] == [
        "00_empieza_aqui",
        "01_metrica_y_validacion",
        "02_busqueda_en_cuadricula",
        "03_busqueda_aleatoria",
    ]


def test_it_is_valid_and_plain(lesson):
    nbformat.validate(json.loads(Path(lesson.path).read_text(encoding="utf-8")))
    assert lesson.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in lesson.cells]
    assert len(ids) == len(set(ids))
    assert Path(lesson.path).stat().st_size < 3_000_000


def test_it_opens_with_title_badge_goals_and_minutes(lesson):
    stem = Path(lesson.path).stem
    first, second = lesson.cells[0].source, lesson.cells[1].source
    assert re.match(rf"# Lección {stem[:2]} · \w", first)
    link = f"https://colab.research.google.com/github/{REPOSITORY}/blob/main/notebooks/{stem}.ipynb"
    assert f"[![Abrir en Colab](abrir_en_colab.svg)]({link})" in first
    assert second.startswith("## Objetivos")
    assert len(re.findall(r"^- ", second, re.M)) >= 3
    assert "**Antes de empezar:**" in second
    assert MEASURED.search(second)


def test_its_class_run_keeps_to_its_limit(lesson):
    (seconds,) = MEASURED.findall(lesson.cells[1].source)
    assert 0 < int(seconds) <= lesson_limits.lesson_limit(Path(lesson.path).stem, "clase")


def test_the_core_path_is_an_hour_and_says_so(lesson):
    said = CORE.search(lesson.cells[1].source)
    if said is None:
        assert "**Tiempo de lectura:**" in lesson.cells[1].source
        return
    minutes = lesson_time(lesson).minutes
    assert int(said[1]) == minutes <= 60


def test_what_goes_deeper_is_folded_and_answers_are_hidden(lesson):
    folded = copy.deepcopy(lesson)
    fold(folded)
    assert [cell.metadata for cell in folded.cells] == [cell.metadata for cell in lesson.cells]


def test_every_prediction_is_revealed_below_in_a_hidden_output(lesson):
    asked = []
    for number, cell in _code(lesson):
        asked += re.findall(r'^guess\(\s*"([\d.]+[a-z]?)"', cell.source, re.MULTILINE)
        for key in re.findall(r'^reveal\("([^"]+)"', cell.source, re.MULTILINE):
            assert key in asked, f"cell {number} reveals {key} before it was asked"
            assert "answer" in cell.metadata.get("tags", []), f"cell {number} shows an answer"
            asked.remove(key)
    assert not asked


def test_it_has_every_section_in_order(lesson):
    headings = re.findall(r"^## (.+)$", "\n".join(c.source for _, c in _prose(lesson)), re.M)
    assert [heading for heading in headings if heading in SECTIONS] == list(SECTIONS)
    number = str(int(Path(lesson.path).stem[:2]))
    assert sum(heading.startswith(f"{number}.") for heading in headings) >= 3


def test_the_setup_cell_is_the_same_everywhere(lesson):
    first = _code(lesson)[0][1]
    assert first.source == notebooks.setup_cell("setup")
    assert first.metadata.tags == ["setup"]


def test_cells_are_short_tagged_and_explained(lesson):
    for number, cell in _code(lesson):
        lines = cell.source.splitlines()
        assert 1 <= len(lines) <= 12, f"cell {number} has {len(lines)} lines"
        assert max(map(len, lines)) <= 100, f"cell {number} has a long line"
        assert set(cell.metadata.get("tags", [])) <= TAGS, f"cell {number}: unknown tag"
    kinds = [cell.cell_type for cell in lesson.cells]
    for kind, group in itertools.groupby(kinds):
        assert kind == "markdown" or len(list(group)) <= 3, "four code cells without a word between"


def test_outputs_are_clean_and_in_order(lesson):
    counts = [cell.execution_count for _, cell in _code(lesson) if cell.source.strip()]
    assert counts == list(range(1, len(counts) + 1))
    for number, cell in _code(lesson):
        expected_error = "raises-exception" in cell.metadata.get("tags", [])
        for output in cell.outputs:
            assert output.get("name") != "stderr", f"cell {number} stores stderr"
            assert output.output_type != "error" or expected_error, f"cell {number} stores an error"
            text = json.dumps(output, ensure_ascii=False)
            assert not re.search(r"/(root|work|tmp|home|Users)/|[A-Z]:\\\\Users", text), number


def test_every_picture_has_an_alternative_text(lesson):
    for number, cell in _code(lesson):
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                alt = output.metadata.get("image/png", {}).get("alt", "")
                assert len(alt) >= 20, f"cell {number}: picture without alternative text"
                assert 'alt="' in data["text/html"]
    for number, cell in _prose(lesson):
        assert not re.search(r"!\[\s*\]\(", cell.source), f"cell {number}: image without alt text"


def test_some_outputs_are_checked_by_nbval(lesson):
    checked = [c for _, c in _code(lesson) if "nbval-check-output" in c.metadata.get("tags", [])]
    assert checked
    assert all(printed_text(cell).strip() for cell in checked)


def test_marked_numbers_in_prose_stand_in_an_output_above(lesson):
    printed: list[str] = []
    for number, cell in enumerate(lesson.cells):
        if cell.cell_type == "code":
            printed += printed_numbers(cell)
            continue
        for match in MARKED.finditer(cell.source):
            assert stands_in(match[1], bool(match[2]), printed), f"cell {number}: {match[0]}"


def test_lessons_have_marked_numbers(lesson):
    assert MARKED.search("\n".join(cell.source for _, cell in _prose(lesson)))


@pytest.mark.parametrize(
    ("written", "percent", "printed", "found"),
    [
        ("0.954", False, ["0.9539"], True),
        ("0.954", False, ["0.9549"], False),
        ("95.4", True, ["0.9539"], True),
        ("3125", False, ["3,125"], True),
        ("12 501", False, ["12\u202f501"], True),
        ("−0.5", False, ["-0.5"], True),
        ("12", False, ["13"], False),
    ],
)
def test_the_number_check_itself(written, percent, printed, found):
    assert stands_in(written, percent, printed) is found


def test_local_links_lead_somewhere(lesson):
    folder = Path(lesson.path).parent
    for number, cell in _prose(lesson):
        for target in re.findall(r"\]\(([^)\s]+)\)", cell.source):
            if not re.match(r"https?:|#|attachment:", target):
                assert (folder / target.split("#")[0]).exists(), f"cell {number}: {target}"
