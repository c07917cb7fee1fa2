"""One explorer for each concept: controls that redraw a picture and the line that reads it.

Each has a module of its own, with its numbers (pure functions), its picture, its controls, and
``EXPLORER``, which ties them together; ``explore_NAME`` of the module NAME is served from here too,
on first use (PEP 562). The numbers of an explorer draw their randomness from a fixed seed, so that
a control set back gives back the same picture.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from course_utils.widgets.panel import Explorer, Panel

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Explorer", "Panel"]


def __getattr__(name: str) -> Callable[[], None]:
    if not name.startswith("explore_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.{name.removeprefix('explore_')}")
    except ModuleNotFoundError as error:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from error
    explore: Callable[[], None] = getattr(module, name)
    return explore
