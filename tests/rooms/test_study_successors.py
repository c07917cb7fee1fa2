"""to_study on SMAC and sklearn-genetic-opt, where they are installed."""

import pickle

import numpy as np
import optuna
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState
from sklearn.datasets import load_iris
from sklearn.tree import DecisionTreeClassifier

from course_utils import boundary_report, to_study

X, y = load_iris(return_X_y=True)


@pytest.fixture
def smac(tmp_path):
    """Run a facade of SMAC on a parabola with a crash in one corner."""
    smac = pytest.importorskip("smac")
    from ConfigSpace import ConfigurationSpace, Float

    space = ConfigurationSpace(
        {"x": Float("x", (1e-3, 1), log=True), "n": (1, 8), "kind": ["a", "b"], "seed": 3}, seed=0
    )

    def run(facade, target, **settings):
        settings = {"deterministic": True, "n_trials": 20, "crash_cost": 9.0, **settings}
        scenario = smac.Scenario(space, seed=0, output_directory=tmp_path, **settings)
        search = getattr(smac, facade)(scenario, target, overwrite=True, logging_level=50)
        search.optimize()
        return search

    return run


def height(config, seed=0):
    if config["kind"] == "b" and config["n"] > 6:
        raise ValueError("too many")
    return (config["x"] - 0.3) ** 2 + config["n"]


def test_a_search_of_smac(smac):
    search = smac("RandomFacade", height)
    study, history = to_study(search), search.runhistory
    assert study.direction == optuna.study.StudyDirection.MINIMIZE
    assert study.user_attrs == {"metrics": ["cost"]}
    assert len(study.trials) == 20
    for trial in study.trials:
        config = history.get_config(trial.user_attrs["config_id"])
        assert trial.params | {"seed": 3} == dict(config)
        assert trial.user_attrs["fixed"] == {"seed": 3}
        crashed = trial.params["kind"] == "b" and trial.params["n"] > 6
        assert trial.state == (TrialState.FAIL if crashed else TrialState.COMPLETE)
        assert crashed == ("too many" in trial.user_attrs.get("error", ""))
        assert trial.value is None or trial.value == history.average_cost(config)
        assert trial.distributions == {
            "x": FloatDistribution(1e-3, 1, log=True),
            "n": IntDistribution(1, 8),
            "kind": CategoricalDistribution(["a", "b"]),
        }
    assert {t.state for t in study.trials} == {TrialState.COMPLETE, TrialState.FAIL}
    best = dict(search.intensifier.get_incumbent())
    assert study.best_params | {"seed": 3} == best
    assert len(boundary_report(study)) == 3


def test_smac_races_over_seeds(smac):
    def noisy(config, seed):
        return height(dict(config) | {"kind": "a"}) + np.random.default_rng(seed).normal()

    search = smac("HyperparameterOptimizationFacade", noisy, deterministic=False)
    study = to_study(search)
    runs = [trial.user_attrs["runs"] for trial in study.trials]
    assert sum(runs) == 20 and max(runs) > 1
    for trial in study.trials:
        assert list(trial.intermediate_values) == [*range(1, trial.user_attrs["runs"] + 1)]
        whole = trial.user_attrs["runs"] == max(runs)
        assert trial.state == (TrialState.COMPLETE if whole else TrialState.PRUNED)
        assert trial.value == trial.intermediate_values[trial.user_attrs["runs"]]
    assert study.best_params | {"seed": 3} == dict(search.intensifier.get_incumbent())


def test_smac_races_over_budgets(smac):
    def cheaper(config, seed=0, budget=1):
        return height(dict(config) | {"kind": "a"}) + 1 / budget

    search = smac("HyperbandFacade", cheaper, n_trials=30, min_budget=1, max_budget=9)
    study = to_study(search)
    assert {step for t in study.trials for step in t.intermediate_values} == {1, 3, 9}
    for trial in study.trials:
        assert trial.user_attrs["budget"] == max(trial.intermediate_values)
        whole = trial.user_attrs["budget"] == 9
        assert trial.state == (TrialState.COMPLETE if whole else TrialState.PRUNED)
    assert study.best_params | {"seed": 3} == dict(search.intensifier.get_incumbent())


def test_smac_with_several_objectives_or_no_result(smac):
    def both(config, seed=0):
        return {"cost": height(dict(config) | {"kind": "a"}), "time": float(config["n"])}

    search = smac("RandomFacade", both, objectives=["cost", "time"], crash_cost=[9.0, 9.0])
    study = to_study(search)
    assert study.user_attrs["metrics"] == ["cost", "time"]
    assert all(t.values[1] == t.params["n"] for t in study.trials)
    search.runhistory.reset()
    with pytest.raises(ValueError, match=r"llama antes a RandomFacade\.optimize"):
        to_study(search)


@pytest.fixture(scope="module")
def genetic():
    pytest.importorskip("sklearn_genetic")
    from sklearn_genetic import GASearchCV
    from sklearn_genetic.space import Categorical, Continuous, Integer

    space = {
        "max_depth": Integer(1, 9),
        "ccp_alpha": Continuous(1e-4, 1e-1, distribution="log-uniform"),
        "criterion": Categorical(["gini", "entropy"]),
    }
    tree = DecisionTreeClassifier(random_state=0)
    settings = {"population_size": 4, "generations": 2, "verbose": False}
    return GASearchCV(tree, param_grid=space, cv=3, **settings).fit(X, y)


@pytest.mark.slow  # sklearn-genetic-opt imports TensorFlow
def test_a_search_of_sklearn_genetic(genetic):
    study = to_study(genetic)
    assert [t.params for t in study.trials] == genetic.cv_results_["params"]
    assert [t.value for t in study.trials] == genetic.cv_results_["mean_test_score"]
    assert study.best_params == genetic.best_params_
    assert study.trials[0].distributions == {
        "max_depth": IntDistribution(1, 9),
        "ccp_alpha": FloatDistribution(1e-4, 1e-1, log=True),
        "criterion": CategoricalDistribution(["gini", "entropy"]),
    }
    with pytest.raises(ValueError, match=r"llama antes a GASearchCV\.fit"):
        to_study(type(genetic)(DecisionTreeClassifier(), param_grid=genetic.param_grid))


@pytest.mark.slow  # sklearn-genetic-opt imports TensorFlow
def test_a_genetic_selection_of_columns_has_no_hyperparameters(genetic):
    from sklearn_genetic import GAFeatureSelectionCV

    with pytest.raises(TypeError, match="no sabe leer un objeto de tipo GAFeatureSelectionCV"):
        to_study(GAFeatureSelectionCV(DecisionTreeClassifier()))


@pytest.mark.slow  # sklearn-genetic-opt imports TensorFlow
def test_a_pickled_genetic_search_is_read_like_the_original(genetic):
    space, results = genetic.param_grid, genetic.cv_results_
    loaded = type(genetic)(DecisionTreeClassifier(), param_grid=pickle.loads(pickle.dumps(space)))
    loaded.cv_results_ = pickle.loads(pickle.dumps(results))
    loaded.n_splits_, loaded.multimetric_ = genetic.n_splits_, genetic.multimetric_
    assert to_study(loaded).trials == to_study(genetic).trials
