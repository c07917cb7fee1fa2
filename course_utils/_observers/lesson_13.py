"""Lesson 13, good practice: fronts, ranks and a whole project, asked."""

from __future__ import annotations

from typing import Any

from course_utils._observers.student import Student, answers_of, value_of


def project(student: Student, asked: dict[str, int]) -> dict[str, Any]:
    """What each project returned; what it evaluated is recorded where the rows are."""
    function, returned = student.function("project"), []
    for number in range(asked["projects"]):
        cv_score, held_out = student.objective(2 * number), student.objective(2 * number + 1)
        returned.append(student.call(function, cv_score, held_out, asked["n_trials"]))
    return {"returned": returned}


OBSERVERS = {
    "hypervolume": answers_of("hypervolume", "areas"),
    "mean_ranks": answers_of("mean_ranks", "ranks"),
    "project": project,
    "friedman_blocks": value_of("friedman_blocks"),
    "interactions": value_of("interactions"),
}
