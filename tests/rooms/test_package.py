"""The package as it is built: every folder of it goes along, and the makers of tables do not."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_folder_is_built_into_the_package():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {path.parent for path in (ROOT / "course_utils").rglob("*.py")}
    found = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert found | {"course_utils._trial_bank"} == set(settings["tool"]["setuptools"]["packages"])
