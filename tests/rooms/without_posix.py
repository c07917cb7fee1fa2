"""Imports every module and runs lesson 00 without what only POSIX has, as on Windows.

``python without_posix.py``: started by test_other_systems.py. Hidden are modules that Windows lacks
(for the course and its lessons only: what other packages do here is not what they do there),
functions and signals of that kind, and ``/proc``.
"""

from __future__ import annotations

import builtins
import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import joblib.externals.loky
import nbformat
from IPython.core.inputtransformer2 import TransformerManager

ROOT = Path(__file__).resolve().parents[2]
MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"}
FUNCTIONS = ("fork", "forkpty", "getuid", "killpg", "setsid", "sysconf")
SIGNALS = ("SIGALRM", "SIGHUP", "SIGKILL", "SIGXFSZ")
_import = builtins.__import__


def hide() -> None:
    """Take away what Windows does not have."""
    builtins.__import__ = import_without_posix
    for name in FUNCTIONS:
        delattr(os, name)
    for name in SIGNALS:
        delattr(signal, name)
    sys.addaudithook(no_proc)


def import_without_posix(
    name: str, globals: Mapping[str, Any] | None = None, *rest: Any, **more: Any
) -> ModuleType:
    importer = (globals or {}).get("__name__", "")
    if name in MODULES and importer.partition(".")[0] in ("course_utils", "lesson"):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _import(name, globals, *rest, **more)


def no_proc(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("open", "os.listdir", "os.scandir") and str(arguments[0]).startswith("/proc"):
        raise FileNotFoundError(arguments[0])


def import_all() -> list[str]:
    """Import every module but the programs that run inside bubblewrap, which is Linux."""
    import course_utils

    found = pkgutil.walk_packages(course_utils.__path__, "course_utils.")
    names = [module.name for module in found if ".inside." not in module.name]
    for name in names:
        importlib.import_module(name)
    return names


def run_lesson(path: Path) -> int:
    """Run the code cells of a notebook one after the other."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    namespace = {"__name__": "lesson"}
    for cell in cells:
        source = TransformerManager().transform_cell(cell.source)
        exec(compile(source, f"<{cell.id}>", "exec"), namespace)
    return len(cells)


def main() -> None:
    assert joblib.externals.loky  # its workers are other processes
    hide()
    names = import_all()
    n_cells = run_lesson(ROOT / "notebooks" / "00_empieza_aqui.ipynb")
    print(f"{len(names)} modules, {n_cells} cells")


if __name__ == "__main__":
    main()
