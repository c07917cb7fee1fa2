"""Tables for spreadsheets: nothing in them is run, and no number becomes a date."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils._atomic import write_bytes

__all__ = ["STYLES", "Style", "read_csv", "write_csv"]

_FORMULA = "=+-@＝＋－＠\t\n"
_DATE = re.compile(
    r"\d+[./:,eE-]\d.*|0\d+|\d{12,}"
    r"|(ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|oct|nov|dic|dec)[a-z]*[ ./-]?\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Style:
    """How a table is written.

    Attributes
    ----------
    separator, decimal : str
        Between cells, and in numbers.
    """

    separator: str = ","
    decimal: str = "."

    def cell(self, value: Any) -> Any:
        """A value as it is written: what a spreadsheet would run or rewrite gets an apostrophe."""
        if isinstance(value, float):
            return f"{value:g}".replace(".", self.decimal)
        if not isinstance(value, str):
            return value
        value = value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        # Opened with the other separator, a cell begins in the middle of this one.
        other = "," if self.separator == ";" else ";"
        value = re.sub(rf"([{other}\t\n][ \t]*)([=+\-@＝＋－＠])", r"\1'\2", value)
        return f"'{value}" if _is_taken(value) else value


def _is_taken(text: str) -> bool:
    """Whether a spreadsheet takes a text for a formula, a date or a number."""
    return bool(text) and (text[0] in _FORMULA or bool(_DATE.fullmatch(text)))


STYLES = {"": Style(), "es": Style(";", ",")}
"""Styles by the name of ``--excel``: of everybody, and of a Spanish Excel."""


def write_csv(
    path: Path, head: Sequence[str], rows: Sequence[Sequence[Any]], style: Style = STYLES[""]
) -> None:
    """Write a table that a spreadsheet opens without running anything in it.

    Parameters
    ----------
    path : Path
        The file; UTF-8 with the mark by which Excel knows it.
    head, rows : sequences
        Names of the columns, and the cells; a float is written without trailing zeros.
    style : Style, optional
        Separator and decimal mark.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=style.separator)
    writer.writerow(head)
    writer.writerows([style.cell(value) for value in row] for row in rows)
    write_bytes(path, buffer.getvalue().encode("utf-8-sig", "replace"))


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a table back, whatever spreadsheet saved it.

    Parameters
    ----------
    path : Path
        UTF-8, UTF-16 or Windows' Western letters, parted by comma, semicolon or tab.

    Returns
    -------
    list of dict of str to str
        Column → cell, without the apostrophes of :func:`write_csv`.

    Raises
    ------
    OSError
        If it cannot be read.
    csv.Error
        If it is no table.
    """
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
    return [
        {name: _plain(cell) for name, cell in row.items() if isinstance(name, str)}
        for row in reader
    ]


def _plain(cell: Any) -> str:
    text = cell if isinstance(cell, str) else ""
    return text[1:] if text[:1] == "'" and _is_taken(text[1:]) else text
