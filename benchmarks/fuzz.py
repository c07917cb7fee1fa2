"""Damages notebooks, zips and names at random, and reads, names, marks and shows all of them.

``python -m benchmarks.fuzz [COUNT]`` (12 000 by default); the same cases on every run. Every file
goes the grader's way: a worker with a budget, who is who, marks, a page. Exit status 1 if a worker
died over a file, a file broke its budget, or anything after the workers raised.
"""

from __future__ import annotations

import io
import json
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from course_utils import messages
from course_utils.grading.reading.exercises import load_exercises
from course_utils.grading.reading.roster import class_list
from course_utils.grading.reading.submissions import read_submissions
from course_utils.grading.reports.marks import assemble
from course_utils.grading.reports.pages import file_names, student_page
from course_utils.grading.submission import Submission
from course_utils.grading.workers import Budget, Failed, Workers
from tests.hostile.hostile_cases import ROOT, checked, data, exercise, solution

EXERCISES = ROOT / "exercises"
COUNT = 12_000
BUDGET = Budget(seconds=10, memory_mb=512)
_FOLDER = 200  # files that are one class
_PIECES = [
    *("<!--", "-->", "\\n", "\\n\\n", " ", "\\t", "check('", "(", ")", "`", "**", "_", "-", "'"),
    *('"', "\\ud800", "\\udc00", "[", "{", "]", "}", "[[", '{"a":', "<!-- respuesta: texto_02"),
    *("*Escribe aquí tu respuesta", "def n_combos(", "\\u0000", "\\u2028", "=", "%%bash", "f'{'"),
]
_ODD: list[Any] = [
    None,
    True,
    7,
    -1.5,
    1e308,
    "",
    "\ud800",
    "\x00",
    [],
    {},
    [[]],
    {"a": {}},
    10**400,
    "x" * 9,
]
_NAMES = [
    *("Ana Ruiz", "_12_assignsubmission_file_", "_LATE_1234_56789_", " - ", "02_busqueda"),
    *("copia", "(1)", "-Copy1", "..", ".", " ", "_", "ñ", "e\u0301", "\u202e", "LEEME", "+", "=1"),
    *("_attempt_", "2026-01-15-10-30-00", ".ipynb", ".zip", ".txt", "CON", "%s", "{x}", "<b>"),
    *("'", '"', ";"),
]


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    result = run(count)
    print(json.dumps(result, ensure_ascii=False))
    return 1 if result["broken"] else 0


def run(count: int, seed: int = 16) -> dict[str, Any]:
    """Try so many files.

    Parameters
    ----------
    count : int
        Files to damage.
    seed : int
        Draws them.

    Returns
    -------
    dict
        ``files`` that were written, ``seen`` (how many were read as what), and ``broken``: why, for
        every file over its budget or a worker's death.
    """
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    broken: list[str] = []
    with Workers(EXERCISES, 2, BUDGET) as workers:
        for start in range(0, count, _FOLDER):
            with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
                _write(Path(folder) / "e", rng, min(_FOLDER, count - start))
                _grade(Path(folder), workers, seen, broken)
    return {"files": count, "seen": dict(seen), "broken": broken}


def _write(folder: Path, rng: random.Random, count: int) -> None:
    folder.mkdir()
    made: list[Callable[[random.Random], bytes]] = [_bytes, _json, _json, _zip]
    for number in range(count):
        make = rng.choice(made)
        ending = ".zip" if make is _zip else ".ipynb"
        inside = folder / _name(rng) if rng.random() < 0.3 else folder
        path = inside / f"{number}{_name(rng)}{ending}"
        try:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(make(rng))
        except (OSError, ValueError):  # a name that this disk does not take
            (folder / f"{number}{ending}").write_bytes(make(rng))


