"""The maintainers' tools: environment maker, Colab links, comparison of runs, written tables."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

from tools import badges, run_notebooks, write_tables

ROOT = Path(__file__).resolve().parents[1]
NEEDS_SHELL = pytest.mark.skipif(os.name == "nt", reason="make and sh are not used on Windows")


def _make_venv(folder: Path, programs: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the environment maker with some programs replaced by small scripts."""
    (folder / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "make_venv.sh", folder / "tools")
    (folder / "lock.txt").write_text("nothing==1\n")
    commands = folder / "bin"
    commands.mkdir()
    for name, script in programs.items():
        (commands / name).write_text(f"#!/bin/sh\n{script}\n")
        (commands / name).chmod(0o755)
    return subprocess.run(
        ["/bin/sh", "tools/make_venv.sh", "lock.txt", "stamp"],
        cwd=folder,
        env={"PATH": f"{commands}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


# A Python that is suitable, makes an empty environment, and whose pip does what a test wants.
PYTHON = """case "$*" in
*version_info*) exit 0 ;;
*--version*) echo Python 3.12.0 ;;
"-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
"-m pip "*) echo "{error}" >&2; exit 1 ;;
esac"""


@NEEDS_SHELL
def test_a_wrong_python_is_explained(tmp_path):
    names = ("python3", "python", "python3.11", "python3.12", "python3.13")
    run = _make_venv(tmp_path, dict.fromkeys(names, "echo Python 3.8.1; [ $# = 1 ]"))
    assert run.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in run.stderr
    assert "found only: Python 3.8.1" in run.stderr


@NEEDS_SHELL
def test_too_little_space_is_explained_before_anything_is_made(tmp_path):
    disk = "printf 'head\\nfs 1000 900 99 90%% /\\n'"
    run = _make_venv(tmp_path, {"python3": PYTHON, "df": disk})
    assert run.returncode == 1
    assert "needs 4000 MB of free disk to install and this disk has 99 MB" in run.stderr
    assert not (tmp_path / ".venv").exists()


@NEEDS_SHELL
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("ERROR: No matching distribution found for x", "package index cannot be reached"),
        ("Temporary failure in name resolution", "package index cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("something else", "pip could not install lock.txt"),
    ],
)
def test_a_failing_install_is_explained_and_tried_again(tmp_path, error, sentence):
    disk = "printf 'head\\nfs 1000 900 99999 90%% /\\n'"
    run = _make_venv(tmp_path, {"python3": PYTHON.replace("{error}", error), "df": disk})
    assert run.returncode == 1
    assert sentence in run.stderr
    assert not (tmp_path / "stamp").exists()


def test_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = makefile.partition(".PHONY:")[2].splitlines()[0].split()
    for target in phony:
        assert f"\n{target}:" in makefile
        line = next(line for line in makefile.splitlines() if line.startswith(f"{target}:"))
        assert " ## " in line, f"{target} has no line of help"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://github.com/OWNER/REPO.git", "https://github.com/me/course.git"),
        ("colab/github/OWNER/REPO/blob/main", "colab/github/me/course/blob/main"),
        ('repository = "OWNER/REPO"', 'repository = "me/course"'),
        ("OWNER/REPO stays in a sentence", "OWNER/REPO stays in a sentence"),
        ("https://github.com/OWNER/REPOSITORY", "https://github.com/OWNER/REPOSITORY"),
    ],
)
def test_badges_change_links_only(text, expected):
    assert badges.replace_repository(text, "OWNER/REPO", "me/course") == expected


def test_badges_refuse_a_bad_name(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["badges.py", "no-slash"])
    assert badges.main() == 2
    assert "owner/name" in capsys.readouterr().out


def _notebook(text: str, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("stream", text=text)
    cell = nbformat.v4.new_code_cell("x", outputs=[output], metadata={"tags": list(tags)})
    return nbformat.v4.new_notebook(cells=[cell])


def test_compare_names_the_cell_that_changed():
    assert not list(run_notebooks.compare(_notebook("0.5"), _notebook("0.5")))
    (line,) = run_notebooks.compare(_notebook("0.5"), _notebook("0.6"))
    assert "cell 0" in line
    assert "0.6" in line


@pytest.mark.parametrize("tag", ["timing", "setup"])
def test_compare_leaves_out_facts_of_the_machine(tag):
    assert not list(run_notebooks.compare(_notebook("1 s", (tag,)), _notebook("2 s", (tag,))))


@pytest.mark.parametrize("readme", write_tables.HEADS)
def test_the_lesson_tables_are_fresh(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert write_tables.lesson_table(readme) in text, "run make notebooks"


def test_the_measured_minutes_of_lessons_and_tables_agree():
    times = write_tables._read("notebooks")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        (written,) = run_notebooks.MEASURED.findall(path.read_text(encoding="utf-8"))
        assert f"{times[path.stem]['clase']['seconds']:.0f} s de" in written
