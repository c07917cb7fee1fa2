"""Lesson 11 draws the networks that the trial bank holds."""

from __future__ import annotations

from pathlib import Path

import nbformat
import numpy as np
import pytest

from tools.trial_bank import architectures
from tools.trial_bank.networks import keras

LESSON = Path(__file__).parents[2] / "notebooks" / "11_busqueda_de_arquitecturas.ipynb"


@pytest.fixture(scope="module")
def lesson():
    """Names of the lesson's cells that draw networks, run in their order."""
    cells = nbformat.read(LESSON, as_version=4).cells
    codes = [cell.source for cell in cells if cell.cell_type == "code"]
    first = next(k for k, code in enumerate(codes) if code.startswith("from keras import"))
    last = next(k for k, code in enumerate(codes) if "def macro(" in code)
    names: dict[str, object] = {}
    for code in codes[first : last + 1]:
        exec(code, names)
    return names


@pytest.mark.slow
@pytest.mark.parametrize("wiring", ["chain", "branches", "skips"])
@pytest.mark.parametrize(("pooling", "head"), [("max", "flatten"), ("stride", "global")])
def test_the_lesson_draws_the_recorded_network_weight_for_weight(lesson, wiring, pooling, head):
    config = {"kind": "conv", "wiring": wiring, "depth": 3, "width": 8, "kernel": 3}
    config |= {"pooling": pooling, "head": head}
    found = []
    for draw in (lambda: lesson["macro"]((14, 14, 1), **config), recorded(config)):
        keras.utils.set_random_seed(1)
        found.append(draw().get_weights())
    assert len(found[0]) == len(found[1])
    assert all(np.array_equal(one, other) for one, other in zip(*found, strict=True))


def recorded(config):
    return lambda: architectures.macro(config, (14, 14, 1))
