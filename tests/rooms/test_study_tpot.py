"""to_study on searches run by TPOT itself, on a third of iris."""

import time
import warnings
from typing import Any

import optuna
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState
from sklearn.datasets import load_iris
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from course_utils import boundary_report, to_study

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "pkg_resources is deprecated", UserWarning)
    import tpot
from ConfigSpace import ConfigurationSpace, Float, Integer
from tpot.search_spaces.nodes import EstimatorNode, FSSNode
from tpot.search_spaces.pipelines import (
    ChoicePipeline,
    DynamicUnionPipeline,
    SequentialPipeline,
    WrapperPipeline,
)

pytestmark = [
    pytest.mark.filterwarnings("ignore:Both generations and max_time_mins:UserWarning:tpot"),
    pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning:tpot"),
    pytest.mark.filterwarnings("ignore:Starting with pandas:DeprecationWarning:tpot"),
    pytest.mark.slow,
]

X, y = load_iris(return_X_y=True)
X, y = X[::3], y[::3]

TREE = EstimatorNode(
    DecisionTreeClassifier,
    ConfigurationSpace(
        {
            "max_depth": Integer("max_depth", (1, 5)),
            "min_impurity_decrease": Float("min_impurity_decrease", (1e-4, 0.1), log=True),
            "criterion": ["gini", "entropy"],
            "random_state": 0,
        }
    ),
)


SETTINGS: dict[str, Any] = {
    "scorers": ["accuracy"],
    "scorers_weights": [1],
    "cv": 2,
    "population_size": 4,
    "generations": 2,
    "classification": True,
    "random_state": 1,
    "n_jobs": 1,
    "processes": False,
    "verbose": 0,
}


def run(space, **kwargs):
    return tpot.TPOTEstimator(search_space=space, **{**SETTINGS, **kwargs}).fit(X, y)


@pytest.fixture(scope="module")
def tree():
    return run(TREE)


def test_values_and_parameters_of_one_estimator(tree):
    study, table = to_study(tree), tree.evaluated_individuals
    assert study.direction == optuna.study.StudyDirection.MAXIMIZE
    assert study.user_attrs["metrics"] == ["accuracy_score"]
    assert [t.value for t in study.trials] == list(table["accuracy_score"])
    assert study.best_value == table["accuracy_score"].max()
    for trial, individual in zip(study.trials, table["Individual"], strict=True):
        drawn = {k: v for k, v in individual.hyperparameters.items() if k != "random_state"}
        assert trial.params == drawn
        assert {type(value) for value in trial.params.values()} == {int, float, str}
        assert trial.distributions == {
            "max_depth": IntDistribution(1, 5),
            "min_impurity_decrease": FloatDistribution(1e-4, 0.1, log=True),
            "criterion": CategoricalDistribution(["gini", "entropy"]),
        }
    assert len(boundary_report(study)) == 3


def test_the_family_tree_can_be_followed(tree):
    study, table = to_study(tree), tree.evaluated_individuals
    assert [t.user_attrs["generation"] for t in study.trials] == [0] * 4 + [1] * 4
    for index, trial in enumerate(study.trials):
        row = table.loc[index]
        assert trial.user_attrs["pipeline"].startswith("DecisionTreeClassifier(")
        assert "random_state=0" in trial.user_attrs["pipeline"]
        seconds = row["Completed Timestamp"] - row["Submitted Timestamp"]
        assert trial.user_attrs["seconds"] == pytest.approx(seconds, abs=1e-5)
        assert trial.duration is not None
        assert trial.duration.total_seconds() == trial.user_attrs["seconds"]
        if trial.user_attrs["generation"] == 0:
            assert "parents" not in trial.user_attrs
            continue
        assert trial.user_attrs["parents"] == list(row["Parents"])
        assert trial.user_attrs["variation"] == row["Variation_Function"]


def test_failed_individuals_and_pipelines():
    bad = EstimatorNode(SVC, ConfigurationSpace({"C": Float("C", (-1.0, 1.0))}))
    scaler = ChoicePipeline([EstimatorNode(StandardScaler, {}), EstimatorNode(MinMaxScaler, {})])
    search = run(ChoicePipeline([bad, SequentialPipeline([scaler, TREE])]), population_size=8)
    study, table = to_study(search), search.evaluated_individuals
    failed = list(table["Eval Error"] == "INVALID")
    assert [t.state == TrialState.FAIL for t in study.trials] == failed
    assert any(failed)
    for trial in study.trials:
        if trial.params["steps"] == "SVC":
            assert set(trial.params) == {"steps", "svc__C"}
            assert (trial.state == TrialState.FAIL) == (trial.params["svc__C"] <= 0)
            assert (trial.user_attrs.get("eval_error") == "INVALID") == (
                trial.state == TrialState.FAIL
            )
        else:
            assert trial.params["steps"].split(" + ")[1] == "DecisionTreeClassifier"
            assert "decisiontreeclassifier__max_depth" in trial.params
            assert trial.user_attrs["pipeline"].startswith("Pipeline(steps=[(")
    found = {name: d for trial in study.trials for name, d in trial.distributions.items()}
    assert found["svc__C"] == FloatDistribution(-1, 1)
    assert found["decisiontreeclassifier__max_depth"] == IntDistribution(1, 5)
    assert {t.distributions["steps"] for t in study.trials} == {found["steps"]}


