"""Time and memory of ``vectorize_sequences`` against two plain ways, on IMDB's training set.

Run ``python -m benchmarks.vectorize`` from the repository; it writes
``benchmarks/results/vectorize.json`` and prints the same table. Each time is the median of whole
calls that make a fresh result, page faults included, measured in two ways:

* *first*: the first call of a new process, which is what a notebook does. A large result needs
  memory that the system has not handed out yet; on a virtual machine that can dominate.
* *warm*: repeated calls in one process, all methods in turn.

The ratios to the book loop depend on the price of 2 GB of fresh memory, hence on the machine and
on what else it does; the load while the table was made is in the JSON file. Where that memory is at
hand (the book loop called again and again on an idle machine) the book loop took 0.35 s instead of
seconds, and the ratios fell to about 4 (dense uint8) and 3 (CSR).

Memory is the peak while the function runs, its
result included: as traced by ``tracemalloc`` (allocated) and, on Linux, as the growth of the
process (resident; untouched zero pages do not count, freed memory may be reused).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy import sparse

from course_utils._atomic import write_text
from course_utils.data import load_imdb
from course_utils.text import vectorize_sequences

DIMENSION = 10_000
RESULTS = Path(__file__).parent / "results" / "vectorize.json"
PROC = Path("/proc/self")


def book_loop(sequences: Any) -> Any:
    """Set one cell at a time in a float64 array: the double loop of the textbooks."""
    results = np.zeros((len(sequences), DIMENSION))
    for i, sequence in enumerate(sequences):
        for j in sequence:
            results[i, j] = 1.0
    return results


def row_fill(sequences: Any, dtype: str) -> Any:
    """Set one row at a time by its list of indices."""
    results = np.zeros((len(sequences), DIMENSION), dtype=dtype)
    for i, sequence in enumerate(sequences):
        results[i, sequence] = 1
    return results


Method = Callable[[Any], Any]
METHODS: dict[str, Method] = {
    "book loop, float64": book_loop,
    "row fill, float32": partial(row_fill, dtype="float32"),
    "row fill, uint8": partial(row_fill, dtype="uint8"),
    "vectorize_sequences, float32": partial(vectorize_sequences, dtype="float32"),
    "vectorize_sequences, uint8": partial(vectorize_sequences, dtype="uint8"),
    "vectorize_sequences, CSR float32": partial(vectorize_sequences, sparse=True),
    "vectorize_sequences, CSR uint8": partial(vectorize_sequences, dtype="uint8", sparse=True),
}


def main() -> None:
    """Measure all methods in one process and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="warm calls per method")
    parser.add_argument("--first", metavar="METHOD", help="only time one first call (internal)")
    options = parser.parse_args()
    repeat = options.repeat
    data = load_imdb(DIMENSION)
    sequences = data.X_train
    del data.__dict__["X"]  # the test half would only take memory
    if options.first:
        print(timed(METHODS[options.first], sequences))
        return
    reference = sparse.csr_matrix(book_loop(sequences))
    first = rounds(first_call, 3)
    warm = rounds(lambda name: timed(METHODS[name], sequences), repeat)
    rows = [
        times(name, first[name], warm[name])
        | memory(method, sequences)
        | {"equal": all_equal(method(sequences), reference)}
        for name, method in METHODS.items()
    ]
    book = rows[0]
    for row in rows:
        row["first_speedup"] = round(book["first_seconds"] / row["first_seconds"], 1)
        row["speedup"] = round(book["seconds"] / row["seconds"], 1)
        row["memory_ratio"] = round(book["result_mb"] / row["result_mb"], 1)
        row["peak_over_result"] = round(row["peak_traced_mb"] / row["result_mb"], 3)
    report(rows, data.source, sequences)


def rounds(measure: Callable[[str], float], repeat: int) -> dict[str, list[float]]:
    """Measure all methods in turn, several times: a busy moment then hits each of them."""
    seconds: dict[str, list[float]] = {name: [] for name in METHODS}
    for _ in range(repeat):
        for name in METHODS:
            seconds[name].append(round(measure(name), 3))
    return seconds


