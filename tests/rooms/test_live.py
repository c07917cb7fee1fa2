import copy
import io
import os
import pickle
import signal
import threading
import time
from types import SimpleNamespace

import cloudpickle
import numpy as np
import pytest
from joblib import parallel_config
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.datasets import load_iris
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, HalvingGridSearchCV, ShuffleSplit
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier

from course_utils import messages, progress, track
from course_utils.live import _line, _search
from course_utils.live._interrupts import interrupts_ignored, interrupts_noted
from course_utils.live._line import Line

X, y = load_iris(return_X_y=True)
SPACE = {"max_depth": [1, 2, 3], "min_samples_leaf": [1, 5, 20]}
ALTERNATE = [(np.arange(0, 150, 2), np.arange(1, 150, 2))]  # one fold
REFIT = "refit"


class Constant(ClassifierMixin, BaseEstimator):
    """Predicts class `n`; interrupted while it fits if `stop` is its `n`, or in the refit."""

    def __init__(self, n=0, stop=None, resource=1):
        self.n = n
        self.stop = stop
        self.resource = resource

    def fit(self, X, y):
        if self.stop == (REFIT if len(X) == 150 else self.n):
            raise KeyboardInterrupt
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.full(len(X), self.classes_[self.n % len(self.classes_)])


class Waits(Constant):
    """For two workers: 0 does not end, 5 interrupts the main process, the others take a moment."""

    def fit(self, X, y):
        if len(X) < 150:
            if self.n == 5:
                os.kill(os.getppid(), signal.SIGINT)
            time.sleep(600 if self.n in (0, 5) else 0.3)  # too long for joblib to make batches
        return super().fit(X, y)


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    shown = Terminal()
    monkeypatch.setattr(_line, "sys", SimpleNamespace(stderr=shown))  # pytest sets sys.stderr anew
    monkeypatch.setattr(_line, "_MIN_SECONDS", 0)
    return shown


