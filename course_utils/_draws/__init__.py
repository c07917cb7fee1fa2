"""What a seed draws: inputs that are sent to a student's answer, objectives that it may call back.

Nothing here enters the sandbox, and no seed does: an observer is sent the inputs alone. A judge
draws the same ones again, with the truth that belongs to them. One module a lesson,
``lesson_NN.py``, with a dictionary ``DRAWS``: name of the question → function of the seed that
returns a :class:`~course_utils._draws.paper.Paper`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from course_utils._draws.exchange import Exchange
from course_utils._draws.paper import Paper, generator
from course_utils._lessons import by_question

__all__ = ["Exchange", "drawn_names", "open_exchange"]


@functools.cache
def _draws() -> dict[str, Callable[[int], Paper]]:
    return by_question(__name__, "DRAWS")


def drawn_names() -> tuple[str, ...]:
    """Names of all questions that can be drawn, in the order of the lessons."""
    return tuple(_draws())


def open_exchange(name: str, seed: int) -> Exchange:
    """Draw what a seed asks of a question.

    Parameters
    ----------
    name : str
        A question; where there is nothing to draw, the student's value is all that is asked.
    seed : int
        A hidden test is the same question with another seed.

    Returns
    -------
    Exchange
        Holds what is sent, answers what comes back while the question is asked.
    """
    start = int(generator(seed, f"{name} start").integers(2**32))
    paper = _draws()[name](seed) if name in _draws() else Paper()
    return Exchange(paper, start)
