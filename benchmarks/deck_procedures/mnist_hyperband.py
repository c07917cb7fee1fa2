"""Deck 003: Keras Tuner's Hyperband over 32 sizes, 120 epochs. Lesson 07, 7.5 and 7.6.

The deck's search is Keras Tuner's own, reading table ``mnist_units`` of the trial bank where it
would train; of its program, the missing softmax is repaired (without it the search draws lots,
which the lesson shows). The lesson searches three hyperparameters on 5,000 images, trains what it
found on 48,000 and compares it on the validation images with 512 units of the bank. Both answer for
the 10,000 test images. A resumed trial pays tracing again, which the bank's seconds leave out.
"""

from __future__ import annotations

import tempfile
from typing import Any

import keras
import keras_tuner as kt
import numpy as np

from benchmarks.deck_procedures.measured import Array, Clock, Measured, Right, recorded
from benchmarks.deck_procedures.pace import watched_seconds
from course_utils import load_mnist
from course_utils.bank import TrialBank
from tools.trial_bank.mnist import images
from tools.trial_bank.plan import real

N_TRAIN, DECK_EPOCHS, PATIENCE = 48_000, 5, 5
PACE_UNITS, PACE_EPOCHS = 48, 2


class Replayed(kt.Hyperband):
    """Hyperband, its trainings looked up."""

    def __init__(self, bank: TrialBank, bank_seed: int, **settings: Any) -> None:
        self.bank, self.bank_seed, self.seconds, self.epochs = bank, bank_seed, 0.0, 0
        super().__init__(self.sizes, **settings)

    def sizes(self, hp: Any) -> Any:
        """Declare the deck's space; the network is not used."""
        hp.Int("units", min_value=16, max_value=512, step=16)
        return keras.Sequential()

    def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> float:
        """Look up the epochs that this trial would train."""
        values = trial.hyperparameters.values
        config = repaired(values["units"])
        first, last = values["tuner/initial_epoch"], values["tuner/epochs"]
        losses = self.bank.curve(config, metric="loss", seed=self.bank_seed)
        last = first + stopped(losses[first:last], PATIENCE)
        spent = self.bank.curve(config, metric="seconds", seed=self.bank_seed)
        self.seconds += float(spent[last - 1] - (spent[first - 1] if first else 0.0))
        self.epochs += last - first
        accuracy = self.bank.curve(config, seed=self.bank_seed)
        return float(accuracy[first:last].max())


def stopped(losses: Array, patience: int) -> int:
    """Return after how many epochs ``EarlyStopping(val_loss, patience)`` ends."""
    best, waited = np.inf, 0
    for epoch, loss in enumerate(losses, 1):
        waited = 0 if loss < best else waited + 1
        best = min(best, float(loss))
        if waited >= patience:
            return epoch
    return len(losses)


def repaired(units: int) -> dict[str, Any]:
    """Name a network of the bank, with its softmax."""
    return {"units": units, "output_activation": "softmax"}


def deck(seed: int) -> Measured:
    """Replay the deck's search, and its retraining with the size that it found."""
    bank, bank_seed = recorded("mnist_units", seed)
    with tempfile.TemporaryDirectory() as folder:
        tuner = Replayed(
            bank,
            bank_seed,
            objective="val_accuracy",
            max_epochs=10,
            factor=3,
            seed=seed,
            directory=folder,
            project_name="deck",
        )
        tuner.search(verbose=0)
        units = tuner.get_best_hyperparameters()[0].get("units")
    final = bank.cost(repaired(units), budget=DECK_EPOCHS, seed=bank_seed)
    paced = pace(bank, bank_seed)
    return Measured(
        (tuner.seconds + final) * paced,
        bank.right(repaired(units), seed=bank_seed, rows="test", at=DECK_EPOCHS),
        f"{units} units",
        details={"trials": len(tuner.oracle.trials), "epochs": tuner.epochs, "pace": paced},
    )


def pace(bank: TrialBank, bank_seed: int) -> float:
    """Train a network of the table again; return its seconds over those recorded."""
    how = {"epochs": PACE_EPOCHS, "batch_size": 32, "seed": bank_seed}
    seconds = watched_seconds(lambda: network(PACE_UNITS), images(), **how)
    return float(seconds / bank.cost(repaired(PACE_UNITS), budget=PACE_EPOCHS, seed=bank_seed))


def course(
    seed: int,
    max_epochs: int = 6,
    n_sample: int = 5_000,
    n_full: int = N_TRAIN,
    epochs: int = DECK_EPOCHS,
) -> Measured:
    """Run the lesson's search and training, and its comparison with the deck's network."""
    bank, bank_seed = recorded("mnist_seeds", seed)
    data, clock = real(load_mnist()), Clock()
    X, y = (data.X_train / 255).astype("float32"), data.y_train
    X_val, y_val = X[N_TRAIN:], y[N_TRAIN:]
    with clock:
        tuner = searched(X[:n_sample], y[:n_sample], seed, max_epochs)
        keras.utils.set_random_seed(bank_seed)
        best = tuner.get_best_hyperparameters()[0]
        found = build(best)
        found.fit(X[:n_full], y[:n_full], epochs=epochs, verbose=0)
        ours = is_right(found, X_val, y_val)
        theirs = bank.right(repaired(512), seed=bank_seed, at=DECK_EPOCHS)
    better = bool(ours.mean() > theirs.mean())
    winner = is_right(found, (data.X_test / 255).astype("float32"), data.y_test)
    usual = bank.right(repaired(512), seed=bank_seed, rows="test", at=DECK_EPOCHS)
    names = ("units", "dropout", "learning_rate")
    return Measured(
        clock.seconds,
        winner if better else usual,
        str({name: best.get(name) for name in names}) if better else "the deck's 512 units",
        winner,
        {"validation": float(ours.mean()), "default validation": float(theirs.mean())},
    )


def searched(X: Array, y: Array, seed: int, max_epochs: int) -> Any:
    """Run the lesson's Hyperband on a sample of the images."""
    with tempfile.TemporaryDirectory() as folder:
        tuner = kt.Hyperband(
            build,
            objective="val_accuracy",
            max_epochs=max_epochs,
            factor=3,
            seed=seed,
            directory=folder,
            project_name="lesson",
        )
        stop = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
        keras.utils.set_random_seed(seed)
        tuner.search(X, y, validation_split=0.2, epochs=50, callbacks=[stop], verbose=0)
    return tuner


def build(hp: Any) -> Any:
    """Return a candidate of the lesson, compiled."""
    units = hp.Int("units", 16, 512, step=16, default=512)
    dropout = hp.Float("dropout", 0.0, 0.5, step=0.1, default=0.2)
    rate = hp.Float("learning_rate", 1e-4, 1e-2, sampling="log", default=1e-3)
    return network(units, dropout, rate)


def network(units: int, dropout: float = 0.2, learning_rate: float = 0.001) -> Any:
    """Return the lesson's network, compiled."""
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(units, activation="relu"))
    model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    adam = keras.optimizers.Adam(learning_rate)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def is_right(model: Any, images: Array, labels: Array) -> Right:
    """Tell which images a network reads right."""
    right: Right = model.predict(images, verbose=0).argmax(axis=1) == labels
    return right
