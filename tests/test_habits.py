"""The files around the code fit it: guide, hooks, workflows, templates, citation, changelog."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FILES = [str(path.relative_to(ROOT)) for path in ROOT.glob("*/*") if path.is_file()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS["hooks"], ids=lambda hook: hook["id"])
def test_a_hook_runs_what_lint_and_test_run_and_meets_some_file(hook):
    words = shlex.split(hook["entry"])
    assert words[0] in (".venv/bin/python", ".venv/bin/lint-imports")
    if "files" in hook:
        assert any(re.search(hook["files"], name) for name in FILES)
    else:
        assert set(hook["types_or"]) == {"python", "pyi"}
    locked = _read(ROOT / "tests" / "requirements.txt")
    if words[1:2] == ["-m"]:
        module = words[2]
        place = ROOT / f"{module.replace('.', '/')}.py"
        assert place.is_file() or re.search(rf"^{module}==", locked, re.M)


def test_every_command_of_lint_is_a_hook():
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", _read(ROOT / "Makefile"), re.M)
    assert recipe
    commands = recipe[1].replace("$(RUN)", ".venv/bin/python").split("\n\t")
    entries = [hook["entry"].replace(" --force-exclude", "") for hook in HOOKS["hooks"]]
    for command in commands:
        wanted = [word for word in command.split() if word != "."]
        assert any(set(wanted) == set(entry.split()) for entry in entries), command


def test_the_workflow_of_a_change_is_the_command_that_maintainers_run():
    jobs = yaml.safe_load(_read(ROOT / ".github" / "workflows" / "ci.yml"))["jobs"]
    assert {"run": ".ci/run"} in jobs["ci"]["steps"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_and_calls_targets_that_there_are(path):
    workflow = yaml.safe_load(_read(path))
    assert workflow["permissions"] == {"contents": "read"}
    targets = re.findall(r"\bmake ([a-z-]+)", _read(path))
    assert all(re.search(rf"^{target}:", _read(ROOT / "Makefile"), re.M) for target in targets)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_asks_for_what_is_needed_to_repeat_it(path):
    form = yaml.safe_load(_read(path))
    assert {"name", "description", "body"} <= set(form)
    assert all(field["validations"]["required"] for field in form["body"])
    assert form["body"][-1]["id"] == "versions"


def test_citation_and_changelog_are_of_this_version():
    version = tomllib.loads(_read(ROOT / "pyproject.toml"))["project"]["version"]
    citation = yaml.safe_load(_read(ROOT / "CITATION.cff"))
    assert citation["version"] == version
    assert citation["authors"] == [{"name": "The course's authors"}]
    assert re.findall(r"^## ([\d.]+)", _read(ROOT / "CHANGELOG.md"), re.M)[0] == version


def test_the_tour_of_the_house_names_every_room_and_takes_five_minutes():
    tour = _read(ROOT / "CONTRIBUTING.md").split("\n## ")[1]
    assert tour.startswith("The house in five minutes")
    assert len(re.findall(r"\w+", tour)) <= 5 * 150
    settings = tomllib.loads(_read(ROOT / "pyproject.toml"))["tool"]["importlinter"]
    layers = settings["contracts"][0]["layers"]
    rooms = {room.strip() for layer in layers for room in layer.split("|")}
    named = set(re.findall(r"`(\w+)`", tour))
    assert {room for room in rooms if not room.startswith("_")} <= named


def test_no_two_files_of_tests_have_one_name():
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []  # pytest imports them by name


def test_importing_a_benchmark_or_tool_changes_no_setting_of_the_course():
    """What a run needs is set by its `main`: tests import these modules, and share a process."""
    sources = [path for room in ("benchmarks", "tools") for path in (ROOT / room).rglob("*.py")]
    changes = [
        f"{path.name}: {ast.unparse(statement)}"
        for path in sources
        for statement in ast.parse(_read(path)).body
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr)
        and re.search(r"os\.environ.*COURSE_", ast.unparse(statement))
    ]
    assert len(sources) > 50
    assert not changes
