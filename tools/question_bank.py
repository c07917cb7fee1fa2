"""Write the question bank in two formats that learning platforms import: Moodle XML and GIFT.

    python -m tools.question_bank [build/preguntas]

The sources are instructor/preguntas/NN_tema.toml, one a lesson, with the stem of its notebook; the
README there says how a question is written. Each lesson gets a file in each format, and so do all
of them together.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard
from xml.etree import ElementTree

import nbformat

from course_utils._atomic import write_bytes, write_text

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "instructor" / "preguntas"
NOTEBOOKS = ROOT / "notebooks"
CATEGORY = "$course$/top/Optimización de hiperparámetros"
REVIEW = "Para repasar: lección {lesson}, sección {number}, «{title}»."
SHOWN = "<!--salida-->"  # follows a number that an output of the lesson shows; a test looks it up
N_WRONG = 3

_NAME = re.compile(r"[a-z0-9_]+")
_TITLE = re.compile(r"^# Lección \d+ · (.+)$", re.MULTILINE)
_SECTION = re.compile(r"^## (\d+\.\d+) (.+?)(?: · Para profundizar)?$", re.MULTILINE)
# As Moodle writes it: a question stays on one line, and is the same when it is read again.
_GIFT = str.maketrans({"\n": r"\n", **{sign: "\\" + sign for sign in "\\~=#{}:"}})


class SourceError(ValueError):
    """A source that cannot be used; the message names the file and the question."""


@dataclass(frozen=True)
class Option:
    """An answer to choose, and why it is right or which misconception it is."""

    text: str
    why: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question with one right option; texts are Markdown."""

    name: str
    section: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson's questions, and the titles of its sections by their number."""

    stem: str
    title: str
    sections: dict[str, str]
    questions: tuple[Question, ...]

    @property
    def number(self) -> str:
        return self.stem[:2]

    @property
    def category(self) -> str:
        """Where Moodle files the questions; a slash of a title is doubled, as Moodle wants it."""
        return f"{CATEGORY}/{self.number} · {self.title.replace('/', '//')}"

    def id_of(self, question: Question) -> str:
        """The name by which a platform knows the question for good."""
        return f"{self.number}_{question.name}"

    def review(self, question: Question) -> str:
        """Where to read again, as Markdown."""
        title = self.sections[question.section]
        return REVIEW.format(lesson=self.number, number=question.section, title=title)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "preguntas"
    try:
        lessons = [read(path) for path in sorted(SOURCES.glob("*.toml"))]
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for stem, part in [("todas", lessons), *((lesson.stem, [lesson]) for lesson in lessons)]:
        write_bytes(folder / f"{stem}.xml", moodle_xml(part))
        write_text(folder / f"{stem}.gift.txt", gift(part))
    count = sum(len(lesson.questions) for lesson in lessons)
    print(f"{folder}: {count} questions of {len(lessons)} lessons, as Moodle XML and as GIFT")
    return 0


def read(path: Path, notebooks: Path = NOTEBOOKS) -> Lesson:
    """Read a lesson's questions, and its titles from its notebook.

    Parameters
    ----------
    path : Path
        The source, a TOML file with the stem of the notebook.
    notebooks : Path
        The folder of the notebooks.

    Returns
    -------
    Lesson
        Its questions in the order of the source, their options in that of the alphabet, so that
        the place of the right one says nothing.

    Raises
    ------
    SourceError
        If the source is no TOML, has no notebook, or a question is not as it must be.
    """
    try:
        source = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: {error}") from error
    tables = source.get("questions")
    if len(source) != 1 or not _are_tables(tables):
        raise SourceError(f"{path.name}: expected [[questions]] alone, got {source!r:.60}")
    title, sections = _titles(path, notebooks / f"{path.stem}.ipynb")
    questions: dict[str, Question] = {}
    for place, table in enumerate(tables, start=1):
        try:
            question = _question(table, sections)
            if question.name in questions:
                raise SourceError("the name is taken by a question above")
        except SourceError as error:
            name = table.get("name", "without a name")
            raise SourceError(f"{path.name}, question {place} ({name}): {error}") from error
        questions[question.name] = question
    return Lesson(path.stem, title, sections, tuple(questions.values()))


