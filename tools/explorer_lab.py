"""A notebook with every explorer, and how to move them in a real JupyterLab.

``python -m tools.explorer_lab`` moves each one by keyboard and writes the seconds between the key
and the new picture into benchmarks/results/widgets.json.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from course_utils._atomic import write_text
from tools import lab_browser, notebooks

if TYPE_CHECKING:
    from course_utils.widgets import Explorer

RESULTS = Path(__file__).resolve().parents[1] / "benchmarks" / "results" / "widgets.json"
MOVES = 12
LIMIT = 150  # milliseconds

# From the key that reaches the page to the first moment at which the new picture is decoded and
# the browser has had the chance to paint it.
WATCH = """cell => {
    const panel = document.querySelectorAll('.jp-CodeCell')[cell]
        .querySelector('.course-explorer');
    const source = () => panel.querySelector('img')?.src;
    const state = window.courseMoves = {times: [], pressed: null, shown: source()};
    panel.addEventListener('keydown', () => { state.pressed = performance.now(); }, true);
    new MutationObserver(async () => {
        if (!source() || source() === state.shown) return;
        state.shown = source();
        await panel.querySelector('img').decode();
        requestAnimationFrame(() => state.times.push(performance.now() - state.pressed));
    }).observe(panel, {subtree: true, childList: true, attributes: true});
}"""
SEEN = """cell => {
    const panel = document.querySelectorAll('.jp-CodeCell')[cell]
        .querySelector('.course-explorer');
    return {
        picture: panel.querySelector('img').src,
        alt: panel.querySelector('img').alt,
        text: panel.querySelector('[role=status]').textContent,
        elements: panel.querySelectorAll('*').length,
    };
}"""
HEARD = """cell => {
    const panel = document.querySelectorAll('.jp-CodeCell')[cell]
        .querySelector('.course-explorer');
    return [...panel.querySelectorAll('.widget-slider')].map(slider => {
        const handle = slider.querySelector('[role=slider]');
        return {
            label: slider.querySelector('.widget-label').textContent,
            name: handle.getAttribute('aria-label'),
            shown: slider.querySelector('.widget-readout').textContent,
            value: handle.getAttribute('aria-valuetext'),
        };
    });
}"""
COLOURS = """() => {
    const line = document.querySelector('.course-explorer [role=status]');
    const paper = document.querySelector('.jp-Notebook');
    return [getComputedStyle(line).color, getComputedStyle(paper).backgroundColor]
        .map(colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number));
}"""


def names() -> list[str]:
    """Public names of the explorers, in order."""
    import course_utils

    return [name for name in course_utils.__all__ if name.startswith("explore_")]


def explorer(name: str) -> Explorer[Any]:
    """What the explorer of a public name computes, draws and says."""
    module = import_module(f"course_utils.widgets.{name.removeprefix('explore_')}")
    found: Explorer[Any] = module.EXPLORER
    return found


def write_notebook(path: Path) -> None:
    """Write a notebook with one explorer in each cell."""
    sources = [f"from course_utils import {name}\n\n{name}()" for name in names()]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA), path)


def show_cell(page: Any, cell: int) -> Any:
    """Bring a cell into view and wait for its explorer; return the cell."""
    place = page.locator(".jp-CodeCell").nth(cell)
    place.scroll_into_view_if_needed()
    place.locator(".course-explorer img").wait_for(timeout=30_000)
    return place


def set_theme(page: Any, theme: str) -> None:
    """Switch JupyterLab to a theme and wait until it is there."""
    command = "theme => { window.jupyterapp.commands.execute('apputils:change-theme', {theme}); }"
    page.evaluate(command, theme)
    there = "theme => document.body.dataset.jpThemeName === theme"
    page.wait_for_function(there, arg=theme, timeout=20_000)
    page.wait_for_timeout(500)


def move(page: Any, cell: int, slider: int = 0, key: str | None = None) -> None:
    """Press a key on a slider and wait for the new picture.

    Without a key it is the right arrow or, on a slider that is at its end, the left one.
    """
    before = page.evaluate(SEEN, cell)["picture"]
    handle = page.locator(".jp-CodeCell").nth(cell).locator(".noUi-handle").nth(slider)
    handle.focus()
    at_its_end = "handle => handle.getAttribute('aria-valuenow') === handle.ariaValueMax"
    page.keyboard.press(key or ("ArrowLeft" if handle.evaluate(at_its_end) else "ArrowRight"))
    changed = f"""([cell, old]) => {{
        const seen = ({SEEN})(cell);
        return seen.picture !== old && seen.alt.endsWith(seen.text);
    }}"""
    page.wait_for_function(changed, arg=[cell, before], timeout=10_000)


def measure(page: Any, cell: int, moves: int = MOVES) -> list[float]:
    """Milliseconds of each of some moves of the first slider, to the right as far as it goes."""
    show_cell(page, cell)
    page.evaluate(WATCH, cell)
    for _ in range(moves + 1):
        move(page, cell)
        page.wait_for_timeout(100)
    times: list[float] = page.evaluate("() => window.courseMoves.times")
    return times[1:]  # the first one warms up


def kernel_milliseconds(name: str, moves: int = MOVES) -> float:
    """Processor time of a move of the first slider without a browser: what load does not change."""
    from course_utils.widgets import Panel

    panel = Panel(explorer(name))
    control = next(iter(panel.controls.values()))
    if hasattr(control, "options"):
        values = [value for _, value in control.options]
    else:
        values = [control.min + control.step * k for k in range(MOVES)]
        values = [value for value in values if value <= control.max]
    times = []
    for number in range(moves + 1):
        began = time.process_time()
        control.value = values[number % len(values)]
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times[1:])


def main() -> int:
    if lab_browser.chromium() is None:
        print("No Chromium here: install the package chromium")
        return 1
    result = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_notebook(folder / "explorers.ipynb")
        with lab_browser.serve_lab(folder) as address, lab_browser.browser_page() as page:
            lab_browser.open_notebook(page, address, "explorers.ipynb")
            lab_browser.run_all(page)
            for cell, name in enumerate(names()):
                times = measure(page, cell)
                middle, worst = statistics.median(times), max(times)
                kernel = kernel_milliseconds(name)
                result[name] = {
                    "median_ms": round(middle),
                    "worst_ms": round(worst),
                    "kernel_cpu_ms": round(kernel),
                }
                print(f"{name}: {middle:.0f} ms, worst of {len(times)} {worst:.0f} ms")
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    about = {"moves": MOVES, "load": load, "limit_ms": LIMIT}
    text = json.dumps({"about": about, "explorers": result}, indent=2)
    write_text(RESULTS, text + "\n")
    return int(any(times["median_ms"] > LIMIT for times in result.values()))


if __name__ == "__main__":
    sys.exit(main())
