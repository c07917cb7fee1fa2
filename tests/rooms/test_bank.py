import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import optuna
import pytest

from course_utils import trial_bank
from course_utils.bank import BankError, _cubes, _reading, _table

HOME = Path(__file__).resolve().parents[2] / "datasets" / "trial_bank"
TABLES = ("svm_digits", "forest_cancer", "mlp_digits")


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


def test_what_is_recorded_is_reduced_once_for_all_searches(bank, monkeypatch):
    reduced = []

    def counting(recorded, metric, average_steps):
        reduced.append(metric)
        return _cubes.cube(recorded, metric, average_steps)

    monkeypatch.setattr(_table, "cube", counting)
    for seed in (*bank.seeds, None):
        assert bank.random_search(60, 2000, seed=seed).max(axis=1).shape == (2000,)
    assert reduced == ["accuracy"]


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


# --- networks, and tables in progress -------------------------------------------------------------
N_VALID, N_TEST = 12, 10


def networks(folder, trained=None):
    """Write a table of two networks, two seeds and three epochs."""
    rng = np.random.default_rng(0)
    valid, test = rng.random((2, 2, 2, N_VALID)) < 0.7, rng.random((2, 2, 2, N_TEST)) < 0.6
    arrays = {
        "hits": rng.integers(N_VALID, size=(2, 2, 1, 3)).astype("uint16"),
        "train_hits": rng.integers(30, size=(2, 2, 1, 3)).astype("uint16"),
        "test_hits": rng.integers(N_TEST, size=(2, 2, 1, 3)).astype("uint16"),
        "loss": rng.random((2, 2, 1, 3)).astype("float16"),
        "seconds": np.ones((2, 2, 1, 3), dtype="float16"),
        "valid_right": np.packbits(valid, axis=-1),
        "test_right": np.packbits(test, axis=-1),
        "row_of": np.arange(2),
    }
    for name, size in {"sizes": N_VALID, "train_sizes": 30, "test_sizes": N_TEST}.items():
        arrays[name] = np.full((2, 1, 1), size)
    if trained is not None:
        arrays["trained"] = np.array(trained)
    space = {"units": [16, 512]}
    meta = {
        "schema": 1,
        "table": "networks",
        "space": space,
        "rows": [{"units": 16}, {"units": 512}],
        "budgets": [1, 2, 3],
        "unit": "epochs",
        "lower_is_better": ["loss"],
        "average_steps": False,
        "budget_name": None,
        "moments": ["best", 3],
        "about": {},
    }
    buffer = io.BytesIO()
    written = np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8)
    stored: dict[str, Any] = arrays | {"meta": written}
    np.savez(buffer, **stored)
    copy(folder, "networks", buffer.getvalue(), rehash=True)
    return arrays | {"valid": valid, "test": test}


def test_networks_know_their_training_and_test_accuracy(tmp_path):
    stored = networks(tmp_path)
    bank = trial_bank("networks", folder=tmp_path)
    config = {"units": 512}
    assert bank.metrics == ("accuracy", "loss", "train_accuracy", "test_accuracy")
    assert bank(config, seed=1, budget=2, metric="test_accuracy") == pytest.approx(
        stored["test_hits"][1, 1, 0, 1] / N_TEST
    )
    curve = stored["train_hits"][1, :, 0].mean(axis=0) / 30
    assert bank.curve(config, metric="train_accuracy") == pytest.approx(curve)
    scores = bank.scores(metric="test_accuracy", seed=0)
    assert scores == pytest.approx(stored["test_hits"][:, 0, 0, -1] / N_TEST)
    with pytest.raises(ValueError, match="metric='seconds' no está en networks"):
        bank(config, metric="seconds")


def test_networks_say_which_rows_were_right(tmp_path):
    stored = networks(tmp_path)
    bank = trial_bank("networks", folder=tmp_path)
    found = bank.right({"units": 512}, seed=1)
    assert found.dtype == bool
    assert np.array_equal(found, stored["valid"][1, 1, 0])
    found = bank.right({"units": 16}, seed=0, rows="test", at=3)
    assert np.array_equal(found, stored["test"][0, 0, 1])
    with pytest.raises(ValueError, match=r"en at=2\. Momentos guardados: 'best', 3"):
        bank.right({"units": 16}, seed=0, at=2)


def test_a_table_without_them_says_so(svm):
    with pytest.raises(ValueError, match="svm_digits no guarda"):
        svm.right(svm.best.config, seed=0)
    with pytest.raises(ValueError, match="metric='test_accuracy' no está en svm_digits"):
        svm(svm.best.config, metric="test_accuracy")


def test_a_table_in_progress_offers_its_complete_seeds(tmp_path):
    stored = networks(tmp_path, trained=[[True, True], [True, False]])
    bank = trial_bank("networks", folder=tmp_path)
    assert bank.seeds == (0,)
    assert bank({"units": 512}) == pytest.approx(stored["hits"][1, 0, 0, -1] / N_VALID)
    assert bank.recorded["test_sizes"].shape == (1, 1, 1)
    assert "trained" not in bank.recorded


def test_a_table_without_a_complete_seed_is_refused(tmp_path):
    networks(tmp_path, trained=[[True, False], [False, False]])
    with pytest.raises(BankError, match=r"networks\.npz aún se está grabando: tiene 1"):
        trial_bank("networks", folder=tmp_path)


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
    monkeypatch.setattr(_reading, "SCHEMA", _reading.SCHEMA + 1)
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
        "import sys; from course_utils import trial_bank;"
        "bank = trial_bank('mlp_digits'); bank(bank.best[0]);"
        "print(*{'sklearn', 'scipy', 'pandas', 'optuna', 'keras'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
