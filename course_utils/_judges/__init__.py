"""The judges: data that an observer brought, and the seed, in; a verdict out.

A judge runs in the grader's own process (and, for students, in the notebook). It draws the inputs
again from the seed, works the right answer out and believes nothing that the data claim. One module
a lesson, ``lesson_NN.py``, with a tuple ``QUESTIONS``; its messages in Spanish stand in
``messages/checks/lesson_NN.py``. What several compare alike is in ``compare``.
"""

from __future__ import annotations

import functools
import pkgutil
from importlib import import_module

from course_utils._judges.verdicts import Question

__all__ = ["all_questions"]


@functools.cache
def all_questions() -> dict[str, Question]:
    """Every question of the course by name, in the order of the lessons."""
    found: dict[str, Question] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if module.name.startswith("lesson_"):
            for question in import_module(f"{__name__}.{module.name}").QUESTIONS:
                if question.name in found:
                    raise ValueError(f"two questions are called {question.name!r}")
                found[question.name] = question
    return found
