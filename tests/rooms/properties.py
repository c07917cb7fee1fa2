"""On how many cases a property is tried: always the same few in CI, ten thousand when asked for."""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("COURSE_CASES", "1"))
"""``COURSE_CASES=30 python -m pytest …`` tries thirty times as many cases."""


def cases(number):
    """Try a property on `number` cases, the same on every run, whatever each of them takes."""
    return settings(
        max_examples=number * TIMES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
