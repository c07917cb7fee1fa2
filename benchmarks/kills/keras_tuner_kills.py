"""The worker of a Keras Tuner chief is killed again and again, and a new one takes its place."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WAYS = ("same id", "new id")
WORKER = Path(__file__).with_name("keras_tuner_worker.py")
TRIALS = 30
LONG = 900  # seconds; a search that takes longer hangs


def kills(way: str, numbers: list[int]) -> Iterator[dict[str, Any]]:
    """Run one search and kill its worker once for each number.

    Parameters
    ----------
    way : str
        One of `WAYS`: what the worker that takes the place of a killed one is called.
    numbers : list of int
        Of the kills.

    Yields
    ------
    dict
    """
    with tempfile.TemporaryDirectory() as folder:
        (begun := Path(folder, "begun")).mkdir()
        chief = _start(folder, "chief", port := str(_free_port()))
        started = [chief]
        try:
            caught = []
            for number in numbers:
                name = "victim" if way == "same id" else f"victim{number}"
                started.append(_start(folder, name, port))
                caught.append(_kill_in_a_trial(started[-1], name, begun, number))
            started.append(_start(folder, "victim" if way == "same id" else "last", port))
            ended = _wait(chief, Path(folder, "shared"))
            yield from _what_is_left(folder, numbers, caught, ended)
        finally:
            for process in started:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _start(folder: str, name: str, port: str) -> subprocess.Popen[bytes]:
    who = {"KERASTUNER_TUNER_ID": name, "KERASTUNER_ORACLE_IP": "127.0.0.1"}
    settings = os.environ | who | {"KERASTUNER_ORACLE_PORT": port, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(WORKER), folder, str(TRIALS)]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=settings, **quiet)


def _kill_in_a_trial(victim: subprocess.Popen[bytes], name: str, begun: Path, number: int) -> str:
    """Kill a worker inside its second trial; return which one it was."""
    before = set(begun.glob(f"*-{name}-*"))
    limit = time.monotonic() + LONG
    while len(mine := set(begun.glob(f"*-{name}-*")) - before) < 2:
        if time.monotonic() > limit:
            raise TimeoutError(name)
        time.sleep(0.05)
    time.sleep(0.05 * (number % 10))
    victim.kill()
    victim.wait()
    newest = max(mine, key=lambda path: path.name.rsplit("-", 1)[1])
    return newest.name.split("-")[0]


def _wait(chief: subprocess.Popen[bytes], project: Path) -> bool:
    """Wait until all trials are over; tell whether the chief ends by itself (it polls: 20 s)."""
    limit = time.monotonic() + LONG
    while time.monotonic() < limit and chief.poll() is None:
        if len(_written(project)) == TRIALS:
            break
        time.sleep(0.5)
    try:
        chief.wait(timeout=60)
    except subprocess.TimeoutExpired:
        return False
    return True


def _written(project: Path) -> list[Path]:
    """Files of the trials that the chief has begun to write down."""
    return list(project.glob("trial_*/trial.json"))


def _states(project: Path) -> dict[str, str]:
    """State of each trial, once nobody writes any more."""
    found = {}
    for path in _written(project):
        trial = json.loads(path.read_text(encoding="utf-8"))
        found[trial["trial_id"]] = trial["status"]
    return found


def _what_is_left(
    folder: str, numbers: list[int], caught: list[str], ended: bool
) -> Iterator[dict[str, Any]]:
    states = _states(Path(folder, "shared"))
    begun = [path.name.split("-")[0] for path in Path(folder, "begun").iterdir()]
    for number, trial in zip(numbers, caught, strict=True):
        yield {
            "kill": number,
            "planned": TRIALS,
            "kept": sum(state == "COMPLETED" for state in states.values()),
            "again": begun.count(trial) - 1,
            "running_for_ever": int(states.get(trial) != "COMPLETED"),
            "chief_ended": ended,
            "error": "",
        }
