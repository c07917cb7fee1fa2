"""The students' bundle: complete without the repository, and without any solution."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import bundle

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("paquete")
    assert bundle.main([str(folder / "curso.zip")]) == 0
    with zipfile.ZipFile(folder / "curso.zip") as archive:
        archive.extractall(folder)
    return folder / "curso"


def test_nothing_of_the_instructors_is_inside(unpacked):
    paths = [path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")]
    assert {"notebooks", "exercises", "course_utils", "datasets"} <= set(paths)
    forbidden = ("solutions", "instructor", "tests", "benchmarks", ".git", "notas", ".venv")
    assert not [path for path in paths if any(name in path.split("/") for name in forbidden)]
    for path in unpacked.rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert "BEGIN SOLUTION" not in text
        assert json.loads(text)["cells"]


def test_checks_and_lessons_work_from_the_bundle_alone(unpacked):
    code = (
        "import course_utils, pathlib\n"
        "assert pathlib.Path(course_utils.__file__).is_relative_to(pathlib.Path.cwd())\n"
        "course_utils.trial_bank('svm_digits')\n"
        "n_combos = lambda space, cv: ...\n"
        "course_utils.check('n_combos')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=unpacked, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Sin intentar")


def test_the_same_content_gives_the_same_bytes(tmp_path, monkeypatch):
    files = [bundle.ROOT / "LICENSE", bundle.ROOT / "tools" / "make_venv.sh"]
    monkeypatch.setattr(bundle, "contents", lambda: files)
    for name in ("one.zip", "two.zip"):
        bundle.main([str(tmp_path / name)])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
