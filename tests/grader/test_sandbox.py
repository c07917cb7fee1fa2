"""The grader runs hostile notebooks behind walls (`make hostile` runs all cases)."""

from __future__ import annotations

import io
import json
import os
import platform
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import hostile
from course_utils import grading, messages
from course_utils._draws import open_exchange
from course_utils._draws.lesson_05 import landscapes
from course_utils.grading.__main__ import main
from course_utils.grading.walls import sandbox, syscalls, watch
from course_utils.grading.walls.kernel import Kernel, KernelGone
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.package import strip_package
from tests.hostile.door_cases import door_cases
from tests.hostile.hostile_cases import ROOT, cases, data, exercise, solution, with_cell
from tests.hostile.kind_cases import kind_cases
from tests.hostile.secret_cases import secret_cases

pytestmark = pytest.mark.slow

needs_walls = pytest.mark.skipif(
    sandbox.bubblewrap() is None, reason="bubblewrap is not installed (apt install bubblewrap)"
)
_UNSHARE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x10000000):
    raise OSError(ctypes.get_errno(), "unshare")
"""
QUICK = Limits(cell_seconds=20, question_seconds=30, notebook_seconds=120)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("curso") / "c"
    strip_package(folder)
    for path in (folder, *folder.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)
    return folder


@needs_walls
def test_the_walls(course: Path) -> None:
    kernel = Kernel(course, QUICK, isolated=True, warm=False)
    canary = ROOT / "README.md"

    def fails(source: str) -> str:
        run = kernel.run(source, 20)
        assert run.status == "error", (source, run)
        return run.error

    try:
        assert kernel.run("x = 1", 20).status == "ok"
        assert "ModuleNotFoundError" in fails("import course_utils._judges")
        assert "ModuleNotFoundError" in fails("import course_utils.grading")
        assert "No such file" in fails(f"open({str(canary)!r})")
        assert "No such file" in fails("open('/etc/passwd')")
        assert "unreachable" in fails("import socket; socket.create_connection(('1.1.1.1', 80))")
        for folder in ("/", "/usr", "/dev", "/curso", sys.prefix):
            assert "Error" in fails(f"open('{folder}/x', 'w')")
        assert "too large" in fails("open('x', 'wb').write(b'x' * 400_000_000)")
        assert "MemoryError" in fails("x = bytearray(20 * 10**9)")
        assert "MemoryError" in fails("x = bytearray(3_600 << 20)")
        assert kernel.run("import os; assert os.getuid() != 0", 20).status == "ok"
        assert "PermissionError" in fails("os.setuid(0)")
        assert "PermissionError" in fails(_UNSHARE)
        alone = "assert len([p for p in os.listdir('/proc') if p.isdigit()]) < 6"
        assert kernel.run(alone, 20).status == "ok"
        assert kernel.run("import course_utils; course_utils.check('x')", 20).status == "ok"
        text, status = kernel.observe("n_combos", open_exchange("n_combos", 3).sent, str, 20)
        assert status == "ok"
        assert '"status": "missing"' in text
    finally:
        kernel.close()


_ASKS = """
def evolve(fitness, size, n_children, generations, rng):
    held = str(vars(fitness))
    assert "array" not in held and "table" not in held, held
    try:
        fitness([99, 0])
    except ValueError as error:
        assert "99" in str(error)
    return [fitness(one) for one in rng.integers(24, size=(3, 2))]
