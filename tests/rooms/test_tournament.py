"""Equal budgets, paired seeds, and verdicts that hold what they promise."""

import contextlib
import functools
import itertools
import subprocess
import sys
import warnings

import matplotlib as mpl
import numpy as np
import optuna
import pandas as pd
import pytest
from hyperopt import rand, tpe
from optuna.samplers import GridSampler, RandomSampler, TPESampler
from scipy import stats

mpl.use("Agg")

import matplotlib.pyplot as plt

from course_utils import run_tournament, trial_bank
from course_utils.plots import PALETTE, anytime_plot
from course_utils.tournament import (
    Space,
    TournamentError,
    anytime,
    at_budget,
    compare,
    from_hyperopt,
    from_optuna,
    from_scores,
    grid_search,
    holm,
    random_search,
    sign_flip_test,
    superiority,
)

COLUMNS = ["strategy", "seed", "trial", "score", "best_so_far", "regret", "seconds"]


@pytest.fixture(scope="module")
def bank():
    return trial_bank("svm_digits")


@pytest.fixture(scope="module")
def results(bank):
    strategies = {"azar": random_search, "cuadrícula": grid_search}
    return run_tournament(bank, strategies, n_trials=12, seeds=15)


def _other_seeds(strategy, shift=10_000):
    return lambda objective, space, n_trials, seed: strategy(
        objective, space, n_trials, seed + shift
    )


# --- the table -----------------------------------------------------------------------------------
def test_one_tidy_row_per_evaluation(bank, results):
    assert list(results.columns) == COLUMNS
    assert len(results) == 2 * 15 * 12
    for _, rows in results.groupby(["strategy", "seed"]):
        assert list(rows["trial"]) == list(range(1, 13))
        assert list(rows["best_so_far"]) == list(rows["score"].cummax())
        assert (rows["seconds"].diff().dropna() > 0).all()
    assert np.allclose(results["regret"], bank.best.score - results["best_so_far"])
    assert (results["regret"] >= 0).all()


def test_scores_and_simulated_clock_are_those_of_the_bank(bank):
    configs = [{"C": c, "gamma": g} for c, g in zip(*bank.space.values(), strict=True)][:4]

    def fixed(objective, space, n_trials, seed):
        for config in configs:
            assert objective(config) == bank(config)

    table = run_tournament(bank, {"fija": fixed}, n_trials=4, seeds=1)
    assert list(table["score"]) == [bank(config) for config in configs]
    seconds = [bank.cost(config) for config in configs]
    assert table["seconds"].to_numpy() == pytest.approx(np.cumsum(seconds))


def test_every_strategy_gets_the_same_seeds_and_a_space_of_its_own(bank):
    seen: dict[str, list[int]] = {"a": [], "b": []}

    def spoil(name):
        def strategy(objective, space, n_trials, seed):
            seen[name].append(seed)
            random_search(objective, space, n_trials, seed)
            space["C"].clear()

        return strategy

    table = run_tournament(bank, {n: spoil(n) for n in seen}, n_trials=2, seeds=[7, 3, 5])
    assert seen["a"] == seen["b"]
    assert list(table["seed"].unique()) == [7, 3, 5]
    assert len(bank.space["C"]) == 24


@pytest.mark.parametrize(
    "make",
    [
        lambda bank: random_search,
        lambda bank: grid_search,
        lambda bank: from_optuna(lambda seed: RandomSampler(seed=seed)),
        lambda bank: from_optuna(lambda seed: TPESampler(n_startup_trials=4, seed=seed)),
        lambda bank: from_optuna(
            lambda seed: TPESampler(n_startup_trials=4, seed=seed), ordered=False
        ),
        lambda bank: from_optuna(lambda seed: GridSampler(bank.space, seed=seed), ordered=False),
        lambda bank: from_hyperopt(rand.suggest),
        lambda bank: from_hyperopt(functools.partial(tpe.suggest, n_startup_jobs=4)),
        lambda bank: from_hyperopt(rand.suggest, ordered=False),
    ],
)
def test_same_seeds_same_table(bank, make):
    tables = [
        run_tournament(bank, {"x": make(bank)}, n_trials=8, seeds=[0, 11, 2**31]) for _ in range(2)
    ]
    pd.testing.assert_frame_equal(*tables)
    by_seed = tables[0].groupby("seed")["score"].apply(tuple)
    assert by_seed.nunique() == 3


