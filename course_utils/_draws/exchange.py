"""One question being asked: what is sent, what is answered meanwhile, what is recorded."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course_utils import messages
from course_utils._draws.paper import Paper
from course_utils._wire import encode

__all__ = ["Exchange"]

_MAX_MB = 96  # all files together


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
    record : dict
        What the student's side did, as seen from here: ``calls``, one list per objective, and
        ``examined``, empty until what was handed over has been looked at. It outweighs whatever an
        observation says under these names.
    """

    def __init__(self, paper: Paper, start: int) -> None:
        self._paper = paper
        self._calls: list[list[Any]] = [[] for _ in paper.objectives]
        self._files: list[bytearray] = []
        self.sent: dict[str, Any] = {"start": start, "inputs": encode(paper.inputs)}
        self.record: dict[str, Any] = {"calls": self._calls, "examined": {}}

    @classmethod
    def of_sent(cls, sent: Mapping[str, Any]) -> Exchange:
        """A question that was drawn elsewhere; it calls nothing back and hands nothing over."""
        exchange = cls(Paper(), 0)
        exchange.sent = dict(sent)
        return exchange

    @property
    def is_plain(self) -> bool:
        """Whether all there is to the question is what is sent."""
        return not (self._paper.objectives or self._paper.files)

    @property
    def has_files(self) -> bool:
        """Whether something was handed over."""
        return bool(self._files)

    @property
    def examined(self) -> Any:
        """What is asked of the files: JSON data."""
        return encode(self._paper.examined)

    def write_files(self, folder: Path) -> list[Path]:
        """Write what was handed over, in order, under names of ours; return the paths."""
        paths = []
        for number, data in enumerate(self._files):
            paths.append(folder / f"{number}.{self._paper.files[number]}")
            paths[-1].write_bytes(data)
        return paths

    def answer(self, query: str) -> str:
        """Answer one call of an objective, or take a piece of a file.

        Parameters
        ----------
        query : str
            JSON, ``{"objective": number, "argument": …}`` or ``{"file": number, "bytes": base64}``;
            anything else is refused.

        Returns
        -------
        str
            JSON: ``{"value": number}``, or ``{"error": sentence}``.
        """
        try:
            asked = json.loads(query)
            if "file" in asked:
                value = self._take(int(asked["file"]), asked["bytes"])
            else:
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

    def _take(self, number: int, piece: str) -> float:
        if not 0 <= number <= len(self._files) or number >= len(self._paper.files):
            raise IndexError(number)
        data = base64.b64decode(piece, validate=True)
        if sum(map(len, self._files)) + len(data) > _MAX_MB * 2**20:
            raise ValueError(messages.ANSWER_FILE_TOO_BIG.format(megabytes=_MAX_MB))
        if number == len(self._files):
            self._files.append(bytearray())
        self._files[number] += data
        return float(len(self._files[number]))
