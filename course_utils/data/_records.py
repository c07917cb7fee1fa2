"""What programs of the course measured once, for a lesson to show with its date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_HOME = Path(__file__).resolve().parents[1] / "_records"


def load_record(name: str) -> dict[str, Any]:
    """Read a record of a measurement that takes too long, or too much, for a lesson.

    Parameters
    ----------
    name : {"graveyard", "panorama"}
        Libraries that no longer work (``benchmarks/graveyard.py``), or the living ones against
        random search (``benchmarks/panorama.py``).

    Returns
    -------
    dict

    Raises
    ------
    FileNotFoundError
        If there is no such record.
    """
    record: dict[str, Any] = json.loads((_HOME / f"{name}.json").read_text(encoding="utf-8"))
    return record
