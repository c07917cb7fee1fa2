"""Shared by the tests of checks: run a notebook's cells in this process, judge pieces of code."""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from IPython.core.inputtransformer2 import TransformerManager

from course_utils._observers import observe
from course_utils.checks import PUBLIC_SEED, Verdict, judge

ROOT = Path(__file__).resolve().parents[2]
SECRET_SEED = 987_654_321


def verdict(name: str, code: str | Mapping[str, Any], seed: int = PUBLIC_SEED) -> Verdict:
    """Verdict on a piece of code (or a namespace), through JSON as in the grader."""
    if isinstance(code, str):
        namespace: dict[str, Any] = {}
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002
        exec(textwrap.dedent(code), namespace)
    else:
        namespace = dict(code)
    sent = json.dumps(observe(name, namespace, seed), allow_nan=False)
    return judge(name, json.loads(sent), seed)


def assert_right(name: str, code: str) -> None:
    """The code is right under the public seed and under others."""
    for seed in (PUBLIC_SEED, SECRET_SEED, 0):
        found = verdict(name, code, seed)
        assert found.state == "correcto", f"seed {seed}: {found}"
        assert found.points == found.out_of > 0


def assert_wrong(name: str, code: str, misconception: str) -> None:
    """The code meets the message of one misconception, under the public seed and under another."""
    for seed in (PUBLIC_SEED, SECRET_SEED):
        found = verdict(name, code, seed)
        assert (found.state, found.misconception) == ("incorrecto", misconception), found
        assert found.points < found.out_of
        assert len(found.message) > 40


def run_cells(path: Path) -> dict[str, Any]:
    """Run the code cells of a notebook in this process; return its namespace."""
    transform = TransformerManager().transform_cell
    namespace: dict[str, Any] = {"__name__": "notebook"}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(transform(cell.source), path.stem, "exec"), namespace)
    return namespace
