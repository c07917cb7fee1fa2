"""Run the lessons: store their outputs, or compare a second run with what is stored.

    python -m tools.run_notebooks                    run all lessons, store outputs and times
    python -m tools.run_notebooks --compare stored   run again, exit 1 if an output changed
    python -m tools.run_notebooks --compare twice    run twice, exit 1 if the two runs differ
    python -m tools.run_notebooks --compare none     only run; --record keeps the measured times

A lesson or cell that breaks its limit (tools/lesson_limits.py) is an exit of 1 as well.
Cells tagged ``timing`` show seconds or facts of the machine; their outputs are never compared.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils._atomic import write_text
from tools import lesson_limits, notebooks
from tools.lesson_time import fold
from tools.watch import PeakMemory, Slowness

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "notebooks.json"
MEASURED = re.compile(r"\*\*Tiempo medido:\*\* [^\n]*")


def main() -> int:
    options = _options()
    os.environ["COURSE_BUDGET"], os.environ["COURSE_DATA"] = options.budget, options.data
    os.environ["COURSE_NOTES"] = ""  # what a maintainer predicted is stored nowhere
    failed = False
    for path in options.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb")):
        stored = nbformat.read(path, as_version=4)
        with PeakMemory() as memory, Slowness() as slowness:
            fresh, cell_seconds, seconds = execute(path)
        slowest = max(cell_seconds)
        print(
            f"{path.name}: {seconds:.1f} s, slowest cell {slowest:.1f} s, "
            f"peak {memory.peak_gb} GB, slowness of the machine {slowness.factor:.2f}",
            flush=True,
        )
        broken = lesson_limits.broken(path.stem, options.budget, seconds, slowest, slowness.factor)
        failed = failed or bool(broken)
        print("".join(f"  {line}\n" for line in broken), end="", flush=True)
        if options.compare is None or options.record:
            record(path.stem, options.budget, seconds, slowest, memory.peak_gb)
        if options.compare is None:
            store(path, fresh, seconds)
        elif options.compare != "none":
            other = stored if options.compare == "stored" else execute(path)[0]
            differences = list(compare(other, fresh))
            print("\n".join(differences) or f"  same outputs ({options.compare})")
            failed = failed or bool(differences)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument("--budget", default="clase", choices=lesson_limits.BUDGETS)
    parser.add_argument("--data", default="auto", choices=["auto", "real", "embedded"])
    parser.add_argument(
        "--compare",
        choices=["stored", "twice", "none"],
        help="store nothing and compare with the stored outputs, with a second run, or not at all",
    )
    parser.add_argument("--record", action="store_true", help="keep the times for the tables")
    options = parser.parse_args()
    if options.compare is None and options.budget != "clase":
        parser.error("outputs are stored in the class budget only; add --compare none")
    return options


def execute(path: Path) -> tuple[NotebookNode, list[float], float]:
    """Run a notebook in its own folder; return it, the seconds per code cell and in all."""
    notebook = nbformat.read(path, as_version=4)
    began = time.perf_counter()
    cell_seconds = notebooks.run(notebook, path.resolve().parent, cell_timeout=900)
    return notebook, cell_seconds, time.perf_counter() - began


def store(path: Path, notebook: NotebookNode, seconds: float) -> None:
    """Write the notebook with its outputs and its measured time."""
    line = f"**Tiempo medido:** {seconds:.0f} s de cálculo (presupuesto `clase`, 2 núcleos)."
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = MEASURED.sub(line, cell.source)
    fold(notebook)
    write_text(path, nbformat.writes(notebook) + "\n")


def record(lesson: str, budget: str, seconds: float, slowest: float, peak_gb: float) -> None:
    """Keep the measured time and memory of a run for the tables."""
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    measured = {"seconds": round(seconds, 1), "slowest_cell": round(slowest, 1), "peak_gb": peak_gb}
    results.setdefault(lesson, {})[budget] = measured
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    write_text(RESULTS, json.dumps(results, indent=2, sort_keys=True) + "\n")


def compare(stored: NotebookNode, fresh: NotebookNode) -> Iterator[str]:
    """Yield one line per code cell whose text or picture differs."""
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        if old.cell_type != "code" or {"timing", "setup"} & set(old.metadata.get("tags", [])):
            continue
        before, after = list(_contents(old)), list(_contents(new))
        if before != after:
            yield f"  cell {number} differs: {_first_difference(before, after)}"


def _contents(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        if output.output_type == "stream":
            yield output.text
        elif output.output_type == "error":
            yield f"{output.ename}: {output.evalue}"
        else:
            kinds = ("text/plain", "image/png")
            yield from (str(output.data[kind]) for kind in kinds if kind in output.data)


def _first_difference(before: list[str], after: list[str]) -> str:
    for old, new in zip(before, after, strict=False):
        if old != new:
            return f"{old[:160]!r} -> {new[:160]!r}"
    return f"{len(before)} outputs -> {len(after)}"


if __name__ == "__main__":
    sys.exit(main())
