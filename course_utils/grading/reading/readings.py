"""Reads strangers' files inside a worker; out come bounded facts, never the files.

What is kept of a notebook is its code, to be run, and what a report says of it. Everything is JSON
data: strings without half characters, numbers, lists.
"""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from course_utils import messages
from course_utils.grading.reading.exercises import Exercise, recognise
from course_utils.grading.reading.files import Unit
from course_utils.grading.reading.notebooks import (
    MAX_BYTES,
    Unreadable,
    looks_like_notebook,
    read_notebook,
)
from course_utils.grading.reading.suspicion import suspicious
from course_utils.grading.reading.zips import Content, entry_units, read_entry

__all__ = ["Facts", "list_zip", "read_units"]

_MAX_CODE = 2_000_000
_MAX_TEXT = 20_000
_MAX_SUSPICIONS = 50
_MAX_GUESSES = 100
_ARCHIVES = {".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}


@dataclass(frozen=True)
class Facts:
    """What is known of one file.

    Attributes
    ----------
    parts : list of str
        Its path, a zip counting as a folder.
    problem : str
        Why it is not marked, in Spanish; empty if it is.
    is_notebook : bool
        Whether it has cells.
    lesson : str
        Two digits of the exercise that was recognised, or empty.
    language : str
        What its metadata call its language.
    python : list of int or None
        The Python that it was written with.
    code : list of str
        Sources of the code cells.
    texts : dict of str to str
        Free answers by question.
    right : list of str
        Questions that stored outputs call right.
    fingerprint : str
        Equal for copies.
    suspicions : list of str
        Sentences about lines that no exercise needs.
    guesses : list of dict
        Predictions and results that a lesson stored.
    """

    parts: list[str]
    problem: str = ""
    is_notebook: bool = False
    lesson: str = ""
    language: str = "python"
    python: list[int] | None = None
    code: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    right: list[str] = field(default_factory=list)
    fingerprint: str = ""
    suspicions: list[str] = field(default_factory=list)
    guesses: list[dict[str, Any]] = field(default_factory=list)


def list_zip(unit: dict[str, Any]) -> list[dict[str, Any]]:
    """List a zip on the disk, see :func:`~course_utils.grading.reading.zips.entry_units`.

    Parameters
    ----------
    unit : dict
        Fields of a :class:`~course_utils.grading.reading.files.Unit`.

    Returns
    -------
    list of dict
        The same of each entry.
    """
    return [found.as_dict() for found in entry_units(unit["path"], tuple(unit["parts"]))]


def read_units(
    units: Sequence[dict[str, Any]], known: Sequence[Exercise]
) -> list[list[dict[str, Any]]]:
    """Read files, one after the other.

    Parameters
    ----------
    units : sequence of dict
        Fields of a :class:`~course_utils.grading.reading.files.Unit` each.
    known : sequence of Exercise
        What was handed out.

    Returns
    -------
    list of list of dict
        For each unit, fields of the :class:`Facts` of its files: a zip in a zip has several.
    """
    found = []
    with ExitStack() as opened:

        @functools.cache
        def archive(path: str) -> zipfile.ZipFile:
            return opened.enter_context(zipfile.ZipFile(path))

        for fields in units:
            unit = Unit(**fields | {"parts": tuple(fields["parts"])})
            found.append([vars(_facts(content, known)) for content in _contents(unit, archive)])
    return found


def _contents(unit: Unit, archive: Callable[[str], zipfile.ZipFile]) -> Iterator[Content]:
    if unit.problem:
        yield Content(unit.parts, problem=unit.problem)
    elif unit.entry is not None:
        yield from read_entry(archive(unit.path), unit)
    else:
        try:
            with Path(unit.path).open("rb") as stream:  # never more than was there to be listed
                yield Content(unit.parts, stream.read(min(unit.size, MAX_BYTES) + 1))
        except OSError as error:
            problem = messages.GRADER_UNREADABLE.format(error=error.strerror)
            yield Content(unit.parts, problem=problem)


def _facts(content: Content, known: Sequence[Exercise]) -> Facts:
    parts, data = list(content.parts), content.data
    problem = content.problem or _refused(parts[-1], data)
    if problem:
        return Facts(parts, problem)
    try:
        notebook = read_notebook(data)
    except Unreadable as error:
        return Facts(parts, str(error))
    code = [cell.source for cell in notebook.cells if cell.kind == "code"]
    if sum(map(len, code)) > _MAX_CODE:
        return Facts(parts, messages.GRADER_TOO_MUCH_CODE)
    exercise = recognise(notebook.cells, known)
    guesses = notebook.guesses[:_MAX_GUESSES]
    if exercise is None:  # with predictions it is a lesson: read, and not marked
        problem = "" if guesses else messages.GRADER_UNKNOWN_EXERCISE
        return Facts(parts, problem, is_notebook=True, guesses=guesses)
    found = list(suspicious(notebook.cells, exercise.lines))
    texts = exercise.free_texts(notebook.cells)
    return Facts(
        parts,
        is_notebook=True,
        lesson=exercise.lesson,
        language=notebook.language[:40],
        python=list(notebook.python) if notebook.python else None,
        code=code,
        texts={name: text[:_MAX_TEXT] for name, text in texts.items()},
        right=sorted(exercise.called_right(notebook.cells)),
        fingerprint=exercise.fingerprint(notebook.cells),
        suspicions=found[:_MAX_SUSPICIONS],
        guesses=guesses,
    )


def _refused(name: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        return messages.GRADER_TOO_BIG.format(megabytes=MAX_BYTES // 2**20)
    if looks_like_notebook(name, data[:100_000] + data[-100_000:]):
        return ""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _ARCHIVES:
        return messages.GRADER_ARCHIVE
    return messages.GRADER_PROGRAM if suffix == ".py" else messages.GRADER_OTHER_FILE
