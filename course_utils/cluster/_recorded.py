"""What programs of ``benchmarks`` saw on real processes, kept with the package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["recorded"]


def recorded(name: str) -> dict[str, Any]:
    """Read a record.

    Parameters
    ----------
    name : {"kills", "scaling", "sweep"}
        Killed workers (``benchmarks.kills``), one search on two cores (``benchmarks.scaling``), or
        simulated searches on 1 to 512 workers (``benchmarks.sweep``).

    Returns
    -------
    dict
        With ``"about"``: versions, system and what was done.
    """
    path = Path(__file__).parent / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
