"""Every question under many seeds: how often right answers fail, and wrong ones pass.

Wrong ones are those of the banks in ``tests/checks``, written by hand, and, where a question has a
single right answer, those that :mod:`tests.checks.mutations` makes from it. Writes
benchmarks/results/mutants.json; a run of some questions (``python -m benchmarks.mutants breed``)
leaves the others as they were. Exit status 1 if a right answer failed once, or a wrong one passed
under more than one seed in a hundred.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from course_utils._atomic import write_text
from course_utils.checks import judge, questions
from tests.checks.exercise_bank import Answer, Bank, Code, observed
from tests.checks.mutations import mutants

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "mutants.json"
N_RIGHT, N_WRONG = 200, 50
FEW_SEEDS = {
    "is_inert": (40, 20, "each seed trains 28 trees"),
    "tunable_net": (4, 2, "each seed builds 16 networks"),
    "build_model": (6, 3, "each seed builds two networks"),
    "saved_search": (6, 3, "each seed loads a network and asks it 4500 rows"),
    "imdb_model": (4, 2, "each seed loads a network and asks it 6000 reviews"),
}
"""Questions that train something: seeds for right and for wrong answers, and why so few."""
MOST_SECONDS = 5
SINGLE = 1e-5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="*", help="default: all of them")
    parser.add_argument("--right", type=int, default=N_RIGHT, help="seeds for right answers")
    parser.add_argument("--wrong", type=int, default=N_WRONG, help="seeds for wrong answers")
    given = parser.parse_args()
    rows = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    order = [question.name for question in questions() if not question.free_text]
    for name in given.questions or order:
        began = time.process_time()
        rows[name] = measured(name, given.right, given.wrong) | {
            "CPU, s": round(time.process_time() - began, 1)
        }
        print(name, rows[name], flush=True)
        in_order = {key: rows[key] for key in order if key in rows}
        write_text(RESULT, json.dumps(in_order, indent=1, ensure_ascii=False) + "\n")
    return int(any(row["right that failed"] or row["wrong that passed"] for row in rows.values()))


def measured(name: str, n_right: int, n_wrong: int) -> dict[str, Any]:
    """Try the answers to one question under many seeds.

    Parameters
    ----------
    name : str
        The question.
    n_right, n_wrong : int
        Seeds for right and for wrong answers, at most those of ``FEW_SEEDS``.

    Returns
    -------
    dict
        How many right and wrong answers and seeds there were; the right ones that failed under some
        seed, and the wrong ones that passed under more than one in a hundred, with the share.
    """
    most_right, most_wrong, why = FEW_SEEDS.get(name, (n_right, n_wrong, ""))
    right_seeds = range(1_000, 1_000 + min(n_right, most_right))
    wrong_seeds = range(2_000, 2_000 + min(n_wrong, most_wrong))
    bank = _bank(name)
    rights = {answer.kind: answer.code for answer in _of(name, bank.rights)}
    wrongs = {answer.kind: answer.code for answer in _of(name, bank.wrongs)}
    generated = {} if why else slips(name, rights, wrong_seeds)
    failed = {kind: 1 - _passed(name, code, right_seeds) for kind, code in rights.items()}
    passed = {k: _passed(name, code, wrong_seeds) for k, code in (wrongs | generated).items()}
    return {
        "right": len(rights),
        "right seeds": len(right_seeds),
        "right that failed": {kind: share for kind, share in failed.items() if share},
        "wrong by hand": len(wrongs),
        "generated": len(generated),
        "wrong seeds": len(wrong_seeds),
        "wrong that passed": {kind: share for kind, share in passed.items() if share > 0.01},
        "why so few": why,
    }


def _bank(name: str) -> Bank:
    lesson = next(question.lesson for question in questions() if question.name == name)
    bank: Bank = importlib.import_module(f"tests.checks.test_checks_{lesson}").bank
    return bank


def _of(name: str, answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.question == name]


def _passed(name: str, code: Code, seeds: range) -> float:
    """Share of seeds under which an answer is judged right."""
    return sum(_state(name, code, seed) == "correcto" for seed in seeds) / len(seeds)


def _state(name: str, code: Code, seed: int) -> str:
    found = _observed(name, code, seed)
    return judge(name, found, seed).state


def _observed(name: str, code: Code, seed: int, seconds: int = MOST_SECONDS) -> Any:
    """What an answer does, or that it does not end or does not even start."""
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
