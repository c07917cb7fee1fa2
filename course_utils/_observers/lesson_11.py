"""Lesson 11, architectures: early kills, populations and copied units, asked."""

from __future__ import annotations

from course_utils._observers.student import answers_of, value_of

OBSERVERS = {
    "false_kills": answers_of("false_kills", "counts"),
    "next_people": answers_of("next_people", "names"),
    "shared_weights": answers_of("shared_weights", "weights"),
    "n_cells": value_of("n_cells"),
    "chance_diversity": value_of("chance_diversity"),
}
