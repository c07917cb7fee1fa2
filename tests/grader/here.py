"""Stands in for the workers: the same work, done in this process, without a budget."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course_utils.grading.reading.exercises import Exercise, load_exercises
from course_utils.grading.reading.readings import Facts, list_zip, read_units
from course_utils.grading.reading.submissions import read_submissions
from course_utils.grading.reports.pages import write_pages
from course_utils.grading.submission import Submission
from course_utils.grading.workers import Workers
from tests.hostile.hostile_cases import ROOT

KNOWN = load_exercises(ROOT / "exercises")


class Here(Workers):
    def __init__(self, known: Sequence[Exercise] = KNOWN) -> None:
        self._work: dict[str, Any] = {
            "list_zip": list_zip,
            "read_units": lambda units: read_units(units, known),
            "write_pages": write_pages,
        }

    def ask(self, work: str, given: Sequence[Any]) -> list[Any]:
        return [self._work[work](one) for one in given]


def read(source: Path) -> list[Submission]:
    """Everything in a folder or zip."""
    return read_submissions(source, KNOWN, Here())


def facts(content: bytes, name: str = "x.ipynb") -> Facts:
    """What is read of one file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        unit = {"parts": [name], "path": str(path), "entry": None, "size": len(content)}
        return Facts(**read_units([unit | {"problem": ""}], KNOWN)[0][0])