def test_until_its_startup_ends_tpe_is_random_search(bank):
    strategies = {
        "azar": from_optuna(lambda seed: RandomSampler(seed=seed)),
        "TPE": from_optuna(lambda seed: TPESampler(n_startup_trials=6, seed=seed)),
        "azar de Hyperopt": from_hyperopt(rand.suggest),
        "TPE de Hyperopt": from_hyperopt(functools.partial(tpe.suggest, n_startup_jobs=6)),
    }
    table = run_tournament(bank, strategies, n_trials=15, seeds=3)
    scores = {
        name: rows.pivot(index="seed", columns="trial", values="score")
        for name, rows in table.groupby("strategy")
    }
    for chance, model in (("azar", "TPE"), ("azar de Hyperopt", "TPE de Hyperopt")):
        assert (scores[chance].loc[:, :6] == scores[model].loc[:, :6]).all(axis=None)
        assert not (scores[chance].loc[:, 7:] == scores[model].loc[:, 7:]).all(axis=None)
    assert compare(table[table["strategy"].isin(["azar", "TPE"])], 6)["p"].item() == 1


def test_every_value_of_a_scale_is_as_likely_in_hyperopt(bank):
    drawn = []

    def spy(objective, space, n_trials, seed):
        def watched(config):
            drawn.append(space["C"].index(config["C"]))
            return objective(config)

        from_hyperopt(rand.suggest)(watched, space, n_trials, seed)

    run_tournament(bank, {"azar": spy}, n_trials=600, seeds=1)
    counts = np.bincount(drawn, minlength=24)
    assert stats.chisquare(counts[:24]).pvalue > 1e-3
    assert len(counts) == 24


@pytest.mark.parametrize(("n_trials", "shape"), [(60, (8, 8)), (10, (4, 3)), (576, (24, 24))])
def test_a_grid_is_even_and_designed_for_its_budget(bank, n_trials, shape):
    points = []
    space = bank.space

    def keep(config):
        points.append(config)
        return 0.0

    grid_search(keep, space, n_trials, seed=5)
    positions = np.array([[space[name].index(p[name]) for name in space] for p in points])
    assert len({tuple(p) for p in positions}) == n_trials
    found = tuple(len(set(axis)) for axis in positions.T)
    assert sorted(found) == sorted(shape)
    for axis in positions.T:
        steps = np.diff(sorted(set(axis)))
        assert steps.max() - steps.min() <= 1


def test_spaces_with_categories_and_none_work():
    space: Space = {"depth": [10, 100, None], "leaf": [1, 2, 4], "heavy": [False, True]}
    seen = []

    def objective(config):
        assert all(any(config[k] is v or config[k] == v for v in space[k]) for k in space)
        seen.append(tuple(config.items()))
        return 1.0 * (config["depth"] is None) - 0.1 * config["leaf"]

    for strategy in (
        random_search,
        grid_search,
        from_optuna(lambda seed: TPESampler(seed=seed)),
        from_hyperopt(functools.partial(tpe.suggest, n_startup_jobs=3)),
    ):
        seen.clear()
        strategy(objective, space, 12, 0)
        assert len(seen) == 12


def test_optunas_verbosity_is_left_as_it_was(bank):
    before = optuna.logging.get_verbosity()
    try:
        optuna.logging.set_verbosity(optuna.logging.DEBUG)
        run_tournament(
            bank, {"x": from_optuna(lambda seed: RandomSampler(seed=seed))}, n_trials=2, seeds=1
        )
        assert optuna.logging.get_verbosity() == optuna.logging.DEBUG
    finally:
        optuna.logging.set_verbosity(before)


# --- the rules -----------------------------------------------------------------------------------
def _times(factor):
    def strategy(objective, space, n_trials, seed):
        random_search(objective, space, int(factor * n_trials), seed)

    return strategy


def _swallows(objective, space, n_trials, seed):
    with contextlib.suppress(TournamentError):
        random_search(objective, space, n_trials + 1, seed)


@pytest.mark.parametrize("greedy", [_times(1.5), _swallows])
def test_more_evaluations_are_refused(bank, greedy):
    with pytest.raises(TournamentError, match="«ávida» quiso evaluar más de 10 veces"):
        run_tournament(bank, {"azar": random_search, "ávida": greedy}, n_trials=10, seeds=2)


def test_fewer_evaluations_are_refused(bank):
    with pytest.raises(TournamentError, match=r"«vaga» evaluó 5 veces .* y tocaban 10"):
        run_tournament(bank, {"azar": random_search, "vaga": _times(0.5)}, n_trials=10, seeds=2)


@pytest.mark.parametrize(
    "library", [lambda f: from_optuna(f), lambda f: from_hyperopt(lambda *args: f(0))]
)
def test_a_failing_strategy_names_itself(bank, library):
    def broken(seed):
        raise KeyError("sin muestreador")

    with pytest.raises(TournamentError, match="«rota» falló con la semilla 4, en la evaluación 1"):
        run_tournament(bank, {"rota": library(broken)}, n_trials=3, seeds=[4])


