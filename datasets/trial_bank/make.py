"""Make the tables of the trial bank: real trainings, recorded once.

Run by `make bank`. Every finished row is appended to `<table>.journal`; an interrupted run goes on
from there and loses at most the rows that were being trained. A complete journal becomes
`<table>.npz`, its SHA-256 goes to `manifest.json`, and the journal is deleted.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits

from course_utils.bank import SCHEMA

HERE = Path(__file__).resolve().parent
SEED = 101
FOREST_FEATURES = ("mean texture", "mean smoothness", "mean symmetry", "mean fractal dimension")
TREES = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 151, 200, 267, 300, 384, 500, 617, 733, 750)
TREES += (850, 966, 1083, 1200)

Config = dict[str, Any]
Record = dict[str, np.ndarray]  # arrays of one row: (seed, fold, step)


@dataclass(frozen=True)
class Plan:
    """What one table holds and how one of its rows is trained."""

    name: str
    space: dict[str, list[Any]]
    rows: list[Config]  # one training each
    row_of: np.ndarray  # combination of `space` (without `budget_name`) -> row
    budgets: tuple[int, ...]
    unit: str
    sizes: np.ndarray  # validation rows, (seed, fold, step), broadcast against `hits`
    dtypes: dict[str, str]
    train: Callable[[Config], Record]
    lower_is_better: tuple[str, ...] = ()
    average_steps: bool = False  # a budget is the mean of its steps (folds)
    budget_name: str | None = None  # the hyperparameter that is also a budget
    about: dict[str, str] = field(default_factory=dict)

    def meta(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "table": self.name,
            "space": self.space,
            "rows": self.rows,
            "budgets": self.budgets,
            "unit": self.unit,
            "lower_is_better": self.lower_is_better,
            "average_steps": self.average_steps,
            "budget_name": self.budget_name,
            "about": {**self.about, **versions()},
        }


def versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
        "machine": f"{platform.system()} {platform.machine()}",
    }


# --- SVM on digits -------------------------------------------------------------------------------
@lru_cache
def digits() -> tuple[np.ndarray, np.ndarray]:
    X, y = load_digits(return_X_y=True)
    return X / 16, y


@lru_cache
def small_digits() -> tuple[np.ndarray, np.ndarray]:
    """Digits of 4 x 4 pixels: means of blocks of 2 x 2.

    At 8 x 8 the classes can be separated, any large C gives the same machine, and a tenth of the
    grid lies within 0.0003 of the best score: there is nothing left to search.
    """
    X, y = digits()
    return X.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16), y


def folds(n_splits: int, seed: int, X: np.ndarray, y: np.ndarray) -> Iterator[tuple[Any, Any]]:
    """Yield the folds of repetition `seed`."""
    splitter = StratifiedKFold(n_splits, shuffle=True, random_state=SEED + seed)
    return splitter.split(X, y)


def train_svm(config: Config, repetitions: int = 2) -> Record:
    X, y = small_digits()
    hits, fit, score = (np.zeros((repetitions, 1, 5)) for _ in range(3))
    for seed in range(repetitions):
        for fold, (train, valid) in enumerate(folds(5, seed, X, y)):
            at = seed, 0, fold
            began = time.process_time()
            model = SVC(C=config["C"], gamma=config["gamma"]).fit(X[train], y[train])
            fitted = time.process_time()
            hits[at] = np.sum(model.predict(X[valid]) == y[valid])
            fit[at], score[at] = fitted - began, time.process_time() - fitted
    return {"hits": hits, "seconds": fit + score, "score_seconds": score}


def plan_svm() -> Plan:
    X, y = small_digits()
    space = {
        "C": [2.0**k for k in range(-8, 16)],
        "gamma": [2.0**k for k in range(-17, 7)],
    }
    sizes = [[[len(valid) for _, valid in folds(5, seed, X, y)]] for seed in range(2)]
    rows = combinations(space)
    return Plan(
        "svm_digits",
        space,
        rows,
        np.arange(len(rows)),
        budgets=(1, 2, 3, 4, 5),
        unit="folds",
        sizes=np.array(sizes),
        dtypes={"hits": "uint16", "seconds": "float32", "score_seconds": "float32"},
        train=train_svm,
        average_steps=True,
        about={
            "data": "load_digits, means of 2 x 2 pixels / 16",
            "seed": "repetition of the 5-fold split",
        },
    )


# --- the decks' forests on four features ---------------------------------------------------------
@lru_cache
def cancer() -> tuple[np.ndarray, np.ndarray]:
    data = load_breast_cancer()
    columns = [list(data.feature_names).index(name) for name in FOREST_FEATURES]
    return data.data[:, columns], data.target


def canonical_forest(config: Config) -> Config:
    """Return the configuration that stands for all those that grow the same forest.

    On 4 features "sqrt" (also under its old name "auto") and "log2" are both 2. A tree of n rows
    with leaves of at least 4 rows is never deeper than n / 4 < 142. A node with fewer rows than two
    leaves need is not split, so `min_samples_split` is at least ``2 * min_samples_leaf``.
    """
    splits = sorted(s for s in SPLITS if s > 2 * config["min_samples_leaf"])
    inert = config["min_samples_split"] not in splits
    return {
        "criterion": config["criterion"],
        "max_depth": 10 if config["max_depth"] == 10 else None,
        "max_features": None if config["max_features"] is None else "sqrt",
        "min_samples_leaf": config["min_samples_leaf"],
        "min_samples_split": min(SPLITS) if inert else config["min_samples_split"],
    }


SPLITS = [5, 7, 10, 14]


def train_forest(config: Config, repetitions: int = 2, trees: tuple[int, ...] = TREES) -> Record:
    X, y = cancer()
    hits, brier, seconds = (np.zeros((repetitions, 4, len(trees))) for _ in range(3))
    for seed in range(repetitions):
        for fold, (train, valid) in enumerate(folds(4, seed, X, y)):
            forest = RandomForestClassifier(random_state=seed, warm_start=True, **config)
            votes = np.zeros((len(valid), 2))
            rows = X[valid].astype(np.float32)
            for step, n in enumerate(trees):
                grown = trees[step - 1] if step else 0
                began = time.process_time()
                forest.set_params(n_estimators=n).fit(X[train], y[train])
                seconds[seed, fold, step] = time.process_time() - began
                for tree in forest.estimators_[grown:]:
                    votes += tree.predict_proba(rows, check_input=False)
                proba = votes / n
                hits[seed, fold, step] = np.sum(proba.argmax(axis=1) == y[valid])
                brier[seed, fold, step] = np.mean((proba[:, 1] - y[valid]) ** 2)
    return {"hits": hits, "brier": brier, "seconds": seconds}


def plan_forest() -> Plan:
    X, y = cancer()
    space = {  # the decks', with names in an order that puts what is written today first
        "criterion": ["entropy", "gini"],
        "max_depth": [*np.linspace(10, 1200, 10, dtype=int).tolist(), None],
        "max_features": ["sqrt", "log2", "auto", None],
        "min_samples_leaf": [4, 6, 8, 12],
        "min_samples_split": SPLITS,
        "n_estimators": np.linspace(151, 1200, 10, dtype=int).tolist(),
    }
    forests = {name: values for name, values in space.items() if name != "n_estimators"}
    found: dict[tuple[Any, ...], int] = {}
    rows, row_of = [], []
    for config in combinations(forests):
        canonical = canonical_forest(config)
        key = tuple(canonical.values())
        if key not in found:
            found[key] = len(found)
            rows.append(canonical)
        row_of.append(found[key])
    sizes = [[[len(valid)] for _, valid in folds(4, seed, X, y)] for seed in range(2)]
    return Plan(
        "forest_cancer",
        space,
        rows,
        np.array(row_of),
        budgets=TREES,
        unit="trees",
        sizes=np.array(sizes),
        dtypes={"hits": "uint8", "brier": "float32", "seconds": "float32"},
        train=train_forest,
        lower_is_better=("brier",),
        budget_name="n_estimators",
        about={
            "data": "load_breast_cancer, columns " + ", ".join(FOREST_FEATURES),
            "seed": "repetition of the 4-fold split, and random_state of the forest",
        },
    )


# --- multilayer perceptrons on digits ------------------------------------------------------------
def train_mlp(config: Config, repetitions: int = 3, epochs: int = 81) -> Record:
    X, y = digits()
    X_train, X_valid, y_train, y_valid = train_test_split(
        X.astype(np.float32), y, test_size=360, stratify=y, random_state=SEED
    )
    hits, loss, seconds = (np.zeros((repetitions, 1, epochs)) for _ in range(3))
    for seed in range(repetitions):
        model = MLPClassifier(
            (config["units"],) * config["n_layers"],
            activation=config["activation"],
            solver=config["solver"],
            learning_rate_init=config["learning_rate_init"],
            batch_size=config["batch_size"],
            random_state=seed,
        )
        for epoch in range(epochs):
            at = seed, 0, epoch
            began = time.process_time()
            model.partial_fit(X_train, y_train, classes=np.arange(10) if epoch == 0 else None)
            seconds[at] = time.process_time() - began
            proba = model.predict_proba(X_valid).astype(float)
            hits[at] = np.sum(proba.argmax(axis=1) == y_valid)
            loss[at] = log_loss(y_valid, proba / proba.sum(axis=1, keepdims=True))
    return {"hits": hits, "loss": loss, "seconds": seconds}


def plan_mlp() -> Plan:
    space = {
        "n_layers": [1, 2, 3],
        "units": [16, 32, 64],
        "learning_rate_init": [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
        "batch_size": [64, 256],
        "activation": ["relu", "tanh"],
        "solver": ["adam", "sgd"],
    }
    rows = combinations(space)
    return Plan(
        "mlp_digits",
        space,
        rows,
        np.arange(len(rows)),
        budgets=tuple(range(1, 82)),
        unit="epochs",
        sizes=np.full((3, 1, 1), 360),
        dtypes={"hits": "uint16", "loss": "float16", "seconds": "float16"},
        train=train_mlp,
        lower_is_better=("loss",),
        about={
            "data": "load_digits, X / 16, 1437 training and 360 validation rows",
            "seed": "random_state of the network; the rows are always the same",
        },
    )


def combinations(space: dict[str, list[Any]]) -> list[Config]:
    return [dict(zip(space, v, strict=True)) for v in itertools.product(*space.values())]


PLANS = {"svm_digits": plan_svm, "forest_cancer": plan_forest, "mlp_digits": plan_mlp}


# --- journal: what survives an interruption ------------------------------------------------------
class Journal:
    """Finished rows, one JSON line each; a line torn by an interruption is dropped."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path = path
        self._head = json.loads(json.dumps(plan.meta()))
        self.rows = self._read()

    def _read(self) -> dict[int, dict[str, Any]]:
        if not self.path.exists():
            self._append({"head": self._head}, mode="w")
            return {}
        whole = self.path.read_bytes()
        end = whole.rfind(b"\n") + 1
        if end < len(whole):
            os.truncate(self.path, end)
        lines = [json.loads(line) for line in whole[:end].splitlines()]
        if not lines:
            self.path.unlink()
            return self._read()
        if lines[0]["head"] != self._head:
            raise SystemExit(
                f"{self.path} was begun with another plan or other package versions. "
                "Go on with those versions, or delete the file to begin again."
            )
        return {line["row"]: line["record"] for line in lines[1:]}

    def add(self, row: int, record: Record) -> None:
        plain = {name: np.round(values, 7).tolist() for name, values in record.items()}
        self._append({"row": row, "record": plain})
        self.rows[row] = plain

    def _append(self, line: dict[str, Any], mode: str = "a") -> None:
        with self.path.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())


