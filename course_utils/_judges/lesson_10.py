"""Lesson 10, the IMDB project: texts spelt again, errors ranked again, a network's answers scored.

The labels of the new reviews exist only here, and are drawn after the answer came in.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws import lesson_10 as drawn
from course_utils._draws.paper import generator
from course_utils._judges.compare import expects, explain, standard_error
from course_utils._judges.verdicts import (
    Finding,
    Question,
    UnexpectedValue,
    column,
    doubt_of_search,
    number,
    numbers,
    wrong,
)
from course_utils.messages.checks.lesson_10 import MESSAGES

Array = npt.NDArray[Any]


# --- decode_review -------------------------------------------------------------------------------
def judge_decode_review(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.encoded(seed)
    got = [_words(text) for text in data["texts"]]
    expected = [_read(*case) for case in cases]
    if got == expected:
        return None
    key, index, offset = _decode_slip(cases, got, expected)
    told = " ".join(got[index])
    return wrong(key, review=str(cases[index][0]), got=told, offset=offset)


def _words(text: Any) -> list[str]:
    if not isinstance(text, str):
        raise UnexpectedValue(text)
    return text.split()


def _read(review: list[int], word_index: Mapping[str, int], offset: int = 3) -> list[str]:
    words = {rank + offset: word for word, rank in word_index.items()}
    return ["?" if i == 2 else words.get(i, "") for i in review if i > 1]


def _decode_slip(
    cases: Sequence[tuple[list[int], dict[str, int]]],
    got: list[list[str]],
    expected: list[list[str]],
) -> tuple[str, int, int]:
    """Key of the mistake, the review that shows it, and the shift that explains the words."""
    known = [([i for i in review if i > 2], index) for review, index in cases]
    for offset in (0, 1, 2, 4):
        if all(_inside(_read(*case, offset), text) for case, text in zip(known, got, strict=True)):
            return ("otro_desplazamiento" if offset else "sin_desplazamiento"), 0, offset
    first = next(i for i in range(len(got)) if got[i] != expected[i])
    if not all(_inside(_read(*case), text) for case, text in zip(known, got, strict=True)):
        return "otro_texto", first, 3
    for i, (review, _) in enumerate(cases):
        if len(got[i]) < len(expected[i]):
            return "pierde_las_desconocidas", i, 3
        if len(got[i]) > len(expected[i]):
            return ("imprime_el_relleno" if review[0] == 0 else "imprime_el_inicio"), i, 3
    return "otro_texto", first, 3


def _inside(words: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the words stand in the text in this order, with others between them or not."""
    rest = iter(text)
    return all(word in rest for word in words)


# --- surest_errors -------------------------------------------------------------------------------
Predictions = tuple[Array, Array, int]


