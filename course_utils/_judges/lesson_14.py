"""Lesson 14, many machines: every answer is worked out again and typical slips are recognised."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course_utils._draws import lesson_14 as drawn
from course_utils._judges.compare import close, expects, first_difference, recognise
from course_utils._judges.verdicts import (
    Finding,
    Question,
    numbers,
    positions,
    texts,
    wrong,
)
from course_utils.messages.checks.lesson_14 import MESSAGES


# --- makespan ------------------------------------------------------------------------------------
def _makespan(minutes: Sequence[float], workers: int) -> float:
    free = [0.0] * workers
    for minute in minutes:
        heapq.heapreplace(free, free[0] + minute)
    return max(free)


def _rounds(minutes: Sequence[float], workers: int) -> float:
    return float(sum(max(minutes[k : k + workers]) for k in range(0, len(minutes), workers)))


def _turns(minutes: Sequence[float], workers: int) -> float:
    return float(max(sum(minutes[k::workers]) for k in range(workers)))


def _blocks(minutes: Sequence[float], workers: int) -> float:
    size = max(1, math.ceil(len(minutes) / workers))
    return float(max((sum(minutes[k : k + size]) for k in range(0, len(minutes), size)), default=0))


_MAKESPAN_SLIPS: dict[str, Callable[[Sequence[float], int], float]] = {
    "una_sola_maquina": lambda m, w: float(sum(m)),
    "reparto_perfecto": lambda m, w: sum(m) / w,
    "con_barrera": _rounds,
    "por_turnos": _turns,
    "por_bloques": _blocks,
    "ordena_la_cola": lambda m, w: _makespan(sorted(m, reverse=True), w),
    "solo_la_mas_larga": lambda m, w: float(max(m, default=0)),
    "la_primera_que_acaba": lambda m, w: _first_idle(m, w),
}


def _first_idle(minutes: Sequence[float], workers: int) -> float:
    free = [0.0] * workers
    for minute in minutes:
        heapq.heapreplace(free, free[0] + minute)
    return min(free)


def judge_makespan(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.queues(seed)
    got = numbers(data["minutes"])
    expected = [_makespan(*case) for case in cases]
    if close(got, expected):
        return None
    index = first_difference(got, expected)
    minutes, workers = cases[index]
    key = recognise(_MAKESPAN_SLIPS, cases, got, "otro_numero", close)
    return wrong(key, minutes=minutes, workers=workers, got=got[index])


# --- promotable ----------------------------------------------------------------------------------
Trials = set[str]


def _promotable(
    finished: Mapping[str, float],
    promoted: Sequence[str],
    factor: int,
    *,
    best: bool = True,
    rest: bool = False,
    again: bool = False,
    count: Callable[[int, int], int] = lambda n, factor: n // factor,
) -> Trials:
    """Trials that may go on; the keywords make the typical slips."""
    names = [name for name in finished if not (rest and name in promoted)]
    ranking = sorted(names, key=lambda name: finished[name], reverse=best)
    allowed = ranking[: count(len(names), factor)]
    return {name for name in allowed if again or name not in promoted}


_PROMOTION_SLIPS: dict[str, Callable[..., Trials]] = {
    "repite_promovidos": lambda f, p, n: _promotable(f, p, n, again=True),
    "redondea_hacia_arriba": lambda f, p, n: _promotable(f, p, n, count=lambda k, m: -(-k // m)),
    "los_peores": lambda f, p, n: _promotable(f, p, n, best=False),
    "quita_antes_de_contar": lambda f, p, n: _promotable(f, p, n, rest=True),
    "los_mejores_factor": lambda f, p, n: _promotable(f, p, n, count=lambda _, m: m),
    "siempre_uno": lambda f, p, n: _promotable(f, p, n, count=lambda k, m: max(1, k // m)),
    "resta_los_promovidos": lambda f, p, n: _promotable(
        f, p, n, count=lambda k, m: max(0, k // m - len(p))
    ),
    "espera_a_todos": lambda f, p, n: _promotable(f, p, n) if len(f) % n == 0 else set(),
}


def judge_promotable(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.rungs(seed)
    got = [texts(names) for names in data["trials"]]
    expected = [_promotable(*case) for case in cases]
    if len(got) != len(expected):
        raise ValueError("one list per rung")
    repeated = [len(names) != len(set(names)) for names in got]
    sets = [set(names) for names in got]
    if sets == expected and not any(repeated):
        return None
    key = recognise(_PROMOTION_SLIPS, cases, sets, "otros")
    index = next(k for k in range(len(cases)) if sets[k] != expected[k] or repeated[k])
    case = cases[index]
    return wrong(
        key, n=len(case.finished), factor=case.factor, promoted=len(case.promoted), got=got[index]
    )


# --- lost_trials ---------------------------------------------------------------------------------
def _lost(
    trials: Sequence[Mapping[str, Any]],
    now: int,
    grace: int,
    *,
    states: tuple[str, ...] = ("RUNNING",),
    at_once: bool = False,
    unheard: str = "start",
    always_start: bool = False,
) -> list[int]:
    """Numbers of the trials whose worker is taken for dead; the keywords make the slips."""
    found = []
    for trial in trials:
        heard = trial["start"] if always_start else trial["beat"]
        if heard is None:
            heard = {"start": trial["start"], "lost": -math.inf, "alive": now}[unheard]
        silence = now - heard
        if trial["state"] in states and (silence > grace or (at_once and silence == grace)):
            found.append(int(trial["number"]))
    return found


_ALL = ("RUNNING", "COMPLETE", "FAIL")
_LOST_SLIPS: dict[str, Callable[..., list[int]]] = {
    "olvida_el_estado": lambda t, n, g: _lost(t, n, g, states=_ALL),
    "incluye_los_fallidos": lambda t, n, g: _lost(t, n, g, states=("RUNNING", "FAIL")),
    "todos_los_que_corren": lambda t, n, g: _lost(t, n, -math.inf),  # type: ignore[arg-type]
    "los_vivos": lambda t, n, g: sorted(set(_lost(t, n, -math.inf)) - set(_lost(t, n, g))),  # type: ignore[arg-type]
    "justo_en_el_limite": lambda t, n, g: _lost(t, n, g, at_once=True),
    "sin_firma_es_vivo": lambda t, n, g: _lost(t, n, g, unheard="alive"),
    "sin_firma_es_muerto": lambda t, n, g: _lost(t, n, g, unheard="lost"),
    "desde_el_principio": lambda t, n, g: _lost(t, n, g, always_start=True),
}


def judge_lost_trials(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.stores(seed)
    got = [sorted(positions(value)) for value in data["numbers"]]
    expected = [_lost(*case) for case in cases]
    if got == expected:
        return None
    key = recognise(_LOST_SLIPS, cases, got, "otros")
    index = next(k for k in range(len(cases)) if got[k] != expected[k])
    case = cases[index]
    return wrong(key, grace=case.grace, now=case.now, got=got[index])


# --- practice ------------------------------------------------------------------------------------
judge_bill = expects(
    40 * 2.5 * 0.08 * 1.1,
    {
        "olvida_lo_repetido": (40 * 2.5 * 0.08,),
        "olvida_las_maquinas": (2.5 * 0.08 * 1.1, 2.5 * 0.08),
        "olvida_las_horas": (40 * 0.08 * 1.1, 40 * 0.08),
        "quita_lo_repetido": (40 * 2.5 * 0.08 * 0.9,),
    },
    tol=1e-6,
)
judge_worked_share = expects(
    72 / 160,
    {
        "en_porcentaje": (45.0,),
        "la_parte_parada": (88 / 160,),
        "olvida_la_espera": (1.0,),
        "suma_las_duraciones": (40 / 72, 72 / 40),
    },
    tol=0.005,
)

QUESTIONS = (
    Question("makespan", "14", "¿Cuándo acaba la última?", 2, judge_makespan, MESSAGES["makespan"]),
    Question("promotable", "14", "¿A quién se pasa?", 3, judge_promotable, MESSAGES["promotable"]),
    Question(
        "lost_trials",
        "14",
        "¿Quién ha muerto?",
        3,
        judge_lost_trials,
        MESSAGES["lost_trials"],
    ),
    Question("texto_14", "14", "Cien máquinas", 2),
    Question("bill", "14", "La factura", 0, judge_bill, MESSAGES["bill"]),
    Question(
        "worked_share",
        "14",
        "Lo que trabajó la ronda",
        0,
        judge_worked_share,
        MESSAGES["worked_share"],
    ),
)
