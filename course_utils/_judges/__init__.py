"""The judges: data that an observer brought, and the seed, in; a verdict out.

A judge runs in the grader's own process (and, for students, in the notebook). It draws the inputs
again from the seed, works the right answer out and believes nothing that the data claim. One module
a lesson, ``lesson_NN.py``, with a tuple ``QUESTIONS``; its messages in Spanish stand in
``messages/checks/lesson_NN.py``. What several compare alike is in ``compare``.
"""

from __future__ import annotations

import functools

from course_utils._judges.verdicts import Question
from course_utils._lessons import by_question

__all__ = ["all_questions"]


@functools.cache
def all_questions() -> dict[str, Question]:
    """Every question of the course by name, in the order of the lessons."""
    return by_question(__name__, "QUESTIONS")
