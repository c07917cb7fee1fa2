import functools
import hashlib
import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import optuna
import pytest
from sklearn.ensemble import RandomForestClassifier

from course_utils import bank as bank_module
from course_utils import trial_bank
from course_utils.bank import BankError

HOME = Path(__file__).resolve().parents[2] / "datasets" / "trial_bank"
TABLES = ("svm_digits", "forest_cancer", "mlp_digits")


def _module(name):
    """Import a script that stands beside the tables."""
    spec = importlib.util.spec_from_file_location(name, HOME / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    sys.path.append(str(HOME))  # for worker processes, which import it by name
    return module


make = _module("make")


@pytest.fixture(scope="module")
def svm():
    return trial_bank("svm_digits")


@pytest.fixture(scope="module")
def forest():
    return trial_bank("forest_cancer")


@pytest.fixture(scope="module")
def mlp():
    return trial_bank("mlp_digits")


@pytest.fixture(params=TABLES)
def bank(request):
    return trial_bank(request.param)


def draws(bank, n=20):
    """Draw random configurations of a table."""
    rng = np.random.default_rng(0)
    return [{k: v[rng.integers(len(v))] for k, v in bank.space.items()} for _ in range(n)]


# --- what the tables hold ------------------------------------------------------------------------
def test_sizes_of_the_tables(svm, forest, mlp):
    assert svm.scores().shape == (24, 24)
    assert svm.recorded["hits"].shape == (576, 2, 1, 5)
    assert len(forest) == 14_080
    assert forest.recorded["hits"].shape == (56, 2, 4, 25)
    assert len(forest.table()) == 56 * 10
    assert len(mlp) == 432
    assert mlp.recorded["hits"].shape == (432, 3, 1, 81)
    assert sum(file.stat().st_size for file in HOME.glob("*.npz")) < 3e6


def test_every_table_is_plausible(bank):
    assert bank.recorded["hits"].max() <= bank.recorded["sizes"].max()
    assert (bank.recorded["seconds"] > 0).all()
    for metric in bank.metrics:
        for config in draws(bank, 3):
            assert np.isfinite(bank.curve(config, metric=metric)).all()
    assert bank.best.score > 0.8


def test_a_table_is_the_plan_of_the_maker(bank):
    assert make.is_complete(make.PLANS[bank.name](), HOME / f"{bank.name}.npz")


# --- scores, budgets, seeds, costs ---------------------------------------------------------------
def test_scores_are_those_stored(svm, forest, mlp):
    config = {"C": svm.space["C"][7], "gamma": svm.space["gamma"][15]}
    folds = svm.recorded["hits"][7 * 24 + 15, 1, 0] / svm.recorded["sizes"][1, 0]
    assert svm(config, seed=1) == pytest.approx(folds.mean())
    assert svm(config, seed=1, budget=2) == pytest.approx(folds[:2].mean())
    row = mlp._meta["rows"].index(config := draws(mlp)[0])
    assert mlp(config, seed=2, budget=9) == mlp.recorded["hits"][row, 2, 0, 8] / 360
    config = draws(forest)[0]
    row = forest._meta["rows"].index(
        {k: v for k, v in forest.canonical(config).items() if k != "n_estimators"}
    )
    step = forest.budgets.index(config["n_estimators"])
    folds = forest.recorded["hits"][row, 0, :, step] / forest.recorded["sizes"][0, :, 0]
    assert forest(config, seed=0) == pytest.approx(folds.mean())


def test_without_a_seed_the_score_is_the_mean_and_the_cost_the_sum(bank):
    for config in draws(bank):
        scores = [bank(config, seed=seed) for seed in bank.seeds]
        assert bank(config) == pytest.approx(np.mean(scores))
        costs = [bank.cost(config, seed=seed) for seed in bank.seeds]
        assert bank.cost(config) == pytest.approx(sum(costs))
        assert type(bank(config)) is type(bank.cost(config)) is float


def test_the_default_budget_is_the_largest(svm, mlp, forest):
    for table in (svm, mlp):
        config = draws(table)[0]
        assert table(config) == table(config, budget=table.budgets[-1]) == table.curve(config)[-1]
    config = draws(forest)[0] | {"n_estimators": 500}
    assert forest(config) == forest(config, budget=500)
    small = config | {"n_estimators": 151}
    assert forest(config, budget=151) == forest(small) == forest(small, budget=151)
    with pytest.raises(ValueError, match=r"budget=500 es mayor que n_estimators=151"):
        forest(small, budget=500)


def test_costs_grow_with_the_budget(bank):
    for config in draws(bank, 5):
        seconds = bank.curve(config, metric="seconds", seed=0)
        assert (np.diff(seconds) > 0).all()
        assert bank.cost(config, budget=bank.budgets[0], seed=0) == pytest.approx(seconds[0])


def test_the_best_is_the_best(bank):
    config, score = bank.best
    assert bank(config) == pytest.approx(score)
    assert score == bank.table()["score"].max() == bank.scores().max()
    assert config.keys() == bank.space.keys()


def test_array_table_and_call_agree(bank):
    scores, costs = bank.scores(seed=1), bank.costs(seed=1)
    assert scores.size == len(bank)
    for config in draws(bank):
        at = tuple(values.index(config[name]) for name, values in bank.space.items())
        assert scores[at] == pytest.approx(bank(config, seed=1))
        assert costs[at] == pytest.approx(bank.cost(config, seed=1))
    low = bank.budgets[0]
    frame = bank.table(budget=low, seed=0)
    for record in frame.sample(20, random_state=0).to_dict("records"):
        config = {name: record[name] for name in bank.space}
        if bank.name == "forest_cancer":
            assert config.pop("n_estimators") == low
            config["n_estimators"] = 151
        assert bank(config, budget=low, seed=0) == pytest.approx(record["score"])
        assert bank.cost(config, budget=low, seed=0) == pytest.approx(record["seconds"])
    assert bank.scores(budget=low).shape == bank.scores().shape


def test_what_is_recorded_cannot_be_changed(bank):
    with pytest.raises(ValueError, match="read-only"):
        bank.recorded["hits"][0] = 0
    with pytest.raises(AttributeError):
        bank.space = {}


# --- searching -----------------------------------------------------------------------------------
def test_random_searches(svm, forest):
    found = svm.random_search(60, 5)
    assert found.shape == (5, 60)
    assert np.array_equal(found, svm.random_search(60, 5))
    assert not np.array_equal(found, svm.random_search(60, 5, random_state=1))
    everything = svm.random_search(576)[0]
    assert np.array_equal(np.sort(everything), np.sort(svm.scores().ravel()))
    assert svm.random_search(600, replace=True).shape == (1, 600)
    with pytest.raises(ValueError, match="sin repetir caben de 1 a 576"):
        svm.random_search(577)
    assert set(forest.random_search(60, seed=0)[0]) <= set(forest.scores(seed=0).ravel())


def test_2000_random_searches_of_60_trials_in_a_second(bank):
    times = []
    for _ in range(3):
        began = time.perf_counter()
        best = bank.random_search(60, 2000).max(axis=1)
        times.append(time.perf_counter() - began)
    assert best.shape == (2000,)
    assert min(times) < 1


def test_60_random_trials_reach_the_best_twentieth(svm):
    """1 - 0.95**60 = 0.954, for draws with replacement and ties counted in favour."""
    scores = np.sort(svm.scores().ravel())
    threshold = scores[-round(0.05 * scores.size)]
    best = svm.random_search(60, 2000, replace=True).max(axis=1)
    assert np.mean(best >= threshold) > 0.94


def test_optuna_and_hyperopt_take_the_space_as_it_is(bank):
    from hyperopt import fmin, hp, rand, space_eval

    def objective(trial):
        return bank({k: trial.suggest_categorical(k, v) for k, v in bank.space.items()})

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=0))
    study.optimize(objective, n_trials=15)
    assert study.best_value == bank(study.best_params)
    space = {k: hp.choice(k, v) for k, v in bank.space.items()}
    best = fmin(
        lambda config: -bank(config),
        space,
        rand.suggest,
        max_evals=5,
        rstate=np.random.default_rng(0),
        show_progressbar=False,
    )
    assert bank(space_eval(space, best)) <= bank.best.score