def _titles(path: Path, notebook: Path) -> tuple[str, dict[str, str]]:
    """A lesson's title, and those of its numbered sections."""
    if not notebook.exists():
        raise SourceError(f"{path.name}: there is no lesson {notebook.name}")
    cells = nbformat.read(notebook, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    found = _TITLE.search(text)
    if found is None:
        raise SourceError(f"{path.name}: {notebook.name} has no title «# Lección NN · …»")
    return found[1], dict(_SECTION.findall(text))


def _question(table: dict[str, Any], sections: dict[str, str]) -> Question:
    _expect_keys(table, {"name", "section", "text", "right", "wrong"})
    name, section = _text_of(table, "name"), _text_of(table, "section")
    if not _NAME.fullmatch(name):
        raise SourceError("a name has small letters, digits and _ only")
    if section not in sections:
        raise SourceError(f"the lesson has no section {section!r}; it has {', '.join(sections)}")
    right, wrong = [table["right"]], table["wrong"]
    if not _are_tables(right):
        raise SourceError("expected one right option, [questions.right]")
    if not _are_tables(wrong) or len(wrong) != N_WRONG:
        raise SourceError(f"expected {N_WRONG} wrong options, [[questions.wrong]] each")
    options = [_option(each, right=each is right[0]) for each in [*right, *wrong]]
    if len({option.text for option in options}) != len(options):
        raise SourceError("two options are the same")
    options.sort(key=lambda option: option.text.casefold())
    return Question(name, section, _text_of(table, "text"), tuple(options))


def _are_tables(value: object) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _option(table: dict[str, Any], *, right: bool) -> Option:
    _expect_keys(table, {"text", "why"})
    return Option(_text_of(table, "text"), _text_of(table, "why"), right)


def _expect_keys(table: dict[str, Any], keys: set[str]) -> None:
    if missing := sorted(keys - set(table)):
        raise SourceError(f"missing: {', '.join(missing)}")
    if unknown := sorted(set(table) - keys):
        raise SourceError(f"unknown: {', '.join(unknown)}")


def _text_of(table: dict[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise SourceError(f"{key} must be a text that is not empty, got {value!r}")
    return value.strip()


def moodle_xml(lessons: Iterable[Lesson]) -> bytes:
    """Questions as Moodle's import reads them, in UTF-8, each lesson in a category of its own."""
    quiz = ElementTree.Element("quiz")
    for lesson in lessons:
        category = ElementTree.SubElement(quiz, "question", type="category")
        _text(category, "category", lesson.category)
        for question in lesson.questions:
            quiz.append(_moodle_question(lesson, question))
    ElementTree.indent(quiz)
    content: bytes = ElementTree.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return content


def _moodle_question(lesson: Lesson, question: Question) -> ElementTree.Element:
    element = ElementTree.Element("question", type="multichoice")
    name = lesson.id_of(question)
    _text(element, "name", name)
    _text(element, "questiontext", question.text, format="markdown")
    _text(element, "generalfeedback", lesson.review(question), format="markdown")
    settings = {
        "idnumber": name,
        "single": "true",
        "shuffleanswers": "true",
        "answernumbering": "abc",
    }
    for key, value in settings.items():
        ElementTree.SubElement(element, key).text = value
    for option in question.options:
        fraction = "100" if option.right else "0"
        answer = ElementTree.SubElement(element, "answer", fraction=fraction, format="markdown")
        ElementTree.SubElement(answer, "text").text = _plain(option.text)
        _text(answer, "feedback", option.why, format="markdown")
    return element


def _text(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    """Add ``<tag><text>…</text></tag>``, Moodle's way to hold a text."""
    element = ElementTree.SubElement(parent, tag, attributes)
    ElementTree.SubElement(element, "text").text = _plain(text)


def gift(lessons: Iterable[Lesson]) -> str:
    """Questions in GIFT, a plain text that Moodle, Canvas and others read."""
    return "\n".join(line for lesson in lessons for line in _gift_lines(lesson))


def _gift_lines(lesson: Lesson) -> Iterator[str]:
    yield f"$CATEGORY: {lesson.category}\n"
    for question in lesson.questions:
        name = lesson.id_of(question)
        yield f"// [id:{name}]"
        yield f"::{name}::[markdown]{_escaped(question.text)}{{"
        for option in question.options:
            sign = "=" if option.right else "~"
            yield f"\t{sign}{_escaped(option.text)}#{_escaped(option.why)}"
        yield f"\t####{_escaped(lesson.review(question))}"
        yield "}\n"


def _escaped(text: str) -> str:
    return _plain(text).translate(_GIFT)


def _plain(text: str) -> str:
    """The text without the marks that only a test reads."""
    return text.replace(SHOWN, "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
