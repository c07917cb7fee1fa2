"""The rows of the table: what the decks do, and what a student waits for instead.

The decks' other programs have no slow procedure beside a shorter one: the schedules and the IMDB
exercise are single trainings, which a lesson runs as they are or reads from the bank;
``RandomizedSearchCV`` of deck 004 has neither values nor ``n_iter``; and for the image networks of
Reto 3 and 4 the lessons have other problems.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

REPLAYED = "recorded in the trial bank"
RUN = "measured"


@dataclass(frozen=True)
class Row:
    """A procedure of the decks and its counterpart in a lesson.

    Attributes
    ----------
    name : str
        Of the module in this folder.
    procedure : str
        What the deck does.
    seconds : str
        Where its seconds come from.
    lesson : str
        Number of the lesson.
    counterpart : str
        What a student waits for, with its sections.
    rows : str
        The held-out rows.
    quotes : tuple of str
        Code of the lesson that the module repeats; a test looks it up.
    small : dict of str to dict
        Arguments that make each side short, to try the code with.
    """

    name: str
    procedure: str
    seconds: str
    lesson: str
    counterpart: str
    rows: str
    quotes: tuple[str, ...]
    small: dict[str, dict[str, Any]] = field(default_factory=dict)


ROWS = (
    Row(
        "random_search",
        "000: RandomizedSearchCV, 80 forests × 4 folds",
        RUN,
        "03",
        "3.4: 12 forests of 100 trees × 4 folds, and the default forest",
        "lesson 03's digits",
        (
            "n_iter = budget(rapido=3, clase=12, completo=80)",
            'forest_space = {"max_features": randint(1, 65)',
            "rapido=(30, 2, 1), clase=(100, 4, 2)",
            'refit="log_loss"',
            "dev, held = quarters[1]",
        ),
        {"deck": {"n_iter": 2}, "course": {"n_iter": 2, "n_trees": 10}},
    ),
    Row(
        "hyperopt_search",
        "000: Hyperopt, 80 forests × 4 folds",
        RUN,
        "04",
        "4.4: 40 forests of up to 48 trees × 4 folds, and the default forest",
        "lesson 04's tumours",
        (
            "max_evals, shrink = budget(rapido=(6, 100), clase=(40, 25), completo=(80, 1))",
            '"min_samples_leaf": hp.uniform("min_samples_leaf", 0.001, 0.5)',
            "dev, held = quarters[1]",
        ),
        {"deck": {"max_evals": 3}, "course": {"max_evals": 3, "shrink": 100}},
    ),
    Row(
        "tpot_search",
        "000: TPOT, 84 forests × 4 folds",
        RUN,
        "05",
        "5.6: 84 forests of 30 trees × 4 folds, and the default forest",
        "lesson 05's digits",
        (
            'n_trees = budget(rapido=[5], clase=[30], completo=parameters["n_estimators"])',
            "deck = (24, 12, 6)",
            "dev, held = quarters[2]",
        ),
        {
            "deck": {"population": (2, 2, 2)},
            "course": {"population": (2, 2, 2), "n_trees": 5},
        },
    ),
    Row(
        "network_grid",
        "000: GridSearchCV, 90 networks × 5 folds × 80 epochs",
        REPLAYED,
        "06",
        "6.5: 6 networks × 2 folds × 12 epochs; the winner and the deck's network, 80 epochs",
        "four measures of 143 tumours",
        (
            "short = budget(rapido=3, clase=12, completo=80)",
            "n_folds = budget(rapido=2, clase=2, completo=5)",
            "n_iter = budget(rapido=2, clase=6, completo=80)",
            "full = budget(rapido=3, clase=80, completo=80)",
        ),
        {"course": {"n_iter": 2, "short": 1, "full": 2}},
    ),
    Row(
        "mnist_sizes",
        "003: 512 units, then 48, 5 epochs each",
        REPLAYED,
        "07",
        "7.1 and 7.3: 48 units for 2 epochs, and four sizes × ten seeds replayed",
        "MNIST's test images",
        ("epochs = budget(rapido=1, clase=2, completo=5)", "bank(config, budget=5, seed=s)"),
        {"course": {"epochs": 1, "n_images": 500}},
    ),
    Row(
        "mnist_hyperband",
        "003: Keras Tuner's Hyperband, 30 trials, 120 epochs",
        REPLAYED,
        "07",
        "7.5 and 7.6: Hyperband on 5,000 images, the winner on 48,000, and the deck's network",
        "MNIST's test images",
        (
            "max_epochs = budget(rapido=3, clase=6, completo=10)",
            "n_sample = budget(rapido=500, clase=5000, completo=48_000)",
            "n_full = budget(rapido=2000, clase=48_000, completo=48_000)",
            "n_epochs = budget(rapido=1, clase=5, completo=5)",
        ),
        {"course": {"max_epochs": 2, "n_sample": 500, "n_full": 500, "epochs": 1}},
    ),
    Row(
        "reuters_grid",
        "004: grid of 54 networks, 5 to 20 epochs",
        REPLAYED,
        "09",
        "9.5 to 9.9: grid of 6, random search of 9, fine search of 3, the book's network",
        "Reuters' test newswires",
        (
            "grid_epochs = budget(rapido=[2], clase=[3, 6], completo=[5, 10, 20])",
            "sizes = budget(rapido=[128, 256], clase=[128, 256], completo=[32, 128, 512])",
            "few = budget(rapido=1, clase=6, completo=6)",
            "n_iter = budget(rapido=2, clase=9, completo=80)",
            "n_fine = budget(rapido=2, clase=3, completo=40)",
            "limit = budget(rapido=2, clase=20, completo=60)",
        ),
        {"course": {"n_iter": 1, "n_fine": 1, "brief": 1, "long": 1}},
    ),
    Row(
        "encoding",
        "004: the book's vectorize_sequences",
        RUN,
        "09",
        "9.1: the course's, dense and sparse",
        "newswires, encoded alike",
        (
            'vectorize_sequences(data.X_train, dtype="uint8")',
            "vectorize_sequences(data.X_train, sparse=True)",
        ),
        {"deck": {"n_texts": 50}, "course": {"n_texts": 50}},
    ),
)
