"""The package as it is built: every folder of it goes along, and the makers of tables do not."""

import tomllib
from importlib import import_module
from pathlib import Path

import course_utils
from course_utils import messages

ROOT = Path(__file__).resolve().parents[2]


def test_every_folder_is_built_into_the_package():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {path.parent for path in (ROOT / "course_utils").rglob("*.py")}
    found = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert found | {"course_utils._trial_bank"} == set(settings["tool"]["setuptools"]["packages"])


def test_the_types_of_the_public_names_go_along():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name in settings["tool"]["setuptools"]["package-data"]["course_utils"]:
        assert list((ROOT / "course_utils").glob(name))
    for name in course_utils.__all__:
        assert getattr(course_utils, name) is not None


def test_every_file_that_is_no_module_is_built_into_the_package():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data = settings["tool"]["setuptools"]["package-data"]
    built = {
        path
        for package, patterns in data.items()
        for pattern in patterns
        for path in ROOT.joinpath(*package.split(".")).glob(pattern)
    }
    found = {path for path in (ROOT / "course_utils").rglob("*.*") if path.is_file()}
    found = {path for path in found if path.suffix not in (".py", ".pyc")}
    assert found <= built
    assert all(path.is_file() for path in built)


def test_no_two_rooms_give_a_message_the_same_name():
    rooms = [path.stem for path in (ROOT / "course_utils" / "messages").glob("[a-z]*.py")]
    rooms.remove("explorers")  # apart: its names are those of pictures
    named = [
        name
        for room in rooms
        for name in vars(import_module(f"course_utils.messages.{room}"))
        if name.isupper()
    ]
    assert sorted(named) == sorted(name for name in vars(messages) if name.isupper())
