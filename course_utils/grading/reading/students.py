"""Whose each file is: by the platform's names where there are any, else by the tree of folders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from course_utils import messages
from course_utils.grading.reading.names import Names, is_lesson, tidy, without_ending
from course_utils.grading.reading.platforms import Person, is_receipt, platform_person

__all__ = ["Handed", "who_is_who"]

_STRAY = re.compile(r"^(l[eé]e?a?me|readme|instrucciones|enunciado|index)\b", re.IGNORECASE)
_DASH = re.compile(r"^(.+?) - (.+)$")


@dataclass(frozen=True)
class Handed:
    """What matters of a file here: its path, whether it is a notebook, and of which exercise."""

    parts: tuple[str, ...]
    is_notebook: bool
    lesson: str


@dataclass
class _Folder:
    """A folder, or zip, with what is directly in it."""

    name: str = ""
    files: list[int] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)

    def everything(self) -> Iterator[int]:
        yield from self.files
        for folder in self.folders.values():
            yield from folder.everything()


def who_is_who(files: Sequence[Handed], stems: Sequence[str]) -> list[Person | None]:
    """Name the student of each file.

    Parameters
    ----------
    files : sequence of Handed
        All of them: one tells about the others.
    stems : sequence of str
        File names of the exercises, without ending.

    Returns
    -------
    list of (Person or None)
        None: it is nobody's, like a LEEME.txt beside the submissions.
    """
    found: list[Person | None] = [platform_person(file.parts) for file in files]
    root = _Folder()
    for index, file in enumerate(files):
        if found[index] is None and not is_receipt(file.parts[-1]):
            folder = root
            for part in file.parts[:-1]:
                folder = folder.folders.setdefault(part, _Folder(part))
            folder.files.append(index)
    _Tree(files, Names(stems), found).people_in(root)
    marked = any(file.parts[-1].lower() == "timestamp.txt" for file in files)
    if marked:
        found = [replace(p, layout="nbgrader") if p and p.layout == "folder" else p for p in found]
    return _told_apart(found)


class _Tree:
    """Finds the folders that are people in the tree of those that no platform named."""

    def __init__(self, files: Sequence[Handed], names: Names, found: list[Person | None]) -> None:
        self._files, self._names, self._found = files, names, found

    def people_in(self, folder: _Folder) -> None:
        """Name everybody in a folder that is no person's own."""
        full = [inner for inner in folder.folders.values() if self._notebooks(inner)]
        loose = [index for index in folder.files if self._files[index].is_notebook]
        if len(full) == 1 and not loose and not self._is_person(full[0]):
            self.people_in(full[0])  # a folder around all of them
        elif full and all(is_lesson(inner.name) for inner in full):
            for inner in full:
                self.people_in(inner)
        else:
            crowds = [inner for inner in full if self._is_crowd(inner)]
            for inner in full:
                if inner in crowds and 2 * len(crowds) > len(full):
                    self.people_in(inner)
                else:
                    self._give(inner, inner.name)
        self._flat(folder, loose, alone=bool(loose) or not full)
        for inner in folder.folders.values():
            if inner not in full:  # nothing in it can be read: still somebody's
                self._give(inner, inner.name)

    def _flat(self, folder: _Folder, loose: Sequence[int], *, alone: bool) -> None:
        """Name the owners of files by the files' names."""
        by_dash = self._by_dash(loose)
        numbered = self._numbered(loose)
        for index in folder.files:
            name = self._files[index].parts[-1]
            if index in by_dash:
                self._found[index] = Person(by_dash[index], "classroom")
            elif index in loose or (alone and not _STRAY.match(name)):
                who = numbered.get(index) or self._names.person(name) or tidy(without_ending(name))
                above = tidy(folder.name) or messages.GRADER_NO_NAME
                self._found[index] = Person(who or above, "flat")

    def _numbered(self, loose: Sequence[int]) -> dict[int, str]:
        """Names without the exercise's number: «Ana 02» and «Ana 03», where all numbers are that.

        «alumno 02» and «alumno 03» stay two people if «alumno 04» handed in exercise 02 too.
        """
        found: dict[str, dict[int, str]] = {}
        others = set()
        for index in loose:
            name = self._names.person(self._files[index].parts[-1])
            bare, number = self._names.without_number(name)
            if number and number != self._files[index].lesson:
                others.add(bare)
            elif number and self._names.says_who(bare):
                found.setdefault(bare, {})[index] = number
        return {
            index: bare
            for bare, numbers in found.items()
            if bare not in others and len(set(numbers.values())) > 1
            for index in numbers
        }

    def _by_dash(self, loose: Sequence[int]) -> dict[int, str]:
        """Names of Google Classroom: «Ana García - tarea.ipynb»; what all have is no name."""
        pairs = {}
        for index in loose:
            if dash := _DASH.match(without_ending(self._files[index].parts[-1])):
                pairs[index] = (dash[1], dash[2])
        for task, who in ((1, 0), (0, 1)):
            tasks = Counter(self._names.person(pair[task]) for pair in pairs.values())
            often = {name for name, count in tasks.items() if not name or count > 1}
            named = {
                index: tidy(pair[who])
                for index, pair in pairs.items()
                if self._names.person(pair[task]) in often and self._names.says_who(pair[who])
            }
            if named:
                return named
        return {}

    def _is_person(self, folder: _Folder) -> bool:
        """Whether the only folder holds one student's exercises: files, none of them twice."""
        lessons = Counter(self._files[index].lesson for index in folder.files)
        lessons.pop("", None)
        full = any(self._notebooks(inner) for inner in folder.folders.values())
        return not full and max(lessons.values(), default=0) < 2

    def _is_crowd(self, folder: _Folder) -> bool:
        """Whether a folder among others holds one exercise of several people."""
        who: dict[str, set[str]] = {}
        for index in self._direct(folder):
            said = self._names.says_who(self._files[index].parts[-1])
            who.setdefault(self._files[index].lesson, set()).add(said)
        for inner in folder.folders.values():
            for lesson in {self._files[index].lesson for index in self._notebooks(inner)}:
                who.setdefault(lesson, set()).add(self._names.says_who(inner.name))
        return any(sum(len(name) > 2 for name in names) > 1 for names in who.values())

    def _direct(self, folder: _Folder) -> list[int]:
        return [index for index in folder.files if self._files[index].is_notebook]

    def _notebooks(self, folder: _Folder) -> list[int]:
        return [index for index in folder.everything() if self._files[index].is_notebook]

    def _give(self, folder: _Folder, name: str) -> None:
        person = Person(tidy(name) or messages.GRADER_NO_NAME, "folder")
        for index in folder.everything():
            self._found[index] = person


def _told_apart(found: Sequence[Person | None]) -> list[Person | None]:
    """Tidy the names, and give two students of one name the platform's number."""
    tidied = [person and replace(person, name=tidy(person.name)) for person in found]
    numbers: dict[str, set[str]] = {}
    for person in tidied:
        if person:
            numbers.setdefault(person.name, set()).add(person.number)
    return [
        replace(person, name=f"{person.name} ({person.number})")
        if person and person.number and len(numbers[person.name]) > 1
        else person
        for person in tidied
    ]
