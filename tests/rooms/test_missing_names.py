"""A cell that needs an earlier one: the usual traceback, and one sentence of the course below."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.manager import start_new_kernel

from course_utils import environment


@pytest.fixture
def run(capsys):
    """Run a cell in a shell that explains missing names: what it printed."""
    shell = InteractiveShell()
    shell.events.register("post_run_cell", environment._explain_missing)

    def run(code: str) -> str:
        shell.run_cell(code)
        return capsys.readouterr().out

    return run


def test_a_missing_name_keeps_its_traceback_and_says_what_to_run(run):
    traceback, _, hint = run("search.best_params_").rpartition("is not defined")
    assert "NameError" in traceback
    assert hint.count("\n") == 2
    assert "«search»" in hint
    assert "ejecuta antes todo lo anterior (menú Run → Run All Above Selected Cell)" in hint


def test_the_menu_is_the_one_of_colab_there(run, monkeypatch):
    monkeypatch.setenv("COLAB_RELEASE_TAG", "release")
    assert "«Entorno de ejecución» → «Ejecutar anteriores»" in run("search")


def test_a_function_of_the_notebook_may_miss_the_name(run):
    assert "«rows»" in run("def count():\n    return len(rows)\n\ncount()")


@pytest.mark.parametrize("cell", ["search.best_params_", "search.predict([[1]])"])
def test_a_search_that_was_stopped_says_to_train_it_first(run, cell):
    run(
        "from sklearn.model_selection import GridSearchCV\n"
        "from sklearn.svm import SVC\n"
        "search = GridSearchCV(SVC(), {})"
    )
    assert "ejecuta antes todo lo anterior" in run(cell)


def test_workers_that_a_stop_broke_are_told_from_a_fault_of_the_student(run):
    raised = "from joblib.externals.loky.process_executor import BrokenProcessPool as Broken"
    assert "ejecuta esta celda otra vez" in run(f"{raised}\nraise Broken('un-serialize')")


def test_a_stop_inside_a_library_in_c_says_to_run_the_cell_again(run):
    assert "Ejecuta esta celda otra vez" in run("raise SystemError('bad argument')")


@pytest.mark.parametrize("importing", [True, False])
def test_an_import_that_was_cut_asks_for_a_restart(run, tmp_path, monkeypatch, importing):
    (tmp_path / "cut_in_two.py").write_text("raise KeyboardInterrupt")
    monkeypatch.syspath_prepend(tmp_path)
    cell = "import cut_in_two" if importing else "raise KeyboardInterrupt"
    assert ("reinicia el kernel" in run(cell)) == importing


@pytest.mark.parametrize(
    "cell",
    [
        "1 + 1",
        "[][0]",
        "[].size_",
        "from sklearn.svm import SVC\nSVC().fitt",
        "def count():\n    n += 1\n    return n\n\ncount()",
        "try:\n    search\nexcept NameError:\n    pass",
        "exec('rows', {'__name__': 'library'})",
        "def",
    ],
    ids=[
        "none",
        "another",
        "no model",
        "typo",
        "unbound local",
        "caught",
        "of a library",
        "syntax",
    ],
)
def test_any_other_cell_is_left_alone(run, cell):
    assert "ejecuta antes" not in run(cell)


@pytest.mark.slow
def test_a_kernel_explains_a_missing_name_once_although_setup_ran_twice():
    manager, client = start_new_kernel(kernel_name="python3")
    printed, errors = [], []

    def watch(message):
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])
        elif message["msg_type"] == "error":
            errors.append(message["content"]["ename"])

    try:
        client.execute_interactive("from course_utils import setup\nsetup()\nsetup()", timeout=300)
        reply = client.execute_interactive("X_train.shape", output_hook=watch, timeout=300)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert reply["content"]["ename"] == "NameError"
    assert errors == ["NameError"]
    assert "".join(printed).count("«X_train»") == 1
