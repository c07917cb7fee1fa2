"""What a procedure took and which held-out rows its answer predicts right."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import trial_bank
from course_utils.bank import BankError, TrialBank

Array = npt.NDArray[Any]
Right = npt.NDArray[np.bool_]

FIRST_SEED = 101
TABLES = Path(__file__).resolve().parents[2] / "datasets" / "trial_bank"


class NotRecordedError(Exception):
    """The trial bank does not hold yet what a procedure is read from."""


@dataclass(frozen=True)
class Measured:
    """One run of a procedure.

    Attributes
    ----------
    seconds : float
        CPU seconds of one core that are waited for: the search, the comparison with the default
        model where there is one, and the training of the answer. Reading the data and predicting
        held-out rows are not in it.
    right : ndarray of bool, shape (n_rows,)
        Which held-out rows the answer predicts right.
    answer : str
        What the procedure ends with.
    winner_right : ndarray of bool, shape (n_rows,), optional
        The same of the search's winner, where the answer may be another model.
    details : dict of str to JSON
        Whatever else explains the numbers.
    """

    seconds: float
    right: Right
    answer: str
    winner_right: Right | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what the record keeps; one bit for each held-out row."""
        entry: dict[str, Any] = {
            "seconds": round(self.seconds, 3),
            "answer": " ".join(self.answer.split()),
            "rows": len(self.right),
            "right": packed(self.right),
        }
        if self.winner_right is not None:
            entry["winner_right"] = packed(self.winner_right)
        return entry | {"details": self.details}


def packed(right: Right) -> str:
    """Write rows as hexadecimal digits."""
    return np.packbits(right).tobytes().hex()


def unpacked(entry: dict[str, Any], key: str = "right") -> Right:
    """Read the rows of an entry of the record; of the answer where it has no other winner."""
    text = entry.get(key, entry["right"])
    bits = np.frombuffer(bytes.fromhex(text), dtype=np.uint8)
    return np.unpackbits(bits, count=entry["rows"]).astype(bool)


class Clock:
    """CPU seconds of this process inside ``with clock:``, added up."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> Clock:
        self._began = time.process_time()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.seconds += time.process_time() - self._began


def recorded(name: str, seed: int) -> tuple[TrialBank, int]:
    """Open a table of the trial bank at one of this benchmark's seeds.

    Parameters
    ----------
    name : str
        Of the table.
    seed : int
        101 is the table's seed 0, 102 its seed 1, …

    Returns
    -------
    bank : TrialBank
    bank_seed : int

    Raises
    ------
    NotRecordedError
        If not every configuration of the table was trained with that seed.
    """
    bank_seed = seed - FIRST_SEED
    try:
        bank = trial_bank(name)
    except (BankError, ValueError) as error:
        raise NotRecordedError(progress(name, bank_seed)) from error
    if bank_seed not in bank.seeds:
        raise NotRecordedError(progress(name, bank_seed))
    return bank, bank_seed


def progress(name: str, bank_seed: int) -> str:
    """Say how far the recording of a table is."""
    file = TABLES / f"{name}.npz"
    if not file.is_file():
        return f"table {name} of the trial bank is not begun (make bank)"
    with np.load(file, allow_pickle=False) as table:
        trained = table["trained"] if "trained" in table.files else table["hits"][..., 0, 0] >= 0
    if bank_seed >= trained.shape[1]:
        return f"table {name} of the trial bank has no seed {bank_seed}"
    done = int(trained[:, bank_seed].sum())
    return f"table {name}, seed {bank_seed}: {done} of {len(trained)} trainings (make bank)"
