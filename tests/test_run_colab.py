"""What `make test-colab` installs into Colab's packages, and what it runs there."""

from __future__ import annotations

import argparse
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import run_colab

ROOT = Path(__file__).resolve().parents[1]


def test_what_the_setup_cells_install_in_colab_is_known():
    lessons = ROOT / "notebooks"
    calls = run_colab.install_calls(lessons / "05_genetica_tpot.ipynb")
    assert calls == [("tpot==1.1.0", "setuptools<82")]
    assert not run_colab.install_calls(lessons / "02_busqueda_en_cuadricula.ipynb")


@pytest.mark.parametrize(
    "path", run_colab.notebooks(), ids=lambda path: str(path.relative_to(ROOT))
)
def test_setup_cells_ask_for_what_colab_lacks_in_the_versions_of_the_lock(path):
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    known = {text for extra in extras["optional-dependencies"].values() for text in extra}
    for call in run_colab.install_calls(path):
        assert set(call) <= known
        assert not {Requirement(text).name for text in call} & run_colab.pinned()


def test_colabs_run_installs_what_the_cells_do_and_each_call_once(monkeypatch):
    ran = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    run_colab.install_as_the_cells_do()
    course, *calls = ran
    assert course[-1] == str(ROOT)
    assert len(calls) == len({tuple(call) for call in calls})
    assert [run_colab.KERNEL_PYTHON, "-c", run_colab.INSTALL_MISSING, "scikeras>=0.13.0"] in calls


def _chosen(half=None, lesson=None):
    return run_colab.chosen(argparse.Namespace(half=half, lesson=lesson))


def test_one_lesson_is_run_with_its_exercises_and_nothing_else():
    names = ["notebooks/06_redes_scikeras.ipynb", "exercises/06_redes_scikeras.ipynb"]
    assert _chosen(lesson="06") == [str(ROOT / name) for name in names]


def test_the_halves_share_the_tests_and_no_notebook_and_leave_none_out():
    first, second = _chosen(half=0), _chosen(half=1)
    assert set(first) & set(second) == set(run_colab.TESTS)
    assert {*first, *second} == set(_chosen())
