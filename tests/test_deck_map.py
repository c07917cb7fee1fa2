"""The map from the decks' topics to lessons: every section that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "instructor" / "diapositivas.md"
ROW = re.compile(r"^\| (.+) \| (\d\d) \| (\d+\.\d+) \|$")
DECKS = [f"## Clase {deck:03d} · " for deck in range(5)]


def _rows() -> list[tuple[str, str, str]]:
    """Topic, lesson and section of every line of the tables."""
    lines = MAP.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| Tema")]
    matches = [(ROW.match(line), line) for line in rows]
    assert not [line for match, line in matches if match is None]
    return [(match[1], match[2], match[3]) for match, _ in matches if match]


def _sections(lesson: str) -> set[str]:
    """Numbers of the sections of a lesson."""
    (path,) = (ROOT / "notebooks").glob(f"{lesson}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return set(re.findall(r"^#{2,3} (\d+\.\d+) ", prose, re.MULTILINE))


@pytest.mark.parametrize("lesson", sorted({lesson for _, lesson, _ in _rows()}))
def test_the_sections_that_the_map_names_exist(lesson: str) -> None:
    named = {section for _, other, section in _rows() if other == lesson}
    assert named <= _sections(lesson)


def test_a_section_belongs_to_its_lesson_and_a_topic_stands_once() -> None:
    assert all(int(section.split(".")[0]) == int(lesson) for _, lesson, section in _rows())
    topics = [topic for topic, *_ in _rows()]
    assert len(topics) == len(set(topics))


def test_every_deck_is_in_the_map() -> None:
    text = MAP.read_text(encoding="utf-8")
    assert [heading for heading in DECKS if heading not in text] == []
