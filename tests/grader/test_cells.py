"""Honest cells that do not survive: a restart, a drive, a slip of the pen beside the imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_utils.grading.walls import sandbox
from course_utils.grading.walls.cells import is_syntax_error, statements
from course_utils.grading.walls.job import Job, run_job
from course_utils.grading.walls.package import strip_package

BROKEN = """\
import math
from pathlib import Path

@staticmethod
def other(x):
    return x

def is_inert(model, name, values, X, y)
    return True

if math:
    half = 0.5
else:
    half = (
        1
    )
"""
RESTART = "get_ipython().kernel.do_shutdown(True)"
MOUNT = """\
from google.colab import drive, files
import google.colab.userdata
drive.mount("/content/drive")
files.download("x.csv")
import operator
"""
ANSWER = """\
import functools
def n_combos(space, cv):
    return functools.reduce(operator.mul, map(len, space.values()), cv) * math.ceil(half)
"""


def test_a_cell_is_parted_where_statements_begin() -> None:
    pieces = statements(BROKEN)
    assert [piece.splitlines()[0] for piece in pieces] == [
        "import math",
        "from pathlib import Path",
        "@staticmethod",
        "def is_inert(model, name, values, X, y)",
        "if math:",
    ]
    assert "\n".join(pieces) == BROKEN.rstrip("\n")


@pytest.mark.parametrize("source", ["", "x = (", "def f()\n    return 1", "x = 1\n" * 1_000])
def test_one_statement_or_a_thousand_are_left_as_they_are(source: str) -> None:
    assert statements(source) == []


def test_what_did_not_parse_is_told_from_what_failed() -> None:
    assert is_syntax_error("IndentationError: unexpected indent (línea 2)")
    assert not is_syntax_error("NameError: name 'SyntaxError' is not defined")


@pytest.mark.slow
@pytest.mark.skipif(sandbox.bubblewrap() is None, reason="bubblewrap is not installed")
def test_an_honest_notebook_loses_only_what_is_wrong(tmp_path: Path) -> None:
    course = tmp_path / "c"
    strip_package(course)
    for path in (course, *course.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)
    cells = [RESTART, MOUNT, BROKEN, ANSWER]
    done = run_job(Job(cells, ["n_combos"], 3, str(course), isolated=True))
    assert done["restarts"] == 0
    assert [run["status"] for run in done["cells"]] == ["ok", "ok", "error", "ok"]
    assert done["cells"][2]["error"] == "SyntaxError: expected ':' (línea 8)"
    assert '"status": "ok"' in done["answers"]["n_combos"][0]
