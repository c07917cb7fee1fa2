"""What every explorer shares: controls that redraw a picture and the line that reads it.

An explorer shows two things. First a picture like any other of the course, which is stored with
the notebook and stands for readers without a kernel. Then the live panel, whose style sheet hides
that first picture as long as the panel is there. Stored notebooks keep no trace of the panel
(`tools/notebooks.py` leaves it out): without a kernel JupyterLab would show an error box
"model not found" in its place.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from course_utils import plots
from course_utils.widgets import drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from course_utils.messages.explorers import Words

__all__ = ["Controls", "Explorer", "Panel", "choice", "number", "whole"]

Result = TypeVar("Result")
Controls = dict[str, Any]  # of ipywidgets, by the name of the argument that each sets

# JupyterLab and Colab, by their names for the outputs of a cell.
_STYLE = """<style>
:is(.jp-OutputArea, #output-area):has(.course-explorer) .jp-RenderedHTML > img,
#output-area:has(.course-explorer) > .display_data > .output_subarea > img { display: none; }
.course-explorer img { max-width: 100%; height: auto; background: white; border-radius: 3px; }
.course-explorer [role=status] { margin: 0 0 .4em; line-height: 1.45; max-width: 56em; }
</style>"""
# To those who hear the page, ipywidgets gives the handle of a slider no name and, of a choice, says
# its place in the list. HTML of a widget runs no script, but it does what its pictures bring along.
_NAME_SLIDERS = """
for (const slider of this.closest('.course-explorer').querySelectorAll('.widget-slider')) {
    const handle = slider.querySelector('[role=slider]:not([aria-label])');
    if (!handle) continue;
    const shown = slider.querySelector('.widget-readout');
    const say = () => {
        if (handle.getAttribute('aria-valuetext') !== shown.textContent)
            handle.setAttribute('aria-valuetext', shown.textContent);
    };
    handle.setAttribute('aria-label', slider.querySelector('.widget-label').textContent);
    new MutationObserver(say).observe(handle, {attributeFilter: ['aria-valuetext']});
    say();
}"""


@dataclass(frozen=True)
class Explorer(Generic[Result]):
    """What sets an explorer apart from the others.

    Attributes
    ----------
    words : Words
        All that it says.
    controls : callable
        Makes its controls, in order, by the name of the argument of `compute` that each sets.
    compute : callable
        A pure function of the values of the controls: the numbers.
    picture : callable
        Draws the numbers on a figure that it drew before, or on a new one; returns the figure.
    facts : callable
        From the numbers and the values of the controls: what the template ``words.seen`` lacks.
    """

    words: Words
    controls: Callable[[], Controls]
    compute: Callable[..., Result]
    picture: Callable[[Result, Figure | None], Figure]
    facts: Callable[..., dict[str, Any]]

    def show(self) -> None:
        """Display the picture that is stored and, below it, the live panel."""
        from IPython.display import display

        panel = Panel(self)
        plots.show(panel.figure, panel.alt)
        display(panel.box)


class Panel:
    """The live part of an explorer: controls, a line of text, a picture.

    Parameters
    ----------
    explorer : Explorer
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

    figure: Figure
    alt: str

    def __init__(self, explorer: Explorer[Any]) -> None:
        import ipywidgets

        self._explorer = explorer
        self.controls = explorer.controls()
        for name, control in self.controls.items():
            control.description = explorer.words.labels[name]
        self.text, self.picture = ipywidgets.HTML(), ipywidgets.HTML()
        look = ipywidgets.HTML(_STYLE, layout={"display": "none"})
        self.box = ipywidgets.VBox([*self.controls.values(), self.text, self.picture, look])
        self.box.add_class("course-explorer")
        self._update(None)
        for control in self.controls.values():
            control.observe(lambda _: self._update(self.figure), names="value")

    def _update(self, used: Figure | None) -> None:
        """Compute, draw and say what belongs to the values of the controls."""
        words, values = self._explorer.words, {k: c.value for k, c in self.controls.items()}
        result = self._explorer.compute(**values)
        self.figure = drawing.draw(self._explorer.picture, result, used)
        seen = words.seen.format(**values | self._explorer.facts(result, **values))
        self.alt = f"{words.alt} {seen}"
        png = base64.b64encode(drawing.to_png(self.figure)).decode("ascii")
        self.text.value = f'<p role="status" aria-live="polite">{html.escape(seen)}</p>'
        self.picture.value = (
            f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{png}"'
            f' onload="{html.escape(_NAME_SLIDERS)}">'
        )


def whole(value: int, low: int, high: int, step: int = 1) -> Any:
    """Make a slider of whole numbers from `low` to `high`, at `value`."""
    return _slider("IntSlider", value=value, min=low, max=high, step=step)


def number(value: float, low: float, high: float, step: float) -> Any:
    """Make a slider of numbers from `low` to `high`, at `value`."""
    digits = ".2f" if step < 0.1 else ".1f"
    return _slider("FloatSlider", value=value, min=low, max=high, step=step, readout_format=digits)


def choice(value: Any, options: list[tuple[str, Any]]) -> Any:
    """Make a slider over pairs of what is read and what it stands for, at `value`."""
    return _slider("SelectionSlider", value=value, options=options)


def _slider(kind: str, **settings: Any) -> Any:
    import ipywidgets

    return getattr(ipywidgets, kind)(
        style={"description_width": "13em"},
        layout={"width": "34em", "max_width": "98%"},
        **settings,
    )
