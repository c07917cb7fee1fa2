"""Every question under many seeds: how often right answers fail, and wrong ones pass.

Wrong ones are those of the banks in ``tests/checks``, written by hand, and, where a question has a
single right answer, those that :mod:`tests.checks.mutations` makes from it. Writes
benchmarks/results/mutants.json after each question. Where neither answers nor check changed, a run
goes on where the last one was: it adds the seeds that are missing; where they did, what was
measured of the old ones is dropped. ``--cpu 100`` gives each
question so many seconds, and tries as many seeds as they allow.

An answer that trains a network trains it once, and is asked under all seeds; networks go from the
notebook to the examiner in memory, unless it is the file that tells a wrong one. Exit
status 1 if a right answer failed once, or a wrong one passed under more than one seed
in a hundred.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import hashlib
import importlib
import json
import math
import os
import signal
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from course_utils._atomic import write_text
from course_utils._examiners import networks
from course_utils._observers.student import Student
from course_utils.checks import Verdict, judge, questions
from tests.checks.exercise_bank import Answer, Bank, Code, observed
from tests.checks.mutations import mutants

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "mutants.json"
N_RIGHT, N_WRONG = 200, 50
FIRST_RIGHT, FIRST_WRONG = 1_000, 2_000
TRAINED = ("tunable_net", "build_model", "saved_search", "imdb_model")
"""Questions judged on a network; a slip of the pen in a whole search is not tried."""
MOST_SECONDS, MOST_SECONDS_TRAINED = 5, 120
_MARK = b"red en memoria "
SINGLE = 1e-5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="*", help="default: all of them")
    parser.add_argument("--right", type=int, default=N_RIGHT, help="seeds for right answers")
    parser.add_argument("--wrong", type=int, default=N_WRONG, help="seeds for wrong answers")
    parser.add_argument("--cpu", type=float, default=math.inf, help="seconds for each question")
    given = parser.parse_args()
    os.environ |= {"COURSE_DATA": "embedded", "COURSE_BUDGET": "rapido"}  # as in the grader
    rows = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    order = [question.name for question in questions() if not question.free_text]
    rows = {name: row for name, row in rows.items() if row.get("of") == sources(name)}
    for name in given.questions or order:
        row = rows.get(name, {})
        if row and row["right seeds"] >= given.right and row["wrong seeds"] >= given.wrong:
            continue
        rows[name] = measured(name, row, given.right, given.wrong, given.cpu)
        print(name, rows[name], flush=True)
        in_order = {key: rows[key] for key in order if key in rows}
        write_text(RESULT, json.dumps(in_order, indent=1, ensure_ascii=False) + "\n")
    return int(any(row["right that failed"] or row["wrong that passed"] for row in rows.values()))


def sources(name: str) -> str:
    """Digest of the code that a question's answers and check consist of."""
    lesson = f"lesson_{_lesson(name)}.py"
    rooms = ("_draws", "_observers", "_examiners", "_judges")
    paths = [ROOT / "course_utils" / room / lesson for room in rooms]
    texts = [path.read_bytes() for path in paths if path.exists()]
    tests = ROOT / "tests" / "checks" / f"test_checks_{_lesson(name)}.py"
    texts.append(answers_of(tests.read_text(encoding="utf-8")).encode())
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def answers_of(source: str) -> str:
    """Return what a module with a bank holds beside its tests, fixtures, imports and comments."""
    module = ast.parse(source)
    module.body = [part for part in module.body if not _is_test(part)]
    return ast.unparse(module)


def _is_test(part: ast.stmt) -> bool:
    match part:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.FunctionDef(name=name, decorator_list=decorators):
            return name.startswith("test_") or "fixture" in " ".join(map(ast.unparse, decorators))
        case ast.Assign(targets=[target]):
            return "test_" in ast.unparse(target)
    return False


def _lesson(name: str) -> str:
    return next(question.lesson for question in questions() if question.name == name)


@dataclass
class Tally:
    """Answers, and how often each was judged right.

    Attributes
    ----------
    answers : dict of str to Code
        By kind.
    first : int
        The first seed.
    done : int
        How many seeds were tried.
    passed : dict of str to int
        Kind → seeds under which it was judged right.
    by_file : collection of str
        Kinds whose networks always go through a file.
    """

    answers: dict[str, Code]
    first: int
    done: int = 0
    passed: dict[str, int] = field(default_factory=dict)
    by_file: Collection[str] = ()

    def go_on(self, name: str, seeds: int, seconds: float) -> None:
        """Try more seeds, each with all answers, until there are so many or time is used up."""
        end = time.process_time() + seconds
        opened: dict[bytes, Any] = {}
        while self.done < seeds and time.process_time() < end:
            for kind, code in self.answers.items():
                in_memory = name in TRAINED and kind not in self.by_file
                with networks_in_memory(opened) if in_memory else contextlib.nullcontext():
                    state = _verdict(name, code, self.first + self.done).state
                self.passed[kind] = self.passed.get(kind, 0) + (state == "correcto")
            self.done += 1

    @property
    def shares(self) -> dict[str, float]:
        """Kind → share of the seeds under which it was judged right."""
        return {kind: count / max(self.done, 1) for kind, count in self.passed.items()}


