"""to_study on Trials made by Hyperopt itself."""

import pickle
from typing import Any

import numpy as np
import optuna
import pytest
from hyperopt import STATUS_FAIL, STATUS_OK, Trials, fmin, hp, rand, space_eval, tpe
from hyperopt.fmin import generate_trials_to_calculate
from hyperopt.pyll import scope
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState

from course_utils import boundary_report, to_study

SPACE = {
    "model": hp.choice(
        "model",
        [
            {"kind": "svm", "C": hp.loguniform("C", -3, 3)},
            {
                "kind": "tree",
                "max_depth": scope.int(hp.quniform("max_depth", 1, 10, 1)),
                "criterion": hp.choice("criterion", ["gini", "entropy", None]),
            },
        ],
    ),
    "shift": hp.normal("shift", 0, 1),
    "scale": hp.qloguniform("scale", 0, 3, 2),
    "seed": hp.randint("seed", 5),
    "offset": hp.randint("offset", 2, 7),
    "degree": hp.uniformint("degree", 1, 4),
    "weights": hp.pchoice("weights", [(0.2, "uniform"), (0.8, "distance")]),
    "units": hp.choice("units", [16, 32, 64]),
    "rate": hp.quniform("rate", 0.1, 0.9, 0.2),
}


def search(objective, space, max_evals=8, algo=rand.suggest, trials=None, **kwargs):
    trials = Trials() if trials is None else trials  # an empty one is false
    fmin(
        objective,
        space,
        algo,
        max_evals,
        trials=trials,
        rstate=np.random.default_rng(0),
        show_progressbar=False,
        **kwargs,
    )
    return trials


def objective(config):
    if config["seed"] == 0:
        return {"status": STATUS_FAIL, "reason": "seed 0"}
    return {
        "status": STATUS_OK,
        "loss": config["shift"] ** 2,
        "fold_scores": np.array([0.5, 0.75]),
        "n_leaves": np.int64(3),
        "model": object(),
        "attachments": {"picture": b"..."},
    }


@pytest.fixture(scope="module")
def trials():
    return search(objective, SPACE, max_evals=12)


@pytest.fixture(scope="module")
def study(trials):
    return to_study(trials, SPACE)


def test_values_and_states(trials, study):
    assert study.direction == optuna.study.StudyDirection.MINIMIZE
    assert study.user_attrs["metrics"] == ["loss"]
    assert [t.value for t in study.trials] == trials.losses()
    failed = [status == STATUS_FAIL for status in trials.statuses()]
    assert 0 < sum(failed) < len(failed)
    assert [t.state == TrialState.FAIL for t in study.trials] == failed
    assert study.best_value == trials.best_trial["result"]["loss"]


def test_parameters_are_those_that_the_objective_got(trials, study):
    for document, trial in zip(trials.trials, study.trials, strict=True):
        drawn = {name: values[0] for name, values in document["misc"]["vals"].items() if values}
        got = space_eval(SPACE, drawn)
        got |= got["model"]
        got["model"] = got.pop("kind")
        assert trial.params == got
        assert {type(v) for v in trial.params.values()} <= {int, float, str, type(None)}
    models = {trial.params["model"] for trial in study.trials}
    assert models == {"svm", "tree"}
    assert not any("C" in t.params for t in study.trials if t.params["model"] == "tree")


def test_distributions(study):
    found = {name: d for trial in study.trials for name, d in trial.distributions.items()}
    assert found["model"] == CategoricalDistribution(["svm", "tree"])
    assert found["criterion"] == CategoricalDistribution(["gini", "entropy", None])
    assert found["weights"] == CategoricalDistribution(["uniform", "distance"])
    assert found["C"] == FloatDistribution(np.exp(-3), np.exp(3), log=True)
    assert found["max_depth"] == IntDistribution(1, 10)
    assert found["seed"] == IntDistribution(0, 4)
    assert found["offset"] == IntDistribution(2, 6)
    assert found["degree"] == IntDistribution(1, 4)
    assert found["units"] == IntDistribution(16, 64, log=True)
    # Hyperopt rounds to multiples of 0.2, so neither 0.1 nor 0.9 can be drawn.
    assert found["rate"] == FloatDistribution(0, 0.8, step=0.2)
    assert found["scale"] == FloatDistribution(0, 20, step=2)
    shifts = [trial.params["shift"] for trial in study.trials]
    assert found["shift"] == FloatDistribution(min(shifts), max(shifts))
    for name, distribution in found.items():
        same = {t.distributions[name] for t in study.trials if name in t.params}
        assert same == {distribution}


def test_a_range_that_was_only_observed_is_said_to_be_so(study):
    assert study.user_attrs["observed_range"] == ["shift"]
    edges = boundary_report(study).set_index("hiperparámetro")["en el borde"]
    assert edges["shift"] == "—"


def test_user_attributes(study):
    good = next(t for t in study.trials if t.state == TrialState.COMPLETE)
    assert set(good.user_attrs) == {"fold_scores", "n_leaves", "seconds"}
    assert good.user_attrs["fold_scores"] == [0.5, 0.75]
    assert good.user_attrs["n_leaves"] == 3
    assert good.duration.total_seconds() == good.user_attrs["seconds"] >= 0
    bad = next(t for t in study.trials if t.state == TrialState.FAIL)
    assert bad.user_attrs["reason"] == "seed 0"


def test_a_plain_loss_a_single_label_and_options_with_the_same_text():
    space = hp.choice("x", [hp.uniform("a", 0, 1), hp.uniform("b", 1, 2), 3.0])
    trials = search(lambda x: float(x), space, algo=tpe.suggest)
    study = to_study(trials, space)
    for trial in study.trials:
        x = trial.params["x"]
        assert trial.value == trial.params.get({"x[0]": "a", "x[1]": "b"}.get(x, ""), x)
    assert trial.distributions["x"] == CategoricalDistribution(["x[0]", "x[1]", 3.0])


