"""Measure how long tournaments take, and how the strategies do, on the table svm_digits.

Writes benchmarks/results/tournament.json: seconds of 40 searches of 60 evaluations by strategy
(wall clock and CPU of this process) and the regret after 10 and 60 evaluations.
"""

from __future__ import annotations

import functools
import json
import platform
import time
from pathlib import Path
from typing import Any

import hyperopt
import numpy as np
import optuna
import pandas as pd
from optuna.samplers import GridSampler, RandomSampler, TPESampler

from course_utils import run_tournament, trial_bank
from course_utils._atomic import write_text
from course_utils.tournament import (
    Strategy,
    at_budget,
    compare,
    from_hyperopt,
    from_optuna,
    grid_search,
    random_search,
)

RESULT = Path(__file__).parent / "results" / "tournament.json"
N_TRIALS, N_SEEDS, N_RANDOM, STARTUP = 60, 40, 2000, 5


def optuna_tpe(n_startup_trials: int) -> Strategy:
    return from_optuna(lambda seed: TPESampler(n_startup_trials=n_startup_trials, seed=seed))


def hyperopt_tpe(n_startup_jobs: int) -> Strategy:
    return from_hyperopt(functools.partial(hyperopt.tpe.suggest, n_startup_jobs=n_startup_jobs))


def seconds(function: Any) -> tuple[Any, dict[str, float]]:
    """Value of a call, and its wall-clock and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    value = function()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return value, {"wall_seconds": round(wall, 3), "cpu_seconds": round(cpu, 3)}


def main() -> None:
    bank = trial_bank("svm_digits")
    strategies: dict[str, Strategy] = {
        "random": random_search,
        "grid": grid_search,
        f"Optuna TPE, {STARTUP} random": optuna_tpe(STARTUP),
        "Optuna TPE, 10 random (default)": optuna_tpe(10),
        f"Hyperopt TPE, {STARTUP} random": hyperopt_tpe(STARTUP),
        "Hyperopt TPE, 20 random (default)": hyperopt_tpe(20),
        "Optuna RandomSampler": from_optuna(lambda seed: RandomSampler(seed=seed)),
        "Optuna GridSampler": from_optuna(
            lambda seed: GridSampler(bank.space, seed=seed), ordered=False
        ),
        "Hyperopt rand": from_hyperopt(hyperopt.rand.suggest),
    }
    _, replay = seconds(lambda: bank.random_search(N_TRIALS, N_RANDOM))
    times, tables = {f"{N_RANDOM} searches by bank.random_search": replay}, []
    for name, strategy in strategies.items():
        run = functools.partial(
            run_tournament, bank, {name: strategy}, n_trials=N_TRIALS, seeds=N_SEEDS
        )
        table, times[name] = seconds(run)
        tables.append(table)
        print(name, times[name], flush=True)
    results = pd.concat(tables, ignore_index=True)
    three = results[results["strategy"].isin(list(strategies)[:3])]
    result = {
        "python": platform.python_version(),
        "optuna": optuna.__version__,
        "hyperopt": hyperopt.__version__,
        "numpy": np.__version__,
        "what": f"{N_SEEDS} searches of {N_TRIALS} evaluations (and one more, to check the seed)",
        "seconds": times,
        "regret": at_budget(results, (10, N_TRIALS)).round(6).to_dict(orient="records"),
        "verdicts": [v for trial in (10, N_TRIALS) for v in compare(three, trial)["verdict"]],
    }
    RESULT.parent.mkdir(exist_ok=True)
    write_text(RESULT, json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
