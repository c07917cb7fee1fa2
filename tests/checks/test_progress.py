"""How far a student is: noted by checks, shown on a page, never a mark."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course_utils import _notes, check, messages, progress_page
from course_utils._judges import all_questions
from course_utils.checks import Verdict
from course_utils.checks.progress import _Page, note_progress, tallies
from course_utils.grading.walls.package import INSIDE

RIGHT, WRONG = "correcto", "incorrecto"


@pytest.fixture
def notes(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "notes.json"
    monkeypatch.setenv("COURSE_NOTES", str(path))
    return path


def note(name: str, state: str, points: float = 0.0) -> str:
    question = all_questions()[name]
    points = question.points if state == RIGHT else points
    return note_progress(question, Verdict(state, "", None, points, question.points))


def page(lesson: str):
    return next(tally for tally in tallies() if tally.lesson == lesson)


def test_a_check_says_how_far_the_exercise_is(notes, capsys):
    globals()["n_combos"] = lambda space, cv: cv * len([*space])  # wrong: it adds
    check("n_combos")
    assert "Ejercicio 02: llevas 0 de 3 preguntas · 0 de 8 puntos" in capsys.readouterr().out
    assert note("n_combos", RIGHT) == (
        "Ejercicio 02: llevas 1 de 3 preguntas · 2 de 8 puntos "
        "(y 2 más, del texto libre, que lee una persona)"
    )
    assert note("is_inert", RIGHT).startswith(
        "Ejercicio 02: llevas 2 de 3 preguntas · 5 de 8 puntos"
    )
    assert page("02").left == (all_questions()["n_distinct"].title,)


def test_the_best_answer_counts_and_what_says_nothing_is_not_noted(notes):
    note("n_combos", "sin_intentar")
    note("n_combos", "no_verificable")
    assert not notes.exists()
    note("n_combos", WRONG, points=0.5)
    assert (page("02").points, page("02").solved) == (0.5, 0)
    note("n_combos", RIGHT)
    note("n_combos", WRONG)
    note("n_combos", "fallo")
    assert (page("02").points, page("02").solved) == (2, 1)


def test_practice_is_counted_apart_and_is_worth_no_points(notes):
    name = next(q.name for q in all_questions().values() if q.practice)
    lesson = all_questions()[name].lesson
    assert note(name, RIGHT).startswith(f"Práctica de la lección {lesson}: llevas 1 de ")
    assert (page(lesson).practice, page(lesson).points, page(lesson).solved) == (1, 0, 0)


@pytest.mark.parametrize("value", [True, "1", 7, -1, float("nan"), [1], {"a": 1}, None])
def test_a_note_that_no_check_wrote_is_worth_nothing(notes, value):
    _notes.write_note("comprobaciones", "n_combos", value)
    _notes.write_note("comprobaciones", "no_such_question", 1.0)
    assert sum(tally.points for tally in tallies()) == 0
    progress_page()
    note("n_combos", RIGHT)
    assert page("02").points == 2


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"comprobaciones": 3}', "\x00\xff"])
def test_a_damaged_file_stops_no_check_and_is_mended(notes, content, capsys):
    notes.write_text(content, encoding="latin-1")
    progress_page()
    assert messages.PROGRESS_EMPTY in capsys.readouterr().out
    assert "llevas 1 de 3" in note("n_combos", RIGHT)
    assert json.loads(notes.read_text(encoding="utf-8"))["comprobaciones"] == {"n_combos": 1.0}


def test_nothing_is_noted_without_a_file_or_under_nbgrader(notes, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert note("n_combos", RIGHT) == ""
    monkeypatch.delenv("NBGRADER_EXECUTION")
    monkeypatch.setenv("COURSE_NOTES", "")
    assert note("n_combos", RIGHT) == ""
    assert not notes.exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_NOTES", str(tmp_path / "missing" / "notes.json"))
    assert note("n_combos", RIGHT) == messages.PROGRESS_NOT_KEPT


def test_two_notebooks_at_once_lose_nothing(notes):
    code = (
        "import sys; from course_utils._notes import write_note\n"
        "for i in range(40): assert write_note('x', f'{sys.argv[1]}{i}', i)\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "ab"]
    assert [writer.wait(timeout=100) for writer in writers] == [0, 0]
    assert len(_notes.read_notes("x")) == 80
    assert [path.name for path in notes.parent.iterdir()] == ["notes.json"]


def test_a_notebook_that_was_killed_while_writing_keeps_nobody_out(notes, monkeypatch):
    monkeypatch.setattr(_notes, "_MOST_WAIT", 0.05)
    notes.with_name(".notes.json.lock").touch()
    assert _notes.write_note("x", "a", 1)
    assert [path.name for path in notes.parent.iterdir()] == ["notes.json"]


class _Table(HTMLParser):
    """Tags, scopes and cells of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scopes: list[str | None] = []
        self.styled = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        found = dict(attributes)
        self.styled = self.styled or "style" in found or "color" in found
        if tag == "th":
            self.scopes.append(found.get("scope"))


def test_the_page_is_a_named_table_in_the_colours_of_any_theme_and_also_plain_text(notes):
    note("n_combos", RIGHT)
    note("trials_needed", WRONG)
    shown = _Page(tallies())
    table = _Table(shown._repr_html_())
    assert "caption" in table.tags
    assert table.scopes == ["col"] * 5 + ["row"] * 2
    assert not table.styled  # text and background are the reader's own
    text = repr(shown)
    assert "Ejercicio: 02 · Preguntas: 1 de 3 · Puntos: 2 de 8" in text
    assert "Sin empezar: 01, 04, 05" in text
    cells = re.sub(r"<[^>]+>", " ", shown._repr_html_())
    assert all(title in cells and title in text for title in page("03").left)


def test_behind_the_walls_the_page_is_there_and_knows_nothing(monkeypatch, capsys):
    stand_in: dict = {}
    exec((INSIDE / "checks.py").read_text(encoding="utf-8"), stand_in)
    stand_in["progress_page"]()
    assert capsys.readouterr().out == ""