def _grade(folder: Path, workers: Workers, seen: Counter[str], broken: list[str]) -> None:
    """The grader's way without the runs."""
    known = load_exercises(EXERCISES)
    files = read_submissions(folder / "e", known, workers)
    failures = set(messages.GRADER_FAILED.values())
    for file in files:
        kind = "exercise" if file.exercise else "other" if file.facts.is_notebook else "unreadable"
        seen[kind] += 1
        if file.problem in failures:
            broken.append(f"{file.label}: {file.problem}")
        _result(file)
    class_list(files, known)
    records, reviews = assemble(files, known)
    json.dumps([review.row() for review in reviews]).encode()
    names = file_names(record.student for record in records)
    pages = [
        {"path": str(folder / names[record.student]), "values": student_page(record, known)}
        for record in records
    ]
    answers = workers.ask_in_groups("write_pages", [pages])
    broken += [f"page: {answer.reason}" for answer in answers if isinstance(answer, Failed)]
    for path in folder.glob("*.html"):
        if "<script" in path.read_text(encoding="utf-8").lower():
            broken.append(f"page: script in {path.name}")


def _result(file: Submission) -> None:
    """What a run would have left."""
    if file.exercise is not None:
        file.key = str(hash(tuple(file.code)))
        verdicts = {
            question.name: {
                "state": "incorrecto",
                "message": "`x`",
                "misconception": "",
                "points": 0.0,
            }
            for question in file.exercise.checked
        }
        runs = [{"status": "error", "error": "SyntaxError: x"} for _ in file.code]
        file.result = {"verdicts": verdicts, "cells": runs}


def _name(rng: random.Random) -> str:
    name = "".join(rng.choices(_NAMES, k=rng.randint(0, 4))) * rng.choice([1, 1, 1, 3])
    return name.replace("/", "").replace("\0", "") or "x"


def _notebook(rng: random.Random) -> dict[str, Any]:
    made: list[Callable[[], dict[str, Any]]] = [solution, exercise, lambda: checked(solution())]
    return rng.choice(made)()


def _bytes(rng: random.Random) -> bytes:
    """A notebook whose text was cut, doubled, flipped or stuffed."""
    text = bytearray(data(_notebook(rng)))
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.choice([1, 10, 1_000, 10_000]))
        action = rng.randrange(5)
        if action == 0:
            del text[at:end]
        elif action == 1:
            text[at:at] = text[at:end]
        elif action == 2:
            text[at:end] = bytes(rng.randrange(256) for _ in range(min(50, end - at)))
        elif action == 3:
            piece = rng.choice(_PIECES).encode()
            text[at:at] = piece * rng.choice([1, 10, 1_000, 20_000])
        else:
            del text[at:]
    return bytes(text)


def _json(rng: random.Random) -> bytes:
    """A notebook with odd values, missing keys, or stuffed cells, that is still JSON."""
    notebook = _notebook(rng)
    for _ in range(rng.randint(1, 6)):
        place: Any = notebook
        while isinstance(place, dict | list) and place:
            key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
            action = rng.randrange(8)
            if action == 0:
                place[key] = rng.choice(_ODD)
                break
            if action == 1:
                del place[key]
                break
            if action == 2 and isinstance(place[key], str):
                stuffing = json.loads(f'"{rng.choice(_PIECES[:14])}"')
                place[key] += stuffing * rng.choice([1, 1_000, 60_000])
                break
            place = place[key]
    return json.dumps(notebook).encode()


def _zip(rng: random.Random, depth: int = 0) -> bytes:
    """A zip of damaged things, itself damaged now and then."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, catch_warnings():
        simplefilter("ignore")  # a name twice is a case
        for _ in range(rng.randint(0, 4)):
            inner = depth < 3 and rng.random() < 0.2
            content = _zip(rng, depth + 1) if inner else rng.choice([_bytes, _json])(rng)
            info = zipfile.ZipInfo(f"{_name(rng)}/{_name(rng)}" + (".zip" if inner else ".ipynb"))
            info.external_attr = rng.choice([0, 0, 0, 0o120777 << 16, 1 << 31])
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    text = bytearray(stream.getvalue())
    for _ in range(rng.choice([0, 0, 1, 5])):
        text[rng.randrange(len(text))] = rng.randrange(256)
    return bytes(text)


if __name__ == "__main__":
    sys.exit(main())
