"""One question being asked: what is sent, what is answered meanwhile, what is recorded."""

from __future__ import annotations

import json
from typing import Any

from course_utils import messages
from course_utils._draws.paper import Paper
from course_utils._wire import encode

__all__ = ["Exchange"]


class Exchange:
    """The judge's end of a question; it stays in the judge's process.

    Parameters
    ----------
    paper : Paper
        What is asked.
    start : int
        Where the student's global generators start.

    Attributes
    ----------
    sent : dict
        JSON data, all that the student's interpreter is given.
    """

    def __init__(self, paper: Paper, start: int) -> None:
        self._paper = paper
        self._calls: list[list[Any]] = [[] for _ in paper.objectives]
        self.sent: dict[str, Any] = {"start": start, "inputs": encode(paper.inputs)}

    @property
    def record(self) -> dict[str, Any]:
        """What the student's side did, as seen from here: ``calls``, one list per objective."""
        return {"calls": self._calls}

    def answer(self, query: str) -> str:
        """Answer one call of an objective.

        Parameters
        ----------
        query : str
            JSON, ``{"objective": number, "argument": …}``; anything else is refused.

        Returns
        -------
        str
            JSON: ``{"value": number}``, or ``{"error": sentence}``.
        """
        try:
            asked = json.loads(query)
            value = self._value(int(asked["objective"]), asked["argument"])
        except (ValueError, OverflowError) as error:
            return json.dumps({"error": str(error)})
        except (KeyError, IndexError, TypeError, RecursionError):
            return json.dumps({"error": messages.ANSWER_NO_SUCH_CALL})
        return json.dumps({"value": value})

    def _value(self, number: int, argument: Any) -> float:
        if number < 0:
            raise IndexError(number)
        objective, calls = self._paper.objectives[number], self._calls[number]
        read = objective.read(argument)
        if len(calls) >= objective.most_calls:
            raise ValueError(messages.ANSWER_TOO_MANY_CALLS.format(most=objective.most_calls))
        calls.append(read)
        return float(objective.score(read))
