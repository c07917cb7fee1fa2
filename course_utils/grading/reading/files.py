"""Finds the files of a folder of submissions; nothing is opened here."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from course_utils import messages

__all__ = ["Unit", "clean_parts", "find_units", "is_noise", "is_zip"]

_NOISE = re.compile(r"^(\.|__MACOSX$|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_MAX_PART = 200


@dataclass(frozen=True)
class Unit:
    """What is read in one go: a file on the disk, or an entry of a zip on the disk.

    Attributes
    ----------
    parts : tuple of str
        Its path below the folder of submissions, a zip counting as a folder.
    path : str
        Where it lies.
    entry : int or None
        Which entry of the zip at `path`.
    size : int
        Bytes, unpacked, as far as the folder or zip says so.
    problem : str
        Why it is not opened, in Spanish; empty otherwise.
    """

    parts: tuple[str, ...]
    path: str
    entry: int | None = None
    size: int = 0
    problem: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


def find_units(source: Path) -> list[Unit]:
    """Find every file of a folder, in the order of the names; links are not followed.

    Parameters
    ----------
    source : Path
        A folder, a zip, or one notebook.

    Returns
    -------
    list of Unit
        A zip is one of them. A zip that is all there is counts as the folder itself.
    """
    if source.is_file():
        return [_unit(() if is_zip(source.name) else (source.name,), source)]
    paths = sorted(_walk(source))
    if len(paths) == 1 and is_zip(paths[0].name):
        return [_unit((), paths[0])]
    return [_unit(path.relative_to(source).parts, path) for path in paths]


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):  # does not follow links
        folders[:] = [name for name in folders if not is_noise((name, ""))]
        links = [name for name in folders if Path(base, name).is_symlink()]
        for name in (*names, *links):
            if not is_noise((name,)):
                yield Path(base) / name


def _unit(parts: tuple[str, ...], path: Path) -> Unit:
    parts = clean_parts(parts)
    try:
        mode = path.lstat()
    except OSError as error:
        problem = messages.GRADER_UNREADABLE.format(error=error.strerror)
        return Unit(parts, str(path), problem=problem)
    problem = "" if stat.S_ISREG(mode.st_mode) else messages.GRADER_LINK
    return Unit(parts, str(path), size=mode.st_size, problem=problem)


def is_zip(name: str) -> bool:
    """Tell a zip by its name."""
    return PurePosixPath(name).suffix.lower() == ".zip"


def is_noise(parts: tuple[str, ...]) -> bool:
    """Tell what systems and programs leave behind; a notebook called ``.ipynb`` is none of it."""
    *folders, name = parts
    if any(_NOISE.match(folder) for folder in folders):
        return True
    return bool(_NOISE.match(name)) and not (
        name.lower().endswith(".ipynb") and not name.startswith("._")
    )


def clean_parts(parts: tuple[str, ...]) -> tuple[str, ...]:
    """A path that can be written everywhere and is short enough for every pattern.

    A long name keeps its beginning and gets a digest, so that two of them stay two.
    """
    return tuple(_clean(part) for part in parts)


def _clean(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:  # the disk holds this name in Latin-1, or worse
        part = part.encode("utf-8", "replace").decode()
    part = "".join(c if c.isprintable() else "\ufffd" for c in part)
    if len(part) <= _MAX_PART:
        return part
    digest = hashlib.sha256(part.encode()).hexdigest()[:16]
    return f"{part[: _MAX_PART - 40]}…{digest}{PurePosixPath(part).suffix[:20]}"
