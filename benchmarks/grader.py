"""How long 200 submissions take, and whether a killed grading goes on to the same marks.

The grading of all is killed (SIGKILL) half-way and continued. A part of the submissions is then
graded again without interruption, in another order of names, and must get the same marks; the same
part is graded by the grader as it was before the secret seed left the kernel. Last, the solutions
that hand networks over: how long the second kernel takes.

``python -m benchmarks.grader [COUNT [PART]]``, by default 200 and 30: some twelve minutes on two
quiet cores. Writes benchmarks/results/grader.json. Exit status 1 if a mark differs.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils import grading
from course_utils._atomic import write_text
from tests.hostile.hostile_cases import code, data, exercise, solution

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "grader.json"
SEED = 20_26
BEFORE = "65aabb2"
"""The last commit whose grader handed the secret seed to the kernel, and had no second one."""
WITH_NETWORKS = ("06", "07", "09", "10")
ANSWERS = {
    "n_combos": (
        "def n_combos(space, cv):\n    return cv * np.prod([len(v) for v in space.values()])",
        "from sklearn.model_selection import ParameterGrid\n"
        "def n_combos(space, cv):\n    return cv * len(ParameterGrid(space))",
        "def n_combos(space, cv):\n    return cv * sum(len(v) for v in space.values())",
        "def n_combos(space, cv):\n    return len(list(product(*space.values())))",
        "def n_combos(space, cv):\n    return 1 / 0",
    ),
    "is_inert": (
        "def is_inert(model, name, values, X, y):\n"
        "    ps = [clone(model).set_params(**{name: v}).fit(X, y).predict_proba(X)"
        " for v in values]\n"
        "    return bool(np.all([np.array_equal(ps[0], p) for p in ps]))",
        "def is_inert(model, name, values, X, y):\n"
        "    ps = [clone(model).set_params(**{name: v}).fit(X, y).score(X, y) for v in values]\n"
        "    return len(set(ps)) == 1",
        "def is_inert(model, name, values, X, y):\n    return True",
    ),
    "n_distinct": (
        "def n_distinct(grid, n_columns):\n"
        "    return int(np.prod([len(v) for v in grid.values()]))",
    ),
}
IMPORTS = "import numpy as np\nfrom itertools import product\nfrom sklearn.base import clone\n"


def submission(number: int) -> bytes:
    """One submission: solved, blank or a mixture of right and wrong answers; all different."""
    rng = random.Random(number)
    notebook = solution() if rng.random() < 0.6 else exercise()
    cells = notebook["cells"]
    for answers in ANSWERS.values():
        if rng.random() < 0.5:
            cells.append(code(IMPORTS + rng.choice(answers)))
    cells.append(code(f"entrega = {number}"))
    return data(notebook)


def main() -> int:
    count, part = (int(text) for text in (*sys.argv[1:], "200", "30")[:2])
    with tempfile.TemporaryDirectory(prefix="entregas-") as folder:
        Path(folder).chmod(0o755)
        result = measure(Path(folder), count, part)
    write_text(RESULT, json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))
    return 0 if result["equal marks"] else 1


def measure(folder: Path, count: int, part: int) -> dict[str, Any]:
    """Grade, kill, go on, compare.

    Parameters
    ----------
    folder : Path
        Scratch; everything is written below it.
    count : int
        How many submissions.
    part : int
        How many of them are graded again, now and by the grader as it was before.

    Returns
    -------
    dict
        What was measured, by what it is.
    """
    source, out = folder / "entregas", folder / "notas"
    source.mkdir()
    for number in range(1, count + 1):
        (source / f"entrega_{number:03d}.ipynb").write_bytes(submission(number))
    began = time.monotonic()
    killed_at = _killed_half_way(source, out, count)
    orphans = _left_over(folder)
    _graded(source, out)
    seconds = time.monotonic() - began
    peak_grader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    some = _some(source, folder / "parte", count, part)
    again, then = _graded(some, folder / "notas_parte"), _graded_before(some, folder)
    first = _marks(out)
    second = {name[5:]: row for name, row in _marks(folder / "notas_parte").items()}
    return {
        "submissions": count,
        "minutes": round(seconds / 60, 2),
        "submissions per minute": round(60 * count / seconds, 1),
        "cores": os.cpu_count(),
        "load average at the end": round(os.getloadavg()[0], 1),
        "peak MB, largest process of the grader": round(peak_grader),
        "peak MB, largest kernel with children": max(run["peak_mb"] for run in _runs(out)),
        "killed after": killed_at,
        "processes left over by the kill": orphans,
        "run again, uninterrupted, other order": part,
        "equal marks": all(first[name] == row for name, row in second.items()),
        **again.as_rows(part, "these"),
        **then.as_rows(part, f"the same, as graded at {BEFORE}"),
        **_second_kernel(folder),
    }


@dataclass(frozen=True)
class Cost:
    """What a grading cost: wall clock and processor (s), and its largest kernel (MB)."""

    wall: float
    processor: float
    peak_mb: float

    def as_rows(self, count: int, what: str) -> dict[str, float]:
        """Rows of the table, for so many submissions."""
        return {
            f"{what}: per minute": round(60 * count / self.wall, 1),
            f"{what}: seconds of the processor each": round(self.processor / count, 2),
            f"{what}: peak MB, largest kernel with children": self.peak_mb,
        }


def _killed_half_way(source: Path, out: Path, count: int) -> int:
    """Kill a grading when half of it is done; return how much was."""
    process = _start(source, out)
    while len(_results(out)) < count // 2:
        time.sleep(0.5)
        if process.poll() is not None:
            raise RuntimeError("it ended before it could be killed")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return len(_results(out))


def _some(source: Path, folder: Path, count: int, part: int) -> Path:
    """Some of the submissions under other names, so in another order."""
    folder.mkdir()
    for number in random.Random(SEED).sample(range(1, count + 1), part):
        name = f"entrega_{number:03d}.ipynb"
        shutil.copy(source / name, folder / f"z{count - number:03d}_{name}")
    return folder


def _graded(source: Path, out: Path, course: Path = ROOT) -> Cost:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    if _start(source, out, course).wait() != 0:
        raise RuntimeError(f"{course} did not grade {source}")
    used, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, processor, max(run["peak_mb"] for run in _runs(out)))


def _graded_before(source: Path, folder: Path) -> Cost:
    """Grade with the program of that commit, in the environment of today."""
    command = ["git", "archive", "--format=tar", BEFORE]
    archive = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder / "antes", filter="data")
    return _graded(source, folder / "notas_antes", folder / "antes")


def _second_kernel(folder: Path) -> dict[str, float]:
    """How long the solved exercises with networks take, and how much of it in the second kernel."""
    source = folder / "redes"
    for lesson in WITH_NETWORKS:
        (path,) = (ROOT / "solutions").glob(f"{lesson}_*.ipynb")
        (source / f"leccion_{lesson}").mkdir(parents=True)
        shutil.copy(path, source / f"leccion_{lesson}")
    rows = {}
    for record in grading.grade(source, folder / "notas_redes", SEED).records:
        run = record.submissions[0].result
        rows[f"{record.student} solved: seconds"] = run["seconds"]
        rows[f"{record.student} solved: of them in the second kernel"] = run["examined_seconds"]
    return rows


def _results(out: Path) -> list[Path]:
    return list((out / "resultados").glob("*.json"))


def _runs(out: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in _results(out)]


def _start(source: Path, out: Path, course: Path = ROOT) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "course_utils.grading", str(source), "--out", str(out)]
    scratch = source.parent / "t"
    scratch.mkdir(mode=0o755, exist_ok=True)
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONPATH": str(course)}
    return subprocess.Popen([*command, "--seed", str(SEED)], cwd=course, env=environment)


def _left_over(folder: Path) -> int:
    """Kernels that still run a second and a half after the kill."""
    time.sleep(1.5)
    command = ["ps", "-eo", "args"]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    return sum(f"{folder}/t/" in line for line in lines)


def _marks(out: Path) -> dict[str, list[str]]:
    with (out / "notas.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row[0]: row[2:] for row in list(csv.reader(stream))[1:]}


if __name__ == "__main__":
    sys.exit(main())