def times(name: str, first: list[float], warm: list[float]) -> dict[str, Any]:
    """Give medians and every single time."""
    return {
        "method": name,
        "first_seconds": statistics.median(first),
        "all_first_seconds": first,
        "seconds": statistics.median(warm),
        "all_seconds": warm,
    }


def memory(method: Method, sequences: Any) -> dict[str, Any]:
    """Measure the peak of a call; apart from the timing, because tracing slows it down."""
    resident = resident_peak(method, sequences)
    gc.collect()
    tracemalloc.start()
    result = method(sequences)
    traced = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "result_mb": megabytes(stored_bytes(result)),
        "peak_traced_mb": megabytes(traced),
        "peak_resident_mb": None if resident is None else megabytes(resident),
    }


def first_call(name: str) -> float:
    """Seconds of the first call in a process of its own; reading the data is not counted."""
    command = [sys.executable, __file__, "--first", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])


def timed(method: Method, sequences: Any) -> float:
    """Seconds of one call; its result is freed outside the clock."""
    gc.collect()
    start = time.perf_counter()
    result = method(sequences)
    seconds = time.perf_counter() - start
    del result
    return seconds


def resident_peak(method: Method, sequences: Any) -> int | None:
    """Growth of the process' resident memory at its peak, in bytes; None where Linux lacks it."""
    gc.collect()
    try:
        (PROC / "clear_refs").write_text("5")  # resets the peak
        before = status_bytes("VmRSS")
        result = method(sequences)
        peak = status_bytes("VmHWM") - before
        del result
    except (OSError, KeyError):
        return None
    return peak


def status_bytes(field: str) -> int:
    """Read one memory figure of this process."""
    lines = (PROC / "status").read_text().splitlines()
    values = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(values[field].split()[0]) * 1024


def stored_bytes(result: Any) -> int:
    """Bytes of a dense array or of the three arrays of a CSR matrix."""
    if sparse.issparse(result):
        return int(result.data.nbytes + result.indices.nbytes + result.indptr.nbytes)
    return int(result.nbytes)


def all_equal(result: Any, reference: Any) -> bool:
    """Compare with the book loop's result, by blocks to keep memory low."""
    steps: Iterable[int] = range(0, reference.shape[0], 1_000)
    return result.shape == reference.shape and all(
        np.array_equal(dense(result[i : i + 1_000]), dense(reference[i : i + 1_000])) for i in steps
    )


def dense(rows: Any) -> Any:
    """Give an array for either kind of result."""
    return rows.toarray() if sparse.issparse(rows) else rows


def megabytes(n_bytes: int) -> float:
    """Million bytes, one decimal."""
    return round(n_bytes / 1e6, 1)


def report(rows: list[dict[str, Any]], source: str, sequences: Any) -> None:
    """Print the table and write it, with what it was measured on."""
    about = {
        "data": "IMDB training set",
        "source": source,
        "texts": len(sequences),
        "tokens": sum(map(len, sequences)),
        "dimension": DIMENSION,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load_average_1min": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    write_text(RESULTS, json.dumps({"about": about, "rows": rows}, indent=2) + "\n")
    print(f"{about['data']} ({source}), {about['texts']:,} × {DIMENSION:,}")
    columns = {
        "first s": "first_seconds",
        "× faster": "first_speedup",
        "warm s": "seconds",
        "× faster ": "speedup",
        "result MB": "result_mb",
        "× smaller": "memory_ratio",
        "traced MB": "peak_traced_mb",
        "/result": "peak_over_result",
        "RSS MB": "peak_resident_mb",
    }
    print(" " * 34 + "".join(f"{title:>10}" for title in columns))
    for row in rows:
        print(f"{row['method']:<34}" + "".join(f"{row[key]!s:>10}" for key in columns.values()))
    if not all(row["equal"] for row in rows):
        sys.exit("The results differ: see 'equal' in the JSON file.")


if __name__ == "__main__":
    main()
