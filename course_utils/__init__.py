"""Helpers of the course on hyperparameter optimization.

Only what would distract from the library being taught lives here. ``import course_utils`` loads
nothing heavy: every public name is served on first use (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "setup": "environment",
    "budget": "environment",
    "check_environment": "environment",
    "Dataset": "data",
    "load_mnist": "data",
    "load_reuters": "data",
    "load_imdb": "data",
    "load_fraud": "data",
    "vectorize_sequences": "text",
    "one_hot_labels": "text",
    "decode_sequence": "text",
    "to_study": "study",
    "boundary_report": "study",
    "trial_bank": "bank",
    "repair_scikeras": "wrappers",
    "run_tournament": "tournament",
    "check": "checks",
    "guess": "guesses",
    "reveal": "guesses",
    "thousands": "numerals",
    "progress": "live",
    "track": "live",
    "show": "plots",
    "heat_map": "plots",
    "projections": "plots",
    "fold_map": "plots",
    "effect_plot": "plots",
    "surrogate_panels": "plots",
    "schedule_curves": "plots",
    "schedule_panels": "plots",
    "explore_evolution": "widgets",
    "explore_gp": "widgets",
    "explore_grid_vs_random": "widgets",
    "explore_halving": "widgets",
    "explore_hyperband": "widgets",
    "explore_luck": "widgets",
    "explore_schedule": "widgets",
    "explore_sixty_trials": "widgets",
    "explore_threshold": "widgets",
    "explore_tpe": "widgets",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'course_utils' has no attribute {name!r}")
    globals()[name] = getattr(import_module(f"course_utils.{_HOME[name]}"), name)
    return globals()[name]


def __dir__() -> list[str]:
    return __all__
