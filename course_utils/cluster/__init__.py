"""Searches on many workers: a simulated clock.

The clock (:func:`simulate`) runs a search on as many workers as one likes, with the costs and the
scores of real trainings (:func:`tasks_of`): machines that are slow, machines that are killed,
rounds that wait for the last one.
"""

from course_utils.cluster._clock import Cluster, Run, first_reached, simulate
from course_utils.cluster._searchers import Asha, Halving, Job, RandomSearch, Searcher
from course_utils.cluster._tasks import Tasks, tasks_of

__all__ = [
    "Asha",
    "Cluster",
    "Halving",
    "Job",
    "RandomSearch",
    "Run",
    "Searcher",
    "Tasks",
    "first_reached",
    "simulate",
    "tasks_of",
]