def test_a_configuration_off_the_table_names_the_strategy_and_keeps_the_banks_advice(bank):
    def off(objective, space, n_trials, seed):
        objective(bank.best.config)
        objective({"C": 3.3, "gamma": 0.25})

    message = r"«fuera» falló .* evaluación 2: ValueError: C=3\.3 .*bank\.nearest"
    with pytest.raises(TournamentError, match=message) as caught:
        run_tournament(bank, {"fuera": off}, n_trials=3, seeds=1)
    assert isinstance(caught.value.__cause__, ValueError)


def test_chance_from_elsewhere_is_found_out(bank):
    hidden = np.random.default_rng(0)

    def forgetful(objective, space, n_trials, seed):
        random_search(objective, space, n_trials, int(hidden.integers(2**31)))

    with pytest.raises(TournamentError, match="«olvida» dio dos resultados distintos"):
        run_tournament(bank, {"olvida": forgetful}, n_trials=5, seeds=1)


def test_an_interruption_keeps_the_finished_seeds(bank):
    def impatient(objective, space, n_trials, seed):
        if seed == 3:
            raise KeyboardInterrupt
        random_search(objective, space, n_trials, seed)

    strategies = {"azar": random_search, "x": impatient}
    with pytest.warns(UserWarning, match="se conservan 3 semillas"):
        table = run_tournament(bank, strategies, n_trials=4, seeds=9)
    assert table.groupby("strategy")["seed"].nunique().eq(3).all()
    with pytest.raises(KeyboardInterrupt):
        run_tournament(bank, strategies, n_trials=4, seeds=[3])


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"strategies": {}}, "al menos una estrategia"),
        ({"n_trials": 0}, "al menos una estrategia, una evaluación"),
        ({"seeds": 0}, "y una semilla"),
        ({"seeds": [1, 2, 1]}, "La semilla 1 está dos veces"),
    ],
)
def test_senseless_tournaments_are_explained(bank, kwargs, message):
    given = {"strategies": {"azar": random_search}, "n_trials": 2, "seeds": 2} | kwargs
    with pytest.raises(ValueError, match=message):
        run_tournament(bank, **given)


# --- description ---------------------------------------------------------------------------------
def test_anytime_follows_the_mean_regret(results):
    curves = anytime(results)
    assert list(curves.columns) == ["strategy", "trial", "mean", "low", "high"]
    means = results.groupby(["strategy", "trial"], sort=False)["regret"].mean()
    assert curves["mean"].to_numpy() == pytest.approx(means.to_numpy())
    assert (curves["low"] <= curves["mean"]).all() and (curves["mean"] <= curves["high"]).all()
    assert (curves["low"] >= 0).all()


def test_the_simulated_clock_holds_the_best_of_what_is_finished(bank):
    scores = {"a": [[0.5, 0.9], [0.7, 0.6]]}
    table = from_scores(bank, scores)
    table["seconds"] = [1.0, 5.0, 2.0, 4.0]
    curves = anytime(table, by="seconds")
    assert curves["seconds"].iloc[[0, -1]].tolist() == [2.0, 4.0]
    assert curves["mean"].to_numpy() == pytest.approx(bank.best.score - (0.5 + 0.7) / 2)


@pytest.mark.slow
def test_bootstrap_intervals_cover_about_as_often_as_they_say(bank):
    draws = bank.random_search(10, 40 * 300)
    regret = bank.best.score - draws.max(axis=1).reshape(40, 300)
    truth = regret.mean()
    table = pd.concat(
        [
            pd.DataFrame({"strategy": str(k), "seed": range(40), "trial": 1, "regret": column})
            for k, column in enumerate(regret.T)
        ]
    )
    curves = anytime(table)
    covered = ((curves["low"] <= truth) & (truth <= curves["high"])).mean()
    assert 0.87 <= covered <= 0.98


def test_distribution_at_a_budget(results):
    table = at_budget(results, (1, 12))
    assert list(table["trial"]) == [1, 1, 12, 12]
    row = table.iloc[2]
    regret = results.query("strategy == 'azar' and trial == 12")["regret"]
    expected = regret.quantile([0.25, 0.5, 0.75]).tolist()
    assert row[["q25", "median", "q75"]].tolist() == pytest.approx(expected)
    assert row["found"] == pytest.approx((regret < 1e-5).mean())
    with pytest.raises(ValueError, match="un resultado con 13 evaluaciones"):
        at_budget(results, (13,))


