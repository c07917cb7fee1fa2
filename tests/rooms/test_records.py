"""Records of measurements that lessons show."""

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


def test_an_unknown_record_is_said():
    with pytest.raises(FileNotFoundError):
        load_record("nothing")
