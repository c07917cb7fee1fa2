"""Lesson 14, many machines: queues, promotions and dead workers, asked."""

from __future__ import annotations

from course_utils._observers.student import answers_of, value_of

OBSERVERS = {
    "makespan": answers_of("makespan", "minutes"),
    "promotable": answers_of("promotable", "trials"),
    "lost_trials": answers_of("lost_trials", "numbers"),
    "bill": value_of("bill"),
    "worked_share": value_of("worked_share"),
}
