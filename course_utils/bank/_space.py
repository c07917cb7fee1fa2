"""Values of hyperparameters, budgets and seeds: which are allowed, and which is nearest."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np

from course_utils import messages

Space = Mapping[str, Sequence[Any]]
Config = Mapping[str, Any]


def check_names(table: str, space: Space, config: Config) -> None:
    """Raise a ValueError unless a configuration has exactly the names of a space."""
    if set(config) == set(space):
        return
    missing = ", ".join(name for name in space if name not in config)
    extra = ", ".join(str(name) for name in config if name not in space)
    raise ValueError(
        messages.BANK_NAMES.format(
            table=table,
            names=", ".join(space),
            missing=missing or messages.NOT_APPLICABLE,
            extra=extra or messages.NOT_APPLICABLE,
        )
    )


def position(table: str, name: str, allowed: Sequence[Any], value: Any) -> int:
    """Return where a value stands among the allowed ones; a ValueError names the nearest."""
    for place, candidate in enumerate(allowed):
        if same(candidate, value):
            return place
    numbers = [candidate for candidate in allowed if is_number(candidate)]
    if is_number(value) and numbers:
        raise ValueError(
            messages.BANK_OFF_GRID.format(
                name=name,
                value=value,
                table=table,
                near=closest(value, numbers),
                allowed=shown(allowed),
            )
        )
    raise ValueError(
        messages.BANK_NOT_ALLOWED.format(
            name=name, value=value, table=table, allowed=shown(allowed)
        )
    )


def nearest(table: str, name: str, allowed: Sequence[Any], value: Any) -> Any:
    """Round a number to an allowed one; anything else must be allowed."""
    numbers = [candidate for candidate in allowed if is_number(candidate)]
    if is_number(value) and numbers:
        return closest(value, numbers)
    return allowed[position(table, name, allowed, value)]


def step_of(table: str, budgets: Sequence[int], unit: str, budget: int) -> int:
    """Return where a budget stands; a ValueError names the nearest."""
    if not isinstance(budget, bool) and budget in budgets:
        return budgets.index(budget)
    near = closest(budget, budgets) if is_number(budget) else budgets[-1]
    raise ValueError(
        messages.BANK_BUDGET.format(
            budget=budget, table=table, unit=unit, near=near, allowed=shown(budgets)
        )
    )


def check_cut(name: str | None, budget: int, top: int) -> None:
    """Raise a ValueError if a budget is above the hyperparameter that is one too."""
    if budget > top:
        raise ValueError(messages.BANK_BUDGET_ABOVE.format(budget=budget, name=name, top=top))


def seed_of(table: str, seeds: Sequence[int], seed: int) -> int:
    """Return where a seed stands, or raise a ValueError."""
    if not isinstance(seed, bool) and seed in seeds:
        return seeds.index(seed)
    raise ValueError(messages.BANK_SEED.format(seed=seed, table=table, allowed=shown(seeds)))


def moment_of(table: str, moments: Sequence[str | int], at: str | int) -> int:
    """Return where a moment stands, or raise a ValueError."""
    if at in moments:
        return moments.index(at)
    raise ValueError(messages.BANK_RIGHT.format(at=at, table=table, allowed=shown(moments)))


def is_number(value: Any) -> bool:
    """Tell a finite number from anything else, also from True and False."""
    if isinstance(value, bool | np.bool_):
        return False
    return isinstance(value, Real) and math.isfinite(float(value))


def same(candidate: Any, value: Any) -> bool:
    """Compare an allowed value with a given one; numbers as numbers."""
    if is_number(candidate):
        return is_number(value) and math.isclose(candidate, value, rel_tol=1e-9)
    return candidate is value if candidate is None else bool(candidate == value)


def closest(value: float, allowed: Sequence[Any]) -> Any:
    """Return the allowed number next to a value.

    Distance is that of the logarithms if the numbers are evenly spaced on a logarithmic axis.
    """
    numbers = np.asarray(allowed, dtype=float)
    if value > 0 and len(numbers) > 2 and numbers.min() > 0:
        steps = np.diff(np.log(np.sort(numbers)))
        if steps.max() < 1.2 * steps.min():
            return allowed[int(np.abs(np.log(numbers) - math.log(value)).argmin())]
    return allowed[int(np.abs(numbers - float(value)).argmin())]


def shown(values: Sequence[Any]) -> str:
    """Return values as text, the middle of a long list left out."""
    if len(values) <= 8:
        return ", ".join(map(repr, values))
    return f"{values[0]!r}, {values[1]!r}, {values[2]!r}, …, {values[-1]!r}"
