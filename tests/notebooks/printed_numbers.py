"""Numbers that a text quotes, marked ``0.954<!--salida-->``, and those that a notebook prints."""

from __future__ import annotations

import re

from nbformat import NotebookNode

MARKED = re.compile(r"([−-]?\d[\d \u00a0\u202f]*(?:\.\d+)?)(\s?%)?<!--salida-->")
PRINTED = re.compile(r"-?\d[\d,\u202f]*(?:\.\d+)?(?:e[+-]?\d+)?")


def printed_text(cell: NotebookNode) -> str:
    """All that a cell printed, as text."""
    parts = [output.get("text", "") for output in cell.outputs]
    parts += [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    parts += [output.get("evalue", "") for output in cell.outputs]
    return "\n".join(part if isinstance(part, str) else "".join(part) for part in parts)


def printed_numbers(cell: NotebookNode) -> list[str]:
    """The numbers that a code cell printed, as they were written."""
    return PRINTED.findall(printed_text(cell))


def stands_in(written: str, percent: bool, printed: list[str]) -> bool:
    """Whether a number, rounded as it was written, is one of those that were printed."""
    digits = re.sub(r"[ \u00a0\u202f]", "", written).replace("−", "-")
    decimals = len(digits.partition(".")[2])
    values = [float(re.sub("[,\u202f]", "", number)) for number in printed]
    if percent:
        values += [100 * value for value in values]
    # Half a unit of the last digit written, and a hair for binary rounding.
    return any(abs(value - float(digits)) <= 0.5 * 10**-decimals + 1e-9 for value in values)
