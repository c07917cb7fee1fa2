"""Lesson 09's networks with ten seeds each: three places of its search, and the models compared.

Writes course_utils/_records/newswires.json: 130 trainings on the real newswires in the lesson's own
code, about ten minutes of one core. Its searches run first (with the lesson's one seed), so what is
measured again is what they found. Of each newswire it keeps the share of the networks that were
right, which is what comparing two models in pairs needs.
"""

from __future__ import annotations

import json
import os
import platform
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from scikeras.wrappers import KerasClassifier
from scipy.stats import loguniform, uniform
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV, train_test_split
from sklearn.svm import LinearSVC

from course_utils import load_reuters, repair_scikeras, setup, vectorize_sequences
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "newswires.json"
SEEDS = list(range(102, 112))
PLACES = (1, 2, 6)
BRIEF, LONG, BOOK = 6, 20, 9  # limits of epochs
STOPPING = {
    "callbacks": keras.callbacks.EarlyStopping,
    "callbacks__monitor": "val_accuracy",
    "callbacks__patience": 2,
    "callbacks__restore_best_weights": True,
    "validation_split": 0.15,
}
SPACE = {
    "batch_size": [128, 256, 512],
    "model__layers": [1, 2, 3],
    "model__units": [16, 32, 64],
    "model__dropout": uniform(0, 0.6),
    "model__learning_rate": loguniform(1e-4, 1e-1),
    "model__optimizer": ["rmsprop", "adam"],
}
FINE_SPACE = {
    "batch_size": [256],
    "model__layers": [1],
    "model__units": [64, 96],
    "model__dropout": uniform(0.1, 0.5),
    "model__optimizer": ["rmsprop", "adam"],
    "model__learning_rate": loguniform(1e-3, 1e-2),
}

Labels = npt.NDArray[np.int64]
Rows = npt.NDArray[Any]


def build(
    units: int = 64,
    layers: int = 2,
    dropout: float = 0.0,
    optimizer: str = "rmsprop",
    learning_rate: float = 1e-3,
    seed: int = 101,
) -> keras.Sequential:
    """The lesson's network, compiled."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((10_000,), dtype="uint8")])
    for _ in range(layers):
        model.add(keras.layers.Dense(units, activation="relu"))
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(46, activation="softmax"))
    rule = keras.optimizers.get(optimizer)
    rule.learning_rate = learning_rate
    model.compile(rule, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


class Newswires:
    """The real newswires as the lesson cuts them: development rows and, at the end, test rows."""

    def __init__(self) -> None:
        data = load_reuters(num_words=10_000)
        self.X = vectorize_sequences(data.X_train, dtype="uint8")
        self.sparse = vectorize_sequences(data.X_train, sparse=True)
        self.y = data.y_train
        self.train, self.valid = train_test_split(
            np.arange(len(self.y)),
            train_size=0.8,
            test_size=0.2,
            stratify=self.y,
            random_state=101,
        )
        self.sample, _ = train_test_split(
            self.train, train_size=0.25, stratify=self.y[self.train], random_state=101
        )
        self.X_test = vectorize_sequences(data.X_test, dtype="uint8")
        self.sparse_test = vectorize_sequences(data.X_test, sparse=True)
        self.y_test = data.y_test


def classifier(epochs: int) -> Any:
    """The network for scikit-learn, stopped early or at `epochs`."""
    return KerasClassifier(build, epochs=epochs, verbose=0, **STOPPING)


def searched(news: Newswires, epochs: int, space: dict[str, Any], n: int, rows: Rows) -> Any:
    """One of the lesson's random searches, trained on `rows`."""
    search = RandomizedSearchCV(
        classifier(epochs), space, n_iter=n, cv=[(rows, news.valid)], refit=False, random_state=101
    )
    return search.fit(news.X, news.y)


def ten_times(news: Newswires, epochs: int, params: dict[str, Any], rows: Rows) -> list[float]:
    """Validation accuracy of one configuration, one for each seed."""
    keras.backend.clear_session()
    grid = {**{name: [value] for name, value in params.items()}, "model__seed": SEEDS}
    search = GridSearchCV(classifier(epochs), grid, cv=[(rows, news.valid)], refit=False)
    scores = search.fit(news.X, news.y).cv_results_["mean_test_score"]
    print(params, epochs, len(rows), scores.round(3), flush=True)
    return [round(float(score), 5) for score in scores]


