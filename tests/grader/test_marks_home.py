"""Marks go home: a person's points are read back, pages become final, platforms get their names."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from course_utils import messages
from course_utils._judges import all_questions
from course_utils.grading.errors import GraderError
from course_utils.grading.paths import LESSONS, SOLUTIONS
from course_utils.grading.reading.exercises import recognise
from course_utils.grading.reading.notebooks import read_notebook
from course_utils.grading.reading.platforms import Person
from course_utils.grading.reading.readings import Facts
from course_utils.grading.reports.figures import mark_bins
from course_utils.grading.reports.given import Given, keep_old, read_given
from course_utils.grading.reports.marks import Record, assemble
from course_utils.grading.reports.models import load_models
from course_utils.grading.reports.predictions import predictions
from course_utils.grading.reports.returns import check_sheet, write_returns
from course_utils.grading.reports.reviews import Review
from course_utils.grading.reports.sheets import STYLES
from course_utils.grading.reports.summary import _without_accents, mistake_name
from course_utils.grading.reports.tables import write_reports
from course_utils.grading.submission import Submission
from tests.grader.class_of import KNOWN_02, drawn_class, guess, handed_in, lesson
from tests.grader.here import KNOWN, Here, facts

ANA = Person("Ana Ruiz", "moodle", "12", "Ana Ruiz_12_assignsubmission_file_")
LUIS = Person("Luis", "moodle", "13", "Luis_13_assignsubmission_file_")


def _written(out: Path, files: Any, excel: str = "", sheet: Path | None = None) -> list[Record]:
    """What ``make grade`` does after the runs, with what stands in the table of the last time."""
    out.mkdir(exist_ok=True)
    given = read_given(out / "revisar.csv")
    records, reviews = assemble(files, KNOWN_02, given, load_models(SOLUTIONS, KNOWN_02))
    keep_old(out / "revisar.csv", given, reviews)
    write_reports(out, records, reviews, KNOWN_02, Here(), STYLES[excel], sheet)
    return records


def _table(path: Path, separator: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=separator))


def _fill(path: Path, cells: dict[str, str], encoding: str, separator: str) -> None:
    """Write into the row of Ana's free text, and save as a spreadsheet does."""
    rows = _table(path, separator)
    row = next(r for r in rows if r["motivo"] == "texto libre" and r["alumno"] == ANA.name)
    row |= cells
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))


@pytest.mark.parametrize(
    ("excel", "encoding", "points"), [("", "utf-8", "1.5"), ("es", "cp1252", "1,5")]
)
def test_points_written_into_the_table_are_read_back_and_make_the_mark_final(
    tmp_path: Path, excel: str, encoding: str, points: str
) -> None:
    files = [handed_in(ANA), handed_in(LUIS)]
    separator = STYLES[excel].separator
    first = _written(tmp_path, files, excel)
    assert [(record.points, record.is_final) for record in first] == [(8.0, False), (8.0, False)]
    filled = {"puntos": points, "comentario": "Bien; ¿y el coste?"}
    _fill(tmp_path / "revisar.csv", filled, encoding, separator)
    for _ in range(2):  # and the third time as well
        records = _written(tmp_path, files, excel)
        assert [(r.points, r.is_final) for r in records] == [(9.5, True), (8.0, False)]
    marks = _table(tmp_path / "notas.csv", separator)
    assert [row["nota"] for row in marks] == ["final", "provisional"]
    assert marks[0]["texto_02"] == points
    page = next((tmp_path / "comentarios").glob("Ana*.html")).read_text()
    assert "9.5 de 10 puntos" in page
    assert "nota final" in page
    assert "Bien; ¿y el coste?" in page
    assert "provisional" in next((tmp_path / "comentarios").glob("Luis*.html")).read_text()
    assert not (tmp_path / messages.GRADER_OLD_REVIEW).exists()


@pytest.mark.parametrize("written", ["2.5", "-1", "bien", "1e400"])
def test_points_that_no_question_gives_stop_before_anything_is_written(
    tmp_path: Path, written: str
) -> None:
    _written(tmp_path, [handed_in(ANA)])
    _fill(tmp_path / "revisar.csv", {"puntos": written}, "utf-8", ",")
    before = (tmp_path / "revisar.csv").read_bytes()
    with pytest.raises(GraderError, match="no es un número entre 0 y 2"):
        _written(tmp_path, [handed_in(ANA)])
    assert (tmp_path / "revisar.csv").read_bytes() == before


def test_what_was_written_about_another_answer_is_kept_aside(tmp_path: Path) -> None:
    _written(tmp_path, [handed_in(ANA)])
    _fill(tmp_path / "revisar.csv", {"puntos": "2"}, "utf-8", ",")
    (record,) = _written(tmp_path, [handed_in(ANA, text="Otra respuesta, más larga.")])
    assert not record.is_final
    kept = _table(tmp_path / messages.GRADER_OLD_REVIEW)
    assert [row["puntos"] for row in kept if row["puntos"]] == ["2"]


