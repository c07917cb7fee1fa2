"""A tiny search of Keras Tuner that can be killed; what it starts and ends goes to a log."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path
from typing import Any

import keras
import keras_tuner as kt
import numpy as np

BASES: dict[str, tuple[type[kt.Tuner], dict[str, int]]] = {
    "random": (kt.RandomSearch, {"max_trials": 6}),
    "hyperband": (kt.Hyperband, {"max_epochs": 4, "factor": 3}),
}


class Log:
    """Lines of words in ``log.txt``; they outlive the process that wrote them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "log.txt"

    def write(self, *words: object) -> None:
        with self._path.open("a") as file:
            print(*words, file=file)

    def ended(self) -> int:
        """How many trials were written down as completed."""
        return self._path.read_text().count("end ") if self._path.exists() else 0


class Recorded:
    """What every search here does: its trials go to the log, and it may kill itself."""

    log: Log
    cut: str
    oracle: Any  # these three come from the tuner, the other base of each search
    tuner_id: str
    save: Any

    def on_trial_begin(self, trial: Any) -> None:
        self.log.write("start", trial.trial_id, trial.hyperparameters.get("units"))

    def on_trial_end(self, trial: Any) -> None:
        self.oracle.end_trial(trial)
        self.log.write("end", trial.trial_id, trial.score)
        if self.cut == "ending" and self.log.ended() == 3:
            self.forget_that_it_ended(trial)
            die()
        self.save()

    def forget_that_it_ended(self, trial: Any) -> None:
        """Write what lies on the disk while ``end_trial`` has not popped the trial."""
        self.oracle.ongoing_trials[self.tuner_id] = trial
        self.oracle.save()


class Mended(Recorded):
    """A repair of what Keras Tuner forgets when it is killed between two writings."""

    def reload(self) -> None:
        super().reload()  # type: ignore[misc]  # the tuner's
        oracle = self.oracle
        for name in set(oracle.trials) - set(oracle.start_order):
            del oracle.trials[name]
        running = [k for k in oracle._retry_queue if oracle.trials[k].status == "RUNNING"]
        oracle._retry_queue = running


class KillInTraining(keras.callbacks.Callback):
    """Kill the process in the fourth trial."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if self._log.ended() == 3:
            die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at_the_fourth_start(log: Log) -> None:
    save = kt.Oracle.save

    def save_until_killed(oracle: kt.Oracle) -> None:
        if log.ended() == 3 and len(oracle.trials) == 4:
            die()
        save(oracle)

    kt.Oracle.save = save_until_killed


def build(hp: kt.HyperParameters) -> keras.Model:
    keras.utils.set_random_seed(1)
    hidden = keras.layers.Dense(hp.Int("units", 2, 60), "relu")
    model = keras.Sequential([keras.Input((3,)), hidden, keras.layers.Dense(1, "sigmoid")])
    # Four steps a model: compiling them to a graph would take longer than they do.
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], run_eagerly=True)
    model.optimizer.build(model.trainable_variables)  # else Hyperband cannot reload its state
    return model


def search(folder: Path, base: str, cut: str, mended: str) -> None:
    """Begin or continue a search; the work of a process of its own.

    Parameters
    ----------
    folder : Path
        Where the search and its log lie.
    base : {"random", "hyperband"}
        The search.
    cut : {"training", "ending", "starting", "never"}
        When the process kills itself with SIGKILL: in the fourth trial; when the third trial is
        written down as completed and the state of the search is not yet; when the fourth trial is
        written down and the state of the search is not yet; never.
    mended : {"plain", "mended"}
        Keras Tuner as it is, or with :class:`Mended`.
    """
    gc.freeze()  # Keras Tuner collects garbage twice a trial: not among all that was imported
    log = Log(folder)
    X = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
    y = (X[:, 0] > 0).astype("int32")
    if cut == "starting":
        kill_at_the_fourth_start(log)
    tuner_class, size = BASES[base]
    mixin = {"plain": Recorded, "mended": Mended}[mended]
    kind = type("Search", (mixin, tuner_class), {"log": log, "cut": cut})
    tuner = kind(build, "val_accuracy", seed=1, directory=folder, project_name="p", **size)
    callbacks = [KillInTraining(log)] if cut == "training" else []
    tuner.search(X, y, validation_data=(X, y), epochs=2, verbose=0, callbacks=callbacks)
    log.write("order", *tuner.oracle.end_order)
