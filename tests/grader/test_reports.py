"""Marks, rows for a human, pages, tables and the store of finished runs."""

from __future__ import annotations

import io
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from course_utils import messages
from course_utils.grading.errors import GraderError
from course_utils.grading.reading.platforms import Person
from course_utils.grading.reading.readings import Facts
from course_utils.grading.reports import store
from course_utils.grading.reports.marks import Record, assemble
from course_utils.grading.reports.pages import file_names, student_page, write_pages
from course_utils.grading.reports.reviews import Review
from course_utils.grading.reports.store import Store, open_store
from course_utils.grading.running import Run, _progress
from course_utils.grading.submission import Answer, Submission
from tests.grader.class_of import handed_in
from tests.grader.here import KNOWN, facts
from tests.hostile.hostile_cases import checked, data, solution

SOLVED = facts(data(solution()))
KNOWN_02 = [next(e for e in KNOWN if e.lesson == "02")]


def _submission(student: str, label: str, points: float = 2.0, message: str = "bien") -> Submission:
    known = KNOWN_02[0]
    verdicts = {
        q.name: {"state": "correcto", "message": message, "misconception": "", "points": points}
        for q in known.checked
    }
    runs = [{"status": "error", "error": message, "seconds": 0.1, "output": 0}]
    result = {"verdicts": verdicts, "cells": runs}
    found = replace(SOLVED, parts=label.split("/"))
    return Submission(found, Person(student, "flat"), known, f"{label}{points}", result)


def _page(folder: Path, record: Record) -> str:
    path = folder / "x.html"
    write_pages([{"path": str(path), "values": student_page(record, KNOWN_02)}])
    return path.read_text(encoding="utf-8")


def test_a_page_begins_with_what_did_not_run_by_the_name_of_its_question(tmp_path: Path) -> None:
    error = "SyntaxError: expected ':' (línea 3)"
    submission = _submission("a", "a.ipynb", 0.0)
    number = next(i for i, source in enumerate(submission.code) if "def n_combos" in source)
    runs = [{"status": "ok", "error": ""} for _ in submission.code]
    runs[number] = {"status": "error", "error": error}
    submission.result["cells"] = runs
    page = _page(tmp_path, assemble([submission], KNOWN_02)[0][0])
    where = f"«¿Cuántos entrenamientos?» (celda de código {number + 1}, que empieza"
    assert page.index(where) < page.index("¿Este hiperparámetro hace algo?")
    assert "nada de lo que define existe" in page


@pytest.mark.parametrize("state", ["sin_intentar", "no_verificable"])
def test_an_answer_in_a_cell_that_did_not_run_is_not_called_untouched(
    tmp_path: Path, state: str
) -> None:
    submission = _submission("a", "a.ipynb", 0.0)
    submission.result["verdicts"]["n_combos"] |= {"state": state, "message": "Sin tocar."}
    broken = {"status": "error", "error": "SyntaxError: expected ':' (línea 3)"}
    fine = {"status": "ok", "error": ""}
    runs = [broken if "def n_combos" in source else fine for source in submission.code]
    submission.result["cells"] = runs
    page = _page(tmp_path, assemble([submission], KNOWN_02)[0][0])
    assert messages.FEEDBACK_SEE_CELL in page
    assert "Sin tocar." not in page


def test_the_order_of_files_changes_nothing_and_the_better_version_counts() -> None:
    submissions = [
        _submission("a", "a/1.ipynb", 0.5),
        _submission("a", "a/2.ipynb", 2.0),
        _submission("b", "b.ipynb"),
    ]
    records, reviews = assemble(submissions, KNOWN_02)
    again, reviews_again = assemble(submissions[::-1], KNOWN_02)
    assert [r.points for r in records] == [r.points for r in again] == [6.0, 6.0]
    assert reviews == reviews_again
    assert {review.kind for review in reviews} == {"several", "text", "copy"}


def _rows(submissions: list[Submission], kind: str) -> list[Review]:
    return [review for review in assemble(submissions, KNOWN_02)[1] if review.kind == kind]


def test_a_stored_right_answer_that_loses_its_points_is_for_a_human() -> None:
    lost = _submission("a", "a.ipynb", 0.0)
    assert _rows([lost], "lost") == []
    lost.facts = facts(data(checked(solution())))
    assert {review.question for review in _rows([lost], "lost")} == {
        "n_combos",
        "is_inert",
        "n_distinct",
    }
    for points in (2.0, 3.0):  # of 2, 3 and 3
        lost.result["verdicts"]["is_inert"]["points"] = points
        assert ("is_inert" in {row.question for row in _rows([lost], "lost")}) == (points < 3)
    better = _submission("a", "b.ipynb", 3.0)
    assert _rows([lost, better], "lost") == []


@pytest.mark.parametrize(
    ("python", "error", "flagged"),
    [
        ((3, 99), "SyntaxError: invalid syntax (1.py, line 1)", True),
        ((3, 5), "SyntaxError: f-string: expecting '}' (1.py, line 1)", False),
        (sys.version_info[:2], "SyntaxError: invalid syntax (1.py, line 1)", False),
        ((3, 99), "NameError: name 'x' is not defined", False),
        (None, "SyntaxError: invalid syntax (1.py, line 1)", False),
        (None, "SyntaxError: f-string: expecting '}'", sys.version_info < (3, 12)),
    ],
)
def test_a_cell_for_a_newer_python_is_for_a_human(
    python: tuple[int, int] | None, error: str, flagged: bool
) -> None:
    submission = _submission("a", "a.ipynb", message=error)
    submission.facts = replace(SOLVED, python=list(python) if python else None)
    rows = _rows([submission], "python")
    assert bool(rows) == flagged
    assert all("Celda de código 1" in row.detail and error in row.detail for row in rows)


