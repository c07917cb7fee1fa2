"""How learning platforms name what they hand over: one pattern each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Person", "is_receipt", "platform_person"]

_TIME = r"\d{4}-\d\d-\d\d[- T]\d\d[-:_.]\d\d[-:_.]\d\d"
_PATTERNS = {
    # "Apellido Nombre_1234_assignsubmission_file_", a folder or the beginning of a file's name
    "moodle": re.compile(
        r"^(?P<name>[^_].*?)_(?P<number>\d+)_assign(?:submission)?_[a-z]+(?:_.*)?$", re.IGNORECASE
    ),
    # "Tarea 2_agarcia_attempt_2026-01-15-10-30-00_cuaderno.ipynb"
    "blackboard": re.compile(
        rf"^.*?_(?P<name>[^_]+)_(?:attempt|intento)_{_TIME}(?:_.*|\.\w+)?$", re.IGNORECASE
    ),
    # "agarcia+02_busqueda_en_cuadricula+2026-01-15 10:30:00 UTC+…", a folder of the exchange
    "nbgrader": re.compile(rf"^(?P<name>[^+]+)\+[^+]+\+{_TIME}.*$"),
    # "garciaana_LATE_1234_56789_cuaderno.ipynb"
    "canvas": re.compile(r"^(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d{2,})_\d{3,}_.+$"),
}
_RECEIPT = re.compile(rf"_(?:attempt|intento)_{_TIME}\.txt$|^timestamp\.txt$", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """Whose a file is.

    Attributes
    ----------
    name : str
        For people; different for different students.
    layout : str
        Key of ``messages.GRADER_LAYOUTS``: how the name was found.
    number : str
        The platform's number of the student, or empty.
    slot : str
        The name under which the platform will find the student's feedback again, or empty.
    """

    name: str
    layout: str
    number: str = ""
    slot: str = ""


def platform_person(parts: Sequence[str]) -> Person | None:
    """Read a person off the first part of a path that a platform named; None if none did."""
    for part in parts:
        for layout, pattern in _PATTERNS.items():
            if found := pattern.match(part):
                fields = found.groupdict()
                number = fields.get("number") or ""
                slot = part
                if part is parts[-1] and layout == "moodle":
                    slot = f"{fields['name']}_{number}_assignsubmission_file_"
                return Person(fields["name"].strip(), layout, number, slot)
    return None


def is_receipt(name: str) -> bool:
    """Tell what a platform adds to a submission by itself."""
    return bool(_RECEIPT.search(name))
