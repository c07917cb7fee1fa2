"""What goes deeper can be skipped: no later cell of the core path needs what it defines."""

from __future__ import annotations

import re
import symtable
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from tools.lesson_time import DEEPER, core_cells

LESSONS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("[0-9]*.ipynb"))


def left_out(notebook: nbformat.NotebookNode) -> Iterator[tuple[int, str]]:
    """Core cells, and the names that they would miss or find changed if all that is deeper ran."""
    core = {cell.id for cell in core_cells(notebook)}
    of_core: set[str] = set()
    of_deeper: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        source = TransformerManager().transform_cell(cell.source)
        cell_table = symtable.symtable(source, "cell", "exec")
        symbols = cell_table.get_symbols()
        imported = {s.get_name() for s in symbols if s.is_imported()}
        bound = {s.get_name() for s in symbols if s.is_assigned()} | imported
        if cell.id in core:
            yield from ((number, name) for name in sorted((_read(cell_table) - bound) & of_deeper))
            of_core |= bound
            of_deeper -= bound
        else:
            of_deeper |= bound - (imported & of_core)


def _read(table: symtable.SymbolTable) -> set[str]:
    """Names of the notebook that a cell reads, also inside its functions."""
    outermost = table.get_type() == "module"
    read = {
        s.get_name()
        for s in table.get_symbols()
        if s.is_referenced() and (outermost or s.is_global())
    }
    return read.union(*map(_read, table.get_children()))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_what_goes_deeper_begins_a_cell_of_its_own(path: Path) -> None:
    """Else what stands before its heading would be left out of the core path with it."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            deeper = re.search(rf"^#+ .*{DEEPER}", cell.source, re.MULTILINE)
            assert deeper is None or deeper.start() == 0, cell.source


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_what_goes_deeper_can_be_skipped(path: Path) -> None:
    assert list(left_out(nbformat.read(path, as_version=4))) == []


@pytest.mark.parametrize(
    ("deeper", "core", "names"),
    [
        ("x = 2", "print(x)", ["x"]),
        ("x = 2", "for x in [1]:\n    print(x)", []),
        ("y = [x for x in [1]]", "print(x)", []),
        ("def f(x):\n    return x", "print(f(x))", ["f"]),
        ("import numpy as np", "np.ones(2)", ["np"]),
        ("import math", "math.pi", []),
        ("x = 2", "def f():\n    return x", ["x"]),
    ],
)
def test_the_search_itself(deeper: str, core: str, names: list[str]) -> None:
    v4 = nbformat.v4
    cells = [
        v4.new_code_cell("import math\nx = 1"),
        v4.new_markdown_cell("### Para profundizar: detalle"),
        v4.new_code_cell(deeper),
        v4.new_markdown_cell("### De vuelta"),
        v4.new_code_cell(core),
    ]
    assert [name for _, name in left_out(v4.new_notebook(cells=cells))] == names
