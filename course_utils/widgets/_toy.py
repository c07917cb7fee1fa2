"""The score that two explorers search, made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["toy_score"]


def toy_score(x: ArrayLike) -> np.ndarray:
    """Accuracy, made up, of one hyperparameter in [0, 1]: two hills, the right one higher.

    Parameters
    ----------
    x : array-like of float

    Returns
    -------
    numpy.ndarray
    """
    x = np.asarray(x, dtype=float)
    low_hill = 0.30 * np.exp(-(((x - 0.22) / 0.10) ** 2))
    high_hill = 0.42 * np.exp(-(((x - 0.73) / 0.07) ** 2))
    return 0.55 - 0.10 * x + low_hill + high_hill
