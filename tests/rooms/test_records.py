"""Records of measurements that lessons show."""

import pandas as pd
import pytest

from course_utils import load_record

STAGES = {"install", "import", "use"}


def test_the_graveyard_names_every_library_with_its_error_and_no_path():
    record = load_record("graveyard")
    names = [library["library"] for library in record["libraries"]]
    assert names == ["Hyperas", "Sklearn-Deap", "Spearmint", "auto-sklearn", "HpBandSter"]
    for library in record["libraries"]:
        assert library["stage"] in STAGES
        assert library["error"] and "/" not in library["error"]


def test_the_panorama_has_every_library_and_chance_with_as_many_seeds():
    record = load_record("panorama")
    assert set(record["regret"]) == {"azar", *record["versions"]}
    assert {len(regrets) for regrets in record["regret"].values()} == {20}
    assert min(min(regrets) for regrets in record["regret"].values()) >= 0


def test_sensitivity_has_ten_accuracies_of_the_base_and_of_every_change():
    record = load_record("sensitivity")
    scores = [record["base"], *(change["accuracy"] for change in record["changes"])]
    assert {len(accuracies) for accuracies in scores} == {10}
    assert all(0 <= score <= 1 for accuracies in scores for score in accuracies)
    assert {change["claim"] for change in record["changes"]} == {
        "Alta",
        "Media",
        "Baja",
        "(placebo)",
    }


def test_a_short_search_has_both_networks_at_both_lengths_by_seed_and_by_tumour():
    record = load_record("short_search")
    assert set(record["losses"]) == {"12", "80"}
    for networks in record["losses"].values():
        assert set(networks) == {"deck", "winner"}
        for losses in networks.values():
            assert (len(losses["seeds"]), len(losses["rows"])) == (10, 569)
            by_seed, by_row = (sum(losses[key]) / len(losses[key]) for key in ("seeds", "rows"))
            assert by_seed == pytest.approx(by_row, abs=1e-4)


def test_every_way_to_regularize_has_ten_pairs_of_curves():
    record = load_record("regularizers")
    assert len(record["designs"]) == 4
    for runs in record["designs"].values():
        assert {len(values) for values in runs.values()} == {10}
        curves = [*runs["training"], *runs["validation"]]
        assert {len(curve) for curve in curves} == {record["epochs"]}
        assert all(0 <= share <= 1 for share in [*runs["accuracy"], *runs["tiny"]])


def test_the_networks_of_lesson_10_have_ten_seeds_each():
    rows = load_record("imdb")["rows"]
    assert [row["seed"] for row in rows] == list(range(101, 111))
    for row in rows:
        assert [len(curve) for curve in row["book"].values()] == [8] * 4
        assert (len(row["winner"]), len(row["slow"])) == (6, 20)
        test = row["test"]
        lead = (test["wins"] - test["losses"]) / 25_000
        assert test["winner"] - test["book"] == pytest.approx(lead, abs=2e-5)


def test_two_networks_on_few_images_have_ten_seeds_each():
    rows = load_record("small_images")["rows"]
    assert [row["seed"] for row in rows] == list(range(101, 111))
    curves = [curve for row in rows for kind in ("CNN", "densa") for curve in row[kind].values()]
    assert {len(curve) for curve in curves} == {4}


def test_an_unknown_record_is_said():
    with pytest.raises(ValueError, match=r"automl, graveyard, imdb, kills, nas, .*transfer"):
        load_record("nothing")


def test_rates_of_gates_and_of_drift_checks_are_shares():
    parts = load_record("production")
    gates, drifts = (
        pd.DataFrame(parts[name]["rows"]).set_index("caso") for name in ("gate", "drift")
    )
    assert gates["con_pruebas"].iloc[0] < 0.05 < gates["acierta_mas"].iloc[0]
    assert gates["con_pruebas"].is_monotonic_increasing
    unchanged = drifts.loc["sin deriva"]
    assert unchanged["bonferroni"] < 0.08 < 0.3 < unchanged["30_pruebas"]


def test_every_way_to_reuse_a_network_has_the_same_seeds_at_every_size():
    rows = pd.DataFrame(load_record("transfer")["rows"])
    for _, size in rows.groupby("per_class"):
        assert size["seed"].tolist() == list(range(len(size)))
    assert rows["per_class"].value_counts().nunique() == 1
    assert rows["seed"].nunique() >= 5
    ways = ["convolutions", "all_but_last", "tuned", "scratch"]
    assert rows[ways].to_numpy().min() > 0.2  # chance


def test_newswires_have_ten_networks_and_what_each_newswire_says_of_them():
    record = load_record("newswires")
    seeds = record["seeds"]
    assert len(seeds) == 10
    for entrant in record["contest"]:
        assert {len(entrant[stage]) for stage in ("brief", "longer", "fuller")} == {len(seeds)}
    sizes = {"validation": 1_797, "test": 2_246, "test_all_rows": 2_246}
    for part, size in sizes.items():
        for name, scores in record[part].items():
            assert len(scores["accuracy"]) == (1 if name == "linear" else len(seeds))
            assert len(scores["hit_rate"]) == size
            mean = sum(scores["accuracy"]) / len(scores["accuracy"])
            assert sum(scores["hit_rate"]) / size == pytest.approx(mean, abs=1e-4)
