"""Twelve epochs or eighty: lesson 06's short search, and its winner against the deck's network.

Repeats the search in the lesson's own code, then measures both networks after 12 and after 80
epochs with ten seeds each, on the folds of the search: by seed, and by tumour as the mean of the
ten. Writes course_utils/_records/short_search.json, which the lesson reads. Five minutes of one
core.

Here oneDNN's operations are on, which `setup` switches off in a notebook: a network that overfits
for 80 epochs ends two thousandths apart (seed 101: 0.4907 here, 0.4887 in the lesson).
"""

from __future__ import annotations

import json
import os
import platform
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import keras
import numpy as np
import numpy.typing as npt
from keras import layers
from scikeras.wrappers import KerasClassifier
from scipy.stats import loguniform, randint
from sklearn.base import clone
from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import repair_scikeras, setup
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS
from tools.trial_bank.forest import cancer

RESULT = RECORDS / "short_search.json"
SHORT, FULL = 12, 80
N_SEEDS, FIRST_SEED = 10, 101
N_CANDIDATES = 6
SPACE = {
    "net__model__activation": ["softmax", "relu", "tanh", "sigmoid", "linear"],
    "net__model__neurons": randint(5, 51),
    "net__optimizer": ["Adam", "SGD", "Adamax"],
    "net__optimizer__learning_rate": loguniform(1e-3, 1e-1),
}
FOLDS = StratifiedKFold(2, shuffle=True, random_state=101)
Array = npt.NDArray[Any]


def main() -> None:
    setup()
    repair_scikeras()
    X, y = cancer()
    search = RandomizedSearchCV(
        pipeline(),
        SPACE,
        n_iter=N_CANDIDATES,
        cv=FOLDS,
        scoring="neg_log_loss",
        random_state=101,
        refit=False,
    ).fit(X, y)
    # NumPy's scalars are not JSON.
    winner = {name: getattr(v, "item", lambda v=v: v)() for name, v in search.best_params_.items()}
    print(winner, flush=True)
    losses: dict[int, dict[str, dict[str, list[float]]]] = {}
    for epochs in (SHORT, FULL):
        losses[epochs] = {
            name: ten_seeds(params | {"net__epochs": epochs}, X, y)
            for name, params in (("deck", {}), ("winner", winner))
        }
        print(epochs, {name: loss["seeds"] for name, loss in losses[epochs].items()}, flush=True)
    result = {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "first_seed": FIRST_SEED,
        "winner": winner,
        "losses": losses,
    }
    write_text(RESULT, json.dumps(result) + "\n")


def dl_model(activation: str = "relu", neurons: int = 15, seed: int = FIRST_SEED) -> Any:
    """Build the deck's network, not compiled."""
    keras.utils.set_random_seed(seed)
    hidden = [layers.Dense(neurons, activation) for _ in range(2)]
    stack = [keras.Input((4,)), *hidden, layers.Dropout(0.3), layers.Dense(1, "sigmoid")]
    return keras.Sequential(stack)


def pipeline() -> Pipeline:
    """Scale, then the deck's network at the lesson's settings."""
    net = KerasClassifier(
        dl_model,
        loss="binary_crossentropy",
        optimizer="Adam",
        optimizer__learning_rate=0.001,
        epochs=SHORT,
        batch_size=40,
        verbose=0,
    )
    return Pipeline([("scale", StandardScaler()), ("net", net)])


def ten_seeds(params: dict[str, Any], X: Array, y: Array) -> dict[str, list[float]]:
    """Cross-validated log loss of one configuration.

    Parameters
    ----------
    params : dict
        Changes to :func:`pipeline`.
    X : ndarray of float, shape (n_tumours, 4)
    y : ndarray of int, shape (n_tumours,)

    Returns
    -------
    dict
        ``seeds``, the mean loss of each seed; ``rows``, the mean over seeds of each tumour's loss.
    """
    by_seed = []
    for seed in range(FIRST_SEED, FIRST_SEED + N_SEEDS):
        keras.backend.clear_session()
        model = clone(pipeline()).set_params(**params, net__model__seed=seed)
        p = cross_val_predict(model, X, y, cv=FOLDS, method="predict_proba")
        by_seed.append(-np.log(np.clip(p[np.arange(len(y)), y], 1e-7, 1)))
    losses = np.array(by_seed, dtype=float)
    return {
        "seeds": losses.mean(axis=1).round(5).tolist(),
        "rows": losses.mean(axis=0).round(5).tolist(),
    }


if __name__ == "__main__":
    main()
