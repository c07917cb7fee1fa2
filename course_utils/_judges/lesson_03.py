"""Lesson 03, random search: exact counts, the shape of a sample, and the record of a search."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from course_utils._draws import lesson_03 as drawn
from course_utils._judges.compare import close, expects, recognise
from course_utils._judges.verdicts import (
    Finding,
    Question,
    UnexpectedValue,
    column,
    number,
    numbers,
    wrong,
)
from course_utils.messages.checks.lesson_03 import MESSAGES


# --- trials_needed -------------------------------------------------------------------------------
def judge_trials_needed(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.promises(seed)
    got = numbers(data["needed"])
    for (p, q), n in zip(cases, got, strict=True):
        if n != _smallest(p, q):
            reached = 1 - (1 - q) ** n if 0 <= n < 1e6 else math.nan
            key = _needed_mistake(cases, got) if math.isfinite(n) else "no_es_finito"
            return wrong(key, p=p, q=q, got=n, reached=reached)
    return None


def _smallest(p: float, q: float) -> int:
    n = 1
    while 1 - (1 - q) ** n < p:
        n += 1
    return n


def _ratio(p: float, q: float) -> float:
    return math.log(1 - p) / math.log(1 - q)


def _needed_mistake(cases: list[tuple[float, float]], got: list[float]) -> str:
    slips: dict[str, Any] = {
        "no_redondea": _ratio,
        "redondea_hacia_abajo": lambda p, q: math.floor(_ratio(p, q)),
        "redondea_al_mas_cercano": lambda p, q: round(_ratio(p, q)),
        "uno_de_mas": (
            lambda p, q: math.floor(_ratio(p, q)) + 1,
            lambda p, q: math.ceil(_ratio(p, q)) + 1,
        ),
        "p_y_q_cambiados": lambda p, q: math.ceil(_ratio(q, p)),
        "olvida_el_complementario": (
            lambda p, q: math.ceil(math.log(p) / math.log(q)),
            lambda p, q: math.ceil(math.log(p) / math.log(1 - q)),
            lambda p, q: math.ceil(math.log(1 - p) / math.log(q)),
            lambda p, q: math.ceil(p / q),
        ),
    }
    otherwise = "siempre_60" if len(set(got)) == 1 else "otro_numero"
    return recognise(slips, cases, got, otherwise, partial(close, rel=1e-9))


# --- log_uniform ---------------------------------------------------------------------------------
def judge_log_uniform(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.ranges(seed)
    samples = [np.array(numbers(column(values))) for values in data["values"]]
    for (low, high, n, _), values in zip(cases, samples, strict=True):
        if finding := _sample_mistake(low, high, n, values):
            return finding
    last, again, other = samples[-3:]
    if not np.array_equal(last, again):
        return wrong("no_repetible")
    if np.array_equal(again, other):
        return wrong("ignora_rng")
    return None


def _sample_mistake(low: float, high: float, n: int, values: Any) -> Finding | None:
    if len(values) != n:
        return wrong("otra_cantidad", n=n, got=len(values))
    outside = ~((values >= low * (1 - 1e-9)) & (values <= high * (1 + 1e-9)))
    if outside.any():
        return wrong("fuera_del_intervalo", low=low, high=high, got=float(values[outside][0]))
    if len(np.unique(values)) < n / 2:
        return wrong("solo_potencias", n=n, got=len(np.unique(values)))
    places = np.log(values / low) / math.log(high / low)
    if np.all(np.diff(places) >= 0) or np.ptp(np.diff(np.sort(places))) < 1e-6:
        return wrong("no_es_al_azar")
    if _kolmogorov(places) > 2.6 / math.sqrt(n):  # under the right law, once in 400 000 samples
        top = float((values > high / 10).mean())
        if _kolmogorov((values - low) / (high - low)) < 2.6 / math.sqrt(n):
            return wrong("uniforme", last=f"{top:.0%}")
        shares = np.histogram(places, bins=5, range=(0, 1))[0] / n
        text = ", ".join(f"{share:.0%}" for share in shares)
        return wrong("otra_forma", low=low, high=high, shares=text)
    return None


def _kolmogorov(places: Any) -> float:
    """Largest gap between a sample on (0, 1) and the uniform law."""
    ordered, steps = np.sort(places), np.arange(len(places) + 1) / len(places)
    return float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))


# --- random_search -------------------------------------------------------------------------------
def judge_random_search(data: Mapping[str, Any], seed: int) -> Finding | None:
    space, worth = drawn.hidden_scores(seed)
    runs = zip(drawn.SEARCHES, data["calls"], data["returned"], strict=True)
    for (n_trials, _), asked, returned in runs:
        scores = [_score(config, worth) for config in asked]
        if len(scores) != n_trials:
            return wrong("otro_numero_de_evaluaciones", n=n_trials, got=len(scores))
        if finding := _return_mistake(returned, scores, worth):
            return finding
    return _draw_mistake(data["calls"], space)


def _score(config: Mapping[str, Any], worth: Mapping[str, Mapping[Any, float]]) -> float:
    return sum(worth[name][config[name]] for name in worth)


def _return_mistake(returned: Any, scores: list[float], worth: Any) -> Finding | None:
    if returned is None:
        raise UnexpectedValue(None)
    if not (isinstance(returned, list) and len(returned) == 2 and isinstance(returned[0], dict)):
        return wrong("no_devuelve_la_pareja")
    claimed, best = number(returned[1]), max(scores)
    shown = {"got": round(claimed, 3), "best": round(best, 3)}
    if not math.isclose(claimed, best, abs_tol=1e-9):
        if math.isclose(claimed, min(scores), abs_tol=1e-9):
            return wrong("minimiza", **shown)
        last = math.isclose(claimed, scores[-1], abs_tol=1e-9)
        return wrong("se_queda_con_el_ultimo" if last else "no_es_el_mejor", **shown)
    if any(not _listed(returned[0].get(name), values) for name, values in worth.items()):
        return wrong("no_devuelve_la_pareja")
    real = _score(returned[0], worth)
    if not math.isclose(real, best, abs_tol=1e-9):
        return wrong("configuracion_de_otro", got=round(claimed, 3), real=round(real, 3))
    return None


def _listed(value: Any, values: Mapping[Any, float]) -> bool:
    return not isinstance(value, list | dict) and value in values


def _draw_mistake(asked: list[list[dict[str, Any]]], space: Mapping[str, Any]) -> Finding | None:
    longest = asked[-1]
    tuples = [tuple(config[name] for name in space) for config in longest]
    in_order = list(itertools.product(*space.values()))
    if tuples == in_order[: len(tuples)]:
        return wrong("es_una_cuadricula")
    if len(set(tuples)) < 40:  # 90 independent draws from 216 give 74 on average
        return wrong("indice_compartido", n=len(tuples), got=len(set(tuples)))
    for place, (name, values) in enumerate(space.items()):
        seen = {drawn_[place] for drawn_ in tuples}
        for missing in (value for value in values if value not in seen):
            return wrong("no_todo_sale", n=len(tuples), name=name, missing=missing)
    if asked[0] != asked[1]:
        return wrong("no_repetible")
    if asked[1] == asked[2]:
        return wrong("ignora_la_semilla")
    return None


# --- practice in the lesson ----------------------------------------------------------------------
# A grid of 4 values in each of 5 hyperparameters, of which 3 do nothing.
judge_distinct_models = expects(
    4**2,
    {
        "cuenta_los_intentos": (4**5,),
        "cuenta_los_inertes": (4**3,),
        "suma_en_vez_de_multiplicar": (4 * 2, 4 * 5),
    },
)

# Trials for the best 2 % with a confidence of .90.
judge_n_trials = expects(
    math.ceil(math.log(0.10) / math.log(0.98)),
    {
        "no_redondea": (math.log(0.10) / math.log(0.98),),
        "redondea_hacia_abajo": (math.floor(math.log(0.10) / math.log(0.98)),),
        "los_de_siempre": (59, 60),
        "otra_parte": tuple(math.ceil(math.log(0.10) / math.log(1 - q)) for q in (0.05, 0.2)),
        "p_y_q_cambiados": (math.ceil(math.log(0.98) / math.log(0.10)),),
    },
)


QUESTIONS = (
    Question(
        "trials_needed",
        "03",
        "¿Cuántos intentos bastan?",
        2,
        judge_trials_needed,
        MESSAGES["trials_needed"],
    ),
    Question(
        "log_uniform",
        "03",
        "Todas las décadas por igual",
        3,
        judge_log_uniform,
        MESSAGES["log_uniform"],
    ),
    Question(
        "random_search",
        "03",
        "Tu búsqueda aleatoria",
        3,
        judge_random_search,
        MESSAGES["random_search"],
    ),
    Question("texto_03", "03", "La promesa de los 60 intentos", 2),
    Question(
        "distinct_models",
        "03",
        "Con ejes inertes",
        0,
        judge_distinct_models,
        MESSAGES["distinct_models"],
    ),
    Question("n_trials", "03", "El mejor 2 %", 0, judge_n_trials, MESSAGES["n_trials"]),
)
