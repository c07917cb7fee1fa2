"""The simulated clock against rules that any cluster keeps, and the records of lesson 14."""

from __future__ import annotations

import heapq
import math
from collections import Counter

import numpy as np
import pytest

from benchmarks.kills import dask_kills, keras_tuner_kills, optuna_kills
from course_utils import load_record, trial_bank
from course_utils.cluster import (
    Asha,
    Cluster,
    Halving,
    RandomSearch,
    Run,
    Tasks,
    first_reached,
    simulate,
    tasks_of,
)

RUNGS = (3, 9, 27, 81)
SEARCHERS = {"random": RandomSearch, "barrier": Halving, "asha": Asha}
HARD = Cluster(7, stragglers=0.2, kills=0.5)


@pytest.fixture(scope="module")
def tasks() -> Tasks:
    return tasks_of(trial_bank("mlp_digits"), RUNGS)


def test_tasks_keep_the_scores_and_the_proportions_of_the_costs(tasks: Tasks) -> None:
    bank = trial_bank("mlp_digits")
    config = {name: values[0] for name, values in bank.space.items()}
    columns = [bank.budgets.index(rung) for rung in RUNGS]
    np.testing.assert_allclose(tasks.scores[0], bank.curve(config, seed=0)[columns])
    seconds = bank.curve(config, metric="seconds", seed=0)[columns]
    np.testing.assert_allclose(tasks.minutes[0] / tasks.minutes[0, -1], seconds / seconds[-1])
    assert tasks.minutes[:, -1].mean() == pytest.approx(60)
    assert len(tasks.scores) == len(bank) * len(bank.seeds)


def test_one_calm_worker_does_one_job_after_the_other(tasks: Tasks) -> None:
    run = simulate(RandomSearch(4), tasks, Cluster(1), seed=0, trials=5)
    assert run.trial.tolist() == list(range(5))
    np.testing.assert_allclose(run.start, [0, *run.end[:-1]])


def test_each_job_goes_to_the_worker_that_is_free_first(tasks: Tasks) -> None:
    run = simulate(RandomSearch(4), tasks, Cluster(3), seed=1, trials=20)
    order = np.argsort(run.trial)
    free = [0.0, 0.0, 0.0]
    for start, end in zip(run.start[order], run.end[order], strict=True):
        assert start == pytest.approx(free[0])
        heapq.heapreplace(free, end)


@pytest.mark.parametrize("name", SEARCHERS)
def test_a_worker_does_one_job_at_a_time(tasks: Tasks, name: str) -> None:
    run = simulate(SEARCHERS[name](4), tasks, HARD, seed=2, minutes=300)
    assert len(run.end) > 20
    for worker in range(HARD.workers):
        mine = np.argsort(run.start[run.worker == worker])
        starts, ends = run.start[run.worker == worker][mine], run.end[run.worker == worker][mine]
        assert (starts[1:] >= ends[:-1]).all()


@pytest.mark.parametrize("name", SEARCHERS)
def test_the_same_seed_gives_the_same_run_and_another_one_does_not(tasks: Tasks, name: str) -> None:
    runs = [simulate(SEARCHERS[name](4), tasks, HARD, seed=s, minutes=200) for s in (3, 3, 4)]
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(*runs[:2], strict=True))
    assert not np.array_equal(runs[0].end, runs[2].end)


def test_all_searches_meet_the_same_networks_in_the_same_order(tasks: Tasks) -> None:
    last: dict[str, dict[int, float]] = {}
    for name, searcher in SEARCHERS.items():
        run = simulate(searcher(4), tasks, Cluster(5), seed=5, trials=54)
        last[name] = dict(zip(run.trial[run.rung == 3], run.score[run.rung == 3], strict=True))
    for trial in set(last["asha"]) & set(last["barrier"]):
        assert last["asha"][trial] == last["barrier"][trial] == last["random"][trial]


def test_kills_lose_time_and_no_trial(tasks: Tasks) -> None:
    calm = simulate(RandomSearch(4), tasks, Cluster(4), seed=6, trials=40)
    hard = simulate(RandomSearch(4), tasks, Cluster(4, kills=1.0), seed=6, trials=40)
    killed = np.isnan(hard.score)
    assert killed.sum() > 5
    assert sorted(hard.trial[~killed]) == sorted(calm.trial) == list(range(40))
    assert hard.end.max() > calm.end.max()


def _began_after(run: Run, rung: int) -> tuple[float, float]:
    """When the last job of a rung ended and the first one of the next began."""
    return run.end[run.rung == rung].max(), run.start[run.rung == rung + 1].min()


