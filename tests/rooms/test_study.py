import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import optuna
import pytest
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.trial import TrialState
from scipy.stats import loguniform, randint, uniform
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from course_utils import boundary_report, to_study

X, y = load_iris(return_X_y=True)


def kernel_of_ones(A, B):
    return np.ones((len(A), len(B)))


@pytest.fixture(scope="module")
def grid():
    space = {"C": [0.01, 0.1, 1, 10], "kernel": ["rbf", "linear"], "gamma": ["scale", 0.5]}
    return GridSearchCV(SVC(), space, cv=3).fit(X, y)


def test_round_trip_of_a_grid(grid):
    study = to_study(grid)
    assert study.direction == optuna.study.StudyDirection.MAXIMIZE
    assert [t.value for t in study.trials] == list(grid.cv_results_["mean_test_score"])
    assert [t.params for t in study.trials] == grid.cv_results_["params"]
    assert study.best_value == grid.best_score_
    assert study.user_attrs == {"metrics": ["score"]}
    for index, trial in enumerate(study.trials):
        folds = [grid.cv_results_[f"split{k}_test_score"][index] for k in range(3)]
        assert trial.user_attrs["fold_scores"] == folds
        seconds = 3 * grid.cv_results_["mean_fit_time"][index]
        assert trial.user_attrs["fit_seconds"] == pytest.approx(seconds)
        assert trial.duration is not None
        assert trial.duration.total_seconds() == pytest.approx(seconds, abs=1e-5)


def test_distributions_of_a_grid(grid):
    found = to_study(grid).trials[0].distributions
    assert found["C"] == FloatDistribution(0.01, 10, log=True)
    assert found["kernel"] == CategoricalDistribution(["rbf", "linear"])
    assert found["gamma"] == CategoricalDistribution(["scale", 0.5])


def test_distributions_of_a_random_search():
    space = {
        "max_depth": randint(1, 9),
        "ccp_alpha": loguniform(1e-4, 1e-1),
        "min_impurity_decrease": uniform(0, 0.1),
        "max_features": [None, "sqrt"],
        "min_samples_leaf": [1, 2, 3],
    }
    search = RandomizedSearchCV(DecisionTreeClassifier(), space, n_iter=6, cv=3, random_state=0)
    found = to_study(search.fit(X, y)).trials[0].distributions
    assert found["max_depth"] == IntDistribution(1, 8)
    assert found["ccp_alpha"] == FloatDistribution(1e-4, 1e-1, log=True)
    assert found["min_impurity_decrease"] == FloatDistribution(0, 0.1)
    features = found["max_features"]
    assert isinstance(features, CategoricalDistribution)
    assert set(features.choices) == {None, "sqrt"}
    assert found["min_samples_leaf"] == IntDistribution(1, 3)


def test_a_list_of_spaces_gives_each_trial_its_own_parameters():
    spaces = [{"kernel": ["linear"], "C": [1, 10]}, {"kernel": ["rbf"], "gamma": [0.1, 1.0]}]
    study = to_study(GridSearchCV(SVC(), spaces, cv=3).fit(X, y))
    assert set(study.trials[0].params) == {"kernel", "C"}
    assert set(study.trials[-1].params) == {"kernel", "gamma"}
    kernels = {t.distributions["kernel"] for t in study.trials}
    assert kernels == {CategoricalDistribution(["linear", "rbf"])}


def test_objects_and_mixed_types_become_categories():
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    pipeline = Pipeline([("scale", "passthrough"), ("svc", SVC())])
    space = {"scale": ["passthrough", StandardScaler()], "svc__class_weight": [None, "balanced"]}
    study = to_study(GridSearchCV(pipeline, space, cv=3).fit(X, y))
    assert study.trials[-1].params["scale"] == "StandardScaler()"
    weights = study.trials[0].distributions["svc__class_weight"]
    assert isinstance(weights, CategoricalDistribution)
    assert True not in weights.choices


def test_a_failed_candidate_is_a_failed_trial():
    search = GridSearchCV(SVC(), {"C": [1, -1]}, cv=3, error_score=np.nan)
    with pytest.warns(Warning):
        search.fit(X, y)
    study = to_study(search)
    assert [t.state for t in study.trials] == [TrialState.COMPLETE, TrialState.FAIL]
    assert study.best_params == {"C": 1}


def test_several_metrics_need_a_choice():
    search = GridSearchCV(
        SVC(), {"C": [1]}, cv=3, scoring=["accuracy", "f1_macro"], refit=False
    ).fit(X, y)
    with pytest.raises(ValueError, match=r'accuracy, f1_macro.*refit="accuracy"'):
        to_study(search)
    search.set_params(refit="f1_macro").fit(X, y)
    assert to_study(search).best_value == search.cv_results_["mean_test_f1_macro"][0]


def test_a_metric_called_score_is_one_of_several():
    """A callable ``refit`` chose by whatever it likes, so none of them is the search's own."""
    metrics = {"score": "accuracy", "f1": "f1_macro"}
    search = GridSearchCV(SVC(), {"C": [1, 2]}, cv=3, scoring=metrics, refit=lambda results: 1)
    with pytest.raises(ValueError, match="varias métricas \\(f1, score\\)"):
        to_study(search.fit(X, y))
    search.set_params(refit="score").fit(X, y)
    assert to_study(search).user_attrs["metrics"] == ["score"]