def test_a_person_may_decide_what_no_program_could(tmp_path: Path) -> None:
    file = handed_in(ANA)
    damaged = {"state": "no_verificable", "message": messages.GRADER_DAMAGED, "points": 0.0}
    file.result["verdicts"]["is_inert"] |= damaged
    row = next(r for r in assemble([file], KNOWN_02)[1] if r.kind == "damaged")
    assert row.possible == 3
    (record,), reviews = assemble([file], KNOWN_02, {row.key: Given(3.0, "Mirado a mano.")})
    assert record.answers["is_inert"].points == 3
    assert record.answers["is_inert"].message == "Mirado a mano."
    assert next(r for r in reviews if r.kind == "damaged").points == 3


def test_a_published_answer_handed_in_as_it_is_is_seen() -> None:
    models = load_models(SOLUTIONS, KNOWN)
    solved = read_notebook((SOLUTIONS / f"{KNOWN_02[0].stem}.ipynb").read_bytes()).cells
    text = KNOWN_02[0].free_texts(solved)["texto_02"]
    for shown in (text, f"Hola.\n{text.upper()}\nFin.", text.replace(" ", "\n")):
        reviews = assemble([handed_in(ANA, text=shown)], KNOWN_02, {}, models)[1]
        assert [r.question for r in reviews if r.kind == "model"] == ["texto_02"]
    assert not [r for r in assemble([handed_in(ANA)], KNOWN_02, {}, models)[1] if r.kind == "model"]
    copied = handed_in(ANA)
    copied.facts = replace(copied.facts, fingerprint=KNOWN_02[0].fingerprint(solved))
    assert "model" in {r.kind for r in assemble([copied], KNOWN_02, {}, models)[1]}


# --- the class ---
def test_a_class_is_shown_with_its_marks_its_mistakes_and_its_predictions(tmp_path: Path) -> None:
    records = _written(tmp_path, drawn_class(30))
    page = (tmp_path / "resumen.html").read_text()
    assert "La mitad del grupo" not in page  # stands in the picture
    assert "Histograma de los puntos" in page
    assert "¿Qué área cambiará más al haber menos fraudes?" in page
    assert page.index("1.3 ") < page.index("1.6 ")
    assert "30 predicciones" in page
    assert "1.8" not in page  # nobody made it
    assert "Notas provisionales de" in page
    assert [record.student for record in records[:3]] == [
        "Álvaro Ñíguez",
        "Ana Ruiz",
        "Estudiante 10",
    ]


def test_the_name_of_a_mistake_has_the_accents_that_the_messages_write() -> None:
    asked = all_questions().values()
    written = " ".join(text.lower() for q in asked for text in q.messages.values())
    words = set(re.findall(r"[^\W\d_]+", written))
    for key in {key for q in asked for key in q.messages}:
        for word, shown in zip(key.split("_"), mistake_name(key).split(), strict=True):
            known = {one for one in words if _without_accents(one) == word}
            assert not known or shown in known, (key, shown, known)
    assert mistake_name("archivo_no_esta") == "archivo no está"
    assert mistake_name("clase_al_reves") == "clase al revés"


def test_a_lesson_is_no_mistake_and_its_predictions_count_once_for_each_student() -> None:
    one = lesson(ANA, guess("1.6", "a", "b", "sorpresa"))
    again = lesson(ANA, guess("1.6", "b", "b", "acierto"))
    records, reviews = assemble([handed_in(ANA), one, again], KNOWN_02)
    assert {review.kind for review in reviews} == {"text"}
    (found,) = predictions(records, LESSONS)
    assert found.answers == {"b": 1}
    assert found.rows == [("b", 1)]


def test_stored_predictions_are_read_and_forged_ones_are_not() -> None:
    mime = "application/vnd.course.guess+json"
    good = guess("1.6", "la de la PR", "la de la PR", "acierto")
    bad: list[Any] = [
        good | {"key": "<script>"},
        good | {"outcome": "x"},
        good | {"answer": {"a": 1}},
        good | {"truth": float("inf")},
        good | {"answer": True},
        [],
        7,
        {},
    ]
    outputs = [{"output_type": "display_data", "data": {mime: value}} for value in (*bad, good)]
    cell = {"cell_type": "code", "source": "reveal()", "outputs": [*outputs, {"data": 3}, None]}
    found = facts(json.dumps({"cells": [cell]}).encode())
    assert found.guesses == [good]
    assert found.problem == ""


@pytest.mark.parametrize("path", sorted(LESSONS.glob("[0-9]*.ipynb")), ids=lambda path: path.stem)
def test_no_lesson_is_taken_for_an_exercise(path: Path) -> None:
    assert recognise(read_notebook(path.read_bytes()).cells, KNOWN) is None


