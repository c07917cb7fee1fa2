"""One of two Dask workers is killed in the middle of a search: 6 candidates, 5 folds each."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from distributed import Client, LocalCluster, as_completed
from joblib import parallel_config
from sklearn.base import BaseEstimator
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score
from sklearn.svm import SVC

WAYS = ("joblib", "client.map")
LOOPBACK: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
LOOPBACK |= {"scheduler_kwargs": {"dashboard": False}, "silence_logs": logging.CRITICAL}
GRID = {"gamma": list(np.logspace(-5, -2, 6))}
ROWS = 600
FOLDS = StratifiedKFold(5, shuffle=True, random_state=101)
PAUSE = 0.1  # seconds added to each fit, so that a kill falls into one and costs no processor


class NotedSVC(SVC):
    """A support vector machine that leaves a file for each fit that it finished."""

    def __init__(self, gamma: float = 0.001, notes: str = "") -> None:
        super().__init__(gamma=gamma)
        self.notes = notes

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> BaseEstimator:
        time.sleep(PAUSE)
        super().fit(X, y, sample_weight)
        Path(self.notes, uuid.uuid4().hex).touch()
        return self


def score(gamma: float, notes: str) -> float:
    """Cross-validated accuracy of one candidate; the worker loads the data itself."""
    X, y = _data()
    return float(cross_val_score(NotedSVC(gamma, notes), X, y, cv=FOLDS).mean())


def _data() -> tuple[Any, Any]:
    X, y = load_digits(return_X_y=True)
    return X[:ROWS], y[:ROWS]


def kills(way: str, numbers: list[int]) -> Iterator[dict[str, Any]]:
    """Run a search for each number and kill a worker in it.

    Parameters
    ----------
    way : str
        One of `WAYS`.
    numbers : list of int
        Of the kills: each has its own moment.

    Yields
    ------
    dict
    """
    with tempfile.TemporaryDirectory() as calm:
        truth = [score(gamma, calm) for gamma in GRID["gamma"]]
    waiting = list(numbers)
    while waiting:
        with _cluster() as cluster, Client(cluster) as client:
            while waiting and (pids := _two_workers(client)):
                number = waiting.pop(0)
                victim = pids[number % 2]  # in turn
                yield {"kill": number} | _one(client, way, number, victim, truth)


def _cluster() -> LocalCluster:
    return LocalCluster(n_workers=2, threads_per_worker=1, **LOOPBACK)


def _two_workers(client: Client) -> list[int]:
    """Wait until two workers answer; return the pid of each, or none if one never comes back."""
    try:
        for _ in range(20):
            client.wait_for_workers(2, timeout=60)
            answers = client.run(os.getpid, on_error="ignore")
            if len(answers) == 2:
                return [pid for _, pid in sorted(answers.items())]
            time.sleep(1)
    except TimeoutError:
        pass
    return []


def _one(client: Client, way: str, number: int, victim: int, truth: list[float]) -> dict[str, Any]:
    tasks = len(truth) * FOLDS.get_n_splits()
    moment = 1 + 2 * number  # early ones and late ones
    with tempfile.TemporaryDirectory() as folder:
        killer = threading.Thread(target=_kill, args=(victim, Path(folder), moment))
        killer.start()
        try:
            scores = _search(client, way, folder)
            error = ""
        except Exception as problem:
            scores, error = [], type(problem).__name__
        killer.join()
        time.sleep(3 * PAUSE)  # a task under way may still write its note
        fits = len(list(Path(folder).iterdir()))
    done = len(scores) * FOLDS.get_n_splits()
    same = bool(scores) and bool(np.allclose(scores, truth, atol=1e-12))
    return {
        "planned": tasks,
        "killed_after": moment,
        "kept": done,
        "again": fits - tasks if scores else 0,
        "error": error,
        "same": same,
    }


def _kill(victim: int, folder: Path, moment: int) -> None:
    """Kill a worker once `moment` fits are finished."""
    while len(list(folder.iterdir())) < moment:
        time.sleep(0.02)
    psutil.Process(victim).kill()


def _search(client: Client, way: str, folder: str) -> list[float]:
    """Search and return the mean score of each candidate."""
    if way == "client.map":
        futures = client.map(score, GRID["gamma"], notes=folder, pure=False)
        found = {}
        for future, value in as_completed(futures, with_results=True):
            found[future.key] = value
            future.release()  # else it is repeated if the worker that keeps it dies
        return [found[future.key] for future in futures]
    X, y = _data()
    search = GridSearchCV(NotedSVC(notes=folder), GRID, cv=FOLDS, refit=False)
    with parallel_config("dask"):
        search.fit(X, y)
    return list(search.cv_results_["mean_test_score"])
