"""Slides: which cells of a lesson stand on them, and in what form."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from tools.lesson_time import core_cells
from tools.slides.build import HIDE_INPUT, MOST_LINES, MOST_WORDS, deck, shortened

LESSONS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("[0-9]*.ipynb"))


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(scope="module")
def slides(lesson):
    return deck(lesson)


def kinds(slides):
    return [cell.metadata.slideshow.slide_type for cell in slides.cells]


def test_the_core_path_is_there_and_what_goes_deeper_is_not(lesson, slides):
    text = "\n".join(cell.source for cell in slides.cells if cell.cell_type == "markdown")
    core = [cell.source for cell in core_cells(lesson) if cell.cell_type == "markdown"]
    wanted = re.findall(r"^##? .+", "\n".join(core), re.M)
    assert [line for line in wanted if line not in text] == []
    assert "Para profundizar" not in re.findall(r"^## .+", text, re.M)
    assert kinds(slides)[0] == "slide"
    assert "<details" not in text


def test_code_is_whole_and_every_output_is_shown_once(lesson, slides):
    core = [cell for cell in core_cells(lesson) if cell.cell_type == "code"]
    core = [cell for cell in core if "setup" not in cell.metadata.get("tags", [])]
    sources = [cell.source for cell in core if not re.fullmatch(r"(#.*|\s)*", cell.source)]
    code = [cell for cell in slides.cells if cell.cell_type == "code"]
    with_source = [c.source for c in code if HIDE_INPUT not in c.metadata.get("tags", [])]
    assert with_source == sources
    assert shown(code) == shown(core)
    for cell in code:
        if HIDE_INPUT in cell.metadata.get("tags", []) and len(cell.outputs) == 1:
            assert len(shown([cell])) <= MOST_LINES


def shown(cells):
    """Lines that were printed, and what else was put out, in order: slides may part a table."""
    outputs = [output for cell in cells for output in cell.outputs]
    kept = [o.text.splitlines() if o.output_type == "stream" else [o] for o in outputs]
    return [part for parts in kept for part in parts]


def test_the_answer_to_a_prediction_stands_on_the_next_slide(lesson, slides):
    answers = {c.source for c in lesson.cells if "answer" in c.metadata.get("tags", [])}
    for cell in slides.cells:
        if cell.source in answers and HIDE_INPUT not in cell.metadata.get("tags", []):
            assert not cell.outputs


def test_a_long_text_is_short_on_the_slide_and_whole_in_the_notes(slides):
    cells = slides.cells
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        kind = cell.metadata.slideshow.slide_type
        if cell.cell_type == "markdown" and kind != "notes":
            whole = following is None or following.metadata.slideshow.slide_type != "notes"
            assert (shortened(cell.source) == cell.source) or not whole
            assert not whole or len(cell.source.split()) <= 4 * MOST_WORDS


def test_a_heading_inside_a_text_begins_a_slide_of_its_own(slides):
    for cell in slides.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\n\n##+ ", cell.source)


def test_no_link_of_a_slide_leads_nowhere(slides):
    for cell in slides.cells:
        if cell.cell_type == "markdown":
            for link in re.findall(r"\]\(([^)\s]+)\)", cell.source):
                assert re.match(r"https?:|#|\d\d_\w+\.html$", link), link


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Corto.", "Corto."),
        ("Una frase. " + "Otra más larga que sigue. " * 20, "Una frase."),
        ("**El error.** «Por si acaso». " + "Sobra. " * 60, "**El error.** «Por si acaso»."),
        ("- " + "punto " * 60, "- " + "punto " * 60),
        ("Acierta 0.95 de 1. " + "Sobra. " * 60, "Acierta 0.95 de 1."),
    ],
)
def test_a_paragraph_begins_and_a_list_stays(text, shown):
    assert shortened(text) == shown
