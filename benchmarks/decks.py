"""The decks' own procedures beside what a student now waits for: seconds and held-out rows.

Run ``python -m benchmarks.decks`` from the repository. Each measurement is a process of its own, on
one core, and is in ``benchmarks/results/decks.json`` as soon as it is known: interrupted, the next
call goes on from there. Rows and repetitions can be chosen::

    python -m benchmarks.decks                         # all that is missing
    python -m benchmarks.decks tpot_search --seeds 1   # one row, one seed
    python -m benchmarks.decks --small                 # tries the code; nothing is kept

Procedures that are read from the trial bank wait for its tables; what is missing is printed, and
named below the table of RESULTS.md. To measure a row anew, delete its entries.

What is compared. Both sides search the same development rows, and the answers of both are asked for
the same held-out rows. The deck's answer is its search's winner. The course compares every search
with the model as it comes, on the validation rows of the search; its answer is the winner if that
validates better, and otherwise the model as it comes; the wait includes the comparison. The
winner's own difference stands in the table, too. Seconds are CPU seconds of one core on both sides
(as the trial bank has them), so that what else runs counts little; both could use more cores.
Recorded ones are brought to the pace of the day on which the course's side is timed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.deck_procedures.measured import FIRST_SEED, NotRecordedError
from benchmarks.deck_procedures.rows import ROWS, Row
from course_utils._atomic import write_text

MARGIN = 2.0
"""Paired standard errors by which an answer must fall short to be called worse.

Written before any measurement. Not a number of points: the rows are 142 tumours here and 10,000
images there, and one point would be nothing for the first (a tumour and a half) and ten standard
errors for the second. Two paired standard errors are what the course itself asks of a difference
(what fits into the ± is not discussed). It cuts both ways: an answer is called better by the same
rule. Few rows see little; the table therefore has the difference and its error, not only the
verdict.
"""
RATIO = 10.0
"""How many times shorter the sum of the waits is to be."""
SIDES = ("deck", "course")
N_SEEDS = 3
PACKAGES = ("numpy", "scikit-learn", "hyperopt", "tpot", "keras", "keras-tuner", "scikeras")

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "decks.json"
ONE_CORE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "COURSE_DATA": "real",
}
NOT_RECORDED = 3
"""Exit code of a measurement that waits for the trial bank."""

Record = dict[str, dict[str, dict[str, dict[str, Any]]]]
"""Measurements: row, side, seed, and what was measured."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="*", help="names of rows; default, all")
    parser.add_argument("--seeds", type=int, default=N_SEEDS, help="repetitions of each side")
    parser.add_argument("--small", action="store_true", help="short runs; nothing is kept")
    parser.add_argument("--measure", nargs=2, metavar=("SIDE", "SEED"), help="(internal)")
    options = parser.parse_args()
    names = {row.name for row in ROWS}
    if unknown := set(options.rows) - names:
        parser.error(f"no row {', '.join(sorted(unknown))}; there are {', '.join(sorted(names))}")
    rows = [row for row in ROWS if not options.rows or row.name in options.rows]
    if options.measure:
        measure(rows[0], options.measure[0], int(options.measure[1]), small=options.small)
    else:
        measure_missing(rows, 1 if options.small else options.seeds, small=options.small)


def measure_missing(rows: list[Row], n_seeds: int, *, small: bool) -> None:
    """Measure what the record lacks, seed by seed, and write it after each measurement."""
    record = read_record()
    for seed in map(str, range(FIRST_SEED, FIRST_SEED + n_seeds)):
        for row in rows:
            for side in SIDES:
                known = record.get(row.name, {}).get(side, {})
                if seed in known and not small:
                    continue
                entry = in_own_process(row, side, seed, small=small)
                if entry is None:
                    continue
                print(f"{row.name}, {side}, {seed}: {entry['seconds']:.1f} s, {entry['answer']}")
                if not small:
                    record.setdefault(row.name, {}).setdefault(side, {})[seed] = entry
                    store(record)


def in_own_process(row: Row, side: str, seed: str, *, small: bool) -> dict[str, Any] | None:
    """Measure once in a fresh process on one core; None if the trial bank does not have it yet."""
    command = [sys.executable, "-m", "benchmarks.decks", row.name, "--measure", side, seed]
    done = subprocess.run(
        command + ["--small"] * small,
        cwd=ROOT,
        env=os.environ | ONE_CORE,
        stdout=subprocess.PIPE,
        text=True,
    )
    last = (done.stdout.splitlines() or [""])[-1]
    if done.returncode == NOT_RECORDED:
        print(f"{row.name}, {side}, {seed}: skipped; {last}", flush=True)
        return None
    done.check_returncode()
    entry: dict[str, Any] = json.loads(last)
    return entry


def measure(row: Row, side: str, seed: int, *, small: bool) -> None:
    """Measure one side of a row in this process, and print the entry as the last line."""
    module = importlib.import_module(f"benchmarks.deck_procedures.{row.name}")
    began = time.perf_counter()
    try:
        measured = getattr(module, side)(seed, **row.small.get(side, {}) if small else {})
    except NotRecordedError as missing:
        print(missing)
        sys.exit(NOT_RECORDED)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    about = {"wall seconds of everything": round(time.perf_counter() - began, 1), "load": load}
    entry = measured.as_json()
    print(json.dumps(entry | {"details": entry["details"] | about}, default=float))


def read_record() -> Record:
    """Return what is measured so far."""
    if not RESULT.is_file():
        return {}
    measurements: Record = json.loads(RESULT.read_text(encoding="utf-8"))["measurements"]
    return measurements


def store(record: Record) -> None:
    """Write all measurements, with the versions and the machine of the last one."""
    about = {
        "margin": MARGIN,
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }
    text = json.dumps({"about": about, "measurements": record}, indent=1)
    write_text(RESULT, text + "\n")


if __name__ == "__main__":
    main()
