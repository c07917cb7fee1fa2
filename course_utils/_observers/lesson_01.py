"""Lesson 01, metrics and validation: predictions, thresholds and splits, asked."""

from __future__ import annotations

from typing import Any

from course_utils._observers.student import Student, value_of


def useless(student: Student, tables: list[Any]) -> dict[str, Any]:
    """Predictions for each table."""
    function = student.function("useless")
    return {"predictions": [student.call(function, X) for X in tables]}


def best_threshold(student: Student, cases: list[Any]) -> dict[str, Any]:
    """One threshold per set of labels."""
    function = student.function("best_threshold")
    return {"thresholds": [student.call(function, *case) for case in cases]}


def three_parts(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Three lists of row numbers per case."""
    function = student.function("three_parts")
    return {"parts": [student.call(function, *case) for case in cases]}


OBSERVERS = {
    "useless": useless,
    "best_threshold": best_threshold,
    "three_parts": three_parts,
    "baseline_accuracy": value_of("baseline_accuracy"),
    "alarm_precision": value_of("alarm_precision"),
}
