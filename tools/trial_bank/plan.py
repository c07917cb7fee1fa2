"""What one table of the bank holds, and how one of its trainings is run."""

from __future__ import annotations

import itertools
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedKFold

from course_utils.bank import SCHEMA
from course_utils.data import Dataset

SEED = 101

Array = npt.NDArray[Any]
Config = dict[str, Any]
Space = dict[str, list[Any]]
Record = dict[str, Array]
"""Arrays of one training: of shape (folds, steps), or (moments, bytes) for ``*_right``."""
Train = Callable[[Config, int], Record]

CURVES = {
    "hits": "uint16",
    "loss": "float16",
    "train_hits": "uint16",
    "train_loss": "float16",
    "seconds": "float16",
}
"""What is recorded of a network at every epoch."""
AT_MOMENTS = {"test_hits": "uint16", "valid_right": "uint8", "test_right": "uint8"}
"""What is recorded of it at the moments of a plan."""


@dataclass(frozen=True)
class Rows:
    """Training, validation and test rows, with integer labels; the test rows may be missing."""

    X_train: Array
    y_train: Array
    X_valid: Array
    y_valid: Array
    X_test: Array | None = None
    y_test: Array | None = None


@dataclass(frozen=True)
class Plan:
    """One table.

    Attributes
    ----------
    name : str
        Of the table.
    space : dict of str to list
        Allowed values of each hyperparameter; the table holds every combination.
    rows : list of dict
        Distinct configurations, each trained once with every seed.
    row_of : ndarray of int
        Row of each combination of `space` (without `budget_name`), in the order of the product.
    n_seeds : int
        Seeds 0 … n_seeds - 1. All rows are trained with a seed before the next one begins.
    budgets : tuple of int
        What each step stands for.
    unit : str
        Of the budgets: ``"folds"``, ``"trees"`` or ``"epochs"``.
    sizes : ndarray of int
        Validation rows, broadcast against hits of shape (seeds, folds, steps).
    dtypes : dict of str to str
        Arrays of a record and the type in which they are stored.
    train : callable
        ``train(config, seed)`` returns a `Record`.
    packages : tuple of str
        Whose versions are noted.
    lower_is_better : tuple of str
        Losses among the arrays.
    average_steps : bool
        Whether a budget is the mean of its steps (folds).
    budget_name : str, optional
        The hyperparameter that is also a budget.
    moments : tuple of {"best", int}
        Epochs at which networks say, row for row, which predictions were right; ``"best"`` is the
        first of the highest validation accuracy.
    other_sizes : dict of str to ndarray of int
        ``train_sizes`` and ``test_sizes``, shaped like `sizes`.
    about : dict of str to str
        Data, meaning of the seed.
    """

    name: str
    space: Space
    rows: list[Config]
    row_of: Array
    n_seeds: int
    budgets: tuple[int, ...]
    unit: str
    sizes: Array
    dtypes: dict[str, str]
    train: Train
    packages: tuple[str, ...] = ("numpy", "scikit-learn")
    lower_is_better: tuple[str, ...] = ()
    average_steps: bool = False
    budget_name: str | None = None
    moments: tuple[str | int, ...] = ()
    other_sizes: dict[str, Array] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)

    def meta(self) -> dict[str, Any]:
        """Describe the table in what JSON knows; equal descriptions are the same table."""
        return {
            "schema": SCHEMA,
            "table": self.name,
            "space": self.space,
            "rows": self.rows,
            "budgets": list(self.budgets),
            "unit": self.unit,
            "lower_is_better": list(self.lower_is_better),
            "average_steps": self.average_steps,
            "budget_name": self.budget_name,
            **({"moments": list(self.moments)} if self.moments else {}),
            "about": {**self.about, **versions(self.packages)},
        }

    @property
    def trainings(self) -> list[tuple[int, int]]:
        """Row and seed of every training, in the order in which they are run."""
        return [(row, seed) for seed in range(self.n_seeds) for row in range(len(self.rows))]


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of Python and of some packages, and the kind of machine."""
    found = {name: package_version(name) for name in packages}
    machine = f"{platform.system()} {platform.machine()}"
    return {"python": platform.python_version(), **found, "machine": machine}


def package_version(name: str) -> str:
    """Return a package's version; TensorFlow's, whichever of its two names it has."""
    try:
        return version(name)
    except PackageNotFoundError:
        return version(f"{name}-cpu")


def real(data: Dataset) -> Dataset:
    """Return a data set that is not the stand-in.

    Raises
    ------
    SystemExit
        If it is.
    """
    if data.source != "real":
        raise SystemExit(f"{data.name}: the bank holds trainings on the real data only.")
    return data


def combinations(space: Space) -> list[Config]:
    """Return every combination of a space, the last hyperparameter varying fastest."""
    return [dict(zip(space, v, strict=True)) for v in itertools.product(*space.values())]


def distinct(space: Space, canonical: Callable[[Config], Config]) -> tuple[list[Config], Array]:
    """Return the distinct trainings of a space, and which of them each combination is."""
    found: dict[tuple[Any, ...], int] = {}
    rows: list[Config] = []
    row_of = []
    for config in map(canonical, combinations(space)):
        key = tuple(config.values())
        if key not in found:
            found[key] = len(rows)
            rows.append(config)
        row_of.append(found[key])
    return rows, np.array(row_of)


def folds(n_splits: int, seed: int, X: Array, y: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the training and validation rows of the folds of repetition `seed`."""
    yield from StratifiedKFold(n_splits, shuffle=True, random_state=SEED + seed).split(X, y)


def network_plan(
    name: str,
    space: Space,
    train: Train,
    *,
    n_seeds: int,
    epochs: int,
    n_train: int,
    n_valid: int,
    n_test: int,
    about: dict[str, str],
    moments: tuple[str | int, ...] = (),
    also: Mapping[str, str] = AT_MOMENTS,
    canonical: Callable[[Config], Config] = dict,
) -> Plan:
    """Return the plan of a table of Keras networks, validated at every epoch.

    `also` are the arrays beside the curves, with their types: what a training gives at `moments`,
    or at every epoch where there are none.
    """
    rows, row_of = distinct(space, canonical)
    return Plan(
        name,
        space,
        rows,
        row_of,
        n_seeds=n_seeds,
        budgets=tuple(range(1, epochs + 1)),
        unit="epochs",
        sizes=np.full((n_seeds, 1, 1), n_valid),
        dtypes=CURVES | dict(also),
        train=train,
        packages=("numpy", "keras", "tensorflow"),
        lower_is_better=("loss", "train_loss"),
        moments=moments,
        other_sizes={
            "train_sizes": np.full((n_seeds, 1, 1), n_train),
            "test_sizes": np.full((n_seeds, 1, 1), n_test),
        },
        about=about,
    )
