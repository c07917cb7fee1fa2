"""to_study over the space of spaces: drawn values, distributions, subspaces, conditions, scores.

Whatever the search, the study holds every candidate with its own settings, on axes that Optuna
accepts and can store; what cannot be read is a sentence that names the hyperparameter.
"""

import contextlib
import itertools
import math
import warnings
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from optuna.distributions import CategoricalDistribution, distribution_to_json, json_to_distribution
from optuna.trial import TrialState
from optuna.visualization import matplotlib
from properties import cases
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import GridSearchCV, HalvingRandomSearchCV, RandomizedSearchCV
from study_searches import Anything, X, y
from study_strategies import (
    ALLOWED,
    GRIDS,
    LISTS,
    NAMES,
    RANGES,
    SCORES,
    SUBSPACES,
    UNWRITABLE,
    VALUES,
    configuration_spaces,
    hyperopt_spaces,
)

from course_utils import boundary_report, to_study
from course_utils.study._axes import Range, make_axis
from course_utils.study._table import Row, Table, as_study

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("error:::optuna")]


class Draws:
    """A scorer that returns drawn numbers in turn."""

    def __init__(self, scores):
        self.scores = itertools.cycle(scores)

    def __call__(self, model, X, y):
        return next(self.scores)


def fitted(search):
    """Fit a search; whatever scikit-learn says of odd scores or repeated points is its own."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return search.fit(X, y)


# --- what holds for every study ------------------------------------------------------------------
def read(table_or_search, candidates, *space):
    """Read a search, or make sure that what stands in its way is named; then check the study."""
    spoiled = {n for params in candidates for n, v in params.items() if v is UNWRITABLE}
    is_table = isinstance(table_or_search, Table)
    try:
        study = as_study(table_or_search) if is_table else to_study(table_or_search, *space)
    except ValueError as error:
        named = [name for name in NAMES if f"hiperparámetro «{name}»" in str(error)]
        assert named and "no soy un texto" in str(error)
        return None
    assert not spoiled
    check(study, candidates)
    return study


def check(study, candidates):
    assert len(study.trials) == len(candidates)
    axes, held = defaultdict(set), defaultdict(list)
    for trial, params in zip(study.trials, candidates, strict=True):
        assert trial.params.keys() == params.keys() == trial.distributions.keys()
        for name, value in params.items():
            axes[name].add(trial.distributions[name])
            held[name].append((value, trial.params[name]))
    for name, pairs in held.items():
        (axis,) = axes[name]
        check_axis(axis, pairs)
    assert len(study.trials_dataframe()) == len(candidates)
    if any(trial.state == TrialState.COMPLETE for trial in study.trials):
        check_report(study)


def check_axis(axis, pairs):
    assert json_to_distribution(distribution_to_json(axis)) == axis
    for value, kept in pairs:
        stored = axis.to_internal_repr(kept)
        assert axis._contains(stored)
        back = axis.to_external_repr(stored)
        assert back == kept
        if isinstance(axis, CategoricalDistribution):
            assert type(back) is type(kept)
        if isinstance(value, str) or not isinstance(kept, str):
            assert kept == value and isinstance(kept, bool) == isinstance(value, bool | np.bool_)
        else:
            assert " at 0x" not in kept
    for (one, kept_one), (other, kept_other) in itertools.combinations(pairs, 2):
        if kept_one == kept_other and type(kept_one) is type(kept_other):
            assert same(one, other), (one, other, kept_one)


def same(one, other):
    """Tell whether two settings are one; two estimators of one ``repr`` are."""
    if one is other or str(one) == str(other):
        return True
    return bool(np.all(one == other)) or (one != one and other != other)


def check_report(study):
    report = boundary_report(study).set_index("hiperparámetro")
    best = study.best_trial
    assert list(report.index) == list(best.params)
    for name, row in report.iterrows():
        axis = best.distributions[name]
        closed = not isinstance(axis, CategoricalDistribution) and not axis.single()
        closed = closed and name not in study.user_attrs.get("observed_range", [])
        assert (row["en el borde"] != "—") == closed
        assert row["mejor"] == best.params[name] or best.params[name] is None
        if closed:
            assert row["mínimo"] <= row["mejor"] <= row["máximo"]


# --- the libraries -------------------------------------------------------------------------------
def check_scikit_learn(search):
    results = search.cv_results_
    study = read(search, results["params"])
    if study is None:
        return
    means = results["mean_test_score"]
    failed = [trial.state == TrialState.FAIL for trial in study.trials]
    assert failed == list(np.isnan(means))
    if not all(failed):
        assert study.best_value == search.best_score_
        assert study.best_trial.number == search.best_index_


@cases(80)
@given(GRIDS, SCORES)
def test_every_grid(grids, scores):
    sizes = [math.prod(len(values) for values in grid.values()) for grid in grids]
    assume(sum(sizes) <= 12)
    search = GridSearchCV(Anything(), grids, cv=2, scoring=Draws(scores), refit=False)
    check_scikit_learn(fitted(search))


@cases(150)
@given(SUBSPACES, SCORES, st.integers(1, 6), st.integers(0, 99))
def test_every_random_search(subspaces, scores, n_iter, seed):
    settings = {"cv": 2, "scoring": Draws(scores), "refit": False, "random_state": seed}
    check_scikit_learn(fitted(RandomizedSearchCV(Anything(), subspaces, n_iter=n_iter, **settings)))


@cases(10)
@given(st.dictionaries(st.sampled_from(NAMES), ALLOWED, min_size=1, max_size=2), SCORES)
def test_every_study_is_drawn(space, scores):
    settings = {"cv": 2, "scoring": Draws(scores), "refit": False, "random_state": 0}
    search = fitted(RandomizedSearchCV(Anything(), space, n_iter=4, **settings))
    study = read(search, search.cv_results_["params"])
    if study is None or all(trial.state == TrialState.FAIL for trial in study.trials):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about missing glyphs and axes of one value
        for draw in (matplotlib.plot_slice, matplotlib.plot_contour, matplotlib.plot_rank):
            drawn: Any = draw(study)
            np.ravel(drawn)[0].figure.canvas.draw()
            plt.close("all")


@cases(40)
@given(
    st.dictionaries(st.sampled_from(NAMES), ALLOWED, min_size=1, max_size=2),
    SCORES,
    st.integers(2, 8),
    st.sampled_from(["n_samples", "integers"]),
)
def test_every_halving_search(space, scores, n_candidates, resource):
    settings: dict[str, Any] = {"min_resources": 4, "max_resources": 12, "factor": 2}
    settings |= {
        "random_state": 0,
        "cv": 2,
        "refit": False,
        "scoring": Draws(scores),
        "resource": resource,
    }
    search = HalvingRandomSearchCV(Anything(), space, n_candidates=n_candidates, **settings)
    results = fitted(search).cv_results_
    spoiled = any(value is UNWRITABLE for p in results["params"] for value in p.values())
    if spoiled:
        with pytest.raises(ValueError, match="no soy un texto"):
            to_study(search)
        return
    study = to_study(search)
    assert len(study.trials) == search.n_candidates_[0]
    last = max(t.user_attrs["iter"] for t in study.trials)
    for trial in study.trials:
        complete = trial.user_attrs["iter"] == last
        assert trial.state == TrialState.FAIL or (trial.state == TrialState.COMPLETE) == complete
    if any(trial.state == TrialState.COMPLETE for trial in study.trials):
        assert study.best_value == search.best_score_
        rows = [trial.number for trial in study.trials if trial.user_attrs["iter"] == last]
        first = len(results["params"]) - len(rows)
        assert rows.index(study.best_trial.number) == search.best_index_ - first
        check_report(study)


@cases(60)
@given(hyperopt_spaces(), SCORES, st.integers(0, 99))
def test_every_space_of_hyperopt(space, scores, seed):
    from hyperopt import Trials, fmin, rand
    from hyperopt.exceptions import AllTrialsFailed

    losses, trials = itertools.cycle(scores), Trials()
    settings = {"rstate": np.random.default_rng(seed), "show_progressbar": False}
    with warnings.catch_warnings(), contextlib.suppress(AllTrialsFailed):
        warnings.simplefilter("ignore")
        fmin(lambda config: next(losses), space, rand.suggest, 4, trials=trials, **settings)
    study = to_study(trials, space)
    assert [set(trial.params) for trial in study.trials] == [
        {name for name, values in document["misc"]["vals"].items() if values}
        for document in trials.trials
    ]
    held = [list(trial.params.items()) for trial in study.trials]
    check(study, [dict(params) for params in held])


@cases(60)
@given(configuration_spaces())
def test_every_space_of_configspace(space):
    """What TPOT and SMAC hand over; they themselves take seconds a search."""
    from course_utils.study import _configspace

    candidates = [dict(space.sample_configuration()) for _ in range(4)]
    rows = [Row(TrialState.COMPLETE, [float(i)], params) for i, params in enumerate(candidates)]
    specs = {name: [_configspace.spec(space[name])] for name in space}
    study = read(Table(["cost"], ["minimize"], rows, specs), candidates)
    for name in space:
        if hasattr(space[name], "lower") and name in study.trials[0].distributions:
            axis = study.trials[0].distributions[name]
            assert (axis.low, axis.high) == (space[name].lower, space[name].upper)
            assert axis.log == space[name].log


@cases(600)
@given(
    st.lists(st.one_of(LISTS, RANGES), max_size=3),
    st.lists(VALUES, min_size=1, max_size=4),
)
def test_every_axis(specs, seen):
    if any(value is UNWRITABLE for spec in specs if not isinstance(spec, Range) for value in spec):
        with pytest.raises(RuntimeError):
            make_axis(specs, seen)
        return
    axis = make_axis(specs, seen)
    check_axis(axis.distribution, [(value, axis.write(value)) for value in seen])
