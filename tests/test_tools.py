"""The maintainers' tools: environment maker, Colab links, comparison of runs, written tables."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from traitlets.config import Config

from tools import badges, lesson_limits, notebooks, run_notebooks, watch, write_tables

ROOT = Path(__file__).resolve().parents[1]
NEEDS_SHELL = pytest.mark.skipif(os.name == "nt", reason="make and sh are not used on Windows")


def _make_venv(
    folder: Path, programs: dict[str, str], **variables: str
) -> subprocess.CompletedProcess[str]:
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
        env={"PATH": f"{commands}:/usr/bin:/bin"} | variables,
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
def test_a_python_that_was_named_is_used_or_refused_and_no_other_taken(tmp_path):
    run = _make_venv(tmp_path, {"python3": PYTHON}, PYTHON="/nonexistent/python")
    assert run.returncode == 1
    assert "found only: /nonexistent/python" in run.stderr
    assert not (tmp_path / ".venv").exists()


@NEEDS_SHELL
@pytest.mark.parametrize("language", ["es_ES.UTF-8", "es_AR"])
def test_installing_speaks_the_language_of_the_system(tmp_path, language):
    run = _make_venv(tmp_path, {}, LANG=language, PYTHON="/nonexistent")
    assert "El curso necesita Python 3.11, 3.12 o 3.13" in run.stderr


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


@NEEDS_SHELL
def test_a_lesson_that_was_saved_as_html_is_in_spanish_and_brings_its_badge_along():
    settings = json.loads((ROOT / "tools" / "export_settings.json").read_text(encoding="utf-8"))
    lesson = ROOT / "notebooks" / "00_empieza_aqui.ipynb"
    page, _ = HTMLExporter(config=Config(settings)).from_filename(str(lesson))
    assert '<html lang="es">' in page
    assert re.search(r'<img alt="Abrir en Colab" src="data:image/svg\+xml;base64,', page)
    script = (ROOT / "tools" / "make_venv.sh").read_text(encoding="utf-8")
    assert "cp tools/export_settings.json $venv/etc/jupyter/jupyter_${reader}_config.json" in script


def test_grading_nothing_says_how_it_is_called():
    command = ["make", "grade", "RUN=false", "--old-file=.venv/.lab"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "make grade SUBMISSIONS=folder" in run.stderr


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
        (r'"git+https://github.com/OWNER/REPO\"\n"', r'"git+https://github.com/me/course\"\n"'),
        ("https://github.com/old/name/blob", "https://github.com/me/course/blob"),
    ],
)
def test_badges_change_links_only(text, expected):
    assert badges.replace_repository(text, "old/name", "me/course") == expected


@pytest.mark.parametrize(
    "name",
    [
        "no-slash",
        "a/b/c",
        "/name",
        "owner/",
        "-owner/name",
        "ow--ner/name",
        "owner/..",
        "owner/name.git",
        "dueño/curso",
        "https://github.com/owner/name",
        'owner/na"me',
        "owner/name\n",
    ],
)
def test_badges_refuse_what_is_no_repository(monkeypatch, capsys, name):
    monkeypatch.setattr(badges, "files", lambda: pytest.fail("a file was going to be changed"))
    monkeypatch.setattr("sys.argv", ["badges.py", name])
    assert badges.main() == 2
    assert "owner/name" in capsys.readouterr().out


@NEEDS_SHELL
@pytest.mark.parametrize(
    ("target", "how"),
    [("grade", "make grade SUBMISSIONS=folder"), ("badges", "make badges REPO=owner/name")],
)
def test_a_command_without_its_word_says_so_before_anything_is_installed(tmp_path, target, how):
    shutil.copy(ROOT / "Makefile", tmp_path)
    command = ["make", target]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert how in run.stderr


@pytest.fixture
def own_copy(tmp_path, monkeypatch):
    """Every file that names the repository, in a folder where it may be changed."""
    for path in badges.files():
        copied = tmp_path / path.relative_to(ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copied)
    monkeypatch.setattr(badges, "ROOT", tmp_path)
    monkeypatch.setattr(notebooks, "PYPROJECT", tmp_path / "pyproject.toml")
    return tmp_path


def test_badges_change_badge_and_first_cell_of_every_notebook_again_and_again(
    own_copy, monkeypatch
):
    before = notebooks.repository()
    for name in ("jane/curso", "some-school/hyper.params_2"):
        monkeypatch.setattr("sys.argv", ["badges.py", name])
        assert badges.main() == 0
        assert notebooks.repository() == name
        for path in sorted(own_copy.rglob("*.ipynb")):
            first, *cells = nbformat.read(path, as_version=4).cells
            setup = next(cell for cell in cells if cell.cell_type == "code")
            assert f"https://github.com/{name}" in setup.source, path
            if "abrir_en_colab" in first.source:
                assert f"colab.research.google.com/github/{name}/blob/" in first.source, path
            assert before not in path.read_text(encoding="utf-8"), path
        before = name


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


# --- limits --------------------------------------------------------------------------------------
MEASURED = [
    (stem, budget, taken)
    for stem, budgets in write_tables._read("notebooks").items()
    for budget, taken in budgets.items()
]


@pytest.mark.parametrize(("stem", "budget", "taken"), MEASURED, ids=lambda value: str(value)[:9])
def test_the_measured_run_of_a_lesson_keeps_to_its_limits(stem, budget, taken):
    assert not lesson_limits.broken(stem, budget, taken["seconds"], taken["slowest_cell"])


@pytest.mark.parametrize("budget", lesson_limits.OWN)
def test_an_own_limit_is_needed_and_close_to_what_was_measured(budget):
    measured = {
        stem[:2]: budgets[budget] for stem, budgets in write_tables._read("notebooks").items()
    }
    for number, limit in lesson_limits.OWN[budget].items():
        assert lesson_limits.COURSE[budget] < measured[number]["seconds"] < limit
        assert limit <= 1.25 * measured[number]["seconds"]


def test_every_lesson_has_limits_but_the_literal_budget_has_none():
    for stem, _, _ in MEASURED:
        assert lesson_limits.lesson_limit(stem, "rapido") < 60
        assert lesson_limits.lesson_limit(stem, "clase") == 120
        assert not lesson_limits.broken(stem, "completo", 9_999, 9_999)


def test_a_lesson_or_a_cell_that_became_slower_is_named(monkeypatch):
    monkeypatch.setitem(lesson_limits.OWN, "rapido", {"06": 55})
    assert not lesson_limits.broken("03_busqueda_aleatoria", "rapido", 29, 29)
    assert lesson_limits.broken("03_busqueda_aleatoria", "rapido", 31, 29) == [
        "the lesson took 31 s in the budget 'rapido'; its limit is 30 s"
    ]
    assert not lesson_limits.broken("06_redes_scikeras", "rapido", 54, 44)
    assert lesson_limits.broken("06_redes_scikeras", "rapido", 56, 44) == [
        "the lesson took 56 s in the budget 'rapido'; its limit is 55 s"
    ]
    assert lesson_limits.broken("03_busqueda_aleatoria", "clase", 100, 46) == [
        "its slowest cell took 46 s in the budget 'clase'; its limit is 45 s"
    ]


def test_limits_grow_with_the_slowness_of_the_machine():
    assert lesson_limits.broken("03_busqueda_aleatoria", "clase", 130, 50)
    assert not lesson_limits.broken("03_busqueda_aleatoria", "clase", 130, 50, slowness=1.2)
    assert lesson_limits.broken("03_busqueda_aleatoria", "clase", 150, 50, slowness=1.2)


def test_slowness_is_the_mean_of_the_run_and_never_below_one(monkeypatch):
    for seconds, factor in (([0.1, 0.2, 0.15], 1.5), ([0.05, 0.05, 0.05], 1)):
        paces = iter(seconds)
        monkeypatch.setattr(watch, "fixed_work", lambda paces=paces: next(paces))
        slowness = watch.Slowness()
        for _ in seconds:
            slowness.look()
        assert slowness.factor == pytest.approx(factor)


def test_a_watch_looks_again_and_again_until_the_end():
    class Counted(watch.Watch):
        looks, often = 0, threading.Event()

        def look(self):
            self.looks += 1
            if self.looks == 3:
                self.often.set()

    with Counted(interval=0.001) as counted:
        assert counted.often.wait(60)
    seen = counted.looks
    assert not counted._thread.is_alive()
    assert counted.looks == seen


def test_a_fixed_piece_of_work_is_timed():
    assert watch.fixed_work() > 0


# --- running -------------------------------------------------------------------------------------
def test_a_notebook_is_run_in_its_folder_and_left_as_everybody_would_get_it(tmp_path):
    cells = ["import os\nprint(os.getcwd())", "1 + 1", ""]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    seconds = notebooks.run(notebook, tmp_path, cell_timeout=60)
    assert notebook.cells[0].outputs[0].text.strip() == str(tmp_path)
    assert notebook.metadata == nbformat.from_dict(notebooks.METADATA)
    assert all("execution" not in cell.metadata for cell in notebook.cells)
    assert all("transient" not in output for cell in notebook.cells for output in cell.outputs)
    assert len(seconds) == 3
    assert seconds[0] > 0
    assert seconds[2] == 0


def test_a_run_over_its_limit_fails(monkeypatch, tmp_path, capsys):
    path = tmp_path / "03_busqueda_aleatoria.ipynb"
    nbformat.write(_notebook("0.5"), path)
    monkeypatch.setattr(watch, "fixed_work", lambda: 0.1)
    for seconds, code in ((119.0, 0), (121.0, 1)):
        monkeypatch.setattr(run_notebooks, "execute", lambda _, s=seconds: (None, [1.0], s))
        monkeypatch.setattr("sys.argv", ["run", str(path), "--compare", "none"])
        monkeypatch.setenv("COURSE_BUDGET", "")
        monkeypatch.setenv("COURSE_DATA", "")
        assert run_notebooks.main() == code
    assert "its limit is 120 s" in capsys.readouterr().out