def test_marks_are_parted_into_ten_bins() -> None:
    bins = mark_bins([0.0, 0.99, 1.0, 9.99, 10.0, 0.3 + 0.7], 10.0)
    assert [count for _, _, count in bins] == [2, 2, 0, 0, 0, 0, 0, 0, 0, 2]
    assert mark_bins([0.0], 0.0)[0][2] == 1


# --- platforms ---
def test_moodle_finds_every_student_in_the_names_of_the_feedback(tmp_path: Path) -> None:
    records = _written(tmp_path, [handed_in(ANA), handed_in(LUIS)])
    with zipfile.ZipFile(tmp_path / "plataforma" / "moodle_comentarios.zip") as archive:
        names = archive.namelist()
        assert "nota provisional" in archive.read(names[0]).decode()
    for name, record in zip(names, records, strict=True):
        parts = name.split("/")[0].split("_", 4)  # as Moodle parts it
        assert parts[1:4] == [record.person.number, "assignsubmission", "file"]
        assert name.endswith("/comentarios.html")


def test_what_could_not_be_read_is_no_zero(tmp_path: Path) -> None:
    broken = Submission(Facts(["x.ipynb"], messages.GRADER_BAD_JSON), LUIS)
    records = _written(tmp_path, [handed_in(ANA), broken])
    assert [record.is_final for record in records] == [False, False]
    page = next((tmp_path / "comentarios").glob("Luis*.html")).read_text()
    assert messages.FEEDBACK_NO_MARK in page
    assert "0 de 10" not in page
    assert "vuelve a entregarlo" in page
    plain = _table(tmp_path / "plataforma" / "notas_sencillas.csv")
    assert [row["puntos"] for row in plain] == ["8", ""]


@pytest.mark.parametrize(
    ("head", "most", "mark"),
    [
        ("Identifier,Full name,Status,Grade,Maximum Grade,Grade can be changed", "20.00", "16.00"),
        ("Identificador,Nombre,Estado,Calificación,Calificación máxima,Otra", '"10,00"', '"8,00"'),
    ],
)
def test_the_worksheet_of_moodle_is_filled_in_its_own_numbers(
    tmp_path: Path, head: str, most: str, mark: str
) -> None:
    sheet = tmp_path / "hoja.csv"
    rows = [f"Participante 12,Ana,x,,{most},Sí", f"Participante 99,Eva,x,,{most},Sí"]
    sheet.write_text("\ufeff" + "\n".join([head, *rows]) + "\n", encoding="utf-8")
    _written(tmp_path / "notas", [handed_in(ANA)], sheet=sheet)
    filled = (tmp_path / "notas" / "plataforma" / "moodle_calificaciones.csv").read_text()
    assert filled.splitlines() == [head, f"Participante 12,Ana,x,{mark},{most},Sí", rows[1]]


def test_a_worksheet_that_is_none_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    for name, said in (("x.csv", "no parece la hoja"), ("y.csv", "No se puede leer")):
        with pytest.raises(GraderError, match=said):
            check_sheet(tmp_path / name)


def test_canvas_and_nbgrader_get_the_columns_that_they_read(tmp_path: Path) -> None:
    canvas = handed_in(Person("ruizana", "canvas", "1244"))
    other = handed_in(Person("luis", "nbgrader"), {"n_combos": 2.0})
    records = assemble([canvas, other], KNOWN_02)[0]
    write_returns(tmp_path, records, KNOWN_02, {}, None)
    folder = tmp_path / "plataforma"
    head, most, row = csv.reader((folder / "canvas.csv").read_text().splitlines())
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert (most[0].strip(), most[5]) == ("Points Possible", "10")
    assert row == ["ruizana", "1244", "", "", "", "8"]
    rows = list(csv.DictReader((folder / "nbgrader.csv").read_text().splitlines()))
    scores = {row["student_id"]: (row["score"], row["max_score"]) for row in rows}
    assert scores == {"luis": ("2", "10"), "ruizana": ("8", "10")}
    plain = _table(folder / "notas_sencillas.csv")
    assert plain == [
        {"alumno": "luis", "puntos": "2", "sobre": "10"},
        {"alumno": "ruizana", "puntos": "8", "sobre": "10"},
    ]
    assert not (folder / "moodle_comentarios.zip").exists()


def test_what_somebody_else_put_beside_the_tables_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "plataforma").mkdir()
    (tmp_path / "plataforma" / "hoja.csv").write_text("mía")
    write_returns(tmp_path, [], KNOWN_02, {}, None)
    assert (tmp_path / "plataforma" / "hoja.csv").read_text() == "mía"


def test_a_row_keeps_its_key_as_long_as_it_is_about_the_same_answer() -> None:
    row = Review("ana", "x.ipynb", "text", "texto_02", 2.0, "hola")
    assert replace(row, label="y.ipynb", points=1.0, comment="bien").key == row.key
    assert replace(row, detail="hola.").key != row.key
    assert row.key.startswith("r")
