"""Lesson 08, learning rates: every answer is worked out again and typical slips are recognised."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from course_utils._draws import lesson_08 as drawn
from course_utils._judges.compare import close, expects, first_difference, recognise
from course_utils._judges.verdicts import Finding, Question, column, numbers, wrong
from course_utils.messages.checks.lesson_08 import MESSAGES

# Equal up to single precision, in which Keras computes.
_SINGLE = 1e-5
_same = partial(close, rel=_SINGLE, tol=1e-8)
_first_slip = partial(first_difference, rel=_SINGLE, tol=1e-8)


# --- steps_per_epoch -----------------------------------------------------------------------------
def _steps(rows: int, batch: int, share: float) -> int:
    return math.ceil(math.floor(rows * (1 - share)) / batch)  # as keras.Model.fit splits


_STEP_SLIPS: dict[str, Callable[[int, int, float], float]] = {
    "olvida_el_lote_incompleto": lambda n, b, v: math.floor(n * (1 - v)) // b,
    "redondea_al_mas_cercano": lambda n, b, v: round(math.floor(n * (1 - v)) / b),
    "paso_de_mas": lambda n, b, v: math.floor(n * (1 - v)) // b + 1,
    "olvida_la_validacion": lambda n, b, v: math.ceil(n / b),
    "usa_las_de_validacion": lambda n, b, v: math.ceil(n * v / b) if v else math.ceil(n / b),
}


def judge_steps_per_epoch(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.trainings(seed)
    got = numbers(data["steps"])
    expected = [_steps(*case) for case in cases]
    # Splitting with a rounded instead of a floored number of rows is no mistake of idea.
    rounded = [math.ceil(round(n * (1 - v)) / b) for n, b, v in cases]
    if all(value in pair for value, *pair in zip(got, expected, rounded, strict=True)):
        return None
    key = recognise(_STEP_SLIPS, cases, got, "otro_numero")
    index = _first_slip(got, expected)
    rows, batch, held = cases[index]
    return wrong(key, rows=rows, batch=batch, held=held, got=got[index])


# --- decayed_rate --------------------------------------------------------------------------------
def _rate(step: int, initial: float, every: int, factor: float, staircase: bool) -> float:
    stretches = step // every if staircase else step / every
    return initial * factor**stretches


_RATE_SLIPS: dict[str, Callable[[int, float, int, float, bool], float]] = {
    "olvida_decay_steps": lambda k, r, n, f, s: r * f**k,
    "ignora_staircase": lambda k, r, n, f, s: _rate(k, r, n, f, False),
    "siempre_en_escalera": lambda k, r, n, f, s: _rate(k, r, n, f, True),
    "redondea_los_tramos": lambda k, r, n, f, s: r * f ** (round(k / n) if s else k / n),
    "resta_en_vez_de_multiplicar": lambda k, r, n, f, s: (
        r * (1 - (1 - f) * (k // n if s else k / n))
    ),
}


def judge_decayed_rate(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.decays(seed)
    got = numbers(data["rates"])
    expected = [_rate(*case) for case in cases]
    if _same(got, expected):
        return None
    index = _first_slip(got, expected)
    step, initial, every, factor, staircase = cases[index]
    return wrong(
        recognise(_RATE_SLIPS, cases, got, "otro_numero", _same),
        step=step,
        initial=initial,
        decay_steps=every,
        decay_rate=factor,
        staircase=staircase,
        got=got[index],
    )


# --- momentum_path -------------------------------------------------------------------------------
Path = list[float]
Gradient = Callable[[float], float]


def _slope(steepness: float, bottom: float) -> Gradient:
    return lambda w: steepness * (w - bottom)


def _path(
    gradient: Gradient,
    w: float,
    rate: float,
    mu: float,
    n: int,
    *,
    sign: float = -1.0,
    own: float = 1.0,
    ahead: bool = False,
    frozen: bool = False,
) -> Path:
    """Positions after each update; the keywords make the typical slips."""
    start, update, visited = w, 0.0, []
    for _ in range(n):
        where = start if frozen else w + mu * update if ahead else w
        update = sign * rate * own * gradient(where) + mu * update
        w += update
        visited.append(w)
    return visited


_PATH_SLIPS: dict[str, Callable[..., Path]] = {
    "cuesta_arriba": lambda g, w, r, mu, n: _path(g, w, r, mu, n, sign=1.0),
    "sin_momento": lambda g, w, r, mu, n: _path(g, w, r, 0.0, n),
    "media_ponderada": lambda g, w, r, mu, n: _path(g, w, r, mu, n, own=1 - mu),
    "nesterov": lambda g, w, r, mu, n: _path(g, w, r, mu, n, ahead=True),
    "gradiente_parado": lambda g, w, r, mu, n: _path(g, w, r, mu, n, frozen=True),
}


def judge_momentum_path(data: Mapping[str, Any], seed: int) -> Finding | None:
    got = [numbers(column(path)) for path in data["paths"]]
    cases = [
        (_slope(steepness, bottom), start, rate, mu, n)
        for steepness, bottom, start, rate, mu, n in drawn.valleys(seed)
    ]
    expected = [_path(*case) for case in cases]
    if len(got) != len(expected):
        raise ValueError("one path per valley")
    if [len(path) for path in got] != [len(path) for path in expected]:
        return wrong("incluye_el_inicio", got=len(got[0]), expected=len(expected[0]))
    if _same_paths(got, expected):
        return None
    key = recognise(_PATH_SLIPS, cases, got, "otro_recorrido", _same_paths)
    return _path_finding(key, cases, got, expected)


def _same_path(got: Path, expected: Path) -> bool:
    """Equal for single precision, whose errors are as large at the bottom as on the slopes."""
    return close(got, expected, tol=_SINGLE * max(map(abs, expected)))


def _same_paths(got: list[Path], expected: list[Path]) -> bool:
    return all(_same_path(*pair) for pair in zip(got, expected, strict=True))


def _path_finding(
    key: str, cases: Sequence[tuple[Any, ...]], got: list[Path], expected: list[Path]
) -> Finding:
    valley = next(i for i in range(len(cases)) if not _same_path(got[i], expected[i]))
    scale = max(map(abs, expected[valley]))
    step = first_difference(got[valley], expected[valley], tol=_SINGLE * scale)
    _, start, rate, mu, _ = cases[valley]
    place = got[valley][step]
    return wrong(key, start=start, rate=rate, mu=mu, step=step + 1, got=place)


# --- warmup_cosine -------------------------------------------------------------------------------
def _warm(step: int, peak: float, warm: int, total: int) -> float:
    if step < warm:
        return peak * step / warm
    return peak * (1 + math.cos(math.pi * min(1.0, (step - warm) / (total - warm)))) / 2


def _straight(k: int, peak: float, warm: int, total: int) -> float:
    return peak * k / warm if k < warm else peak * max(0.0, (total - k) / (total - warm))


def _bouncing(k: int, peak: float, warm: int, total: int) -> float:
    if k < warm:
        return peak * k / warm
    return peak * (1 + math.cos(math.pi * (k - warm) / (total - warm))) / 2


def _unshifted(k: int, peak: float, warm: int, total: int) -> float:
    return peak * k / warm if k < warm else _warm(k, peak, 0, total)


def _uncentred(k: int, peak: float, warm: int, total: int) -> float:
    if k < warm:
        return peak * k / warm
    return peak * math.cos(math.pi * min(1.0, (k - warm) / (total - warm)))


_WARM_SLIPS: dict[str, Callable[..., float]] = {
    "sin_calentamiento": lambda k, p, w, t: _warm(k, p, 0, t),
    "coseno_sin_desplazar": _unshifted,
    "rebota_al_final": _bouncing,
    "coseno_sin_centrar": _uncentred,
    "baja_en_linea_recta": _straight,
}


def judge_warmup_cosine(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.warmups(seed)
    got = numbers(data["rates"])
    expected = [_warm(*case) for case in cases]
    # In shares of the peak: a rate near 0 is a difference, with the errors of what it is left of.
    shares = [
        [rate / peak for rate, (_, peak, *_) in zip(rates, cases, strict=True)]
        for rates in (got, expected)
    ]
    if close(*shares, tol=_SINGLE):
        return None
    index = first_difference(*shares, tol=_SINGLE)
    step, peak, warm, total = cases[index]
    key = recognise(_WARM_SLIPS, cases, got, "otro_numero", _same)
    return wrong(key, step=step, peak=peak, warm=warm, total=total, got=got[index])


# --- practice in the lesson ----------------------------------------------------------------------
# Momentum .99 instead of .9 at a rate of .02: the same steps, rate / (1 - momentum), in the end.
judge_matched_rate = expects(
    0.02 * (1 - 0.99) / (1 - 0.9),
    {
        "deja_la_tasa": (0.02,),
        "al_reves": (0.02 * 10,),
        "cociente_de_momentos": (0.02 * 0.9 / 0.99, 0.02 * 0.99 / 0.9),
        "da_el_paso": (0.02 / (1 - 0.99),),
    },
    tol=1e-6,
)

# Half the rate every 3 epochs of 7,185 rows in batches of 128.
judge_half_steps = expects(
    3 * math.ceil(7185 / 128),
    {
        "cuenta_epocas": (3,),
        "una_sola_epoca": (math.ceil(7185 / 128),),
        "olvida_el_lote_incompleto": (3 * (7185 // 128),),
        "redondea_al_final": (math.ceil(3 * 7185 / 128), 3 * 7185 // 128, 3 * 7185 / 128),
        "otro_lote": (3 * math.ceil(7185 / 64),),
        "cuenta_filas": (3 * 7185,),
    },
)


QUESTIONS = (
    Question(
        "steps_per_epoch",
        "08",
        "¿Cuántos pasos hay en una época?",
        2,
        judge_steps_per_epoch,
        MESSAGES["steps_per_epoch"],
    ),
    Question(
        "decayed_rate",
        "08",
        "La tasa en el paso k",
        2,
        judge_decayed_rate,
        MESSAGES["decayed_rate"],
    ),
    Question(
        "momentum_path",
        "08",
        "El momento, a mano",
        3,
        judge_momentum_path,
        MESSAGES["momentum_path"],
    ),
    Question(
        "warmup_cosine",
        "08",
        "Calentar y enfriar",
        3,
        judge_warmup_cosine,
        MESSAGES["warmup_cosine"],
    ),
    Question("texto_08", "08", "¿Ganó la planificación?", 2),
    Question(
        "half_steps", "08", "La mitad cada 3 épocas", 0, judge_half_steps, MESSAGES["half_steps"]
    ),
    Question(
        "matched_rate", "08", "El mismo paso", 0, judge_matched_rate, MESSAGES["matched_rate"]
    ),
)
