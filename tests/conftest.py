"""Every test runs in the fast budget and on the data that come with the course."""

from __future__ import annotations

import ast
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import lab_browser


def pytest_configure() -> None:
    os.environ["COURSE_BUDGET"] = "rapido"
    os.environ["COURSE_DATA"] = "embedded"
    os.environ["COURSE_NOTES"] = ""  # no test reads or leaves what a student predicted
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the workers share the cores


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where no slow test runs, do not import a slow module: TensorFlow and TPOT take seconds."""
    if collection_path.suffix != ".py" or "not slow" not in config.option.markexpr:
        return None
    body = ast.parse(collection_path.read_text(encoding="utf-8")).body
    assigned = [node for node in body if isinstance(node, ast.Assign)]
    marks = [node.value for node in assigned if ast.unparse(node.targets[0]) == "pytestmark"]
    return any("pytest.mark.slow" in ast.unparse(value) for value in marks) or None


@pytest.hookimpl(trylast=True)  # after -m and -k have chosen
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run a lesson once, the long modules first: short ones fill the workers at the end."""
    _leave_out_lessons_of_the_browser(config, items)
    items.sort(key=lambda item: not _is_long(item))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while modules are imported: a fifth of the time that TensorFlow takes.

    Nor later among what they hold: Keras Tuner asks for a search twice a trial.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def _is_long(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("browser", "slow"))
    return marked or item.path.suffix == ".ipynb"


def _leave_out_lessons_of_the_browser(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where JupyterLab runs a lesson in a browser, nbval compares that run."""
    if lab_browser.chromium() is None:
        return
    test = "test_a_lesson_runs_to_its_end_in_jupyterlab"
    in_browser = {item.name for item in items if item.name.startswith(test)}
    twice = [item for item in items if f"{test}[{item.path.stem}]" in in_browser]
    twice = [item for item in twice if item.path.parent.name == "notebooks"]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in twice]
