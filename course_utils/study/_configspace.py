"""What TPOT and SMAC share: hyperparameters of ConfigSpace."""

from __future__ import annotations

from typing import Any

from course_utils.study._axes import Range, Spec


def is_constant(hyperparameter: Any) -> bool:
    """Tell whether a hyperparameter has one value only, and so was never searched."""
    return type(hyperparameter).__name__ == "Constant"


def spec(hyperparameter: Any) -> Spec:
    """Describe a hyperparameter; those that are normally distributed have bounds too."""
    if hasattr(hyperparameter, "lower"):
        return Range(
            hyperparameter.lower,
            hyperparameter.upper,
            log=getattr(hyperparameter, "log", False),
            integer="Integer" in type(hyperparameter).__name__,
        )
    if hasattr(hyperparameter, "choices"):
        return list(hyperparameter.choices)
    return list(hyperparameter.sequence)  # Ordinal
