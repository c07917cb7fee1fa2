"""to_study on halving searches: it and the search agree on who won."""

import numpy as np
import optuna
import pytest
from optuna.distributions import IntDistribution
from optuna.trial import TrialState
from scipy.stats import randint
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import HalvingGridSearchCV, HalvingRandomSearchCV
from sklearn.tree import DecisionTreeClassifier

from course_utils import boundary_report, to_study

X, y = make_classification(540, n_informative=4, flip_y=0.2, random_state=0)
SPACE = {"max_depth": randint(1, 12), "min_samples_leaf": randint(1, 30)}


def tree_search(seed, **settings):
    tree = DecisionTreeClassifier(random_state=0)
    settings = {"n_candidates": 9, "min_resources": 60, "cv": 2, **settings}
    return HalvingRandomSearchCV(tree, SPACE, random_state=seed, **settings).fit(X, y)


@pytest.fixture(scope="module")
def forests():
    return HalvingRandomSearchCV(
        RandomForestClassifier(random_state=0),
        {"max_depth": randint(1, 9)},
        resource="n_estimators",
        max_resources=9,
        min_resources=1,
        n_candidates=9,
        cv=3,
        random_state=0,
    ).fit(X, y)


def test_the_study_and_the_search_agree_on_the_best():
    misled = 0
    for seed in range(40):
        search = tree_search(seed)
        study = to_study(search)
        assert study.best_params == search.best_params_
        assert study.best_value == search.best_score_
        misled += np.nanmax(search.cv_results_["mean_test_score"]) > search.best_score_
    assert misled > 0  # else early rounds, on few rows, were never tempting


def test_a_candidate_is_one_trial_and_its_rounds_are_intermediate_values(forests):
    study, results = to_study(forests), forests.cv_results_
    assert len(study.trials) == forests.n_candidates_[0]
    recorded = {
        (row["max_depth"], trees): score
        for row, trees, score in zip(
            results["params"], results["n_resources"], results["mean_test_score"], strict=True
        )
    }
    for trial in study.trials:
        reached = trial.user_attrs["iter"]
        assert list(trial.intermediate_values) == forests.n_resources_[: reached + 1]
        assert trial.user_attrs["n_resources"] == forests.n_resources_[reached]
        assert trial.params["n_estimators"] == forests.n_resources_[reached]
        for trees, score in trial.intermediate_values.items():
            assert score == pytest.approx(recorded[trial.params["max_depth"], trees])
        last = reached == forests.n_iterations_ - 1
        assert trial.state == (TrialState.COMPLETE if last else TrialState.PRUNED)
    states = [trial.state for trial in study.trials]
    assert states.count(TrialState.COMPLETE) == forests.n_candidates_[-1]
    assert study.trials[0].distributions["n_estimators"] == IntDistribution(1, 9, log=True)
    seconds = sum(trial.user_attrs["fit_seconds"] for trial in study.trials)
    assert seconds == pytest.approx(3 * results["mean_fit_time"].sum())


def test_rounds_that_scikit_learn_moves_to_another_table_are_read(forests):
    """As in scikit-learn after 1.9: ``cv_results_`` keeps the last round only."""
    expected = to_study(forests).trials
    everything = forests.cv_results_
    last = np.asarray(everything["iter"]) == forests.n_iterations_ - 1
    forests.all_cv_results_ = {k: v for k, v in everything.items() if not k.startswith("rank")}
    forests.cv_results_ = {k: np.asarray(v)[last] for k, v in everything.items()}
    try:
        assert to_study(forests).trials == expected
    finally:
        forests.cv_results_ = everything
        del forests.all_cv_results_


def test_equal_candidates_keep_their_own_rounds():
    space = {"max_depth": randint(1, 3)}  # nine draws of two values
    tree = DecisionTreeClassifier(splitter="random")
    search = HalvingRandomSearchCV(
        tree, space, n_candidates=9, min_resources=60, cv=2, random_state=0
    ).fit(X, y)
    study, results = to_study(search), search.cv_results_
    assert len(study.trials) == 9
    spent = [len(trial.intermediate_values) for trial in study.trials]
    assert sum(spent) == len(results["params"])
    first = results["mean_test_score"][:9]
    kept = [t.intermediate_values[60] for t in study.trials if t.user_attrs["iter"] > 0]
    assert sorted(kept) == sorted(first)[-3:]


def test_elimination_on_the_same_resources():
    search = tree_search(0, min_resources=180, n_candidates=27, aggressive_elimination=True)
    assert search.n_resources_[0] == search.n_resources_[1]
    study = to_study(search)
    assert len(study.trials) == 27
    assert study.best_params == search.best_params_


def test_a_candidate_that_failed_in_an_early_round_has_failed():
    space = {"max_depth": [1, 2, 3, -1]}
    search = HalvingGridSearchCV(
        DecisionTreeClassifier(random_state=0), space, min_resources=60, factor=2, cv=2
    )
    with pytest.warns(Warning):
        search.fit(X, y)
    study = to_study(search)
    failed = [t.params["max_depth"] for t in study.trials if t.state == TrialState.FAIL]
    assert failed == [-1]
    assert study.best_params == search.best_params_


@pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")
def test_optuna_draws_the_race(forests):
    import matplotlib
    from matplotlib import pyplot as plt

    matplotlib.use("agg")
    study = to_study(forests)
    axes = optuna.visualization.matplotlib.plot_intermediate_values(study)
    assert len(axes.get_lines()) == len(study.trials)
    assert boundary_report(study).set_index("hiperparámetro").loc["n_estimators", "mejor"] == 9
    plt.close("all")
