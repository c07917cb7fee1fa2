"""What the line says in a real kernel, where ■ interrupts the kernel and all its processes."""

import textwrap

import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = pytest.mark.slow

TOOLS = """
import os, signal, time
from course_utils import progress, track

def press_stop():
    os.killpg(os.getpgid(0), signal.SIGINT)
"""


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(kernel_name="python3")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client, code):
    """Run a cell: the last text of each of its lines, what it printed and the error's name."""
    shown, printed = {}, []

    def watch(message):
        content = message["content"]
        if message["msg_type"] in ("display_data", "update_display_data"):
            shown[content["transient"]["display_id"]] = content["data"]["text/plain"]
        elif message["msg_type"] == "stream" and content["name"] == "stdout":
            printed.append(content["text"])

    cell = TOOLS + textwrap.dedent(code)
    reply = client.execute_interactive(cell, output_hook=watch, timeout=300)["content"]
    return list(shown.values()), "".join(printed).strip(), reply.get("ename")


def test_an_error_in_the_loop_is_named(kernel):
    cell = """
    for n in track(range(4), "vueltas"):
        1 / (1 - n)
    """
    assert run(kernel, cell) == (["Detenido con error: 1 de 4 vueltas."], "", "ZeroDivisionError")


def test_an_error_in_a_loop_that_is_kept_is_named(kernel):
    cell = """
    loop = track(range(4), "vueltas")
    for n in loop:
        1 / (1 - n)
    """
    assert run(kernel, cell)[0] == ["Detenido con error: 1 de 4 vueltas."]


def test_a_loop_that_is_left_is_no_error(kernel):
    cell = """
    for n in track(range(4), "vueltas"):
        if n == 2:
            break
    """
    assert run(kernel, cell) == (["Detenido: 2 de 4 vueltas."], "", None)


def test_stop_ends_a_loop_with_its_results(kernel):
    cell = """
    done = [press_stop() if n == 2 else n for n in track(range(9), "vueltas")]
    print(done)
    """
    line = "Interrumpido: se conservan 3 de 9 vueltas."
    assert run(kernel, cell) == ([line], "[0, 1, None]", None)


def test_a_loop_whose_part_is_worth_nothing_is_cut_and_says_to_run_it_again(kernel):
    cell = """
    some = track(range(3), "redes", needs_all=True)
    one, two, three = [press_stop() if n == 1 else n for n in some]
    """
    line = (
        "Interrumpido: 1 de 3 redes. Lo que sigue necesita el total: ejecuta esta celda otra vez."
    )
    assert run(kernel, cell) == ([line], "", "KeyboardInterrupt")


def test_stop_twice_is_an_interruption(kernel):
    cell = """
    for n in track(range(9), "vueltas"):
        if n == 2:
            press_stop()
            press_stop()
            time.sleep(600)
    """
    line = "Interrumpido: 2 de 9 vueltas."
    assert run(kernel, cell) == ([line], "", "KeyboardInterrupt")


def test_stop_ends_a_search_in_processes_with_its_results(kernel, tmp_path):
    model = tmp_path / "stopping_model.py"
    model.write_text(
        "import os, signal, time\n"
        "from sklearn.tree import DecisionTreeClassifier\n"
        "class Stopping(DecisionTreeClassifier):\n"
        "    def fit(self, X, y, sample_weight=None, check_input=True):\n"
        "        if self.max_depth == 5 and len(X) < 150:\n"
        "            os.killpg(os.getpgid(0), signal.SIGINT)\n"
        "        time.sleep(0.3)\n"
        "        return super().fit(X, y, sample_weight, check_input)\n"
    )
    cell = f"""
    import sys
    sys.path.append({str(tmp_path)!r})
    from stopping_model import Stopping
    from sklearn.datasets import load_iris
    from sklearn.model_selection import GridSearchCV
    search = GridSearchCV(Stopping(), {{"max_depth": list(range(1, 9))}}, cv=2, n_jobs=2)
    with progress(search):
        search.fit(*load_iris(return_X_y=True))
    kept = {{params["max_depth"] for params in search.cv_results_["params"]}}
    print(len(kept) > 0, kept <= {{1, 2, 3, 4}}, search.best_estimator_.max_depth in kept)
    """
    lines, printed, error = run(kernel, cell)
    assert error is None
    assert printed == "True True True"
    assert lines[0].startswith("Interrumpido: se conservan")
