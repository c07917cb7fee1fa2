"""The recording of Keras networks, on rows small enough for seconds."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from course_utils import trial_bank
from tools.trial_bank import deck_grid, imdb, mnist, networks, reuters
from tools.trial_bank.plan import Plan, Rows, folds, real
from tools.trial_bank.plans import PLANS
from tools.trial_bank.tables import build

pytestmark = pytest.mark.slow

keras = networks.keras


def rows_of(shape, n_classes, n=(64, 24, 20)):
    """Draw separable training, validation and test rows."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(n_classes, *shape))
    parts = []
    for size in n:
        y = rng.integers(n_classes, size=size)
        parts += [(centres[y] + rng.normal(size=(size, *shape))).astype("float32"), y]
    return Rows(*parts)


def small_model(outputs=3):
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(outputs, activation="softmax" if outputs > 1 else "sigmoid"),
        ]
    )
    loss = "sparse_categorical_crossentropy" if outputs > 1 else "binary_crossentropy"
    model.compile("adam", loss, metrics=["accuracy"])
    return model


@pytest.fixture(scope="module")
def rows():
    return rows_of((6,), 3)


@pytest.fixture(scope="module")
def recorded(rows):
    networks.begin(seed=0)
    model = small_model()
    record = networks.fit(model, rows, epochs=6, batch_size=8, moments=("best", 2, 6))
    return model, record


def test_recording_changes_nothing(rows, recorded):
    """A student's own `fit` after the same seed gives the same curves."""
    keras.utils.set_random_seed(0)
    model = small_model()
    valid = rows.X_valid, rows.y_valid
    history = model.fit(
        rows.X_train, rows.y_train, batch_size=8, epochs=6, validation_data=valid, verbose=0
    ).history
    record = recorded[1]
    assert record["hits"][0] / 24 == pytest.approx(history["val_accuracy"])
    assert record["train_hits"][0] / 64 == pytest.approx(history["accuracy"])
    assert record["loss"][0] == pytest.approx(history["val_loss"])
    assert record["train_loss"][0] == pytest.approx(history["loss"])


def test_the_test_rows_are_those_of_the_last_epoch(rows, recorded):
    model, record = recorded
    right = model.predict(rows.X_test, verbose=0).argmax(axis=1) == rows.y_test
    assert record["test_hits"][0, -1] == right.sum()
    assert np.array_equal(np.unpackbits(record["test_right"][2], count=20), right)


def test_what_was_right_is_noted_at_the_moments(recorded):
    record = recorded[1]
    best = int(record["hits"][0].argmax())  # the first of the highest
    for moment, epoch in enumerate((best, 1, 5)):
        for name, hits in (("valid_right", "hits"), ("test_right", "test_hits")):
            assert np.unpackbits(record[name][moment]).sum() == record[hits][0, epoch]


def test_one_output_is_right_above_a_half():
    rows = rows_of((6,), 2)
    networks.begin(seed=0)
    model = small_model(outputs=1)
    record = networks.fit(model, rows, epochs=2, batch_size=8, moments=(2,))
    right = (model.predict(rows.X_test, verbose=0)[:, 0] > 0.5) == rows.y_test
    assert record["test_hits"][0, -1] == right.sum()
    assert np.unpackbits(record["valid_right"][0]).sum() == record["hits"][0, -1]


def test_every_schedule_is_trained_and_begins_where_it_says():
    for name in reuters.SCHEDULES:
        rate = reuters.schedule(name, 0.1, steps_per_epoch=100, epochs=8)
        first = float(rate(0)) if callable(rate) else rate
        assert first == pytest.approx(0.0 if name == "warmup_cosine" else 0.1)
    decks = reuters.schedule("exponential", 0.1, steps_per_epoch=100, epochs=8)
    assert float(decks(100)) == pytest.approx(0.096)
    warm = reuters.schedule("warmup_cosine", 0.1, steps_per_epoch=100, epochs=8)
    assert float(warm(80)) == pytest.approx(0.1)


def one_training(plan: Plan) -> Plan:
    """The plan of the first combination only, one seed, two epochs."""
    return dataclasses.replace(
        plan,
        space={key: values[:1] for key, values in plan.space.items()},
        rows=plan.rows[:1],
        row_of=np.zeros(1, dtype=int),
        n_seeds=1,
        budgets=(1, 2),
    )


@pytest.mark.parametrize(
    ("name", "train", "shape", "n_classes"),
    [
        ("mnist_seeds", mnist.train, (28, 28), 10),
        ("reuters_sgd", reuters.train_schedule, (10_000,), 46),
        ("reuters_search", reuters.train_search, (10_000,), 46),
        ("imdb_search", imdb.train, (10_000,), 2),
    ],
)
def test_a_table_of_networks_is_made_and_read(tmp_path, name, train, shape, n_classes):
    """One training of each family, from its plan through the journal and the table to the bank."""
    small = rows_of(shape, n_classes)
    plan = PLANS[name]()
    sizes = {"train_sizes": 64, "test_sizes": 20}
    plan = dataclasses.replace(
        one_training(plan),
        moments=("best", 2),
        sizes=np.full((1, 1, 1), 24),
        other_sizes={key: np.full((1, 1, 1), n) for key, n in sizes.items()},
        train=lambda config, seed: two_moments(train(config, seed, epochs=2, rows=small)),
    )
    build(plan, tmp_path)
    bank = trial_bank(name, folder=tmp_path)
    config, score = bank.best
    assert bank.right(config, seed=0, at=2).mean() == pytest.approx(score)
    tested = bank(config, metric="test_accuracy")
    assert bank.right(config, seed=0, rows="test", at=2).mean() == pytest.approx(tested)
    assert 0 < bank.cost(config, budget=1) < bank.cost(config)


def two_moments(record):
    """Keep the first and the last moment; with so few epochs the deck's fifth never comes."""
    return {k: v[[0, -1]] if k.endswith("right") else v for k, v in record.items()}


def test_the_decks_grid_is_trained_on_each_fold(monkeypatch):
    monkeypatch.setattr(deck_grid, "folds", lambda *args: list(folds(*args))[:2])  # of five
    plan = deck_grid.plan()
    record = deck_grid.train(plan.rows[0], seed=1, epochs=1)
    assert record.keys() == plan.dtypes.keys()
    assert all(values.shape == (2, 1) for values in record.values())
    assert (record["hits"] <= plan.sizes[1]).all()
    assert (record["train_hits"] <= plan.other_sizes["train_sizes"][1]).all()


def test_without_a_hidden_layer_units_and_dropout_are_nothing():
    plan = imdb.plan()
    assert len(plan.rows) == 8 + 2 * 2 * 2 * 8
    assert len({json.dumps(row) for row in plan.rows}) == len(plan.rows)
    assert sum(row["layers"] == 0 for row in plan.rows) == 8


def test_stand_ins_are_not_recorded():
    from course_utils import load_mnist

    with pytest.raises(SystemExit, match="mnist: the bank holds trainings on the real data only"):
        real(load_mnist())