def judge_surest_errors(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.predictions(seed)
    answers = [numbers(column(answer)) for answer in data["chosen"]]
    if len(answers) != len(cases):
        raise ValueError("one list per set of predictions")
    failed = [i for i in range(len(cases)) if not _surest(answers[i], cases[i], _errors(cases[i]))]
    if not failed:
        return None
    y, _, k = cases[failed[0]]
    told = {"n": len(y), "k": k, "errors": len(_errors(cases[failed[0]]))}
    return wrong(_errors_slip(cases, answers), got=str(_shown(answers[failed[0]])), **told)


def _shown(answer: list[float]) -> list[float]:
    return [int(value) if value.is_integer() else value for value in answer]


def _errors(case: Predictions) -> Array:
    y, p, _ = case
    return np.flatnonzero((p > 0.5) != (y == 1))


def _sureness(case: Predictions) -> Array:
    return np.abs(case[1] - 0.5).round(6)


def _surest(answer: list[float], case: Predictions, among: Array, sign: int = -1) -> bool:
    """Whether these are the k surest of the given rows in order; equally sure ones in any order."""
    wanted = np.sort(sign * _sureness(case)[among])[: case[2]]
    if len(answer) != len(wanted) or len(set(answer)) != len(answer) or set(answer) - set(among):
        return False
    found = sign * _sureness(case)[np.array(answer, dtype=int)]
    return bool(np.array_equal(found, wanted))


def _sides(case: Predictions) -> tuple[Array, ...]:
    """Errors on one side: above 0.5, below it, and below it with 0.5 itself."""
    errors = _errors(case)
    p = case[1][errors]
    return errors[p > 0.5], errors[p < 0.5], errors[p <= 0.5]


def _from_filter(answer: list[float], case: Predictions) -> bool:
    """Whether the positions, looked up among the errors, give the right ones."""
    errors = _errors(case)
    if any(value not in range(len(errors)) for value in answer):
        return False
    return _surest([float(errors[int(value)]) for value in answer], case, errors)


_ERROR_SIGNS: dict[str, Callable[[list[float], Predictions], bool]] = {
    "posiciones_del_filtro": _from_filter,
    "aciertos_tambien": lambda a, case: _surest(a, case, np.arange(len(case[0]))),
    "los_mas_dudosos": lambda a, case: _surest(a, case, _errors(case), sign=1),
    "una_sola_clase": lambda a, case: any(_surest(a, case, side) for side in _sides(case)),
    "otro_orden": lambda a, case: _surest(
        sorted(a, key=lambda row: -_sureness(case)[int(row)]), case, _errors(case)
    ),
}


def _errors_slip(cases: Sequence[Predictions], answers: list[list[float]]) -> str:
    pairs = list(zip(answers, cases, strict=True))
    if not all(value.is_integer() for answer in answers for value in answer):
        return "devuelve_probabilidades"
    if any(not 0 <= value < len(case[0]) for answer, case in pairs for value in answer):
        return "otra_lista"
    amount = all(len(answer) == min(case[2], len(_errors(case))) for answer, case in pairs)
    otherwise = "otra_lista" if amount else "otra_cantidad"
    return explain(_ERROR_SIGNS, [(case,) for case in cases], answers, otherwise)


# --- imdb_model ----------------------------------------------------------------------------------
# Four standard errors: of 15,000 honest students, one stumbles over it.
_SIGMAS = 4
_UNTRAINED = 0.02  # measured spread of the accuracy of networks before any training
_MIN_TRIALS, _MAX_TRIALS = 3, 6
_ROUNDING = 0.006  # a claim with two decimals, and a row that falls to the other side of 0.5


def judge_imdb_model(data: Mapping[str, Any], seed: int) -> Finding | None:
    claimed = number(data["claimed"])
    finding = _file_finding(data)
    if finding is not None:
        return finding
    seen = data["examined"]
    finding = _network_finding(data, seen) or _outputs_finding(seen)
    if finding is not None:
        return finding
    p = {name: _probabilities(seen["outputs"][name]) for name in _SIZES}
    hits = {name: (p[name] > 0.5) == y for name, y in _known_labels().items()}
    truth = new_labels(seen["outputs"]["new"], seed)
    hits["new"] = (p["new"] > 0.5) == truth
    accuracy = {name: float(hit.mean()) for name, hit in hits.items()}
    return (
        _baseline_finding(accuracy["new"], truth)
        or _leak_finding(accuracy)
        or _claim_finding(claimed, accuracy)
        or _budget_finding(data["settings"])
    )


_SIZES = {"seen": drawn.SEEN, "held_out": drawn.HELD_OUT, "new": drawn.NEW}


def _file_finding(data: Mapping[str, Any]) -> Finding | None:
    name = str(data["file"])
    if not name.endswith(".keras"):
        return wrong("no_es_keras", file=name)
    if data["exists"] is not True:
        return wrong("archivo_no_esta", file=name)
    return None


def _network_finding(data: Mapping[str, Any], seen: Mapping[str, Any]) -> Finding | None:
    if "not_loaded" in seen:
        return wrong("no_se_recarga", file=data["file"], error=str(seen["not_loaded"]))
    if "refused" in data:  # what `encode` made is no matrix of numbers
        kind = str(data["refused"])
        return wrong("otra_entrada", wanted=seen["wanted"], given=kind, error=kind)
    if "refused" in seen:
        wanted, given = str(seen["wanted"]), str(seen["given"])
        return wrong("otra_entrada", wanted=wanted, given=given, error=str(seen["refused"]))
    return None


def _outputs_finding(seen: Mapping[str, Any]) -> Finding | None:
    for name, expected in _SIZES.items():
        rows, *columns = seen["shapes"][name]
        if rows != expected:
            return wrong("otras_filas", expected=expected, got=rows)
        if columns not in ([], [1], [2]):
            return wrong("otra_salida", expected=expected, shape=str((rows, *columns)))
        outputs = np.asarray(seen["outputs"][name], dtype=float)
        if outputs.shape != (rows, *columns):
            raise ValueError("shape and outputs differ")
        if not ((outputs >= 0) & (outputs <= 1)).all():  # not a number is no probability either
            low, high = round(float(outputs.min()), 3), round(float(outputs.max()), 3)
            return wrong("no_son_probabilidades", share=0.25, low=low, high=high)
    return None


def _probabilities(outputs: Any) -> Array:
    """Probability of a positive review: the only column, or the second of two."""
    values = np.asarray(outputs, dtype=float)
    return values if values.ndim == 1 else values[:, -1]


@functools.cache
def _known_labels() -> dict[str, Array]:
    """Labels of the reviews that the student has too."""
    from course_utils.data import _simulated

    labels = _simulated.simulate_imdb().labels == 1
    first = _simulated.IMDB_HALF
    return {"seen": labels[: drawn.SEEN], "held_out": labels[first : first + drawn.HELD_OUT]}


def new_labels(outputs: Any, seed: int) -> Array:
    """Draw whether each new review is positive, now that the answer is in.

    The words of a review know how far it leans, and no more; the label is drawn from that as nature
    would, P(positive | s) = s^a / (s^a + (1 - s)^a), the posterior of the stand-in's
    Beta(a + 1, 1). The draw also depends on the answer itself, so that no answer can be
    computed from the labels: knowing everything, nobody does better than the best classifier.
    """
    s = drawn.leanings(seed)
    a = drawn._PURITY - 1
    odds = (s / np.maximum(1 - s, 1e-300)) ** a
    chance = generator(seed, f"imdb_model {outputs}").random(len(s))
    return np.asarray(chance < 1 - 1 / (1 + odds))


def _baseline_finding(accuracy: float, truth: Array) -> Finding | None:
    majority = float(max(truth.mean(), 1 - truth.mean()))
    noise = math.hypot(standard_error(majority, len(truth)), _UNTRAINED)
    bar = majority + _SIGMAS * noise
    if accuracy > bar:
        return None
    told = {"got": round(accuracy, 3), "majority": round(majority, 3), "bar": round(bar, 3)}
    if 1 - accuracy > bar:
        told["flipped"] = round(1 - accuracy, 3)
        return Finding("clase_al_reves", told, share=0.25)
    return Finding("no_supera_la_base", told | {"n": len(truth)})


def _leak_finding(accuracy: Mapping[str, float]) -> Finding | None:
    mean = (accuracy["held_out"] + accuracy["new"]) / 2
    margin = _SIGMAS * math.hypot(*(standard_error(mean, n) for n in (drawn.HELD_OUT, drawn.NEW)))
    gap = accuracy["held_out"] - accuracy["new"]
    if gap <= margin:
        return None
    told = {"held_out": accuracy["held_out"], "got": accuracy["new"], "gap": gap, "margin": margin}
    return Finding("filas_ya_vistas", {name: round(value, 3) for name, value in told.items()})


def _claim_finding(claimed: float, accuracy: Mapping[str, float]) -> Finding | None:
    held_out, seen = accuracy["held_out"], accuracy["seen"]
    if abs(claimed - held_out) <= _ROUNDING:
        return None
    if 1 < claimed <= 100:
        return wrong("en_porcentaje", share=0.75, claimed=claimed)
    told = {"claimed": round(claimed, 3), "held_out": round(held_out, 3), "seen": round(seen, 3)}
    memory = abs(claimed - seen) < abs(claimed - held_out)
    key = "puntuacion_de_entrenamiento" if memory else "puntuacion_no_reproducida"
    return Finding(key, told, share=0.5)


def _budget_finding(settings: Sequence[Any]) -> Finding | None:
    distinct = len({str(setting) for setting in settings})
    if distinct < _MIN_TRIALS:
        return wrong("no_es_una_busqueda", share=0.5, got=distinct, needed=_MIN_TRIALS)
    if len(settings) > _MAX_TRIALS:
        return wrong("presupuesto_de_intentos", share=0.5, got=len(settings), limit=_MAX_TRIALS)
    return None


# --- practice in the lesson ----------------------------------------------------------------------
# Validation loss .42 .33 .29 .31 .30 .32 .35: the third epoch is the best, patience 2.
judge_stop_epoch = expects(
    5,
    {
        "da_la_mejor": (3,),
        "paciencia_uno": (4,),
        "una_de_mas": (6,),
        "frente_a_la_anterior": (7,),
    },
)

# 8940 and 8900 right of the same 10,000 rows, 640 of them by one only.
_ROWS, _ONE, _OTHER, _APART = 10_000, 8_940, 8_900, 640
_PAIRED = math.sqrt(_APART / _ROWS - ((_ONE - _OTHER) / _ROWS) ** 2) / math.sqrt(_ROWS)
_ERRORS = [standard_error(right / _ROWS, _ROWS) for right in (_ONE, _OTHER)]
judge_paired_half = expects(
    196 * _PAIRED,
    {
        "sin_emparejar": (196 * math.hypot(*_ERRORS),),
        "un_solo_modelo": tuple(196 * error for error in _ERRORS),
        "olvida_el_1_96": (100 * _PAIRED,),
        "da_fraccion": (1.96 * _PAIRED,),
        "da_la_ventaja": (100 * (_ONE - _OTHER) / _ROWS,),
    },
    tol=0.0045,  # 0.5 is right, and 0 no fraction
)

QUESTIONS = (
    Question(
        "decode_review",
        "10",
        "Leer una crítica con palabras",
        2,
        judge_decode_review,
        MESSAGES["decode_review"],
    ),
    Question(
        "surest_errors",
        "10",
        "Los errores más seguros",
        2,
        judge_surest_errors,
        MESSAGES["surest_errors"],
    ),
    Question(
        "imdb_model",
        "10",
        "Un modelo que se entrega",
        4,
        judge_imdb_model,
        MESSAGES["imdb_model"],
        lambda data: doubt_of_search(len(data["settings"]), data["left"]),
    ),
    Question("texto_10", "10", "El informe", 2),
    Question(
        "stop_epoch",
        "10",
        "¿Cuándo se detiene?",
        0,
        judge_stop_epoch,
        MESSAGES["stop_epoch"],
    ),
    Question(
        "paired_half",
        "10",
        "El ± de una ventaja en pareja",
        0,
        judge_paired_half,
        MESSAGES["paired_half"],
    ),
)
