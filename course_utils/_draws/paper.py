"""What one seed asks of one question, and the generator that draws it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Objective", "Paper", "generator"]


def generator(seed: int, label: str) -> np.random.Generator:
    """Random numbers for one purpose: the same for whoever draws and judges, others per label."""
    return np.random.default_rng([seed % 2**63, zlib.crc32(label.encode())])


@dataclass(frozen=True)
class Objective:
    """A function that a student's code may call, and never holds.

    Attributes
    ----------
    read : callable
        Turns the plain argument of a call into what is recorded and scored; raises ValueError, with
        a sentence for the student, if it is none.
    score : callable
        The value of what `read` returned.
    most_calls : int
        After so many calls there is an error instead of a value.
    """

    read: Callable[[Any], Any]
    score: Callable[[Any], float]
    most_calls: int


@dataclass(frozen=True)
class Paper:
    """What one seed asks of one question.

    Attributes
    ----------
    inputs : any
        All that enters the student's interpreter; what :func:`course_utils._wire.encode` takes.
    objectives : tuple of Objective
        What their code may call back.
    files : tuple of str
        Kinds of the files that may be handed over, in order: ``"keras"``, ``"npz"``.
    examined : any
        What is asked of these files, where none of the student's code runs; also for `encode`.
    """

    inputs: Any = None
    objectives: tuple[Objective, ...] = ()
    files: tuple[str, ...] = ()
    examined: Any = None
