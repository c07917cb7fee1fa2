"""From what a hyperparameter may be, and was, to one axis of Optuna.

Optuna holds a number as a float and everything else as a category, which must be None, a bool, a
number or a text. What fits neither (an estimator, a function, infinity) stands as its text.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

Plain: TypeAlias = bool | int | float | str | None

_LARGEST_INT = 2**53  # above it not every int is a float
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


@dataclass(frozen=True)
class Range:
    """Numbers between two bounds, both allowed.

    Attributes
    ----------
    low, high : float
        Infinite where there is no bound, or none that is known.
    log : bool
        Whether the values are spread over orders of magnitude.
    step : float, optional
        Distance between neighbouring values.
    integer : bool, optional
        Whether the values are whole numbers; by default, whether those that were seen are.
    """

    low: float = -math.inf
    high: float = math.inf
    log: bool = False
    step: float | None = None
    integer: bool | None = None

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The bounds, as far as they are known and Optuna can hold them."""
        return self._bound(self.low), self._bound(self.high)

    def _bound(self, edge: float) -> float | None:
        if self.integer:
            return int(edge) if abs(edge) <= _LARGEST_INT else None
        return edge if math.isfinite(edge) else None


Spec: TypeAlias = Range | Sequence[Any]
"""What was allowed: a range, or a list of values as the library holds them."""


@dataclass(frozen=True)
class Axis:
    """One hyperparameter in the study.

    Attributes
    ----------
    distribution : optuna.distributions.BaseDistribution
    bounded : bool
        Whether both ends of a range were set by the search; otherwise they are those seen.
    """

    distribution: BaseDistribution
    bounded: bool = True
    _names: Mapping[Hashable, Plain] = field(default_factory=dict)

    def write(self, value: Any) -> Plain:
        """Return a value of the hyperparameter as it stands in a trial."""
        return self._names[identity(value)] if self._names else plain(value)


def make_axis(specs: Iterable[Spec], seen: Sequence[Any]) -> Axis:
    """Describe one hyperparameter by all that was allowed and by the values that were seen.

    Parameters
    ----------
    specs : iterable of Range or sequence
        What each subspace allows; none if nothing is known.
    seen : sequence
        Values of the candidates, as the library holds them; at least one.
    """
    from optuna.distributions import CategoricalDistribution

    specs = list(specs)
    ranges = list(dict.fromkeys(spec for spec in specs if isinstance(spec, Range)))
    options = [value for spec in specs if not isinstance(spec, Range) for value in spec]
    values = [plain(value) for value in (*options, *seen)]
    if all(_fits_a_line(value) for value in values):
        known = bool(specs) and all(None not in part.bounds for part in ranges)
        return Axis(_line(ranges, values[: len(options)], values[len(options) :]), known)
    names = _names([*options, *seen])
    return Axis(CategoricalDistribution(list(names.values())), _names=names)