def test_every_kind_of_step_is_read():
    from sklearn.ensemble import BaggingClassifier

    space = SequentialPipeline(
        [
            FSSNode(subsets={"sepal": [0, 1], "petal": [2, 3]}),
            DynamicUnionPipeline(EstimatorNode(MinMaxScaler, {}), max_estimators=2),
            WrapperPipeline(BaggingClassifier, ConfigurationSpace({"n_estimators": (2, 3)}), TREE),
        ]
    )
    study = to_study(run(space, generations=1))
    trial = study.best_trial
    assert trial.params["fss__subset"] in ("sepal", "petal")
    assert trial.params["baggingclassifier__n_estimators"] in (2, 3)
    assert 1 <= trial.params["decisiontreeclassifier__max_depth"] <= 5
    assert trial.params["steps"].startswith("FSS + MinMaxScaler")


def test_the_classifier_is_read_like_the_estimator():
    search = tpot.TPOTClassifier(
        TREE, cv=2, random_state=1, verbose=0, population_size=4, generations=1, processes=False
    )
    study = to_study(search.fit(X, y))
    assert study.user_attrs["metrics"] == ["roc_auc_score"]
    assert [t.value for t in study.trials] == list(search.evaluated_individuals["roc_auc_score"])


def test_several_objectives_give_several_values():
    def n_leaves(pipeline):
        return 2.0**pipeline.max_depth

    search = run(
        TREE,
        generations=1,
        other_objective_functions=[n_leaves],
        other_objective_functions_weights=[-1],
        objective_function_names=["n_leaves"],
    )
    study = to_study(search)
    assert [direction.name for direction in study.directions] == ["MAXIMIZE", "MINIMIZE"]
    columns = study.user_attrs["metrics"]
    assert [t.values for t in study.trials] == search.evaluated_individuals[columns].values.tolist()
    front = set(search.pareto_front.index)
    assert front <= {trial.number for trial in study.best_trials}


class SlowTree(DecisionTreeClassifier):
    def fit(self, X, y):
        time.sleep(0.5)
        return super().fit(X, y)


def test_what_had_no_time_is_a_failed_trial():
    space = EstimatorNode(SlowTree, ConfigurationSpace({"max_depth": (1, 9)}))
    study = to_study(run(space, generations=1, max_time_mins=1.2 / 60))
    cut = [t for t in study.trials if t.state == TrialState.FAIL]
    assert 0 < len(cut) < len(study.trials)
    for trial in cut:
        assert trial.user_attrs["eval_error"].startswith("no evaluado")
        assert "seconds" not in trial.user_attrs


def test_a_fit_that_raised_shows_what_it_tried():
    """It leaves no table, and it did call ``fit``: the individuals say why they failed."""
    bad = EstimatorNode(SVC, ConfigurationSpace({"C": Float("C", (-2.0, -1.0))}))
    search = tpot.TPOTEstimator(bad, **SETTINGS)
    with pytest.raises(Exception, match="No individuals could be evaluated"):
        search.fit(X, y)
    study = to_study(search)
    assert len(study.trials) >= SETTINGS["population_size"]
    assert {t.state for t in study.trials} == {TrialState.FAIL}
    assert {t.user_attrs["eval_error"] for t in study.trials} == {"INVALID"}
    assert all(-2 <= t.params["C"] <= -1 for t in study.trials)
    assert search.evaluated_individuals is None  # reading changes nothing


def test_a_fit_that_raised_before_it_tried_anything_is_explained():
    search = tpot.TPOTEstimator(TREE, **{**SETTINGS, "cv": "dos"})
    with pytest.raises(AttributeError):
        search.fit(X, y)
    with pytest.raises(ValueError, match="Si la detuviste, ejecuta otra vez su celda"):
        to_study(search)


def test_bad_input_is_explained(tree):
    with pytest.raises(ValueError, match=r"llama antes a TPOTEstimator\.fit"):
        to_study(tpot.TPOTEstimator(TREE, ["accuracy"], [1], classification=True))
    with pytest.raises(ValueError, match=r"llama antes a TPOTClassifier\.fit"):
        to_study(tpot.TPOTClassifier())
    with pytest.raises(ValueError, match="sin space"):
        to_study(tree, {})
    with pytest.raises(TypeError, match="no sabe leer un objeto de tipo EstimatorNode"):
        to_study(TREE)


@pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")
def test_optuna_draws_it(tree):
    import matplotlib
    from matplotlib import pyplot as plt

    matplotlib.use("agg")
    study = to_study(tree)
    optuna.visualization.matplotlib.plot_optimization_history(study)
    assert len(study.trials_dataframe()) == len(study.trials)
    axes: Any = optuna.visualization.matplotlib.plot_slice(study)
    assert len(axes) == 3
    plt.close("all")
