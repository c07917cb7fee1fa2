"""Shared by the tests of checks: run a notebook's cells in this process, judge banks of answers."""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import numpy as np
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from course_utils._judges import all_questions
from course_utils._observers import observe
from course_utils.checks import PUBLIC_SEED, Verdict, judge

ROOT = Path(__file__).resolve().parents[2]
SECRET_SEED = 987_654_321


def verdict(name: str, code: str | Mapping[str, Any], seed: int = PUBLIC_SEED) -> Verdict:
    """Verdict on a piece of code (or a namespace), through JSON as in the grader."""
    if isinstance(code, str):
        namespace: dict[str, Any] = {}
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002
        exec(textwrap.dedent(code), namespace)
    else:
        namespace = dict(code)
    sent = json.dumps(observe(name, namespace, seed), allow_nan=False)
    return judge(name, json.loads(sent), seed)


Code = str | Mapping[str, Any]
Write = Callable[[Any], Code]
NOT_NAMED = {"falta_return", "tipo_inesperado", "modifica_argumentos"}  # by checks, not by a judge


class Wrong(NamedTuple):
    """A wrong answer: what :class:`Bank` writes its code from, and what must be said of it.

    `share` is the part of the points that it keeps; None where any part but all will do.
    """

    piece: Any
    misconception: str
    share: float | None = None


def assert_right(name: str, code: Code) -> None:
    """The code is right under the public seed and under others."""
    for seed in (PUBLIC_SEED, SECRET_SEED, 0):
        found = verdict(name, code, seed)
        assert found.state == "correcto", f"seed {seed}: {found}"
        assert found.points == found.out_of


def assert_wrong(name: str, code: Code, misconception: str, share: float | None = None) -> None:
    """The code meets the message of one misconception, under the public seed and under another."""
    for seed in (PUBLIC_SEED, SECRET_SEED):
        found = verdict(name, code, seed)
        assert (found.state, found.misconception) == ("incorrecto", misconception), found
        assert found.points < found.out_of or all_questions()[name].practice
        assert share is None or found.points == share * found.out_of
        assert len(found.message) > 40


class Bank:
    """Right and wrong answers to the questions of one lesson, and the three tests of them.

    Parameters
    ----------
    lesson : str
        Two digits.
    """

    def __init__(self, lesson: str) -> None:
        self._lesson = lesson
        self._right: list[Any] = []
        self._wrong: list[Any] = []
        self._met: set[tuple[str, str]] = set()

    def right(self, question: str, answers: Mapping[str, Any], write: Write = str) -> None:
        """Add right answers by kind; `write` makes the code, or a namespace, when its test runs."""
        for kind, piece in answers.items():
            self._right.append(pytest.param(question, piece, write, id=f"{question}-{kind}"))

    def wrong(
        self, question: str, answers: Mapping[str, tuple[Any, ...]], write: Write = str
    ) -> None:
        """Add wrong answers by kind, each a tuple with the fields of :class:`Wrong`."""
        for kind, fields in answers.items():
            answer = Wrong(*fields)
            self._wrong.append(pytest.param(question, answer, write, id=f"{question}-{kind}"))
            self._met.add((question, answer.misconception))

    def tests(self) -> tuple[Callable[..., None], ...]:
        """Tests for the module to name: right answers, wrong answers, no message without one."""

        @pytest.mark.parametrize(("question", "piece", "write"), self._right)
        def right(question: str, piece: Any, write: Write) -> None:
            assert_right(question, write(piece))

        @pytest.mark.parametrize(("question", "answer", "write"), self._wrong)
        def wrong(question: str, answer: Wrong, write: Write) -> None:
            assert_wrong(question, write(answer.piece), answer.misconception, answer.share)

        def every_message() -> None:
            asked = [q for q in all_questions().values() if q.lesson == self._lesson]
            named = {(q.name, key) for q in asked for key in q.messages}
            assert {pair for pair in self._met if pair[1] not in NOT_NAMED} == named

        return right, wrong, every_message


def run_cells(path: Path) -> dict[str, Any]:
    """Run the code cells of a notebook in this process; return its namespace."""
    transform = TransformerManager().transform_cell
    namespace: dict[str, Any] = {"__name__": "notebook"}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(transform(cell.source), path.stem, "exec"), namespace)
    return namespace
