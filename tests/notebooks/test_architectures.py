"""Lesson 11: its networks are those of the trial bank, morphism keeps outputs, deck lines."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from benchmarks import nas
from tools.trial_bank import architectures
from tools.trial_bank.networks import keras

LESSON = Path(__file__).parents[2] / "notebooks" / "11_busqueda_de_arquitecturas.ipynb"
CELLS = nbformat.read(LESSON, as_version=4).cells
PROSE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "markdown")
DRAWING = ("chain", "branches", "macro", "pool", "normal", "network", "widen", "deepen")
STRATEGIES = {
    "by_grid": ("by_grid",),
    "by_chance": ("draw_one", "by_chance"),
    "evolve": ("draw_one", "mutate", "cross", "evolve"),
    "reinforce": ("reinforce",),
    "local_search": ("draw_one", "mutate", "local_search"),
    "mutate_best": ("draw_one", "mutate", "mutate_best"),
}
"""By strategy: the functions of the lesson that it is made of."""


def functions_of(source: str) -> dict[str, ast.FunctionDef]:
    """Functions that a cell defines, by name; magics are no Python."""
    lines = [line for line in source.splitlines() if not re.match(r"\s*[%!]", line)]
    try:
        tree = ast.parse("\n".join(lines))
    except SyntaxError:
        return {}
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.fixture(scope="module")
def lesson() -> dict[str, Any]:
    """Names of the lesson's cells that draw networks, run in their order."""
    names: dict[str, Any] = {"np": np, "keras": keras}
    for cell in CELLS:
        if cell.cell_type == "code" and (
            functions_of(cell.source).keys() & set(DRAWING) or "wirings = " in cell.source
        ):
            exec(cell.source.split("\n\n\ncompare(")[0], names)
    return names


@pytest.mark.slow
@pytest.mark.parametrize("wiring", ["chain", "branches", "skips"])
@pytest.mark.parametrize(("pooling", "head"), [("max", "flatten"), ("stride", "global")])
def test_the_lesson_draws_the_recorded_network_weight_for_weight(lesson, wiring, pooling, head):
    config = {"kind": "conv", "wiring": wiring, "depth": 3, "width": 8, "kernel": 3}
    config |= {"pooling": pooling, "head": head}
    shape = (14, 14, 1)
    assert_equal_networks(
        lambda: lesson["macro"](shape, **config), lambda: architectures.macro(config, shape)
    )


@pytest.mark.slow
@pytest.mark.parametrize("edges", [("conv3", "skip", "pool"), ("conv1", "pool", "conv3")])
@pytest.mark.parametrize("sides", [("pool", "conv3"), ("conv1", "conv1")])
def test_the_lesson_draws_the_recorded_cells_weight_for_weight(lesson, edges, sides):
    config = dict(zip(architectures.CELLS, (*edges, *sides), strict=True))

    def drawn(normal, reduction):
        x = keras.Input((7, 7, 8))
        return keras.Model(x, reduction(normal(x)))

    assert_equal_networks(
        lambda: drawn(
            lambda x: lesson["normal"](x, *edges), lambda x: lesson["reduction"](x, *sides)
        ),
        lambda: drawn(
            lambda x: architectures.normal_cell(config, x),
            lambda x: architectures.reduction_cell(config, x),
        ),
    )


def assert_equal_networks(one, other):
    """Both draw the same weights from one seed, and give the same outputs."""
    models = []
    for draw in (one, other):
        keras.utils.set_random_seed(1)
        models.append(draw())
    weights = [model.get_weights() for model in models]
    assert all(np.array_equal(a, b) for a, b in zip(*weights, strict=True))
    X = np.random.default_rng(0).normal(size=(5, *models[0].input_shape[1:])).astype("float32")
    first, second = (np.asarray(model(X)) for model in models)
    assert np.array_equal(first, second)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_what_inherits_weights_gives_the_outputs_of_its_mother(lesson, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    mother = lesson["network"](16)
    into, bias = mother.layers[0].get_weights()
    mother.layers[0].set_weights([into, bias + rng.normal(size=16)])  # as training leaves them
    X = rng.random((50, 64), dtype="float32")
    expected = mother.predict(X, verbose=0)
    heirs = {
        "wider": lesson["widen"](mother, 48, rng),
        "deeper": lesson["deepen"](mother),
        "as it was": lesson["widen"](mother, 16, rng),
    }
    for name, heir in heirs.items():
        assert np.abs(heir.predict(X, verbose=0) - expected).max() < 1e-6, name
    assert heirs["wider"].count_params() == 48 * 65 + 10 * 49


@pytest.mark.slow
def test_recorded_heirs_are_widened_as_the_lesson_does_it(lesson):
    keras.utils.set_random_seed(0)
    mother = lesson["network"](nas.NARROW)
    heirs = [
        widen(mother, nas.WIDE, np.random.default_rng(0)) for widen in (lesson["widen"], nas.widen)
    ]
    weights = [heir.get_weights() for heir in heirs]
    assert all(np.array_equal(a, b) for a, b in zip(*weights, strict=True))


def test_each_strategy_is_at_most_thirty_visible_lines():
    lines = {}
    for cell in CELLS:
        if cell.cell_type == "code":
            for name, node in functions_of(cell.source).items():
                lines[name] = len(ast.unparse(node).splitlines())
    assert all(sum(lines[part] for part in parts) <= 30 for parts in STRATEGIES.values()), {
        name: sum(lines[part] for part in parts) for name, parts in STRATEGIES.items()
    }


def test_lines_of_the_deck_have_a_section_that_exists():
    sections = set(re.findall(r"^## (\d+\.\d+) ", PROSE, re.MULTILINE))
    rows = re.findall(r"^\| ([\d–, ]+) \| .+ \| ([\d., ]+) \|$", PROSE, re.MULTILINE)
    named = {section for _, places in rows for section in places.split(", ")}
    assert named <= sections
    lines = {int(n) for spans, _ in rows for span in spans.split(", ") for n in _span(span)}
    asked = {39, 281, 316, 318, 337, 364, 373, 383, 429, *range(461, 465), *range(534, 657)}
    asked |= {494, 502, 515}  # the three ways of estimating for less begin here
    assert asked <= lines


def _span(span: str) -> range:
    first, _, last = span.partition("–")
    return range(int(first), int(last or first) + 1)
