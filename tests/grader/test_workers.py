"""Every file is read in a process with a budget, and what breaks it costs itself alone."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course_utils import grading, messages
from course_utils.grading.__main__ import main
from course_utils.grading.reading.submissions import read_submissions
from course_utils.grading.reports import store
from course_utils.grading.reports.pages import file_names
from course_utils.grading.workers import Budget, Failed, Workers
from tests.grader.here import KNOWN
from tests.hostile.hostile_cases import ROOT, code, data, exercise, solution

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="budgets need POSIX"),
]
EXERCISES = ROOT / "exercises"
LITTLE = Budget(seconds=2, memory_mb=200, patience=300)
RIGHT = data(solution())


def _markdown(source: str) -> bytes:
    notebook = exercise()
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source})
    return data(notebook)


def _code(source: str) -> bytes:
    notebook = exercise()
    notebook["cells"].append(code(source))
    return data(notebook)


def _zip(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture(scope="module")
def workers() -> Any:
    with Workers(EXERCISES, 2, LITTLE) as own:
        yield own


COSTLY = {  # each took minutes, or stopped the batch
    "blank lines in code": _code("\n" * 399_000),
    "blank lines in prose": _markdown("\n" * 399_000),
    "spaces": _code(" " * 399_000 + "x"),
    "comments that never end": _markdown("<!--" * 99_000),
    "marks that never end": _markdown("<!-- respuesta: x" * 20_000),
    "marks and spaces": _markdown(("<!--" + " " * 100) * 3_800),
    "checks that never end": _code("check('" * 50_000),
    "checks and spaces": _code(("check(" + " " * 100) * 3_700),
    "placeholders": _markdown("*Escribe aquí tu respuesta" * 15_000),
    "one long line": _code("x" * 399_000),
    "half a character in code": _code("x = '\ud83d'"),
    "half a character in prose": _markdown("<!-- respuesta: texto_02 -->\nyo \udc00 opino"),
}


@pytest.mark.parametrize("content", COSTLY.values(), ids=COSTLY)
def test_no_pattern_takes_long_over_a_hostile_cell(
    tmp_path: Path, workers: Workers, content: bytes
) -> None:
    (tmp_path / "x.ipynb").write_bytes(content)
    (found,) = read_submissions(tmp_path, KNOWN, workers)
    assert found.exercise is not None
    for text in (*found.code, *found.facts.texts.values(), found.label):
        text.encode()


@pytest.mark.parametrize("name", ["_" * 60_000, "(copia" * 9_000, "_1" * 30_000, " " * 60_000])
def test_no_pattern_takes_long_over_a_hostile_name(
    tmp_path: Path, workers: Workers, name: str
) -> None:
    (tmp_path / "x.zip").write_bytes(_zip({f"{name}.ipynb": RIGHT, f"{name}x.ipynb": RIGHT}))
    found = read_submissions(tmp_path, KNOWN, workers)
    assert len({file.student for file in found}) == 2
    assert all(len(file.label) < 1_000 and file.exercise for file in found)


def test_a_file_over_its_budget_costs_itself_and_no_neighbour(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(RIGHT)
    (tmp_path / "b.ipynb").write_bytes(b'{"cells": [' + b"[]," * 300_000 + b"0]}")
    (tmp_path / "c.ipynb").write_bytes(RIGHT)
    with Workers(EXERCISES, 1, Budget(memory_mb=16)) as own:
        found = read_submissions(tmp_path, KNOWN, own)
    assert [file.problem for file in found] == ["", messages.GRADER_FAILED["memoria"], ""]


def test_time_and_a_death_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(b'{"cells": [' + b'{"a": [1, 2]}, ' * 3_000_000 + b"0]}")
    unit = {"parts": ["x.ipynb"], "path": str(path), "size": path.stat().st_size}
    with Workers(EXERCISES, 1, Budget(seconds=1, memory_mb=8_000)) as own:
        assert own.ask("read_units", [[unit]]) == [Failed("tiempo")]
        assert own.ask("no such work", [1]) == [Failed("error")]
        assert own.ask("read_units", [[]]) == [[]]
    with Workers(EXERCISES, 1, Budget(patience=0.0)) as own:
        assert own.ask("read_units", [[]]) in ([Failed("tiempo")], [[]])
    with Workers(EXERCISES, 1, Budget(answer_mb=0)) as own:
        assert own.ask("read_units", [[]]) == [Failed("salida")]


def test_one_students_zip_does_not_use_up_the_others(tmp_path: Path, workers: Workers) -> None:
    full = {f"a/{number}.txt": b"" for number in range(19_990)}
    (tmp_path / "a.zip").write_bytes(_zip(full | {"a/mío.ipynb": RIGHT}))
    (tmp_path / "b.zip").write_bytes(_zip({"x.ipynb": RIGHT}))
    found = read_submissions(tmp_path, KNOWN, workers)
    solved = [file.student for file in found if file.exercise]
    assert solved == ["a", "b"]
    assert len(found) < 1_100
    assert any("archivos no se miraron" in file.problem for file in found)


@pytest.mark.parametrize("name", ["mío.tar.gz", "mío.7z", "mío.rar", "mío.py", "mío.pdf", "mío"])
def test_what_is_no_notebook_is_named_for_what_it_is(
    tmp_path: Path, workers: Workers, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8b x")
    (found,) = read_submissions(tmp_path, KNOWN, workers)
    assert found.problem.endswith(".")
    assert not found.facts.is_notebook


def test_a_full_disk_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "entregas").mkdir()
    (tmp_path / "entregas" / "a.ipynb").write_bytes(b"")
    out = tmp_path / "notas"
    monkeypatch.setattr(store, "write_text", full)
    source = str(tmp_path / "entregas")
    assert main([source, "--out", str(out), "--sin-aislamiento"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == messages.GRADER_DISK.format(out=out, error="No space left on device")


def test_a_page_that_cannot_be_written_is_a_row(tmp_path: Path) -> None:
    source, out = tmp_path / "entregas", tmp_path / "notas"
    source.mkdir()
    (out / "comentarios").mkdir(parents=True)
    for name in ("a", "b"):
        (source / f"{name}.ipynb").write_bytes(b"")
    (out / "comentarios" / file_names(["a", "b"])["a"]).mkdir()
    report = grading.grade(source, out, isolated=False, stream=io.StringIO())
    rows = {(review.student, review.kind) for review in report.reviews}
    assert rows == {("a", "file"), ("a", "page"), ("b", "file")}
    assert (out / "notas.csv").exists()
