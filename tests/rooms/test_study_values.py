"""to_study on values and distributions that Optuna has no words for, in real searches."""

import enum
import functools
from typing import Any

import numpy as np
import optuna
import pytest
from matplotlib import pyplot as plt
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from scipy import stats
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from study_searches import Anything, Opaque, X, double, y

from course_utils import boundary_report, to_study


def grid(values):
    return to_study(GridSearchCV(Anything(), {"numbers": values}, cv=2).fit(X, y))


def drawn(distribution, n_iter=6, seed=0):
    space = {"numbers": distribution} if not isinstance(distribution, list) else distribution
    search = RandomizedSearchCV(Anything(), space, n_iter=n_iter, cv=2, random_state=seed)
    return to_study(search.fit(X, y)), search


def axis(study, name="numbers"):
    return next(t.distributions[name] for t in study.trials if name in t.params)


def edge(study, name="numbers"):
    return boundary_report(study).set_index("hiperparámetro")["en el borde"][name]


# --- infinity, NaN and numbers too large for a float ---------------------------------------------
@pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")
@pytest.mark.parametrize(
    ("odd", "name"),
    [
        (np.inf, "inf"),
        (-np.inf, "-inf"),
        (np.nan, "nan"),
        (np.float32("nan"), "nan"),
        (2**60, 2**60),
        pytest.param(10**400, f"int({10**400})", id="10**400"),
    ],
)
def test_a_number_off_every_line_is_a_category_and_every_plot_draws(odd, name):
    study = grid([1, 10, odd])
    assert axis(study) == CategoricalDistribution([1, 10, name])
    assert [trial.params["numbers"] for trial in study.trials] == [1, 10, name]
    draw = optuna.visualization.matplotlib
    for plot in (draw.plot_slice, draw.plot_rank, draw.plot_parallel_coordinate):
        drawn: Any = plot(study)
        np.ravel(drawn)[0].figure.canvas.draw()
        plt.close("all")
    assert edge(study) == "—"


def test_missing_values_of_an_imputer():
    space = {"missing_values": [np.nan, 0], "strategy": ["mean", "median"]}
    search = GridSearchCV(SimpleImputer(), space, cv=2, scoring=lambda *_: 1.0)
    study = to_study(search.fit(X, y))
    assert axis(study, "missing_values") == CategoricalDistribution(["nan", 0])


# --- distributions -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        (stats.uniform, FloatDistribution(0, 1)),  # not frozen
        (stats.uniform(2, 3), FloatDistribution(2, 5)),
        (stats.loguniform(1e-3, 1), FloatDistribution(1e-3, 1, log=True)),
        (stats.randint(1, 9), IntDistribution(1, 8)),
        (stats.rv_discrete(values=([2, 5, 9], [0.2, 0.3, 0.5])), IntDistribution(2, 9)),
        (stats.rv_discrete(values=([0.25, 0.5], [0.5, 0.5])), FloatDistribution(0.25, 0.5)),
        (stats.rv_histogram(np.histogram([0, 1, 2, 4], 2)), FloatDistribution(0, 4)),
        (stats.truncnorm(-1, 1), FloatDistribution(-1, 1)),
        (stats.beta(2, 2), FloatDistribution(0, 1)),
    ],
)
def test_the_bounds_of_a_distribution(distribution, expected):
    study, _ = drawn(distribution)
    assert axis(study) == expected
    assert edge(study) in ("sí", "no")


@pytest.mark.parametrize(
    "distribution",
    [
        stats.norm(),
        stats.norm,
        stats.expon(),
        stats.lognorm(1),
        stats.poisson(3),
        stats.geom(0.3),
        Opaque(),
    ],
)
def test_the_edge_of_what_was_merely_seen_is_no_edge(distribution):
    study, search = drawn(distribution)
    assert study.user_attrs["observed_range"] == ["numbers"]
    assert edge(study) == "—"
    seen = [params["numbers"] for params in search.cv_results_["params"]]
    assert [trial.params["numbers"] for trial in study.trials] == seen
    assert axis(study).low <= min(seen) and max(seen) <= axis(study).high
    assert isinstance(axis(study), IntDistribution) == all(isinstance(v, int) for v in seen)


def test_a_distribution_that_draws_arrays_becomes_categories():
    study, _ = drawn(stats.dirichlet([1, 1]), n_iter=3)
    assert len(axis(study).choices) == 3


