"""Figures that scikit-learn's Displays, Optuna and Keras do not draw, and one look for all."""

from course_utils.plots._comparisons import anytime_plot, effect_plot
from course_utils.plots._folds import fold_map
from course_utils.plots._networks import network_panels
from course_utils.plots._schedules import schedule_curves, schedule_panels
from course_utils.plots._searches import (
    draw_acquisition,
    draw_shadows,
    draw_surrogate,
    heat_map,
    projections,
    surrogate_panels,
)
from course_utils.plots._style import PALETTE, show, use_style

__all__ = [
    "PALETTE",
    "anytime_plot",
    "draw_acquisition",
    "draw_shadows",
    "draw_surrogate",
    "effect_plot",
    "fold_map",
    "heat_map",
    "network_panels",
    "projections",
    "schedule_curves",
    "schedule_panels",
    "show",
    "surrogate_panels",
    "use_style",
]