def test_a_name_given_to_one_metric_is_no_choice_among_several():
    search = GridSearchCV(SVC(), {"C": [1, 2]}, cv=3, scoring="accuracy", refit="accuracy")
    assert to_study(search.fit(X, y)).best_value == search.best_score_


def test_bad_input_is_explained():
    with pytest.raises(TypeError, match="to_study no sabe leer un objeto de tipo SVC"):
        to_study(SVC())
    with pytest.raises(ValueError, match=r"llama antes a GridSearchCV\.fit"):
        to_study(GridSearchCV(SVC(), {"C": [1]}))


def test_a_search_whose_fit_raised_is_not_told_that_fit_was_never_called():
    search = GridSearchCV(SVC(), {"C": [-1]}, cv=3, error_score="raise")
    with pytest.raises(ValueError, match="C"):
        search.fit(X, y)
    with pytest.raises(ValueError, match="Si la detuviste, ejecuta otra vez su celda"):
        to_study(search)


def test_an_optuna_study_passes_through(grid):
    study = to_study(grid)
    assert to_study(study) is study
    assert to_study(empty := optuna.create_study()) is empty
    with pytest.raises(ValueError, match="ya lleva consigo su espacio"):
        to_study(study, {"C": [1]})


@pytest.mark.parametrize("keep", ["pickle", "joblib"])
def test_a_search_loaded_from_a_file_is_read_like_the_original(tmp_path, keep):
    space = {"C": [1, 10], "kernel": ["rbf", kernel_of_ones, "linear"]}
    search = GridSearchCV(SVC(), space, cv=3).fit(X, y)
    if keep == "pickle":
        loaded = pickle.loads(pickle.dumps(search))
    else:
        joblib.dump(search, tmp_path / "search.joblib", compress=3)
        loaded = joblib.load(tmp_path / "search.joblib")
    assert to_study(loaded).trials == to_study(search).trials


def test_a_space_is_for_hyperopt_only(grid):
    with pytest.raises(ValueError, match="GridSearchCV ya lleva consigo su espacio"):
        to_study(grid, {"C": [1]})


def test_reading_one_library_imports_no_other():
    script = """
import sys
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import GridSearchCV
from course_utils import to_study
search = GridSearchCV(DummyClassifier(), {"strategy": ["prior", "uniform"]}, cv=2)
to_study(search.fit([[0], [1], [0], [1]], [0, 1, 0, 1]))
print({"hyperopt", "keras_tuner", "skopt", "smac", "tensorflow", "tpot"} & set(sys.modules))
"""
    output = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert output.stdout.strip() == "set()"


@pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")
def test_optuna_draws_it(grid):
    import matplotlib

    matplotlib.use("agg")
    axes: Any = optuna.visualization.matplotlib.plot_slice(to_study(grid))
    assert len(axes) == 3
    assert len(to_study(grid).trials_dataframe()) == 16


@pytest.mark.parametrize(
    ("value", "expected"), [(0.01, "sí"), (0.1, "no"), (10.0, "sí"), (9.99, "no")]
)
def test_boundary_report_on_a_float(value, expected):
    study = optuna.create_study(direction="maximize")
    distributions = {
        "C": FloatDistribution(0.01, 10),
        "kernel": CategoricalDistribution(["a", "b"]),
    }
    params = {"C": value, "kernel": "a"}
    study.add_trial(optuna.create_trial(value=1.0, params=params, distributions=distributions))
    report = boundary_report(study).set_index("hiperparámetro")["en el borde"]
    assert report["C"] == expected
    assert report["kernel"] == "—"


def test_boundary_report_on_a_fixed_or_empty_study():
    study = optuna.create_study()
    with pytest.raises(ValueError, match="ningún intento terminado"):
        boundary_report(study)
    one: dict[str, BaseDistribution] = {"n": IntDistribution(5, 5)}
    study.add_trial(optuna.create_trial(value=1.0, params={"n": 5}, distributions=one))
    assert boundary_report(study)["en el borde"].tolist() == ["—"]


def test_boundary_report_keeps_whole_numbers_and_none():
    study = optuna.create_study(direction="maximize")
    distributions = {
        "max_features": CategoricalDistribution([None, "sqrt"]),
        "n": IntDistribution(1, 9),
        "rate": FloatDistribution(0, 1),
    }
    params = {"max_features": None, "n": 4, "rate": 0.5}
    study.add_trial(optuna.create_trial(value=1.0, params=params, distributions=distributions))
    report = boundary_report(study)
    assert report["mejor"].tolist() == [None, 4, 0.5]
    assert [type(value) for value in report["mejor"]] == [type(None), int, float]
    assert "NaN" not in report.to_string() and "4.0" not in report.to_string()
    numbers = report.drop(0)["mínimo"].tolist()
    assert numbers == [1, 0.0] and type(numbers[0]) is int


def test_boundary_report_on_no_hyperparameter_or_several_objectives():
    study = optuna.create_study(directions=["maximize", "minimize"])
    study.add_trial(optuna.create_trial(values=[1.0, 2.0]))
    with pytest.raises(ValueError, match="varios objetivos"):
        boundary_report(study)
    study = to_study(GridSearchCV(SVC(), {}, cv=3).fit(X, y))
    assert boundary_report(study).empty
