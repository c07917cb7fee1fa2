"""Recognises an exercise by its content, and what a student added to it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course_utils.checks import Question, questions
from course_utils.grading.reading.notebooks import Cell, read_notebook

__all__ = ["Exercise", "load_exercises", "recognise"]

# No pattern may cross lines or search on from every place: a stranger's cell can be 400 kB of
# blank lines, or of comments that never end.
_CHECK = re.compile(r"""\bcheck\([ \t]{0,9}["'](\w{1,60})["'][ \t]{0,9}\)""")
_DEFINED = re.compile(r"^[ \t]*(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*=", re.MULTILINE)
_STUB = re.compile(r"^def (\w+)|^(\w+) = \.\.\.", re.MULTILINE)
_ANSWER = re.compile(r"<!--\s{0,9}respuesta:\s{0,9}(\w{1,60})\s{0,9}-->")
_PLACEHOLDER = re.compile(r"\*?Escribe aquí tu respuesta[^*\n]*\*?")
_LESSON = re.compile(r"^# Lección \d", re.MULTILINE)
_MIN_SCORE = 8


@dataclass(frozen=True)
class Exercise:
    """One exercise as it was handed out.

    Attributes
    ----------
    lesson : str
        Two digits.
    stem : str
        Name of its file, without ending.
    title : str
        Its heading.
    questions : tuple of Question
        In the notebook's order.
    stubs : frozenset of str
        Names that the student is asked to define.
    lines : frozenset of str
        All its lines, stripped: what is not among them was added.
    """

    lesson: str
    stem: str
    title: str
    questions: tuple[Question, ...]
    stubs: frozenset[str]
    lines: frozenset[str]

    @property
    def checked(self) -> tuple[Question, ...]:
        """Questions with a judge."""
        return tuple(q for q in self.questions if not q.free_text)

    @property
    def texts(self) -> tuple[Question, ...]:
        """Questions that a human reads."""
        return tuple(q for q in self.questions if q.free_text)

    def added(self, cells: Sequence[Cell], kind: str) -> list[str]:
        """Lines of one kind of cell that were not handed out."""
        lines = [line for cell in cells if cell.kind == kind for line in _lines(cell.source)]
        return [line for line in lines if line not in self.lines]

    def called_right(self, cells: Sequence[Cell]) -> set[str]:
        """Questions that the stored outputs call right."""
        titles = {title for cell in cells for title in cell.right}
        return {question.name for question in self.checked if question.title in titles}

    def fingerprint(self, cells: Sequence[Cell]) -> str:
        """Tells copies: a hash of the added code, empty when too little was added."""
        code = [re.sub(r"\s+|#.*", "", line) for line in self.added(cells, "code")]
        code = [line for line in code if line]
        if len(code) < 4:
            return ""
        return hashlib.sha256("\n".join(code).encode()).hexdigest()

    def free_texts(self, cells: Sequence[Cell]) -> dict[str, str]:
        """Free answers by question, found by their mark; without marks, all the added prose."""
        found: dict[str, list[str]] = {question.name: [] for question in self.texts}
        loose: list[str] = []
        for cell in cells:
            if cell.kind != "markdown":
                continue
            names = [name for name in _ANSWER.findall(cell.source) if name in found]
            lines = [line for line in _lines(cell.source) if line not in self.lines]
            kept = [line for line in lines if not _ANSWER.search(line)]
            target = found[names[0]] if names else loose
            kept = [_without_comments(_PLACEHOLDER.sub("", line)).strip() for line in kept]
            target += [line for line in kept if line]
        if len(found) == 1:
            for lines in found.values():
                lines += loose
        elif found and loose:
            for lines in found.values():
                lines += [] if lines else loose
        return {name: "\n".join(lines) for name, lines in found.items()}


def load_exercises(folder: Path) -> tuple[Exercise, ...]:
    """Read the exercises that were handed out.

    Parameters
    ----------
    folder : Path
        Holds ``NN_tema.ipynb``.

    Returns
    -------
    tuple of Exercise
        Those that have questions, in order.
    """
    found = []
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        cells = read_notebook(path.read_bytes()).cells
        asked = questions(path.stem)
        text = "\n".join(cell.source for cell in cells if cell.kind == "code")
        stubs = frozenset(a or b for a, b in _STUB.findall(text))
        lines = frozenset(line for cell in cells for line in _lines(cell.source))
        if asked:
            title = cells[0].source.splitlines()[0].lstrip("# ")
            found.append(Exercise(path.stem[:2], path.stem, title, asked, stubs, lines))
    return tuple(found)


def recognise(cells: Sequence[Cell], exercises: Sequence[Exercise]) -> Exercise | None:
    """Tell which exercise a notebook is: by its checks, names and sentences; None if by nothing.

    Names of files, identifiers and metadata are not looked at. A lesson shares lines and names with
    exercises and is none, unless it checks an answer to one.
    """
    text = "\n".join(cell.source for cell in cells)
    code = "\n".join(cell.source for cell in cells if cell.kind == "code")
    checks, marks = set(_CHECK.findall(code)), set(_ANSWER.findall(text))
    defined = {a or b for a, b in _DEFINED.findall(code)}
    lines = {line for line in _lines(text) if len(line) > 20}
    owners = Counter(line for exercise in exercises for line in exercise.lines)

    def asked(exercise: Exercise) -> int:
        names = {question.name for question in exercise.questions}
        return len(names & checks) + len(names & marks)

    def score(exercise: Exercise) -> int:
        own = sum(owners[line] == 1 for line in lines & exercise.lines)
        return 10 * asked(exercise) + 8 * len(exercise.stubs & defined) + min(own, 60)

    best = max(exercises, key=score, default=None)
    if best is None or score(best) < _MIN_SCORE:
        return None
    is_lesson = any(cell.kind == "markdown" and _LESSON.search(cell.source) for cell in cells)
    return None if is_lesson and not asked(best) else best


def _without_comments(line: str) -> str:
    """A line without HTML comments; one that does not end is left in."""
    kept, end = [], 0
    while (start := line.find("<!--", end)) >= 0 and (stop := line.find("-->", start)) >= 0:
        kept.append(line[end:start])
        end = stop + len("-->")
    return "".join([*kept, line[end:]])


def _lines(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines() if line.strip()]
