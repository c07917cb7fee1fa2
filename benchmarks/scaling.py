"""Time one search on two cores with processes, threads and threads of BLAS.

Writes course_utils/_records/scaling.json (lesson 14 shows it): the fastest of `REPEATS` searches
each, the one that other work on the machine disturbed least. What a quiet machine and a busy one
measured stand beside each other; a new measurement replaces the one of its kind.
"""

from __future__ import annotations

import json
import os
import platform
import time
import warnings
from typing import Any

import joblib
import psutil
import sklearn
from joblib import parallel_config
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "scaling.json"
REPEATS = 5
QUIET = 20  # percent of the cores that other work takes
GRID = {"alpha": [1e-5, 1e-4, 1e-3, 1e-2]}
WAYS: dict[str, tuple[str, int, int]] = {  # joblib's backend, its workers, threads of BLAS in each
    "1 proceso, 1 hilo de BLAS": ("loky", 1, 1),
    "1 proceso, 2 hilos de BLAS": ("loky", 1, 2),
    "2 procesos": ("loky", 2, 1),
    "2 hilos": ("threading", 2, 1),
    "2 procesos, 2 hilos de BLAS": ("loky", 2, 2),
    "8 procesos": ("loky", 8, 1),
}


def seconds(backend: str, workers: int, blas: int) -> float:
    """Wall-clock seconds of the search; the workers are there already."""
    X, y = load_digits(return_X_y=True)
    network = MLPClassifier((512,), batch_size=512, max_iter=16, random_state=101)
    search = GridSearchCV(network, GRID, cv=2, refit=False, n_jobs=workers)
    inner = {"inner_max_num_threads": blas} if backend == "loky" and workers > 1 else {}
    with threadpool_limits(blas), parallel_config(backend, **inner):
        joblib.Parallel(n_jobs=workers)(joblib.delayed(_wake)() for _ in range(2 * workers))
        began = time.perf_counter()
        search.fit(X, y)
        return time.perf_counter() - began


def _wake() -> None:
    import sklearn.neural_network  # noqa: F401

    time.sleep(0.2)


def main() -> None:
    warnings.simplefilter("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"  # of the processes too
    load, others = round(psutil.getloadavg()[0]), psutil.cpu_percent(interval=5)
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(REPEATS):
        for name, way in WAYS.items():
            taken[name].append(seconds(*way))
    fastest = {name: round(min(many), 2) for name, many in taken.items()}
    store("quiet" if others < QUIET else "busy", {"load": load, "seconds": fastest})


def store(machine: str, measured: dict[str, Any]) -> None:
    """Write one measurement, with what it belongs to, beside the one of the other kind."""
    record = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    versions = {"scikit-learn": sklearn.__version__, "joblib": joblib.__version__}
    about = {"python": platform.python_version(), "cores": os.cpu_count(), **versions}
    about["what"] = f"4 networks of 512 units, 2 folds; fastest of {REPEATS} searches"
    record[machine] = measured
    kinds = {name: record[name] for name in ("quiet", "busy") if name in record}
    text = json.dumps({"about": about} | kinds, indent=1)
    write_text(RESULT, text + "\n")
    print(text)


if __name__ == "__main__":
    main()
