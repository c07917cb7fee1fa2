"""The architectures of lesson 11: what draws the same network is trained once."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

import numpy as np
import pytest

from course_utils import trial_bank
from tests.test_trial_bank_networks import one_training
from tools.trial_bank import architectures, nas, networks
from tools.trial_bank.architectures import CELLS, MACRO, canonical_cells, canonical_macro
from tools.trial_bank.plan import combinations
from tools.trial_bank.plans import PLANS
from tools.trial_bank.tables import build

pytestmark = pytest.mark.slow  # Keras draws the networks

keras = networks.keras
SPACES = {
    "macro": (MACRO, canonical_macro, architectures.macro),
    "cells": (CELLS, canonical_cells, architectures.cells),
}


def drawn(name, n, seed=0):
    """Draw combinations of a space at random."""
    everything = combinations(SPACES[name][0])
    places = np.random.default_rng(seed).choice(len(everything), n, replace=False)
    return [everything[place] for place in places]


@pytest.mark.parametrize("name", SPACES)
def test_what_stands_for_others_stands_for_itself(name):
    space, canonical, _ = SPACES[name]
    for config in combinations(space):
        standing = canonical(config)
        assert list(standing) == list(space)
        assert canonical(standing) == standing
        assert all(standing[key] in values for key, values in space.items())


def test_the_tables_hold_enough_architectures():
    counts = {name: len(PLANS[name]().rows) for name in nas.PLANS}
    macro = dict.fromkeys(("nas_macro", "nas_digits", "nas_quarter", "nas_7x7"), 684)
    assert counts == macro | {"nas_cells": 355}


def test_cheap_fidelities_are_judged_on_the_same_rows(garments_of_noise):
    whole, fewer, smaller = nas.garments(), nas.fewer_garments(), nas.garments(7)
    assert len(fewer.y_train) == 250
    known = {image.tobytes() for image in whole.X_train}
    assert all(image.tobytes() in known for image in fewer.X_train)
    assert np.array_equal(fewer.X_valid, whole.X_valid)
    for part in ("train", "valid", "test"):
        large, small = getattr(whole, f"X_{part}"), getattr(smaller, f"X_{part}")
        assert np.array_equal(getattr(whole, f"y_{part}"), getattr(smaller, f"y_{part}"))
        assert small.shape == (1000, 7, 7, 1)
        halved = large.reshape(-1, 7, 2, 7, 2, 1).mean(axis=(2, 4))
        assert np.allclose(halved, small, atol=1e-6)


@pytest.fixture
def garments_of_noise(monkeypatch):
    """Images as Fashion-MNIST has them, drawn at random, for this test only."""
    rng = np.random.default_rng(0)
    parts = [
        (rng.integers(256, size=(n, 28, 28), dtype="uint8"), np.arange(n) % 10)
        for n in (3000, 1000)
    ]
    monkeypatch.setattr(keras.datasets.fashion_mnist, "load_data", lambda: parts)
    for load in (nas.garments, nas.fewer_garments):
        load.cache_clear()
    yield
    for load in (nas.garments, nas.fewer_garments):
        load.cache_clear()


@pytest.mark.parametrize("name", SPACES)
def test_equal_networks_have_one_row(name):
    """As many weights, and, the weights being equal numbers, equal outputs."""
    _, canonical, draw = SPACES[name]
    X = np.random.default_rng(0).normal(size=(2, 8, 8, 1)).astype("float32")
    for config in drawn(name, 12):
        one, other = (draw(each, (8, 8, 1)) for each in (config, canonical(config)))
        assert one.count_params() == other.count_params()
        assert np.allclose(outputs(one, X), outputs(other, X), atol=1e-6)


def outputs(model, X):
    """Return what a network answers when its weights depend on nothing but their shapes."""
    model.set_weights([np.full(w.shape, 0.1) for w in model.get_weights()])
    last = model.layers[-1]
    last.set_weights([np.linspace(-1, 1, w.size).reshape(w.shape) for w in last.get_weights()])
    return np.asarray(model(X))


def test_cells_are_as_they_say():
    cut = {"edge_01": "conv3", "edge_02": "none", "edge_12": "none", "left": "pool"}
    dead = architectures.cells(cut | {"right": "pool"}, (14, 14, 1))
    X = np.random.default_rng(0).normal(size=(5, 14, 14, 1))
    assert np.ptp(np.asarray(dead(X)), axis=0).max() == 0
    whole = architectures.cells(cut | {"edge_02": "skip", "right": "conv3"}, (14, 14, 1))
    shapes = [layer.output.shape[1:] for layer in whole.layers]
    assert (7, 7, 8) in shapes
    assert (4, 4, 16) in shapes


def test_recording_changes_nothing_and_validates_as_keras_does():
    rows = nas.digits()
    config = {"kind": "conv", "wiring": "skips", "depth": 2, "width": 4, "kernel": 3}
    config |= {"pooling": "max", "head": "flatten"}
    record = nas.train(architectures.macro, nas.digits, config, seed=1, epochs=2)
    keras.utils.set_random_seed(1)
    model = architectures.macro(config, (8, 8, 1))
    adam = keras.optimizers.Adam(nas.RATE)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    valid = rows.X_valid, rows.y_valid
    history = model.fit(
        rows.X_train, rows.y_train, batch_size=50, epochs=2, validation_data=valid, verbose=0
    ).history
    assert record["hits"][0] / 697 == pytest.approx(history["val_accuracy"])
    assert record["loss"][0] == pytest.approx(history["val_loss"], rel=1e-4)
    assert record["train_hits"][0] / 500 == pytest.approx(history["accuracy"])
    right = model.predict(rows.X_test, verbose=0).argmax(axis=1) == rows.y_test
    assert record["test_hits"][0, -1] == right.sum()
    assert record["parameters"] == [[model.count_params()]]


def test_a_table_of_architectures_is_made_and_read(tmp_path):
    plan = one_training(PLANS["nas_digits"]())
    train: Any = plan.train  # a partial, whose epochs are counted down here
    plan = dataclasses.replace(plan, train=functools.partial(train, epochs=2))
    build(plan, tmp_path)
    bank = trial_bank("nas_digits", folder=tmp_path)
    config, score = bank.best
    assert 0 < score < 1
    assert 0 < bank(config, metric="test_accuracy") < 1
    assert bank.recorded["parameters"].shape == (1, 1, 1, 1)
    assert 0 < bank.cost(config, budget=1) < bank.cost(config)
