"""Compare replaying a search on the trial bank with training for it.

Replay is measured here; training is what the bank recorded, in CPU seconds of one core. Writes
benchmarks/results/replay.json.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from course_utils import trial_bank
from course_utils._atomic import write_text
from course_utils.bank import TrialBank

RESULT = Path(__file__).parent / "results" / "replay.json"
TABLES = ("svm_digits", "forest_cancer", "mlp_digits")
N_SEARCHES, N_TRIALS = 2000, 60


def median_seconds(function: Callable[[], object], repeats: int = 5) -> float:
    """Median wall-clock seconds of a call."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def load_seconds(name: str, repeats: int = 5) -> float:
    """Median seconds, in fresh interpreters, to import the bank and open a table."""
    code = (
        "import time; began = time.perf_counter(); from course_utils import trial_bank; "
        f"trial_bank({name!r}).best; print(time.perf_counter() - began)"
    )
    run = [sys.executable, "-c", code]
    outputs = [subprocess.run(run, check=True, capture_output=True) for _ in range(repeats)]
    return statistics.median(float(output.stdout) for output in outputs)


def measure(name: str) -> dict[str, float]:
    bank = trial_bank(name)
    many = median_seconds(lambda: bank.random_search(N_TRIALS, N_SEARCHES))
    training = N_SEARCHES * N_TRIALS * float(bank.costs().mean())
    config = bank.best.config
    one = median_seconds(lambda: [bank(config) for _ in range(1000)]) / 1000
    return {
        "load_seconds": round(load_seconds(name), 3),
        "replay_seconds": round(many, 4),
        "training_seconds": round(training),
        "ratio": round(training / many),
        "one_call_microseconds": round(1e6 * one, 1),
        "training_for_one_call_seconds": round(bank.cost(config), 3),
        "ratio_one_call": round(bank.cost(config) / one),
    }


def main() -> None:
    result = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "what": f"{N_SEARCHES} random searches of {N_TRIALS} trials; one call bank(config)",
        "tables": {name: measure(name) for name in TABLES},
        "recorded_hours": {name: round(hours(trial_bank(name)), 3) for name in TABLES},
    }
    RESULT.parent.mkdir(exist_ok=True)
    write_text(RESULT, json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def hours(bank: TrialBank) -> float:
    """CPU hours of everything a table recorded."""
    return float(bank.recorded["seconds"].astype(float).sum()) / 3600


if __name__ == "__main__":
    main()
