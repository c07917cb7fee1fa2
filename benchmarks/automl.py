"""AutoML on one laptop: FLAML and TPOT against a tuned forest and a tuned linear model.

Same rows, same folds, same seconds of one core for everybody; each race in a process of its own,
which is killed at its end: TPOT leaves threads that go on computing. Writes
course_utils/_records/automl.json, which lesson 11 reads. In full (six data sets, three seeds, three
folds, 20 s) it takes 18 minutes for each of the contestants that search; finished parts are kept,
and an interrupted run goes on.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import multiprocessing
import os
import platform
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import optuna
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils._atomic import write_text
from tools.trial_bank import tunable

RESULT = Path(__file__).resolve().parents[1] / "course_utils" / "_records" / "automl.json"
FOLDS, INNER, SEEDS, SECONDS = 3, 4, 3, 20
PACKAGES = ("flaml", "tpot", "scikit-learn", "lightgbm", "optuna")

Contestant = Callable[[Any, Any, float, int], Any]
"""``contestant(X, y, seconds, seed)`` returns a fitted classifier."""


def most_frequent(X: Any, y: Any, seconds: float, seed: int) -> Any:
    """Answer the most frequent class: what every model has to beat."""
    return DummyClassifier(strategy="prior").fit(X, y)


def linear(X: Any, y: Any, seconds: float, seed: int) -> Any:
    """Search the strength of a logistic regression's penalty."""

    def draw(trial: optuna.Trial) -> Any:
        model = LogisticRegression(C=trial.suggest_float("C", 1e-4, 1e4, log=True), max_iter=2000)
        return make_pipeline(StandardScaler(), model)

    return searched(draw, X, y, seconds, seed)


def forest(X: Any, y: Any, seconds: float, seed: int) -> Any:
    """Search a forest of 100 trees; its first trial is the default."""

    def draw(trial: optuna.Trial) -> Any:
        return RandomForestClassifier(
            max_features=trial.suggest_categorical("max_features", ["sqrt", 0.25, 0.5, 1.0]),
            min_samples_leaf=trial.suggest_int("min_samples_leaf", 1, 16, log=True),
            criterion=trial.suggest_categorical("criterion", ["gini", "entropy"]),
            random_state=seed,
        )

    default = {"max_features": "sqrt", "min_samples_leaf": 1, "criterion": "gini"}
    return searched(draw, X, y, seconds, seed, default)


def searched(
    draw: Callable[[Any], Any],
    X: Any,
    y: Any,
    seconds: float,
    seed: int,
    first: dict[str, Any] | None = None,
) -> Any:
    """Search with Optuna's TPE while the seconds last; fit the best again."""
    study = optuna.create_study(
        direction="maximize", sampler=optuna.samplers.TPESampler(n_startup_trials=5, seed=seed)
    )
    if first:
        study.enqueue_trial(first)
    cv = StratifiedKFold(INNER, shuffle=True, random_state=seed)
    study.optimize(lambda trial: cross_val_score(draw(trial), X, y, cv=cv).mean(), timeout=seconds)
    return draw(study.best_trial).fit(X, y)


def flaml(X: Any, y: Any, seconds: float, seed: int) -> Any:
    """Run FLAML with what it finds installed: LightGBM, XGBoost, forests, logistic regression."""
    from flaml.automl.automl import AutoML

    model = AutoML()  # type: ignore[no-untyped-call]
    settings = {"metric": "accuracy", "eval_method": "cv", "n_splits": INNER, "n_jobs": 1}
    model.fit(X, y, task="classification", time_budget=seconds, seed=seed, verbose=0, **settings)
    return model


def tpot(X: Any, y: Any, seconds: float, seed: int) -> Any:
    """Run TPOT on its light linear pipelines."""
    from tpot import TPOTClassifier

    model = TPOTClassifier(
        search_space="linear-light",
        scorers=["accuracy"],
        cv=INNER,
        max_time_mins=seconds / 60,
        max_eval_time_mins=seconds / 60,
        n_jobs=1,
        processes=False,
        random_state=seed,
        verbose=0,
    )
    return model.fit(X, y)


CONTESTANTS: dict[str, Contestant] = {
    "most frequent": most_frequent,
    "linear": linear,
    "forest": forest,
    "FLAML": flaml,
    "TPOT": tpot,
}
MODULES = {"FLAML": "flaml.automl.automl", "TPOT": "tpot"}
"""What takes seconds to import: not a part of the race."""


def alone(name: str, data: str, seed: int, seconds: float) -> dict[str, list[Any]]:
    """Race in a new process on one core, and kill it with all that it leaves."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    runner = spawn.Process(target=_send, args=(there, name, data, seed, seconds))
    runner.start()
    there.close()
    try:
        found: dict[str, list[Any]] = here.recv()
    finally:
        runner.kill()
        runner.join()
    return found


def _send(there: Connection, *task: Any) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    there.send(race(*task))


def race(name: str, data: str, seed: int, seconds: float) -> dict[str, list[Any]]:
    """Let one contestant train on each fold of a data set; return what the held-out folds say.

    Who ends with an error answers the most frequent class, as in AMLB (Gijsbers et al. 2019).
    """
    if name in MODULES:
        importlib.import_module(MODULES[name])
    X, y = tunable.rows(data)
    found: dict[str, list[Any]] = {"accuracy": [], "log_loss": [], "seconds": [], "errors": []}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(X, y)
    for train, held in folds:
        began = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                model = CONTESTANTS[name](X[train], y[train], seconds, seed)
            except Exception as error:  # TPOT: nobody was evaluated in time
                found["errors"].append(f"{type(error).__name__}: {error}")
                model = most_frequent(X[train], y[train], seconds, seed)
            found["seconds"].append(round(time.perf_counter() - began, 2))
            proba = model.predict_proba(X[held])
        found["accuracy"].append(round(float(np.mean(proba.argmax(axis=1) == y[held])), 5))
        found["log_loss"].append(round(float(log_loss(y[held], proba, labels=np.unique(y))), 5))
    return found


def read(path: Path, head: dict[str, Any]) -> dict[str, Any]:
    """Return a record that was begun under the same conditions, or an empty one."""
    if path.exists():
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if {key: record[key] for key in head} == head:
            return record
    return {**head, "races": {}}


def main(arguments: list[str] | None = None) -> None:
    """Run the races that are missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", choices=tunable.LOADERS, nargs="*", default=tunable.LOADERS)
    parser.add_argument("--only", choices=CONTESTANTS, nargs="*", default=CONTESTANTS)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each training")
    parser.add_argument("--result", type=Path, default=RESULT)
    options = parser.parse_args(arguments)
    result = options.result.resolve()  # before the folder changes
    head = {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "seconds": options.seconds,
        "folds": FOLDS,
    }
    record = read(result, head)
    # libraries leave what nobody asked for
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for seed in range(options.seeds):
            for data in options.data:
                for name in options.only:
                    key = f"{data} {seed} {name}"
                    if key in record["races"]:
                        continue
                    record["races"][key] = alone(name, data, seed, options.seconds)
                    write_text(result, json.dumps(record, indent=1) + "\n")
                    print(key, record["races"][key], flush=True)


if __name__ == "__main__":
    main()
