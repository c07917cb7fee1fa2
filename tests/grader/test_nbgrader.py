"""The exercises in stock nbgrader: metadata accepted, solutions full marks, blank exercises none.

nbgrader lives in an environment of its own, ``.nbgrader`` (``make nbgrader`` makes it): it adds
menus and a server extension to every JupyterLab that it shares one with. The notebooks run in the
course's own kernel. ``NBGRADER_ALL=1`` takes every exercise instead of one.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course_utils.checks import questions

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".nbgrader" / "bin" / "nbgrader"
STEMS = [path.stem for path in sorted((ROOT / "solutions").glob("*.ipynb"))]
if not os.environ.get("NBGRADER_ALL"):
    STEMS = [stem for stem in STEMS if stem.startswith("02")]

needs_nbgrader = pytest.mark.skipif(
    not PROGRAM.exists(), reason="nbgrader is not in .nbgrader: run `make nbgrader` once"
)


class Course:
    """An nbgrader course folder with one assignment that holds every exercise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kernel = folder / "jupyter" / "kernels" / "python3"
        kernel.mkdir(parents=True)
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
        (kernel / "kernel.json").write_text(json.dumps(spec))
        (folder / "nbgrader_config.py").write_text('c.CourseDirectory.course_id = "curso"\n')

    def add(self, place: str, source: str) -> None:
        """Copy the notebooks of one folder of the repository."""
        target = self.folder / place / "curso"
        target.mkdir(parents=True)
        for stem in STEMS:
            shutil.copy(ROOT / source / f"{stem}.ipynb", target)

    def run(self, *arguments: str) -> str:
        """Run the stock program; return what it said."""
        own = {name: str(self.folder / name) for name in ("config", "data", "ipython")}
        done = subprocess.run(
            [PROGRAM, *arguments],
            cwd=self.folder,
            env=os.environ
            | {
                "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}",  # it calls alembic
                "JUPYTER_PATH": str(self.folder / "jupyter"),
                "JUPYTER_CONFIG_DIR": own["config"],
                "JUPYTER_DATA_DIR": own["data"],
                "IPYTHONDIR": own["ipython"],
            },
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said[-3000:]
        return said

    def scores(self) -> dict[str, tuple[float, float]]:
        """Score and maximum of each student."""
        self.run("export", "--to", "marks.csv")
        with (self.folder / "marks.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        return {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in rows}


def _without_second_answer(path: Path) -> None:
    """Put the first solution cell alone into a blank exercise."""
    blank = nbformat.read(path, as_version=4)
    solution = nbformat.read(ROOT / "solutions" / path.name, as_version=4)
    sources = {cell.id: cell.source for cell in solution.cells}
    first = next(c for c in blank.cells if c.metadata.get("nbgrader", {}).get("solution"))
    first.source = sources[first.id]
    nbformat.write(blank, path)


@needs_nbgrader
def test_marks(tmp_path: Path) -> None:
    course = Course(tmp_path)
    course.add("source", "solutions")
    course.add("submitted/entrega_01", "solutions")
    course.add("submitted/entrega_02", "exercises")
    course.add("submitted/entrega_03", "exercises")
    for stem in STEMS:
        _without_second_answer(tmp_path / "submitted" / "entrega_03" / "curso" / f"{stem}.ipynb")
    course.run("generate_assignment", "curso", "--create")
    course.run("autograde", "curso", "--create")
    asked = [question for stem in STEMS for question in questions(stem)]
    everything = sum(question.points for question in asked)
    checked = sum(question.points for question in asked if not question.free_text)
    first = sum(questions(stem)[0].points for stem in STEMS)
    assert course.scores() == {
        "entrega_01": (checked, everything),  # a human reads the free texts
        "entrega_02": (0, everything),
        "entrega_03": (first, everything),
    }


@needs_nbgrader
@pytest.mark.parametrize("stem", STEMS)
def test_validate(stem: str, tmp_path: Path) -> None:
    course = Course(tmp_path)
    course.add("solutions", "solutions")
    course.add("exercises", "exercises")
    said = course.run("validate", f"solutions/curso/{stem}.ipynb", f"exercises/curso/{stem}.ipynb")
    of_the_solution, success, of_the_exercise = said.partition(
        "Success! Your notebook passes all the tests."
    )
    assert success
    assert "FAILED" not in of_the_solution
    n_checks = sum(not question.free_text for question in questions(stem))
    assert f"VALIDATION FAILED ON {n_checks} CELL(S)" in of_the_exercise
    assert "Sin intentar" in of_the_exercise
