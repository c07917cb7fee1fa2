"""The students' bundle: complete without the repository, and without any solution."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
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


@pytest.fixture(scope="module")
def installed(unpacked) -> Path:
    """The bundle as if ``make lab`` had installed it: the packages are those of this Python."""
    stamp = unpacked / ".venv" / ".lab"
    stamp.parent.mkdir()
    stamp.touch()
    return unpacked


def _make(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["make", f"RUN={sys.executable}", *words],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _links(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every link of the texts of a folder: where it stands, and where it leads."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".md":
            text = path.read_text(encoding="utf-8")
        elif path.suffix == ".ipynb":
            cells = nbformat.read(path, as_version=4).cells
            text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        else:
            continue
        yield from ((path, link) for link in re.findall(r"\]\(([^)\s]+)\)", text))


def test_nothing_of_the_instructors_is_inside(unpacked):
    paths = [path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")]
    assert {"notebooks", "exercises", "course_utils", "datasets"} <= set(paths)
    inside = {path for path in paths if path.startswith("benchmarks/")}
    assert {path for path in inside if not path.endswith(".svg")} == {"benchmarks/RESULTS.md"}
    forbidden = ("solutions", "instructor", ".git", "notas", ".venv", "mi_curso.json")
    assert not [path for path in paths if any(name in path.split("/") for name in forbidden)]
    for path in unpacked.rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert "BEGIN SOLUTION" not in text
        assert json.loads(text)["cells"]


def test_every_link_leads_to_a_file_of_the_bundle(unpacked):
    inside = [(path, link) for path, link in _links(unpacked) if not re.match(r"\w+:|#", link)]
    blank = unpacked / "tests" / "en_blanco"  # copies, whose links count from exercises/
    for path, link in inside:
        home = unpacked / "exercises" if path.parent == blank else path.parent
        assert (home / link.partition("#")[0]).exists(), (path, link)
    assert len({link for path, link in inside if path.name == "README.md"}) > 20


def test_the_readme_names_every_lesson_and_exercise_and_only_commands_that_there_are(unpacked):
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    for folder in ("notebooks", "exercises"):
        for path in (bundle.ROOT / folder).glob("*.ipynb"):
            assert f"({folder}/{path.name})" in text
    assert "<!-- " not in text
    targets = set(re.findall(r"\bmake ([a-z-]+)", text))
    help_text = _make(unpacked, "help")
    assert {"lab", "test", "help"} <= targets
    assert all(re.search(rf"^  {target} ", help_text, re.M) for target in targets)
    ours = (bundle.ROOT / "README.es.md").read_text(encoding="utf-8")
    windows = re.findall(r"^(?:py|\.venv\\Scripts\\(?:pip|jupyter)) .*$", text, re.M)
    assert len(windows) == 3
    assert all(line in ours for line in windows)


def test_make_lab_installs_from_the_bundle_alone_and_opens_the_first_lesson(unpacked):
    planned = _make(unpacked, "--dry-run", "--always-make", "lab")
    assert "sh tools/make_venv.sh requirements.txt" in planned
    assert "tools/open_lab.py --port 8888" in planned
    needed = re.findall(r"\b(?:tools/[\w.]+|requirements\.txt|notebooks/[\w.]+)", planned)
    needed += [
        "tools/lab_settings.json",
        "tools/export_settings.json",
        "notebooks/00_empieza_aqui.ipynb",
    ]
    assert all((unpacked / name).is_file() for name in needed)


def test_make_test_is_green_and_leaves_the_students_own_work_alone(installed):
    own = installed / "exercises" / "02_busqueda_en_cuadricula.ipynb"
    own.write_text("{not even a notebook", encoding="utf-8")
    said = _make(installed, "test")
    assert "Ran 3 tests" in said
    assert said.rstrip().endswith("OK")
    assert not (installed / "mi_curso.json").exists()


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
    monkeypatch.setattr(bundle, "contents", lambda: [("a.txt", b"a"), ("b.sh", b"b")])
    for name in ("one.zip", "two.zip"):
        bundle.main([str(tmp_path / name)])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_what_a_run_of_a_lesson_leaves_behind_is_not_packed(tmp_path, monkeypatch):
    for name in ("notebooks/07.ipynb", "notebooks/busquedas/07/oracle.json", "exercises/07.log"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    monkeypatch.setattr(bundle, "FILES", ())
    monkeypatch.setattr(bundle, "readme", str)
    packed = [name for name, _ in bundle.contents() if name.startswith(("notebooks", "exercises"))]
    assert packed == ["notebooks/07.ipynb"]
