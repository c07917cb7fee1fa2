"""The decks' procedures beside the lessons': comparison, record, table, and what they repeat."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest

from benchmarks import decks
from benchmarks.deck_procedures import report
from benchmarks.deck_procedures.comparison import compare, standard_error
from benchmarks.deck_procedures.measured import (
    Clock,
    Measured,
    NotRecordedError,
    recorded,
    unpacked,
)
from benchmarks.deck_procedures.rows import ROWS

ROOT = Path(__file__).resolve().parents[1]
NAMES = [row.name for row in ROWS]


def _entry(right, seconds=1.0, winner=None):
    own = None if winner is None else np.array(winner, dtype=bool)
    return Measured(seconds, np.array(right, dtype=bool), "an answer", own).as_json()


def _side(rights, seconds):
    return {str(101 + k): _entry(right, seconds) for k, right in enumerate(rights)}


def _record(n_rows=None):
    """Give seconds to the first rows, and random answers."""
    rng = np.random.default_rng(101)
    rights = rng.random((2, 3, 40)) < 0.8
    return {
        name: {"deck": _side(rights[0], 100.0 + k), "course": _side(rights[1], 5.0)}
        for k, name in enumerate(NAMES[:n_rows])
    }


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_lesson_still_has_the_code_that_is_repeated(row):
    (path,) = (ROOT / "notebooks").glob(f"{row.lesson}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    flat = " ".join(code.split())
    assert [quote for quote in row.quotes if quote not in flat] == []
    sections = re.findall(r"\b\d+\.\d+\b", row.counterpart.split(":")[0])
    headings = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert sections
    assert all(re.search(rf"^## {re.escape(one)}\b", headings, re.M) for one in sections)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_row_has_a_module_with_both_sides(row):
    source = (ROOT / "benchmarks" / "deck_procedures" / f"{row.name}.py").read_text("utf-8")
    functions = {f.name: f for f in ast.parse(source).body if isinstance(f, ast.FunctionDef)}
    for side in decks.SIDES:
        taken = {argument.arg for argument in functions[side].args.args}
        assert set(row.small.get(side, {})) <= taken


def test_rows_are_kept_as_bits():
    right, winner = np.arange(13) % 3 == 0, np.arange(13) % 2 == 0
    entry = json.loads(json.dumps(Measured(1.0, right, "", winner).as_json()))
    assert unpacked(entry).tolist() == right.tolist()
    assert unpacked(entry, "winner_right").tolist() == winner.tolist()
    assert unpacked(Measured(1.0, right, "").as_json(), "winner_right").tolist() == right.tolist()


def test_a_clock_adds_up_what_it_was_asked_to():
    clock = Clock()
    for _ in range(2):
        with clock:
            sum(range(100_000))
    assert 0 < clock.seconds < 5


def test_rows_are_compared_in_pairs():
    deck, course = [1] * 60 + [0] * 40, [1] * 50 + [0] * 10 + [1] * 4 + [0] * 36
    found = compare({"101": _entry(deck, 30.0)}, {"101": _entry(course, 2.0, deck)}, margin=2)
    assert (found.deck_right, found.course_right, found.n_rows) == (60, 54, 100)
    assert found.difference == pytest.approx(-6)
    gaps = np.array([-1] * 10 + [1] * 4 + [0] * 86)
    assert found.error == pytest.approx(100 * gaps.std(ddof=1) / 10)
    assert found.winner == 0
    assert found.ratio == 15
    assert found.verdict == "no difference"


@pytest.mark.parametrize(
    ("lost", "margin", "verdict"),
    [(9, 2, "worse"), (9, 4, "no difference"), (0, 2, "no difference"), (-9, 2, "better")],
)
def test_a_verdict_needs_more_than_the_margin(lost, margin, verdict):
    full, less = [1] * 100, [0] * abs(lost) + [1] * (100 - abs(lost))
    deck, course = (full, less) if lost > 0 else (less, full)
    found = compare({"101": _entry(deck)}, {"101": _entry(course)}, margin)
    assert found.verdict == verdict


def test_chance_comes_in_through_rows_and_through_seeds():
    rng = np.random.default_rng(101)
    alike = np.tile(rng.choice([-100.0, 0.0, 100.0], 500), (3, 1))  # all seeds say the same
    assert standard_error(alike) == pytest.approx(alike[0].std(ddof=1) / 500**0.5)
    apart = np.repeat([[-10.0], [0.0], [10.0]], 500, axis=1)  # all rows say the same
    assert standard_error(apart) == pytest.approx(10 / 3**0.5)


def test_other_rows_and_other_seeds_are_not_compared():
    with pytest.raises(ValueError, match="same held-out rows"):
        compare({"101": _entry([1, 0])}, {"101": _entry([1, 0, 1])}, margin=2)
    with pytest.raises(ValueError, match="no seed"):
        compare({"101": _entry([1, 0])}, {"102": _entry([1, 0])}, margin=2)


def test_the_sums_are_those_of_the_table(tmp_path):
    text = report.section(_record(), tmp_path / "decks.svg")
    lines = [line.split(" | ") for line in text.splitlines() if line.startswith("| 0")]
    assert len(lines) == len(ROWS)
    deck, course = (sum(float(line[k]) for line in lines) for k in (1, 3))
    assert (deck, course) == report.sums(report.compared(_record()))
    assert f"{deck:,.0f} s of the decks, {course:.1f} s of the course" in text
    assert f"{deck / course:.1f} times shorter (10 wanted: reached)" in text
    assert "Not measured yet" not in text


def test_the_table_names_what_is_missing_and_what_is_worse(tmp_path):
    record = _record(3)
    del record[NAMES[1]]["course"]
    good, bad = np.ones(40), np.arange(40) > 20
    record[NAMES[2]] = {"deck": _side([good], 1.0), "course": _side([bad], 1.0)}
    text = report.section(record, tmp_path / "decks.svg")
    assert f"Worse beyond the margin: {ROWS[2].procedure}." in text
    missing = text.split("Not measured yet, and not in the sums: ")[1]
    assert ROWS[1].procedure in missing
    assert ROWS[0].procedure not in missing
    assert report.section({}, tmp_path / "none.svg") == ""


def test_the_picture_is_the_same_again_and_has_words_beside_it(tmp_path):
    text = report.section(_record(), tmp_path / "one.svg")
    report.section(_record(), tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    alt, target = re.findall(r"!\[(.+)\]\((.+)\)", text)[0]
    assert target == "one.svg"
    assert alt.count(" s and ") == len(ROWS) + 1  # and the sums


@pytest.mark.skipif(not decks.RESULT.is_file(), reason="nothing is measured yet")
def test_what_stands_in_the_results_is_what_is_recorded(tmp_path):
    about = json.loads(decks.RESULT.read_text("utf-8"))["about"]
    assert about["margin"] == decks.MARGIN
    section = report.section(picture=tmp_path / report.PICTURE.name)
    assert section in (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8")
    assert (tmp_path / report.PICTURE.name).read_bytes() == report.PICTURE.read_bytes()


def test_an_interruption_loses_one_measurement_and_the_next_call_goes_on(monkeypatch, tmp_path):
    monkeypatch.setattr(decks, "RESULT", tmp_path / "decks.json")
    asked = []

    def measured(row, side, seed, *, small):
        asked.append((row.name, side, seed))
        if len(asked) == 4:
            raise KeyboardInterrupt
        return None if row is ROWS[0] and side == "deck" else _entry([1, 0])

    monkeypatch.setattr(decks, "in_own_process", measured)
    with pytest.raises(KeyboardInterrupt):
        decks.measure_missing(list(ROWS[:2]), 2, small=False)
    assert sorted(decks.read_record()) == sorted(NAMES[:2])
    before = asked.copy()
    decks.measure_missing(list(ROWS[:2]), 2, small=False)
    again = [one for one in asked[4:] if one in before[:3]]
    assert again == [(NAMES[0], "deck", "101")]  # the bank did not have it
    assert set(decks.read_record()[NAMES[1]]["deck"]) == {"101", "102"}


def test_what_the_bank_does_not_hold_is_said(monkeypatch):
    with pytest.raises(NotRecordedError, match="table nothing of the trial bank is not begun"):
        recorded("nothing", 101)
    with pytest.raises(NotRecordedError, match="has no seed 90"):
        recorded("mnist_seeds", 191)
    bank, seed = recorded("mnist_seeds", 102)
    assert (bank.name, seed) == ("mnist_seeds", 1)


class _Bank(SimpleNamespace):
    """A table in which larger networks are better, and an epoch takes a second."""

    def curve(self, config, *, metric="accuracy", seed):
        epochs = np.arange(1, 11)
        if metric == "seconds":
            return epochs.astype(float)
        rising = config["units"] / 1000 + epochs / 100
        return rising if metric == "accuracy" else 1 - rising

    def cost(self, config, *, budget, seed):
        return float(budget)

    def right(self, config, *, seed, rows, at):
        return np.arange(20) < 15


@pytest.mark.slow
def test_hyperband_is_replayed_in_thirty_trials_and_120_epochs(monkeypatch):
    mnist_hyperband = pytest.importorskip("benchmarks.deck_procedures.mnist_hyperband")
    monkeypatch.setattr(mnist_hyperband, "recorded", lambda name, seed: (_Bank(), 0))
    monkeypatch.setattr(mnist_hyperband, "pace", lambda bank, seed: 2.0)
    found = mnist_hyperband.deck(101)
    assert found.details == {"trials": 30, "epochs": 120, "pace": 2.0}
    assert found.seconds == 2 * (120 + 5)
    assert int(found.answer.split()[0]) >= 400
    assert mnist_hyperband.stopped(np.array([3.0, 1, 2, 2, 2, 2, 2, 0]), 5) == 7


@pytest.mark.slow
def test_the_decks_grid_on_newswires_pays_for_every_length():
    reuters_grid = pytest.importorskip("benchmarks.deck_procedures.reuters_grid")
    assert len(reuters_grid.grid()) == 54

    def score(config, *, budget, seed):
        return config["units"] / 1000 - abs(budget - 10)

    config, epochs = reuters_grid.winner(score, 0)
    assert (config["units"], config["batch_size"], epochs) == (256, 32, 10)
