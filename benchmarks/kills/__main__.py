"""Kill workers under Dask, Optuna and Keras Tuner, and record what was lost.

Writes course_utils/_records/kills.json (lesson 14 replays it), a row for each kill as soon as it
is known: interrupted, the next call goes on from there. Every process that is killed was started
here and is named by its pid; servers listen on the loopback address only.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

from benchmarks.kills import dask_kills, keras_tuner_kills, optuna_kills
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "kills.json"
KILLS = 10
PACKAGES = ("dask", "distributed", "joblib", "scikit-learn", "optuna", "keras-tuner")
ENGINES: dict[str, tuple[tuple[str, ...], Callable[[str, list[int]], Iterator[dict[str, Any]]]]] = {
    "dask": (dask_kills.WAYS, dask_kills.kills),
    "optuna": (optuna_kills.WAYS, optuna_kills.kills),
    "keras_tuner": (keras_tuner_kills.WAYS, keras_tuner_kills.kills),
}


def main() -> None:
    rows: list[dict[str, Any]] = []
    if RESULT.exists():
        rows = json.loads(RESULT.read_text(encoding="utf-8"))["kills"]
    for engine, (ways, kills) in ENGINES.items():
        for way in ways:
            known = {r["kill"] for r in rows if (r["engine"], r["way"]) == (engine, way)}
            missing = [kill for kill in range(KILLS) if kill not in known]
            for row in kills(way, missing) if missing else ():
                rows.append({"engine": engine, "way": way} | row)
                print(rows[-1], flush=True)
                store(rows)


def store(rows: list[dict[str, Any]]) -> None:
    """Write all rows, with the versions that they belong to."""
    about = {"python": platform.python_version(), "system": platform.system()}
    about |= {name: version(name) for name in PACKAGES}
    text = json.dumps({"about": about, "kills": rows}, indent=1)
    write_text(RESULT, text + "\n")


if __name__ == "__main__":
    main()