"""


@needs_walls
def test_an_objective_is_asked_through_the_walls_and_answered_outside(course: Path) -> None:
    kernel = Kernel(course, QUICK, isolated=True, warm=False)
    exchange = open_exchange("evolve", 3)
    try:
        assert kernel.run(_ASKS, 20).status == "ok"
        assert "StdinNotImplementedError" in kernel.run("input('¿?')", 20).error
        text, status = kernel.observe("evolve", exchange.sent, exchange.answer, 30)
        observation = json.loads(text)
        assert (status, observation["status"]) == ("ok", "ok"), observation
        returned = observation["data"]["returned"]
        for table, asked, got in zip(
            landscapes(3), exchange.record["calls"], returned, strict=True
        ):
            assert [table[row, column] for row, column in asked] == got
    finally:
        kernel.close()


@needs_walls
def test_a_file_is_examined_in_a_kernel_of_its_own(course: Path) -> None:
    exchange = open_exchange("build_model", 3)
    for number in range(2):
        exchange.answer(json.dumps({"file": number, "bytes": "bm8="}))
    kernel = Kernel(course, QUICK, isolated=True, warm=False)
    try:
        text, status = kernel.examine("build_model", exchange, 90)
        assert (status, json.loads(text)) == ("ok", {"not_loaded": "ValueError"})
        assert list((kernel._folder / "s").glob("tmp*")) == []
    finally:
        kernel.close()


@needs_walls
def test_time_memory_and_death_are_told_apart(course: Path) -> None:
    limits = Limits(memory_mb=600)
    kernel = Kernel(course, limits, isolated=True, warm=False)
    folder = kernel._folder
    try:
        run = kernel.run("while True:\n    pass", 1)
        assert run.status == "tiempo"
        assert kernel.run("y = 2", 10).status == "ok"
        with pytest.raises(KernelGone, match="memoria"):
            kernel.run("x = []\nwhile True:\n    x.append(bytearray(b'x') * 30_000_000)", 60)
    finally:
        kernel.close()
    assert kernel.peak_mb > 300
    assert not folder.exists()
    kernel = Kernel(course, limits, isolated=True, warm=False)
    try:
        with pytest.raises(KernelGone, match="muerto"):
            kernel.run("import os; os._exit(3)", 20)
    finally:
        kernel.close()


@needs_walls
def test_a_cell_that_ends_above_the_limit_is_charged_itself(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_PERIOD", 3_600)  # nobody looks meanwhile
    kernel = Kernel(course, Limits(memory_mb=610), isolated=True, warm=False)
    try:
        with pytest.raises(KernelGone, match="memoria"):
            kernel.run("x = bytearray(b'x') * (600 << 20)", 60)
    finally:
        kernel.close()


def _decide(program: bytes, architecture: int, number: int, flags: int = 0) -> int:
    """What a filter of system calls says: runs the few instructions that it uses."""
    lines = list(struct.iter_unpack("=HBBI", program))
    at, value = 0, 0
    while True:
        code, yes, no, k = lines[at]
        at += 1
        if code == 0x20:
            value = {0: number, 4: architecture, 16: flags}[k]
        elif code == 0x06:
            return int(k)
        else:
            hit = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            at += yes if hit else no


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_of_system_calls(monkeypatch: pytest.MonkeyPatch, machine: str) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    program = syscalls.syscall_filter()
    assert program is not None
    architecture, refused, clone = syscalls._MACHINES[machine]
    allow, deny, unknown = 0x7FFF0000, 0x50001, 0x50026
    for number in (*refused, 425, 428, 442):
        assert _decide(program, architecture, number) == deny
    for number in range(500):
        if number not in (*refused, *syscalls._EVERYWHERE, 435):
            assert _decide(program, architecture, number) == allow
    assert _decide(program, architecture, clone, 0x10000011) == deny
    assert _decide(program, architecture, 435) == unknown
    assert _decide(program, architecture, 0x40000001) == unknown
    assert _decide(program, 0x40000003, 1) == unknown
    monkeypatch.setattr(platform, "machine", lambda: "other")
    assert syscalls.syscall_filter() is None


@needs_walls
def test_a_batch_of_hostile_submissions(tmp_path: Path) -> None:
    every = (*cases(), *secret_cases(), *door_cases(), *kind_cases())
    result = hostile.run(tmp_path, {case.name for case in every if case.fast})
    assert [row for row in result["rows"] if row["as_expected"] != "yes"] == []
    assert (result["forged"], result["lost"], result["outside"]) == (0, 0, [])
    page = next((tmp_path / "notas" / "comentarios").glob("guion*.html")).read_text()
    assert "&lt;script&gt;" in page


@needs_walls
def test_a_killed_grading_goes_on(tmp_path: Path) -> None:
    source, out = tmp_path / "entregas", tmp_path / "notas"
    source.mkdir()
    for number in range(2):
        cell = f"entrega = {number}"
        (source / f"e_{number}.ipynb").write_bytes(
            with_cell(cell, solution if number else exercise)
        )
    command = [sys.executable, "-m", "course_utils.grading", str(source), "--out", str(out)]
    process = subprocess.Popen([*command, "--seed", "5", "--workers", "1"], cwd=ROOT)
    while process.poll() is None and not list(out.glob("resultados/*.json")):
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = {path.name: path.stat().st_mtime_ns for path in out.glob("resultados/*.json")}
    assert len(kept) == 1
    assert not (out / "notas.csv").exists()
    scratch = Path((out / ".temporal").read_text())
    assert scratch.is_dir()
    stream = io.StringIO()
    report = grading.grade(source, out, stream=stream)
    assert report.runs == 1
    assert "\nContinúo una corrección empezada" in stream.getvalue()
    assert {r.student: r.points for r in report.records} == {"e_0": 0.0, "e_1": 8.0}
    after = {path.name: path.stat().st_mtime_ns for path in out.glob("resultados/*.json")}
    assert kept.items() <= after.items()
    assert not scratch.exists()
    assert grading.grade(source, out, stream=stream).runs == 0


def test_without_bubblewrap_it_refuses_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: None)
    (tmp_path / "e.ipynb").write_bytes(data(solution()))
    assert main([str(tmp_path), "--out", str(tmp_path.parent / "notas")]) == 2
    said = capsys.readouterr().err.strip()
    assert said == messages.GRADER_NO_SANDBOX
    assert "\n" not in said


def test_without_submissions_it_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([""]) == 2
    assert "SUBMISSIONS=" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["source", "out"])
def test_a_home_that_nobody_has_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    unknown = "~nobody-of-this-name/x"
    source, out = (unknown, tmp_path) if option == "source" else (tmp_path, unknown)
    assert main([str(source), "--out", str(out), "--sin-aislamiento"]) == 2
    assert f"«~» en {unknown}:" in capsys.readouterr().err


def test_with_the_opt_in_it_runs_without_walls(tmp_path: Path) -> None:
    source = tmp_path / "entregas"
    source.mkdir()
    (source / "e.ipynb").write_bytes(data(solution()))
    stream = io.StringIO()
    report = grading.grade(source, tmp_path / "notas", isolated=False, limits=QUICK, stream=stream)
    assert stream.getvalue().startswith("⚠ Sin aislamiento")
    assert report.records[0].points == 8.0


@pytest.mark.parametrize(
    ("source", "out", "said"),
    [
        ("nada", "notas", "No existe"),
        ("vacia", "notas", "no hay ninguna entrega"),
        ("vacia", "vacia/notas", "dentro de la carpeta"),
    ],
)
def test_mistakes_of_the_grader_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, out: str, said: str
) -> None:
    (tmp_path / "vacia").mkdir()
    with pytest.raises(grading.GraderError, match=said):
        grading.grade(tmp_path / source, tmp_path / out, isolated=False, stream=io.StringIO())
