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
    name : str
        A program in ``benchmarks`` wrote the record of the same name: libraries that no longer
        work (``"graveyard"``), lesson 10's networks with ten seeds (``"imdb"``), killed workers
        (``"kills"``), lesson 09's networks with ten seeds (``"newswires"``), living libraries
        against random search (``"panorama"``), how often gates and drift checks err
        (``"production"``), four ways to regularize (``"regularizers"``), one search on two cores
        (``"scaling"``), a network under one change at a time (``"sensitivity"``), a search of few
        epochs and its winner at all of them (``"short_search"``), two networks on few images
        (``"small_images"``), a network reused for other digits (``"transfer"``).

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
