"""A table on disk: made from finished trainings, continued, and listed in the manifest."""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from course_utils._atomic import write_bytes, write_text
from tools.trial_bank.journal import Journal
from tools.trial_bank.plan import Plan, Record

Records = dict[tuple[int, int], Record]

A_LIFE = 40
"""Trainings of one process: TensorFlow keeps something of every network, and slows down."""


def build(plan: Plan, folder: Path, jobs: int | None = None, n_seeds: int | None = None) -> Path:
    """Train what is missing of a table and write it.

    Parameters
    ----------
    plan : Plan
    folder : Path
        Where the table, its journal and the manifest lie.
    jobs : int, optional
        Processes that train at the same time; seconds are CPU seconds, whatever it is. Default:
        train in this process.
    n_seeds : int, optional
        Stop when so many seeds are complete. Default: all.

    Returns
    -------
    Path
        The table. With fewer seeds than planned it says so, and the next call goes on from it.
    """
    target = folder / f"{plan.name}.npz"
    before = to_continue(plan, target)
    wanted = [(row, seed) for row, seed in plan.trainings if seed < (n_seeds or plan.n_seeds)]
    if all(training in before for training in wanted):
        print(f"{plan.name}: complete", flush=True)
        return target
    journal = Journal(folder / f"{plan.name}.journal", plan)
    there = before | journal.records
    missing = [training for training in wanted if training not in there]
    began = time.perf_counter()
    print(f"{plan.name}: {len(there)} of {len(plan.trainings)} trainings are there", flush=True)
    for done, (row, seed, record) in enumerate(train_all(plan, missing, jobs), 1):
        journal.add(row, seed, record)
        left = (time.perf_counter() - began) / done * (len(missing) - done)
        if done % 20 == 0 or done == len(missing):
            count = len(before | journal.records)
            print(f"{plan.name}: {count} of {len(plan.trainings)}, {left:.0f} s left", flush=True)
    store(plan, folder)
    return target


def store(plan: Plan, folder: Path) -> None:
    """Move the finished trainings of a journal, if there are any, into the table."""
    path, target = folder / f"{plan.name}.journal", folder / f"{plan.name}.npz"
    if not path.exists():
        return
    journal = Journal(path, plan)
    if journal.records:
        write_table(plan, to_continue(plan, target) | journal.records, target)
    path.unlink()


def train_all(
    plan: Plan, trainings: list[tuple[int, int]], jobs: int | None
) -> Iterator[tuple[int, int, Record]]:
    """Yield row, seed and record of each training as soon as it ends, on one thread each."""
    if jobs is None:
        with threadpool_limits(1):
            for row, seed in trainings:
                yield row, seed, plan.train(plan.rows[row], seed)
        return
    for first in range(0, len(trainings), A_LIFE * jobs):
        yield from train_in_new_processes(plan, trainings[first : first + A_LIFE * jobs], jobs)


def train_in_new_processes(
    plan: Plan, trainings: list[tuple[int, int]], jobs: int
) -> Iterator[tuple[int, int, Record]]:
    """Yield row, seed and record of each training, run by processes that end with the last one."""
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=threadpool_limits, initargs=(1,)
    ) as pool:
        futures = {
            pool.submit(plan.train, plan.rows[row], seed): (row, seed) for row, seed in trainings
        }
        try:
            for future in as_completed(futures):
                yield *futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def read_table(plan: Plan, target: Path) -> Records:
    """Read the trainings of a table of this plan; none if it is absent, damaged or another's."""
    arrays = read_arrays(target)
    if not arrays:
        return {}
    found, wanted = described(arrays), json.loads(json.dumps(plan.meta()))
    if any(found.get(key) != wanted[key] for key in wanted if key != "about"):
        return {}
    trained = arrays.get("trained", np.ones(arrays["hits"].shape[:2], dtype=bool))
    return {
        (row, seed): {name: arrays[name][row, seed] for name in plan.dtypes}
        for row, seed in np.argwhere(trained).tolist()
    }


def to_continue(plan: Plan, target: Path) -> Records:
    """Read the trainings of a table that more are to be added to.

    Raises
    ------
    SystemExit
        If some are missing and those that are there were run with other package versions.
    """
    records = read_table(plan, target)
    if records and len(records) < len(plan.trainings):
        about = described(read_arrays(target))["about"]
        if about != plan.meta()["about"]:
            raise SystemExit(
                f"{target} was begun with other package versions: {about}. "
                "Go on with those versions, or delete the file to begin again."
            )
    return records


def read_arrays(target: Path) -> Record:
    """Read the arrays of a table; none if it is not there or not as the manifest lists it."""
    entry = read_manifest(target).get(target.name)
    if entry is None or not target.exists():
        return {}
    data = target.read_bytes()
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        return {}
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def described(arrays: Record) -> dict[str, Any]:
    """Return a table's description."""
    meta: dict[str, Any] = json.loads(arrays["meta"].tobytes())
    return meta


def read_manifest(target: Path) -> dict[str, Any]:
    """Return size and SHA-256 of the tables beside `target`."""
    manifest = target.with_name("manifest.json")
    lines: dict[str, Any] = {}
    if manifest.exists():
        lines = json.loads(manifest.read_text(encoding="utf-8"))
    return lines


def write_table(plan: Plan, records: Records, target: Path) -> None:
    """Write a table and its line of the manifest, each in one step.

    Seeds of which nothing is there are left out; ``trained`` says which trainings are there.
    """
    n_seeds = 1 + max(seed for _, seed in records)
    trained = np.zeros((len(plan.rows), n_seeds), dtype=bool)
    first = next(iter(records.values()))
    arrays = {
        name: np.zeros((*trained.shape, *first[name].shape), dtype=kind)
        for name, kind in plan.dtypes.items()
    }
    for (row, seed), record in records.items():
        trained[row, seed] = True
        for name, values in arrays.items():
            values[row, seed] = record[name]
    if not trained.all() or n_seeds < plan.n_seeds:
        arrays["trained"] = trained
    sizes = {"sizes": plan.sizes, **plan.other_sizes}
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        meta=np.frombuffer(json.dumps(plan.meta()).encode(), dtype=np.uint8),
        row_of=plan.row_of.astype(np.uint16),
        **{name: values[:n_seeds].astype(np.uint16) for name, values in sizes.items()},
        **arrays,
    )
    data = buffer.getvalue()
    write_bytes(target, data)
    entry = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    lines = read_manifest(target) | {target.name: entry}
    write_text(
        target.with_name("manifest.json"), json.dumps(lines, indent=2, sort_keys=True) + "\n"
    )
    count = f"{len(records)} of {len(plan.trainings)} trainings"
    print(f"{target.name}: {count}, {len(data) / 1e6:.2f} MB", flush=True)