# --- a table -------------------------------------------------------------------------------------
def build(plan: Plan, folder: Path = HERE, jobs: int = 1) -> Path:
    """Train what is missing of a table and write it.

    Parameters
    ----------
    plan : Plan
    folder : Path
        Where the table, its journal and the manifest lie.
    jobs : int
        Rows trained at the same time; seconds are CPU seconds, whatever it is.

    Returns
    -------
    Path
        The finished table.
    """
    target = folder / f"{plan.name}.npz"
    if is_complete(plan, target):
        print(f"{plan.name}: complete")
        return target
    journal = Journal(folder / f"{plan.name}.journal", plan)
    missing = [row for row in range(len(plan.rows)) if row not in journal.rows]
    began, total = time.perf_counter(), len(plan.rows)
    print(f"{plan.name}: {total - len(missing)} of {total} rows are there", flush=True)
    for done, (row, record) in enumerate(train_rows(plan, missing, jobs), 1):
        journal.add(row, record)
        left = (time.perf_counter() - began) / done * (len(missing) - done)
        if done % 20 == 0 or done == len(missing):
            print(f"{plan.name}: {len(journal.rows)} of {total}, {left:.0f} s left", flush=True)
    write_table(plan, journal.rows, target)
    journal.path.unlink()
    return target


