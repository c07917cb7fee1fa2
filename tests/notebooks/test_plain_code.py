"""A lesson's code is what a student would write tomorrow: no tricks that only save its own time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
TRICK = re.compile(
    r"compute_metrics\(None|optimizer\.build\(|gc\.freeze|\brestart\(|RateTable|Hopeless"
    r"|_retry_queue|EinsumDense|steps_per_execution|run_eagerly"
)


def tricks(notebook: nbformat.NotebookNode) -> Iterator[str]:
    """Lines of code that hold one."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield from (line for line in cell.source.splitlines() if TRICK.search(line))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_holds_no_trick(path: Path) -> None:
    assert list(tricks(nbformat.read(path, as_version=4))) == []


def test_the_search_finds_one_in_code_only() -> None:
    v4 = nbformat.v4
    line = "model.optimizer.build(model.trainable_variables)"
    cells = [v4.new_markdown_cell(line), v4.new_code_cell(f"x = 1\n{line}")]
    assert list(tricks(v4.new_notebook(cells=cells))) == [line]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_a_cell_that_draws_is_not_compared_by_its_pixels(path: Path) -> None:
    """Another version of matplotlib draws other pixels, as in Colab."""
    cells = nbformat.read(path, as_version=4).cells
    compared = [c for c in cells if "nbval-check-output" in c.metadata.get("tags", [])]
    drawn = [c for c in compared if any("image/png" in o.get("data", {}) for o in c.outputs)]
    assert [cell.source for cell in drawn] == []
