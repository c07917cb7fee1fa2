"""`make lint` holds what the guide promises: each kind of slip turns one of its commands red.

A copy of the package, with one explorer more, is checked twice: as it is, and with every slip.
"""

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
NEW_EXPLORER = "from .widgets.odds import explore_odds as explore_odds\n"
IMPORTS = (
    ("text/__init__.py", "from course_utils import widgets"),
    ("messages/text.py", "from course_utils.data import Dataset"),
    ("checks/__init__.py", "import course_utils.grading"),
    ("_observers/student.py", "from course_utils._judges import all_questions"),
    ("grading/walls/inside/reply.py", "from course_utils.checks import questions"),
    ("plots/__init__.py", "from course_utils import budget"),
    ("bank/__init__.py", "import tests"),
    ("study/__init__.py", "import matplotlib"),
    ("data/__init__.py", "import tensorflow"),
)
UNKNOWN = (
    "from .data import load_mnits as load_mnits",
    "from .widgets.luck import explore_lukc as explore_lukc",
    "from .widgets.lukc import explore_luck as explore_again",
)
UNTYPED = "def halve(value): return value / 2"
BARE_PRINT = "def _tell() -> None: print('⚠')"
LIMIT = 400  # lines
RETURNED = {"load_mnist": "Dataset", "trial_bank": "TrialBank", "to_study": "Study"}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of the package, its settings, and mypy's cache; an explorer and questions of types."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "course_utils", folder / "course_utils")
    shutil.copy(ROOT / "pyproject.toml", folder)
    if (ROOT / ".mypy_cache").is_dir():
        shutil.copytree(ROOT / ".mypy_cache", folder / ".mypy_cache")
    for name in ("benchmarks", "tests", "tools"):
        (folder / name).mkdir()
        (folder / name / "placeholder.py").touch()
    asked = [f"reveal_type(course_utils.{name})\n" for name in course_utils.__all__]
    imports = "from typing import reveal_type\n\nimport course_utils\n\n"
    _write(folder / "tests" / "names.py", imports + "".join(asked))
    package = folder / "course_utils"
    source = (package / "widgets" / "luck.py").read_text(encoding="utf-8")
    _write(package / "widgets" / "odds.py", source.replace("luck", "odds").replace("Luck", "Odds"))
    names = (package / "__init__.pyi").read_text(encoding="utf-8")
    at = names.index("from .widgets.schedule")
    _write(package / "__init__.pyi", names[:at] + NEW_EXPLORER + names[at:])
    return folder


@pytest.fixture(scope="module")
def said(house) -> dict[str, tuple[int, str]]:
    """What each command of `make lint` says of the copy as it is."""
    return _said(house)


@pytest.fixture(scope="module")
def slips(house, said) -> tuple[dict[str, int], dict[str, tuple[int, str]]]:
    """The line of each slip, and what each command of `make lint` says of all of them."""
    lines = {}
    for room, imported in IMPORTS:
        slip = f"def _against_the_order() -> None:\n    {imported}"
        lines[imported] = _slip(house / "course_utils" / room, slip)
    for name in UNKNOWN:
        lines[name] = _slip(house / "course_utils" / "__init__.pyi", name)
    for slip in (UNTYPED, BARE_PRINT):
        lines[slip] = _slip(house / "course_utils" / "numerals.py", slip)
    _write(house / "course_utils" / "attic.py", '"""A new room."""\n')
    return lines, _said(house)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _slip(path: Path, code: str) -> int:
    """Write code at the end of a file; return the number of its last line."""
    text = f"{path.read_text(encoding='utf-8')}\n\n{code}\n"
    _write(path, text)
    return len(text.splitlines())


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Name and words of each command that `make lint` runs, with this Python."""
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert recipe
    folder = Path(sys.executable).parent
    for line in recipe[1].splitlines():
        first, *words = shlex.split(line.strip().replace("$(RUN)", ".venv/bin/python"))
        name = words[1] if words[0] == "-m" else Path(first).name
        yield name, [str(folder / Path(first).name), *words]


def _said(house: Path) -> dict[str, tuple[int, str]]:
    """What the commands of `make lint` say of the copy: how many of a name failed, and the text."""
    said: dict[str, tuple[int, str]] = {}
    for name, command in _commands():
        done = subprocess.run(
            command,
            cwd=house,
            env=os.environ | {"PYTHONPATH": str(house), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        failed, text = said.get(name, (0, ""))
        said[name] = (failed + bool(done.returncode), text + done.stdout + done.stderr)
    return said


def _module(room: str) -> str:
    return f"course_utils/{room}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_the_house_as_it_is_passes_and_a_new_explorer_is_one_file_and_one_line(house, said):
    assert set(said) == {"ruff", "mypy", "lint-imports"}
    assert not {name: text for name, (failed, text) in said.items() if failed}
    shown = "from course_utils import explore_odds; explore_odds()"
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=house, stderr=subprocess.PIPE, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_public_name_has_a_type(said):
    names = course_utils.__all__
    kinds = re.findall(r'Revealed type is "(.*)"$', said["mypy"][1], re.M)
    revealed = dict(zip(names, kinds, strict=True))
    assert all(kind.startswith(("def ", "Overload(")) for kind in revealed.values())
    for name, made in RETURNED.items():
        assert re.search(rf"-> [\w.]+\.{made}$", revealed[name]), revealed[name]


@pytest.mark.parametrize(("room", "imported"), IMPORTS)
def test_an_import_against_the_order_is_red(slips, room, imported):
    lines, said = slips
    failed, text = said["lint-imports"]
    (target,) = re.findall(r"^(?:from|import) (\S+)", imported)
    target = "course_utils.widgets" if imported.endswith("import widgets") else target
    assert failed
    assert f"{_module(room)} -> {target} (l.{lines[imported]})" in text


def test_a_room_that_the_order_does_not_name_is_red(slips):
    failed, text = slips[1]["lint-imports"]
    assert failed
    assert "course_utils.attic" in text


@pytest.mark.parametrize("line", UNKNOWN)
def test_an_unknown_public_name_is_red(slips, line):
    lines, said = slips
    failed, text = said["mypy"]
    assert failed
    assert f"course_utils/__init__.pyi:{lines[line]}: error" in text


def test_an_untyped_public_function_is_red(slips):
    lines, said = slips
    place = f"course_utils/numerals.py:{lines[UNTYPED]}"
    assert f"{place}: error: Function is missing a type annotation" in said["mypy"][1]


def test_a_notice_that_may_raise_is_red(slips):
    lines, said = slips
    failed, text = said["ruff"]
    assert failed
    assert re.search(rf"T201.*\n.*course_utils/numerals.py:{lines[BARE_PRINT]}:", text)


@pytest.mark.parametrize("folder", ["course_utils", "tools"])
def test_no_module_is_longer_than_a_room_may_be(folder):
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / folder).rglob("*.py")
    }
    assert not {name: lines for name, lines in lengths.items() if lines > LIMIT}
