"""What survives an interruption: finished trainings, one JSON line each."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from tools.trial_bank.plan import Plan, Record


class Journal:
    """Finished trainings of one table; a line torn by an interruption is dropped.

    Attributes
    ----------
    path : Path
        The file, made if it is not there.
    records : dict
        Record of each finished training, by row and seed.

    Raises
    ------
    SystemExit
        If the file was begun with another plan or other package versions.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path = path
        self._head = json.loads(json.dumps(plan.meta()))
        self._dtypes = plan.dtypes
        self.records = self._read()

    def _read(self) -> dict[tuple[int, int], Record]:
        if not self.path.exists():
            self._append({"head": self._head}, mode="w")
            return {}
        whole = self.path.read_bytes()
        end = whole.rfind(b"\n") + 1
        if end < len(whole):
            os.truncate(self.path, end)
        lines = [json.loads(line) for line in whole[:end].splitlines()]
        if not lines:
            self.path.unlink()
            return self._read()
        if lines[0]["head"] != self._head:
            raise SystemExit(
                f"{self.path} was begun with another plan or other package versions. "
                "Go on with those versions, or delete the file to begin again."
            )
        return {(line["row"], line["seed"]): self._typed(line["record"]) for line in lines[1:]}

    def _typed(self, record: dict[str, Any]) -> Record:
        return {name: np.array(record[name]).astype(kind) for name, kind in self._dtypes.items()}

    def add(self, row: int, seed: int, record: Record) -> None:
        """Write a finished training, as the table will hold it, to the disk."""
        typed = self._typed(record)
        plain = {name: values.tolist() for name, values in typed.items()}
        self._append({"row": row, "seed": seed, "record": plain})
        self.records[row, seed] = typed

    def _append(self, line: dict[str, Any], mode: str = "a") -> None:
        with self.path.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
