"""One explorer for each concept: controls that redraw a picture and the line that reads it.

The numbers come from :mod:`course_utils._explorer_numbers` and the pictures from
:mod:`course_utils._explorer_plots`; here they are only wired to ipywidgets (7.7 and 8).

An explorer shows two things. First a picture like any other of the course, which is stored with
the notebook and stands for readers without a kernel. Then the live panel, whose style sheet hides
that first picture as long as the panel is there. Stored notebooks keep no trace of the panel
(`tools/run_notebooks.py` leaves it out): without a kernel JupyterLab would show an error box
"model not found" in its place.
"""

from __future__ import annotations

import base64
import functools
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils import _explorer_numbers as numbers
from course_utils import _explorer_plots as pictures
from course_utils import plots
from course_utils.messages import explorers as texts

__all__ = [
    "Panel",
    "explore_evolution",
    "explore_gp",
    "explore_grid_vs_random",
    "explore_halving",
    "explore_hyperband",
    "explore_luck",
    "explore_schedule",
    "explore_sixty_trials",
    "explore_threshold",
    "explore_tpe",
]

_Controls = dict[str, Any]

# JupyterLab and Colab, by their names for the outputs of a cell.
_STYLE = """<style>
:is(.jp-OutputArea, #output-area):has(.course-explorer) .jp-RenderedHTML > img,
#output-area:has(.course-explorer) > .display_data > .output_subarea > img { display: none; }
.course-explorer img { max-width: 100%; height: auto; background: white; border-radius: 3px; }
.course-explorer [role=status] { margin: 0 0 .4em; line-height: 1.45; max-width: 56em; }
</style>"""


@dataclass(frozen=True)
class _Explorer:
    """What sets an explorer apart from the others."""

    name: str
    controls: Callable[[], _Controls]
    compute: Callable[..., Any]
    picture: Callable[[Any, Any], Any]
    facts: Callable[..., dict[str, Any]]


