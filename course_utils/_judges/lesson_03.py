"""Lesson 03, random search: exact counts, the shape of a sample, and the record of a search."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from course_utils._judges.compare import close, recognise
from course_utils._judges.verdicts import Finding, Question, UnexpectedValue, number, numbers, wrong
from course_utils._observers import lesson_03 as drawn

MESSAGES = {
    "trials_needed": {
        "siempre_60": (
            "Devuelves {got} en todos los casos. Los famosos 60 valen para el mejor 5 % con una "
            "confianza del 95 %; con otros `p` y `q` salen otros números."
        ),
        "no_redondea": (
            "Con p={p} y q={q} das {got}. Los intentos son enteros: ¿hacia dónde hay que redondear "
            "para que la promesa se cumpla?"
        ),
        "redondea_hacia_abajo": (
            "Con p={p} y q={q} das {got}: te falta uno. Con {got} intentos la probabilidad aún no "
            "llega a p; hay que redondear hacia **arriba**."
        ),
        "redondea_al_mas_cercano": (
            "Con p={p} y q={q} das {got}. Redondear al entero más cercano a veces se queda corto; "
            "la promesa pide que la probabilidad llegue a p siempre."
        ),
        "uno_de_mas": (
            "Con p={p} y q={q} das {got}, y bastaba uno menos. `int(x) + 1` se pasa cuando la "
            "cuenta sale exacta: el techo de x es `math.ceil(x)`."
        ),
        "p_y_q_cambiados": (
            "Con p={p} y q={q} das {got}. Has intercambiado los papeles: q es la parte buena del "
            "espacio, y p, la confianza que quieres."
        ),
        "olvida_el_complementario": (
            "Con p={p} y q={q} das {got}. Fallar una vez tiene probabilidad 1 − q, y fallar todas, "
            "(1 − q)ⁿ, que tiene que bajar de 1 − p. Revisa los logaritmos."
        ),
        "otro_numero": (
            "Con p={p} y q={q} das {got}. Con tus intentos la probabilidad de acertar es "
            "{reached}, y se pedía el **menor** número con el que llega a {p}."
        ),
    },
    "log_uniform": {
        "otra_cantidad": "Se piden {n} valores (el tercer argumento) y devuelves {got}.",
        "fuera_del_intervalo": (
            "Entre {low} y {high} devuelves {got}, que se sale del intervalo. Los exponentes van "
            "de log(low) a log(high), y la exponencial tiene que ser de la misma base."
        ),
        "uniforme": (
            "Es un sorteo uniforme: el {last} de tus valores cae en la última década. Hay que "
            "sortear de manera uniforme el **logaritmo**."
        ),
        "solo_potencias": (
            "De {n} valores solo hay {got} distintos: estás sorteando exponentes enteros. El "
            "exponente puede tener decimales."
        ),
        "no_es_al_azar": (
            "Tus valores están igualmente espaciados (o en orden). Eso es una cuadrícula "
            "logarítmica, no un sorteo."
        ),
        "ignora_rng": (
            "Con generadores distintos salen los mismos valores. Usa el `rng` que recibe la "
            "función, no uno con semilla fija."
        ),
        "no_repetible": (
            "Con dos generadores iguales salen valores distintos: no estás usando `rng`, sino otra "
            "fuente de azar."
        ),
        "otra_forma": (
            "Las décadas no reciben lo mismo: entre {low} y {high}, las proporciones son {shares}. "
            "Dibuja el histograma del logaritmo de tus valores: tiene que ser plano."
        ),
    },
    "random_search": {
        "otro_numero_de_evaluaciones": (
            "Se piden {n} evaluaciones y tu búsqueda hace {got}. Cada llamada al objetivo es un "
            "entrenamiento: el presupuesto se respeta, y el mejor no se vuelve a evaluar."
        ),
        "no_devuelve_la_pareja": (
            "Hay que devolver dos cosas, la mejor configuración y su puntuación: "
            "`return best_config, best_score`."
        ),
        "se_queda_con_el_ultimo": (
            "Devuelves el último intento, no el mejor: {got}, y el mejor que evaluaste tuvo {best}."
        ),
        "minimiza": (
            "Devuelves el **peor** intento ({got}). La puntuación se maximiza; el mejor que "
            "evaluaste tuvo {best}."
        ),
        "no_es_el_mejor": (
            "Dices que la mejor puntuación es {got}, y entre tus intentos hay uno con {best}. "
            "Cuidado con el valor inicial: las puntuaciones pueden ser negativas."
        ),
        "configuracion_de_otro": (
            "La puntuación {got} es la del mejor, pero la configuración que devuelves vale {real}. "
            "Guarda las dos a la vez (y una copia, si reutilizas el diccionario)."
        ),
        "es_una_cuadricula": (
            "Evalúas las combinaciones en orden: es el comienzo de una cuadrícula. Los últimos "
            "valores de la primera lista ni se ven."
        ),
        "indice_compartido": (
            "Tus {n} intentos solo tienen {got} configuraciones distintas: eliges la misma "
            "posición en todas las listas. Sortea cada hiperparámetro por separado."
        ),
        "no_repetible": (
            "Con la misma semilla, dos búsquedas evalúan configuraciones distintas. Usa `seed`, y "
            "solo `seed`."
        ),
        "ignora_la_semilla": "Con semillas distintas evalúas lo mismo. ¿Usas `seed`?",
        "no_todo_sale": (
            "En {n} intentos, `{name}` nunca vale {missing}. Todos los valores de la lista tienen "
            "que poder salir, también los extremos."
        ),
    },
}


# --- trials_needed -------------------------------------------------------------------------------
def judge_trials_needed(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.promises(seed)
    got = numbers(data["needed"])
    for (p, q), n in zip(cases, got, strict=True):
        if n != _smallest(p, q):
            reached = 1 - (1 - q) ** n if 0 <= n < 1e6 else math.nan
            return wrong(_needed_mistake(cases, got), p=p, q=q, got=n, reached=reached)
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
    samples = [np.array(numbers(values)) for values in data["values"]]
    if len(samples) != len(cases) + 2:
        raise ValueError("one sample per range, and two more")
    for (low, high, n), values in zip(cases, samples, strict=False):
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
    runs = data["runs"]
    for (n_trials, _), run in zip(drawn.SEARCHES, runs, strict=True):
        scores = [_score(config, worth) for config in run["asked"]]
        if len(scores) != n_trials:
            return wrong("otro_numero_de_evaluaciones", n=n_trials, got=len(scores))
        if finding := _return_mistake(run["returned"], scores, worth):
            return finding
    return _draw_mistake([run["asked"] for run in runs], space)


def _score(config: Mapping[str, Any], worth: Mapping[str, Mapping[str, float]]) -> float:
    return sum(worth[name][str(config[name])] for name in worth)


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
    if set(returned[0]) != set(worth):
        return wrong("no_devuelve_la_pareja")
    real = _score(returned[0], worth)
    if not math.isclose(real, best, abs_tol=1e-9):
        return wrong("configuracion_de_otro", got=round(claimed, 3), real=round(real, 3))
    return None


def _draw_mistake(asked: list[list[dict[str, Any]]], space: Mapping[str, Any]) -> Finding | None:
    longest = asked[-1]
    tuples = [tuple(str(config[name]) for name in space) for config in longest]
    in_order = list(itertools.product(*([str(v) for v in values] for values in space.values())))
    if tuples == in_order[: len(tuples)]:
        return wrong("es_una_cuadricula")
    if len(set(tuples)) < 40:  # 90 independent draws from 216 give 74 on average
        return wrong("indice_compartido", n=len(tuples), got=len(set(tuples)))
    for place, (name, values) in enumerate(space.items()):
        missing = {str(value) for value in values} - {drawn_[place] for drawn_ in tuples}
        if missing:
            return wrong("no_todo_sale", n=len(tuples), name=name, missing=min(missing))
    if asked[0] != asked[1]:
        return wrong("no_repetible")
    if asked[1] == asked[2]:
        return wrong("ignora_la_semilla")
    return None


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
)
