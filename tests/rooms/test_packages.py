"""Packages that a lesson needs: nothing happens where they are, one sentence where pip fails."""

from __future__ import annotations

import subprocess

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_utils import install_missing
from course_utils.packages import NotInstalledError


@pytest.fixture
def pip(monkeypatch, tmp_path):
    """Commands that were run instead of pip; it answers with the code in ``pip.code``."""
    monkeypatch.chdir(tmp_path)

    class Pip(list[list[str]]):
        code = 0

        def __call__(self, command, **options):
            self.append(command)
            return subprocess.CompletedProcess(command, self.code, "", "no hay red")

    ran = Pip()
    monkeypatch.setattr(subprocess, "run", ran)
    return ran


def test_what_is_there_is_not_installed_again(pip, capsys):
    install_missing("numpy>=1", "scikit-learn")
    assert not pip
    assert capsys.readouterr() == ("", "")


def test_all_are_installed_together_if_one_is_missing(pip, capsys):
    install_missing("numpy>=1", "no-such-package==1.0", "setuptools<82")
    (command,) = pip
    assert command[-4:] == ["-q", "numpy>=1", "no-such-package==1.0", "setuptools<82"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("requirement", ["numpy>=999", "scikit-learn<1"])
def test_another_version_than_the_lesson_needs_is_missing(pip, requirement):
    install_missing(requirement)
    assert pip[0][-1] == requirement


def test_a_failure_is_one_sentence_and_what_pip_said_is_kept(pip, tmp_path):
    pip.code = 1
    with pytest.raises(NotInstalledError, match=r"no-such-package>=2\. Comprueba"):
        install_missing("numpy", "no-such-package>=2")
    assert (tmp_path / "pip.log").read_text(encoding="utf-8") == "no hay red"


def test_in_a_notebook_the_sentence_stands_alone(pip, capsys):
    pip.code = 1
    cell = "from course_utils import install_missing\ninstall_missing('no-such-package')"
    result = InteractiveShell().run_cell(cell)
    printed = capsys.readouterr()
    assert printed.out.strip() == str(result.error_in_exec)
    assert not printed.err