def is_complete(plan: Plan, target: Path) -> bool:
    """Tell whether the table is there, whole, and of this plan, whatever versions made it."""
    entry = read_manifest(target).get(target.name)
    if entry is None or not target.exists():
        return False
    data = target.read_bytes()
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        return False
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        meta = json.loads(arrays["meta"].tobytes())
    wanted = json.loads(json.dumps(plan.meta()))
    return all(meta.get(key) == wanted[key] for key in wanted if key != "about")


def read_manifest(target: Path) -> dict[str, Any]:
    manifest = target.with_name("manifest.json")
    return json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}


def train_rows(plan: Plan, rows: list[int], jobs: int) -> Iterator[tuple[int, Record]]:
    """Yield each row as soon as it is trained, with one thread for each."""
    if jobs == 1:
        with threadpool_limits(1):
            for row in rows:
                yield row, plan.train(plan.rows[row])
        return
    with ProcessPoolExecutor(jobs, initializer=threadpool_limits, initargs=(1,)) as pool:
        futures = {pool.submit(plan.train, plan.rows[row]): row for row in rows}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def write_table(plan: Plan, rows: dict[int, dict[str, Any]], target: Path) -> None:
    """Write a table and its line of the manifest, each in one step."""
    arrays = {
        name: np.array([rows[row][name] for row in range(len(plan.rows))]).astype(dtype)
        for name, dtype in plan.dtypes.items()
    }
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        meta=np.frombuffer(json.dumps(plan.meta()).encode(), dtype=np.uint8),
        row_of=plan.row_of.astype(np.uint16),
        sizes=plan.sizes.astype(np.uint16),
        **arrays,
    )
    data = buffer.getvalue()
    replace(target, data)
    lines = read_manifest(target)
    lines[target.name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    replace(
        target.with_name("manifest.json"),
        (json.dumps(lines, indent=2, sort_keys=True) + "\n").encode(),
    )
    print(f"{target.name}: {len(data) / 1e6:.2f} MB", flush=True)


def replace(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", choices=PLANS, action="append", help="default: all")
    parser.add_argument("--jobs", type=int, default=1, help="rows trained at the same time")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the tables are written")
    options = parser.parse_args(arguments)
    for name in options.table or PLANS:
        build(PLANS[name](), options.folder, options.jobs)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: the finished rows are kept; `make bank` goes on from here.")
