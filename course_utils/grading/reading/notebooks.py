"""Reads notebooks as strangers send them: any version, any damage, no trust.

Only text leaves this module: sources of cells. Identifiers, metadata and outputs are not looked at,
so it does not matter whether they are missing, doubled or forged.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from course_utils import messages

__all__ = ["MAX_BYTES", "Cell", "Unreadable", "looks_like_notebook", "read_cells"]

MAX_BYTES = 96 * 2**20
_MAX_CELLS = 2_000
_MAX_SOURCE = 400_000


class Unreadable(ValueError):  # noqa: N818
    """A file that is no notebook; says why, in Spanish."""


@dataclass(frozen=True)
class Cell:
    """A cell: ``"code"`` or ``"markdown"``, and its text."""

    kind: str
    source: str


def looks_like_notebook(name: str, head: bytes) -> bool:
    """Tell from a name and the first bytes whether somebody meant this as a notebook."""
    if ".ipynb" in name.lower():
        return True
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return start.startswith(b"{") and (b'"cells"' in head or b'"worksheets"' in head)


def read_cells(data: bytes) -> tuple[list[Cell], str]:
    """Read the cells of a notebook, nbformat 2 to 4, whatever else is wrong with it.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    cells : list of Cell
        Those with text, in order.
    language : str
        What the metadata call the language, in small letters, ``"python"`` if they say nothing.

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
    return cells, _language(notebook)


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
    if not isinstance(source, str) or not source.strip() or len(source) > _MAX_SOURCE:
        return None
    if kind == "heading":
        return Cell("markdown", f"# {source}")
    return Cell(kind, source) if kind in ("code", "markdown") else None


def _language(notebook: dict[str, Any]) -> str:
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(section)
        if isinstance(part, dict) and isinstance(part.get(key), str):
            return re.sub(r"\d.*", "", part[key].lower()) or "python"
    return "python"
