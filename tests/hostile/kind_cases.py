"""What once stopped the whole batch, and honest notebooks that once lost marks.

Right answers of other types are those of the banks in ``tests/checks``; here they go all the way.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from tests.hostile.hostile_cases import FULL, Case, Notebook, code, data, solution, with_cell

__all__ = ["kind_cases"]

_MOUNT = """
from google.colab import drive, files
drive.mount("/content/drive")
import math
from itertools import product
import operator, functools
"""
_LEANS_ON_IT = """
def n_combos(space, cv):
    return functools.reduce(operator.mul, map(len, space.values()), cv)
"""
_SLIP = """
import functools, operator
import numpy as np
from sklearn.base import clone
def is_inert(model, name, values, X, y)
    return True
"""
_OTHER_TYPES = """
from fractions import Fraction
import numpy as np
exact = n_combos, is_inert, n_distinct
def n_combos(space, cv):
    return Fraction(exact[0](space, cv))
def is_inert(*case):
    return np.bool_(exact[1](*case))
def n_distinct(grid, n_columns):
    return np.float64(exact[2](grid, n_columns))
"""


def kind_cases() -> list[Case]:
    """All of them, on the exercise of lesson 02."""

    def one(name: str, what: str, content: bytes, lost: tuple[str, ...] = (), **more: Any) -> Case:
        points = FULL | dict.fromkeys(lost, 0.0)
        return Case(name, what, {f"{name}.ipynb": content}, points, **more)

    return [
        one("medio_caracter", "half a character in a cell", with_cell("x = '\ud83d'")),
        one("medio_en_texto", "half a character in a text", _prose("yo \udc00 opino")),
        one("lineas_vacias", "400 kB of blank lines in a cell", with_cell("\n" * 399_000)),
        one("comentarios", "20,000 comments that never end", _prose("<!--" * 20_000)),
        Case(
            "entradas_vacias",
            "a zip with 19,990 empty entries beside the notebook",
            {"entradas_vacias.zip": _crowded()},
            FULL,
            review="archivo",
        ),
        one(
            "reinicio",
            "a restart, as in Colab",
            with_cell("get_ipython().kernel.do_shutdown(True)"),
        ),
        one("colab", "a drive and imports in one cell", _more(_MOUNT, _LEANS_ON_IT)),
        one(
            "desliz",
            "a syntax error in one answer's cell, and imports that another one needs",
            _slipped(),
            lost=("is_inert",),
            fast=True,
        ),
        one("otros_tipos", "right answers as fractions and numbers of NumPy", _more(_OTHER_TYPES)),
    ]


def _changed(change: Callable[[Notebook], None]) -> bytes:
    notebook = solution()
    change(notebook)
    return data(notebook)


def _prose(text: str) -> bytes:
    cell = {"cell_type": "markdown", "id": "texto", "metadata": {}, "source": text}
    return _changed(lambda notebook: notebook["cells"].append(cell))


def _more(*sources: str) -> bytes:
    return _changed(lambda notebook: notebook["cells"].extend(map(code, sources)))


def _slipped() -> bytes:
    """The cell of the second answer does not parse, and holds what the first one needs."""

    def slip(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code" and "def is_inert" in "".join(cell["source"]):
                cell["source"] = _SLIP
        notebook["cells"].append(code(_LEANS_ON_IT))

    return _changed(slip)


def _crowded() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(19_990):
            archive.writestr(f"a/{number}.txt", b"")
        archive.writestr("a/x.ipynb", data(solution()))
    return stream.getvalue()