# --- numbers -------------------------------------------------------------------------------------
def _fits_a_line(value: Any) -> bool:
    """Tell a number that a float can hold from everything else, a bool included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) or abs(value) <= _LARGEST_INT


def _line(ranges: list[Range], options: list[Any], seen: list[Any]) -> BaseDistribution:
    """Return a range that holds every option, every value seen and all of `ranges`."""
    if len(ranges) == 1 and not options:
        distribution = _one_range(ranges[0], seen)
        if distribution is not None:
            return distribution
    edges = [edge for part in ranges for edge in part.bounds if edge is not None]
    values = [*options, *seen, *edges]
    log = all(part.log for part in ranges) if ranges else _geometric(options)
    integer = all(isinstance(value, int) for value in values)
    return _unstepped(min(values), max(values), log, integer)


def _one_range(part: Range, seen: list[Any]) -> BaseDistribution | None:
    """Return a range as it was set, or None if a value seen is not in it, or not on its steps."""
    low, high = part.bounds
    low = min(seen) if low is None else low
    high = max(seen) if high is None else high
    if not low <= min(seen) <= max(seen) <= high:
        return None
    integer = part.integer
    if integer is None:
        whole = float(low).is_integer() and float(high).is_integer()
        integer = whole and all(isinstance(value, int) for value in seen)
    distribution = None
    if part.step and not (part.log and low > 0):
        distribution = _stepped(low, high, part.step, integer)
    distribution = distribution or _unstepped(low, high, part.log, integer)
    return distribution if all(_holds(distribution, value) for value in seen) else None


def _unstepped(low: float, high: float, log: bool, integer: bool) -> BaseDistribution:
    from optuna.distributions import FloatDistribution, IntDistribution

    if integer:
        return IntDistribution(int(low), int(high), log=log and low > 0)
    return FloatDistribution(low, high, log=log and low > 0)


def _stepped(low: float, high: float, step: float, integer: bool) -> BaseDistribution | None:
    """Return a range with steps, the last of which may fall short of `high`.

    Optuna counts steps in decimals, so 2.8, not the 2.8000000000000003 of some sums, begins a range
    of steps of 0.1, and steps of a third, which end nowhere, are None.
    """
    from optuna.distributions import FloatDistribution, IntDistribution

    if integer:
        step = max(int(step), 1)
        return IntDistribution(int(low), int(low + (high - low) // step * step), step=step)
    if (high - low) / step > _LARGEST_INT:
        return None
    first, width = Decimal(f"{low:.15g}"), Decimal(str(step))
    last = first + (Decimal(f"{high:.15g}") - first) // width * width
    if (Decimal(str(float(last))) - Decimal(str(float(first)))) % width:
        return None
    return FloatDistribution(float(first), float(last), step=step)


def _holds(distribution: Any, value: float) -> bool:
    if not distribution.low <= value <= distribution.high:
        return False
    steps = (value - distribution.low) / (distribution.step or 1)
    return distribution.step is None or abs(steps - round(steps)) < 1e-8


def _geometric(values: Sequence[float]) -> bool:
    """Tell whether three or more positive values are evenly spaced on a logarithmic axis."""
    ordered = sorted(set(values))
    if len(ordered) < 3 or ordered[0] <= 0:
        return False
    return bool(np.allclose(np.diff(np.log(ordered), 2), 0, atol=0.05))


# --- texts ---------------------------------------------------------------------------------------
def plain(value: Any) -> Plain:
    """Return a value as Optuna can store it: itself if it can, otherwise its text."""
    if isinstance(value, np.bool_ | np.integer):
        value = value.item()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)  # of a subclass, such as NumPy's, its text
    if isinstance(value, int):
        return int(value) if abs(value) <= sys.float_info.max else f"int({int(value)})"
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else str(float(value))
    return _text(value)


def _text(value: Any) -> str:
    """Return a text that is the same on every run: no memory address, no order of a set."""
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(str(plain(item)) for item in value)) + "}"
    if isinstance(name := getattr(value, "__name__", None), str):  # a function or a class
        return name
    return " ".join(_ADDRESS.sub("", str(value)).split())


def identity(value: Any) -> tuple[Any, ...]:
    """Return a key that two values share if they are the same setting."""
    written = plain(value)
    if isinstance(value, str) or not isinstance(written, str):
        return type(written), written
    text = str(value)  # with the address, which tells apart what has no text of its own
    return object, text, id(value) if "..." in text else None  # a shortened text tells too little


def _names(values: Sequence[Any]) -> dict[Hashable, Plain]:
    """Give each setting a name of its own; those with the same text are numbered."""
    settings = {identity(value): plain(value) for value in values}
    texts = Counter(name for name in settings.values() if isinstance(name, str))
    taken = {name for key, name in settings.items() if key[0] is str}
    names: dict[Hashable, Plain] = {}
    for key, name in settings.items():
        if key[0] is not str:
            if texts[name] > 1:  # type: ignore[index]
                name = _free(str(name), taken)
            elif name in taken:  # Optuna takes 1, 1.0 and True for the same choice
                name = _free(str(name), taken) if str(name) in taken else str(name)
        names[key] = name
        taken.add(name)
    return names


def _free(name: str, taken: set[Plain]) -> str:
    return next(text for i in count() if (text := f"{name}[{i}]") not in taken)
