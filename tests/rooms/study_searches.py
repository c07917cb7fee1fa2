"""One small search of every library over every kind of hyperparameter that it can hold.

Each function returns finished searches, with the space where ``to_study`` asks for it. The names
of the hyperparameters are the kinds of the table in the docstring of ``to_study``.
"""

import math
import warnings
from typing import Any

import numpy as np
from scipy.stats import loguniform, norm, randint, uniform
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

X = np.arange(12.0).reshape(-1, 1)
y = np.tile([0, 1], 6)

NUMBERS, POWERS = [1, 2, 7], [0.1, 1, 10]
ODD_NUMBERS = [1.0, math.inf, math.nan]
WORDS = ["a", "b", True]
NOTHING = ["a", None]


def double(value):
    return 2 * value


OBJECTS = [double, StandardScaler(), LogisticRegression]


class Opaque:
    """A distribution that tells nothing but its draws."""

    def rvs(self, random_state=None):
        return random_state.uniform()


class Anything(ClassifierMixin, BaseEstimator):
    """Takes any settings, learns nothing, and is always half right."""

    def __init__(
        self,
        numbers=1,
        powers=1,
        odd_numbers=1,
        words="a",
        nothing=None,
        objects=None,
        uniform=0.5,
        logarithmic=1.0,
        integers=1,
        stepped=1.0,
        unbounded=0.0,
        opaque=0.0,
        constant=0,
        conditional=0,
        several=0,
    ):
        self.numbers = numbers
        self.powers = powers
        self.odd_numbers = odd_numbers
        self.words = words
        self.nothing = nothing
        self.objects = objects
        self.uniform = uniform
        self.logarithmic = logarithmic
        self.integers = integers
        self.stepped = stepped
        self.unbounded = unbounded
        self.opaque = opaque
        self.constant = constant
        self.conditional = conditional
        self.several = several

    def fit(self, X, y):
        self.classes_ = [0, 1]
        return self

    def predict(self, X):
        return [0] * len(X)


def sklearn():
    from sklearn.model_selection import RandomizedSearchCV

    space = {
        "numbers": NUMBERS,
        "powers": POWERS,
        "odd_numbers": ODD_NUMBERS,
        "words": WORDS,
        "nothing": NOTHING,
        "objects": OBJECTS,
        "uniform": uniform(0, 2),
        "logarithmic": loguniform(1e-3, 1e2),
        "integers": randint(1, 9),
        "unbounded": norm(),
        "opaque": Opaque(),
        "constant": [3],
        "several": [1, 2],
    }
    spaces = [space, {"conditional": [1, 2], "several": uniform(0, 1)}]
    search = RandomizedSearchCV(Anything(), spaces, n_iter=40, cv=2, random_state=0)
    return [search.fit(X, y)]