def contest(news: Newswires) -> list[dict[str, Any]]:
    """Three places of the short search, measured again with more epochs and with all the rows."""
    search = searched(news, BRIEF, SPACE, 9, news.sample)
    order = np.argsort(-search.cv_results_["mean_test_score"])
    entrants = []
    for place in PLACES:
        params = search.cv_results_["params"][order[place - 1]]
        entrants.append(
            {
                "place": place,
                "params": params,
                "brief": ten_times(news, BRIEF, params, news.sample),
                "longer": ten_times(news, LONG, params, news.sample),
                "fuller": ten_times(news, LONG, params, news.train),
            }
        )
    return entrants


def classes(net: keras.Model, rows: Rows) -> Labels:
    """The topic that a network gives each row."""
    answers: Labels = net.predict(rows, batch_size=1024, verbose=0).argmax(axis=1)
    return answers


def scored(answers: list[Labels], truth: Labels) -> dict[str, list[float]]:
    """The share of the answers that are right for each row, and two metrics for each answer."""
    right = np.array(answers) == truth
    macro = [f1_score(truth, said, average="macro") for said in answers]
    return {
        "hit_rate": right.mean(axis=0).round(2).tolist(),
        "accuracy": right.mean(axis=1).round(5).tolist(),
        "macro_f1": np.round(macro, 5).tolist(),
    }


def networks(
    news: Newswires, rows: Rows, epochs: int, batch_size: int, watched: bool, **design: Any
) -> tuple[list[Labels], list[Labels], list[int]]:
    """Answers of ten networks on validation and test rows, and the best epoch of each.

    With `watched` they stop early, by the validation rows.
    """
    valid, test, best = [], [], []
    watch = {"validation_data": (news.X[news.valid], news.y[news.valid])} if watched else {}
    for seed in SEEDS:
        keras.backend.clear_session()
        stop = keras.callbacks.EarlyStopping("val_accuracy", patience=2, restore_best_weights=True)
        net = build(**design, seed=seed)
        run = net.fit(
            news.X[rows],
            news.y[rows],
            batch_size=batch_size,
            epochs=epochs,
            callbacks=[stop] if watched else [],
            verbose=0,
            **watch,
        )
        if watched:
            best.append(int(np.argmax(run.history["val_accuracy"])) + 1)
        valid.append(classes(net, news.X[news.valid]))
        test.append(classes(net, news.X_test))
        print(design, len(rows), seed, (test[-1] == news.y_test).mean().round(3), flush=True)
    return valid, test, best


def linear(news: Newswires, rows: Rows) -> tuple[list[Labels], list[Labels]]:
    """Answers of the lesson's linear model on validation and test rows."""
    model = LinearSVC(C=0.01, random_state=101).fit(news.sparse[rows], news.y[rows])
    return [model.predict(news.sparse[news.valid])], [model.predict(news.sparse_test)]


def main() -> None:
    os.environ["COURSE_DATA"] = "real"  # or it fails: the record is of the real newswires
    setup()
    repair_scikeras()
    news = Newswires()
    fine = searched(news, LONG, FINE_SPACE, 3, news.train)
    tuned = {name.removeprefix("model__"): value for name, value in fine.best_params_.items()}
    design = {name: value for name, value in tuned.items() if name != "batch_size"}
    size, everything = tuned["batch_size"], np.arange(len(news.y))
    deck_valid, deck_test, _ = networks(news, news.train, BOOK, 512, watched=False)
    best_valid, best_test, stops = networks(news, news.train, LONG, size, watched=True, **design)
    final_epochs = round(float(np.mean(stops)))
    _, book_all, _ = networks(news, everything, BOOK, 512, watched=False)
    _, best_all, _ = networks(news, everything, final_epochs, size, watched=False, **design)
    linear_valid, linear_test = linear(news, news.train)
    _, linear_all = linear(news, everything)
    y_valid = news.y[news.valid]
    result = {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "seeds": SEEDS,
        "contest": contest(news),
        "tuned": {"params": tuned, "best_epochs": stops, "final_epochs": final_epochs},
        "validation": {
            "linear": scored(linear_valid, y_valid),
            "deck": scored(deck_valid, y_valid),
            "tuned": scored(best_valid, y_valid),
        },
        "test": {
            "linear": scored(linear_test, news.y_test),
            "deck": scored(deck_test, news.y_test),
            "tuned": scored(best_test, news.y_test),
        },
        "test_all_rows": {
            "linear": scored(linear_all, news.y_test),
            "deck": scored(book_all, news.y_test),
            "tuned": scored(best_all, news.y_test),
        },
    }
    write_text(RESULT, json.dumps(result, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
