"""What all notebooks of the course share: metadata, first cell, and how they are run."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = ROOT / "pyproject.toml"
METADATA: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}
WIDGET = "application/vnd.jupyter.widget-view+json"
SETUP = """import importlib.util
from pathlib import Path

if importlib.util.find_spec("course_utils") is None:  # Colab
    course = "git+https://github.com/{repository}"
    course = "curso.zip" if Path("curso.zip").exists() else course
    !pip install -q {{course}} > pip.log 2>&1
    if importlib.util.find_spec("course_utils") is None:
        raise SystemExit("Falta el curso: sube curso.zip y repite esta celda.")
from course_utils import {names}

setup()"""


def repository() -> str:
    """Where the course is published, as ``owner/name``."""
    settings = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    return str(settings["tool"]["course"]["repository"])


def setup_cell(*names: str) -> str:
    """Source of a notebook's first code cell, which imports `names`, ``setup`` among them."""
    return SETUP.format(repository=repository(), names=", ".join(names))


def run(notebook: NotebookNode, folder: Path, *, cell_timeout: int) -> list[float]:
    """Run a notebook in place, from top to bottom.

    Only what is the same for everybody stays in it: plain metadata, no times, no ids of messages,
    and of a widget, which without its kernel is an error box, the picture.

    Parameters
    ----------
    notebook : NotebookNode
        Its outputs are replaced.
    folder : Path
        Where its kernel runs.
    cell_timeout : int
        Seconds after which a cell is given up.

    Returns
    -------
    list of float
        Seconds of each code cell.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises and is not tagged ``raises-exception``.
    nbclient.exceptions.CellTimeoutError
        If a cell takes too long.
    """
    client = NotebookClient(
        notebook,
        timeout=cell_timeout,
        kernel_name="python3",
        record_timing=True,
        coalesce_streams=True,  # how a cell's text is cut into messages depends on the clock
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        cell.outputs = [output for output in cell.outputs if WIDGET not in output.get("data", {})]
        for output in cell.outputs:
            output.pop("transient", None)
    return [_seconds(cell.metadata.pop("execution", {})) for cell in code]


def _seconds(times: dict[str, str]) -> float:
    """Seconds between a kernel's messages that it is busy and that it is idle again."""
    marks = times.get("iopub.status.busy"), times.get("iopub.status.idle")
    if None in marks:  # an empty cell is not sent
        return 0.0
    began, ended = (datetime.fromisoformat(str(mark)) for mark in marks)
    return (ended - began).total_seconds()
