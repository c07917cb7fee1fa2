"""A tiny search of Keras Tuner that can be killed; what it starts and ends goes to a log.

``python keras_tuner_search.py FOLDER SEARCH CUT MENDED``: started by test_keras_tuner_resume.py,
one process for each attempt. SEARCH is ``random`` or ``hyperband``; MENDED is ``plain`` or
``mended``. CUT says when the process kills itself with SIGKILL: ``training`` (in the fourth trial),
``ending`` (the third trial is written down as completed, the state of the search is not yet),
``starting`` (the fourth trial is written down, the state of the search is not yet) or ``never``.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import keras_tuner as kt
import numpy as np

FOLDER, SEARCH, CUT, MENDED = Path(sys.argv[1]), *sys.argv[2:]
LOG = FOLDER / "log.txt"
X = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
y = (X[:, 0] > 0).astype("int32")
BASE, SIZE = {
    "random": (kt.RandomSearch, {"max_trials": 6}),
    "hyperband": (kt.Hyperband, {"max_epochs": 4, "factor": 3}),
}[SEARCH]


def build(hp: kt.HyperParameters) -> keras.Model:
    keras.utils.set_random_seed(1)
    hidden = keras.layers.Dense(hp.Int("units", 2, 60), "relu")
    model = keras.Sequential([keras.Input((3,)), hidden, keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    model.optimizer.build(model.trainable_variables)  # else Hyperband cannot reload its state
    return model


def write(*words: object) -> None:
    with LOG.open("a") as log:
        print(*words, file=log)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def ended() -> int:
    return LOG.read_text().count("end ") if LOG.exists() else 0


class Search(BASE):
    def on_trial_begin(self, trial):
        write("start", trial.trial_id, trial.hyperparameters.get("units"))

    def on_trial_end(self, trial):
        self.oracle.end_trial(trial)
        write("end", trial.trial_id, trial.score)
        if CUT == "ending" and ended() == 3:
            self.forget_that_it_ended(trial)
            die()
        self.save()

    def forget_that_it_ended(self, trial):
        """Write what lies on the disk while ``end_trial`` has not popped the trial."""
        self.oracle.ongoing_trials[self.tuner_id] = trial
        self.oracle.save()


class Mended(Search):
    """The repair that lesson 07 shows."""

    def reload(self):
        super().reload()
        oracle = self.oracle
        for name in set(oracle.trials) - set(oracle.start_order):
            del oracle.trials[name]
        running = [k for k in oracle._retry_queue if oracle.trials[k].status == "RUNNING"]
        oracle._retry_queue = running


class Kill(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if CUT == "training" and ended() == 3:
            die()


if CUT == "starting":
    save = kt.Oracle.save

    def save_until_killed(oracle):
        if ended() == 3 and len(oracle.trials) == 4:
            die()
        save(oracle)

    kt.Oracle.save = save_until_killed

kind = {"plain": Search, "mended": Mended}[MENDED]
tuner = kind(build, "val_accuracy", seed=1, directory=FOLDER, project_name="p", **SIZE)
tuner.search(X, y, validation_data=(X, y), epochs=2, verbose=0, callbacks=[Kill()])
write("order", *tuner.oracle.end_order)