def test_two_options_that_carry_the_same_text_stay_apart():
    options = [{"k": "svm", "C": hp.uniform("C", 0, 1)}, {"k": "svm", "nu": hp.uniform("nu", 0, 1)}]
    space = hp.choice("model", options)
    study = to_study(search(lambda c: c.get("C", 0.5), space), space)
    assert study.trials[0].distributions["model"] == CategoricalDistribution(("svm[0]", "svm[1]"))


def test_a_crashed_trial_is_kept_as_failed():
    def crashes(x):
        return 1 / (x - 2)

    space = hp.randint("x", 4)
    trials = search(crashes, space, max_evals=8, catch_eval_exceptions=True)
    study = to_study(trials, space)
    crashed = [t for t in study.trials if t.state == TrialState.FAIL]
    assert {t.params["x"] for t in crashed} == {2}
    assert "ZeroDivisionError" in crashed[0].user_attrs["error"]
    assert len(study.trials) == len(trials.trials) + len(crashed)


def test_an_interrupted_trial_is_left_running():
    def interrupted(x):
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(x)
        return x

    calls: list[float] = []
    trials, space = Trials(), hp.uniform("x", 0, 1)
    with pytest.raises(KeyboardInterrupt):
        fmin(interrupted, space, rand.suggest, 8, trials=trials, show_progressbar=False)
    study = to_study(trials, space)
    assert [t.state for t in study.trials] == [TrialState.COMPLETE] * 2 + [TrialState.RUNNING]
    assert study.best_value == min(loss for loss in trials.losses() if loss is not None)


def test_a_search_cut_off_in_its_first_trial_has_no_results():
    def interrupted(x):
        raise KeyboardInterrupt

    trials, space = Trials(), hp.uniform("x", 0, 1)
    with pytest.raises(KeyboardInterrupt):
        fmin(interrupted, space, rand.suggest, 8, trials=trials, show_progressbar=False)
    with pytest.raises(ValueError, match="ejecuta otra vez su celda"):
        to_study(trials, space)


def test_points_outside_the_grid_widen_the_range():
    space = {"d": scope.int(hp.quniform("d", 2, 8, 2)), "c": hp.uniform("c", 0, 1)}
    trials = generate_trials_to_calculate([{"d": 3, "c": 5.0}])
    study = to_study(search(lambda s: s["c"], space, trials=trials), space)
    assert study.trials[0].params == {"d": 3, "c": 5.0}
    assert study.trials[0].distributions["d"] == IntDistribution(2, 8)
    assert study.trials[0].distributions["c"] == FloatDistribution(0, 5)


def test_options_that_optuna_has_no_words_for():
    options = [np.inf, 1, abs, lambda x: x, lambda x: -x, (1, 2)]
    space = hp.choice("x", options)
    study = to_study(search(lambda x: 0.0, space, max_evals=20), space)
    names = ("inf", 1, "abs", "<lambda>[0]", "<lambda>[1]", "(1, 2)")
    assert study.trials[0].distributions["x"] == CategoricalDistribution(names)


def test_a_log_range_beyond_every_float_is_the_one_seen():
    space = hp.loguniform("x", 0, 800)
    trials = generate_trials_to_calculate([{"x": value} for value in (2.0, 8.0)])
    study = to_study(search(float, space, max_evals=2, trials=trials), space)
    most = max(trial.params["x"] for trial in study.trials)
    assert study.trials[0].distributions["x"] == FloatDistribution(1, most, log=True)
    assert boundary_report(study)["en el borde"].tolist() == ["—"]


def test_whole_numbers_from_a_log_range_that_begins_below_one():
    space = scope.int(hp.loguniform("x", -1, 4))
    study = to_study(search(float, space, max_evals=9), space)
    assert study.trials[0].distributions["x"] == IntDistribution(0, 54)


def test_steps_that_no_decimal_ends_are_lost_and_nothing_else():
    space = {name: hp.quniform(name, 0, 3, q) for name, q in (("third", 1 / 3), ("tenth", 0.1))}
    study = to_study(search(lambda x: x["third"], space, max_evals=9), space)
    found = study.trials[0].distributions
    assert found["third"] == FloatDistribution(0, 3)
    assert found["tenth"] == FloatDistribution(0, 3, step=0.1)


def test_pickled_trials_are_read_like_the_original(trials, study):
    assert to_study(pickle.loads(pickle.dumps(trials)), SPACE).trials == study.trials


def test_bad_input_is_explained(trials):
    with pytest.raises(ValueError, match=r"to_study\(trials, space\)"):
        to_study(trials)
    with pytest.raises(ValueError, match="le faltan criterion, degree"):
        to_study(trials, {"shift": SPACE["shift"]})
    with pytest.raises(ValueError, match="le faltan units, o sus opciones"):
        to_study(trials, {**SPACE, "units": hp.choice("units", [16])})
    with pytest.raises(ValueError, match=r"llama antes a fmin"):
        to_study(Trials(), SPACE)
    with pytest.raises(TypeError, match="no sabe leer un objeto de tipo dict"):
        to_study(trials.argmin)


@pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")
def test_optuna_draws_it(study):
    import matplotlib
    from matplotlib import pyplot as plt

    matplotlib.use("agg")
    optuna.visualization.matplotlib.plot_optimization_history(study)
    axes: Any = optuna.visualization.matplotlib.plot_slice(study)
    assert len(axes) == 12
    assert len(study.trials_dataframe()) == 12
    plt.close("all")
