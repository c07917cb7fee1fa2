"""One batch of odd and hostile submissions: what each won, and whether anything got out.

A second batch holds all solutions (full marks) and all exercises as handed out ("sin intentar").
Writes benchmarks/results/hostile.json; a run of some cases (``python -m benchmarks.hostile bucle``)
grades these in a batch of their own, and leaves the others as they were; so does one of some
lessons' solutions (``… 12 13``). The cases stand in
tests/hostile. Exit status 1 if a mark was forged or lost, something outside was touched, or a file
stopped the others.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from course_utils import checks, grading
from course_utils._atomic import write_text
from tests.hostile.door_cases import door_cases
from tests.hostile.hostile_cases import Case, cases, write_cases
from tests.hostile.kind_cases import kind_cases
from tests.hostile.secret_cases import LEAK, secret_cases

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "hostile.json"
SECRET = "secreto"
FORMULA = "=+-@＝＋－＠\t\r\n"
LIMITS = grading.Limits(cell_seconds=20, question_seconds=15, notebook_seconds=180)


def main() -> int:
    named, began = set(sys.argv[1:]), time.monotonic()
    lessons = {name for name in named if name.isdigit()}
    result: dict[str, Any] = {"rows": [], "own": [], "outside": [], "peak_mb": 0.0}
    if named:
        result = json.loads(RESULT.read_text(encoding="utf-8"))
    if not named or named > lessons:
        result = _merged(result, _in_scratch(run, named - lessons))
    if not named or lessons:
        own = {row["exercise"]: row for row in result["own"] + _in_scratch(run_own, lessons)}
        result["own"] = [own[exercise] for exercise in sorted(own)]
    if not named:
        result["minutes"] = round((time.monotonic() - began) / 60, 1)
    write_text(RESULT, json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    wrong = [r for r in result["rows"] + result["own"] if r["as_expected"] != "yes"]
    for row in wrong:
        print(row)
    print({key: value for key, value in result.items() if key not in ("rows", "own")})
    return 1 if wrong or result["forged"] or result["outside"] else 0


def _in_scratch(work: Callable[[Path, Collection[str]], Any], named: Collection[str]) -> Any:
    with tempfile.TemporaryDirectory(prefix="entregas-") as folder:
        return work(Path(folder), named)


def _merged(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What was recorded, with the rows of those that were run again, or are new."""
    rows = {row["case"]: row for row in before["rows"] + now["rows"]}
    outside = [*before["outside"], *now["outside"]]
    peak = max(before["peak_mb"], now["peak_mb"])
    merged = now | before | _counts(list(rows.values()))
    return merged | {"outside": outside, "peak_mb": peak}


def _counts(rows: list[dict[str, Any]]) -> dict[str, Any]:
    forged, lost = (sum(row[what] for row in rows) for what in ("forged", "lost"))
    return {"cases": len(rows), "forged": forged, "lost": lost, "rows": rows}


def run(folder: Path, named: Collection[str] = ()) -> dict[str, Any]:
    """Grade cases in one batch and compare with what each may win.

    Parameters
    ----------
    folder : Path
        Scratch; everything is written below it.
    named : collection of str, optional
        Their names; by default, all of them.

    Returns
    -------
    dict
        ``rows`` (one per case), and counts: ``cases``, ``forged`` (points above what the case may
        win), ``lost`` (below), ``outside`` (files touched, connections made).
    """
    canary = folder / "fuera.txt"
    canary.write_text(SECRET)
    with _Listener() as listener:
        wanted = [*cases(str(canary), listener.port), *secret_cases(), *door_cases()]
        wanted += kind_cases()
        wanted = [case for case in wanted if not named or case.name in named]
        write_cases(folder / "entregas", wanted)
        before = _snapshot()
        report = grading.grade(folder / "entregas", folder / "notas", limits=LIMITS)
        outside = sorted(_snapshot() - before)
        if canary.read_text() != SECRET:
            outside.append("canary")
        if listener.calls:
            outside.append("connection")
    outside += _unsafe(folder / "notas")
    records = {record.student: record for record in report.records}
    kinds = {(review.student, review.kind) for review in report.reviews}
    rows = [_row(case, records, kinds) for case in wanted]
    return _counts(rows) | {
        "outside": outside,
        "peak_mb": report.peak_mb,
        "limits": {"memory_mb": LIMITS.memory_mb, "cell_seconds": LIMITS.cell_seconds},
    }


