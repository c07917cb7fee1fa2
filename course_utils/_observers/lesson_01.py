"""Lesson 01, metrics and validation: predictions, thresholds and splits, asked."""

from __future__ import annotations

from typing import Any

from course_utils._observers.student import Student, answers_of, value_of


def useless(student: Student, tables: list[Any]) -> dict[str, Any]:
    """Predictions for each table."""
    function = student.function("useless")
    return {"predictions": [student.call(function, X) for X in tables]}


OBSERVERS = {
    "useless": useless,
    "best_threshold": answers_of("best_threshold", "thresholds"),
    "three_parts": answers_of("three_parts", "parts"),
    "baseline_accuracy": value_of("baseline_accuracy"),
    "alarm_precision": value_of("alarm_precision"),
}