def test_nobody_runs_script_in_a_page(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    submission = _submission(evil, f"{evil}.ipynb", message=f"{evil} `{evil}`")
    records, _ = assemble([submission], KNOWN_02)
    page = _page(tmp_path, records[0])
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page


def test_a_cell_that_broke_is_named_by_how_it_begins(tmp_path: Path) -> None:
    submission = handed_in(Person("Ana", "flat"))
    code = ["", "# mi celda\n\nfor `<b>` in rango:\n    pass", *submission.code[2:]]
    submission.facts = replace(submission.facts, code=code)
    submission.result["cells"][1] = {"status": "tiempo", "error": ""}
    records, _ = assemble([submission], KNOWN_02)
    page = _page(tmp_path, records[0])
    assert "La celda de código 2, que empieza con <code>for &#x27;&lt;b&gt;&#x27; in rango:" in page
    assert "hasta 2 puntos" in page  # of the free text


def test_no_two_pages_share_a_name_on_any_system(monkeypatch: pytest.MonkeyPatch) -> None:
    students = ["a", "A", "á", "A/..", "../a", "", "CON", "a" * 300, "a" * 301, "\ud800"]
    names = file_names(students)
    assert list(names) == students
    assert len({name.casefold() for name in names.values()}) == len(students)
    assert all(re.fullmatch(r"[A-Za-z0-9_]+-[0-9a-f]{8}\.html", name) for name in names.values())


def test_names_whose_digests_begin_alike_get_longer_ones() -> None:
    first, second = "alumna 41845", "alumna 132400"  # found by trying: eight digits are the same
    assert len(set(file_names([first, second]).values())) == 2


def test_a_missing_a_broken_and_a_wrong_answer_are_three_things() -> None:
    broken = Submission(Facts(["b.ipynb"], "El archivo está vacío."), Person("b", "flat"))
    other = Submission(Facts(["c.ipynb"], "No se reconoce.", is_notebook=True), Person("c", "flat"))
    records, reviews = assemble([broken, other], KNOWN_02)
    states = [record.answers["n_combos"] for record in records]
    assert states == [Answer("archivo_ilegible"), Answer("sin_entregar")]
    assert [review.kind for review in reviews] == ["file", "unknown"]
    assert isinstance(records[0], Record)


def test_the_folder_keeps_its_seed_and_survives_damage(tmp_path: Path) -> None:
    first = Store(tmp_path, None)
    assert Store(tmp_path, None).seed == first.seed
    with pytest.raises(GraderError, match="otra semilla"):
        Store(tmp_path, first.seed + 1)
    key = first.key("02", ["a", "b"], [1])
    assert key != first.key("02", ["ab"], [1])
    assert first.load(key) is None
    first.save(key, {"x": 1})
    stored = first.load(key)
    assert stored is not None
    assert stored["x"] == 1
    (tmp_path / "resultados" / f"{key}.json").write_text('{"x": ')
    assert first.load(key) is None
    (tmp_path / "estado.json").write_text("no")
    with pytest.raises(GraderError, match="dañado"):
        Store(tmp_path, None)


def test_a_result_is_used_again_only_for_the_same_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "course_utils"
    for name in ("_judges/compare.py", "_judges/lesson_02.py", "messages/checks/lesson_02.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("before")
    (package / "_observers").mkdir()
    (package / "_observers" / "lesson_03.py").write_text("before")
    monkeypatch.setattr(store, "PACKAGE", package)
    before = store._spec.__wrapped__("02")
    (package / "_observers" / "lesson_03.py").write_text("another lesson")
    assert store._spec.__wrapped__("02") == before
    for path in (package / "_judges").glob("*.py"):
        path.write_text("after")
        changed = store._spec.__wrapped__("02")
        assert changed != before
        before = changed
    (package / "messages" / "checks" / "lesson_02.py").write_text("after")
    assert store._spec.__wrapped__("02") != before


def test_two_graders_do_not_share_a_folder(tmp_path: Path) -> None:
    with open_store(tmp_path, 1), pytest.raises(GraderError, match="Otra corrección"):
        open_store(tmp_path, 1).__enter__()
    with open_store(tmp_path, 1):
        pass


def test_graders_that_start_at_the_same_instant_take_one_seed(tmp_path: Path) -> None:
    def seed(_: int) -> int | None:
        try:
            with open_store(tmp_path / "notas", None) as store:
                return store.seed
        except GraderError:
            return None

    with ThreadPoolExecutor(8) as pool:
        seeds = set(pool.map(seed, range(64)))
    assert len(seeds - {None}) == 1


def test_progress_says_how_many_of_how_many_and_what_is_left() -> None:
    stream = io.StringIO()
    runs: list[Run] = [("a", {}), ("b", {})]
    assert list(_progress(iter(runs), 2, stream)) == runs
    said = stream.getvalue().split("\r")[-1]
    assert "2 de 2" in said
    assert "s/cuaderno" in said
    assert "quedan 00:00" in said
