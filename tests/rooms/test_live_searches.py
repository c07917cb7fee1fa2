"""Searches drawn at random do the same with `progress` as without.

The environment variable ``COURSE_SEARCHES`` sets how many: 220, or 3000 in a while.
"""

import os
from collections import Counter
from contextlib import contextmanager
from functools import wraps

import numpy as np
import pytest
from drawn_searches import draw, outcome  # not tests.rooms: IPython 7 has a package of that name
from sklearn.model_selection import _search as sklearn_search

from course_utils import progress

pytestmark = pytest.mark.slow

SEARCHES = int(os.environ.get("COURSE_SEARCHES", "220"))
BLOCKS = 4
IN_PROCESSES = max(8, SEARCHES // 50)  # they take long to start


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_search_does_the_same_with_progress_as_without(block):
    compare(range(block * SEARCHES // BLOCKS, (block + 1) * SEARCHES // BLOCKS))


def test_a_search_in_two_processes_does_the_same_with_progress_as_without():
    compare(range(IN_PROCESSES), n_jobs=2)


def test_an_interrupted_search_is_one_over_the_finished_candidates():
    compared = 0
    for seed in range(SEARCHES // 4):
        stopped, first = draw(seed), draw(seed)
        if {"search", "halving grid", "halving random"} & set(stopped.words):
            continue  # fits inside fits, or rounds that depend on the ones before
        with fits_counted() as count:
            plain = outcome(draw(seed))
        n_splits = int(plain.get("n_splits_", 99))
        if "error" in plain or count[0] <= n_splits:
            continue
        stop = int(np.random.default_rng(seed).integers(n_splits, count[0]))
        with fits_counted(stop):
            shown = outcome(stopped, progress)
        expected = outcome(first, only_first(stop // n_splits))
        for name in expected.keys() - {"warnings", "printed", "random state", "answers"}:
            assert shown.get(name) == expected[name], (seed, stopped.words, name)
        compared += 1
    print(f"seeds 0 to {SEARCHES // 4 - 1}: {compared} interrupted searches")
    assert compared > SEARCHES // 16


def compare(seeds, n_jobs=None):
    words: Counter[str] = Counter()
    for seed in seeds:
        plain, case = outcome(draw(seed, n_jobs)), draw(seed, n_jobs)
        shown = outcome(case, progress)
        words.update(case.words)
        for name in sorted(plain.keys() | shown.keys()):
            assert shown.get(name) == plain.get(name), (seed, case.words, name)
    print(f"seeds {seeds[0]} to {seeds[-1]}, n_jobs={n_jobs}: {words}")


@contextmanager
def fits_counted(stop=None):
    """Count fits; interrupt the one after `stop`."""
    count, original = [0], sklearn_search._fit_and_score

    @wraps(original)
    def counting(*args, **kwargs):
        if count[0] == stop:
            raise KeyboardInterrupt
        count[0] += 1
        return original(*args, **kwargs)

    sklearn_search._fit_and_score = counting
    try:
        yield count
    finally:
        sklearn_search._fit_and_score = original


def only_first(n_candidates):
    """Make a context in which a search evaluates its first candidates only."""

    @contextmanager
    def around(search):
        original = search._run_search

        @wraps(original)
        def run(evaluate, **context):
            original(
                lambda candidates, **k: evaluate(list(candidates)[:n_candidates], **k), **context
            )

        search._run_search = run
        yield

    return around