# --- what is not in the table --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("svm_digits", {"C": 3.0}, r"C=3\.0 no se entrenó en svm_digits.*cercano es 4\.0"),
        ("svm_digits", {"C": -1}, r"C=-1 .*cercano es 0\.00390625"),
        ("svm_digits", {"C": float("nan")}, r"C=nan no se entrenó.*Valores posibles"),
        ("svm_digits", {"C": True}, r"C=True no se entrenó"),
        ("mlp_digits", {"units": 40}, r"units=40 .*cercano es 32"),
        ("mlp_digits", {"activation": "elu"}, r"activation='elu' .*'relu', 'tanh'"),
        ("forest_cancer", {"max_depth": 20}, r"max_depth=20 .*cercano es 10"),
        ("forest_cancer", {"max_depth": "None"}, r"max_depth='None' no se entrenó"),
    ],
)
def test_a_value_off_the_grid_is_refused(table, change, message):
    bank = trial_bank(table)
    with pytest.raises(ValueError, match=message):
        bank(bank.best.config | change)


def test_names_are_checked(svm):
    with pytest.raises(ValueError, match=r"faltan: gamma\. Sobran: kernel"):
        svm({"C": 1.0, "kernel": "rbf"})
    with pytest.raises(ValueError, match="svm_digits, donde el presupuesto son particiones"):
        svm(svm.best.config, budget=6)
    with pytest.raises(ValueError, match=r"seed=2 no está en svm_digits: .* 0, 1"):
        svm(svm.best.config, seed=2)
    with pytest.raises(ValueError, match="metric='loss' no está en svm_digits"):
        svm.curve(svm.best.config, metric="loss")
    with pytest.raises(ValueError, match="no tiene la tabla «svm»"):
        trial_bank("svm")


