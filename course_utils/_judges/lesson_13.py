"""Lesson 13, good practice: areas and ranks worked out, projects weighed on rows nobody saw."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws import lesson_13 as drawn
from course_utils._judges.compare import close, expects, recognise, standard_error
from course_utils._judges.verdicts import (
    Finding,
    Question,
    UnexpectedValue,
    column,
    number,
    numbers,
    wrong,
)
from course_utils.messages.checks.lesson_13 import MESSAGES

Array = npt.NDArray[Any]


# --- hypervolume ---------------------------------------------------------------------------------
Points = list[tuple[float, float]]
"""What each model gains over the two limits: accuracy and seconds."""


def judge_hypervolume(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.fronts(seed)
    got = [number(area) for area in data["areas"]]
    expected = [_area(_inside(*case)) for case in cases]
    if len(got) != len(cases):
        raise ValueError("one area per set of models")
    failed = [i for i in range(len(cases)) if not _same_areas([got[i]], [expected[i]])]
    if not failed:
        return None
    key = recognise(_AREA_SLIPS, cases, got, "otra_area", _same_areas)
    accuracy, seconds, low, most = cases[failed[0]]
    words = f"exactitudes {accuracy}, segundos {seconds} y límites {low} y {most}"
    return wrong(key, case=words, got=round(got[failed[0]], 4))


def _same_areas(got: list[float], expected: list[float]) -> bool:
    return close(got, expected, rel=1e-6, tol=1e-9)


def _gains(accuracy: list[float], seconds: list[float], low: float, most: float) -> Points:
    return [(a - low, most - s) for a, s in zip(accuracy, seconds, strict=True)]


def _inside(*case: Any) -> Points:
    return [(a, s) for a, s in _gains(*case) if a > 0 and s > 0]


def _area(points: Points) -> float:
    """Area that is covered: from the fastest to the slowest, what each adds in height."""
    area = height = 0.0
    for a, s in sorted(points, key=lambda point: -point[1]):
        area += max(a - height, 0) * s
        height = max(height, a)
    return area


def _front(points: Points) -> Points:
    """Those that no other covers, the fastest first."""
    ordered = sorted(points, key=lambda point: (-point[1], -point[0]))
    return [p for i, p in enumerate(ordered) if all(p[0] > q[0] for q in ordered[:i])]


def _next_width(*case: Any) -> float:
    """Each step as wide as the next model's, not as its own."""
    front = _front(_inside(*case))
    heights = [a for a, _ in front]
    widths = [*[s for _, s in front[1:]], 0.0]
    steps = [a - b for a, b in zip(heights, [0.0, *heights], strict=False)]
    return sum(step * width for step, width in zip(steps, widths, strict=False))


def _sums(points: Points) -> float:
    return sum(a * s for a, s in points)


def _box(points: Points) -> float:
    return max((a for a, _ in points), default=0) * max((s for _, s in points), default=0)


_AREA_SLIPS: dict[str, Any] = {
    "suma_los_rectangulos": (
        lambda *case: _sums(_inside(*case)),
        lambda *case: _sums(_front(_inside(*case))),
        lambda *case: _sums(_gains(*case)),
    ),
    "solo_el_mejor": (
        lambda *case: max((a * s for a, s in _inside(*case)), default=0),
        lambda *case: (
            max(_inside(*case), default=(0, 0))[0] * max(_inside(*case), default=(0, 0))[1]
        ),
    ),
    "la_caja_ideal": (
        lambda *case: _box(_inside(*case)),
        lambda *case: _box(_gains(*case)),
    ),
    "cuenta_los_de_fuera": lambda *case: _area(_gains(*case)),
    "recorta_los_de_fuera": (
        lambda *case: _area([(max(a, 0.0), abs(s)) for a, s in _gains(*case)]),
        lambda *case: _area([(abs(a), abs(s)) for a, s in _gains(*case)]),
    ),
    "debajo_de_cada_escalon": _next_width,
}


