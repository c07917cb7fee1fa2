"""Lesson 02, grid search: what a student's functions answer on spaces, trees and grids."""

from __future__ import annotations

from typing import Any

from course_utils._observers.student import Student, value_of


def n_combos(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Trainings counted by the student, one number per space."""
    function = student.function("n_combos")
    return {"counts": [student.call(function, *case) for case in cases]}


def is_inert(student: Student, cases: list[Any]) -> dict[str, Any]:
    """What the student says of each hyperparameter."""
    function = student.function("is_inert")
    return {"answers": [student.call(function, *case) for case in cases]}


def n_distinct(student: Student, cases: list[Any]) -> dict[str, Any]:
    """Distinct forests counted by the student, one number per grid."""
    function = student.function("n_distinct")
    return {"counts": [student.call(function, *case) for case in cases]}


OBSERVERS = {
    "n_combos": n_combos,
    "is_inert": is_inert,
    "n_distinct": n_distinct,
    "total_fits": value_of("total_fits"),
    "wider_C": value_of("wider_C"),
}