def skopt():
    from skopt import BayesSearchCV
    from skopt.space import Categorical, Integer, Real

    space = {
        "numbers": Categorical(NUMBERS),
        "powers": POWERS,
        "odd_numbers": Categorical(ODD_NUMBERS[:2]),  # it never finds nan again
        "words": WORDS,
        "nothing": Categorical(NOTHING),
        "objects": Categorical(OBJECTS),
        "uniform": (0.0, 2.0),
        "logarithmic": Real(1e-3, 1e2, prior="log-uniform"),
        "integers": Integer(1, 8),
        "constant": Categorical([3]),
        "several": [1, 2, 3],
    }
    spaces = [(space, 10), ({"conditional": (1, 5), "several": (0.0, 1.0)}, 5)]
    settings = {
        "optimizer_kwargs": {"base_estimator": "ET", "n_initial_points": 15},
        "cv": 2,
        "random_state": 0,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about upcoming versions and repeated points
        return [BayesSearchCV(Anything(), spaces, **settings).fit(X, y)]


def sklearn_genetic():
    from sklearn_genetic import GASearchCV
    from sklearn_genetic.space import Categorical, Continuous, Integer

    space = {
        "numbers": Categorical(NUMBERS),
        "powers": Categorical(POWERS),
        "odd_numbers": Categorical(ODD_NUMBERS),
        "words": Categorical(WORDS),
        "nothing": Categorical(NOTHING),
        "objects": Categorical(OBJECTS),
        "uniform": Continuous(0, 2),
        "logarithmic": Continuous(1e-3, 1e2, distribution="log-uniform"),
        "integers": Integer(1, 8),
        "constant": Categorical([3]),
    }
    settings = {"population_size": 4, "generations": 2, "verbose": False, "use_cache": False}
    return [GASearchCV(Anything(), param_grid=space, cv=2, **settings).fit(X, y)]


def hyperopt():
    from hyperopt import Trials, fmin, hp, rand

    space = {
        "numbers": hp.choice("numbers", NUMBERS),
        "powers": hp.choice("powers", POWERS),
        "odd_numbers": hp.choice("odd_numbers", ODD_NUMBERS),
        "words": hp.choice("words", WORDS),
        "nothing": hp.choice("nothing", NOTHING),
        "objects": hp.choice("objects", OBJECTS),
        "uniform": hp.uniform("uniform", 0, 2),
        "logarithmic": hp.loguniform("logarithmic", -7, 5),
        "integers": hp.randint("integers", 1, 9),
        "stepped": hp.quniform("stepped", 0, 2, 0.5),
        "unbounded": hp.normal("unbounded", 0, 1),
        "constant": hp.choice("constant", [3]),
        "branch": hp.choice("branch", [hp.uniform("conditional", 0, 1), 0.5]),
    }
    trials, generator = Trials(), np.random.default_rng(0)
    settings = {"trials": trials, "rstate": generator, "show_progressbar": False}
    fmin(lambda config: config["uniform"], space, rand.suggest, 12, **settings)
    return [(trials, space)]


def keras_tuner(folder):
    from keras_tuner import Objective, SklearnTuner
    from keras_tuner.oracles import RandomSearchOracle
    from sklearn.model_selection import KFold

    def build(hp):
        hp.Choice("numbers", NUMBERS)
        hp.Choice("powers", [float(value) for value in POWERS])
        hp.Choice("odd_numbers", ODD_NUMBERS[:2])
        hp.Choice("words", ["a", "b"])
        hp.Float("uniform", 0, 2)
        hp.Float("logarithmic", 1e-3, 1e2, sampling="log")
        hp.Int("integers", 1, 8)
        hp.Float("stepped", 0, 2, step=0.5)
        hp.Fixed("constant", 3)
        branch = hp.Choice("branch", ["left", "right"])
        with hp.conditional_scope("branch", ["left"]):
            if branch == "left":
                hp.Float("conditional", 0, 1)
                hp.Int("several", 1, 2)
        with hp.conditional_scope("branch", ["right"]):
            if branch == "right":
                hp.Float("several", 3, 4)
        return Anything()

    settings = {"max_trials": 12, "seed": 0, "max_consecutive_failed_trials": 12}
    oracle = RandomSearchOracle(Objective("score", "max"), **settings)
    tuner = SklearnTuner(oracle, build, cv=KFold(2), directory=folder)
    oracle.verbose = 0
    tuner.search(X, y)
    return [tuner]


def configuration_space():
    from ConfigSpace import Categorical, ConfigurationSpace, EqualsCondition, Float, Integer

    space = ConfigurationSpace(
        {
            "numbers": Categorical("numbers", NUMBERS),
            "powers": Categorical("powers", POWERS, ordered=True),
            "odd_numbers": Categorical("odd_numbers", ODD_NUMBERS[:2]),
            "words": Categorical("words", WORDS),
            "nothing": Categorical("nothing", NOTHING),
            "uniform": Float("uniform", (0, 2)),
            "logarithmic": Float("logarithmic", (1e-3, 1e2), log=True),
            "integers": Integer("integers", (1, 8)),
            "conditional": Float("conditional", (0, 1)),
            "constant": 3,
        },
        seed=0,
    )
    space.add(EqualsCondition(space["conditional"], space["words"], "a"))
    return space


def tpot():
    from ConfigSpace import Categorical, ConfigurationSpace

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pkg_resources, and changes to come in pandas
        from tpot import TPOTEstimator
        from tpot.search_spaces.nodes import EstimatorNode
        from tpot.search_spaces.pipelines import ChoicePipeline

        settings: dict[str, Any] = {
            "cv": 2,
            "population_size": 12,
            "generations": 1,
            "random_state": 0,
        }
        settings |= {"scorers": ["accuracy"], "scorers_weights": [1], "classification": True}
        settings |= {"processes": False, "n_jobs": 1, "verbose": 0}
        space = configuration_space()
        space.add(Categorical("objects", OBJECTS))
        one = TPOTEstimator(EstimatorNode(Anything, space), **settings).fit(X, y)
        nodes = [EstimatorNode(Anything, ConfigurationSpace({"several": (1, 2)}))]
        nodes += [EstimatorNode(Anything, ConfigurationSpace({"several": (3.0, 4.0)}))]
        return [one, TPOTEstimator(ChoicePipeline(nodes), **settings).fit(X, y)]


def smac(folder):
    from smac import RandomFacade, Scenario

    def cost(config, seed=0):
        return config["uniform"]

    scenario = Scenario(
        configuration_space(), deterministic=True, n_trials=12, seed=0, output_directory=folder
    )
    search = RandomFacade(scenario, cost, overwrite=True, logging_level=50)
    search.optimize()
    return [search]