def test_a_linear_distribution_is_never_taken_for_a_logarithmic_one():
    for seed in range(12):  # some draw 1, 2 and 4, evenly spaced on a logarithmic axis
        study, _ = drawn(stats.randint(1, 5), n_iter=3, seed=seed)
        assert axis(study) == IntDistribution(1, 4)


# --- several subspaces ---------------------------------------------------------------------------
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_a_list_and_a_distribution_share_one_axis_and_no_value_is_changed(seed):
    spaces = [{"numbers": [1, 2]}, {"numbers": stats.uniform(0.25, 0.5)}]
    study, search = drawn(spaces, n_iter=12, seed=seed)
    assert axis(study) == FloatDistribution(0.25, 2)
    params = [trial.params for trial in study.trials]
    assert params == search.cv_results_["params"]
    assert {type(p["numbers"]) for p in params} == {int, float}


def test_none_beside_a_distribution_leaves_its_numbers_numbers():
    study, search = drawn([{"numbers": [None]}, {"numbers": stats.randint(1, 9)}], n_iter=12)
    assert [trial.params for trial in study.trials] == search.cv_results_["params"]
    assert {type(trial.params["numbers"]) for trial in study.trials} == {int, type(None)}
    assert edge(study) == "—"


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_a_text_beside_a_logarithmic_distribution_leaves_its_numbers_numbers(seed):
    spaces = [{"numbers": ["scale"]}, {"numbers": stats.loguniform(1e-3, 1)}]
    study, search = drawn(spaces, n_iter=12, seed=seed)
    assert [trial.params for trial in study.trials] == search.cv_results_["params"]
    seen = dict.fromkeys(params["numbers"] for params in search.cv_results_["params"])
    assert axis(study) == CategoricalDistribution(["scale", *(v for v in seen if v != "scale")])


# --- functions and objects -----------------------------------------------------------------------
class Nameless:
    """Shows its address."""


class Colour(enum.Enum):
    RED = 1


def test_functions_and_objects_have_names_without_addresses():
    values = [double, np.log1p, Nameless, Nameless(), StandardScaler(with_mean=False)]
    values += [functools.partial(double, 2), FunctionTransformer(double), Colour.RED]
    values += [(1, "a"), {"b", "a"}, np.array([1, 2]), np.datetime64("2020-01-02", "ns"), 1j]
    names = [trial.params["numbers"] for trial in grid(values).trials]
    module = Nameless.__module__
    assert names == [
        "double",
        "log1p",
        "Nameless",
        f"<{module}.Nameless object>",
        "StandardScaler(with_mean=False)",
        "functools.partial(<function double>, 2)",
        "FunctionTransformer(func=<function double>)",
        "Colour.RED",
        "(1, 'a')",
        "{a, b}",
        "[1 2]",
        "2020-01-02T00:00:00.000000000",
        "1j",
    ]


def test_different_objects_of_one_name_stay_apart():
    values = [lambda x: x, lambda x: -x, Nameless(), Nameless(), "<lambda>"]
    names = [trial.params["numbers"] for trial in grid(values).trials]
    assert names[:2] == ["<lambda>[0]", "<lambda>[1]"]
    assert names[4] == "<lambda>"
    assert len(set(names)) == 5


def test_two_estimators_of_the_same_settings_are_one_category():
    assert axis(grid([StandardScaler(), StandardScaler()])).choices == ("StandardScaler()",)


def test_values_that_python_takes_for_equal_stay_apart():
    study = grid(["a", 1, True, 1.0, "True"])
    names = [trial.params["numbers"] for trial in study.trials]
    assert len(set(names)) == 5
    assert [axis(study).to_internal_repr(name) for name in names] == [0, 1, 2, 3, 4]


# --- what cannot be read -------------------------------------------------------------------------
class Unwritable:
    def __str__(self):
        raise RuntimeError("no soy un texto")


def test_a_value_that_cannot_be_written_is_named():
    with pytest.raises(ValueError, match=r"«numbers».*RuntimeError: no soy un texto"):
        grid([1, Unwritable()])


def test_a_distribution_without_usable_bounds_is_named():
    class Endless(stats.rv_continuous):
        def _ppf(self, q):
            return q

        def support(self):
            raise RuntimeError("sin bordes")

    with pytest.raises(ValueError, match=r"«numbers».*RuntimeError: sin bordes"):
        drawn(Endless())
