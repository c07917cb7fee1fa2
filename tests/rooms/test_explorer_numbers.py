"""The numbers of the explorers, against closed forms, brute force or the libraries themselves."""

from __future__ import annotations

import inspect
import itertools
import math
from importlib import import_module

import numpy as np
import pytest
from scipy import stats
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Matern
from sklearn.metrics import average_precision_score, confusion_matrix, roc_auc_score

import course_utils
from course_utils import trial_bank
from course_utils.widgets._toy import toy_score
from course_utils.widgets.evolution import evolution, random_best
from course_utils.widgets.gp import expected_improvement, gaussian_process, gp_search
from course_utils.widgets.grid_vs_random import grid_vs_random
from course_utils.widgets.halving import halving_race
from course_utils.widgets.hyperband import hyperband, hyperband_brackets
from course_utils.widgets.luck import luck
from course_utils.widgets.schedule import (
    learning_rates,
    schedule_on_valley,
    valley_descent,
    valley_loss,
)
from course_utils.widgets.sixty_trials import sixty_trials
from course_utils.widgets.threshold import EXPLORER as THRESHOLD
from course_utils.widgets.threshold import threshold
from course_utils.widgets.tpe import parzen_density, tpe_search
from course_utils.widgets.workers import timelines
from tools import explorer_lab


@pytest.fixture(scope="module")
def table():
    return trial_bank("svm_digits").scores()


def test_every_public_function_is_typed_and_documented():
    for name in explorer_lab.names():
        module = import_module(getattr(course_utils, name).__module__)
        for function in vars(module).values():
            if not inspect.isfunction(function) or function.__name__ not in module.__all__:
                continue
            signature = inspect.signature(function)
            assert signature.return_annotation is not inspect.Signature.empty, function
            assert all(p.annotation is not p.empty for p in signature.parameters.values()), function
            text = inspect.getdoc(function) or ""
            if function.__name__ != name:
                assert "Parameters\n-----" in text and "Returns\n-----" in text, function


# --- grid and chance -----------------------------------------------------------------------------
def test_grid_vs_random_gives_the_figures_of_lesson_03():
    equal, one = grid_vs_random(3, 1), grid_vs_random(3, 10)
    assert (round(equal.grid_height, 2), round(equal.chance_height, 2)) == (0.68, 0.52)
    assert (round(one.grid_height, 2), round(one.chance_height, 2)) == (0.83, 0.87)
    assert round(one.chance_wins, 2) == 0.61


@pytest.mark.parametrize("per_axis", [2, 3, 5])
def test_both_designs_spend_the_same_and_chance_tries_more_values(per_axis):
    result = grid_vs_random(per_axis, 4)
    assert result.grid.shape == result.chance.shape == (per_axis**2, 2)
    assert result.grid_values == len(np.unique(result.grid[:, 0])) == per_axis
    assert result.chance_values == len(np.unique(result.chance[:, 0])) == per_axis**2
    np.testing.assert_allclose(result.grid.mean(axis=0), 0.5)


def test_with_one_useless_axis_the_grid_is_as_high_as_its_projection():
    # Mean of exp(-d²/2s²) over the distance d of a uniform peak to the nearest of k levels.
    result = grid_vs_random(3, 1e6, repeats=200_000)
    half, s = 1 / 6, 0.15
    exact = s * math.sqrt(2 * math.pi) * (stats.norm.cdf(half / s) - 0.5) / half
    assert result.grid_height == pytest.approx(exact, abs=0.002)


# --- sixty trials --------------------------------------------------------------------------------
@pytest.mark.parametrize("top", [0.01, 0.05, 0.2])
def test_needed_is_the_smallest_number_that_reaches_95_percent(top):
    needed = sixty_trials(1, top).needed
    assert sixty_trials(needed, top).probability >= 0.95
    assert sixty_trials(needed - 1, top).probability < 0.95


