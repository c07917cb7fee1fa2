"""Tournaments: search strategies x seeds, at an equal number of evaluations, on the trial bank.

A strategy is a function that spends a budget of evaluations. Every strategy gets the same seeds, so
comparisons are paired; the statistics say what follows from them, and what does not. The unit is
the seed: a verdict speaks of other seeds on the same table, never of other data sets (for those see
Demšar, "Statistical Comparisons of Classifiers over Multiple Data Sets", JMLR 7, 2006).
"""

from course_utils.tournament._run import TournamentError, from_scores, run_tournament
from course_utils.tournament._statistics import (
    anytime,
    at_budget,
    compare,
    holm,
    sign_flip_test,
    superiority,
)
from course_utils.tournament._strategies import (
    Objective,
    Space,
    Strategy,
    from_hyperopt,
    from_optuna,
    grid_search,
    random_search,
)

__all__ = [
    "Objective",
    "Space",
    "Strategy",
    "TournamentError",
    "anytime",
    "at_budget",
    "compare",
    "from_hyperopt",
    "from_optuna",
    "from_scores",
    "grid_search",
    "holm",
    "random_search",
    "run_tournament",
    "sign_flip_test",
    "superiority",
]
