"""Reads the students' names off the paths: folder per student, flat names, platforms' names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["students"]

_MOODLE = re.compile(r"^(.+?)_(\d+)_assign(?:submission)?_[a-z]+_?(.*)$", re.IGNORECASE)
_CANVAS = re.compile(r"^([^_]+)_(?:LATE_)?(\d+)_(\d+)_(.+)$")
_COPY = re.compile(
    r"(\((copia|copy|\d{1,4})[^()]{0,9}\)|[-_ ](copy|copia) ?(de |of )?\d{0,4})[\s_.-]*$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.ipynb.*$|\.[a-z0-9]{1,5}$", re.IGNORECASE)
_LESSON = re.compile(
    r"^(ejercicios?|lecci[oó]n|tarea|exercise|lesson)?[\s_-]*\d{1,2}([\s_-].*)?$", re.IGNORECASE
)


def students(files: Sequence[tuple[tuple[str, ...], str]], stems: Sequence[str]) -> list[str]:
    """Name the student of each file.

    Parameters
    ----------
    files : sequence of (parts, lesson)
        Path of each file, and the exercise that was recognised in it (empty if none).
    stems : sequence of str
        File names of the exercises, without ending: they are no part of a student's name.

    Returns
    -------
    list of str
        One name per file.
    """
    paths = [parts for parts, _ in files]
    lessons = Counter(lesson for _, lesson in files if lesson)
    while paths and len({path[0] for path in paths}) == 1 and all(len(p) > 1 for p in paths):
        directly = all(len(path) == 2 for path in paths)
        if directly and max(lessons.values(), default=0) < 2:
            break  # one student with several exercises, not a folder around all of them
        if not directly and any(len(path) == 2 for path in paths):
            break
        paths = [path[1:] for path in paths]
    if paths and all(len(path) > 2 and _LESSON.match(path[0]) for path in paths):
        paths = [path[1:] for path in paths]
    names = zip(paths, files, strict=True)
    return [_student(path, whole, stems) for path, (whole, _) in names]


def _student(path: tuple[str, ...], whole: tuple[str, ...], stems: Sequence[str]) -> str:
    first = path[0] if len(path) > 1 else _ENDING.sub("", path[0])
    if match := _MOODLE.match(first):
        return f"{match[1]}_{match[2]}".strip()
    if len(path) == 1 and (match := _CANVAS.match(first)):
        return f"{match[1]}_{match[2]}"
    name = first
    if len(path) == 1:
        for stem in stems:
            name = re.sub(rf"[\s_.-]*{re.escape(stem)}[\s_.-]*", " ", name, flags=re.I)
        while (shorter := _COPY.sub("", name)) != name:
            name = shorter
    name = " ".join(name.split()).strip(" _.-")
    fallback = whole[-len(path) - 1] if len(whole) > len(path) else first
    return name or fallback
