"""The explorers without a browser: their wiring, and the colours of the course."""

from __future__ import annotations

import base64
import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

import course_utils
from course_utils import plots, widgets
from course_utils.widgets import Panel, drawing
from tools import explorer_lab

mpl.use("agg")
NAMES = explorer_lab.names()


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def explorer(name):
    return explorer_lab.explorer(name)


def _settings(control) -> list:
    """The lowest, the middle and the highest value of a control."""
    if hasattr(control, "options"):
        values = [value for _, value in control.options]
        return [values[0], values[len(values) // 2], values[-1]]
    steps = round((control.max - control.min) / control.step)
    return [control.min + control.step * k for k in (0, steps // 2, steps)]


def _png(panel) -> bytes:
    (picture,) = re.findall(r"base64,([^\"]+)", panel.picture.value)
    return base64.b64decode(picture)


def test_a_public_name_for_each_module_that_holds_an_explorer():
    folder = Path(course_utils.__file__).parent / "widgets"
    modules = {path.stem for path in folder.glob("[a-z]*.py")} - {"drawing", "panel"}
    assert {f"explore_{module}" for module in modules} == set(NAMES)


def test_the_room_serves_each_explorer_too(name):
    assert getattr(widgets, name) is getattr(course_utils, name)


@pytest.mark.parametrize("wrong", ["explore_nothing", "explorers", "explore_panel"])
def test_the_room_serves_nothing_else(wrong):
    with pytest.raises(AttributeError, match=wrong):
        getattr(widgets, wrong)


def test_importing_the_room_loads_no_widgets():
    code = "import sys, course_utils.widgets.tpe; print('ipywidgets' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_control_changes_picture_and_text_and_appends_nothing(explorer):
    panel = Panel(explorer)
    assert set(panel.controls) == set(explorer.words.labels)
    children, axes = panel.box.children, len(panel.figure.axes)
    artists = len(panel.figure.findobj())
    for control in panel.controls.values():
        start = control.value
        seen = {(panel.text.value, panel.picture.value)}
        for value in _settings(control):
            control.value = value
            seen.add((panel.text.value, panel.picture.value))
        assert len({text for text, _ in seen}) >= 2
        assert len({picture for _, picture in seen}) >= 2
        control.value = start
        assert (panel.text.value, panel.picture.value) in seen
        assert len(panel.figure.findobj()) == artists
        assert (panel.box.children, len(panel.figure.axes)) == (children, axes)
    assert not plt.get_fignums()


def test_a_picture_drawn_again_is_the_picture_drawn_anew(explorer, monkeypatch):
    panel = Panel(explorer)
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: None)
    plots.show(panel.figure, panel.alt)
    ends = {name: _settings(control)[::2] for name, control in panel.controls.items()}
    for corner in range(2 ** len(ends)):
        which = corner ^ corner >> 1  # a Gray code: each corner is one move from the one before
        values = {name: pair[which >> k & 1] for k, (name, pair) in enumerate(ends.items())}
        for name, value in values.items():
            panel.controls[name].value = value
        result = explorer.compute(**values)
        anew = drawing.to_png(drawing.draw(explorer.picture, result))
        assert _png(panel) == anew, values


def test_the_picture_has_an_alternative_text_and_the_line_is_announced(explorer):
    panel = Panel(explorer)
    assert re.match(r'<img alt="[^"]{60,}" src="data:image/png;base64,', panel.picture.value)
    assert 'role="status" aria-live="polite"' in panel.text.value
    assert panel.alt.startswith(explorer.words.alt)
    assert "{" not in panel.alt
    assert not re.search(r"\bnan\b|\binf\b", panel.alt)


def test_an_explorer_leaves_a_picture_and_hides_it_while_it_lives(name, explorer, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    getattr(course_utils, name)()
    still, live = shown
    assert still["text/plain"].startswith(explorer.words.alt)
    assert base64.b64decode(still["image/png"]).startswith(b"\x89PNG")
    assert "course-explorer" in live._dom_classes
    assert ":has(.course-explorer)" in live.children[-1].value


def test_a_style_that_others_left_behind_does_not_show():
    explorer = explorer_lab.explorer("explore_sixty_trials")
    result = explorer.compute(60, 0.05)
    before = drawing.to_png(drawing.draw(explorer.picture, result))
    with mpl.rc_context():
        mpl.style.use("ggplot")
        after = drawing.to_png(drawing.draw(explorer.picture, result))
        assert mpl.rcParams["axes.facecolor"] == "#E5E5E5"
    assert before == after


def test_a_stored_lesson_keeps_the_picture_and_not_the_widget(tmp_path):
    import nbformat

    from tools import run_notebooks

    source = "from course_utils import explore_sixty_trials\n\nexplore_sixty_trials()"
    path = tmp_path / "one.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
    notebook, _, _ = run_notebooks.execute(path)
    (output,) = notebook.cells[0].outputs
    assert output.metadata["image/png"]["alt"] == output.data["text/plain"]
    assert "widget" not in json.dumps(notebook)


# --- colours -----------------------------------------------------------------------------------

# Full loss of one kind of cone, on linear RGB: G. Machado, M. Oliveira and L. Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE Transactions on
# Visualization and Computer Graphics 15 (2009), severity 1.0.
COLOUR_BLIND = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to CIE XYZ (IEC 61966-2-1), and XYZ of its white.
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def _linear(colours) -> np.ndarray:
    values = np.array([mpl.colors.to_rgb(colour) for colour in colours])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    """CIE L*a*b*, in which a distance of about 2 is the least that is seen."""
    ratio = (linear @ TO_XYZ.T) / TO_XYZ.sum(axis=1)
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = root.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def _contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    low, high = sorted(_linear([one, other]) @ TO_XYZ[1])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("eyes", COLOUR_BLIND)
def test_the_palette_can_be_told_apart_with_any_eyes(eyes):
    seen = _lab(np.clip(_linear(plots.PALETTE) @ COLOUR_BLIND[eyes].T, 0, 1))
    distances = {
        (plots.PALETTE[a], plots.PALETTE[b]): np.linalg.norm(seen[a] - seen[b])
        for a, b in itertools.combinations(range(len(seen)), 2)
    }
    assert min(distances.values()) > 10, min(distances.items(), key=lambda item: item[1])


def test_the_colours_of_lines_and_words_stand_out_from_the_paper():
    ratios = {colour: _contrast(colour, "white") for colour in plots.PALETTE}
    # WCAG 2.1, 1.4.11 asks 3:1 of graphics: blue, red, green and black reach it. The others are
    # for areas, and for lines that something else tells apart too (dashes, marks, words).
    strong = {colour for colour, ratio in ratios.items() if ratio >= 3}
    assert {"#0072B2", "#D55E00", "#009E73", "#000000"} <= strong
    assert min(ratios.values()) > 2
    for grey in ("0.25", "0.3", "0.35", "0.4"):  # of words and thin lines
        assert _contrast(grey, "white") >= 4.5


def test_the_measures_of_colour_are_those_of_the_standards():
    assert _contrast("black", "white") == pytest.approx(21)
    assert _contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)
    np.testing.assert_allclose(_lab(_linear(["white"])), [[100, 0, 0]], atol=0.01)
    np.testing.assert_allclose(_lab(_linear(["red"])), [[53.24, 80.09, 67.20]], atol=0.05)
    for matrix in COLOUR_BLIND.values():  # grey stays grey
        np.testing.assert_allclose(matrix.sum(axis=1), 1, atol=1e-5)
