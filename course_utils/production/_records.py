"""Repetitions that a benchmark recorded, read back as tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from course_utils import messages

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["production_record"]

RECORDED = Path(__file__).with_name("recorded.json")


def production_record(name: str) -> pd.DataFrame:
    """Read what ``benchmarks/production.py`` (or ``benchmarks/tfx.py``) recorded.

    Parameters
    ----------
    name : str
        ``"gate"``, ``"drift"`` or ``"tfx"``.

    Returns
    -------
    DataFrame
        One row for each case; rates are shares from 0 to 1.

    Raises
    ------
    ValueError
        If nothing was recorded under that name.

    Examples
    --------
    >>> production_record("gate")[["caso", "acierta_mas"]]
    """
    import pandas as pd

    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    if name not in recorded:
        names = ", ".join(sorted(recorded))
        raise ValueError(messages.RECORD_UNKNOWN.format(name=name, names=names))
    return pd.DataFrame(recorded[name]["rows"])
