"""A class for the tests of reports: what workers and runs would have left of each student."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from course_utils.grading.reading.platforms import Person
from course_utils.grading.submission import Submission
from tests.grader.here import KNOWN, facts
from tests.hostile.hostile_cases import data, exercise, solution

KNOWN_02 = [next(known for known in KNOWN if known.lesson == "02")]
SOLVED = facts(data(solution()))
BLANK = facts(data(exercise()))
TEXT = "Yo miraría primero si la diferencia es mayor que el ruido de las particiones."


def handed_in(
    person: Person, points: dict[str, float] | None = None, text: str = TEXT, label: str = "x.ipynb"
) -> Submission:
    """A submission of exercise 02 with these points; full marks by default."""
    known = KNOWN_02[0]
    verdicts: dict[str, dict[str, Any]] = {}
    for question in known.checked:
        won = question.points if points is None else points.get(question.name, 0.0)
        right = won == question.points
        verdicts[question.name] = {
            "state": "correcto" if right else "incorrecto",
            "message": "Se cumple." if right else "Sumas donde hay que `multiplicar`.",
            "misconception": "" if right else "suma",
            "points": won,
        }
    found = replace(SOLVED, parts=[label], texts={"texto_02": text}, fingerprint=person.name)
    cells = [{"status": "ok", "error": ""} for _ in found.code]
    return Submission(found, person, known, person.name, {"verdicts": verdicts, "cells": cells})


def lesson(person: Person, *guesses: dict[str, Any]) -> Submission:
    """A lesson with what ``reveal`` stored."""
    found = replace(BLANK, lesson="", code=[], texts={}, guesses=list(guesses), parts=["01.ipynb"])
    return Submission(found, person)


def guess(key: str, answer: Any, truth: Any, outcome: str) -> dict[str, Any]:
    return {"key": key, "answer": answer, "truth": truth, "outcome": outcome}


def drawn_class(size: int, layout: str = "moodle") -> list[Submission]:
    """Students with marks, texts and predictions drawn once and for all."""
    rng = random.Random(16)
    names = ["Álvaro Ñíguez", "Ana Ruiz", "Óscar Peña", "Zoe Díaz", "Ñuño Vidal", "Marta Gil"]
    files = []
    for number in range(size):
        name = names[number] if number < len(names) else f"Estudiante {number}"
        person = Person(
            name, layout, str(100 + number), f"{name}_{100 + number}_assignsubmission_file"
        )
        won = {q.name: q.points * (rng.random() < 0.7) for q in KNOWN_02[0].checked}
        files.append(handed_in(person, won, TEXT if rng.random() < 0.9 else ""))
        said = rng.choice(["la de la ROC", "la de la PR", "las dos por igual"])
        told = "acierto" if said == "la de la PR" else "sorpresa"
        number_said = rng.choice([0.24, 0.76, 0.5])
        files.append(
            lesson(
                person,
                guess("1.6", said, "la de la PR", told),
                guess("1.3", number_said, 0.76, "acierto" if number_said == 0.76 else "sorpresa"),
                guess("1.8", None, 0.0, "sin_prediccion"),
            )
        )
    return files
