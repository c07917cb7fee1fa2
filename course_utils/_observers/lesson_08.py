"""Lesson 08, learning rates: steps, schedules and momentum, asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_utils._observers.student import Student, answers_of, value_of


def momentum_path(student: Student, valleys: list[Any]) -> dict[str, Any]:
    """Positions visited by the student, one list per valley."""
    function = student.function("momentum_path")
    return {
        "paths": [
            student.call(function, _slope(steepness, bottom), start, rate, mu, n)
            for steepness, bottom, start, rate, mu, n in valleys
        ]
    }


def _slope(steepness: float, bottom: float) -> Callable[[float], float]:
    """Gradient of a valley."""
    return lambda w: steepness * (w - bottom)


OBSERVERS = {
    "steps_per_epoch": answers_of("steps_per_epoch", "steps"),
    "decayed_rate": answers_of("decayed_rate", "rates"),
    "momentum_path": momentum_path,
    "warmup_cosine": answers_of("warmup_cosine", "rates"),
    "matched_rate": value_of("matched_rate"),
    "half_steps": value_of("half_steps"),
}