def test_sixty_trials_by_brute_force():
    result = sixty_trials(60, 0.05)
    assert result.probability == pytest.approx(0.953930, abs=1e-6)
    assert result.curve[60] == result.probability
    best = np.random.default_rng(0).random((20_000, 60)).min(axis=1)
    assert (best <= 0.05).mean() == pytest.approx(result.probability, abs=0.006)


@pytest.mark.parametrize("trials", [20, 60, 200])
def test_the_area_under_the_density_is_the_probability(trials):
    result = sixty_trials(trials, 0.2)
    area = np.trapezoid(result.density, result.ranks)
    assert area == pytest.approx(result.probability, abs=0.01)


# --- TPE -----------------------------------------------------------------------------------------
def test_toy_score_has_two_hills_and_the_right_one_is_higher():
    grid = np.linspace(0, 1, 1001)
    truth = toy_score(grid)
    tops = [i for i in range(1, 1000) if truth[i] > truth[i - 1] and truth[i] > truth[i + 1]]
    assert len(tops) == 2
    assert truth[tops[1]] == truth.max() == pytest.approx(0.897, abs=1e-3)


def test_parzen_density_is_a_mixture_of_bells_and_the_flat_one():
    points, at = np.array([0.4, 0.5, 0.5]), np.linspace(-1, 2, 3001)
    density = parzen_density(at, points)
    bells = stats.norm.pdf(at[:, None], points, 0.08).sum(axis=1)
    np.testing.assert_allclose(density, (bells + 1) / 4)
    inside = (at >= 0) & (at <= 1)
    assert np.trapezoid(density[inside], at[inside]) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("steps", [0, 7, 30])
@pytest.mark.parametrize("share", [0.05, 0.25, 0.6])
def test_the_good_of_tpe_are_the_best_and_as_many_as_asked(steps, share):
    result = tpe_search(steps, share)
    scores = toy_score(result.tried)
    assert len(scores) == 8 + steps
    assert result.good.sum() == math.ceil(round(share * len(scores), 9))
    assert scores[result.good].min() >= scores[~result.good].max()
    assert result.best == scores.max()
    assert 0 <= result.chosen <= 1
    at = np.array([result.chosen])
    low = parzen_density(at, result.tried[result.good])
    high = parzen_density(at, result.tried[~result.good])
    assert result.ratio == pytest.approx((low / high)[0])


def test_tpe_goes_on_from_where_it_was():
    for step in range(5):
        now, after = tpe_search(step, 0.25), tpe_search(step + 1, 0.25)
        np.testing.assert_array_equal(after.tried[:-1], now.tried)
        assert after.tried[-1] == now.chosen


# --- Gaussian process ----------------------------------------------------------------------------
@pytest.mark.parametrize("scale", [0.05, 0.2, 0.6])
def test_the_gaussian_process_is_that_of_scikit_learn(scale):
    x, at = np.array([0.1, 0.3, 0.35, 0.9]), np.linspace(0, 1, 101)
    mean, std = gaussian_process(x, toy_score(x), at, scale)
    kernel = Matern(length_scale=scale, nu=2.5)
    model = GaussianProcessRegressor(kernel, alpha=1e-8, optimizer=None, normalize_y=True)
    model.fit(x[:, None], toy_score(x))
    expected = model.predict(at[:, None], return_std=True)
    np.testing.assert_allclose(mean, expected[0], atol=1e-7)
    np.testing.assert_allclose(std, expected[1], atol=1e-6)


def test_expected_improvement_is_the_mean_of_the_gains():
    draws = np.random.default_rng(0).normal(size=1_000_000)
    for mean, std, best in ((0.5, 0.1, 0.6), (0.7, 0.2, 0.6), (0.6, 0.05, 0.6)):
        exact = expected_improvement(np.array([mean]), np.array([std]), best)
        assert np.maximum(mean + std * draws - best, 0).mean() == pytest.approx(exact[0], abs=1e-3)
    nothing = expected_improvement(np.array([0.5, 0.7]), np.zeros(2), 0.6)
    np.testing.assert_allclose(nothing, [0, 0.1], atol=1e-9)


