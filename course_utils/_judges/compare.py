"""What a student gave against what is right: closeness, the first difference, typical slips."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from course_utils._judges.verdicts import Finding, Judge, number, wrong

__all__ = ["close", "expects", "explain", "first_difference", "recognise", "same_loss"]
__all__ += ["standard_error"]

Slip = Callable[..., Any]


def close(
    got: Iterable[float], expected: Iterable[float], *, rel: float = 0.0, tol: float = 0.0
) -> bool:
    """Whether numbers agree one by one; nan agrees with nothing.

    Parameters
    ----------
    got, expected : iterables of float
        Of equal length.
    rel, tol : float
        Relative and absolute tolerance, as in :func:`math.isclose`; whichever is wider counts.

    Raises
    ------
    ValueError
        If the lengths differ.
    """
    pairs = zip(got, expected, strict=True)
    return all(math.isclose(a, b, rel_tol=rel, abs_tol=tol) for a, b in pairs)


def first_difference(
    got: Sequence[float], expected: Sequence[float], *, rel: float = 0.0, tol: float = 0.0
) -> int:
    """Place of the first number that is not close; there must be one."""
    pairs = enumerate(zip(got, expected, strict=True))
    return next(i for i, (a, b) in pairs if not close([a], [b], rel=rel, tol=tol))


def recognise(
    slips: Mapping[str, Slip | tuple[Slip, ...]],
    cases: Sequence[Sequence[Any]],
    got: Sequence[Any],
    otherwise: str,
    same: Callable[[Any, Any], bool] = operator.eq,
) -> str:
    """Name the first wrong formula that explains every answer of a student.

    Parameters
    ----------
    slips : mapping of str to callable, or to a tuple of callables
        Key of the misconception, and the formulas that it leads to.
    cases : sequence of sequences
        Arguments of the formulas, one sequence per question asked.
    got : sequence
        The answers, one per case.
    otherwise : str
        The key where no formula explains them.
    same : callable
        Compares all answers with all that a formula makes; default, equality.

    Returns
    -------
    str
        A key.
    """
    for key, formulas in slips.items():
        for formula in formulas if isinstance(formulas, tuple) else (formulas,):
            if same(got, [formula(*case) for case in cases]):
                return key
    return otherwise


def expects(right: float, slips: Mapping[str, tuple[float, ...]], tol: float = 1e-9) -> Judge:
    """Make the judge of an answer that is one number, the same for everybody.

    Parameters
    ----------
    right : float
        The answer.
    slips : mapping of str to tuple of float
        Key of a misconception, and the numbers that it leads to.
    tol : float
        Absolute tolerance, of the answer and of the slips.

    Returns
    -------
    callable
        Judge of what :func:`course_utils._observers.student.value_of` observes; it says
        ``"otro_numero"`` of a number that no slip explains.
    """

    def judge(data: Mapping[str, Any], seed: int) -> Finding | None:
        got = number(data["value"])
        if close([got], [right], tol=tol):
            return None
        led = (key for key, ends in slips.items() if any(close([got], [e], tol=tol) for e in ends))
        return wrong(next(led, "otro_numero"), got=got)

    return judge


def explain(
    signs: Mapping[str, Callable[..., bool]],
    cases: Sequence[Sequence[Any]],
    got: Sequence[Any],
    otherwise: str,
) -> str:
    """Name the first sign that holds for every answer, where no formula gives *the* wrong one.

    Parameters
    ----------
    signs : mapping of str to callable
        Key of the misconception, and a predicate of (answer, \\*case).
    cases, got, otherwise
        As in :func:`recognise`.

    Returns
    -------
    str
        A key.
    """
    for key, holds in signs.items():
        if all(holds(answer, *case) for answer, case in zip(got, cases, strict=True)):
            return key
    return otherwise


def same_loss(reported: float, expected: float) -> bool:
    """Whether a loss that Keras reports is the one worked out from the outputs.

    Keras computes in single precision and clips probabilities; a wrong loss is off by far more.
    """
    return math.isclose(reported, expected, rel_tol=0.02, abs_tol=0.005)


def standard_error(share: float, rows: float) -> float:
    """Standard error of a share of right answers."""
    return math.sqrt(share * (1 - share) / rows)
