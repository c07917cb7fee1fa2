"""No damaged notebook, zip or name stops the grader, or costs more than its budget."""

from __future__ import annotations

import os

import pytest

from benchmarks import fuzz

TIMES = int(os.environ.get("COURSE_CASES", "1"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="budgets need POSIX"),
]


def test_damaged_files_are_read_named_and_shown() -> None:
    result = fuzz.run(600 * TIMES)
    assert result["broken"] == []
    assert min(result["seen"][kind] for kind in ("exercise", "unreadable")) > 100 * TIMES
