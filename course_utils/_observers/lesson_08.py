"""Lesson 08, learning rates: steps, schedules and momentum, asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_utils._observers.student import Student


def steps_per_epoch(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Steps counted by the student, one number per training."""
    function = student.function("steps_per_epoch")
    return {"steps": [student.call(function, *training) for training in cases]}


def decayed_rate(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Rates worked out by the student, one number per case."""
    function = student.function("decayed_rate")
    return {"rates": [student.call(function, *case) for case in cases]}


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


def warmup_cosine(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Rates worked out by the student, one number per case."""
    function = student.function("warmup_cosine")
    return {"rates": [student.call(function, *case) for case in cases]}


OBSERVERS = {
    "steps_per_epoch": steps_per_epoch,
    "decayed_rate": decayed_rate,
    "momentum_path": momentum_path,
    "warmup_cosine": warmup_cosine,
}
