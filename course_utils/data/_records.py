"""What programs of the course measured once, for a lesson to show with its date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course_utils import messages

RECORDS = Path(__file__).resolve().parents[1] / "_records"


def load_record(name: str) -> dict[str, Any]:
    """Read a record of a measurement that takes too long, or too much, for a lesson.

    Parameters
    ----------
    name : {"graveyard", "kills", "panorama", "production", "scaling", "sensitivity", "transfer"}
        Written by the program of that name in ``benchmarks``: libraries that no longer work,
        killed workers, living libraries against random search, how often gates and drift checks
        err, one search on two cores, a network under one change at a time, a network reused for
        other digits.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        If there is no such record.

    Examples
    --------
    >>> load_record("scaling")["busy"]["seconds"]
    """
    there = {path.stem: path for path in sorted(RECORDS.glob("*.json"))}
    if name not in there:
        raise ValueError(messages.RECORD_UNKNOWN.format(name=name, names=", ".join(there)))
    record: dict[str, Any] = json.loads(there[name].read_text(encoding="utf-8"))
    return record