def test_gp_search_gives_the_figures_of_lesson_04():
    assert round(gp_search(8, 0.2).chosen, 2) == 0.70
    assert round(gp_search(11, 0.2).best, 3) == 0.894


@pytest.mark.parametrize("scale", [0.05, 0.2, 0.6])
def test_gp_search_goes_on_from_where_it_was(scale):
    runs = [gp_search(trials, scale) for trials in range(3, 15)]
    for now, after in itertools.pairwise(runs):
        np.testing.assert_array_equal(after.tried[:-1], now.tried)
        assert after.tried[-1] == now.chosen
        assert after.best >= now.best
        assert np.isfinite(after.gain).all()


# --- luck ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("candidates", "rows"), [(1, 20), (56, 40), (1000, 1000)])
def test_luck_is_made_of_probabilities(candidates, rows):
    result = luck(candidates, rows)
    assert result.one.sum() == pytest.approx(1)
    assert result.best.sum() == pytest.approx(1)
    np.testing.assert_allclose(
        result.one, stats.binom.pmf(np.arange(rows + 1), rows, 0.5), atol=1e-12
    )
    assert (np.diff(result.curve) > 0).all()
    assert result.curve[0] == pytest.approx(0.5)


def test_luck_by_brute_force():
    result = luck(56, 40)
    assert round(result.expected, 3) == 0.679  # the coins of lesson 02
    hits = np.random.default_rng(0).binomial(40, 0.5, size=(20_000, 56)).max(axis=1)
    assert (hits / 40).mean() == pytest.approx(result.expected, abs=0.002)


# --- threshold -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("cut", "prevalence"), [(1.0, 0.5), (0.0, 0.1), (2.5, 0.02)])
def test_threshold_agrees_with_scikit_learn_on_a_large_sample(cut, prevalence):
    result, rng = threshold(cut, prevalence), np.random.default_rng(0)
    labels = np.arange(400_000) < 400_000 * prevalence
    scores = rng.normal(size=labels.size) + 2.0 * labels
    table = confusion_matrix(labels, scores >= cut) / 40
    np.testing.assert_allclose(result.confusion, table, atol=25)
    assert roc_auc_score(labels, scores) == pytest.approx(result.roc_area, abs=0.005)
    assert average_precision_score(labels, scores) == pytest.approx(result.pr_area, abs=0.01)


def test_prevalence_moves_the_precision_and_not_the_roc():
    half, rare = threshold(1.0, 0.5), threshold(1.0, 0.001)
    np.testing.assert_array_equal(half.roc, rare.roc)
    assert (half.recall, half.false_alarms) == (rare.recall, rare.false_alarms)
    assert rare.precision < 0.01 < half.precision
    for result in (half, rare):
        assert result.confusion.sum() == pytest.approx(10_000)
        assert (np.diff(result.roc) >= 0).all()
        assert result.confusion[1, 1] / result.confusion[:, 1].sum() == pytest.approx(
            result.precision
        )


def test_the_confusion_matrix_writes_its_counts_as_the_prose_does():
    axes = THRESHOLD.picture(threshold(1.0, 0.5), None).axes[0]
    assert {text.get_text() for text in axes.texts} == {"4207", "793"}


# --- evolution -----------------------------------------------------------------------------------
def test_random_best_by_brute_force():
    scores = np.random.default_rng(1).random(6)
    every = [max(draws) for draws in itertools.product(scores, repeat=3)]
    mean = random_best(scores, np.array([1, 3]))
    np.testing.assert_allclose(mean, [scores.mean(), np.mean(every)])


