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
from course_utils.checks import PUBLIC_SEED, Verdict, ask, judge

Code = str | Mapping[str, Any]
ROOT = Path(__file__).resolve().parents[2]
SECRET_SEED = 987_654_321


def observed(name: str, code: Code, seed: int = PUBLIC_SEED) -> Any:
    """What a piece of code (or a namespace) answers, through JSON as in the grader."""
    if isinstance(code, str):
        namespace: dict[str, Any] = {}
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002
        exec(textwrap.dedent(code), namespace)
    else:
        namespace = dict(code)
    return json.loads(json.dumps(ask(name, namespace, seed), allow_nan=False))


def verdict(name: str, code: Code, seed: int = PUBLIC_SEED) -> Verdict:
    """Verdict on a piece of code (or a namespace)."""
    return judge(name, observed(name, code, seed), seed)


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


class Answer(NamedTuple):
    """One answer of a bank: its question, a word for its kind, and how to write it."""

    question: str
    kind: str
    piece: Any
    write: Write

    @property
    def code(self) -> Code:
        """Program, or the names that a notebook holds after it; a search may run to make them."""
        piece = self.piece.piece if isinstance(self.piece, Wrong) else self.piece
        return self.write(piece)


class Bank:
    """Right and wrong answers to the questions of one lesson, and the three tests of them.

    Parameters
    ----------
    lesson : str
        Two digits.

    Attributes
    ----------
    rights, wrongs : list of Answer
        In the order in which they were added.
    """

    def __init__(self, lesson: str) -> None:
        self._lesson = lesson
        self.rights: list[Answer] = []
        self.wrongs: list[Answer] = []

    def right(self, question: str, answers: Mapping[str, Any], write: Write = str) -> None:
        """Add right answers by kind; `write` makes the code, or a namespace, when its test runs."""
        self.rights += [Answer(question, kind, piece, write) for kind, piece in answers.items()]

    def wrong(
        self, question: str, answers: Mapping[str, tuple[Any, ...]], write: Write = str
    ) -> None:
        """Add wrong answers by kind, each a tuple with the fields of :class:`Wrong`."""
        for kind, fields in answers.items():
            wrong = Wrong(*fields)
            self.wrongs.append(Answer(question, kind, wrong, write))

    def tests(self) -> tuple[Callable[..., None], ...]:
        """Tests for the module to name: right answers, wrong answers, no message without one."""

        @pytest.mark.parametrize("answer", [_parameter(answer) for answer in self.rights])
        def right(answer: Answer) -> None:
            assert_right(answer.question, answer.code)

        @pytest.mark.parametrize("answer", [_parameter(answer) for answer in self.wrongs])
        def wrong(answer: Answer) -> None:
            _, misconception, share = answer.piece
            assert_wrong(answer.question, answer.code, misconception, share)

        def every_message() -> None:
            asked = [q for q in all_questions().values() if q.lesson == self._lesson]
            named = {(q.name, key) for q in asked for key in q.messages}
            met = {(answer.question, answer.piece.misconception) for answer in self.wrongs}
            assert {pair for pair in met if pair[1] not in NOT_NAMED} == named

        return right, wrong, every_message


def _parameter(answer: Answer) -> Any:
    """One answer with its name; it is slow where its code imports TensorFlow."""
    slow = [pytest.mark.slow] if "import keras" in str(answer.piece) else []
    return pytest.param(answer, id=f"{answer.question}-{answer.kind}", marks=slow)


def run_cells(path: Path) -> dict[str, Any]:
    """Run the code cells of a notebook in this process; return its namespace."""
    transform = TransformerManager().transform_cell
    namespace: dict[str, Any] = {"__name__": "notebook"}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(transform(cell.source), path.stem, "exec"), namespace)
    return namespace
