"""Reads notebooks as strangers send them: any version, any damage, no trust.

Only text leaves this module: sources of cells, what the metadata say of the language, and which
answers a stored output calls right. No mark hangs on the last two, so they may be missing, doubled
or forged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course_utils import messages

__all__ = ["MAX_BYTES", "Cell", "Notebook", "Unreadable", "looks_like_notebook", "read_notebook"]

MAX_BYTES = 96 * 2**20
_MAX_CELLS = 2_000
_MAX_SOURCE = 400_000
_MAX_OUTPUTS, _MAX_TEXT = 50, 4_000
_GUESS = "application/vnd.course.guess+json"
_GUESS_KEYS = ("key", "answer", "truth", "outcome")
_SECTION = re.compile(r"\d{1,2}\.\d{1,2}[a-z]?")
_RIGHT = re.compile(rf"^{messages.ANSWER_STATES['correcto']} · (.{{1,200}})$", re.MULTILINE)


class Unreadable(ValueError):  # noqa: N818
    """A file that is no notebook; says why, in Spanish."""


@dataclass(frozen=True)
class Cell:
    """A cell: ``"code"`` or ``"markdown"``, its text, and titles that its output calls right."""

    kind: str
    source: str
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notebook:
    """What is read of a notebook.

    Attributes
    ----------
    cells : list of Cell
        Those with text, in order.
    language : str
        What the metadata call the language, in small letters, ``"python"`` if they say nothing.
    python : tuple of int or None
        The version that the metadata name: ``(3, 12)``.
    guesses : list of dict
        What ``reveal`` stored: ``key``, ``answer``, ``truth`` and ``outcome``.
    """

    cells: list[Cell]
    language: str
    python: tuple[int, int] | None
    guesses: list[dict[str, Any]]


def looks_like_notebook(name: str, head: bytes) -> bool:
    """Tell from a name and the first bytes whether somebody meant this as a notebook."""
    if ".ipynb" in name.lower():
        return True
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return start.startswith(b"{") and (b'"cells"' in head or b'"worksheets"' in head)


def read_notebook(data: bytes) -> Notebook:
    """Read a notebook, nbformat 2 to 4, whatever else is wrong with it.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    Notebook
        With at least one cell.

    Raises
    ------
    Unreadable
        If no cells can be had.
    """
    if not data.strip(b" \t\r\n\0"):
        raise Unreadable(messages.GRADER_EMPTY)
    if len(data) > MAX_BYTES:
        raise Unreadable(messages.GRADER_TOO_BIG.format(megabytes=MAX_BYTES // 2**20))
    try:
        notebook = json.loads(_text(data))
    except (ValueError, RecursionError):
        raise Unreadable(messages.GRADER_BAD_JSON) from None
    if not isinstance(notebook, dict):
        raise Unreadable(messages.GRADER_NO_CELLS)
    raw = notebook.get("cells")
    if not isinstance(raw, list):
        sheets = notebook.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        raw = [cell for cells in lists if isinstance(cells, list) for cell in cells]
    cells = [cell for cell in map(_cell, raw[:_MAX_CELLS]) if cell is not None]
    if not cells:
        raise Unreadable(messages.GRADER_NO_CELLS)
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    return Notebook(cells, _language(metadata), _python(metadata), list(_guesses(raw)))


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _cell(raw: Any) -> Cell | None:
    if not isinstance(raw, dict):
        return None
    source = raw.get("source", raw.get("input", ""))  # nbformat 2 and 3 say "input"
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    kind = raw.get("cell_type")
    if not isinstance(source, str) or len(source) > _MAX_SOURCE or not source.strip():
        return None
    source = _whole(source)
    if kind == "heading":
        return Cell("markdown", f"# {source}")
    if kind == "code":
        return Cell(kind, source, _called_right(raw.get("outputs")))
    return Cell(kind, source) if kind == "markdown" else None


def _called_right(outputs: Any) -> tuple[str, ...]:
    """Titles of the questions that a stored ``check`` called right."""
    found: list[str] = []
    for output in outputs[:_MAX_OUTPUTS] if isinstance(outputs, list) else ():
        if isinstance(output, dict):
            data = output.get("data")
            shown = data.get("text/plain") if isinstance(data, dict) else output.get("text")
            parts = shown if isinstance(shown, list) else [shown]
            text = "".join(part for part in parts if isinstance(part, str))[:_MAX_TEXT]
            found += _RIGHT.findall(text)
    return tuple(map(_whole, found))


def _guesses(raw: list[Any]) -> Iterator[dict[str, Any]]:
    for cell in raw[:_MAX_CELLS]:
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs[:_MAX_OUTPUTS] if isinstance(outputs, list) else ():
            data = output.get("data") if isinstance(output, dict) else None
            guess = data.get(_GUESS) if isinstance(data, dict) else None
            if isinstance(guess, dict) and _is_guess(guess):
                yield {key: _bounded(guess[key]) for key in _GUESS_KEYS}


def _is_guess(guess: dict[str, Any]) -> bool:
    values = [guess.get(key) for key in ("answer", "truth")]
    return (
        isinstance(guess.get("key"), str)
        and bool(_SECTION.fullmatch(guess["key"]))
        and guess.get("outcome") in ("acierto", "cerca", "sorpresa", "sin_prediccion")
        and all(value is None or isinstance(value, str) or _is_finite(value) for value in values)
    )


def _is_finite(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) < 1e300


def _bounded(value: Any) -> Any:
    return _whole(value[:200]) if isinstance(value, str) else value


def _whole(text: str) -> str:
    """A text that every encoding can hold: JSON may spell half a character (a lone surrogate)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _python(metadata: dict[str, Any]) -> tuple[int, int] | None:
    info = metadata.get("language_info")
    version = info.get("version") if isinstance(info, dict) else None
    numbers = re.match(r"(\d{1,3})\.(\d{1,3})", version) if isinstance(version, str) else None
    return (int(numbers[1]), int(numbers[2])) if numbers else None


def _language(metadata: dict[str, Any]) -> str:
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(section)
        if isinstance(part, dict) and isinstance(part.get(key), str):
            return re.sub(r"\d.*", "", _whole(part[key][:40]).lower(), flags=re.S) or "python"
    return "python"
