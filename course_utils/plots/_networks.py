"""Figures of networks: which layer hands its output to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_utils.plots._style import PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Arrows = list[tuple[str, str]]


def network_panels(models: Mapping[str, Any]) -> Figure:
    """Draw Keras models side by side, the input on top.

    ``keras.utils.plot_model`` draws one, with Graphviz, a program that pip does not bring.

    Parameters
    ----------
    models : mapping of str to keras.Model
        By title. Functional models: their layers know what they take from which other.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    depth = max(max(_levels(model)[0].values()) for model in models.values())
    size = (3.2 * len(models), 0.5 * depth + 1.2)
    fig, axes = plt.subplots(1, len(models), figsize=size, sharey=True, squeeze=False)
    for ax, (title, model) in zip(axes.flat, models.items(), strict=True):
        _draw(ax, model)
        ax.set_title(title, fontsize=11)
        ax.set(xlim=(-0.6, 1.6), ylim=(-depth - 0.4, 0.4))
        ax.axis("off")
    return fig


def _levels(model: Any) -> tuple[dict[str, int], Arrows]:
    """Return how far below the input each layer stands, and who hands its output to whom."""
    maker = {id(layer.output): layer.name for layer in model.layers}
    level: dict[str, int] = {}
    arrows: Arrows = []
    for layer in model.layers:
        given = layer.input if isinstance(layer.input, list) else [layer.input]
        before = [maker[id(x)] for x in given if maker[id(x)] != layer.name]
        level[layer.name] = 1 + max((level[name] for name in before), default=-1)
        arrows += [(name, layer.name) for name in before]
    return level, arrows


def _draw(ax: Axes, model: Any) -> None:
    """Draw one model: those of a level side by side; one alone, below what it takes from."""
    level, arrows = _levels(model)
    rows = list(level.values())
    place: dict[str, tuple[float, float]] = {}
    for k, (name, row) in enumerate(level.items()):
        sources = [place[start][0] for start, end in arrows if end == name]
        alone = sources[0] if len(sources) == 1 else 0.5
        place[name] = (alone if rows.count(row) == 1 else float(rows[:k].count(row)), float(-row))
    for start, end in arrows:
        middle = (place[start][0] + place[end][0]) / 2
        jumped = [x for x, y in place.values() if place[end][1] < y < place[start][1]]
        around = 0.8 if any(abs(x - middle) < 0.4 for x in jumped) else 0.0
        line: dict[str, Any] = {"arrowstyle": "-|>", "color": "0.45", "shrinkA": 7, "shrinkB": 7}
        line["connectionstyle"] = f"arc3,rad={around}"
        ax.annotate("", place[end], place[start], arrowprops=line)
    box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": PALETTE[0]}
    for layer in model.layers:
        kind = type(layer).__name__
        ax.text(*place[layer.name], kind, ha="center", va="center", fontsize=8, bbox=box)
