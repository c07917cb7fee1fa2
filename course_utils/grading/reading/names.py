"""What a name says of a person: without the exercise, copies, endings; and in Spanish order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["Names", "spanish_order"]

_ENDING = re.compile(r"\.ipynb.*$|\.[a-z0-9]{1,5}$", re.IGNORECASE)
_COPY = re.compile(
    r"(\((copia|copy|\d{1,4})[^()]{0,9}\)|[-_ ](copy|copia) ?\d{0,4})[\s_.-]*$", re.IGNORECASE
)
_COPY_OF = re.compile(r"^(copia de|copy of) +", re.IGNORECASE)
_LESSON = re.compile(
    r"^(ejercicios?|lecci[oó]n|tarea|exercise|lesson)?[\s_-]*\d{1,2}([\s_-].*)?$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"^(?P<before>.*\D)[\s_-]+(?P<last>\d{1,2})$|^(?P<first>\d{1,2})[\s_-]+(?P<after>\D.*)$"
)
_NO_PERSON = re.compile(
    r"\d+|\b(v|versi[oó]n|version|final|intento|entrega|tarea|ejercicios?|lecci[oó]n|copia|borrador"
    r"|corregid[oa]|definitiv[oa]|def|nuev[oa]|[uú]ltim[oa]|soluci[oó]n|cuaderno|notebook|bien|ok)\b",
    re.IGNORECASE,
)
_ENYE = "n\U0010ffff"  # after every other n, before o


class Names:
    """Reads names of files and folders.

    Parameters
    ----------
    stems : sequence of str
        File names of the exercises, without ending: they are no part of a person's name.
    """

    def __init__(self, stems: Sequence[str]) -> None:
        words = (r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", stem))) for stem in stems)
        self._stems = re.compile("|".join(words) or r"(?!)", re.IGNORECASE)

    def person(self, name: str) -> str:
        """The name without ending, exercise and marks of copies; empty if nothing is left."""
        name = _COPY_OF.sub("", without_ending(name))
        name = self._stems.sub(" ", name)
        while (shorter := _COPY.sub("", name)) != name:
            name = shorter
        return tidy(name)

    def without_number(self, name: str) -> tuple[str, str]:
        """The name without a number before or after it, and the number in two digits, or empty."""
        match = _NUMBER.match(name)
        if match is None:
            return name, ""
        return tidy(match["after"] or match["before"]), (match["last"] or match["first"]).zfill(2)

    def says_who(self, name: str) -> str:
        """Like :meth:`person`, and without words that tell versions apart, not people."""
        return tidy(_NO_PERSON.sub(" ", re.sub(r"[_-]", " ", self.person(name))))


def without_ending(name: str) -> str:
    """A file's name without what follows ``.ipynb``, or without its ending."""
    return _ENDING.sub("", name)


def tidy(name: str) -> str:
    """One spelling for one name: composed letters, single spaces, nothing at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).split()).strip(" _.-")


def is_lesson(folder: str) -> bool:
    """Tell whether a folder is named after an exercise, not a person."""
    return bool(_LESSON.match(folder))


def spanish_order(name: str) -> tuple[str, str]:
    """Key that sorts names as Spanish does: ñ after n; accents and capitals only break ties.

    Parameters
    ----------
    name : str
        A person.

    Returns
    -------
    tuple of str
        Compares without a locale.

    Examples
    --------
    >>> sorted(["Nuria", "Ñuño", "Óscar", "Ana", "Álvaro"], key=spanish_order)
    ['Álvaro', 'Ana', 'Nuria', 'Ñuño', 'Óscar']
    """
    small = unicodedata.normalize("NFC", name).casefold().replace("ñ", _ENYE)
    plain = unicodedata.normalize("NFD", small)
    return "".join(c for c in plain if not unicodedata.combining(c)), name
