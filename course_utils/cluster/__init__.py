"""Searches on many workers: a simulated clock, and what was recorded on real ones.

The clock (:func:`simulate`) runs a search on as many workers as one likes, with the costs and the
scores of real trainings (:func:`tasks_of`): machines that are slow, machines that are killed,
rounds that wait for the last one. :func:`recorded` holds what the programs of ``benchmarks`` saw
on real processes.
"""

from course_utils.cluster._clock import Cluster, Run, first_reached, simulate
from course_utils.cluster._recorded import recorded
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
    "recorded",
    "simulate",
    "tasks_of",
]