def test_numbers_are_compared_as_numbers(svm, mlp):
    config = draws(svm)[0]
    rounded = {name: np.float64(np.exp(np.log(value))) for name, value in config.items()}
    assert svm(rounded) == svm(config)
    config = draws(mlp)[0]
    assert mlp(config | {"units": np.int64(config["units"])}) == mlp(config)


def test_rounding_is_done_on_request(svm, mlp, forest):
    assert svm.nearest({"C": 3.0, "gamma": 0.17}) == {"C": 4.0, "gamma": 0.125}
    assert svm.nearest({"C": 1e9, "gamma": 0}) == {"C": 2.0**15, "gamma": 2.0**-17}
    config = mlp.best.config | {"units": 45, "learning_rate_init": 0.006}
    assert mlp.nearest(config)["units"] == 32  # sqrt(32 * 64) = 45.25
    assert mlp.nearest(config)["learning_rate_init"] == 0.01
    config = forest.best.config
    assert forest.nearest(config | {"max_depth": None})["max_depth"] is None
    with pytest.raises(ValueError, match="criterion='log_loss' no se entrenó"):
        forest.nearest(config | {"criterion": "log_loss"})


# --- the decks' forests --------------------------------------------------------------------------
def test_raw_forests_are_their_canonical_ones(forest):
    """Really trained: the same probabilities, tree for tree."""
    X, y = make.cancer()
    (train, valid), *_ = make.folds(4, 0, X, y)

    def probabilities(config):
        config = config | {"n_estimators": 7}
        if config["max_features"] == "auto":  # what "auto" was, until scikit-learn 1.3
            config["max_features"] = "sqrt"
        model = RandomForestClassifier(random_state=0, **config)
        return model.fit(X[train], y[train]).predict_proba(X[valid])

    changed = 0
    for config in draws(forest, 40):
        canonical = forest.canonical(config)
        changed += canonical != config
        assert np.array_equal(probabilities(config), probabilities(canonical))
        assert forest.canonical(canonical) == canonical
    assert changed > 20
    assert set(forest.recorded["row_of"]) == set(range(56))


def test_a_forest_grown_in_steps_is_the_forest(forest):
    """The maker's prefixes, against forests of that size, and against the table."""
    X, y = make.cancer()
    config = make.plan_forest().rows[33]
    trees = (3, 10, 20)
    record = make.train_forest(config, repetitions=1, trees=trees)
    for fold, (train, valid) in enumerate(make.folds(4, 0, X, y)):
        for step, n in enumerate(trees):
            model = RandomForestClassifier(n, random_state=0, **config).fit(X[train], y[train])
            assert record["hits"][0, fold, step] == np.sum(model.predict(X[valid]) == y[valid])
            proba = model.predict_proba(X[valid])[:, 1]
            assert record["brier"][0, fold, step] == pytest.approx(np.mean((proba - y[valid]) ** 2))


