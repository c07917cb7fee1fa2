"""Lesson 01, metrics and validation: every claim is recomputed on the drawn labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course_utils._draws import lesson_01 as drawn
from course_utils._judges.compare import expects, explain, standard_error
from course_utils._judges.verdicts import (
    Finding,
    Question,
    UnexpectedValue,
    column,
    number,
    numbers,
    wrong,
)
from course_utils.messages.checks.lesson_01 import MESSAGES


# --- useless -------------------------------------------------------------------------------------
def judge_useless(data: Mapping[str, Any], seed: int) -> Finding | None:
    for (_, y), got in zip(drawn.rare_tables(seed), data["predictions"], strict=True):
        if not isinstance(got, list):
            return wrong("una_sola_respuesta", got=number(got), rows=len(y))
        if len(got) != len(y):
            return wrong("otra_longitud", got=len(got), rows=len(y))
        predicted = np.array([float(p) if isinstance(p, bool) else number(p) for p in column(got)])
        strange = ~np.isin(predicted, (0, 1))
        if strange.any():
            return wrong("no_son_clases", got=float(predicted[strange][0]))
        accuracy, recall = float((predicted == y).mean()), float(predicted[y == 1].mean())
        if accuracy <= 0.99:
            return wrong("exactitud_baja", accuracy=round(accuracy, 3))
        if recall > 0:
            return wrong("detecta_alguno", recall=round(recall, 3))
    return None


# --- best_threshold ------------------------------------------------------------------------------
def judge_best_threshold(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.alarms(seed)
    got = numbers(data["thresholds"])
    for case, threshold in zip(cases, got, strict=True):
        y, scores, miss, alarm = case
        best = _best_cost(*case)
        cost = _cost(y, scores >= threshold, miss, alarm)
        if not cost <= best + 1e-9:
            details = {"got": threshold, "miss": miss, "alarm": alarm, "cost": cost, "best": best}
            return wrong(_threshold_mistake(cases, got), **details)
    return None


def _cost(y: Any, alarm: Any, miss_cost: float, alarm_cost: float) -> float:
    return float(miss_cost * (~alarm & (y == 1)).sum() + alarm_cost * (alarm & (y == 0)).sum())


def _best_cost(y: Any, scores: Any, miss: float, alarm: float) -> float:
    sounds = scores >= np.append(scores, np.inf)[:, None]  # a row for each threshold
    misses, alarms = (~sounds & (y == 1)).sum(axis=1), (sounds & (y == 0)).sum(axis=1)
    return float((miss * misses + alarm * alarms).min())


def _threshold_mistake(cases: list[Any], got: list[float]) -> str:
    """The mistake that explains every threshold."""
    if got == [0.5] * len(got):
        return "siempre_un_medio"
    signs: dict[str, Callable[..., bool]] = {
        "devuelve_el_coste": lambda cut, y, s, fn, fp: cut == _best_cost(y, s, fn, fp),
        "formula_teorica": lambda cut, y, s, fn, fp: abs(cut - fp / (fp + fn)) < 1e-9,
        "maximiza_los_aciertos": lambda cut, y, s, fn, fp: _is_best(cut, y, s, 1, 1),
        "costes_cambiados": lambda cut, y, s, fn, fp: _is_best(cut, y, s, fp, fn),
        "mayor_estricto": lambda cut, y, s, fn, fp: (
            _cost(y, s > cut, fn, fp) <= _best_cost(y, s, fn, fp) + 1e-9
        ),
    }
    return explain(signs, cases, got, "no_es_el_minimo")


def _is_best(cut: float, y: Any, scores: Any, miss: float, alarm: float) -> bool:
    return _cost(y, scores >= cut, miss, alarm) <= _best_cost(y, scores, miss, alarm) + 1e-9


# --- three_parts ---------------------------------------------------------------------------------
_SHARES = (0.6, 0.2, 0.2)


def judge_three_parts(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.labels_to_split(seed)
    answers = data["parts"]
    if len(answers) != len(cases):
        raise ValueError("one answer per case")
    checked = []
    for (y, _), answer in zip(cases, answers, strict=True):
        found = _split_mistake(y, answer)
        if isinstance(found, Finding):
            return found
        checked.append(found)
    pairs = [(y, parts) for (y, _), parts in zip(cases, checked, strict=True)]
    if any(_in_order(*pair) for pair in pairs):
        return wrong("sin_barajar")
    for pair in pairs:
        if finding := _unstratified(*pair):
            return finding
    first, again, other = checked[0], checked[-2], checked[-1]
    if first != again:
        return wrong("no_repetible")
    if again == other:
        return wrong("ignora_la_semilla")
    return None


def _split_mistake(y: Any, answer: Any) -> Finding | list[list[int]]:
    """What is wrong with one answer, or its three sorted lists of rows."""
    if not isinstance(answer, list):
        raise UnexpectedValue(answer)
    if answer and all(part is None for part in answer):
        raise UnexpectedValue(None)
    if len(answer) != 3 or not all(isinstance(part, list) for part in answer):
        return wrong("no_son_tres", got=_described(answer))
    parts = [numbers(column(part)) for part in answer]
    rows = [row for part in parts for row in part]
    for row in rows:
        if not (0 <= row < len(y) and row.is_integer()):
            return wrong("no_son_filas", got=row, last=len(y) - 1)
    distinct = len(set(rows))
    if distinct <= 2:  # labels, not rows
        return wrong("no_son_filas", got="solo ceros y unos", last=len(y) - 1)
    if len(rows) > distinct:
        return wrong("se_solapan", got=len(rows) - distinct)
    if distinct < len(y):
        return wrong("faltan_filas", got=len(y) - distinct)
    sizes, expected = [len(part) for part in parts], [len(y) * share for share in _SHARES]
    if _far(sizes, expected, 2):
        rest = not _far(sorted(sizes), [len(y) * share for share in (0.16, 0.2, 0.64)], 2)
        text = ", ".join(f"{size:.0f}" for size in expected)
        return wrong("veinte_del_resto" if rest else "otro_tamano", got=str(sizes), expected=text)
    return [sorted(map(int, part)) for part in parts]


def _described(answer: list[Any]) -> str:
    kinds = ("una lista" if isinstance(part, list) else repr(part) for part in answer[:3])
    return f"{len(answer)}: {', '.join(kinds)}…" if len(answer) > 3 else ", ".join(kinds)


def _in_order(y: Any, parts: list[list[int]]) -> bool:
    """Whether the rows of the larger class go to the parts by their place, not by lot.

    By lot, two rows some places apart land in the same part with probability 0.44.
    """
    part_of = np.zeros(len(y), dtype=int)
    for number_, part in enumerate(parts):
        part_of[part] = number_
    rows = part_of[y == 0]
    alike = [float((rows[lag:] == rows[:-lag]).mean()) for lag in range(1, 21)]
    by_lot = sum(share**2 for share in _SHARES)
    return max(abs(share - by_lot) for share in alike) > 6 * standard_error(by_lot, len(rows))


def _unstratified(y: Any, parts: list[list[int]]) -> Finding | None:
    positives = [int(y[part].sum()) for part in parts]
    expected = [float(y.sum() * share) for share in _SHARES]
    if _far(positives, expected, 1):
        text = ", ".join(f"{count:.0f}" for count in expected)
        return wrong("sin_estratificar", total=int(y.sum()), got=str(positives), expected=text)
    return None


def _far(got: list[int], expected: list[float], tolerance: float) -> bool:
    return any(abs(g - e) > tolerance for g, e in zip(got, expected, strict=True))


# --- practice in the lesson ----------------------------------------------------------------------
# Three classes with 500, 300 and 200 cases.
judge_baseline_accuracy = expects(
    0.5,
    {
        "a_ciegas": (1 / 3, 0.33, 0.333),
        "en_proporcion": (0.5**2 + 0.3**2 + 0.2**2,),
        "otra_clase": (0.2, 0.3),
        "en_porcentaje": (50, 500),
    },
)

# 100 frauds among 10 000 payments; a detector with sensitivity 0.8 and FPR 0.05.
_HITS, _FALSE_ALARMS = 0.8 * 100, 0.05 * 9_900
judge_alarm_precision = expects(
    _HITS / (_HITS + _FALSE_ALARMS),
    {
        "es_la_sensibilidad": (0.8,),
        "es_la_especificidad": (0.95,),
        "olvida_la_prevalencia": (0.8 / (0.8 + 0.05),),
        "alarmas_de_todos": (_HITS / (_HITS + 0.05 * 10_000),),
        "falsas_por_buena": (_FALSE_ALARMS / _HITS,),
    },
    tol=5e-4,
)


QUESTIONS = (
    Question("useless", "01", "Exacto e inútil", 2, judge_useless, MESSAGES["useless"]),
    Question(
        "best_threshold",
        "01",
        "El umbral más barato",
        3,
        judge_best_threshold,
        MESSAGES["best_threshold"],
    ),
    Question(
        "three_parts", "01", "Tres partes limpias", 3, judge_three_parts, MESSAGES["three_parts"]
    ),
    Question("texto_01", "01", "El umbral de la discordia", 2),
    Question(
        "baseline_accuracy",
        "01",
        "Antes de leer una exactitud",
        0,
        judge_baseline_accuracy,
        MESSAGES["baseline_accuracy"],
    ),
    Question(
        "alarm_precision",
        "01",
        "Cuántas alarmas son buenas",
        0,
        judge_alarm_precision,
        MESSAGES["alarm_precision"],
    ),
)