class Panel:
    """The live part of an explorer: controls, a line of text, a picture.

    Parameters
    ----------
    explorer : _Explorer
        What is computed, drawn and said.

    Attributes
    ----------
    controls : dict of str to ipywidgets.Widget
        By the name of the argument that they set.
    figure : matplotlib.figure.Figure
        The picture, drawn on again at every move.
    alt : str
        Its alternative text.
    text, picture : ipywidgets.HTML
        Updated in place; the picture is an ``<img>`` with an alternative text, which
        ``ipywidgets.Image`` cannot have.
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, explorer: _Explorer) -> None:
        import ipywidgets

        self._explorer = explorer
        self.controls = explorer.controls()
        self.text, self.picture = ipywidgets.HTML(), ipywidgets.HTML()
        look = ipywidgets.HTML(_STYLE, layout={"display": "none"})
        self.box = ipywidgets.VBox([*self.controls.values(), self.text, self.picture, look])
        self.box.add_class("course-explorer")
        self.figure: Any = None
        self.alt = self.update()
        for control in self.controls.values():
            control.observe(self._moved, names="value")

    def update(self) -> str:
        """Compute and show what belongs to the values of the controls.

        Returns
        -------
        str
            Alternative text of the picture.
        """
        values = {name: control.value for name, control in self.controls.items()}
        result = self._explorer.compute(**values)
        self.figure = pictures.draw(self._explorer.picture, result, self.figure)
        name = self._explorer.name
        seen = texts.SEEN[name].format(**values | self._explorer.facts(result, **values))
        alt = f"{texts.ALT[name]} {seen}"
        png = base64.b64encode(pictures.to_png(self.figure)).decode("ascii")
        self.text.value = f'<p role="status" aria-live="polite">{html.escape(seen)}</p>'
        self.picture.value = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}">'
        return alt

    def _moved(self, _: Any) -> None:
        self.alt = self.update()


def _show(explorer: _Explorer) -> None:
    from IPython.display import display

    panel = Panel(explorer)
    plots.show(panel.figure, panel.alt)
    display(panel.box)


# --- controls ----------------------------------------------------------------------------------


def _slider(explorer: str, name: str, kind: str, **settings: Any) -> Any:
    import ipywidgets

    return getattr(ipywidgets, kind)(
        description=texts.LABELS[explorer][name],
        style={"description_width": "13em"},
        layout={"width": "34em", "max_width": "98%"},
        **settings,
    )


def _whole(explorer: str, name: str, value: int, low: int, high: int, step: int = 1) -> Any:
    return _slider(explorer, name, "IntSlider", value=value, min=low, max=high, step=step)


def _number(explorer: str, name: str, value: float, low: float, high: float, step: float) -> Any:
    digits = ".2f" if step < 0.1 else ".1f"
    settings: Any = {"value": value, "min": low, "max": high, "step": step}
    return _slider(explorer, name, "FloatSlider", readout_format=digits, **settings)


def _choice(explorer: str, name: str, value: Any, options: list[tuple[str, Any]]) -> Any:
    return _slider(explorer, name, "SelectionSlider", value=value, options=options)


# --- explorers ---------------------------------------------------------------------------------


def explore_grid_vs_random() -> None:
    """Explore a grid against chance: values per axis, how much more one axis matters."""
    _show(_GRID_VS_RANDOM)


_GRID_VS_RANDOM = _Explorer(
    name="grid_vs_random",
    controls=lambda: {
        "per_axis": _whole("grid_vs_random", "per_axis", 3, 2, 5),
        "ratio": _choice(
            "grid_vs_random", "ratio", 1, [(str(r), r) for r in (1, 2, 3, 5, 10, 20, 50)]
        ),
    },
    compute=numbers.grid_vs_random,
    picture=pictures.draw_grid_vs_random,
    facts=lambda result, per_axis, ratio: (
        result._asdict() | {"trials": per_axis**2, "wins": 100 * result.chance_wins}
    ),
)


def explore_sixty_trials() -> None:
    """Explore the chance to hit the best part of a space: trials, size of that part."""
    _show(_SIXTY_TRIALS)


_SIXTY_TRIALS = _Explorer(
    name="sixty_trials",
    controls=lambda: {
        "trials": _whole("sixty_trials", "trials", 10, 1, 200),
        "top": _choice(
            "sixty_trials", "top", 0.05, [(str(q), q / 100) for q in (1, 2, 3, 5, 10, 15, 20)]
        ),
    },
    compute=numbers.sixty_trials,
    picture=pictures.draw_sixty_trials,
    facts=lambda result, trials, top: result._asdict() | {"top": 100 * top},
)


def explore_tpe() -> None:
    """Explore TPE: its steps, and the share γ of the trials that count as good."""
    _show(_TPE)


_TPE = _Explorer(
    name="tpe",
    controls=lambda: {
        "steps": _whole("tpe", "steps", 0, 0, 30),
        "good_share": _number("tpe", "good_share", 0.25, 0.05, 0.6, 0.05),
    },
    compute=numbers.tpe_search,
    picture=pictures.draw_tpe,
    facts=lambda result, **_: (
        result._asdict()
        | {
            "trials": len(result.tried),
            "good": result.good.sum(),
            "truth": float(numbers.toy_score(result.chosen)),
        }
    ),
)


def explore_gp() -> None:
    """Explore a Gaussian process and its expected improvement: trials, length scale."""
    _show(_GP)


_GP = _Explorer(
    name="gp",
    controls=lambda: {
        "trials": _whole("gp", "trials", 3, 3, 14),
        "length_scale": _number("gp", "length_scale", 0.2, 0.05, 0.6, 0.05),
    },
    compute=numbers.gp_search,
    picture=pictures.draw_gp,
    facts=lambda result, **_: {
        "best": result.best,
        "peak": result.truth.max(),
        "gain": result.gain.max(),
        "chosen": result.chosen,
    },
)


def explore_luck() -> None:
    """Explore what the best of many candidates promises on pure noise: candidates, rows."""
    _show(_LUCK)


_LUCK = _Explorer(
    name="luck",
    controls=lambda: {
        "candidates": _choice(
            "luck",
            "candidates",
            10,
            [(str(n), n) for n in (2, 5, 10, 20, 56, 100, 200, 500, 1000)],
        ),
        "rows": _choice(
            "luck", "rows", 40, [(str(n), n) for n in (20, 40, 80, 150, 300, 600, 1000)]
        ),
    },
    compute=numbers.luck,
    picture=pictures.draw_luck,
    facts=lambda result, **_: {
        "expected": result.expected,
        "points": 100 * (result.expected - 0.5),
    },
)


def explore_threshold() -> None:
    """Explore what a threshold decides at several prevalences: confusion, ROC and PR together."""
    _show(_THRESHOLD)


_THRESHOLD = _Explorer(
    name="threshold",
    controls=lambda: {
        "cut": _number("threshold", "cut", 1.0, -2.0, 5.0, 0.1),
        "prevalence": _choice(
            "threshold",
            "prevalence",
            0.5,
            [(f"{100 * p:g} %", p) for p in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)],
        ),
    },
    compute=numbers.threshold,
    picture=pictures.draw_threshold,
    facts=lambda result, **_: (
        result._asdict()
        | {
            "positives": result.confusion[1].sum(),
            "alarms": result.confusion[:, 1].sum(),
            "hits": result.confusion[1, 1],
        }
    ),
)


def explore_evolution() -> None:
    """Explore evolution on the recorded table of SVMs: population, mutation, who dies."""
    _show(_EVOLUTION)


@functools.cache
def _table() -> Any:
    from course_utils.bank import trial_bank

    return trial_bank("svm_digits").scores()


def _evolution(population: int, mutation: float, aging: bool) -> numbers.Evolution:
    return numbers.evolution(_table(), population, mutation, aging)


def _evolution_facts(result: numbers.Evolution, **_: Any) -> dict[str, Any]:
    top = result.table.max()
    ends = {key: 100 * (top - getattr(result, key)[-1]) for key in ("seen", "alive", "chance")}
    return ends | {"distinct": 100 * result.distinct}


_EVOLUTION = _Explorer(
    name="evolution",
    controls=lambda: {
        "population": _whole("evolution", "population", 12, 4, 60, 4),
        "mutation": _number("evolution", "mutation", 0.5, 0.0, 1.0, 0.1),
        "aging": _choice("evolution", "aging", False, [(texts.WORST, False), (texts.OLDEST, True)]),
    },
    compute=_evolution,
    picture=pictures.draw_evolution,
    facts=_evolution_facts,
)


def explore_halving() -> None:
    """Explore successive halving when small budgets are noisy: noise, factor."""
    _show(_HALVING)


_HALVING = _Explorer(
    name="halving",
    controls=lambda: {
        "noise": _number("halving", "noise", 1.0, 0.0, 6.0, 0.5),
        "factor": _whole("halving", "factor", 3, 2, 5),
    },
    compute=numbers.halving_race,
    picture=pictures.draw_halving,
    facts=lambda result, **_: {
        "first": 100 * (1 - result.survives[0]),
        "wins": 100 * result.wins,
        "loss": result.loss,
        "cost": 100 * result.cost / result.full_cost,
    },
)


def explore_hyperband() -> None:
    """Explore the brackets of Hyperband: epochs of the longest training, factor."""
    _show(_HYPERBAND)


_HYPERBAND = _Explorer(
    name="hyperband",
    controls=lambda: {
        "max_epochs": _whole("hyperband", "max_epochs", 10, 4, 81),
        "factor": _whole("hyperband", "factor", 3, 2, 5),
    },
    compute=numbers.hyperband,
    picture=pictures.draw_hyperband,
    facts=lambda result, **_: {
        "n_brackets": len(result.brackets),
        "networks": result.networks,
        "trials": result.trials,
        "paid": result.epochs.sum(),
        "full": result.full,
        "times": result.full / result.epochs.sum(),
    },
)


def explore_schedule() -> None:
    """Explore learning-rate schedules in a valley: schedule, initial rate, momentum."""
    _show(_SCHEDULE)


_SCHEDULE = _Explorer(
    name="schedule",
    controls=lambda: {
        "schedule": _choice(
            "schedule",
            "schedule",
            "constant",
            [(text, name) for name, text in texts.SCHEDULE_NAMES.items()],
        ),
        "initial": _choice(
            "schedule",
            "initial",
            0.07,
            [(f"{r:g}", r) for r in (0.01, 0.02, 0.03, 0.05, 0.07, 0.08, 0.09, 0.11, 0.15)],
        ),
        "momentum": _number("schedule", "momentum", 0.0, 0.0, 0.95, 0.05),
    },
    compute=numbers.schedule_on_valley,
    picture=pictures.draw_schedule,
    facts=lambda result, schedule, **_: {
        "name": texts.SCHEDULE_NAMES[schedule],
        "loss": result.losses[-1],
        "last": result.rates[-1],
        "distance": float(np.hypot(*result.path[-1])),
    },
)
