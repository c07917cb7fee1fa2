"""Every test runs in the fast budget and on the data that come with the course."""

from __future__ import annotations

import os

import pytest

from tools import lab_browser


def pytest_configure() -> None:
    os.environ["COURSE_BUDGET"] = "rapido"
    os.environ["COURSE_DATA"] = "embedded"
    os.environ["COURSE_NOTES"] = ""  # no test reads or leaves what a student predicted


@pytest.hookimpl(trylast=True)  # after -m and -k have chosen
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run a lesson once: where JupyterLab runs it in a browser, nbval compares that run."""
    if lab_browser.chromium() is None:
        return
    test = "tests/browser/test_lessons.py::test_a_lesson_runs_to_its_end_in_jupyterlab"
    in_browser = {item.nodeid for item in items if item.nodeid.startswith(test)}
    twice = [item for item in items if f"{test}[{item.path.stem}]" in in_browser]
    twice = [item for item in twice if item.path.parent.name == "notebooks"]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in twice]
