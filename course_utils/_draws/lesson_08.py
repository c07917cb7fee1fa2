"""Lesson 08, learning rates: steps, schedules and momentum, asked on inputs drawn from a seed."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from course_utils._draws.paper import Paper, generator

Array = npt.NDArray[Any]


# --- steps_per_epoch -----------------------------------------------------------------------------
def trainings(seed: int) -> list[tuple[int, int, float]]:
    """Rows, batch size and share for validation; no two typical mistakes agree on all of them."""
    rng = generator(seed, "steps_per_epoch")
    drawn = [
        (int(rng.integers(1_000, 90_000)), int(2 ** rng.integers(4, 10)), share)
        for share in (0.0, 0.0, 0.1, 0.2, 0.25, 0.5)
    ]
    # A remainder of one row (rounding goes wrong), none at all, fewer rows than a batch, and a
    # fraction of a row too many.
    ends = [(64 * int(rng.integers(20, 90)) + 1, 64, 0.0), (12_800, 128, 0.0), (50, 64, 0)]
    full = 50 * (2 * int(rng.integers(20, 90)) + 1)  # rows for training, and 0.4 of one more
    return [*drawn, *ends, (round((full + 0.4) * 5 / 4), 50, 0.2)]


# --- decayed_rate --------------------------------------------------------------------------------
def decays(seed: int) -> list[tuple[int, float, int, float, bool]]:
    """Step, initial rate, decay steps, decay rate and whether it falls in a staircase."""
    rng = generator(seed, "decayed_rate")
    cases = []
    for staircase in (False, False, False, True, True, True):
        decay_steps = int(rng.integers(50, 400))
        step = int(decay_steps * rng.integers(1, 6) + decay_steps * rng.uniform(0.55, 0.9))
        initial, decay_rate = 10 ** rng.uniform(-4, 0), rng.uniform(0.5, 0.97)
        cases.append((step, float(initial), decay_steps, float(decay_rate), staircase))
    return [*cases, (0, 0.1, 141, 0.96, False), (141, 0.1, 141, 0.96, True)]


# --- momentum_path -------------------------------------------------------------------------------
def valleys(seed: int) -> list[tuple[float, float, float, float, float, int]]:
    """Steepness and bottom of a valley, start, rate, momentum and number of steps."""
    rng = generator(seed, "momentum_path")
    cases = [
        (rng.uniform(0.5, 3), rng.uniform(-2, 2), rng.uniform(2, 9), rate, mu, n)
        for rate, mu, n in ((0.1, 0.9, 8), (0.05, 0.5, 6), (0.2, 0.7, 5))
    ]
    return [*cases, (1.0, 0.0, 5.0, 0.1, 0.0, 4)]


# --- warmup_cosine -------------------------------------------------------------------------------
def warmups(seed: int) -> list[tuple[int, float, int, int]]:
    """Step, peak rate, steps of warm-up and steps in all; every part of the curve is asked."""
    rng = generator(seed, "warmup_cosine")
    cases = []
    for _ in range(3):
        warm, total = int(rng.integers(40, 200)), int(rng.integers(900, 2_000))
        peak = float(10 ** rng.uniform(-3, -0.5))
        middle = int(rng.integers(warm + 50, total - 50))
        for step in (0, warm // 3, warm, middle, total, total + int(rng.integers(10, total // 2))):
            cases.append((step, peak, warm, total))
    return cases


DRAWS = {
    "steps_per_epoch": lambda seed: Paper(trainings(seed)),
    "decayed_rate": lambda seed: Paper(decays(seed)),
    "momentum_path": lambda seed: Paper(valleys(seed)),
    "warmup_cosine": lambda seed: Paper(warmups(seed)),
}
