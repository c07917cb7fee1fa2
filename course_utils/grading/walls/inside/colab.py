"""Stands in for ``google.colab`` behind the walls: no drive, nothing to upload, nobody to ask.

A cell that mounts a drive and then imports what the answers need goes on as it did in Colab.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def _nothing(*args: object, **kwargs: object) -> None:
    """Do nothing, whatever is asked for."""


def _no_files(*args: object, **kwargs: object) -> dict[str, bytes]:
    """Upload nothing."""
    return {}


def _module(name: str, **names: Any) -> ModuleType:
    """Make a module of the package, so that ``import google.colab.drive`` finds it too."""
    module = ModuleType(f"{__name__}.{name}")
    vars(module).update(names)
    sys.modules[module.__name__] = module
    return module


auth = _module("auth", authenticate_user=_nothing)
drive = _module("drive", mount=_nothing, flush_and_unmount=_nothing)
files = _module("files", upload=_no_files, download=_nothing, view=_nothing)
output = _module("output", clear=_nothing, eval_js=_nothing, enable_custom_widget_manager=_nothing)
runtime = _module("runtime", unassign=_nothing)
userdata = _module("userdata", get=_nothing)
