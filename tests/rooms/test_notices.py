"""No notice ever costs what it tells about, whatever the stream is."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course_utils._notices import is_terminal, say

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("everything_that_prints.py")
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="descriptors are POSIX")


# --- one line ------------------------------------------------------------------------------------


def encoded(encoding: str, errors: str = "strict") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors, newline="")


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "⚠ 11\u202f490 dígitos …\n"),
        ("cp1252", "? 11 490 dígitos ...\n"),
        ("latin-1", "? 11 490 dígitos ...\n"),
        ("ascii", "? 11 490 d?gitos ...\n"),
        ("utf-16", "⚠ 11\u202f490 dígitos …\n"),
    ],
)
def test_what_a_stream_cannot_show_becomes_a_question_mark(encoding: str, shown: str) -> None:
    stream = encoded(encoding)
    say("⚠ 11\u202f490 dígitos …", stream)
    assert stream.buffer.getvalue().decode(encoding) == shown  # type: ignore[attr-defined]


def test_half_a_character_in_a_file_name_is_no_error_either() -> None:
    stream = encoded("utf-8")
    say("/datos/\udcff.npz", stream)
    assert stream.buffer.getvalue() == b"/datos/?.npz\n"  # type: ignore[attr-defined]


def test_a_stream_without_an_encoding_gets_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    say("⚠ año", stream, end="")
    assert stream.getvalue() == "⚠ año"
    say("⚠ año")
    assert capsys.readouterr().out == "⚠ año\n"


class _Odd:
    """A stand-in for a stream, as some editors have it."""

    encoding = "no-such-encoding"

    def write(self, text: str) -> int:
        raise RuntimeError(text)


def _closed() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize("stream", [_closed(), _Odd(), object()])
def test_a_stream_that_takes_nothing_is_no_error(stream: Any) -> None:
    say("⚠", stream)


def test_no_stream_at_all_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    say("⚠")


def test_an_interrupt_is_not_swallowed() -> None:
    class Slow(io.StringIO):
        def write(self, text: str) -> int:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        say("⚠", Slow())


def test_a_stream_that_is_closed_or_missing_is_no_terminal() -> None:
    assert not is_terminal(None)
    assert not is_terminal(_closed())
    assert not is_terminal(io.StringIO())


# --- everything that prints, in a process of its own ----------------------------------------------


def results(folder: Path, **how: Any) -> dict[str, Any]:
    """Run the program; its results go to a file, since its streams are what is tried."""
    target = folder / "results.json"
    how["env"] = os.environ | {"PYTHONPATH": str(ROOT)} | how.pop("env", {})
    subprocess.run([sys.executable, PROGRAM, target], timeout=300, cwd=folder, **how)
    return json.loads(target.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("utf8")
    captured = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return results(folder, env={"PYTHONIOENCODING": "utf-8"}, **captured)


def test_all_that_prints_works_on_an_ordinary_stream(expected: dict[str, Any]) -> None:
    assert {name: answer for name, answer in expected.items() if "error" in answer} == {}


@ON_POSIX
def test_a_terminal_without_accents_costs_nothing(tmp_path: Path, expected: dict[str, Any]) -> None:
    """Only a terminal is redrawn, by searches, loops and the grader."""
    ours, theirs = os.openpty()
    target = tmp_path / "results.json"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, str(PROGRAM), str(target)]
    shown = b""
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=theirs, stderr=theirs):
        os.close(theirs)
        with contextlib.suppress(OSError):  # the end of a terminal
            while more := os.read(ours, 1024):
                shown += more
    os.close(ours)
    assert b"iteraciones" in shown
    answers = json.loads(target.read_text(encoding="utf-8"))
    assert answers == expected | {"bar_of_the_grader": {"value": [True]}}  # it is a terminal


def test_a_pipe_without_the_sign_of_a_warning_costs_nothing(
    tmp_path: Path, expected: dict[str, Any]
) -> None:
    """What Windows gives a program whose output goes into a file."""
    captured = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    assert results(tmp_path, env={"PYTHONIOENCODING": "cp1252"}, **captured) == expected


@ON_POSIX
def test_a_user_without_a_home_gets_the_same(tmp_path: Path, expected: dict[str, Any]) -> None:
    """A container under any user id has neither HOME nor an entry in passwd."""
    target = tmp_path / "results.json"
    code = (
        "import pwd, runpy, sys; sys.argv = sys.argv[1:];"
        "pwd.getpwuid = {}.__getitem__;"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    homes = ("HOME", "KERAS_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in homes}
    subprocess.run(
        [sys.executable, "-c", code, PROGRAM, target],
        timeout=300,
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert json.loads(target.read_text(encoding="utf-8")) == expected
    assert not (tmp_path / "~").exists()


@ON_POSIX
@pytest.mark.parametrize("streams", [">&- 2>&-", ">/dev/full 2>/dev/full", "| true"])
def test_a_closed_a_full_and_a_broken_stream_cost_nothing(
    tmp_path: Path, expected: dict[str, Any], streams: str
) -> None:
    target = tmp_path / "results.json"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = f'"$0" "$1" "$2" {streams}'
    subprocess.run(
        ["sh", "-c", command, sys.executable, PROGRAM, target],
        timeout=300,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert json.loads(target.read_text(encoding="utf-8")) == expected
