"""Calls all that prints in ``course_utils`` and stores what came back.

``python everything_that_prints.py results.json``: started by test_notices.py, which looks at the
file and never at the streams.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_utils import _notices, checks, data, environment, guesses, live
from course_utils.data import _files, _published
from course_utils.grading import running
from course_utils.grading.__main__ import main as grade


def stand_in() -> list[Any]:
    os.environ["COURSE_DATA"] = "embedded"
    dataset = data.load_mnist()
    return [dataset.source, len(dataset.X)]


def failed_download() -> list[Any]:
    """A bad local file with an accent in its path, a refused connection, then the stand-in."""
    os.environ |= {"COURSE_DATA": "auto", "KERAS_HOME": str(Path("año").resolve())}
    Path("año/datasets").mkdir(parents=True, exist_ok=True)
    Path("año/datasets/mnist.npz").write_bytes(b"")
    url = "http://127.0.0.1:1/mnist.npz"
    _published.MNIST = _files.PublishedFile("mnist.npz", 10, "0" * 64, (url,))
    dataset = data.load_mnist()
    return [dataset.source, len(dataset.X)]


def setup() -> list[Any]:
    environment.setup()
    return []


def check_untouched() -> list[Any]:
    checks.check("n_combos")
    return []


def check_unknown() -> list[Any]:
    checks.check("ñandú")
    return []


def predictions() -> list[Any]:
    os.environ["COURSE_NOTES"] = ""
    guesses.guess("3.4", "¿Cuántos bastan?", unit="intentos")
    guesses.reveal("3.4", 60)
    guesses.reveal()
    return []


def track() -> list[Any]:
    return list(live.track(range(3), "iteraciones"))


def progress() -> list[Any]:
    from sklearn.dummy import DummyClassifier
    from sklearn.model_selection import GridSearchCV

    search = GridSearchCV(DummyClassifier(), {"strategy": ["prior", "uniform"]}, cv=2)
    with live.progress(search):
        search.fit([[0]] * 4, [0, 1, 0, 1])
    return [len(search.cv_results_["params"])]


def no_submissions() -> list[Any]:
    return [grade([""])]


def marks_of_one_student() -> list[Any]:
    """A file that is no notebook, under a name with an accent: nothing has to be run."""
    Path("entregas/Núñez").mkdir(parents=True, exist_ok=True)
    Path("entregas/Núñez/02_búsqueda.ipynb").write_bytes(b"?")
    code = grade(["entregas", "--out", "notas", "--sin-aislamiento", "--workers", "1"])
    return [code, Path("notas/notas.csv").stat().st_size]


def bar_of_the_grader() -> list[Any]:
    runs: list[running.Run] = [("a", {}), ("b", {})]
    assert list(running._progress(iter(runs), 2, sys.stderr)) == runs
    return [_notices.is_terminal(sys.stderr)]


PRINTS: tuple[Callable[[], list[Any]], ...] = (
    stand_in,
    failed_download,
    setup,
    check_untouched,
    check_unknown,
    predictions,
    track,
    progress,
    no_submissions,
    marks_of_one_student,
    bar_of_the_grader,
)


def main() -> None:
    answers: dict[str, Any] = {}
    for function in PRINTS:
        try:
            answers[function.__name__] = {"value": function()}
        except Exception as error:
            answers[function.__name__] = {"error": f"{type(error).__name__}: {error}"}
    Path(sys.argv[1]).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
