"""Deck 003: 512 units and then 48, five epochs each. Lesson 07, 7.1 and 7.3: one, and the bank.

The deck's two trainings are read from table ``mnist_seeds`` of the trial bank, and it keeps the one
of the higher *training* accuracy, the only one it prints. The lesson trains 48 units for two epochs
and replays four sizes with ten seeds. Where both keep one size the networks are the same, recorded,
and so are their answers for the 10,000 test images.
"""

from __future__ import annotations

import keras
import numpy as np

from benchmarks.deck_procedures.measured import Clock, Measured, recorded
from benchmarks.deck_procedures.mnist_hyperband import DECK_EPOCHS, network, pace, repaired
from course_utils import load_mnist, trial_bank
from tools.trial_bank.plan import real

SIZES = (512, 48)


def deck(seed: int) -> Measured:
    """Read the deck's two trainings."""
    bank, bank_seed = recorded("mnist_seeds", seed)
    at = {"budget": DECK_EPOCHS, "seed": bank_seed}
    printed = {n: bank(repaired(n), metric="train_accuracy", **at) for n in SIZES}
    best = max(printed, key=lambda units: printed[units])
    paced = pace(bank, bank_seed)
    return Measured(
        sum(bank.cost(repaired(units), **at) for units in SIZES) * paced,
        bank.right(repaired(best), seed=bank_seed, rows="test", at=DECK_EPOCHS),
        f"{best} units",
        details={"pace": paced},
    )


def course(seed: int, epochs: int = 2, n_images: int | None = None) -> Measured:
    """Train the lesson's network, and replay four sizes with all seeds."""
    _, bank_seed = recorded("mnist_seeds", seed)
    data, clock = real(load_mnist()), Clock()
    X, y = (data.X_train / 255).astype("float32")[:n_images], data.y_train[:n_images]
    keras.utils.set_random_seed(bank_seed)
    with clock:
        network(48).fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)
        bank = trial_bank("mnist_seeds")
        means = {
            units: np.mean([bank(repaired(units), budget=5, seed=s) for s in bank.seeds])
            for units in bank.space["units"]
        }
        best = max(means, key=lambda units: means[units])
    right = bank.right(repaired(best), seed=bank_seed, rows="test", at=DECK_EPOCHS)
    return Measured(clock.seconds, right, f"{best} units")