@pytest.fixture
def interruptible():
    """SIGINT raises, as in a notebook; the workers of pytest-xdist ignore it."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, previous)


def interrupt():
    signal.raise_signal(signal.SIGINT)


def lines(screen):
    return [
        line.removesuffix("\n").removesuffix("\033[K") for line in screen.getvalue().split("\r")
    ]


def tried(search):
    return [candidate["n"] for candidate in search.cv_results_["params"]]


# --- the search is the one that scikit-learn makes: more in test_live_searches.py ----------------


def test_candidates_that_all_fail_do_not_end_the_search(recwarn):
    grid = {"penalty": ["l1", "l2"], "solver": ["lbfgs", "liblinear"]}  # lbfgs cannot l1
    search = GridSearchCV(LogisticRegression(), grid, cv=3)
    with progress(search):
        search.fit(X[:100], y[:100])
    assert np.isnan(search.cv_results_["mean_test_score"]).tolist() == [True, False, False, False]
    assert any("3 fits failed out of a total of 12" in str(w.message) for w in recwarn)


def test_candidates_are_compared_on_the_same_rows_when_the_splitter_has_no_seed():
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"random_state": [0] * 9})
    search.set_params(cv=ShuffleSplit(3))
    with progress(search):
        search.fit(X, y)
    for fold in range(3):
        assert len(set(search.cv_results_[f"split{fold}_test_score"])) == 1


@pytest.mark.parametrize(
    "again",
    [
        lambda search: pickle.loads(pickle.dumps(search)),
        lambda search: cloudpickle.loads(cloudpickle.dumps(search)),
        copy.deepcopy,
        clone,
    ],
    ids=["pickle", "cloudpickle", "deepcopy", "clone"],
)
def test_a_copy_made_inside_the_block_is_a_search_like_any_other(again):
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), SPACE, cv=3)
    with progress(search):
        before = again(search)
        search.fit(X, y)
        after = again(search)
    assert "_run_search" not in vars(search)
    for copied in (before, after, again(before), again(after)):
        assert copied.fit(X, y).best_params_ == search.best_params_


def test_nothing_of_scikit_learn_stays_replaced_after_an_error():
    search = GridSearchCV(DecisionTreeClassifier(), {"max_depth": [-1]}, cv=3)
    with pytest.raises(ValueError, match="All the 3 fits failed"), progress(search):
        search.fit(X, y)
    assert "_run_search" not in vars(search)
    assert not _search.moved_internals()


def test_two_searches_in_one_block_are_both_shown(screen):
    one, other = (GridSearchCV(Constant(), {"n": list(range(k))}, cv=3) for k in (2, 3))
    with progress(one), progress(other):
        one.fit(X, y)
        other.fit(X, y)
    assert "2 de 2 candidatos" in screen.getvalue()
    assert "3 de 3 candidatos" in screen.getvalue()


def test_searches_in_several_threads_do_not_disturb_each_other():
    barrier, scores = threading.Barrier(2), {}

    def fit(n):
        search = GridSearchCV(DecisionTreeClassifier(random_state=0), SPACE, cv=n)
        with progress(search):
            barrier.wait()
            search.fit(X, y)
        scores[n] = len(search.cv_results_["params"]), search.n_splits_

    threads = [threading.Thread(target=fit, args=(n,)) for n in (2, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert scores == {2: (9, 2), 7: (9, 7)}
    assert not _search.moved_internals()


def test_a_search_among_the_models_of_a_search_is_not_counted(screen):
    inner = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": [1, 2]}, cv=2)
    search = GridSearchCV(inner, {"cv": [2, 3, 4]}, cv=3)
    with progress(search):
        search.fit(X, y)
    assert lines(screen)[-1] == "Terminado: 3 de 3 candidatos."


def test_a_backend_that_cannot_stream_gives_the_same_results():
    plain, shown = (GridSearchCV(DecisionTreeClassifier(random_state=0), SPACE) for _ in range(2))
    with parallel_config("multiprocessing", n_jobs=2):
        plain.fit(X, y)
        with progress(shown):
            shown.fit(X, y)
    scores = [search.cv_results_["mean_test_score"].tolist() for search in (plain, shown)]
    assert scores[0] == scores[1]


def test_the_internals_that_progress_relies_on_are_where_they_were():
    import sklearn

    moved = ", ".join(_search.moved_internals())
    assert not moved, (
        f"scikit-learn {sklearn.__version__} moved {moved}. course_utils/live/_search.py relies on "
        "it: until it is adapted, progress only warns and lets the search fit as always."
    )


def test_a_scikit_learn_that_moved_an_internal_fits_without_the_line(monkeypatch, screen):
    monkeypatch.delattr("sklearn.model_selection._search.Parallel")
    assert _search.moved_internals() == ["sklearn.model_selection._search.Parallel"]
    monkeypatch.undo()
    monkeypatch.setattr(_search, "moved_internals", lambda: ["something"])
    search = GridSearchCV(DecisionTreeClassifier(), SPACE, cv=3)
    with pytest.warns(UserWarning, match="no conoce esta versión de scikit-learn"):  # noqa: SIM117
        with progress(search):
            search.fit(X, y)
    assert len(search.cv_results_["params"]) == 9


@pytest.mark.parametrize("other", [make_pipeline(DecisionTreeClassifier()), "search"])
def test_only_a_search_can_be_shown(other):
    with pytest.raises(TypeError, match=f"no un objeto de tipo {type(other).__name__}"):
        progress(other).__enter__()


# --- a search that is interrupted ----------------------------------------------------------------


def test_an_interruption_keeps_the_finished_candidates(screen):
    search = GridSearchCV(Constant(stop=5), {"n": list(range(9))}, cv=3)
    with progress(search):
        search.fit(X, y)
    assert tried(search) == [0, 1, 2, 3, 4]
    assert search.best_estimator_.predict(X[:1]).tolist() == [0]
    assert lines(screen)[-1] == "Interrumpido: se conservan 5 de 9 candidatos."


def test_an_interruption_with_nothing_finished_is_raised(screen):
    search = GridSearchCV(Constant(stop=0), {"n": [0, 1]}, cv=3)
    with pytest.raises(KeyboardInterrupt), progress(search):
        search.fit(X, y)
    assert not hasattr(search, "cv_results_")
    assert lines(screen)[-1] == "Interrumpido: 0 de 2 candidatos."


def test_candidates_finished_before_a_slow_one_are_kept(interruptible):
    search = GridSearchCV(Waits(), {"n": list(range(9))}, cv=ALTERNATE, n_jobs=2)
    with progress(search):
        search.fit(X, y)
    assert tried(search)  # some may be on their way when 5 interrupts
    assert set(tried(search)) <= {1, 2, 3, 4}


def test_an_interrupted_refit_keeps_the_results(screen):
    search = GridSearchCV(Constant(stop=REFIT), {"n": [0, 1]}, cv=3)
    with pytest.raises(KeyboardInterrupt), progress(search):
        search.fit(X, y)
    assert tried(search) == [0, 1]
    assert search.best_params_ == {"n": 0}
    assert "reentrenando" in lines(screen)[-2]
    assert "Interrumpido al reentrenar el mejor" in lines(screen)[-1]


def test_interrupted_in_the_search_and_in_the_refit_the_results_are_kept(screen, interruptible):
    class Twice(Constant):
        def fit(self, X, y):
            if self.n == 2 or len(X) == 150:
                interrupt()
            return super().fit(X, y)

    search = GridSearchCV(Twice(), {"n": [0, 1, 2, 3]}, cv=3)
    with pytest.raises(KeyboardInterrupt), progress(search):
        search.fit(X, y)
    assert tried(search) == [0, 1]
    assert lines(screen)[-1].endswith("cv_results_ conserva 2 de 4 candidatos.")


def test_a_refit_that_fails_keeps_the_results(screen):
    class FailsOnAll(Constant):
        def fit(self, X, y):
            if len(X) == 150:
                raise MemoryError
            return super().fit(X, y)

    search = GridSearchCV(FailsOnAll(), {"n": [0, 1]}, cv=3)
    with pytest.raises(MemoryError), progress(search):
        search.fit(X, y)
    assert tried(search) == [0, 1]
    assert lines(screen)[-1] == "Detenido con error: 2 de 2 candidatos."


def test_an_interrupted_halving_search_keeps_the_rounds_before_and_the_finished_of_its_own():
    class StopsLater(Constant):
        def fit(self, X, y):
            if self.resource == 3 and self.n == 7:  # of 6, 7 and 8, the last of equal ones
                raise KeyboardInterrupt
            return super().fit(X, y)

    settings = {"resource": "resource", "min_resources": 1, "max_resources": 9, "random_state": 0}
    search = HalvingGridSearchCV(StopsLater(), {"n": list(range(9))}, cv=3, **settings)
    with progress(search):
        search.fit(X, y)
    assert search.cv_results_["iter"].tolist() == [0] * 9 + [1]
    assert search.best_params_ == {"n": 6, "resource": 3}


def test_an_interruption_while_results_are_put_together_is_ignored(interruptible):
    with interrupts_ignored():
        interrupt()


# --- loops ---------------------------------------------------------------------------------------


def test_the_first_interruption_ends_a_loop_after_the_current_element(screen, interruptible):
    done = []
    for n in track(range(9), "vueltas"):
        if n == 3:
            interrupt()
        done.append(n)
    assert done == [0, 1, 2, 3]
    assert "termina lo que está en marcha y para" in "".join(lines(screen))
    assert lines(screen)[-1] == "Interrumpido: se conservan 4 de 9 vueltas."


def test_an_interrupted_comprehension_has_its_results(interruptible):
    assert [interrupt() if n == 2 else n for n in track(range(9), "vueltas")] == [0, 1, None]


def test_the_second_interruption_is_raised_at_once(screen, interruptible):
    done = []
    with pytest.raises(KeyboardInterrupt):
        for n in track(range(9), "vueltas"):
            if n == 3:
                interrupt()
                interrupt()
            done.append(n)
    assert done == [0, 1, 2]
    assert lines(screen)[-1] == "Interrumpido: 3 de 9 vueltas."


def test_one_interruption_ends_loops_inside_loops(interruptible):
    seen = []
    for outer in track("abc", "letras"):
        for inner in track(range(3), "números"):
            seen.append((outer, inner))
            if seen == [("a", 0), ("a", 1), ("a", 2), ("b", 0)]:
                interrupt()
    assert seen[-1] == ("b", 0)


def test_a_search_interrupted_inside_an_interrupted_loop_keeps_its_candidates(interruptible):
    searches = []
    for _ in track(range(3), "búsquedas"):
        interrupt()
        search = GridSearchCV(Constant(stop=2), {"n": [0, 1, 2]}, cv=3)  # as its workers would be
        with progress(search):
            searches.append(search.fit(X, y))
    assert [tried(search) for search in searches] == [[0, 1]]


def test_a_loop_in_another_thread_leaves_interruptions_alone(interruptible):
    done: list[int] = []
    thread = threading.Thread(target=lambda: done.extend(track(range(3), "vueltas")))
    thread.start()
    thread.join()
    assert done == [0, 1, 2]


def test_an_ignored_interruption_stays_ignored(interruptible):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with interrupts_noted() as noted:
        interrupt()
    assert not noted.is_set()
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_a_loop_that_is_left_says_how_far_it_got(screen):
    for n in track(range(9), "vueltas"):
        if n == 3:
            break
    assert lines(screen)[-1] == "Detenido: 3 de 9 vueltas."


def test_an_error_of_the_iterable_is_named(screen):
    with pytest.raises(ZeroDivisionError):
        list(track((1 // n for n in (2, 1, 0)), "vueltas", total=3))
    assert lines(screen)[-1] == "Detenido con error: 2 de 3 vueltas."


# --- the line ------------------------------------------------------------------------------------


def test_a_terminal_sees_counts_best_and_time_left(screen):
    search = GridSearchCV(DecisionTreeClassifier(), SPACE, cv=3)
    with progress(search):
        search.fit(X, y)
    shown = screen.getvalue()
    assert "0 de 9 candidatos" in shown
    assert "mejor hasta ahora: 0." in shown
    assert "quedan unos" in shown
    assert lines(screen)[-1] == "Terminado: 9 de 9 candidatos."


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_the_best_score_shown_is_the_best_mean_so_far(screen, n_jobs):
    search = GridSearchCV(Constant(), {"n": [2, 1, 0]}, cv=3, n_jobs=n_jobs)
    search.set_params(scoring=["accuracy", "f1_macro"], refit="f1_macro")
    with progress(search):
        search.fit(X, y)
    assert f"3 de 3 candidatos · mejor hasta ahora: {search.best_score_:.4f}" in screen.getvalue()


def test_no_best_score_of_several_metrics_without_a_first_one(screen):
    search = GridSearchCV(Constant(), {"n": [0, 1]}, cv=3, scoring=["accuracy"], refit=False)
    with progress(search):
        search.fit(X, y)
    assert "mejor" not in screen.getvalue()


def test_no_terminal_no_output(capsys):
    assert list(track([1, 2, 3], "repeticiones")) == [1, 2, 3]
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_our_characters_gets_others(monkeypatch, encoding):
    raw = io.BytesIO()
    screen = io.TextIOWrapper(raw, encoding=encoding)
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(_line, "sys", SimpleNamespace(stderr=screen))
    line = Line("búsquedas")
    line.plan(2)
    line.interrupt()
    assert b"termina lo que est" in raw.getvalue()


@pytest.mark.parametrize("stream", [None, "closed"])
def test_without_a_screen_the_loop_goes_on(monkeypatch, stream):
    if stream == "closed":
        stream = Terminal()
        stream.close()
    monkeypatch.setattr(_line, "sys", SimpleNamespace(stderr=stream))
    assert list(track([1, 2, 3], "repeticiones")) == [1, 2, 3]


def test_a_notebook_line_is_updated_in_place_and_left_clean(monkeypatch):
    shown = []

    class Handle:
        def update(self, bundle, raw):
            shown.append(bundle)

    monkeypatch.setattr(_line, "_notebook_display", lambda end_of_cell: Handle())
    monkeypatch.setattr(_line, "_MIN_SECONDS", 0)
    assert list(track(range(3), "vueltas")) == [0, 1, 2]
    assert '<progress value="1" max="3">' in shown[1]["text/html"]
    assert shown[-1] == {"text/plain": "Terminado: 3 de 3 vueltas."}


def test_the_time_left_is_the_mean_so_far_times_what_is_left(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    line = Line("vueltas")
    line.plan(4)
    clock[0] += 10
    line.advance()
    assert "quedan unos 30 s" in line._text()
    line.advance()
    line.plan(2)  # a round more, of which nothing is known yet
    assert "quedan" not in line._text()
    clock[0] += 60
    line.advance()
    assert messages.PROGRESS_LEFT.format(seconds=180) in line._text()
