"""Opens zips in memory, a bounded part of them, and never writes where they say."""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from course_utils import messages
from course_utils.grading.reading.files import Unit, clean_parts, is_noise, is_zip
from course_utils.grading.reading.notebooks import MAX_BYTES

__all__ = ["Content", "entry_units", "read_entry", "unpack"]

MAX_ENTRIES = 500  # that one student's zip, or folder of a zip, may hold
_MAX_NOTEBOOKS, _MAX_OTHERS = 5_000, 1_000  # of a zip on the disk, however it is parted
_MAX_TOTAL = 512 * 2**20
_MAX_DEPTH = 3
_MAX_RATIO = 400  # a notebook full of equal outputs compresses well; a bomb does better
_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    OverflowError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class Content:
    """A file's path and bytes, or why there are none, in Spanish."""

    parts: tuple[str, ...]
    data: bytes = b""
    problem: str = ""


def entry_units(path: str, parts: tuple[str, ...]) -> list[Unit]:
    """List a zip on the disk: its notebooks first, and of every folder in it a bounded number.

    Parameters
    ----------
    path : str
        The zip.
    parts : tuple of str
        Its path for people; empty if it is the folder of submissions itself.

    Returns
    -------
    list of Unit
        One with a `problem` for whatever is not read.
    """
    folder = (*parts[:-1], PurePosixPath(parts[-1]).stem) if parts else ()
    try:
        with zipfile.ZipFile(path) as archive:
            entries = list(enumerate(archive.infolist()))
    except _ERRORS:
        return [Unit(parts or ("zip",), path, problem=messages.GRADER_BAD_ZIP)]
    names = [(_inner(entry), number, entry) for number, entry in entries if _wanted(entry)]
    names.sort(key=lambda found: (_is_other(found[0]), str(found[0])))
    top = _common_folders([inner.parts for inner, _, _ in names])
    seen: Counter[tuple[str, ...]] = Counter()
    left_out: Counter[tuple[str, ...]] = Counter()
    kept = {True: 0, False: 0}
    units = []
    for inner, number, entry in names:
        owner = _clean(inner)[: top + 1] if len(inner.parts) > top + 1 else ()
        other = _is_other(inner)
        most = _MAX_OTHERS if other else _MAX_NOTEBOOKS
        if kept[other] == most or (owner and seen[owner] == MAX_ENTRIES):
            left_out[owner] += 1
            continue
        seen[owner] += 1
        kept[other] += 1
        whole = (*folder, *_clean(inner)) or ("?",)
        units.append(Unit(whole, path, number, entry.file_size, _danger(entry, inner)))
    for owner, count in left_out.items():
        problem = messages.GRADER_TOO_MANY.format(count=count)
        units.append(Unit((*folder, *owner, "…"), path, problem=problem))
    return units


def read_entry(archive: zipfile.ZipFile, unit: Unit) -> Iterator[Content]:
    """Read one entry of an open zip; if it is a zip, what is in it."""
    try:
        data = _bytes(archive, archive.infolist()[unit.entry or 0])
    except _ERRORS:
        yield Content(unit.parts, problem=messages.GRADER_BAD_ZIP)
        return
    if is_zip(unit.parts[-1]) and len(data) <= MAX_BYTES:
        yield from unpack(unit.parts, io.BytesIO(data), 2)
    else:
        yield Content(unit.parts, data)


def unpack(parts: tuple[str, ...], stream: IO[bytes], depth: int) -> Iterator[Content]:
    """Read a whole zip, notebooks first, until its budget is used up.

    Parameters
    ----------
    parts : tuple of str
        Its path for people.
    stream : file
        The zip.
    depth : int
        How many zips stand around its content.

    Yields
    ------
    Content
        One file at a time, and one more for all that was left out.
    """
    folder = (*parts[:-1], PurePosixPath(parts[-1]).stem)
    left = _MAX_TOTAL
    try:
        with zipfile.ZipFile(stream) as archive:
            found = [(_inner(entry), entry) for entry in archive.infolist() if _wanted(entry)]
            found.sort(key=lambda pair: (_is_other(pair[0]), str(pair[0])))
            for number, (inner, entry) in enumerate(found):
                if number >= MAX_ENTRIES or left <= 0:
                    problem = messages.GRADER_TOO_MANY.format(count=len(found) - number)
                    yield Content((*folder, "…"), problem=problem)
                    return
                whole = (*folder, *_clean(inner)) or ("?",)
                for content in _unpack_one(archive, entry, inner, whole, depth):
                    left -= len(content.data)
                    yield content
    except _ERRORS:
        yield Content(parts, problem=messages.GRADER_BAD_ZIP)


def _unpack_one(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    inner: PurePosixPath,
    whole: tuple[str, ...],
    depth: int,
) -> Iterator[Content]:
    problem = _danger(entry, inner)
    if is_zip(inner.name) and depth >= _MAX_DEPTH:
        problem = messages.GRADER_ZIP_BOMB
    if problem:
        yield Content(whole, problem=problem)
        return
    try:
        data = _bytes(archive, entry)
    except _ERRORS:
        yield Content(whole, problem=messages.GRADER_BAD_ZIP)
        return
    if is_zip(inner.name) and len(data) <= MAX_BYTES:
        yield from unpack(whole, io.BytesIO(data), depth + 1)
    else:
        yield Content(whole, data)


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(MAX_BYTES + 1)


def _is_other(inner: PurePosixPath) -> bool:
    return ".ipynb" not in inner.name.lower() and not is_zip(inner.name)


def _wanted(entry: zipfile.ZipInfo) -> bool:
    parts = _clean(_inner(entry))
    return bool(parts) and not entry.is_dir() and not is_noise(parts)


def _inner(entry: zipfile.ZipInfo) -> PurePosixPath:
    """The name of an entry; without a flag that says UTF-8 it may be that, or Windows' Spanish."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")  # as zipfile decoded it
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850")
    return PurePosixPath(name.replace("\\", "/"))


def _clean(inner: PurePosixPath) -> tuple[str, ...]:
    return clean_parts(tuple(part for part in inner.parts if part not in ("/", "//", "..", ".")))


def _danger(entry: zipfile.ZipInfo, inner: PurePosixPath) -> str:
    if inner.is_absolute() or ".." in inner.parts or re.match(r"^[A-Za-z]:", str(inner)):
        return messages.GRADER_ZIP_PATH
    if stat.S_ISLNK(entry.external_attr >> 16):
        return messages.GRADER_LINK
    if entry.flag_bits & 1:
        return messages.GRADER_ZIP_LOCKED
    ratio = entry.file_size / max(entry.compress_size, 1)
    bomb = entry.file_size > 2**20 and ratio > _MAX_RATIO
    return messages.GRADER_ZIP_BOMB if bomb or entry.file_size > MAX_BYTES else ""


def _common_folders(paths: list[tuple[str, ...]]) -> int:
    """How many folders stand around everything."""
    depth = 0
    while paths and all(len(path) > depth + 1 for path in paths):
        if len({path[depth] for path in paths}) > 1:
            break
        depth += 1
    return depth
