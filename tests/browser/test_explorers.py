"""All explorers in a real JupyterLab: moved by keyboard, and looked at.

``COURSE_SCREENSHOTS=folder`` keeps a picture of each, before and after, in both themes.
"""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from tools import explorer_lab, lab_browser

EXPLORERS = explorer_lab.names()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        lab_browser.chromium() is None, reason="no Chromium here: install the package chromium"
    ),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory, browser):
    folder = tmp_path_factory.mktemp("explorers")
    explorer_lab.write_notebook(folder / "explorers.ipynb")
    with lab_browser.serve_lab(folder) as address, lab_browser.new_page(browser) as page:
        lab_browser.open_notebook(page, address, "explorers.ipynb")
        lab_browser.run_all(page)
        page.notebook = folder / "explorers.ipynb"
        yield page


@pytest.mark.parametrize("cell", range(len(EXPLORERS)), ids=EXPLORERS)
def test_the_keyboard_changes_picture_and_text(page, cell):
    place = explorer_lab.show_cell(page, cell)
    _keep_picture(place, f"{EXPLORERS[cell]}_before")
    start = page.evaluate(explorer_lab.SEEN, cell)
    assert start["alt"].endswith(start["text"])
    for slider in range(place.locator(".noUi-handle").count()):
        before = page.evaluate(explorer_lab.SEEN, cell)
        explorer_lab.move(page, cell, slider)
        after = page.evaluate(explorer_lab.SEEN, cell)
        assert after["picture"] != before["picture"]
        assert after["text"] != before["text"]
        assert after["alt"].endswith(after["text"])
        assert after["elements"] == start["elements"]  # updated in place
        for heard in page.evaluate(explorer_lab.HEARD, cell):
            assert heard["name"] == heard["label"]
            assert heard["value"] == heard["shown"]
    assert place.locator("img").count() == 2
    assert place.locator("img:visible").count() == 1  # the still one is hidden
    assert place.locator("img:not([alt])").count() == 0
    _keep_picture(place, f"{EXPLORERS[cell]}_after")


def test_the_line_that_reads_the_picture_is_legible_in_both_themes(page):
    colours = {}
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        explorer_lab.set_theme(page, theme)
        explorer_lab.show_cell(page, 0)
        colours[theme] = page.evaluate(explorer_lab.COLOURS)
        for cell, name in enumerate(EXPLORERS):
            _keep_picture(explorer_lab.show_cell(page, cell), f"{name}_{theme[-5:].strip()}")
    for word, paper in colours.values():
        assert abs(sum(word) - sum(paper)) > 3 * 125  # WCAG's advice on brightness
    assert colours["JupyterLab Dark"] != colours["JupyterLab Light"]


def test_a_notebook_opened_without_its_kernel_still_shows_the_pictures(page):
    notebook = nbformat.read(page.notebook, as_version=4)
    kinds = [[next(iter(o.data)) for o in cell.outputs if "data" in o] for cell in notebook.cells]
    assert all(kind for kind in kinds)
    for cell in notebook.cells:
        pictures = [o for o in cell.outputs if "image/png" in o.get("data", {})]
        assert len(pictures) == 1
        assert "alt=" in pictures[0].data["text/html"]


def _keep_picture(place, name: str) -> None:
    folder = os.environ.get("COURSE_SCREENSHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    place.page.wait_for_timeout(300)
    place.screenshot(path=str(Path(folder) / f"{name}.png"))
