"""The grader reads what strangers send: folders, zips, notebooks, names; nothing is run here."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course_utils.grading.reading.exercises import recognise
from course_utils.grading.reading.notebooks import Cell, Unreadable, read_notebook
from course_utils.grading.reading.suspicion import suspicious
from tests.grader.here import KNOWN, read
from tests.hostile.hostile_cases import ROOT, cases, data, exercise, solution

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
def test_every_odd_notebook_is_read_and_recognised(name: str, file: str, content: bytes) -> None:
    found = recognise(read_notebook(content).cells, KNOWN)
    assert found is not None
    assert found.lesson == "02"


@pytest.mark.parametrize(("name", "content"), UNREADABLE, ids=[u[0] for u in UNREADABLE])
def test_every_damaged_file_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read_notebook(content)


def test_every_exercise_is_recognised_without_metadata_and_without_its_checks() -> None:
    for path in sorted((ROOT / "exercises").glob("*.ipynb")):
        cells = read_notebook(path.read_bytes()).cells
        kept = [cell for cell in cells if "check(" not in cell.source]
        found = recognise(kept, KNOWN)
        assert found is not None
        assert found.stem == path.stem


def test_a_lesson_and_a_stranger_are_no_exercise() -> None:
    lesson = (ROOT / "notebooks" / "00_empieza_aqui.ipynb").read_bytes()
    assert recognise(read_notebook(lesson).cells, KNOWN) is None
    assert recognise([Cell("code", "print('hola')")], KNOWN) is None


def _zip(path: Any, entries: Any) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def test_a_zip_is_a_folder_and_so_is_a_zip_inside(tmp_path: Path) -> None:
    inner = io.BytesIO()
    _zip(inner, {"x.ipynb": data(solution())})
    _zip(tmp_path / "entregas.zip", {"e_1.zip": inner.getvalue(), "e_2/y.ipynb": b"{}"})
    for source in (tmp_path, tmp_path / "entregas.zip"):
        found = read(source)
        assert [file.label for file in found] == ["e_1/x.ipynb", "e_2/y.ipynb"]
        assert [file.facts.is_notebook for file in found] == [True, False]


@pytest.mark.parametrize("name", ["../x.ipynb", "/etc/x.ipynb", "a/../../x.ipynb", "C:\\x.ipynb"])
def test_a_zip_never_leaves_its_folder(tmp_path: Path, name: str) -> None:
    _zip(tmp_path / "e.zip", {name: data(solution())})
    found = read(tmp_path / "e.zip")
    assert [bool(file.problem) for file in found] == [True]
    assert ".." not in found[0].facts.parts


def test_bombs_links_and_noise(tmp_path: Path) -> None:
    _zip(tmp_path / "bomba.zip", {"x.ipynb": b'{"cells": [' + b" " * 90_000_000})
    (tmp_path / "enlace.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "carpeta").symlink_to("/etc")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "x.ipynb").write_text("{}")
    (tmp_path / "trabajo.pdf").write_bytes(b"%PDF")
    found = {file.label: file for file in read(tmp_path)}
    assert set(found) == {"bomba/x.ipynb", "enlace.ipynb", "carpeta", "trabajo.pdf"}
    assert all(file.problem and not file.code for file in found.values())


def test_free_texts_are_found_with_and_without_their_mark() -> None:
    notebook = solution()
    known = next(e for e in KNOWN if e.lesson == "02")
    cells = read_notebook(data(notebook)).cells
    assert "son modelos *distintos* en estos datos" in known.free_texts(cells)["texto_02"]
    blank = read_notebook(data(exercise())).cells
    assert known.free_texts(blank) == {"texto_02": ""}
    loose = [*blank, Cell("markdown", "Yo preguntaría por los datos.")]
    assert known.free_texts(loose) == {"texto_02": "Yo preguntaría por los datos."}


def test_suspicions_name_cell_and_line_and_leave_honest_code_alone() -> None:
    known = next(e for e in KNOWN if e.lesson == "02")
    honest = read_notebook(data(solution())).cells
    assert list(suspicious(honest, known.lines)) == []
    odd = [Cell("code", "x = 1\nimport os; os._exit(0)"), Cell("code", "!cat /etc/passwd")]
    found = list(suspicious(odd, known.lines))
    assert any("1" in text and "os._exit" in text for text in found)
    assert any("órdenes del sistema" in text for text in found)


@pytest.mark.parametrize(
    "line",
    [
        "error.__traceback__.tb_frame",
        "f.__closure__[0].cell_contents",
        'getattr(course_utils, "_jud" + "ges")',
        "name = 'o' 's.sys' \"tem\"",
        '"".join(["course_utils", "._obs", "ervers"])',
        'name = ("_dra"\n        "ws")',
        "keras.saving.load_model = mine",
    ],
)
def test_suspicions_see_joined_strings_frames_and_replaced_functions(line: str) -> None:
    assert list(suspicious([Cell("code", f"x = 1\n{line}")], frozenset()))


def _with_outputs(*outputs: Any) -> list[Cell]:
    notebook = solution()
    cell = next(c for c in notebook["cells"] if 'check("n_combos")' in "".join(c["source"]))
    cell["outputs"] = list(outputs)
    return read_notebook(json.dumps(notebook).encode()).cells


RIGHT = "Correcto · ¿Cuántos entrenamientos?\nSe cumple."


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "display_data", "data": {"text/plain": RIGHT}},
        {"output_type": "display_data", "data": {"text/plain": RIGHT.splitlines(keepends=True)}},
        {"output_type": "stream", "name": "stdout", "text": [RIGHT]},
        {"output_type": "display_data", "text": RIGHT},
    ],
)
def test_a_stored_right_answer_is_seen_in_every_format(output: dict[str, Any]) -> None:
    known = next(e for e in KNOWN if e.lesson == "02")
    assert known.called_right(_with_outputs(output)) == {"n_combos"}


@pytest.mark.parametrize(
    "outputs",
    [
        [{"data": {"text/plain": "Todavía no · ¿Cuántos entrenamientos?\n"}}],
        [{"data": {"text/plain": "Correcto · Otra pregunta\n"}}],
        [{"data": {"text/plain": 3}}, {"text": {"a": 1}}, {"data": []}, None, 7, {}],
    ],
)
def test_other_outputs_call_nothing_right(outputs: Any) -> None:
    known = next(e for e in KNOWN if e.lesson == "02")
    assert known.called_right(_with_outputs(*outputs)) == set()


@pytest.mark.parametrize(
    ("metadata", "python"),
    [
        ({"language_info": {"name": "python", "version": "3.12.1"}}, (3, 12)),
        ({"language_info": {"name": "python"}}, None),
        ({"language_info": {"version": 3.12}}, None),
        ({"language_info": {"version": "tres"}}, None),
        ({"language_info": []}, None),
        ([], None),
    ],
)
def test_the_python_of_a_notebook_is_read_off_its_metadata(
    metadata: Any, python: tuple[int, int] | None
) -> None:
    notebook = solution() | {"metadata": metadata}
    assert read_notebook(json.dumps(notebook).encode()).python == python