def test_the_curves_are_drawn_with_bands_and_spanish_axes(results):
    ax = anytime_plot(anytime(results))
    assert [line.get_label() for line in ax.lines] == ["azar", "cuadrícula"]
    assert [line.get_color() for line in ax.lines] == list(PALETTE[:2])
    assert len({line.get_linestyle() for line in ax.lines}) == 2
    assert len(ax.collections) == 2
    assert ax.get_xlabel() == "evaluaciones"
    assert "arrepentimiento" in ax.get_ylabel()
    _, other = plt.subplots()
    assert anytime_plot(anytime(results, by="seconds"), other, log=True) is other
    assert "segundos" in other.get_xlabel()
    assert other.get_yscale() == "log"
    plt.close("all")


def test_replayed_scores_have_no_clock(bank):
    table = from_scores(bank, {"azar": bank.random_search(6, 4)})
    assert list(table.columns) == COLUMNS
    assert table["seconds"].isna().all()
    with pytest.raises(ValueError, match="no traen segundos"):
        anytime(table, by="seconds")
    with pytest.raises(ValueError, match="by='horas' no puede ser"):
        anytime(table, by="horas")
    with pytest.raises(ValueError, match=r"a: \(2, 3\), b: \(2, 4\)"):
        from_scores(bank, {"a": np.zeros((2, 3)), "b": np.zeros((2, 4))})


# --- the statistics ------------------------------------------------------------------------------
def test_holm_by_hand():
    # Sorted .01 .02 .03 .04, times 4 3 2 1: .04 .06 .06 .04, never falling: .04 .06 .06 .06.
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.5, 0.9, 0.6]) == pytest.approx([1, 1, 1])
    assert holm([0.2]) == pytest.approx([0.2])


@pytest.mark.parametrize("n", [1, 2, 5, 13])
def test_up_to_13_differences_all_sign_patterns_are_counted(n):
    # Multiples of 1/8, so that sums are exact and several patterns tie with the one seen.
    d = np.random.default_rng(n).integers(-3, 6, n) / 8
    means = [abs(np.dot(signs, d)) for signs in itertools.product((-1, 1), repeat=n)]
    assert sign_flip_test(d) == np.mean(np.array(means) >= abs(d.sum()))
    assert sign_flip_test(d / 3) == sign_flip_test(d)  # sums that differ in their last digits


def test_beyond_13_differences_patterns_are_drawn_and_the_draw_is_repeated():
    d = np.random.default_rng(30).normal(0.4, 1, 30)
    expected = stats.permutation_test(
        (d,), np.mean, permutation_type="samples", n_resamples=20_000, rng=1
    ).pvalue
    assert sign_flip_test(d) == pytest.approx(expected, abs=0.015)
    assert sign_flip_test(d) == sign_flip_test(d.tolist())


def test_sign_flips_by_hand():
    assert sign_flip_test([1, 1, 1, 1, 1]) == 2 / 32
    assert sign_flip_test([1, 1, 1, 1, 0]) == 2 / 16  # a tie neither helps nor harms
    assert sign_flip_test(np.zeros(40)) == 1
    assert sign_flip_test(np.ones(40)) == 1e-4
    assert sign_flip_test([0.1, 0.2, -0.3]) == 1  # equal sums in spite of rounding


def test_superiority_by_hand():
    share, low, high = superiority([1, 2, 0, -1])
    assert share == 0.625
    assert 0 < low < share < high < 1
    assert superiority([1e-6, -1e-6, 0])[0] == 0.5  # folds of unequal size, not a lead
    assert superiority(np.ones(40)) == pytest.approx((1, 0.912, 1), abs=1e-3)
    expected = stats.binomtest(29, 40).proportion_ci(method="wilson")
    found = superiority([1] * 29 + [-1] * 11)
    assert found == pytest.approx((29 / 40, expected.low, expected.high), rel=1e-3)


def test_all_pairs_are_compared_and_the_better_one_comes_first(bank):
    table = from_scores(
        bank,
        {
            "mala": np.full((40, 1), 0.90) + np.arange(40)[:, None] / 1e4,
            "buena": np.full((40, 1), 0.98),
            "media": np.full((40, 1), 0.95),
        },
    )
    pairs = compare(table)
    assert list(zip(pairs["a"], pairs["b"], strict=True)) == [
        ("buena", "media"),
        ("buena", "mala"),
        ("media", "mala"),
    ]
    assert pairs["difference"][0] == pytest.approx(0.03)
    assert pairs["p_holm"].to_numpy() == pytest.approx(3e-4)
    assert "buena supera a media" in pairs["verdict"][0]
    assert "3.000 puntos de exactitud" in pairs["verdict"][0]
    assert "p de Holm < 0.001" in pairs["verdict"][0]
    assert "diminuta" not in pairs["verdict"][0]