def test_a_round_waits_for_its_last_job(tasks: Tasks) -> None:
    halving = Halving(4, spare=False)
    run = simulate(halving, tasks, Cluster(27, stragglers=0.2), seed=7, trials=27)
    assert Counter(run.rung.tolist()) == {0: 27, 1: 9, 2: 3, 3: 1}
    for rung in range(3):
        ended, began = _began_after(run, rung)
        assert began >= ended
    scores = {t: s for t, r, s in zip(run.trial, run.rung, run.score, strict=True) if r == 0}
    best = sorted(scores, key=lambda trial: (-scores[trial], trial))[:9]
    assert sorted(run.trial[run.rung == 1]) == sorted(best)


def test_spare_workers_begin_another_bracket(tasks: Tasks) -> None:
    lazy = simulate(Halving(4, spare=False), tasks, Cluster(27), seed=8, minutes=100)
    busy = simulate(Halving(4), tasks, Cluster(27), seed=8, minutes=100)
    assert len(busy.end) > 3 * len(lazy.end)


def test_asha_promotes_only_from_the_best_third_and_nobody_twice(tasks: Tasks) -> None:
    run = simulate(Asha(4), tasks, Cluster(9, stragglers=0.2), seed=9, minutes=400)
    jobs = list(zip(run.trial.tolist(), run.rung.tolist(), strict=True))
    assert len(jobs) == len(set(jobs))
    for start, trial, rung in zip(run.start, run.trial, run.rung, strict=True):
        if rung:
            before = (run.rung == rung - 1) & (run.end <= start)
            better = (run.score[before] > run.score[before & (run.trial == trial)][0]).sum()
            assert better < before.sum() // 3


def test_asha_leaves_no_worker_idle(tasks: Tasks) -> None:
    run = simulate(Asha(4), tasks, Cluster(9), seed=10, minutes=200)
    for worker in range(9):
        mine = np.sort(run.start[run.worker == worker])
        np.testing.assert_allclose(mine[1:], np.sort(run.end[run.worker == worker])[:-1])


def test_a_search_ends_at_its_target(tasks: Tasks) -> None:
    run = simulate(Asha(4), tasks, Cluster(8), seed=11, target=0.97)
    assert run.score[-1] >= 0.97 > run.score[:-1].max()
    assert first_reached(run, 0.97) == run.end[-1]
    assert math.isinf(first_reached(run, 2.0))


def test_a_search_that_nothing_ends_is_refused(tasks: Tasks) -> None:
    with pytest.raises(ValueError, match="minutes, target or trials"):
        simulate(Asha(4), tasks, Cluster(2), seed=0)


KILLS = load_record("kills")["kills"]


@pytest.mark.parametrize(
    ("engine", "ways"),
    [
        ("dask", dask_kills.WAYS),
        ("optuna", optuna_kills.WAYS),
        ("keras_tuner", keras_tuner_kills.WAYS),
    ],
)
def test_ten_kills_or_more_are_recorded_for_each_way(engine: str, ways: tuple[str, ...]) -> None:
    for way in ways:
        rows = [r for r in KILLS if (r["engine"], r["way"]) == (engine, way)]
        assert [row["kill"] for row in rows] == list(range(len(rows)))
        assert len(rows) >= 10


def test_tasks_that_load_their_own_data_lose_nothing() -> None:
    rows = [r for r in KILLS if r["way"] == "client.map"]
    assert all(row["same"] and row["kept"] == row["planned"] for row in rows)


def test_a_heartbeat_saves_most_configurations_and_its_absence_none() -> None:
    lost = {
        way: sum(row["lost"] for row in KILLS if row["way"] == way)
        for way in ("journal", "heartbeat")
    }
    assert lost == {"journal": 10, "heartbeat": 1}


def test_a_search_through_joblib_ends_well_or_loses_everything() -> None:
    rows = [row for row in KILLS if row["way"] == "joblib"]
    assert {row["kept"] for row in rows} == {0, rows[0]["planned"]}
    assert {row["error"] for row in rows if not row["same"]} == {"FutureCancelledError"}


def test_a_chief_gives_a_trial_back_to_its_name_only() -> None:
    same, other = ([row for row in KILLS if row["way"] == way] for way in keras_tuner_kills.WAYS)
    assert all(row["kept"] == row["planned"] and row["chief_ended"] for row in same)
    assert all(row["running_for_ever"] and not row["chief_ended"] for row in other)
