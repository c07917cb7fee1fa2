"""The spaces of lesson 11: whole networks (macro) and cells that are stacked (micro).

A configuration is drawn as a Keras model by :func:`macro` or :func:`cells`. Combinations that draw
the same network are trained once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tools.trial_bank.plan import Config, Space

MACRO: Space = {
    "kind": ["conv", "dense"],
    "wiring": ["chain", "branches", "skips"],
    "depth": [1, 2, 3, 4],
    "width": [4, 8, 16],
    "kernel": [1, 3, 5],
    "pooling": ["max", "average", "stride"],
    "head": ["flatten", "global"],
}
"""`width` counts filters; a dense layer has eight times as many units. The first two convolutional
blocks are followed by a pooling of 2 x 2 (or a convolution of stride 2)."""

OPERATIONS = ["none", "skip", "conv1", "conv3", "pool"]
REDUCTIONS = ["pool", "conv1", "conv3"]
CELLS: Space = {
    "edge_01": OPERATIONS,
    "edge_02": OPERATIONS,
    "edge_12": OPERATIONS,
    "left": REDUCTIONS,
    "right": REDUCTIONS,
}
"""Three edges of the normal cell (node 2 adds up what arrives), and two of the reduction cell."""

FILTERS = 8
N_CLASSES = 10


def canonical_macro(config: Config) -> Config:
    """Return the configuration that stands for those of the same network.

    Dense layers know neither kernels nor pooling.
    """
    if config["kind"] == "conv":
        return dict(config)
    return {**config, "kernel": 1, "pooling": "max", "head": "flatten"}


def canonical_cells(config: Config) -> Config:
    """Return the configuration that stands for those of the same network.

    A path with a hole carries nothing; one operation over node 1 is one beside it; what is added
    up has no order; and if nothing arrives at node 2, the reduction cell has nothing to reduce.
    """
    over = [config["edge_01"], config["edge_12"]]
    over = [] if "none" in over else [name for name in over if name != "skip"] or ["skip"]
    beside = [] if config["edge_02"] == "none" else [config["edge_02"]]
    if len(over) == 1:
        singles = sorted(over + beside)
        over, beside = [*singles[1:], "skip"] if singles[1:] else [], singles[:1]
    first, then = over or ["none", "none"]
    left, right = sorted((config["left"], config["right"]))
    if not over and not beside:
        left = right = "pool"
    edges = {"edge_01": first, "edge_02": (beside or ["none"])[0], "edge_12": then}
    return {**edges, "left": left, "right": right}


def macro(config: Config, shape: tuple[int, ...]) -> Any:
    """Draw a network of the macro space for images of `shape`."""
    from tools.trial_bank.networks import keras

    x = inputs = keras.Input(shape)
    if config["kind"] == "dense":
        x = keras.layers.Flatten()(x)
    for place in range(config["depth"]):
        x = block(config, x)
        if config["kind"] == "conv" and place < 2:
            x = halve(config, x)
    if config["kind"] == "conv":
        flat, mean = keras.layers.Flatten, keras.layers.GlobalAveragePooling2D
        x = (flat if config["head"] == "flatten" else mean)()(x)
    outputs = keras.layers.Dense(N_CLASSES, activation="softmax")(x)
    return keras.Model(inputs, outputs)


def block(config: Config, x: Any) -> Any:
    """Add one block: a layer; two half as wide, side by side; or one that is jumped over."""
    from tools.trial_bank.networks import keras

    layer, small, width = _layers(config)
    if config["wiring"] == "chain":
        return layer(width, activation="relu")(x)
    if config["wiring"] == "branches":
        sides = [make(width // 2, activation="relu")(x) for make in (layer, small)]
        return keras.layers.Concatenate()(sides)
    around = x if x.shape[-1] == width else small(width)(x)
    return keras.layers.Add()([around, layer(width, activation="relu")(x)])


def halve(config: Config, x: Any) -> Any:
    """Halve the sides of the images."""
    from tools.trial_bank.networks import keras

    layers = keras.layers
    if config["pooling"] == "stride":
        return layers.Conv2D(config["width"], 2, 2, padding="same", activation="relu")(x)
    kind = layers.MaxPooling2D if config["pooling"] == "max" else layers.AveragePooling2D
    return kind(2, padding="same")(x)


def _layers(config: Config) -> tuple[Callable[..., Any], Callable[..., Any], int]:
    """Return the layer of a block, the cheaper one beside it, and their width."""
    from tools.trial_bank.networks import keras

    if config["kind"] == "dense":
        return keras.layers.Dense, keras.layers.Dense, 8 * config["width"]

    def conv(width: int, kernel: int = config["kernel"], **options: Any) -> Any:
        return keras.layers.Conv2D(width, kernel, padding="same", **options)

    return conv, lambda width, **options: conv(width, 1, **options), config["width"]


def cells(config: Config, shape: tuple[int, ...]) -> Any:
    """Draw a network of the cell space: stem, normal, reduction and normal cell, softmax."""
    from tools.trial_bank.networks import keras

    layers = keras.layers
    inputs = keras.Input(shape)
    x = layers.Conv2D(FILTERS, 3, 2, padding="same", activation="relu")(inputs)
    x = normal_cell(config, x)
    x = reduction_cell(config, x)
    x = normal_cell(config, x)
    x = layers.Flatten()(x)
    outputs = layers.Dense(N_CLASSES, activation="softmax")(x)
    return keras.Model(inputs, outputs)


def normal_cell(config: Config, x: Any) -> Any:
    """Add a cell of three nodes that keeps the size: node 2 adds up what edges 02 and 12 bring."""
    middle = operation(config["edge_01"], x)
    arriving = [operation(config["edge_02"], x)]
    if middle is not None:
        arriving.append(operation(config["edge_12"], middle))
    return add_up([y for y in arriving if y is not None], x)


def reduction_cell(config: Config, x: Any) -> Any:
    """Add a cell that halves the sides and doubles the filters."""
    width = 2 * x.shape[-1]
    return add_up([operation(config[side], x, width, 2) for side in ("left", "right")], x)


def operation(name: str, x: Any, width: int | None = None, stride: int = 1) -> Any:
    """Apply an operation; None if it is ``"none"``.

    A pooling that has to widen is followed by a convolution of 1 x 1.
    """
    from tools.trial_bank.networks import keras

    layers, wide = keras.layers, width or x.shape[-1]
    if name == "none":
        return None
    if name == "skip":
        return x
    if name == "pool":
        x = layers.AveragePooling2D(3, stride, padding="same")(x)
        return x if x.shape[-1] == wide else layers.Conv2D(wide, 1)(x)
    kernel = {"conv1": 1, "conv3": 3}[name]
    return layers.Conv2D(wide, kernel, stride, padding="same", activation="relu")(x)


def add_up(arriving: list[Any], x: Any) -> Any:
    """Add what arrives at a node; zeros, shaped like `x`, if nothing does."""
    from tools.trial_bank.networks import keras

    if not arriving:
        return keras.ops.zeros_like(x)
    return arriving[0] if len(arriving) == 1 else keras.layers.Add()(arriving)
