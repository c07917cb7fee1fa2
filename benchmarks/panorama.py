"""Every living library against random search, on one table of the trial bank, at one budget.

Writes course_utils/_records/panorama.json, which lesson 13 reads: five minutes of CPU, most of them
of the libraries that fit Gaussian processes or forests between two evaluations. SMAC goes through a
set of configurations in the order of their hashes, which a seed of its own does not fix; so the
hashes of strings are fixed too: ``PYTHONHASHSEED=0 python -m benchmarks.panorama``.
"""

from __future__ import annotations

import json
import os
import platform
import time
from importlib.metadata import version

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.libraries import STARTUP, strategies
from course_utils import run_tournament, trial_bank
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "panorama.json"
TABLE, N_TRIALS, N_SEEDS = "svm_digits", 24, 20
PACKAGES = {
    "Hyperopt": "hyperopt",
    "Optuna": "optuna",
    "scikit-optimize": "scikit-optimize",
    "SMAC": "smac",
    "Keras Tuner": "keras-tuner",
    "sklearn-genetic-opt": "sklearn-genetic-opt",
    "TPOT": "tpot",
}


def main() -> None:
    if os.environ.get("PYTHONHASHSEED") != "0":
        raise SystemExit("Run it with PYTHONHASHSEED=0: SMAC goes through a set")
    bank = trial_bank(TABLE)
    regrets: dict[str, list[float]] = {}
    seconds: dict[str, float] = {}
    for name, strategy in strategies().items():
        began = time.process_time()
        results = run_tournament(bank, {name: strategy}, n_trials=N_TRIALS, seeds=N_SEEDS)
        # One search more than the seeds: the first is run twice, to see that it repeats itself.
        seconds[name] = round((time.process_time() - began) / (N_SEEDS + 1), 3)
        last = results[results["trial"] == N_TRIALS]
        regrets[name] = last["regret"].round(6).tolist()
        print(name, seconds[name], regrets[name], flush=True)
    result = {
        "python": platform.python_version(),
        "versions": {name: version(package) for name, package in PACKAGES.items()},
        "table": TABLE,
        "n_trials": N_TRIALS,
        "startup": STARTUP,
        "regret": regrets,
        "seconds": seconds,
    }
    write_text(RESULT, json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
