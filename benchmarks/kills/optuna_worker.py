"""A worker of a shared study: ``python optuna_worker.py KIND STORAGE TRIALS``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import optuna
from optuna.storages import JournalStorage, RDBStorage, RetryHeartbeatStaleTrialCallback
from optuna.storages.journal import JournalFileBackend
from optuna.trial import TrialState

STUDY, SECONDS = "shared", 0.5


def storage_of(kind: str, where: str) -> Any:
    """Open the storage that all workers share."""
    url = f"sqlite:///{Path(where).as_posix()}"
    if kind == "journal":
        return JournalStorage(JournalFileBackend(where))
    if kind == "sqlite":
        return RDBStorage(url)
    again = RetryHeartbeatStaleTrialCallback()
    beat: dict[str, Any] = {"heartbeat_interval": 1, "grace_period": 2}
    return RDBStorage(url, heartbeat_stale_trial_callback=again, **beat)


def objective(trial: optuna.Trial) -> float:
    """Take `SECONDS`, and no processor."""
    x = trial.suggest_float("x", 0, 1)
    time.sleep(SECONDS)
    return x


def main(kind: str, where: str, trials: str) -> None:
    enough = optuna.study.MaxTrialsCallback(int(trials), states=(TrialState.COMPLETE,))
    study = optuna.create_study(
        study_name=STUDY, storage=storage_of(kind, where), load_if_exists=True
    )
    study.optimize(objective, callbacks=[enough])


if __name__ == "__main__":
    main(*sys.argv[1:])