def run_own(folder: Path, lessons: Collection[str] = ()) -> list[dict[str, Any]]:
    """Grade every solution and every exercise as handed out, with the limits of a real grading.

    Parameters
    ----------
    folder : Path
        Scratch.
    lessons : collection of str, optional
        Their numbers; by default, all of them.

    Returns
    -------
    list of dict
        One row per lesson.
    """
    source = folder / "entregas"
    stems = [path.stem for path in sorted((ROOT / "solutions").glob("[0-9]*.ipynb"))]
    stems = [stem for stem in stems if not lessons or stem[:2] in lessons]
    for kind in ("solutions", "exercises"):
        for stem in stems:
            (source / f"{kind}_{stem[:2]}").mkdir(parents=True)
            shutil.copy(ROOT / kind / f"{stem}.ipynb", source / f"{kind}_{stem[:2]}" / "x.ipynb")
    records = {r.student: r for r in grading.grade(source, folder / "notas").records}
    rows = []
    for stem in stems:
        asked = [q for q in checks.questions(stem) if not q.free_text]
        solved, blank = (records[f"{k}_{stem[:2]}"] for k in ("solutions", "exercises"))
        states = {blank.answers[q.name].state for q in asked}
        right = all(solved.answers[q.name].points == q.points for q in asked)
        rows.append(
            {
                "exercise": stem,
                "solution": f"{solved.points:g} of {sum(q.points for q in asked):g}",
                "as handed out": ", ".join(sorted(states)),
                "seconds": solved.submissions[0].result["seconds"],
                "peak MB": solved.submissions[0].result["peak_mb"],
                "as_expected": "yes" if right and states == {"sin_intentar"} else "NO",
            }
        )
    return rows


def _row(case: Case, records: dict[str, Any], kinds: set[tuple[str, str]]) -> dict[str, Any]:
    from course_utils import messages

    record = records[case.student or case.name]
    won = {name: record.answers[name].points for name in case.points}
    states = [record.answers[name].state for name in case.points]
    forged = any((won[n] or 0) > (wanted or 0) for n, wanted in case.points.items())
    lost = any((won[n] or 0) < (wanted or 0) for n, wanted in case.points.items())
    runs = {file.key: file.result for file in record.submissions if file.result}
    seen = sorted(messages.GRADER_KINDS[kind] for who, kind in kinds if who == record.student)
    as_expected = won == case.points and (not case.review or case.review in seen)
    return {
        "case": case.name,
        "what": case.what,
        "points": sum(value or 0 for value in won.values()),
        "may win": sum(value or 0 for value in case.points.values()),
        "states": ", ".join(states),
        "for a human": ", ".join(kind for kind in seen if kind != "texto libre"),
        "seconds": round(sum(run.get("seconds") or 0 for run in runs.values()), 2),
        "as_expected": "yes" if as_expected else "NO",
        "forged": forged,
        "lost": lost,
    }


def _unsafe(out: Path) -> list[str]:
    """What of the marks would hurt who opens them: scripts, secrets, formulas, climbing names."""
    found = []
    for path in out.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        found += [f"script in {path.name}"] if "<script" in page.lower() else []
        found += [f"secret inputs in {path.name}"] if LEAK in page else []
    for path in out.rglob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            taken = [cell for cell in row if cell[:1] and cell[0] in FORMULA]
            found += [f"formula in {path.name}: {cell[:40]}" for cell in taken]
    for path in out.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            climbing = [n for n in archive.namelist() if ".." in n or n[0] == "/" or "\\" in n]
        found += [f"name in {path.name}: {name}" for name in climbing]
    return found


def _snapshot() -> set[str]:
    """Names in the places that hostile code aims at."""
    folders = [Path("/"), Path("/usr"), Path("/etc"), Path(sys.prefix), Path.home()]
    folders += [ROOT / "solutions", *(Path(part) for part in sys.path if Path(part).is_dir())]
    found = {str(path) for folder in folders for path in folder.iterdir() if path.suffix != ".part"}
    return found | {str(path) for path in Path("/tmp").glob("unpickled")}


class _Listener:
    """Somebody on this machine who must not be called."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.calls = 0

    def __enter__(self) -> _Listener:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def __exit__(self, *_: object) -> None:
        self._socket.close()


if __name__ == "__main__":
    sys.exit(main())