@pytest.mark.parametrize("population", [4, 24, 60])
@pytest.mark.parametrize("mutation", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("aging", [False, True])
def test_evolution_keeps_to_its_budget_and_its_table(table, population, mutation, aging):
    result = evolution(table, population, mutation, aging)
    assert result.seen.shape == result.alive.shape == result.chance.shape == (84,)
    assert (np.diff(result.seen) >= 0).all()
    assert np.isnan(result.alive[: population - 1]).all()
    alive = result.alive[population - 1 :]
    assert (alive <= result.seen[population - 1 :] + 1e-12).all()
    assert result.first.shape == result.last.shape == (population, 2)
    for people in (result.first, result.last):
        assert ((people >= 0) & (people < 24)).all()
    assert 1 / population <= result.distinct <= 1
    if not aging:  # only the worst dies: the best seen is alive
        np.testing.assert_allclose(alive, result.seen[population - 1 :])


def test_the_first_population_is_random_search(table):
    result = evolution(table, 60, 0.5, False, repeats=4000)
    np.testing.assert_allclose(result.seen[:60], result.chance[:60], atol=0.015)


def test_without_mutation_all_become_alike(table):
    still, moving = (evolution(table, 12, m, False) for m in (0.0, 0.5))
    assert still.distinct < moving.distinct
    assert still.seen[-1] < moving.seen[-1]
    genes = [set(still.first[:, axis]) for axis in (0, 1)]
    assert all(set(still.last[:, axis]) <= genes[axis] for axis in (0, 1))


def test_only_aging_can_lose_the_best(table):
    old = evolution(table, 12, 0.5, True)
    assert old.alive[-1] < old.seen[-1]


# --- halving -------------------------------------------------------------------------------------
@pytest.mark.parametrize("factor", [2, 3, 4, 5])
def test_without_noise_the_best_wins_every_race(factor):
    result = halving_race(0.0, factor)
    assert result.wins == 1
    assert result.loss == 0
    assert (result.survives == 1).all()


def test_halving_counts_rounds_and_units():
    result = halving_race(1.0, 3)
    assert result.entrants.tolist() == [27, 9, 3]
    assert result.resources.tolist() == [1, 3, 9]
    assert (result.cost, result.full_cost) == (81, 243)
    assert (~np.isnan(result.observed)).sum(axis=1).tolist() == [27, 9, 3]
    assert halving_race(1.0, 2).entrants.tolist() == [27, 14, 7, 4, 2]


def test_more_noise_kills_the_best_more_often():
    races = [halving_race(noise, 3) for noise in (0.5, 1, 2, 4, 6)]
    assert (np.diff([race.wins for race in races]) < 0).all()
    assert (np.diff([race.loss for race in races]) > 0).all()
    for race in races:
        assert (np.diff(race.survives) <= 0).all()
        assert race.wins == race.survives[-1]


def test_one_round_of_halving_by_brute_force():
    # Two candidates: the better one loses when the difference of two noises exceeds the gap.
    result = halving_race(2.0, 2, candidates=2, repeats=40_000)
    gap = 4 * stats.norm.ppf(0.75)
    exact = stats.norm.cdf(gap / (2.0 * math.sqrt(2)))
    assert result.wins == pytest.approx(exact, abs=0.01)


# --- Hyperband -----------------------------------------------------------------------------------
def test_hyperband_counts_those_of_lesson_07():
    result = hyperband(10, 3)
    assert result.brackets == [[(12, 2), (4, 4), (2, 10)], [(6, 4), (2, 10)], [(4, 10)]]
    assert (result.trials, result.networks, result.epochs.sum()) == (30, 22, 120)
    assert result.full == 220


@pytest.mark.parametrize("max_epochs", [4, 9, 27, 50, 81])
@pytest.mark.parametrize("factor", [2, 3, 5])
def test_hyperband_by_following_every_network(max_epochs, factor):
    result = hyperband(max_epochs, factor)
    assert [len(rounds) for rounds in result.brackets] == list(range(len(result.brackets), 0, -1))
    for rounds, paid in zip(result.brackets, result.epochs, strict=True):
        counts, ends = zip(*rounds, strict=True)
        assert ends[-1] == max_epochs
        assert list(counts) == sorted(counts, reverse=True)
        assert list(ends) == sorted(ends)
        trained = [max(end for n, end in rounds if network < n) for network in range(counts[0])]
        assert sum(trained) == paid
    assert result.epochs.sum() <= result.full


@pytest.mark.slow  # imports TensorFlow
@pytest.mark.parametrize(("max_epochs", "factor"), [(10, 3), (27, 3), (81, 3), (50, 4), (64, 2)])
def test_hyperband_brackets_are_those_of_keras_tuner(max_epochs, factor):
    tuner = pytest.importorskip("keras_tuner")
    oracle = tuner.oracles.HyperbandOracle("loss", max_epochs=max_epochs, factor=factor)
    brackets = hyperband_brackets(max_epochs, factor)
    assert len(brackets) == oracle._get_num_brackets()
    for rounds in brackets:
        b = len(rounds) - 1
        theirs = [(oracle._get_size(b, k), oracle._get_epochs(b, k)) for k in range(b + 1)]
        assert rounds == theirs


# --- schedules -----------------------------------------------------------------------------------
@pytest.mark.slow  # imports TensorFlow
def test_learning_rates_are_those_of_keras():
    schedules = pytest.importorskip("keras").optimizers.schedules
    n = 60
    theirs = {
        "ExponentialDecay": schedules.ExponentialDecay(0.1, n / 4, 0.5),
        "PiecewiseConstantDecay": schedules.PiecewiseConstantDecay(
            [n // 3, 2 * n // 3], [0.1, 0.1 / 3, 0.01]
        ),
        "PolynomialDecay": schedules.PolynomialDecay(0.1, n, 0.0, power=2),
        "InverseTimeDecay": schedules.InverseTimeDecay(0.1, n / 6, 1.0),
        "CosineDecay": schedules.CosineDecay(0.1, n),
        "CosineDecayRestarts": schedules.CosineDecayRestarts(0.1, n // 3, t_mul=2),
    }
    for name, schedule in theirs.items():
        expected = [float(schedule(step)) for step in range(n)]
        np.testing.assert_allclose(learning_rates(name, 0.1, n), expected, atol=1e-6, err_msg=name)


def test_valley_descent_is_the_formula_by_hand():
    path = valley_descent(np.array([0.03, 0.03]), 0.9)
    np.testing.assert_allclose(path[1], [-3.88, 0.25])  # lesson 08
    np.testing.assert_allclose(
        path[2], path[1] + 0.9 * (path[1] - path[0]) - 0.03 * path[1] * [1, 25]
    )
    assert valley_loss(path[0]) == 20.5


@pytest.mark.parametrize("rate", [0.02, 0.07, 0.079, 0.081, 0.1])
def test_without_momentum_the_valley_has_a_closed_form_and_its_limit(rate):
    result = schedule_on_valley("constant", rate, 0.0)
    steps = np.arange(61)[:, None]
    exact = np.array([-4.0, 1.0]) * (1 - rate * np.array([1.0, 25.0])) ** steps
    np.testing.assert_allclose(result.path, exact, rtol=1e-9, atol=1e-12)
    across = np.abs(result.path[:, 1])
    assert (across[-1] < across[0]) == (rate < 2 / 25)


# --- workers -------------------------------------------------------------------------------------
def test_calm_workers_without_a_barrier_never_wait():
    barrier, asha = timelines(9, 0.0, 0.0).busy
    assert asha == pytest.approx(1.0)
    assert barrier < 0.7


@pytest.mark.parametrize(("workers", "stragglers", "kills"), [(2, 0.5, 0.0), (27, 0.2, 2.0)])
def test_the_shares_of_work_are_those_of_the_bars(workers, stragglers, kills):
    result = timelines(workers, stragglers, kills)
    for run, busy, lost in zip(result.runs, result.busy, result.lost, strict=True):
        minutes = np.minimum(run.end, 180.0) - run.start
        killed = np.isnan(run.score)
        assert busy == pytest.approx(minutes[~killed].sum() / (workers * 180))
        assert lost == pytest.approx(minutes[killed].sum())
        assert bool(lost) == bool(kills)
