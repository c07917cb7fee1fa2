import io
import time

import numpy as np
import pytest
from scipy.stats import randint
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import (
    GridSearchCV,
    HalvingRandomSearchCV,
    KFold,
    RandomizedSearchCV,
)
from sklearn.tree import DecisionTreeClassifier

from course_utils import progress, track
from course_utils.live import _Report

X, y = load_iris(return_X_y=True)
SPACE = {"max_depth": [1, 2, 3], "min_samples_leaf": [1, 5, 20]}


class StopsAt(ClassifierMixin, BaseEstimator):
    """A constant classifier that raises KeyboardInterrupt for one value of its parameter."""

    def __init__(self, n=0, stop=None):
        self.n = n
        self.stop = stop

    def fit(self, X, y):
        if self.n == self.stop:
            raise KeyboardInterrupt
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.full(len(X), self.classes_[0])


def _halving():
    return HalvingRandomSearchCV(
        RandomForestClassifier(random_state=0),
        {"max_depth": randint(1, 9)},
        resource="n_estimators",
        max_resources=9,
        min_resources=1,
        n_candidates=9,
        cv=3,
        random_state=0,
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: GridSearchCV(DecisionTreeClassifier(random_state=0), SPACE, cv=3),
        lambda: GridSearchCV(DecisionTreeClassifier(random_state=0), SPACE, cv=3, n_jobs=2),
        lambda: RandomizedSearchCV(
            DecisionTreeClassifier(random_state=0), SPACE, n_iter=5, cv=3, random_state=0
        ),
        _halving,
    ],
    ids=["grid", "grid-2-processes", "random", "halving"],
)
def test_the_search_finds_the_same_with_and_without(make):
    plain, shown = make().fit(X, y), make()
    with progress(shown):
        shown.fit(X, y)
    assert shown.best_params_ == plain.best_params_
    assert "_run_search" not in vars(shown)
    for key, values in plain.cv_results_.items():
        if "time" not in key:
            np.testing.assert_array_equal(shown.cv_results_[key], values, err_msg=key)


def test_an_interruption_keeps_the_finished_candidates():
    search = GridSearchCV(StopsAt(stop=5), {"n": list(range(9))}, cv=3)
    with progress(search):
        search.fit(X, y)
    finished = [candidate["n"] for candidate in search.cv_results_["params"]]
    assert finished == [0, 1, 2]  # chunks of 1, 2, 4: the one with n = 5 is lost
    assert search.best_estimator_.predict(X[:1]).tolist() == [0]


def test_an_interruption_with_nothing_finished_is_raised():
    search = GridSearchCV(StopsAt(stop=0), {"n": [0, 1]}, cv=3)
    with pytest.raises(KeyboardInterrupt), progress(search):
        search.fit(X, y)
    assert "_run_search" not in vars(search)


def test_a_splitter_that_shuffles_anew_is_asked_once():
    class Counting(KFold):
        calls = 0

        def split(self, *args, **kwargs):
            Counting.calls += 1
            return super().split(*args, **kwargs)

    search = GridSearchCV(DecisionTreeClassifier(), SPACE, cv=Counting(3, shuffle=True))
    with progress(search):
        search.fit(X, y)
    assert Counting.calls == 1


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_counts_best_and_time_left(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("course_utils.live._MIN_SECONDS", 0)
    search = GridSearchCV(DecisionTreeClassifier(), SPACE, cv=3)
    with progress(search):
        search.fit(X, y)
    shown = screen.getvalue()
    assert "0 de 9 candidatos" in shown
    assert "mejor hasta ahora: 0." in shown
    assert "quedan unos" in shown
    assert shown.rstrip().removesuffix("\033[K").endswith("Terminado: 9 de 9 candidatos.")


def test_no_terminal_no_output(capsys):
    assert list(track([1, 2, 3], "repeticiones")) == [1, 2, 3]
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_a_notebook_line_is_updated_in_place_and_left_clean(monkeypatch):
    shown = []

    class Handle:
        def update(self, bundle, raw):
            shown.append(bundle)

    monkeypatch.setattr("course_utils.live._notebook_display", Handle)
    monkeypatch.setattr("course_utils.live._MIN_SECONDS", 0)
    for _ in track(range(3), "vueltas"):
        time.sleep(0.001)
    assert '<progress value="1" max="3">' in shown[0]["text/html"]
    assert shown[-1] == {"text/plain": "Terminado: 3 de 3 vueltas."}


def test_the_time_left_is_the_mean_so_far_times_what_is_left():
    report = _Report("vueltas")
    report.total, report.done = 4, 1
    report._began = time.perf_counter() - 10
    assert "quedan unos 30 s" in report._text()