# --- refused tables ------------------------------------------------------------------------------
def copy(folder, name="svm_digits", data=None, rehash=False):
    """Put a table, and its line of the manifest, into a folder."""
    data = (HOME / f"{name}.npz").read_bytes() if data is None else data
    lines = json.loads((HOME / "manifest.json").read_text())
    if rehash:
        lines[f"{name}.npz"] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(lines))
    (folder / f"{name}.npz").write_bytes(data)
    return folder


def test_a_copied_table_is_read(tmp_path, svm):
    again = trial_bank("svm_digits", folder=copy(tmp_path))
    assert np.array_equal(again.scores(), svm.scores())


def test_a_damaged_table_is_refused(tmp_path):
    data = bytearray((HOME / "svm_digits.npz").read_bytes())
    data[len(data) // 2] ^= 1
    with pytest.raises(
        BankError, match=r"svm_digits\.npz: está dañado.*Esperaba.*encontré.*make ba"
    ):
        trial_bank("svm_digits", folder=copy(tmp_path, data=bytes(data)))
    with pytest.raises(BankError, match=f"encontré {len(data) // 2} bytes"):
        trial_bank("svm_digits", folder=copy(tmp_path, data=bytes(data[: len(data) // 2])))
    with pytest.raises(BankError, match="no se puede leer"):
        trial_bank("svm_digits", folder=copy(tmp_path, data=b"PK no es un zip", rehash=True))


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(BankError, match=r"manifest\.json: no está en la carpeta"):
        trial_bank("svm_digits", folder=tmp_path)
    (copy(tmp_path) / "svm_digits.npz").unlink()
    with pytest.raises(BankError, match=r"svm_digits\.npz: no está en la carpeta"):
        trial_bank("svm_digits", folder=tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(BankError, match=r"manifest\.json: no se puede leer"):
        trial_bank("svm_digits", folder=tmp_path)


def test_a_stale_table_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(bank_module, "SCHEMA", bank_module.SCHEMA + 1)
    with pytest.raises(BankError, match="Esperaba el formato 2 y encontré el 1"):
        trial_bank("svm_digits", folder=copy(tmp_path))


def test_a_table_with_a_pickle_is_refused(tmp_path):
    buffer = io.BytesIO()
    np.savez(buffer, meta=np.array([{}], dtype=object))
    with pytest.raises(BankError, match="no se puede leer"):
        trial_bank("svm_digits", folder=copy(tmp_path, data=buffer.getvalue(), rehash=True))


# --- loading -------------------------------------------------------------------------------------
def test_opening_a_table_is_light():
    code = (
        "import sys, time; began = time.perf_counter();"
        "from course_utils import trial_bank; bank = trial_bank('mlp_digits'); bank(bank.best[0]);"
        "print(time.perf_counter() - began);"
        "print(*{'sklearn', 'scipy', 'pandas', 'optuna'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, *heavy = run.stdout.split()
    assert not heavy
    assert float(seconds) < 2  # 0.15 s where it was measured; a busy machine takes longer


# --- the maker -----------------------------------------------------------------------------------
def tiny_plan(epochs=3):
    """Five small networks, two seeds."""
    plan = make.plan_mlp()
    return replace(
        plan,
        rows=plan.rows[::100],
        row_of=np.zeros(len(plan.rows), dtype=int),
        budgets=tuple(range(1, epochs + 1)),
        sizes=np.full((2, 1, 1), 360),
        train=functools.partial(make.train_mlp, repetitions=2, epochs=epochs),
    )


def stored(folder):
    with np.load(folder / "mlp_digits.npz", allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files if name != "seconds"}


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    make.build(tiny_plan(), folder)
    return stored(folder)


def assert_equal(found, expected):
    assert found.keys() == expected.keys()
    for name in expected:
        assert np.array_equal(found[name], expected[name]), name


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_build_goes_on(tmp_path, uninterrupted, jobs, capsys):
    plan, trained = tiny_plan(), []

    def stops_at_the_third(config):
        if len(trained) == 2:
            raise KeyboardInterrupt
        trained.append(config)
        return plan.train(config)

    with pytest.raises(KeyboardInterrupt):
        make.build(replace(plan, train=stops_at_the_third), tmp_path)
    journal = tmp_path / "mlp_digits.journal"
    assert len(journal.read_bytes().splitlines()) == 3  # a head and two rows
    assert not (tmp_path / "mlp_digits.npz").exists()
    with journal.open("a") as file:
        file.write('{"row": 4, "record": {"hi')  # torn
    make.build(plan, tmp_path, jobs=jobs)
    assert "2 of 5 rows are there" in capsys.readouterr().out
    assert_equal(stored(tmp_path), uninterrupted)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["manifest.json", "mlp_digits.npz"]
    assert trial_bank("mlp_digits", folder=tmp_path).budgets == (1, 2, 3)
    make.build(plan, tmp_path)
    assert "complete" in capsys.readouterr().out


def test_a_killed_build_goes_on(tmp_path, uninterrupted, capsys):
    code = (
        "import sys, time; from pathlib import Path\n"
        f"sys.path[:0] = [{str(Path(__file__).parent)!r}]\n"
        "import test_bank as t; from dataclasses import replace\n"
        "plan = t.tiny_plan()\n"
        "def slow(config):\n    time.sleep(0.5)\n    return plan.train(config)\n"
        f"t.make.build(replace(plan, train=slow), Path({str(tmp_path)!r}))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    journal = tmp_path / "mlp_digits.journal"
    deadline = time.monotonic() + 60
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 2):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()
    there = journal.read_bytes().count(b"\n") - 1
    assert 1 <= there < 5
    make.build(tiny_plan(), tmp_path)
    assert f"{there} of 5 rows are there" in capsys.readouterr().out
    assert_equal(stored(tmp_path), uninterrupted)


def test_a_damaged_table_is_made_again(tmp_path, uninterrupted, capsys):
    make.build(tiny_plan(), tmp_path)
    table = tmp_path / "mlp_digits.npz"
    table.write_bytes(table.read_bytes()[:-20])
    make.build(tiny_plan(), tmp_path)
    assert "0 of 5 rows are there" in capsys.readouterr().out
    assert_equal(stored(tmp_path), uninterrupted)


def test_a_journal_of_another_plan_is_not_continued(tmp_path):
    make.Journal(tmp_path / "mlp_digits.journal", tiny_plan(epochs=2))
    with pytest.raises(SystemExit, match="begun with another plan"):
        make.build(tiny_plan(), tmp_path)


@pytest.mark.parametrize("name", TABLES)
def test_a_row_trained_again_is_as_recorded(name):
    """A cheap row of each table, within the tolerance of `make bank-check`."""
    check = _module("check")
    plan, bank = make.PLANS[name](), trial_bank(name)
    row = {"svm_digits": 14 * 24 + 13, "forest_cancer": 0, "mlp_digits": 1}[name]
    if name == "forest_cancer":
        plan = replace(plan, train=functools.partial(make.train_forest, trees=make.TREES[:9]))
        hits = bank.recorded["hits"][..., :9]
    elif name == "mlp_digits":
        plan = replace(plan, train=functools.partial(make.train_mlp, epochs=10))
        hits = bank.recorded["hits"][..., :10]
    else:
        hits = bank.recorded["hits"]
    gap = np.abs(plan.train(plan.rows[row])["hits"] - hits[row]) / bank.recorded["sizes"]
    assert gap.mean() <= check.TOLERANCES[name].typical
    assert gap.max() <= check.TOLERANCES[name].largest


def test_the_check_tells_equal_from_different(svm):
    check, plan = _module("check"), make.plan_svm()

    def same(config):
        row = plan.rows.index(config)
        return {name: svm.recorded[name][row].astype(float) for name in ("hits", "seconds")}

    def worse(config):
        return same(config) | {"hits": same(config)["hits"] - 2}

    lines, good = check.check(replace(plan, train=same), svm, n_rows=3, seed=0)
    assert good
    assert lines[-1].startswith("ok: typical difference 0.0000")
    lines, good = check.check(replace(plan, train=worse), svm, n_rows=3, seed=0)
    assert not good
    assert lines[-1].startswith("DIFFERENT: typical difference 0.0056")
    assert len(lines) == 4
