"""Chief or worker, as the environment says: ``python keras_tuner_worker.py FOLDER TRIALS``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import keras_tuner as kt

SECONDS = 1.0


class Pauses(kt.RandomSearch):
    """A search whose trials take `SECONDS`, and no processor; a file for each that was begun."""

    def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> float:
        x: float = trial.hyperparameters.Float("x", 0, 1)
        name = f"{trial.trial_id}-{self.tuner_id}-{time.time_ns()}"
        Path(str(self.directory), "begun", name).touch()
        time.sleep(SECONDS)
        return x


if __name__ == "__main__":
    options: dict[str, Any] = {"directory": sys.argv[1], "project_name": "shared"}
    Pauses(max_trials=int(sys.argv[2]), seed=101, **options).search()
