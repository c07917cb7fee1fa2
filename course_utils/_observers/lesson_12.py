"""Lesson 12, production: what depends on what, the gate and the alarm, asked."""

from __future__ import annotations

from course_utils._observers.student import answers_of, value_of

OBSERVERS = {
    "to_rerun": answers_of("to_rerun", "steps"),
    "gate_p_value": answers_of("gate_p_value", "p_values"),
    "drift_alarms": answers_of("drift_alarms", "columns"),
    "gate_p": value_of("gate_p"),
    "any_alarm": value_of("any_alarm"),
}
