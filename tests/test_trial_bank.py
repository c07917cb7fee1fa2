"""The recording of the trial bank: interrupted, killed, continued, checked."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier

from course_utils import trial_bank
from tools.trial_bank import check, forest, make, mlp, svm, tunable
from tools.trial_bank.journal import Journal
from tools.trial_bank.plan import folds
from tools.trial_bank.plans import PLANS
from tools.trial_bank.progress import progress, updated
from tools.trial_bank.tables import build, read_manifest, read_table, store

ROOT = Path(__file__).resolve().parents[1]
RIGHT = ("valid_right", "test_right")
LISTED = [name for name in PLANS if f"{name}.npz" in read_manifest(make.HOME / "manifest.json")]


def tiny_plan(epochs=3):
    """Five small networks, two seeds."""
    plan = mlp.plan()
    return replace(
        plan,
        rows=plan.rows[::100],
        row_of=np.zeros(len(plan.rows), dtype=int),
        n_seeds=2,
        budgets=tuple(range(1, epochs + 1)),
        sizes=np.full((2, 1, 1), 360),
        train=functools.partial(mlp.train, epochs=epochs),
    )


def stored(folder):
    with np.load(folder / "mlp_digits.npz", allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files if name != "seconds"}


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    build(tiny_plan(), folder)
    return stored(folder)


def assert_equal(found, expected):
    assert found.keys() == expected.keys()
    for name in expected:
        assert np.array_equal(found[name], expected[name]), name


def stopping(plan, n):
    """Return a plan that is interrupted after `n` trainings."""
    trained: list[object] = []

    def train(config, seed):
        if len(trained) == n:
            raise KeyboardInterrupt
        trained.append((config, seed))
        return plan.train(config, seed)

    return replace(plan, train=train)


# --- what the committed tables are ---------------------------------------------------------------
@pytest.mark.parametrize("name", tunable.LOADERS)
def test_a_table_of_tuning_holds_the_defaults(name):
    X, y = tunable.rows(name)
    assert len(X) == len(y)
    assert tunable.forest_space(name)["max_features"][0] == "sqrt"
    assert 1 in tunable.forest_space(name)["min_samples_leaf"]
    space = tunable.svm_space(name)
    assert 1.0 in space["C"]
    assert space["gamma"][6] == 1 / X.shape[1]


@pytest.mark.parametrize("name", LISTED)
def test_a_committed_table_is_of_its_plan(name):
    plan = PLANS[name]()
    with np.load(make.HOME / f"{name}.npz", allow_pickle=False) as arrays:
        assert set(plan.dtypes) <= set(arrays.files)
        meta = json.loads(arrays["meta"].tobytes())
    wanted = json.loads(json.dumps(plan.meta()))
    assert {key: meta[key] for key in wanted if key != "about"} == {
        key: wanted[key] for key in wanted if key != "about"
    }


@pytest.mark.parametrize("name", LISTED)
def test_what_a_table_holds_fits_together(name):
    plan = PLANS[name]()
    records = read_table(plan, make.HOME / f"{name}.npz")
    assert records
    for (_, seed), record in records.items():
        assert (record["hits"] <= plan.sizes[seed]).all()
        assert (record["seconds"] > 0).all()
        if plan.moments:
            best = int(record["hits"][0].argmax())
            epochs = [best if moment == "best" else int(moment) - 1 for moment in plan.moments]
            right = {k: np.unpackbits(record[k], axis=-1).sum(axis=-1) for k in RIGHT}
            assert np.array_equal(right["test_right"], record["test_hits"][0, epochs])
            # Keras validated in smaller batches: a row on the edge may fall to the other side.
            gap = right["valid_right"] - record["hits"][0, epochs].astype(int)
            assert np.abs(gap).max() <= 2


def test_the_tables_are_small_and_the_scripts_are_not_shipped():
    files = list(make.HOME.iterdir())
    assert sum(file.stat().st_size for file in files if file.suffix == ".npz") < 15e6
    assert not [file.name for file in files if file.suffix == ".py"]


def test_the_readme_says_how_far_the_tables_are():
    text = (make.HOME / "README.md").read_text(encoding="utf-8")
    assert text == updated(text, [plan() for plan in PLANS.values()], make.HOME)


def test_a_table_in_progress_is_listed(tmp_path):
    plan = tiny_plan()
    with pytest.raises(KeyboardInterrupt):
        build(stopping(plan, 7), tmp_path)
    store(plan, tmp_path)
    assert progress(plan, tmp_path) == (
        "- `mlp_digits`: in progress, 7 of 10 trainings, 1 of 2 seeds complete\n"
    )
    build(plan, tmp_path)
    assert progress(plan, tmp_path) == ""


# --- making --------------------------------------------------------------------------------------
@pytest.mark.parametrize("jobs", [None, 2])
def test_an_interrupted_build_goes_on(tmp_path, uninterrupted, jobs, capsys):
    plan = tiny_plan()
    with pytest.raises(KeyboardInterrupt):
        build(stopping(plan, 2), tmp_path)
    journal = tmp_path / "mlp_digits.journal"
    assert len(journal.read_bytes().splitlines()) == 3  # a head and two trainings
    assert not (tmp_path / "mlp_digits.npz").exists()
    with journal.open("a") as file:
        file.write('{"row": 4, "seed": 0, "record": {"hi')  # torn
    build(plan, tmp_path, jobs=jobs)
    assert "2 of 10 trainings are there" in capsys.readouterr().out
    assert_equal(stored(tmp_path), uninterrupted)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["manifest.json", "mlp_digits.npz"]
    assert trial_bank("mlp_digits", folder=tmp_path).budgets == (1, 2, 3)
    build(plan, tmp_path)
    assert "complete" in capsys.readouterr().out


def test_a_killed_build_goes_on(tmp_path, uninterrupted, capsys):
    code = (
        "import sys, time; from pathlib import Path\n"
        f"sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(ROOT)!r}]\n"
        "import test_trial_bank as t; from dataclasses import replace\n"
        "plan = t.tiny_plan()\n"
        "def slow(config, seed):\n    time.sleep(0.5)\n    return plan.train(config, seed)\n"
        f"t.build(replace(plan, train=slow), Path({str(tmp_path)!r}))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    journal = tmp_path / "mlp_digits.journal"
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 2):
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()
    there = journal.read_bytes().count(b"\n") - 1
    assert 1 <= there < 10
    build(tiny_plan(), tmp_path)
    assert f"{there} of 10 trainings are there" in capsys.readouterr().out
    assert_equal(stored(tmp_path), uninterrupted)


def test_a_part_is_stored_without_training_and_goes_on_from_the_table_alone(
    tmp_path, uninterrupted, capsys
):
    plan = tiny_plan()
    with pytest.raises(KeyboardInterrupt):
        build(stopping(plan, 7), tmp_path)
    store(plan, tmp_path)
    assert "7 of 10 trainings" in capsys.readouterr().out
    assert sorted(f.name for f in tmp_path.iterdir()) == ["manifest.json", "mlp_digits.npz"]
    assert stored(tmp_path)["trained"].sum() == 7
    assert trial_bank("mlp_digits", folder=tmp_path).seeds == (0,)
    build(stopping(plan, 3), tmp_path)  # three more are all that is missing
    assert_equal(stored(tmp_path), uninterrupted)


def test_some_seeds_first(tmp_path, uninterrupted):
    plan = tiny_plan()
    build(plan, tmp_path, n_seeds=1)
    assert stored(tmp_path)["hits"].shape == (5, 1, 1, 3)
    build(stopping(plan, 0), tmp_path, n_seeds=1)  # nothing is missing
    build(stopping(plan, 5), tmp_path)
    assert_equal(stored(tmp_path), uninterrupted)


def test_a_part_made_with_other_versions_is_not_continued(tmp_path):
    plan = tiny_plan()
    build(replace(plan, about={"data": "others"}), tmp_path, n_seeds=1)
    with pytest.raises(SystemExit, match="begun with other package versions"):
        build(plan, tmp_path)


def test_a_complete_table_made_with_other_versions_stays(tmp_path, capsys):
    plan = tiny_plan()
    build(replace(plan, about={"data": "others"}), tmp_path)
    build(stopping(plan, 0), tmp_path)
    assert "complete" in capsys.readouterr().out


def test_a_damaged_table_is_made_again(tmp_path, uninterrupted, capsys):
    build(tiny_plan(), tmp_path)
    table = tmp_path / "mlp_digits.npz"
    table.write_bytes(table.read_bytes()[:-20])
    build(tiny_plan(), tmp_path)
    assert "0 of 10 trainings are there" in capsys.readouterr().out
    assert_equal(stored(tmp_path), uninterrupted)


def test_a_journal_of_another_plan_is_not_continued(tmp_path):
    Journal(tmp_path / "mlp_digits.journal", tiny_plan(epochs=2))
    with pytest.raises(SystemExit, match="begun with another plan"):
        build(tiny_plan(), tmp_path)


# --- the decks' forests --------------------------------------------------------------------------
def test_raw_forests_are_their_canonical_ones():
    """Really trained: the same probabilities, tree for tree."""
    bank = trial_bank("forest_cancer")
    X, y = forest.cancer()
    (train, valid), *_ = folds(4, 0, X, y)
    rng = np.random.default_rng(0)

    def probabilities(config):
        config = config | {"n_estimators": 7}
        if config["max_features"] == "auto":  # what "auto" was, until scikit-learn 1.3
            config["max_features"] = "sqrt"
        model = RandomForestClassifier(random_state=0, **config)
        return model.fit(X[train], y[train]).predict_proba(X[valid])

    changed = 0
    for _ in range(40):
        config = {k: v[rng.integers(len(v))] for k, v in bank.space.items()}
        canonical = bank.canonical(config)
        changed += canonical != config
        assert np.array_equal(probabilities(config), probabilities(canonical))
        assert bank.canonical(canonical) == canonical
    assert changed > 20
    assert set(bank.recorded["row_of"]) == set(range(56))


def test_a_forest_grown_in_steps_is_the_forest():
    """The prefixes, against forests of that size."""
    X, y = forest.cancer()
    config = forest.plan().rows[33]
    trees = (3, 10, 20)
    record = forest.train(config, seed=0, trees=trees)
    for fold, (train, valid) in enumerate(folds(4, 0, X, y)):
        for step, n in enumerate(trees):
            model = RandomForestClassifier(n, random_state=0, **config).fit(X[train], y[train])
            assert record["hits"][fold, step] == np.sum(model.predict(X[valid]) == y[valid])
            proba = model.predict_proba(X[valid])[:, 1]
            assert record["brier"][fold, step] == pytest.approx(np.mean((proba - y[valid]) ** 2))


# --- checking ------------------------------------------------------------------------------------
def test_every_table_has_a_tolerance():
    assert check.TOLERANCES.keys() == PLANS.keys()


@pytest.mark.parametrize(
    ("name", "row", "train"),
    [
        ("svm_digits", 14 * 24 + 13, svm.train),
        ("forest_cancer", 0, functools.partial(forest.train, trees=forest.TREES[:9])),
        ("mlp_digits", 1, functools.partial(mlp.train, epochs=10)),
    ],
)
def test_a_training_run_again_is_as_recorded(name, row, train):
    """A cheap row of each table, within the tolerance of `make bank-check`."""
    plan, bank = PLANS[name](), trial_bank(name)
    for seed in bank.seeds:
        hits = train(plan.rows[row], seed)["hits"]
        gap = np.abs(hits - bank.recorded["hits"][row, seed, :, : hits.shape[-1]])
        gap = gap / bank.recorded["sizes"][seed]
        assert gap.mean() <= check.TOLERANCES[name].typical
        assert gap.max() <= check.TOLERANCES[name].largest


def test_the_check_tells_equal_from_different():
    plan = svm.plan()
    recorded = read_table(plan, make.HOME / "svm_digits.npz")

    def same(config, seed):
        record = recorded[plan.rows.index(config), seed]
        return {name: values.astype(float) for name, values in record.items()}

    def worse(config, seed):
        return same(config, seed) | {"hits": same(config, seed)["hits"] - 2}

    lines, good = check.check(replace(plan, train=same), recorded, 3, seed=0)
    assert good
    assert lines[-1].startswith("ok: typical difference 0.0000")
    lines, good = check.check(replace(plan, train=worse), recorded, 3, seed=0)
    assert not good
    assert lines[-1].startswith("DIFFERENT: typical difference 0.0056")
    assert len(lines) == 4


def test_a_network_may_differ_by_as_much_as_its_seeds_do():
    """Only the last epoch counts, and only what goes beyond the recorded seeds."""
    plan = tiny_plan()
    recorded = {
        (0, seed): {"hits": np.array([[90, 180, hits]])} for seed, hits in enumerate((324, 342))
    }
    for hits, beyond in ((324, 0.0), (306, 0.0), (288, 0.05)):
        again = np.array([[0, 0, hits]])
        gap = check.difference(plan, recorded, 0, 0, again, network=True)
        assert gap.shape == (1, 1)
        assert gap[0, 0] == pytest.approx(beyond)
    assert check.difference(plan, recorded, 0, 0, again, network=False).shape == (1, 3)
