"""Files of the bank: found, checked against the manifest, and read."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from course_utils import messages

SCHEMA = 1
"""Version of the tables' layout that this module reads."""

Array = np.ndarray[Any, np.dtype[Any]]
_PACKAGE = Path(__file__).resolve().parents[1]
_HOMES = (_PACKAGE / "_trial_bank", _PACKAGE.parent / "datasets" / "trial_bank")


class BankError(RuntimeError):
    """A table is missing, damaged, of another version, or not one seed of it is complete."""


def read(name: str, folder: Path | None) -> tuple[dict[str, Any], dict[str, Array]]:
    """Read the description and the arrays of a table, as far as its seeds are complete.

    Parameters
    ----------
    name : str
        Of the table.
    folder : Path or None
        Where the tables lie; None, where the course keeps them.

    Returns
    -------
    meta : dict
    arrays : dict of str to ndarray
        Read-only; of shape (trainings, seeds, …), sizes of shape (seeds, …).

    Raises
    ------
    ValueError
        If there is no table of that name.
    BankError
        If it cannot be used.
    """
    home = folder or next((home for home in _HOMES if home.is_dir()), _HOMES[-1])
    manifest = _manifest(home)
    file = f"{name}.npz"
    if file not in manifest:
        names = ", ".join(sorted(key.removesuffix(".npz") for key in manifest))
        raise ValueError(messages.BANK_UNKNOWN.format(name=name, names=names))
    arrays = _arrays(home / file, manifest[file])
    meta = json.loads(arrays.pop("meta").tobytes())
    if meta["schema"] != SCHEMA:
        problem = messages.BANK_SCHEMA.format(found=meta["schema"], expected=SCHEMA)
        raise BankError(messages.BANK_REFUSED.format(file=file, problem=problem))
    if "trained" in arrays:
        arrays = _complete(file, arrays)
    for array in arrays.values():
        array.flags.writeable = False
    return meta, arrays


def _complete(file: str, arrays: dict[str, Array]) -> dict[str, Array]:
    """Leave out the seeds with which not every configuration was trained yet."""
    trained = arrays.pop("trained")
    seeds = np.flatnonzero(trained.all(axis=0))
    if not len(seeds):
        done, planned = trained.sum(), len(trained)
        raise BankError(messages.BANK_IN_PROGRESS.format(file=file, done=done, planned=planned))
    axes = {name: 0 if name.endswith("sizes") else 1 for name in arrays if name != "row_of"}
    return arrays | {name: arrays[name].take(seeds, axis=axis) for name, axis in axes.items()}


def _manifest(home: Path) -> dict[str, dict[str, Any]]:
    file = home / "manifest.json"
    try:
        manifest: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = messages.BANK_MISSING.format(folder=home.name)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from None
    except (OSError, ValueError) as error:
        problem = messages.BANK_UNREADABLE.format(error=type(error).__name__)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from error
    return manifest


def _arrays(file: Path, expected: Mapping[str, Any]) -> dict[str, Array]:
    """Read a table from bytes whose hash was checked."""
    try:
        data = file.read_bytes()
    except OSError:
        problem = messages.BANK_MISSING.format(folder=file.parent.name)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from None
    found = hashlib.sha256(data).hexdigest()
    if found != expected["sha256"]:
        problem = messages.BANK_HASH.format(
            bytes=expected["bytes"],
            sha256=expected["sha256"][:12],
            found_bytes=len(data),
            found=found[:12],
        )
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem))
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {key: arrays[key] for key in arrays.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        problem = messages.BANK_UNREADABLE.format(error=type(error).__name__)
        raise BankError(messages.BANK_REFUSED.format(file=file.name, problem=problem)) from error
