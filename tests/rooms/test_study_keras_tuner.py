"""to_study on searches run by Keras Tuner itself: tiny models on twenty rows."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import keras_tuner as kt
import numpy as np
import optuna
import pytest
from keras_tuner.errors import FailedTrialError
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState
from sklearn.model_selection import KFold
from sklearn.neighbors import KNeighborsClassifier

from course_utils import to_study

X = np.random.default_rng(0).normal(size=(20, 3)).astype("float32")
y = (X[:, 0] > 0).astype("int32")

pytestmark = [
    pytest.mark.filterwarnings("ignore:currentThread:DeprecationWarning:keras_tuner"),
    pytest.mark.filterwarnings("ignore:getName:DeprecationWarning:keras_tuner"),
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:keras"),
    pytest.mark.slow,
]


def build(hp):
    model = keras.Sequential([keras.Input((3,))])
    for layer in range(hp.Int("layers", 1, 2)):
        model.add(keras.layers.Dense(hp.Int(f"units_{layer}", 2, 9, step=3)))
    if hp.Boolean("dropout"):
        with hp.conditional_scope("dropout", [True]):
            model.add(keras.layers.Dropout(hp.Float("rate", 0, 0.5, step=0.1)))
    activation = hp.Choice("activation", ["sigmoid", "tanh"])
    model.add(keras.layers.Dense(1, activation=activation))
    learning_rate = hp.Float("learning_rate", 1e-3, 1e-1, sampling="log")
    hp.Int("batch", 2, 32, step=2, sampling="log")
    hp.Float("momentum", 0.1, 0.9, sampling="reverse_log")
    hp.Choice("width", [8, 16, 32])
    hp.Fixed("seed", 3)
    if hp.get("layers") == 2 and "tuner/epochs" not in hp.values:  # never under Hyperband
        raise FailedTrialError("too deep")
    # Two steps a model: compiling them to a graph would take longer than they do.
    settings = {"metrics": ["accuracy"], "run_eagerly": True}
    model.compile(keras.optimizers.SGD(learning_rate), "mse", **settings)
    return model


def run(tuner_class, folder, **kwargs):
    keras.utils.set_random_seed(0)
    kwargs = {"objective": "val_accuracy", "seed": 7, **kwargs}
    tuner = tuner_class(build, directory=folder, project_name="search", **kwargs)
    tuner.search(X, y, validation_data=(X, y), epochs=2, batch_size=20, verbose=0)
    return tuner


@pytest.fixture(scope="module")
def tuner(tmp_path_factory):
    return run(kt.RandomSearch, tmp_path_factory.mktemp("random"), max_trials=4)


@pytest.fixture(scope="module")
def hyperband(tmp_path_factory):
    return run(kt.Hyperband, tmp_path_factory.mktemp("hyperband"), max_epochs=3)


def test_values_states_and_parameters(tuner):
    study = to_study(tuner)
    assert study.direction == optuna.study.StudyDirection.MAXIMIZE
    assert study.user_attrs["metrics"] == ["val_accuracy"]
    originals = [tuner.oracle.trials[key] for key in tuner.oracle.start_order]
    assert [t.value for t in study.trials] == [o.score for o in originals]
    for trial, original in zip(study.trials, originals, strict=True):
        assert {**trial.params, "seed": 3} == original.hyperparameters.values
        assert trial.user_attrs["fixed"] == {"seed": 3}
    states = [TrialState.FAIL if o.status == "FAILED" else TrialState.COMPLETE for o in originals]
    assert [t.state for t in study.trials] == states
    assert set(states) == {TrialState.FAIL, TrialState.COMPLETE}
    assert study.best_value == tuner.oracle.get_best_trials()[0].score


def test_distributions(tuner):
    study = to_study(tuner)
    found = {name: d for trial in study.trials for name, d in trial.distributions.items()}
    assert found["layers"] == IntDistribution(1, 2)
    assert found["units_0"] == IntDistribution(2, 8, step=3)
    assert found["dropout"] == CategoricalDistribution([True, False])
    assert found["rate"] == FloatDistribution(0, 0.5, step=0.1)
    assert found["activation"] == CategoricalDistribution(["sigmoid", "tanh"])
    assert found["learning_rate"] == FloatDistribution(1e-3, 1e-1, log=True)
    assert found["batch"] == IntDistribution(2, 32, log=True)
    assert found["momentum"] == FloatDistribution(0.1, 0.9)
    assert found["width"] == IntDistribution(8, 32, log=True)
    assert "seed" not in found
    for trial in study.trials:
        assert ("rate" in trial.params) == trial.params["dropout"]


def test_what_is_recorded_besides(tuner):
    study = to_study(tuner)
    for trial in study.trials:
        original = tuner.oracle.trials[trial.user_attrs["trial_id"]]
        if trial.state == TrialState.FAIL:
            assert trial.user_attrs["error"].endswith("FailedTrialError: too deep")
            continue
        assert trial.user_attrs["best_step"] == original.best_step
        assert trial.user_attrs["metrics"]["val_accuracy"] == original.score
        assert set(trial.user_attrs["metrics"]) == {"accuracy", "loss", "val_accuracy", "val_loss"}
        assert trial.intermediate_values == {original.best_step: original.score}


def test_hyperband_keeps_its_schedule(hyperband):
    study = to_study(hyperband)
    assert [t.user_attrs["trial_id"] for t in study.trials] == list(hyperband.oracle.start_order)
    for trial in study.trials:
        values = hyperband.oracle.trials[trial.user_attrs["trial_id"]].hyperparameters.values
        for name in ("bracket", "round", "epochs", "initial_epoch"):
            assert trial.user_attrs[name] == values[f"tuner/{name}"]
        assert not any(name.startswith("tuner/") for name in trial.params)
        if trial.user_attrs["round"] > 0:
            parent = trial.user_attrs["parent_trial_id"]
            earlier = next(t for t in study.trials if t.user_attrs["trial_id"] == parent)
            # the space grows as it is explored, so a continued trial may know more names
            assert earlier.params.items() <= trial.params.items()
    assert any("parent_trial_id" in t.user_attrs for t in study.trials)


def test_a_loss_is_minimized_and_an_oracle_will_do(tmp_path):
    tuner = run(kt.BayesianOptimization, tmp_path, objective="val_loss", max_trials=2)
    study = to_study(tuner.oracle)
    assert study.direction == optuna.study.StudyDirection.MINIMIZE
    assert len(study.trials) == 2
    assert study.best_value == tuner.oracle.get_best_trials()[0].score


def test_the_tuner_for_scikit_learn(tmp_path):
    def neighbours(hp):
        return KNeighborsClassifier(
            hp.Int("n_neighbors", 1, 3), weights=hp.Choice("w", ["uniform"])
        )

    oracle = kt.oracles.RandomSearchOracle(kt.Objective("score", "max"), max_trials=3, seed=0)
    tuner = kt.SklearnTuner(oracle, neighbours, cv=KFold(2), directory=tmp_path)
    tuner.oracle.verbose = 0
    tuner.search(X, y)
    study = to_study(tuner)
    assert study.best_value == tuner.oracle.get_best_trials()[0].score
    assert study.trials[0].distributions["n_neighbors"] == IntDistribution(1, 3)
    assert study.trials[0].params["w"] == "uniform"


def test_one_name_in_two_scopes_has_one_distribution(tmp_path):
    def neighbours(hp):
        weights = hp.Choice("weights", ["uniform", "distance"])
        for kind, low, high in (("uniform", 1, 3), ("distance", 5, 9)):
            with hp.conditional_scope("weights", [kind]):
                if weights == kind:
                    k = hp.Int("k", low, high)
        return KNeighborsClassifier(k, weights=weights)

    oracle = kt.oracles.RandomSearchOracle(
        kt.Objective("score", "max"), max_trials=6, seed=0, max_consecutive_failed_trials=6
    )
    tuner = kt.SklearnTuner(oracle, neighbours, cv=KFold(2), directory=tmp_path)
    tuner.oracle.verbose = 0
    tuner.search(X, y)
    study = to_study(tuner)
    # Keras Tuner 1.4.8 drops the value of a name whose last scope is inactive: those trials fail.
    for trial in study.trials:
        assert ("k" in trial.params) == (trial.state == TrialState.COMPLETE)
        if "k" in trial.params:
            assert trial.params["weights"] == "distance"
            assert trial.distributions["k"] == IntDistribution(1, 9)
    assert {t.state for t in study.trials} == {TrialState.COMPLETE, TrialState.FAIL}


class Broken(keras.layers.Layer):
    def call(self, inputs, **kwargs):
        raise ValueError("una causa\nen dos líneas")


def test_the_error_of_a_failed_trial_is_its_cause(tmp_path):
    """Keras ends its messages with the arguments of the call, not with what went wrong."""

    def broken(hp):
        layers = [keras.layers.Dense(1), keras.layers.Reshape((7,)), Broken()]
        model = keras.Sequential([keras.Input((3,)), layers[hp.Int("layer", 0, 2)]])
        model.compile("sgd", "mse")
        return model

    settings = {"directory": tmp_path, "max_consecutive_failed_trials": 9}
    tuner = kt.GridSearch(broken, "val_loss", max_trials=3, **settings)
    tuner.oracle.verbose = 0
    tuner.search(X, y, validation_data=(X, y), verbose=0)
    errors = [trial.user_attrs["error"] for trial in to_study(tuner).trials[1:]]
    assert errors[0].startswith("ValueError: Exception encountered when calling Reshape.call()")
    assert "total size of the tensor must be unchanged" in errors[0]
    assert errors[1].endswith("una causa en dos líneas")
    for error in errors:
        assert not any(part in error for part in ("kwargs", "\x1b", "Traceback", "File "))


@pytest.mark.parametrize(
    ("objective", "message"),
    [
        ("val_loss", r"objetivo «val_loss».*con otro \(parece que con val_accuracy\)"),
        (kt.Objective("val_auc", "max"), "objetivo «val_auc»"),
        (kt.Objective("val_accuracy", "min"), "objetivo «val_accuracy»"),
    ],
)
def test_a_project_reloaded_with_another_objective_is_refused(tuner, objective, message):
    folder = {"directory": tuner.directory, "project_name": "search"}
    with pytest.raises(ValueError, match=message):
        to_study(kt.RandomSearch(build, objective, max_trials=4, **folder))
    same = kt.RandomSearch(build, "val_accuracy", max_trials=4, **folder)
    assert [t.value for t in to_study(same).trials] == [t.value for t in to_study(tuner).trials]


def test_several_objectives_and_an_oracle_that_scores_in_its_own_way(tmp_path):
    tuner = run(kt.RandomSearch, tmp_path, objective=["val_loss", "loss"], max_trials=2)
    assert to_study(tuner).user_attrs["metrics"] == ["multi_objective"]

    class Halved(kt.oracles.RandomSearchOracle):
        def score_trial(self, trial):
            super().score_trial(trial)
            trial.score /= 2

    oracle = Halved(kt.Objective("score", "max"), max_trials=2, seed=0)
    tuner = kt.SklearnTuner(
        oracle, lambda hp: KNeighborsClassifier(hp.Int("k", 1, 3)), cv=KFold(2), directory=tmp_path
    )
    tuner.oracle.verbose = 0
    tuner.search(X, y)
    assert to_study(tuner).best_value == tuner.oracle.get_best_trials()[0].score


def test_a_search_cut_off_in_its_first_trial_has_no_results(tmp_path):
    def interrupted(hp):
        if len(drawn) == 1:  # the tuner builds once to learn the space
            raise KeyboardInterrupt
        drawn.append(hp.Int("units", 2, 9))
        return build(hp)

    drawn: list[int] = []
    cut = kt.RandomSearch(interrupted, "val_loss", 2, directory=tmp_path)
    with pytest.raises(KeyboardInterrupt):
        cut.search(X, y, validation_data=(X, y), verbose=0)
    assert [trial.status for trial in cut.oracle.trials.values()] == ["RUNNING"]
    with pytest.raises(ValueError, match="ejecuta otra vez su celda"):
        to_study(cut)


def test_bad_input_is_explained(tuner, tmp_path):
    fresh = kt.RandomSearch(build, "val_loss", 2, directory=tmp_path)
    with pytest.raises(ValueError, match=r"llama antes a RandomSearch\.search"):
        to_study(fresh)
    with pytest.raises(ValueError, match="sin space"):
        to_study(tuner, {"layers": [1, 2]})
    with pytest.raises(TypeError, match="no sabe leer un objeto de tipo HyperParameters"):
        to_study(tuner.oracle.get_space())


# A conditional hyperparameter that one trial alone had makes an axis of one value.
@pytest.mark.filterwarnings("ignore:Attempting to set identical low and high xlims:UserWarning")
@pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")
def test_optuna_draws_it(tuner, hyperband):
    import matplotlib
    from matplotlib import pyplot as plt

    matplotlib.use("agg")
    for search in (tuner, hyperband):
        study = to_study(search)
        optuna.visualization.matplotlib.plot_optimization_history(study)
        assert len(study.trials_dataframe()) == len(study.trials)
        optuna.visualization.matplotlib.plot_slice(study)
        optuna.visualization.matplotlib.plot_intermediate_values(study)
    plt.close("all")
