"""Time one search on two cores with processes, threads and threads of BLAS.

How busy the machine was is recorded too (its load, the number of processes that want a core).

Writes course_utils/cluster/scaling.json (lesson 14 shows it): the fastest of `REPEATS` searches
each, the one that other work on the machine disturbed least.
"""

from __future__ import annotations

import json
import os
import platform
import time
import warnings
from pathlib import Path
from typing import Any

import joblib
import sklearn
from joblib import parallel_config
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from course_utils._atomic import write_text

RESULT = Path(__file__).resolve().parents[1] / "course_utils" / "cluster" / "scaling.json"
REPEATS = 5
GRID = {"alpha": [1e-5, 1e-4, 1e-3, 1e-2]}
WAYS: dict[str, tuple[str, int, int]] = {  # joblib's backend, its workers, threads of BLAS in each
    "one worker, one thread": ("loky", 1, 1),
    "one worker, BLAS 2": ("loky", 1, 2),
    "2 processes": ("loky", 2, 1),
    "2 threads": ("threading", 2, 1),
    "2 processes, BLAS 2": ("loky", 2, 2),
    "8 processes": ("loky", 8, 1),
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
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(REPEATS):
        for name, way in WAYS.items():
            taken[name].append(seconds(*way))
    about: dict[str, Any] = {"python": platform.python_version(), "cores": os.cpu_count()}
    about |= {"scikit-learn": sklearn.__version__, "joblib": joblib.__version__}
    about["load"] = round(os.getloadavg()[0]) if hasattr(os, "getloadavg") else None
    about["what"] = f"4 networks of 512 units, 2 folds; fastest of {REPEATS} searches"
    fastest = {name: round(min(many), 2) for name, many in taken.items()}
    text = json.dumps({"about": about, "seconds": fastest}, indent=1)
    write_text(RESULT, text + "\n")
    print(text)


if __name__ == "__main__":
    main()
