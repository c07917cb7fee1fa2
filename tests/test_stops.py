"""`make stops`: a long cell is stopped, the next ones are run, and faults are named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks import stops
from course_utils import messages
from tools import notebooks

SETUP = "import time\nfrom course_utils import setup\nsetup()"
FINE = {"section": "1.1", "ended": "kept", "next": "told", "warned": "", "old values": []}
FINE |= {"again": "same"}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"ended": "cut", "next": "ran"}, []),
        ({"ended": "silent"}, ["stopped, it ends: silent"]),
        ({"next": "ValueError: cannot reshape"}, ["the next cells: ValueError: cannot reshape"]),
        ({"warned": "nan"}, ["warns: nan"]),
        ({"old values": ["table"]}, ["the next cells use old values of table"]),
        ({"ended": "restart", "next": "told", "again": "cell 0 differs"}, []),
        ({"again": "cell 0 differs"}, ["run again: cell 0 differs"]),
    ],
)
def test_what_a_student_would_not_understand_is_a_fault(changed, named):
    assert list(stops.faults(FINE | changed)) == named


@pytest.mark.slow
def test_a_stopped_cell_is_recorded_with_what_comes_after_it(monkeypatch):
    monkeypatch.setattr(stops, "LONG", 0.5)  # here, six turns of 0.15 seconds
    busy = "until = time.process_time() + 0.15\nwhile time.process_time() < until: pass"
    work = f"def work(n):\n    {busy.replace(chr(10), chr(10) + '    ')}\n    return n"
    sources = [
        SETUP,
        f"{work}\ntable = [0]",
        "from course_utils import track\nkept = [work(n) for n in track(range(6), 'vueltas')]",
        "print(len(kept) > 0)",
        "table = [work(n) for n in range(6)]",
        "print(table)",
        "one, two, *_ = [work(n) for n in track(range(6), 'redes', needs_all=True)]",
        "print(one)",
    ]
    cells = [new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["setup"]
    kept, cut, whole = stops.stop_cells(new_notebook(cells=cells, metadata=notebooks.METADATA))
    assert not list(stops.faults(kept))
    assert kept["ended"] == "kept"
    assert list(stops.faults(cut)) == ["the next cells use old values of table"]
    assert (whole["ended"], whole["next"]) == ("cut", "told")


def test_a_stop_inside_an_import_that_asks_for_a_restart_is_told_from_a_cut():
    stopped = stops.Run("KeyboardInterrupt: ", messages.IMPORT_CUT, "", 2.0, 2.0, 0.1)
    assert stops.ending(stopped) == "restart"
    assert stops.ending(replace(stopped, shown="")) == "cut"


def test_the_record_holds_a_stop_for_each_long_cell_of_a_lesson():
    recorded = json.loads(stops.RESULTS.read_text(encoding="utf-8"))
    assert all(set(FINE) <= set(stop) for lesson in recorded.values() for stop in lesson)
