"""Lesson 04, Hyperopt: what scikit-learn accepts, what an index stands for, exact p-values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from course_utils._draws import lesson_04 as drawn
from course_utils._judges.compare import close, expects, recognise
from course_utils._judges.verdicts import Finding, Question, UnexpectedValue, numbers, wrong
from course_utils.messages.checks.lesson_04 import MESSAGES

_LEAST_VALUES = {
    "criterion": 2,
    "max_depth": 10,
    "max_features": 2,
    "min_samples_leaf": 8,
    "min_samples_split": 8,
    "n_estimators": 3,
}


# --- forest_space --------------------------------------------------------------------------------
def judge_forest_space(data: Mapping[str, Any], seed: int) -> Finding | None:
    configs = data["configs"]
    if len(configs) != drawn.SAMPLES:
        raise ValueError("another number of samples")
    for config in configs:
        if not isinstance(config, dict):
            raise UnexpectedValue(config)
        if set(config) != set(_LEAST_VALUES):
            got, expected = ", ".join(sorted(config)) or "nada", ", ".join(_LEAST_VALUES)
            return wrong("faltan_hiperparametros", got=got, expected=expected)
        for name, value in config.items():
            if key := _refused(name, value):
                return wrong(key, name=name, got=repr(value))
    for name, least in _LEAST_VALUES.items():
        distinct = len({repr(config[name]) for config in configs})
        if distinct < least:
            return wrong("espacio_encogido", name=name, got=distinct, n=drawn.SAMPLES)
    return None


def _refused(name: str, value: Any) -> str | None:
    """Why a forest of scikit-learn would refuse a value; None if it would not."""
    if name == "criterion":
        return None if value in ("gini", "entropy", "log_loss") else "valor_no_valido"
    if name == "max_features" and (value is None or isinstance(value, str)):
        refused = "auto_ya_no_existe" if value == "auto" else "valor_no_valido"
        return None if value in ("sqrt", "log2", None) else refused
    if name == "max_depth" and value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "valor_no_valido"
    if value == 0:
        return "cero_no_vale"
    fraction = name in ("max_features", "min_samples_leaf", "min_samples_split")
    if isinstance(value, float):
        whole = value == int(value) and value > 1 if math.isfinite(value) else False
        if not fraction or whole:
            return "decimal_donde_va_un_entero"
        top = 1 if name != "min_samples_leaf" else math.nextafter(1, 0)
        return None if 0 < value <= top else "valor_no_valido"
    return None if value >= (2 if name == "min_samples_split" else 1) else "valor_no_valido"


# --- decode --------------------------------------------------------------------------------------
_DECK: dict[str, list[Any]] = {
    "criterion": ["entropy", "gini", "log_loss"],
    "max_features": ["sqrt", "log2", None, 0.5],
    "n_estimators": [10, 50, 300, 750, 1200],
}


def judge_decode(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.results(seed)
    mistakes = []
    for found, params in zip(cases, data["params"], strict=True):
        if not isinstance(params, dict):
            raise UnexpectedValue(params)
        if set(params) != set(found):
            got, expected = ", ".join(sorted(params)) or "nada", ", ".join(found)
            return wrong("faltan_hiperparametros", got=got, expected=expected)
        mistakes += [
            (key, name, params[name], _value(*entry))
            for name, entry in found.items()
            if (key := _decoding_mistake(name, entry, params[name]))
        ]
    for wanted in ("indices_sin_traducir", "tabla_fija", "profundidad_decimal", "otro_valor"):
        same = [mistake for mistake in mistakes if mistake[0] == wanted]
        every = all(m[0] in (wanted, "profundidad_decimal", "ambiguo") for m in mistakes)
        if same and (every or wanted == "otro_valor"):
            _, name, got, expected = same[0]
            return wrong(wanted, name=name, got=repr(got), expected=repr(expected))
    if mistakes:
        _, name, got, expected = mistakes[0]
        return wrong("otro_valor", name=name, got=repr(got), expected=repr(expected))
    return None


def _value(kind: str, options: Any, number: Any) -> Any:
    if kind == "choice":
        return options[number]
    return int(number) if kind == "int" else number


def _decoding_mistake(name: str, entry: tuple[str, Any, Any], got: Any) -> str | None:
    kind, _, number = entry
    expected = _value(*entry)
    if kind == "int" and isinstance(got, float) and got == expected:
        return "profundidad_decimal"
    if type(got) is type(expected) and got == expected:
        return None
    if kind == "choice" and not isinstance(got, str) and got == number:
        return "indices_sin_traducir"
    if kind == "choice" and got == _DECK[name][number]:
        return "tabla_fija"
    return "otro_valor"


# --- best_case_p ---------------------------------------------------------------------------------
def judge_best_case_p(data: Mapping[str, Any], seed: int) -> Finding | None:
    duels = drawn.duels(seed)
    got = numbers(data["p"])
    for (a, b), p in zip(duels, got, strict=True):
        expected = _two_tails(a, b)
        if not math.isclose(p, expected, rel_tol=1e-6):
            details = {"a": a, "b": b, "got": p, "expected": expected, "k": abs(a - b)}
            return wrong(_p_mistake(duels, got), **details)
    return None


def _two_tails(a: int, b: int) -> float:
    return min(1.0, 2 * 0.5 ** abs(a - b))


def _p_mistake(duels: list[tuple[int, int]], got: list[float]) -> str:
    slips: dict[str, Callable[[int, int], float]] = {
        "una_cola": lambda a, b: 0.5 ** abs(a - b),
        "mayor_que_uno": lambda a, b: 2 * 0.5 ** abs(a - b),
        "aproximacion": lambda a, b: math.erfc(math.sqrt(abs(a - b) / 2)),
        "usa_todos_los_aciertos": _all_hits,
    }
    by_pair = dict(zip(duels, got, strict=True))
    symmetric = by_pair[233, 228] == by_pair[228, 233]
    otherwise = "otro_numero" if symmetric else "olvida_el_signo"
    return recognise(slips, duels, got, otherwise, partial(close, rel=1e-4))


def _all_hits(a: int, b: int) -> float:
    """The exact binomial test with all hits of both models as if they were discordant."""
    n, k = a + b, min(a, b)
    term = tail = 1
    for i in range(k):  # the binomial coefficients, each from the one before
        term = term * (n - i) // (i + 1)
        tail += term
    return min(1.0, float(2 * tail / 2**n))


# --- practice in the lesson ----------------------------------------------------------------------
# 50 trials, of which Hyperopt draws the first 20 at random.
judge_learned_trials = expects(50 - 20, {"cuenta_el_arranque": (50,), "da_el_arranque": (20,)})

# 12 trials are kept and 30 more are wanted; max_evals is the total.
judge_total_evals = expects(12 + 30, {"solo_los_nuevos": (30,), "resta_los_hechos": (30 - 12,)})


QUESTIONS = (
    Question(
        "forest_space",
        "04",
        "El espacio reparado",
        2,
        judge_forest_space,
        MESSAGES["forest_space"],
    ),
    Question("decode", "04", "Leer el resultado", 3, judge_decode, MESSAGES["decode"]),
    Question(
        "best_case_p", "04", "El mejor caso posible", 3, judge_best_case_p, MESSAGES["best_case_p"]
    ),
    Question("texto_04", "04", "La tabla del artículo", 2),
    Question(
        "learned_trials",
        "04",
        "Lo que TPE aprende",
        0,
        judge_learned_trials,
        MESSAGES["learned_trials"],
    ),
    Question("total_evals", "04", "Treinta más", 0, judge_total_evals, MESSAGES["total_evals"]),
)
