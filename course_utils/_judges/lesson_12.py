"""Lesson 12, production: what must be repeated, the gate's probability, the corrected alarm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy.stats import binom, ks_2samp, ttest_ind

from course_utils._draws import lesson_12 as drawn
from course_utils._judges.compare import close, expects, first_difference, recognise
from course_utils._judges.verdicts import (
    Finding,
    Question,
    column,
    number,
    positions,
    texts,
    wrong,
)
from course_utils.messages.checks.lesson_12 import MESSAGES

Links = Mapping[str, list[str]]


# --- to_rerun ------------------------------------------------------------------------------------
def judge_to_rerun(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.changes(seed)
    got = [texts(value) for value in data["steps"]]
    expected = [_downstream(*case) for case in cases]
    if got == expected:
        return None
    at = next(k for k, (a, b) in enumerate(zip(got, expected, strict=True)) if a != b)
    links, changed = cases[at]
    slips = {
        "solo_los_cambiados": lambda links, changed: sorted(changed),
        "olvida_los_cambiados": _without_changed,
        "un_solo_salto": _one_step,
        "rio_arriba": _upstream,
        "todos": lambda links, changed: sorted(links),
    }
    key = recognise(slips, cases, got, "otros_pasos")
    if key == "otros_pasos" and [sorted(names) for names in got] == expected:
        key = "sin_ordenar"
    shown = {name: " y ".join(inputs) for name, inputs in links.items()}
    return wrong(
        key,
        links=", ".join(f"{name} usa {inputs}" for name, inputs in shown.items()),
        changed=_listed(changed),
        got=_listed(got[at]),
        expected=len(expected[at]),
    )


def _listed(names: list[str]) -> str:
    return ", ".join(names)[:80] or "ninguno"


def _downstream(links: Links, changed: list[str]) -> list[str]:
    found = set(changed)
    while True:
        more = {name for name, inputs in links.items() if found & set(inputs)} - found
        if not more:
            return sorted(found)
        found |= more


def _without_changed(links: Links, changed: list[str]) -> list[str]:
    return sorted(set(_downstream(links, changed)) - set(changed))


def _one_step(links: Links, changed: list[str]) -> list[str]:
    direct = {name for name, inputs in links.items() if set(changed) & set(inputs)}
    return sorted(direct | set(changed))


def _upstream(links: Links, changed: list[str]) -> list[str]:
    found = set(changed)
    for _ in links:
        found |= {above for name in found for above in links.get(name, [])}
    return sorted(found & set(links))


# --- gate_p_value --------------------------------------------------------------------------------
def judge_gate_p_value(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = [_counts(*duel) for duel in drawn.duels(seed)]
    got = [number(value) for value in data["p_values"]]
    expected = [_p_value(*case) for case in cases]
    if close(got, expected, rel=1e-6, tol=1e-9):
        return None
    slips: dict[str, Callable[..., Any]] = {
        "al_reves": lambda gained, lost, n: _p_value(lost, gained, n),
        "dos_colas": lambda gained, lost, n: _two_sided(gained, lost),
        "mas_no_igual": lambda gained, lost, n: binom.sf(gained, gained + lost, 0.5),
        "solo_el_empate": lambda gained, lost, n: binom.pmf(gained, gained + lost, 0.5),
        "todas_las_filas": lambda gained, lost, n: binom.sf(gained - 1, n, 0.5),
        "sin_prueba": lambda gained, lost, n: (gained - lost) / n,
    }
    telling = [k for k, (gained, lost, _) in enumerate(cases) if gained + lost]
    key = recognise(
        slips,
        [cases[k] for k in telling],
        [got[k] for k in telling],
        "otro_numero",
        lambda a, b: close(a, b, rel=1e-6, tol=1e-9),
    )
    at = first_difference(got, expected, rel=1e-6, tol=1e-9)
    gained, lost, n = cases[at]
    if key == "otro_numero" and gained + lost == 0:
        key = "sin_discordantes"
    return wrong(key, gained=gained, lost=lost, n=n, got=f"{got[at]:.4g}")


def _counts(new: Any, old: Any) -> tuple[int, int, int]:
    """Rows that the new model wins, that it loses, and all."""
    return int((new & ~old).sum()), int((old & ~new).sum()), len(new)


def _p_value(gained: int, lost: int, n: int) -> float:
    return float(binom.sf(gained - 1, gained + lost, 0.5))


def _two_sided(gained: int, lost: int) -> float:
    return min(1.0, 2 * float(binom.sf(max(gained, lost) - 1, gained + lost, 0.5)))


# --- drift_alarms --------------------------------------------------------------------------------
def judge_drift_alarms(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.lots(seed)
    given = [column(value) for value in data["columns"]]
    if any(len(value) == drawn.N_COLUMNS for value in given):
        return wrong("no_son_posiciones", n=drawn.N_COLUMNS)
    got = [sorted(positions(value)) for value in given]
    expected = [_alarms(*case) for case in cases]
    if got == expected:
        return None
    slips: dict[str, Any] = {
        "sin_corregir": lambda a, b, level: _below(_ks(a, b), level),
        "corrige_por_filas": lambda a, b, level: _below(_ks(a, b), level / len(a)),
        "compara_medias": lambda a, b, level: _below(ttest_ind(a, b).pvalue, level / a.shape[1]),
        "las_tranquilas": lambda a, b, level: _above(_ks(a, b), level / a.shape[1]),
    }
    at = next(k for k, (a, b) in enumerate(zip(got, expected, strict=True)) if a != b)
    key = recognise(slips, cases, got, "otras_columnas")
    return wrong(
        key,
        level=cases[at][2],
        n=drawn.N_COLUMNS,
        got=", ".join(map(str, got[at]))[:60] or "ninguna",
        expected=len(expected[at]),
    )


def _ks(reference: Any, lot: Any) -> Any:
    pairs = zip(reference.T, lot.T, strict=True)
    return np.array([ks_2samp(first, second, method="asymp").pvalue for first, second in pairs])


def _below(p_values: Any, limit: float) -> list[int]:
    return [int(k) for k in np.flatnonzero(p_values < limit)]


def _above(p_values: Any, limit: float) -> list[int]:
    return [int(k) for k in np.flatnonzero(p_values >= limit)]


def _alarms(reference: Any, lot: Any, level: float) -> list[int]:
    return _below(_ks(reference, lot), level / reference.shape[1])


# --- practice in the lesson ----------------------------------------------------------------------
# Six discordant rows, all of them won: six coins that fall on the same side.
judge_gate_p = expects(
    0.5**6,
    {
        "dos_colas": (2 * 0.5**6,),
        "al_reves": (1 - 0.5**6, 1.0),
        "una_moneda": (0.5,),
        "porcentaje": (100 * 0.5**6,),
    },
    tol=1e-3,
)
# Twenty independent tests at 0.05, and nothing changed.
judge_any_alarm = expects(
    1 - 0.95**20,
    {
        "suma": (1.0, 20.0),
        "una_sola": (0.05,),
        "ninguna": (0.95**20,),
        "todas": (0.05**20,),
    },
    tol=5e-3,
)


QUESTIONS = (
    Question("to_rerun", "12", "Solo lo que cambió", 2, judge_to_rerun, MESSAGES["to_rerun"]),
    Question("gate_p_value", "12", "La puerta", 3, judge_gate_p_value, MESSAGES["gate_p_value"]),
    Question("drift_alarms", "12", "La alarma", 3, judge_drift_alarms, MESSAGES["drift_alarms"]),
    Question("texto_12", "12", "¿Lo cambiamos?", 2),
    Question("gate_p", "12", "Seis a cero", 0, judge_gate_p, MESSAGES["gate_p"]),
    Question("any_alarm", "12", "Veinte pruebas", 0, judge_any_alarm, MESSAGES["any_alarm"]),
)
