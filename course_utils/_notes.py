"""What a student left for later, in one small file on their own machine. It is sent nowhere.

``mi_curso.json`` lies at the top of a checkout, and otherwise in the folder of the notebook.
``COURSE_NOTES`` names another file; set but empty, nothing is read or written.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from course_utils._atomic import write_text

__all__ = ["keeps_notes", "read_notes", "write_note"]

_NAME = "mi_curso.json"
_MOST_WAIT = 1.0  # seconds
# Windows refuses a name for a moment while the file that had it is being removed.
_TAKEN = (FileExistsError, PermissionError) if os.name == "nt" else (FileExistsError,)


def keeps_notes() -> bool:
    """Tell whether notes are read and written at all."""
    return _path() is not None


def read_notes(section: str) -> dict[str, Any]:
    """Read all notes of one kind.

    Parameters
    ----------
    section : str
        The kind: ``"predicciones"``.

    Returns
    -------
    dict
        By key; empty if there is no file, or none that can be read.
    """
    notes = _load().get(section, {})
    return notes if isinstance(notes, dict) else {}


def write_note(section: str, key: str, value: Any) -> bool:
    """Keep one note; what other notebooks keep meanwhile stays.

    Parameters
    ----------
    section, key : str
        Kind of the note, and its name.
    value : any
        Plain data, as JSON has them.

    Returns
    -------
    bool
        Whether it was written: a folder may be read-only, and that must not stop a lesson.
    """
    path = _path()
    if path is None:
        return False
    try:
        with _turn(path):
            notes = _load()
            kept = notes.get(section)
            notes[section] = (kept if isinstance(kept, dict) else {}) | {key: value}
            text = json.dumps(notes, ensure_ascii=False, indent=1)
            write_text(path, text, errors="replace")
    except OSError:
        return False
    return True


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Wait while another notebook writes, but never for long: one that was killed leaves its mark.

    Raises
    ------
    OSError
        If nothing can be written there.
    """
    mark = path.with_name(f".{path.name}.lock")
    deadline = time.monotonic() + _MOST_WAIT
    while True:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
            break
        except _TAKEN:
            if time.monotonic() > deadline:
                break
            time.sleep(0.01)
    try:
        yield
    finally:
        with suppress(OSError):
            mark.unlink()


def _load() -> dict[str, Any]:
    path = _path()
    try:
        notes = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _path() -> Path | None:
    chosen = os.environ.get("COURSE_NOTES")
    if chosen is not None:
        return Path(chosen) if chosen else None
    checkout = Path(__file__).resolve().parents[1]
    home = checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()
    return home / _NAME
