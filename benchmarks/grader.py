"""How long 200 submissions take, and whether a killed grading goes on to the same marks.

The grading of all is killed (SIGKILL) half-way and continued; a part of the submissions is then
graded again without interruption, in the opposite order of names, and must get the same marks.
Writes benchmarks/results/grader.json. Exit status 1 if a mark differs.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from course_utils._atomic import write_text
from tests.hostile.hostile_cases import code, data, exercise, solution

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "grader.json"
SEED = 20_26
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
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    again = max(1, int(count * 0.3))
    with tempfile.TemporaryDirectory(prefix="entregas-") as folder:
        result = measure(Path(folder), count, again)
    write_text(RESULT, json.dumps(result, indent=1) + "\n")
    print(result)
    return 0 if result["equal marks"] else 1


def measure(folder: Path, count: int, again: int) -> dict[str, Any]:
    """Grade, kill, go on, compare."""
    source, out = folder / "entregas", folder / "notas"
    source.mkdir()
    for number in range(1, count + 1):
        (source / f"entrega_{number:03d}.ipynb").write_bytes(submission(number))
    began = time.monotonic()
    process = _start(source, out)
    while len(list((out / "resultados").glob("*.json"))) < count // 2:
        time.sleep(0.5)
        if process.poll() is not None:
            raise RuntimeError("it ended before it could be killed")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    killed_at = len(list((out / "resultados").glob("*.json")))
    orphans = _left_over(folder)
    process = _start(source, out)
    if process.wait() != 0:
        raise RuntimeError("the second half failed")
    seconds = time.monotonic() - began
    peak_grader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    results = [json.loads(path.read_text()) for path in (out / "resultados").glob("*.json")]

    part = folder / "parte"
    part.mkdir()
    chosen = random.Random(SEED).sample(range(1, count + 1), again)
    for number in chosen:  # other names, so another order
        name = f"entrega_{number:03d}.ipynb"
        target = part / f"z{count - number:03d}_{name}"
        shutil.copy(source / name, target)
    process = _start(part, folder / "notas_parte")
    process.wait()
    first = _marks(out)
    second = {name[5:]: row for name, row in _marks(folder / "notas_parte").items()}
    return {
        "submissions": count,
        "minutes": round(seconds / 60, 2),
        "submissions per minute": round(60 * count / seconds, 1),
        "cores": os.cpu_count(),
        "load average at the end": round(os.getloadavg()[0], 1),
        "peak MB, largest process of the grader": round(peak_grader),
        "peak MB, largest kernel with children": max(r["peak_mb"] for r in results),
        "killed after": killed_at,
        "processes left over by the kill": orphans,
        "run again, uninterrupted, other order": again,
        "equal marks": all(first[name] == row for name, row in second.items()),
    }


def _start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "course_utils.grading", str(source), "--out", str(out)]
    scratch = source.parent / "t"
    scratch.mkdir(mode=0o755, exist_ok=True)
    source.parent.chmod(0o755)
    environment = os.environ | {"TMPDIR": str(scratch)}
    return subprocess.Popen([*command, "--seed", str(SEED)], cwd=ROOT, env=environment)


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