def test_a_difference_can_be_certain_and_tiny(bank):
    table = from_scores(bank, {"a": np.full((20, 1), 0.9005), "b": np.full((20, 1), 0.9)})
    assert "0.050 puntos" in compare(table)["verdict"][0]
    assert "Se distingue, pero es diminuta" in compare(table)["verdict"][0]
    assert "diminuta" not in compare(table, worthwhile=1e-4)["verdict"][0]


def test_too_few_seeds_are_named(bank):
    table = from_scores(bank, {"a": np.full((5, 1), 0.98), "b": np.full((5, 1), 0.5)})
    verdict = compare(table)["verdict"].item()
    assert "no se distingue" in verdict
    assert "Con solo 5 semillas esta prueba no puede distinguir nada" in verdict


def test_unpaired_tables_are_refused(results):
    with pytest.raises(ValueError, match="mismas semillas"):
        compare(results.query("strategy == 'azar' or seed > 3"))
    with pytest.raises(ValueError, match="al menos dos"):
        compare(results.query("strategy == 'azar'"))


def _repetitions(bank, n_strategies, n_repetitions, n_trials=20, n_seeds=40):
    """Results of tournaments between equal strategies: the same sampler, other seeds."""
    size = n_repetitions * n_strategies * n_seeds
    draws = bank.random_search(n_trials, size, random_state=7)
    for block in draws.reshape(n_repetitions, n_strategies, n_seeds, n_trials):
        yield from_scores(bank, {f"s{k}": scores for k, scores in enumerate(block)})


@pytest.mark.slow
@pytest.mark.parametrize("n_strategies", [2, 4])
def test_equal_strategies_are_not_told_apart(bank, n_strategies):
    """The test of the test: one false alarm in any pair counts, at a nominal 5 %."""
    n = 300
    quiet = sum(
        compare(table)["verdict"].str.contains("no se distingue").all()
        for table in _repetitions(bank, n_strategies, n)
    )
    assert quiet >= 0.90 * n
    # At most 5 % false alarms, as far as 300 repetitions can tell (one chance in 1,000 of failing).
    assert n - quiet <= stats.binom.ppf(0.999, n, 0.05)


@pytest.mark.slow
def test_the_verdict_also_holds_for_a_real_sampler_with_other_seeds(bank):
    sampler = from_optuna(lambda seed: RandomSampler(seed=seed))
    quiet = 0
    for k in range(20):
        seeds = range(100 * k, 100 * k + 15)
        strategies = {"a": sampler, "b": _other_seeds(sampler)}
        table = run_tournament(bank, strategies, n_trials=5, seeds=seeds)
        quiet += "no se distingue" in compare(table)["verdict"].item()
    assert quiet >= 20 - stats.binom.ppf(0.999, 20, 0.05)


@pytest.mark.slow
def test_p_values_of_equal_strategies_are_uniform(bank):
    p = [compare(table, 5)["p"].item() for table in _repetitions(bank, 2, 300, n_trials=5)]
    assert stats.kstest(p, "uniform").pvalue > 1e-3


@pytest.mark.parametrize(("share", "power"), [(1 / 2, 0.80), (1 / 4, 0.98)])
def test_a_better_strategy_is_found(bank, share, power):
    """Who draws from the best half or quarter of the table beats who draws from all of it."""
    scores = np.sort(bank.scores().ravel())[::-1]
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(50):
        informed = scores[rng.integers(int(scores.size * share), size=(40, 5))]
        blind = scores[rng.integers(scores.size, size=(40, 5))]
        verdict = compare(from_scores(bank, {"ciega": blind, "informada": informed}))["verdict"]
        found += "informada supera a ciega" in verdict.item()
    assert found >= power * 50


# --- what it is not ------------------------------------------------------------------------------
def test_it_knows_no_jupyter_and_loads_nothing_heavy():
    code = (
        "import sys, course_utils.tournament; "
        "bad = {'IPython', 'ipywidgets', 'matplotlib', 'optuna', 'hyperopt', 'pandas'}; "
        "sys.exit(', '.join(sorted(bad & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_warns(bank):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        strategies = {
            "TPE": from_optuna(lambda seed: TPESampler(n_startup_trials=3, seed=seed)),
            "cuadrícula": from_optuna(
                lambda seed: GridSampler(bank.space, seed=seed), ordered=False
            ),
            "azar": random_search,
        }
        compare(run_tournament(bank, strategies, n_trials=5, seeds=3))
