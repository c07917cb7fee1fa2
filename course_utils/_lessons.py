"""What the modules of a room, one a lesson, hold under one name: put together."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Any

__all__ = ["by_question"]


def by_question(room: str, table: str) -> dict[str, Any]:
    """Put the tables of a room's modules ``lesson_NN`` together, in the order of the lessons.

    Parameters
    ----------
    room : str
        A package of the course: its ``__name__``.
    table : str
        What each module calls its table: a mapping with the names of questions as keys, or a
        sequence of entries that have a ``name``.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        If two questions have one name: one would silently take the other's place.
    """
    found: dict[str, Any] = {}
    modules = pkgutil.iter_modules(import_module(room).__path__)
    for name in sorted(module.name for module in modules if module.name.startswith("lesson_")):
        entries = getattr(import_module(f"{room}.{name}"), table)
        pairs = entries.items() if isinstance(entries, Mapping) else [(e.name, e) for e in entries]
        for question, entry in pairs:
            if question in found:
                raise ValueError(f"two questions are called {question!r}")
            found[question] = entry
    return found
