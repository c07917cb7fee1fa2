"""One of two workers of a shared Optuna study is killed in the middle of a trial."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import optuna
from optuna.trial import TrialState

from benchmarks.kills import optuna_worker
from benchmarks.kills.optuna_worker import STUDY, storage_of

WAYS = ("journal", "heartbeat", "fresh sqlite")
TRIALS = 14


def kills(way: str, numbers: list[int]) -> Iterator[dict[str, Any]]:
    """Run a study for each number and kill a worker in it.

    Parameters
    ----------
    way : str
        One of `WAYS`; ``"fresh sqlite"`` kills nobody: two workers start on a file that does not
        exist yet.
    numbers : list of int
        Of the kills: each draws its own moment.

    Yields
    ------
    dict
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            where = str(Path(folder, "study"))
            one = _fresh(where) if way == "fresh sqlite" else _one(way, where, number)
            yield {"kill": number} | one


def _start(kind: str, where: str, trials: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, optuna_worker.__file__, kind, where, str(trials)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _fresh(where: str) -> dict[str, Any]:
    """Start two workers at once on a storage that nobody has made."""
    workers = [_start("sqlite", where, 2) for _ in range(2)]
    crashed = sum(worker.wait(timeout=120) != 0 for worker in workers)
    return {"crashed": crashed, "error": "crash" if crashed else ""}


def _one(way: str, where: str, number: int) -> dict[str, Any]:
    study = optuna.create_study(study_name=STUDY, storage=storage_of(way, where))
    draw = random.Random(number)
    moment, pause = draw.randint(3, TRIALS - 6), draw.uniform(0, optuna_worker.SECONDS)
    survivor, victim = _start(way, where, TRIALS), _start(way, where, TRIALS)
    try:
        caught = _kill_in_a_trial(study, victim, moment, pause)
        survivor.wait(timeout=120)
    finally:
        for worker in (survivor, victim):
            worker.kill()
            worker.wait()
    if way == "heartbeat":  # what the survivor could not know yet, a later worker finishes
        time.sleep(3)
        optuna.storages.fail_stale_trials(study)
        for _ in study.get_trials(states=(TrialState.WAITING,)):
            study.optimize(optuna_worker.objective, n_trials=1)
    return _what_is_left(study, caught)


def _kill_in_a_trial(
    study: optuna.Study, victim: subprocess.Popen[bytes], moment: int, pause: float
) -> int:
    """Kill the victim while two trials run, so one of them is its own; return how many are done."""
    while True:
        states = Counter(trial.state for trial in study.get_trials(deepcopy=False))
        if states[TrialState.COMPLETE] >= moment:
            time.sleep(pause)  # anywhere in a trial
            states = Counter(trial.state for trial in study.get_trials(deepcopy=False))
            if states[TrialState.RUNNING] == 2:
                victim.kill()
                victim.wait()
                return states[TrialState.COMPLETE]
        time.sleep(0.1)


def _what_is_left(study: optuna.Study, caught: int) -> dict[str, Any]:
    trials = study.get_trials()
    done = [trial for trial in trials if trial.state == TrialState.COMPLETE]
    lost = [trial for trial in trials if trial.state in (TrialState.RUNNING, TrialState.FAIL)]
    values = {trial.params.get("x") for trial in done}
    return {
        "planned": TRIALS,
        "killed_after": caught,
        "kept": len(done),
        "again": sum(bool(trial.system_attrs.get("retry_history")) for trial in done),
        "running_for_ever": sum(trial.state == TrialState.RUNNING for trial in trials),
        "lost": sum(trial.params.get("x") not in values for trial in lost),
        "error": "",
    }