# --- mean_ranks ----------------------------------------------------------------------------------
def judge_mean_ranks(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.leagues(seed)
    got = [numbers(column(ranks)) for ranks in data["ranks"]]
    expected = [_mean_ranks(*case) for case in cases]
    pairs = list(zip(got, expected, strict=True))
    failed = [i for i, pair in enumerate(pairs) if not _same_ranks(*pair)]
    if not failed:
        return None
    shown = [round(value, 3) for value in got[failed[0]]]
    key = recognise(_RANK_SLIPS, cases, got, "otros_rangos", _all_same)
    return wrong(key, scores=str(cases[failed[0]][0]), got=str(shown))


def _same_ranks(got: list[float], expected: list[float]) -> bool:
    return len(got) == len(expected) and close(got, expected, tol=1e-6)


def _all_same(got: list[list[float]], expected: list[list[float]]) -> bool:
    return all(map(_same_ranks, got, expected))


def _ranks(scores: Any, sign: int = -1, method: str = "average", axis: int = 1) -> Array:
    from scipy.stats import rankdata

    return np.asarray(rankdata(sign * np.asarray(scores), method=method, axis=axis))


def _mean_ranks(scores: list[list[float]]) -> list[float]:
    return [float(value) for value in _ranks(scores).mean(axis=0)]


def _other_ranks(**how: Any) -> Callable[[list[list[float]]], list[float]]:
    return lambda scores: [float(value) for value in _ranks(scores, **how).mean(axis=0)]


def _from_zero(scores: list[list[float]]) -> list[float]:
    return [value - 1 for value in _mean_ranks(scores)]


def _ordinal_from_zero(scores: list[list[float]]) -> list[float]:
    return [float(value) for value in (_ranks(scores, method="ordinal") - 1).mean(axis=0)]


def _rank_of_means(scores: list[list[float]]) -> list[float]:
    return [float(value) for value in _ranks([np.mean(scores, axis=0)])[0]]


def _means(scores: list[list[float]]) -> list[float]:
    return [float(value) for value in np.mean(scores, axis=0)]


_RANK_SLIPS: dict[str, Any] = {
    "al_reves": _other_ranks(sign=1),
    "empieza_en_cero": (_from_zero, _ordinal_from_zero),
    "empates_sin_repartir": tuple(
        _other_ranks(method=method) for method in ("min", "max", "dense", "ordinal")
    ),
    "rango_de_la_media": _rank_of_means,
    "por_columnas": (
        _other_ranks(axis=0),
        lambda scores: [float(v) for v in _ranks(scores).mean(axis=1)],
        lambda scores: [float(v) for v in _ranks(scores, axis=0).mean(axis=1)],
    ),
    "la_media": _means,
}


# --- project -------------------------------------------------------------------------------------
# Four standard errors of the difference of two accuracies on the same 4,500 rows, taken as if their
# errors were independent: honest searches are far beyond, and a lucky copy of the baseline is not.
_SIGMAS = 4
_ROUNDING = 6e-4  # a claim with three decimals


def judge_project(data: Mapping[str, Any], seed: int) -> Finding | None:
    scores, base = [], []
    for place, hidden in enumerate(drawn.projects(seed)):
        asked, opened = data["calls"][2 * place : 2 * place + 2]
        chosen = _chosen(data["returned"][place])
        if chosen is None:
            return wrong("devuelve_otra_cosa", got=str(data["returned"][place])[:80])
        config, claimed = chosen
        finding = _search_finding(asked, opened) or _choice_finding(config, asked, opened, hidden)
        if finding is not None:
            return finding
        truth = hidden.held_out(**config)
        if abs(claimed - truth) > _ROUNDING:
            return _claim_finding(claimed, truth, hidden.cv(**config))
        scores.append(truth)
        base.append(hidden.held_out(**drawn.BASELINE))
    return _gain_finding(float(np.mean(scores)), float(np.mean(base)))


def _chosen(returned: Any) -> tuple[dict[str, float], float] | None:
    """Read the configuration and the score of a pair; None if it is something else."""
    if returned is None:
        raise UnexpectedValue(None)
    if not isinstance(returned, list) or len(returned) != 2:
        return None
    try:
        return drawn.read_config(returned[0]), number(returned[1])
    except (ValueError, UnexpectedValue):
        return None


def _search_finding(asked: list[Any], opened: list[Any]) -> Finding | None:
    if len(asked) > drawn.N_TRIALS:
        return wrong("pasa_el_presupuesto", got=len(asked), limit=drawn.N_TRIALS)
    distinct = {tuple(sorted(config.items())) for config in asked}
    if len(distinct) < drawn.LEAST_TRIALS:
        return wrong("no_busca", got=len(distinct), least=drawn.LEAST_TRIALS)
    if not any(_equal(config, drawn.BASELINE) for config in asked):
        return wrong("sin_linea_base", share=0.5)
    if not opened:
        return wrong("no_abre_la_prueba")
    if len(opened) > 1:
        return wrong("mira_varias_veces", got=len(opened))
    return None


def _choice_finding(
    config: dict[str, float], asked: list[Any], opened: list[Any], hidden: drawn.Hidden
) -> Finding | None:
    if not _equal(config, opened[0]):
        return wrong("abre_otra")
    best = max(hidden.cv(**other) for other in asked)
    own = hidden.cv(**config)
    if own < best - 1e-9 or not any(_equal(config, other) for other in asked):
        return wrong("no_elige_la_mejor", got=round(own, 3), best=round(best, 3))
    return None


def _equal(config: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return all(math.isclose(config[name], other[name], rel_tol=1e-9) for name in ("C", "gamma"))


def _claim_finding(claimed: float, truth: float, validation: float) -> Finding:
    key = "entrega_la_validacion" if abs(claimed - validation) < _ROUNDING else "otra_cifra"
    return wrong(key, share=0.5, got=round(claimed, 3), held_out=round(truth, 3))


def _gain_finding(score: float, base: float) -> Finding | None:
    rows = drawn.N_PROJECTS * drawn.N_HELD
    bar = _SIGMAS * math.hypot(standard_error(score, rows), standard_error(base, rows))
    if score - base > bar:
        return None
    told = {"got": round(score, 3), "base": round(base, 3), "bar": round(bar, 3)}
    return wrong("no_supera_la_base", share=0.5, projects=drawn.N_PROJECTS, **told)


# --- practice in the lesson ----------------------------------------------------------------------
# Five searchers, ten seeds, eight tables of six data sets.
judge_friedman_blocks = expects(
    6,
    {
        "cuenta_tablas": (8,),
        "cuenta_semillas": (10, 60, 80, 300, 400),
        "cuenta_metodos": (5, 30, 40),
    },
)
judge_interactions = expects(0.2, {"olvida_restar": (0.8,), "multiplica": (0.01, 0.99)}, tol=1e-6)

QUESTIONS = (
    Question("mean_ranks", "13", "El rango medio", 2, judge_mean_ranks, MESSAGES["mean_ranks"]),
    Question("hypervolume", "13", "El hipervolumen", 2, judge_hypervolume, MESSAGES["hypervolume"]),
    Question("project", "13", "El proyecto", 4, judge_project, MESSAGES["project"]),
    Question("texto_13", "13", "Lo que dirías y lo que no", 2),
    Question(
        "friedman_blocks",
        "13",
        "Quién vota",
        0,
        judge_friedman_blocks,
        MESSAGES["friedman_blocks"],
    ),
    Question("interactions", "13", "Lo que falta", 0, judge_interactions, MESSAGES["interactions"]),
)
