"""Lesson 02, grid search: what a student's functions answer on spaces, trees and grids."""

from __future__ import annotations

from course_utils._observers.student import answers_of, value_of

OBSERVERS = {
    "n_combos": answers_of("n_combos", "counts"),
    "is_inert": answers_of("is_inert", "answers"),
    "n_distinct": answers_of("n_distinct", "counts"),
    "total_fits": value_of("total_fits"),
    "wider_C": value_of("wider_C"),
}
