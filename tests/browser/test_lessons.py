"""Each lesson in a real JupyterLab: opened, run to its end, saved, looked at.

It is the run of a lesson: nbval compares its outputs here, instead of running the lesson again
(``tests/conftest.py``). ``COURSE_SCREENSHOTS=folder`` keeps a picture of every lesson there.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbval.plugin import IPyNbFile, coalesce_streams

from tools import lab_browser
from tools.notebooks import METADATA, WIDGET

ROOT = Path(__file__).resolve().parents[2]
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        lab_browser.chromium() is None, reason="no Chromium here: install the package chromium"
    ),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Folder and address of JupyterLab, and the page that shows one lesson after the other."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    with lab_browser.serve_lab(folder) as address, lab_browser.browser_page() as page:
        yield folder, address, page


STOPPED = """import os

import matplotlib.pyplot as plt
import numpy as np
from course_utils import setup, show
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedKFold, cross_val_score

os.environ["COURSE_BUDGET"] = "completo"  # long enough to be stopped
setup()"""


class TestEvenLessons:
    @pytest.mark.parametrize("lesson", LESSONS[::2])
    def test_a_lesson_runs_to_its_end_in_jupyterlab(self, lab, lesson, request):
        _runs_to_its_end(lab, lesson, request.session)


class TestOddLessons:  # another class, for another worker: `loadscope` gives each to one
    @pytest.mark.parametrize("lesson", LESSONS[1::2])
    def test_a_lesson_runs_to_its_end_in_jupyterlab(self, lab, lesson, request):
        _runs_to_its_end(lab, lesson, request.session)

    def test_a_long_cell_stopped_by_its_button_keeps_what_is_finished_and_the_next_one_runs(
        self, lab
    ):
        folder, address, page = lab
        lesson = nbformat.read(ROOT / "notebooks" / "01_metrica_y_validacion.ipynb", as_version=4)
        code = [cell for cell in lesson.cells if cell.cell_type == "code"]
        (long,) = (place for place, cell in enumerate(code) if "five.append" in cell.source)
        cells = [nbformat.v4.new_code_cell(STOPPED), code[long], code[long + 1]]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
        nbformat.write(notebook, folder / "parada.ipynb")
        with lab_browser.opened_notebook(page, address, "parada.ipynb"):
            lab_browser.start_all(page)
            patience = {"timeout": lab_browser.PATIENCE * 1000}
            page.locator(f"{SHOWN} .jp-OutputArea-output progress").wait_for(**patience)
            page.locator(f"{SHOWN} .jp-Toolbar [data-jp-item-name=interrupt] jp-button").click()
            lab_browser.finish_all(page)
        _, stopped, following = nbformat.read(folder / "parada.ipynb", as_version=4).cells
        (line,) = (output.data["text/plain"] for output in stopped.outputs)
        assert re.fullmatch(r"Interrumpido: se conservan \d+ de 1000 semillas\.", line)
        assert any("image/png" in output.get("data", {}) for output in following.outputs)
        assert not [o for o in following.outputs if o.output_type == "error"]


def _runs_to_its_end(lab, lesson, session):
    folder, address, page = lab
    path = f"notebooks/{lesson}.ipynb"
    with lab_browser.opened_notebook(page, address, path):
        lab_browser.run_all(page)
        assert page.locator(f"{SHOWN} .jp-OutputArea-output img:not([alt])").count() == 0
        _keep_picture(page, lesson)
    notebook = nbformat.read(folder / path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            assert cell.execution_count
            expected = "raises-exception" in cell.metadata.get("tags", [])
            errors = [o for o in cell.outputs if o.output_type == "error"]
            assert expected or not errors, errors
            live = [o for o in cell.outputs if WIDGET in o.get("data", {})]
            assert len(live) == len(re.findall(r"^(?:explore_\w+|guess)\(", cell.source, re.M))
    assert not list(_differences(notebook, ROOT / path, session))


def _differences(notebook, stored: Path, session):
    """What nbval says of the cells whose output must be the stored one."""
    outputs = {cell.id: coalesce_streams(cell.get("outputs", [])) for cell in notebook.cells}
    for cell in IPyNbFile.from_parent(session, path=stored).collect():
        if cell.options["check"]:
            kept = coalesce_streams(cell.cell.outputs)
            if not cell.compare_outputs(outputs[cell.cell.id], kept):
                yield cell.name, cell.comparison_traceback


def test_an_output_that_is_not_the_stored_one_is_named(request):
    path = ROOT / "notebooks" / f"{LESSONS[0]}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert not list(_differences(notebook, path, request.session))
    checked = [c for c in notebook.cells if "nbval-check-output" in c.metadata.get("tags", [])]
    checked[0].outputs = [nbformat.v4.new_output("stream", text="otra cosa\n")]
    assert len(list(_differences(notebook, path, request.session))) == 1


def _keep_picture(page, lesson: str) -> None:
    folder = os.environ.get("COURSE_SCREENSHOTS")
    if not folder:
        return
    page.locator(f"{SHOWN} .jp-WindowedPanel-outer").evaluate("panel => panel.scrollTo(0, 0)")
    usual = page.viewport_size
    page.set_viewport_size({"width": 1280, "height": 12_000})
    page.wait_for_timeout(3000)
    Path(folder).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(Path(folder) / f"{lesson}.png"))
    page.set_viewport_size(usual)
