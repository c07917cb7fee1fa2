"""The first cell of every notebook: at home it does nothing, in Colab it installs the course."""

from __future__ import annotations

import importlib.util

import pytest
from IPython.core.interactiveshell import InteractiveShell

from tools import notebooks


@pytest.fixture
def cell(tmp_path, monkeypatch):
    """Run the first cell where the course is found after so many looks; return what it installs."""
    monkeypatch.chdir(tmp_path)
    find, shell, commands = importlib.util.find_spec, InteractiveShell(), []
    expand = shell.var_expand
    monkeypatch.setattr(shell, "system", lambda line: commands.append(expand(line, depth=1)))

    def run(looks: int):
        missing = iter([None] * looks)
        monkeypatch.setattr(
            importlib.util,
            "find_spec",
            lambda name, *rest: (
                next(missing, find(name, *rest)) if "course" in name else find(name)
            ),
        )
        return shell.run_cell(notebooks.setup_cell("check_environment as setup")), commands

    return run


def test_at_home_it_installs_nothing(cell):
    result, commands = cell(looks=0)
    assert result.success
    assert not commands


def test_in_colab_it_installs_from_the_repository(cell):
    _, (command,) = cell(looks=1)
    assert (
        command == f"pip install -q git+https://github.com/{notebooks.repository()} > pip.log 2>&1"
    )


def test_an_uploaded_zip_comes_first(cell, tmp_path):
    (tmp_path / "curso.zip").touch()
    _, (command,) = cell(looks=1)
    assert command == "pip install -q curso.zip > pip.log 2>&1"


def test_a_course_that_could_not_be_installed_is_one_spanish_sentence(cell, capsys):
    with pytest.warns(UserWarning, match="To exit"):
        result, _ = cell(looks=2)
    assert isinstance(result.error_in_exec, SystemExit)
    assert str(result.error_in_exec) == "Falta el curso: sube curso.zip y repite esta celda."
