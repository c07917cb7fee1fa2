"""What a class predicted before each result, read off the lessons that were handed in."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_utils import messages
from course_utils.grading.reports.marks import Record
from course_utils.numerals import number_text

__all__ = ["Prediction", "predictions"]

_MOST = 8  # answers that a table shows


@dataclass
class Prediction:
    """One question of a lesson.

    Attributes
    ----------
    key : str
        Section of the lesson, ``"3.4"``.
    question : str
        What was asked; empty if the lessons do not ask it any more.
    answers : Counter of str
        What was predicted, by how many.
    truths : Counter of str
        What came out, for how many.
    outcomes : Counter of str
        ``"acierto"``, ``"cerca"``, ``"sorpresa"``.
    """

    key: str
    question: str = ""
    answers: Counter[str] = field(default_factory=Counter)
    truths: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def said(self) -> str:
        """How the class did, in a sentence."""
        return messages.SUMMARY_PREDICTED.format(
            count=self.answers.total(),
            right=self.outcomes["acierto"],
            close=self.outcomes["cerca"],
            truth=next((truth for truth, _ in self.truths.most_common(1)), "?"),
        )

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Answers and how many gave them, the most frequent first; rare ones together."""
        often = sorted(self.answers.items(), key=lambda pair: (-pair[1], pair[0]))
        rest = sum(count for _, count in often[_MOST:])
        return often[:_MOST] + ([(messages.SUMMARY_OTHERS, rest)] if rest else [])


def predictions(records: Sequence[Record], lessons: Path) -> list[Prediction]:
    """Count the predictions of a class, one for each student and question.

    Parameters
    ----------
    records : sequence of Record
        The students.
    lessons : Path
        The course's own notebooks, for the questions; may be missing.

    Returns
    -------
    list of Prediction
        In the order of the lessons; those that nobody made are left out.
    """
    found: dict[str, Prediction] = {}
    for record in records:
        made: dict[str, dict[str, Any]] = {}
        for file in record.submissions:
            for guess in file.facts.guesses:
                if guess["answer"] is not None:
                    made[guess["key"]] = guess
        for key, guess in made.items():
            prediction = found.setdefault(key, Prediction(key))
            prediction.answers[_text(guess["answer"])] += 1
            prediction.truths[_text(guess["truth"])] += 1
            prediction.outcomes[guess["outcome"]] += 1
    if found:
        questions = _questions(lessons)
        for key, prediction in found.items():
            prediction.question = questions.get(key, "")
    return sorted(found.values(), key=lambda one: tuple(map(int, re.findall(r"\d+", one.key))))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "?" if value is None else number_text(value)


def _questions(lessons: Path) -> dict[str, str]:
    """Key → question of every ``guess(key, question, …)`` in the course's notebooks."""
    found: dict[str, str] = defaultdict(str)
    for path in sorted(lessons.glob("[0-9][0-9]_*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code" and "guess(" in source:
                found.update(_asked(source))
    return found


def _asked(source: str) -> dict[str, str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a cell with a magic command
        return {}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > 1]
    asked = {}
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id == "guess":
            key, question = call.args[:2]
            if isinstance(key, ast.Constant) and isinstance(question, ast.Constant):
                asked[str(key.value)] = str(question.value)
    return asked