def measured(
    name: str, row: Mapping[str, Any], n_right: int, n_wrong: int, seconds: float = math.inf
) -> dict[str, Any]:
    """Try the answers to one question under many seeds.

    Parameters
    ----------
    name : str
        The question.
    row : mapping
        What was measured of these answers so far; may be empty.
    n_right, n_wrong : int
        Seeds for right and for wrong answers.
    seconds : float, optional
        Of the processor, half of them for each kind.

    Returns
    -------
    dict
        How many right and wrong answers and seeds there were; the right ones that failed under some
        seed, and the wrong ones that passed under more than one in a hundred, with the share.
    """
    began = time.process_time()
    bank = _bank(name)
    rights = {answer.kind: answer.code for answer in _of(name, bank.rights)}
    slipped = _of(name, bank.wrongs)
    wrongs = {answer.kind: answer.code for answer in slipped}
    by_file = {a.kind for a in slipped if a.piece.misconception == "no_se_recarga"}
    made = _slips(name, rights, row.get("slips"), n_wrong)
    right = Tally(rights, FIRST_RIGHT, row.get("right seeds", 0), row.get("rights passed", {}))
    wrong = Tally(
        wrongs | made,
        FIRST_WRONG,
        row.get("wrong seeds", 0),
        row.get("wrongs passed", {}),
        by_file,
    )
    right.go_on(name, n_right, seconds / 2)
    wrong.go_on(name, n_wrong, seconds / 2)
    return {
        "right": len(rights),
        "right seeds": right.done,
        "right that failed": {k: 1 - share for k, share in right.shares.items() if share < 1},
        "wrong by hand": len(wrongs),
        "generated": len(made),
        "wrong seeds": wrong.done,
        "wrong that passed": {k: share for k, share in wrong.shares.items() if share > 0.01},
        "CPU, s": round(row.get("CPU, s", 0) + time.process_time() - began, 1),
        "of": sources(name),
        "slips": list(made),
        "rights passed": right.passed,
        "wrongs passed": wrong.passed,
    }


def _slips(
    name: str, rights: Mapping[str, Code], known: list[str] | None, n_seeds: int
) -> dict[str, Code]:
    """Wrong answers that one slip of the pen makes; those that were found before, if any were."""
    if name in TRAINED:
        return {}
    if known is not None:
        every = mutants(str(next(iter(rights.values())))) if known else {}
        return {text: every[text] for text in known}
    return slips(name, rights, range(FIRST_WRONG, FIRST_WRONG + n_seeds))


def _bank(name: str) -> Bank:
    bank: Bank = importlib.import_module(f"tests.checks.test_checks_{_lesson(name)}").bank
    return bank


def _of(name: str, answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.question == name]


def _verdict(name: str, code: Code, seed: int) -> Verdict:
    return judge(name, _observed(name, code, seed), seed)


@contextlib.contextmanager
def networks_in_memory(opened: dict[bytes, Any]) -> Iterator[None]:
    """Hand networks over without writing them, and open each file once, kept in `opened`."""
    shelf: list[Any] = []

    def hand_over(student: Student, model: Any) -> None:
        if not student._handed_over:  # a new question: nobody asks the last one's networks
            shelf.clear()
        shelf.append(model)
        with tempfile.NamedTemporaryFile(suffix=".keras") as file:
            file.write(_MARK + str(len(shelf) - 1).encode())
            file.flush()
            student.hand_over(file.name)

    def load(path: Path) -> Any:
        data = path.read_bytes()
        if data.startswith(_MARK):
            return shelf[int(data[len(_MARK) :])]
        key = hashlib.sha256(data).digest()
        if key not in opened:
            opened[key] = networks.load(path)
        return opened[key]

    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(Student, "hand_over_network", hand_over))
        for module in ("06", "07", "09", "10"):
            target = f"course_utils._examiners.lesson_{module}.load"
            stack.enter_context(mock.patch(target, load))
        yield


def _observed(name: str, code: Code, seed: int, seconds: int | None = None) -> Any:
    """What an answer does, or that it does not end or does not even start."""
    seconds = seconds or (MOST_SECONDS_TRAINED if name in TRAINED else MOST_SECONDS)
    with contextlib.suppress(Exception), _at_most(seconds):
        return observed(name, code, seed)
    return {"question": name, "status": "raised", "data": {}, "traceback": ""}


def slips(name: str, rights: Mapping[str, Code], seeds: range) -> dict[str, Code]:
    """Wrong answers made from the first right one.

    Only where the question has a single right answer, that is, where all right ones of the bank
    answer alike; elsewhere a changed answer may be as right as the first. A change that answers
    like the right one under every seed is the same answer, written otherwise: it is left out.
    """
    first, *others = rights.values()
    if not isinstance(first, str):
        return {}
    wanted = [_observed(name, first, seed) for seed in seeds]
    if not all(_alike(_observed(name, other, seeds[0]), wanted[0]) for other in others):
        return {}
    return {
        text: code
        for text, code in mutants(first).items()
        if not all(_alike(_observed(name, code, s), w) for s, w in zip(seeds, wanted, strict=True))
    }


def _alike(one: Any, other: Any) -> bool:
    """Whether two observations are the same by value, numbers up to single precision."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = (one.keys() | other.keys()) - {"traceback"}
        return all(_alike(one.get(key), other.get(key)) for key in keys)
    one, other = _column(one), _column(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and (_close(one, other) or all(map(_alike, one, other)))
    return bool(one == other) or _close([one], [other])


def _column(value: Any) -> Any:
    """A matrix with a single column, as a list."""
    if isinstance(value, list) and all(isinstance(v, list) and len(v) == 1 for v in value):
        return [v[0] for v in value]
    return value


def _close(one: list[Any], other: list[Any]) -> bool:
    """Whether lists of decimals agree for the largest of them; whole numbers are never close."""
    numbers = all(isinstance(value, int | float) for value in [*one, *other])
    if not numbers or all(value == int(value) for value in other):
        return False
    most = max(map(abs, other))
    return all(abs(a - b) <= SINGLE * most for a, b in zip(one, other, strict=True))


@contextlib.contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Stop an endless loop; a slow machine has no part in it, the processor's time counts."""

    def stop(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


if __name__ == "__main__":
    sys.exit(main())
