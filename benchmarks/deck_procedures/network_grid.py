"""Deck 000: GridSearchCV over 90 networks, 5 folds × 80 epochs. Lesson 06, 6.5: six, 12 epochs.

The deck's grid is read from table ``deck_grid`` of the trial bank. Both answer for the 143 rows
that the table leaves out, and the lesson's search runs on the table's 426. The recording validates
after every epoch and ``GridSearchCV`` once: the pace that is measured here takes that off.
"""

from __future__ import annotations

from typing import Any

from sklearn.base import clone
from sklearn.model_selection import (
    RandomizedSearchCV,
    StratifiedKFold,
    cross_val_predict,
    cross_val_score,
)
from sklearn.preprocessing import StandardScaler

from benchmarks.deck_procedures.measured import Array, Clock, Measured, Right, recorded
from benchmarks.deck_procedures.pace import grid_seconds
from benchmarks.deck_procedures.samples import Sample, four_measures
from benchmarks.short_search import FULL, N_CANDIDATES, SHORT, SPACE, pipeline
from course_utils import repair_scikeras
from tools.trial_bank.deck_grid import network
from tools.trial_bank.networks import begin
from tools.trial_bank.plan import Config, Rows, folds

BATCH = 40
USUAL: Config = {"activation": "relu", "neurons": 15, "optimizer": "Adam"}


def deck(seed: int, epochs: int = FULL) -> Measured:
    """Read the deck's grid from the bank, and train its winner on all development rows."""
    bank, bank_seed = recorded("deck_grid", seed)
    costs = bank.costs(seed=bank_seed, budget=epochs)
    table = bank.table(seed=bank_seed, budget=epochs)
    best = table.loc[table["score"].idxmax(), list(bank.space)].to_dict()
    rows, clock = four_measures(), Clock()
    with clock:
        net = trained(best, rows, bank_seed, epochs)
    again = folds_again(rows, bank_seed, epochs)
    pace = again / bank.cost(USUAL, budget=epochs, seed=bank_seed)
    return Measured(
        float(costs.sum()) * pace + clock.seconds,
        right_of(net, rows),
        str(best),
        details={
            "cv": float(table["score"].max()),
            "recorded seconds": float(costs.sum()),
            "pace": pace,
        },
    )


def course(seed: int, n_iter: int = N_CANDIDATES, short: int = SHORT, full: int = FULL) -> Measured:
    """Run the lesson's search; its winner, trained for longer, beside the deck's network."""
    repair_scikeras()
    rows, clock = four_measures(), Clock()
    parts = StratifiedKFold(2, shuffle=True, random_state=seed)
    model = pipeline().set_params(net__model__seed=seed, net__epochs=short)
    with clock:
        cross_val_predict(model, rows.X, rows.y, cv=parts, method="predict_proba")
        search = RandomizedSearchCV(
            model,
            SPACE,
            n_iter=n_iter,
            cv=parts,
            scoring="neg_log_loss",
            refit=False,
            random_state=seed,
        ).fit(rows.X, rows.y)
        default = clone(model).set_params(net__epochs=full)
        long = clone(default).set_params(**search.best_params_)
        found, usual = (
            float(cross_val_score(net, rows.X, rows.y, cv=parts).mean()) for net in (long, default)
        )
        kept = (long if found > usual else default).fit(rows.X, rows.y)
    winner = kept if found > usual else long.fit(rows.X, rows.y)
    return Measured(
        clock.seconds,
        kept.predict(rows.X_held) == rows.y_held,
        str(search.best_params_) if found > usual else "the deck's network as it comes",
        winner.predict(rows.X_held) == rows.y_held,
        {"cv": found, "default cv": usual},
    )


def trained(config: Config, rows: Sample, seed: int, epochs: int) -> Any:
    """Train one network on all development rows, as ``refit=True`` does."""
    begin(seed)
    model = network(config)
    X = StandardScaler().fit_transform(rows.X)
    model.fit(X, rows.y, batch_size=BATCH, epochs=epochs, verbose=0)
    return model


def right_of(net: Any, rows: Sample) -> Right:
    """Tell which held-out rows a network predicts right."""
    X: Array = StandardScaler().fit(rows.X).transform(rows.X_held)
    right: Right = (net.predict(X, verbose=0)[:, 0] > 0.5) == rows.y_held
    return right


def folds_again(sample: Sample, seed: int, epochs: int) -> float:
    """Train one network of the grid on each fold, as ``GridSearchCV`` does; return the seconds."""
    spent = 0.0
    for train, valid in folds(5, seed, sample.X, sample.y):
        scaler = StandardScaler().fit(sample.X[train])
        X_train, X_valid = (scaler.transform(sample.X[part]) for part in (train, valid))
        rows = Rows(X_train, sample.y[train], X_valid, sample.y[valid])
        spent += grid_seconds(
            lambda: network(USUAL), rows, epochs=epochs, batch_size=BATCH, seed=seed
        )
    return spent
