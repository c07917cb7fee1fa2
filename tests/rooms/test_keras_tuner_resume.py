"""A search of Keras Tuner, killed with SIGKILL and continued: none lost, none run twice.

Real processes, tiny networks on random numbers; the log is written by the search itself.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.rooms import forked

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")]


def _search(*arguments: Any) -> None:
    from tests.rooms import keras_tuner_search

    keras_tuner_search.search(*arguments)


def attempt(folder: Path, search: str, cut: str, mended: str) -> list[list[str]]:
    """Run the search once and return the lines that it added to the log."""
    log = folder / "log.txt"
    before = log.read_text() if log.exists() else ""
    process = forked.CONTEXT.Process(target=_search, args=(folder, search, cut, mended))
    process.start()
    process.join(300)
    assert process.exitcode == (0 if cut == "never" else -signal.SIGKILL)
    return [line.split() for line in log.read_text().removeprefix(before).splitlines()]


def lines(log: list[list[str]], kind: str) -> dict[str, str]:
    """Return the last word of the lines of a kind by trial."""
    return {words[1]: words[-1] for words in log if words[0] == kind}


def starts(*logs: list[list[str]]) -> Counter[str]:
    return Counter(words[1] for log in logs for words in log if words[0] == "start")


@pytest.mark.parametrize(("search", "trials"), [("random", 6), ("hyperband", 10)])
def test_killed_while_training(tmp_path, search, trials):
    """Keras Tuner as it is: only the trial that was running is run again, from its beginning."""
    first = attempt(tmp_path, search, "training", "plain")
    finished = lines(first, "end")
    (cut,) = lines(first, "start").keys() - finished.keys()
    assert len(finished) == 3
    second = attempt(tmp_path, search, "never", "plain")
    count = starts(first, second)
    assert len(count) == trials
    assert {name for name, times in count.items() if times > 1} == {cut}
    assert count[cut] == 2
    assert lines(first, "start")[cut] == lines(second, "start")[cut]  # with the same units
    assert not finished.keys() & lines(second, "end").keys()
    assert second[-1] == ["order", *sorted(count)]
    if search == "random":  # no configuration twice either
        units = {**lines(first, "start"), **lines(second, "start")}.values()
        assert len(set(units)) == trials


def test_the_continued_search_is_the_uninterrupted_one(tmp_path):
    """Same units, same scores as without the kill: the state of the draws is kept."""
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    whole.mkdir()
    halves.mkdir()
    expected = attempt(whole, "random", "never", "plain")
    found = attempt(halves, "random", "training", "plain")
    found += attempt(halves, "random", "never", "plain")
    for kind in ("start", "end"):
        assert lines(found, kind) == lines(expected, kind)


@pytest.mark.parametrize("mended", ["plain", "mended"])
def test_killed_between_the_two_writes_of_an_end(tmp_path, mended):
    """Keras Tuner 1.4.8 runs a finished trial twice; the lesson's repair does not.

    When this fails for "plain", the library is mended and the repair can leave the lesson.
    """
    first = attempt(tmp_path, "random", "ending", mended)
    second = attempt(tmp_path, "random", "never", mended)
    count = starts(first, second)
    twice = {name for name, times in count.items() if times > 1}
    assert twice == ({"2"} if mended == "plain" else set())
    assert len(count) == 6


@pytest.mark.parametrize("mended", ["plain", "mended"])
def test_killed_between_the_two_writes_of_a_start(tmp_path, mended):
    """Keras Tuner 1.4.8 counts a trial that never ran; the lesson's repair does not."""
    first = attempt(tmp_path, "random", "starting", mended)
    second = attempt(tmp_path, "random", "never", mended)
    count = starts(first, second)
    assert set(count.values()) == {1}
    assert len(count) == (5 if mended == "plain" else 6)
