"""Finds the files of a folder, or zip, of submissions."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course_utils import messages
from course_utils.grading.reading.notebooks import MAX_BYTES, looks_like_notebook

__all__ = ["File", "find_files"]

_MAX_ENTRIES = 20_000
_MAX_TOTAL = 4 * 2**30
_MAX_DEPTH = 3
_MAX_RATIO = 400  # a notebook full of equal outputs compresses well; a bomb does better
_NOISE = re.compile(r"(^|/)(\.|__MACOSX|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True)
class File:
    """One file that was handed in.

    Attributes
    ----------
    parts : tuple of str
        Its path below the folder, a zip counting as a folder.
    data : bytes
        Its bytes; empty if there is a problem.
    problem : str
        Why it was not read, in Spanish; empty otherwise.
    """

    parts: tuple[str, ...]
    data: bytes
    problem: str = ""

    @property
    def label(self) -> str:
        """Path for people."""
        return "/".join(self.parts)


def find_files(source: Path) -> Iterator[File]:
    """Find everything that was handed in, one file at a time, in the order of the names.

    Links are not followed; a zip is read in memory, never unpacked to the disk.

    Parameters
    ----------
    source : Path
        A folder, a zip, or one notebook.

    Yields
    ------
    File
        Notebooks, and with a `problem` whatever else needs a human.
    """
    budget = _Budget()
    if source.is_file():
        prefix = () if source.suffix.lower() == ".zip" else (source.name,)
        yield from _file(prefix, source, budget)
        return
    paths = sorted(_walk(source))
    alone = len(paths) == 1 and paths[0].suffix.lower() == ".zip"
    for path in paths:
        parts = path.relative_to(source).parts
        yield from _file(() if alone else parts, path, budget)


class _Budget:
    """How many entries and bytes a whole run still unpacks."""

    def __init__(self) -> None:
        self.entries = _MAX_ENTRIES
        self.bytes = _MAX_TOTAL


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):  # does not follow links
        inside = Path(base).relative_to(folder)
        folders[:] = [name for name in folders if not _NOISE.search(name)]
        links = [name for name in folders if Path(base, name).is_symlink()]
        for name in (*names, *links):
            if not _NOISE.search((inside / name).as_posix()):
                yield Path(base) / name


def _file(parts: tuple[str, ...], path: Path, budget: _Budget) -> Iterator[File]:
    try:
        mode = path.lstat()
        if not stat.S_ISREG(mode.st_mode):
            yield File(parts, b"", messages.GRADER_LINK)
        elif path.suffix.lower() == ".zip":
            with path.open("rb") as stream:
                yield from _zip(parts, stream, budget, 1)
        else:
            with path.open("rb") as stream:
                yield _one(parts, stream.read(MAX_BYTES + 1))
    except OSError as error:
        yield File(parts, b"", messages.GRADER_UNREADABLE.format(error=error.strerror))


def _one(parts: tuple[str, ...], data: bytes) -> File:
    if len(data) > MAX_BYTES:
        return File(parts, b"", messages.GRADER_TOO_BIG.format(megabytes=MAX_BYTES // 2**20))
    if not looks_like_notebook(parts[-1], data[:100_000] + data[-100_000:]):
        return File(parts, b"", messages.GRADER_OTHER_FILE)
    return File(parts, data)


def _zip(
    parts: tuple[str, ...], stream: io.BufferedIOBase, budget: _Budget, depth: int
) -> Iterator[File]:
    folder = (*parts[:-1], PurePosixPath(parts[-1]).stem) if parts else ()
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            budget.entries -= len(entries)
            if budget.entries < 0:
                yield File(parts or ("zip",), b"", messages.GRADER_ZIP_BOMB)
                return
            for entry in sorted(entries, key=lambda entry: entry.filename):
                yield from _entry(folder, archive, entry, budget, depth)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        yield File(parts or ("zip",), b"", messages.GRADER_BAD_ZIP)


def _entry(
    folder: tuple[str, ...],
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    budget: _Budget,
    depth: int,
) -> Iterator[File]:
    name = entry.filename.replace("\\", "/")
    if entry.is_dir() or _NOISE.search(name.replace("../", "")):
        return
    inner = PurePosixPath(name)
    clean = tuple(part for part in inner.parts if part not in ("/", "..", "."))
    parts = (*folder, *clean) or ("?",)
    problem = _danger(entry, inner, budget, depth)
    if problem:
        yield File(parts, b"", problem)
        return
    try:
        with archive.open(entry) as stream:
            data = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        yield File(parts, b"", messages.GRADER_BAD_ZIP)
        return
    budget.bytes -= len(data)
    if inner.suffix.lower() == ".zip" and len(data) <= MAX_BYTES:
        yield from _zip(parts, io.BytesIO(data), budget, depth + 1)
    else:
        yield _one(parts, data)


def _danger(entry: zipfile.ZipInfo, inner: PurePosixPath, budget: _Budget, depth: int) -> str:
    if inner.is_absolute() or ".." in inner.parts or re.match(r"^[A-Za-z]:", entry.filename):
        return messages.GRADER_ZIP_PATH
    if stat.S_ISLNK(entry.external_attr >> 16):
        return messages.GRADER_LINK
    if entry.flag_bits & 1:
        return messages.GRADER_ZIP_LOCKED
    ratio = entry.file_size / max(entry.compress_size, 1)
    bomb = entry.file_size > 2**20 and ratio > _MAX_RATIO
    if bomb or entry.file_size > MAX_BYTES or budget.bytes <= 0:
        return messages.GRADER_ZIP_BOMB
    if inner.suffix.lower() == ".zip" and depth >= _MAX_DEPTH:
        return messages.GRADER_ZIP_BOMB
    return ""
