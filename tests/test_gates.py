"""`make lint` holds what the guide promises: each kind of slip turns one of its commands red."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import course_utils

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
PLACEHOLDERS = ("benchmarks", "tests", "tools")
LIMIT = 400  # lines
RETURNED = {"load_mnist": "Dataset", "trial_bank": "TrialBank", "to_study": "Study"}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of the package, its settings and the caches that spare most of mypy's time."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "course_utils", folder / "course_utils")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in PLACEHOLDERS:
        (folder / name).mkdir()
        (folder / name / "placeholder.py").touch()
    if (ROOT / ".mypy_cache").is_dir():
        shutil.copytree(ROOT / ".mypy_cache", folder / ".mypy_cache")
    return folder


@pytest.fixture
def slip(house):
    """Write at the end of a file of the copy, or ahead of a text in it; then undo it."""
    before: dict[Path, str | None] = {}

    def write(name: str, text: str, ahead_of: str | None = None) -> None:
        path = house / name
        before[path] = path.read_text(encoding="utf-8") if path.exists() else None
        whole = before[path] or ""
        at = len(whole) if ahead_of is None else whole.index(ahead_of)
        path.write_text(whole[:at] + text + whole[at:], encoding="utf-8", newline="\n")

    yield write
    for path, text in before.items():
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8", newline="\n")


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Name and words of each command that `make lint` runs, with this Python."""
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert recipe
    folder = Path(sys.executable).parent
    for line in recipe[1].splitlines():
        first, *words = shlex.split(line.strip().replace("$(RUN)", ".venv/bin/python"))
        name = words[1] if words[0] == "-m" else Path(first).name
        yield name, [str(folder / Path(first).name), *words]


def _said(house: Path, *names: str) -> dict[str, str]:
    """What the commands of `make lint` with these names, or all, say if they fail in the copy."""
    said = {}
    for name, command in _commands():
        if not names or name in names:
            done = subprocess.run(
                command,
                cwd=house,
                env=os.environ | {"PYTHONPATH": str(house), "COLUMNS": "200"},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                said[name] = done.stdout + done.stderr
    return said


def test_the_house_as_it_is_passes(house):
    assert {name for name, _ in _commands()} == {"ruff", "mypy", "lint-imports"}
    assert not _said(house)


@pytest.mark.parametrize(
    ("room", "imported"),
    [
        ("text/__init__.py", "from course_utils import widgets"),
        ("messages/text.py", "from course_utils.data import Dataset"),
        ("checks/__init__.py", "import course_utils.grading"),
        ("_observers/student.py", "from course_utils._judges import all_questions"),
        ("grading/walls/inside/reply.py", "from course_utils.checks import questions"),
        ("plots/__init__.py", "from course_utils import budget"),
        ("bank/__init__.py", "import tests"),
        ("study/__init__.py", "import matplotlib"),
        ("data/__init__.py", "import tensorflow"),
    ],
)
def test_an_import_against_the_order_is_red(house, slip, room, imported):
    slip(f"course_utils/{room}", f"\n\ndef _against_the_order() -> None:\n    {imported}\n")
    assert "is not allowed to import" in _said(house, "lint-imports")["lint-imports"]


def test_a_room_that_the_order_does_not_name_is_red(house, slip):
    slip("course_utils/attic.py", '"""A new room."""\n')
    assert "course_utils.attic" in _said(house, "lint-imports")["lint-imports"]


@pytest.mark.parametrize(
    "line",
    [
        "from .data import load_mnits as load_mnits",
        "from .widgets.luck import explore_lukc as explore_lukc",
        "from .widgets.lukc import explore_luck as explore_again",
    ],
)
def test_an_unknown_public_name_is_red(house, slip, line):
    slip("course_utils/__init__.pyi", f"{line}\n")
    assert "course_utils/__init__.pyi" in _said(house, "mypy")["mypy"]


def test_an_untyped_public_function_is_red(house, slip):
    slip("course_utils/text/__init__.py", "\n\ndef halve(value):\n    return value / 2\n")
    assert "Function is missing a type annotation" in _said(house, "mypy")["mypy"]


def test_a_new_explorer_is_one_file_and_one_line(house, slip):
    source = (house / "course_utils" / "widgets" / "luck.py").read_text(encoding="utf-8")
    source = source.replace("luck", "odds").replace("Luck", "Odds")
    slip("course_utils/widgets/odds.py", source)
    line = "from .widgets.odds import explore_odds as explore_odds\n"
    slip("course_utils/__init__.pyi", line, ahead_of="from .widgets.schedule")
    assert not _said(house)
    shown = "from course_utils import explore_odds; explore_odds()"
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=house, stderr=subprocess.PIPE, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_notice_that_may_raise_is_red(house, slip):
    slip("course_utils/text/__init__.py", '\n\ndef _tell() -> None:\n    print("⚠")\n')
    assert "T201" in _said(house, "ruff")["ruff"]


def test_every_public_name_has_a_type(house, slip):
    names = course_utils.__all__
    lines = [f"reveal_type(course_utils.{name})" for name in names]
    slip("tests/names.py", "\n".join(["import course_utils", *lines, ""]))
    command = [sys.executable, "-m", "mypy", "tests/names.py"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    revealed = dict(
        zip(names, re.findall(r'Revealed type is "(.*)"$', done.stdout, re.M), strict=True)
    )
    assert all(kind.startswith(("def ", "Overload(")) for kind in revealed.values())
    for name, made in RETURNED.items():
        assert re.search(rf"-> [\w.]+\.{made}$", revealed[name]), revealed[name]


@pytest.mark.parametrize("folder", ["course_utils", "tools"])
def test_no_module_is_longer_than_a_room_may_be(folder):
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / folder).rglob("*.py")
    }
    assert not {name: lines for name, lines in lengths.items() if lines > LIMIT}
