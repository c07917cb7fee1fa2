"""to_study on BayesSearchCV of scikit-optimize."""

import pickle

import numpy as np
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from sklearn.datasets import load_iris
from sklearn.svm import SVC
from skopt import BayesSearchCV
from skopt.space import Categorical, Integer, Real

from course_utils import boundary_report, to_study

X, y = load_iris(return_X_y=True)


def search(spaces, n_iter=4, **settings):
    return BayesSearchCV(SVC(), spaces, n_iter=n_iter, cv=3, random_state=0, **settings).fit(X, y)


@pytest.fixture(scope="module")
def fitted():
    return search(
        {
            "C": Real(1e-2, 1e3, prior="log-uniform"),
            "gamma": (1e-4, 1e1, "log-uniform"),
            "degree": Integer(1, 5),
            "kernel": ["rbf", "poly"],
            "class_weight": Categorical([None, "balanced"]),
        },
        n_iter=5,
    )


def test_the_space_is_read_not_only_what_was_drawn(fitted):
    found = to_study(fitted).trials[0].distributions
    assert found == {
        "C": FloatDistribution(1e-2, 1e3, log=True),
        "gamma": FloatDistribution(1e-4, 1e1, log=True),
        "degree": IntDistribution(1, 5),
        "kernel": CategoricalDistribution(["rbf", "poly"]),
        "class_weight": CategoricalDistribution([None, "balanced"]),
    }


def test_values_and_parameters(fitted):
    study = to_study(fitted)
    assert [t.value for t in study.trials] == list(fitted.cv_results_["mean_test_score"])
    assert [t.params for t in study.trials] == [dict(p) for p in fitted.cv_results_["params"]]
    assert study.best_params == dict(fitted.best_params_)
    assert len(study.trials[0].user_attrs["fold_scores"]) == 3
    assert "observed_range" not in study.user_attrs


def test_an_edge_that_no_trial_touched_is_not_an_edge():
    study = to_study(search({"C": Real(1e-9, 1e9, prior="log-uniform")}))
    report = boundary_report(study).set_index("hiperparámetro").loc["C"]
    assert (report["mínimo"], report["máximo"], report["en el borde"]) == (1e-9, 1e9, "no")


def test_several_subspaces_with_their_own_number_of_trials():
    spaces = [
        ({"kernel": ["linear"], "C": (1, 8)}, 2),
        ({"kernel": ["rbf"], "C": (0.1, 10.0, "log-uniform")}, 3),
    ]
    study = to_study(search(spaces))
    assert [t.params["kernel"] for t in study.trials] == ["linear"] * 2 + ["rbf"] * 3
    assert study.trials[0].distributions["C"] == FloatDistribution(0.1, 10)
    assert [type(t.params["C"]) for t in study.trials] == [int] * 2 + [float] * 3


@pytest.mark.filterwarnings("error:Dimension .* was inferred:UserWarning")
def test_an_ambiguous_dimension_is_read_as_it_was_searched():
    with pytest.warns(UserWarning, match="was inferred"):
        fitted = search({"C": [1, 5], "kernel": ("rbf", "poly")})
    assert to_study(fitted).trials[0].distributions["C"] == IntDistribution(1, 5)


def test_a_pickled_search_and_one_without_results(fitted):
    assert to_study(pickle.loads(pickle.dumps(fitted))).trials == to_study(fitted).trials
    with pytest.raises(ValueError, match=r"llama antes a BayesSearchCV\.fit"):
        to_study(BayesSearchCV(SVC(), {"C": (1, 5)}))
    assert np.isfinite(to_study(fitted).best_value)
