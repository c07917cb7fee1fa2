"""Measure what `import course_utils` costs and how large the environment is.

Writes benchmarks/results/imports.json; `make bench` turns it into RESULTS.md.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

from course_utils._atomic import write_text

RESULT = Path(__file__).parent / "results" / "imports.json"
STATEMENTS = ("pass", "import course_utils", "import sklearn", "import optuna", "import tensorflow")


def seconds(statement: str, repeats: int = 5) -> float:
    """Median wall-clock seconds of a fresh interpreter that runs one statement."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def installed_megabytes() -> dict[str, int]:
    """Size of the environment and of its five largest packages, in MB (10^6 bytes)."""
    site = Path(next(path for path in sys.path if path.endswith("site-packages")))
    sizes = {entry.name: _bytes(entry) for entry in site.iterdir() if entry.is_dir()}
    largest = sorted(sizes, key=sizes.__getitem__, reverse=True)[:5]
    shown = {"all": _bytes(Path(sys.prefix)), **{name: sizes[name] for name in largest}}
    return {name: round(size / 1e6) for name, size in shown.items()}


def _bytes(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    empty = seconds("pass")
    result = {
        "python": platform.python_version(),
        "seconds_of_an_empty_interpreter": round(empty, 3),
        "seconds_added": {s: round(seconds(s) - empty, 3) for s in STATEMENTS[1:]},
        "installed_megabytes": installed_megabytes(),
    }
    RESULT.parent.mkdir(exist_ok=True)
    write_text(RESULT, json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
