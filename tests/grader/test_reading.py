"""The grader reads what strangers send: folders, zips, notebooks, names; nothing is run here."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from course_utils import checks
from course_utils.grading import judging
from course_utils.grading.reading import submissions
from course_utils.grading.reading.exercises import load_exercises, recognise
from course_utils.grading.reading.notebooks import Cell, Unreadable, read_cells
from course_utils.grading.reading.suspicion import suspicious
from course_utils.grading.reports import feedback
from course_utils.grading.reports.marks import Answer, Entry, Record, assemble
from course_utils.grading.reports.store import GraderError, Store, write_csv
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.pool import Progress
from tests.hostile.hostile_cases import ROOT, cases, data, exercise, solution

KNOWN = load_exercises(ROOT / "exercises")
READABLE = [
    (case.name, name, content)
    for case in cases()
    for name, content in case.files.items()
    if name.endswith((".ipynb", ".txt")) and all(p is not None for p in case.points.values())
]
UNREADABLE = [
    (case.name, content)
    for case in cases()
    for name, content in case.files.items()
    if name.endswith(".ipynb") and case.review == "archivo" and None in case.points.values()
]


@pytest.mark.parametrize(("name", "file", "content"), READABLE, ids=[r[0] for r in READABLE])
def test_every_odd_notebook_is_read_and_recognised(name, file, content):
    cells, _ = read_cells(content)
    found = recognise(cells, KNOWN)
    assert found is not None
    assert found.lesson == "02"


@pytest.mark.parametrize(("name", "content"), UNREADABLE, ids=[u[0] for u in UNREADABLE])
def test_every_damaged_file_is_refused_with_a_sentence(name, content):
    with pytest.raises(Unreadable, match=r"\.$"):
        read_cells(content)


def test_every_exercise_is_recognised_without_metadata_and_without_its_checks():
    for path in sorted((ROOT / "exercises").glob("*.ipynb")):
        cells, _ = read_cells(path.read_bytes())
        kept = [cell for cell in cells if "check(" not in cell.source]
        found = recognise(kept, KNOWN)
        assert found is not None
        assert found.stem == path.stem


def test_a_lesson_and_a_stranger_are_no_exercise():
    lesson = (ROOT / "notebooks" / "00_empieza_aqui.ipynb").read_bytes()
    assert recognise(read_cells(lesson)[0], KNOWN) is None
    assert recognise([Cell("code", "print('hola')")], KNOWN) is None


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["entrega_01.ipynb", "alumna 7 (copia).ipynb"], ["entrega_01", "alumna 7"]),
        (["entrega_01/a.ipynb", "entrega_02/b.ipynb"], ["entrega_01", "entrega_02"]),
        (["todo/entrega_01/a.ipynb", "todo/entrega_02/b.ipynb"], ["entrega_01", "entrega_02"]),
        (["todo/entrega_01.ipynb", "todo/entrega_02.ipynb"], ["entrega_01", "entrega_02"]),
        (["e_1/02/a.ipynb", "e_2/02/b.ipynb"], ["e_1", "e_2"]),
        (["02/e_1/a.ipynb", "03_x/e_1/b.ipynb"], ["e_1", "e_1"]),
        (["e_1_02_busqueda_en_cuadricula.ipynb", "e_1.ipynb"], ["e_1", "e_1"]),
        (["alumna 7_4417_assignsubmission_file_/x.ipynb", "b/x.ipynb"], ["alumna 7_4417", "b"]),
        (["alumna7_LATE_44_812_x.ipynb", "b.ipynb"], ["alumna7_44", "b"]),
        (["x-Copy1.ipynb", "x (1).ipynb", "x - copia.ipynb"], ["x", "x", "x"]),
    ],
)
def test_students_are_read_off_the_paths(paths, names):
    stems = [known.stem for known in KNOWN]
    files = [(tuple(path.split("/")), "02") for path in paths]
    assert submissions.students(files, stems) == names


def test_one_student_with_several_exercises_stays_one():
    files = [(("e_1", "uno.ipynb"), "02"), (("e_1", "dos.ipynb"), "03")]
    assert submissions.students(files, []) == ["e_1", "e_1"]


def _zip(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def test_a_zip_is_a_folder_and_so_is_a_zip_inside(tmp_path):
    inner = io.BytesIO()
    _zip(inner, {"x.ipynb": data(solution())})
    _zip(tmp_path / "entregas.zip", {"e_1.zip": inner.getvalue(), "e_2/y.ipynb": b"{}"})
    for source in (tmp_path, tmp_path / "entregas.zip"):
        found = list(submissions.find_files(source))
        assert [file.label for file in found] == ["e_1/x.ipynb", "e_2/y.ipynb"]
        assert not any(file.problem for file in found)


@pytest.mark.parametrize("name", ["../x.ipynb", "/etc/x.ipynb", "a/../../x.ipynb", "C:\\x.ipynb"])
def test_a_zip_never_leaves_its_folder(tmp_path, name):
    _zip(tmp_path / "e.zip", {name: data(solution())})
    found = list(submissions.find_files(tmp_path / "e.zip"))
    assert [bool(file.problem) for file in found] == [True]
    assert ".." not in found[0].parts


def test_bombs_links_and_noise(tmp_path):
    _zip(tmp_path / "bomba.zip", {"x.ipynb": b'{"cells": [' + b" " * 90_000_000})
    (tmp_path / "enlace.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "carpeta").symlink_to("/etc")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "x.ipynb").write_text("{}")
    (tmp_path / "trabajo.pdf").write_bytes(b"%PDF")
    found = {file.label: file for file in submissions.find_files(tmp_path)}
    assert set(found) == {"bomba/x.ipynb", "enlace.ipynb", "carpeta", "trabajo.pdf"}
    assert all(file.problem and not file.data for file in found.values())


def test_free_texts_are_found_with_and_without_their_mark():
    notebook = solution()
    known = next(e for e in KNOWN if e.lesson == "02")
    cells, _ = read_cells(data(notebook))
    assert "¿Cuántos de esos 14 080" in known.free_texts(cells)["texto_02"]
    blank, _ = read_cells(data(exercise()))
    assert known.free_texts(blank) == {"texto_02": ""}
    loose = [*blank, Cell("markdown", "Yo preguntaría por los datos.")]
    assert known.free_texts(loose) == {"texto_02": "Yo preguntaría por los datos."}


def test_suspicions_name_cell_and_line_and_leave_honest_code_alone():
    known = next(e for e in KNOWN if e.lesson == "02")
    honest, _ = read_cells(data(solution()))
    assert list(suspicious(honest, known.lines)) == []
    odd = [Cell("code", "x = 1\nimport os; os._exit(0)"), Cell("code", "!cat /etc/passwd")]
    found = list(suspicious(odd, known.lines))
    assert any("1" in text and "os._exit" in text for text in found)
    assert any("órdenes del sistema" in text for text in found)


# --- what a kernel sends -------------------------------------------------------------------------
GOOD = {"question": "n_combos", "status": "ok", "data": {"counts": [1]}, "traceback": ""}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "[]",
        json.dumps(GOOD | {"points": 3}),
        json.dumps({k: v for k, v in GOOD.items() if k != "data"}),
        json.dumps(GOOD | {"data": [1]}),
        json.dumps(GOOD).replace("[1]", "[NaN]"),
        json.dumps(GOOD).replace("[1]", "[Infinity]"),
        json.dumps(GOOD).replace('"status"', '"question": "x", "status"'),
        "[" * 100_000,
        json.dumps(GOOD) + " " * 600_000,
    ],
)
def test_only_an_observation_is_an_observation(text):
    assert judging.parse(text) is None
    question = next(q for q in checks.questions("02") if q.name == "n_combos")
    verdict = judging.verdict(question, text or "x", "ok", 3, Limits())
    assert (verdict.state, verdict.points) == ("no_verificable", 0)


def test_an_observation_is_read_and_judged():
    assert judging.parse(json.dumps(GOOD)) == GOOD
    question = next(q for q in checks.questions("02") if q.name == "n_combos")
    verdict = judging.verdict(question, json.dumps(GOOD), "ok", 3, Limits())
    assert verdict.state in ("incorrecto", "no_verificable")


def test_feedback_never_quotes_the_secret_inputs():
    question = next(q for q in checks.questions("02") if q.name == "n_combos")
    for key, template in question.messages.items():
        secret = checks.Verdict("incorrecto", "oculto 4711", key, 0.0, question.points)
        said = judging.feedback_verdict(question, secret, "", "error", Limits())
        assert "4711" not in said
        assert "{" not in said.replace("{{", "")
        assert said.split("…")[0] == template.split("{")[0]


# --- reports -------------------------------------------------------------------------------------
def _entry(student, label, points=2.0, message="bien"):
    cells, _ = read_cells(data(solution()))
    known = next(e for e in KNOWN if e.lesson == "02")
    verdicts = {
        q.name: {"state": "correcto", "message": message, "misconception": "", "points": points}
        for q in known.checked
    }
    runs = [{"status": "error", "error": message, "seconds": 0.1, "output": 0}]
    result = {"verdicts": verdicts, "cells": runs}
    return Entry(label, student, "", "python", cells, known, f"{label}{points}", result)


def test_the_order_of_files_changes_nothing_and_the_better_version_counts():
    entries = [_entry("a", "a/1.ipynb", 0.5), _entry("a", "a/2.ipynb", 2.0), _entry("b", "b.ipynb")]
    known = [next(e for e in KNOWN if e.lesson == "02")]
    records, reviews = assemble(entries, known)
    again, reviews_again = assemble(entries[::-1], known)
    assert [r.points for r in records] == [r.points for r in again] == [6.0, 6.0]
    assert reviews == reviews_again
    assert {review.kind for review in reviews} == {"several", "text", "copy"}


def test_nobody_runs_script_in_a_page_and_names_stay_apart():
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    entry = _entry(evil, f"{evil}.ipynb", message=f"{evil} `{evil}`")
    known = [next(e for e in KNOWN if e.lesson == "02")]
    records, _ = assemble([entry], known)
    page = feedback.page(records[0], known)
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page
    names = [feedback.file_name(name) for name in ("a", "á", "A/..", "../a", "", evil)]
    assert len(set(names)) == len(names)
    assert not any("/" in name or name.startswith(".") for name in names)


def test_a_missing_a_broken_and_a_wrong_answer_are_three_things():
    known = [next(e for e in KNOWN if e.lesson == "02")]
    broken = Entry("b.ipynb", "b", "El archivo está vacío.")
    other = Entry("c.ipynb", "c", "No se reconoce.", cells=[Cell("code", "1")])
    records, reviews = assemble([broken, other], known)
    states = [record.answers["n_combos"] for record in records]
    assert states == [Answer("archivo_ilegible"), Answer("sin_entregar")]
    assert [review.kind for review in reviews] == ["file", "unknown"]
    assert isinstance(records[0], Record)


def test_a_table_is_no_program(tmp_path):
    write_csv(tmp_path / "x.csv", ("a",), [("=1+1",), ("@x",), ("-3",), (-3.5,), ("ñ",), (None,)])
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row[0] for row in list(csv.reader(stream))[1:]]
    assert rows == ["'=1+1", "'@x", "'-3", "-3.5", "ñ", ""]


def test_the_folder_keeps_its_seed_and_survives_damage(tmp_path):
    first = Store(tmp_path, None)
    assert Store(tmp_path, None).seed == first.seed
    with pytest.raises(GraderError, match="otra semilla"):
        Store(tmp_path, first.seed + 1)
    key = first.key("02", ["a", "b"], [1])
    assert key != first.key("02", ["ab"], [1])
    assert first.load(key) is None
    first.save(key, {"x": 1})
    assert first.load(key)["x"] == 1
    (tmp_path / "resultados" / f"{key}.json").write_text('{"x": ')
    assert first.load(key) is None
    (tmp_path / "estado.json").write_text("no")
    with pytest.raises(GraderError, match="dañado"):
        Store(tmp_path, None)


def test_two_graders_do_not_share_a_folder(tmp_path):
    first, second = Store(tmp_path, 1), Store(tmp_path, 1)
    with first.lock(), pytest.raises(GraderError, match="Otra corrección"), second.lock():
        pass
    with second.lock():
        pass


def test_progress_says_what_is_left():
    times = iter([0.0, 20.0, 40.0])
    stream = io.StringIO()
    progress = Progress(2, stream, lambda: next(times))
    progress.step()
    progress.step()
    first, last = stream.getvalue().splitlines()
    assert "1 de 2" in first
    assert "3.0 por minuto" in first
    assert "quedan unos 20 s" in first
    assert "2 de 2" in last
