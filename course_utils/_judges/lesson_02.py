"""Lesson 02, grid search: counts against brute force, inert hyperparameters against trainings."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from course_utils._draws import lesson_02 as drawn
from course_utils._judges.compare import close, expects, recognise
from course_utils._judges.verdicts import Finding, Question, numbers, truth, wrong
from course_utils.messages.checks.lesson_02 import MESSAGES


# --- n_combos ------------------------------------------------------------------------------------
def judge_n_combos(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.spaces(seed)
    got = numbers(data["counts"])
    for (space, cv), count in zip(cases, got, strict=True):
        sizes = [len(values) for values in space.values()]
        expected = cv * sum(1 for _ in itertools.product(*space.values()))
        if count != expected:
            key = _count_mistake(cases, got)
            shown = {name: len(values) for name, values in space.items()}
            text = " × ".join(
                f"{size} {'valor' if size == 1 else 'valores'} de {name}"
                for name, size in shown.items()
            )
            return wrong(key, space=text, cv=cv, got=count, expected=expected, sizes=sizes)
    return None


def _count_mistake(cases: list[tuple[dict[str, Any], int]], got: list[float]) -> str:
    formulas: dict[str, tuple[Callable[..., int], ...]] = {
        "suma_en_vez_de_multiplicar": (
            lambda sizes, cv: sum(sizes) * cv,
            lambda sizes, cv: sum(sizes),
            lambda sizes, cv: sum(sizes) + cv,
        ),
        "olvida_cv": (lambda sizes, cv: math.prod(sizes),),
        "cuenta_hiperparametros": (
            lambda sizes, cv: len(sizes) * cv,
            lambda sizes, cv: len(sizes),
        ),
        "todos_con_los_mismos_valores": (
            lambda sizes, cv: sizes[0] ** len(sizes) * cv,
            lambda sizes, cv: len(sizes) ** sizes[0] * cv,
            lambda sizes, cv: max(sizes) ** len(sizes) * cv,
        ),
        "cuenta_el_reentrenamiento": (lambda sizes, cv: math.prod(sizes) * cv + 1,),
        "cv_por_hiperparametro": (lambda sizes, cv: math.prod(sizes) * cv ** len(sizes),),
    }
    measured = [([len(values) for values in space.values()], cv) for space, cv in cases]
    return recognise(formulas, measured, got, "otro_numero")


# --- is_inert ------------------------------------------------------------------------------------
def judge_is_inert(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.inert_cases(seed)
    answers = [truth(answer) for answer in data["answers"]]
    fitted = [_fitted(*case[1:]) for case in cases]
    truths = [_same("proba", *case) for case in fitted]
    if len(answers) != len(truths):
        raise ValueError("one answer per case")
    if answers == truths:
        return None
    if len(set(answers)) == 1:
        return wrong("siempre_la_misma_respuesta", got=str(answers[0]))
    if answers == [not truth for truth in truths]:
        return wrong("al_reves")
    at = [answer != truth for answer, truth in zip(answers, truths, strict=True)].index(True)
    case, key = cases[at], _inert_mistake(cases, fitted, answers)
    key = key or ("cree_que_es_inerte" if answers[at] else "no_lo_ve")
    return wrong(key, name=case[2], values=str(case[3]))


def _inert_mistake(cases: list[Any], fitted: list[Any], answers: list[bool]) -> str | None:
    """The wrong comparison that explains every answer."""
    for kind in ("score", "labels"):
        if answers == [_same(kind, *case) for case in fitted]:
            return "compara_aciertos"
    if answers == [_same("proba", [models[0], models[-1]], X, y) for models, X, y in fitted]:
        return "mira_solo_los_extremos"
    shapes = ([_same(kind, *case) for case in fitted] for kind in ("leaves", "splits"))
    if answers in shapes:
        return "mira_la_forma"
    several = [_same("proba", *case) and len(case[0]) > 1 for case in fitted]
    return "un_solo_valor" if answers == several else None


def _fitted(model: Any, name: str, values: list[Any], X: Any, y: Any) -> tuple[list[Any], Any, Any]:
    from sklearn.base import clone

    return [clone(model).set_params(**{name: value}).fit(X, y) for value in values], X, y


def _same(kind: str, models: list[Any], X: Any, y: Any) -> bool:
    """Whether all models are the same in one respect."""
    answers = [_ASPECTS[kind](model, X, y) for model in models]
    return all(np.array_equal(answers[0], other) for other in answers)


_ASPECTS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "proba": lambda model, X, y: model.predict_proba(X),
    "labels": lambda model, X, y: model.predict(X),
    "score": lambda model, X, y: model.score(X, y),
    "leaves": lambda model, X, y: model.get_n_leaves(),
    "splits": lambda model, X, y: model.apply(X),
}


# --- n_distinct ----------------------------------------------------------------------------------
def judge_n_distinct(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.forest_grids(seed)
    got = numbers(data["counts"])
    expected = [_distinct(grid, columns) for grid, columns in cases]
    for (grid, columns), count, right in zip(cases, got, expected, strict=True):
        if count != right:
            key = _distinct_mistake(cases, got)
            return wrong(key, columns=columns, grid=str(grid), got=count, expected=right)
    return None


def _distinct(
    grid: Mapping[str, list[Any]],
    columns: int,
    *,
    rules: bool = True,
    factor: int = 2,
    whole: Any = int,
) -> int:
    """Count meanings; the keywords make the typical mistakes."""
    counts = {"sqrt": whole(math.sqrt(columns)), "log2": whole(math.log2(columns)), None: columns}
    meanings = {
        (counts[rule] if rules else rule, leaf, max(split, factor * leaf))
        for rule, leaf, split in itertools.product(
            grid["max_features"], grid["min_samples_leaf"], grid["min_samples_split"]
        )
    }
    return len(meanings)


def _distinct_mistake(cases: list[tuple[dict[str, list[Any]], int]], got: list[float]) -> str:
    slips = {
        "cuenta_nombres": partial(_distinct, rules=False, factor=0),
        "olvida_max_features": partial(_distinct, rules=False),
        "olvida_la_division_inerte": partial(_distinct, factor=0),
        "redondea": partial(_distinct, whole=round),
        "limite_por_la_hoja": partial(_distinct, factor=1),
    }
    return recognise(slips, cases, got, "otro_numero")


# --- practice in the lesson ----------------------------------------------------------------------
# A grid of 6 by 4 values, cv=5, and the refit.
judge_total_fits = expects(
    6 * 4 * 5 + 1,
    {
        "olvida_el_reentrenamiento": (6 * 4 * 5,),
        "olvida_cv": (6 * 4, 6 * 4 + 1),
        "suma_en_vez_de_multiplicar": ((6 + 4) * 5, (6 + 4) * 5 + 1, 6 + 4, 6 + 4 + 1),
    },
)


def judge_wider_C(data: Mapping[str, Any], seed: int) -> Finding | None:  # noqa: N802
    """Judge values of C that follow on [0.1, 1, 10], where 10 won: on a log scale, around 10."""
    values = sorted(numbers(data["value"]))
    given = f"[{', '.join(f'{value:g}' for value in values)}]"
    if not any(close([value], [10], rel=1e-6) for value in values):
        return wrong("pierde_al_mejor", got=given)
    if values[-1] <= 10 * (1 + 1e-6):
        return wrong("sigue_en_el_borde", got=given)
    if values[0] >= 10 * (1 - 1e-6):
        return wrong("abre_otro_borde", got=given)
    ratios = [high / low if low > 0 else 0.0 for low, high in itertools.pairwise(values)]
    if min(ratios) <= 1 or not close(ratios, [ratios[0]] * len(ratios), rel=0.05):
        return wrong("pasos_desiguales", got=given)
    return None


QUESTIONS = (
    Question("n_combos", "02", "¿Cuántos entrenamientos?", 2, judge_n_combos, MESSAGES["n_combos"]),
    Question(
        "is_inert", "02", "¿Este hiperparámetro hace algo?", 3, judge_is_inert, MESSAGES["is_inert"]
    ),
    Question(
        "n_distinct",
        "02",
        "¿Cuántos bosques hay de verdad?",
        3,
        judge_n_distinct,
        MESSAGES["n_distinct"],
    ),
    Question("texto_02", "02", "Catorce mil modelos", 2),
    Question("total_fits", "02", "Antes de lanzarla", 0, judge_total_fits, MESSAGES["total_fits"]),
    Question("wider_C", "02", "Abrir el borde", 0, judge_wider_C, MESSAGES["wider_C"]),
)
