"""``course_utils._atomic``: the old file or the new one, never a piece of either."""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
import sys
from pathlib import Path

import pytest

from course_utils._atomic import write_bytes, write_text

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask(request: pytest.FixtureRequest):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_the_content_is_what_was_given_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a", b"\x00\r\n")
    write_text(tmp_path / "b", "dígito\n")
    write_text(tmp_path / "b", "otro\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"\x00\r\n",
        "b": b"otro\n",
    }


@ON_POSIX
@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077], indirect=True)
def test_a_file_gets_the_permissions_of_the_umask(tmp_path: Path, umask: int) -> None:
    write_bytes(tmp_path / "shared", b"")
    write_bytes(tmp_path / "private", b"", mode=0o600)
    assert permissions(tmp_path / "shared") == 0o666 & ~umask
    assert permissions(tmp_path / "private") == 0o600


@ON_POSIX
def test_a_private_file_is_private_from_its_first_byte(tmp_path: Path, monkeypatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(
        os, "fsync", lambda _: seen.extend(permissions(path) for path in tmp_path.iterdir())
    )
    write_text(tmp_path / "seed", "1", mode=0o600)
    assert seen == [0o600]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_what_fails_half_way_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch, error: BaseException, moment: str
) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        assert [path.suffix for path in tmp_path.iterdir() if path != target] == [".part"]
        raise error

    monkeypatch.setattr(os if moment == "fsync" else Path, moment, fail)
    with pytest.raises(type(error)):
        write_bytes(target, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_text_that_cannot_be_encoded_writes_nothing_unless_it_may_be_replaced(
    tmp_path: Path,
) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_text(tmp_path / "a", "\udcff")
    assert list(tmp_path.iterdir()) == []
    write_text(tmp_path / "a", "\udcff", errors="replace")
    assert (tmp_path / "a").read_bytes() == b"?"


def _write_often(path: Path, letter: bytes) -> None:
    for _ in range(50):
        write_bytes(path, letter * 10_000)


def test_two_writers_at_once_never_mix(tmp_path: Path) -> None:
    target = tmp_path / "file"
    write_bytes(target, b"a" * 10_000)
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write_often, args=(target, letter)) for letter in (b"a", b"b")]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert target.read_bytes() in (b"a" * 10_000, b"b" * 10_000)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
