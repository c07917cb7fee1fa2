"""Lesson 09, Reuters: matrices and averages by definition; a search by what its file predicts.

What a network answers comes from its file, opened where no student's code runs; what it should have
answered is known here. Of the given newswires everybody has the topics; those of the fresh ones are
drawn from the seed, and never leave this side. The best score of the table is a claim: it must be
the accuracy of the saved network on the validation rows.

The simulation is no secret. A network that was trained on other rows than the training ones gives
itself away, since some of its texts look like another topic: any model misreads about 8 %
(``0.5 ** 3.6``) of the rows that it has not seen. The number of trials is the student's word; the
steps of the winner are read off the optimizer in the file.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils._draws import lesson_09 as drawn
from course_utils._judges.compare import (
    close,
    expects,
    first_difference,
    recognise,
    standard_error,
)
from course_utils._judges.verdicts import (
    Finding,
    Question,
    UnexpectedValue,
    doubt_of_search,
    number,
    numbers,
    wrong,
)
from course_utils.data._simulated import simulate_reuters
from course_utils.messages.checks.lesson_09 import MESSAGES

Array = npt.NDArray[Any]


# --- light_multi_hot -----------------------------------------------------------------------------
Places = set[tuple[int, int]]


def _places(texts: Sequence[list[int]]) -> Places:
    return {(row, word) for row, text in enumerate(texts) for word in text}


def judge_light_multi_hot(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.news(seed)
    for (texts, dimension), seen in zip(cases, data["matrices"], strict=True):
        if seen is None:
            raise UnexpectedValue(None)
        if seen["shape"] != [len(texts), dimension]:
            return wrong("otra_forma", n=len(texts), dimension=dimension, got=str(seen["shape"]))
        values = [number(float(value)) for value in seen["values"]]  # True is a one as well
        got = set(zip(seen["rows"], seen["columns"], strict=True))
        finding = _misplaced(texts, dimension, got)
        if finding is not None:
            return finding
        if set(values) != {1.0}:
            return wrong("cuenta_repeticiones", got=next(v for v in values if v != 1.0))
    (texts, dimension), seen = cases[-1], data["matrices"][-1]
    limit = len(texts) * dimension
    if number(seen["bytes"]) > limit:
        told = {"type": seen["type"], "got": seen["bytes"], "limit": limit}
        return wrong("ocupa_demasiado", n=len(texts), **told)
    if data["refuses"] is not True:
        return wrong("calla_lo_que_no_cabe")
    return None


def _misplaced(texts: Sequence[list[int]], dimension: int, got: Places) -> Finding | None:
    expected = _places(texts)
    if got == expected:
        return None
    row = min(got ^ expected)[0]
    columns = sorted(c for r, c in got if r == row)
    told: dict[str, Any] = {"text": str(texts[row]), "got": str(columns)}
    if any(got == {(r, (c + by) % dimension) for r, c in expected} for by in (-1, 1)):
        return wrong("columna_corrida", **told)
    return wrong("pierde_palabras" if got < expected else "otros_unos", **told)


# --- macro_f1 ------------------------------------------------------------------------------------
def _by_topic(true: Array, said: Array) -> tuple[Array, ...]:
    """Support, precision, recall and F1 of each topic that there is; 0 where never predicted."""
    topics = np.unique(true)
    hits = np.array([np.sum((true == k) & (said == k)) for k in topics])
    are = np.array([np.sum(true == k) for k in topics])
    were = np.array([np.sum(said == k) for k in topics])
    return are, hits / np.maximum(were, 1), hits / are, 2 * hits / (are + were)


def _f1(true: Array, said: Array) -> Array:
    return _by_topic(true, said)[3]


def _of_means(true: Array, said: Array) -> float:
    p, r = _precision(true, said), _recall(true, said)
    return 2 * p * r / (p + r)


def _precision(true: Array, said: Array) -> float:
    return float(_by_topic(true, said)[1].mean())


def _recall(true: Array, said: Array) -> float:
    return float(_by_topic(true, said)[2].mean())


_AVERAGE_SLIPS: dict[str, Any] = {
    "exactitud": lambda t, s: float(np.mean(t == s)),
    "ponderada": lambda t, s: float(np.average(_f1(t, s), weights=_by_topic(t, s)[0])),
    "solo_los_predichos": (
        lambda t, s: float(_f1(t, s).sum() / len(np.unique(s))),
        lambda t, s: float(_f1(t, s).sum() / np.count_nonzero(_f1(t, s))),
    ),
    "falta_la_otra_mitad": (_precision, _recall),
    "f1_de_medias": _of_means,
    "temas_solo_predichos": lambda t, s: float(_f1(t, s).sum() / len(np.union1d(t, s))),
    "temas_ausentes": (
        lambda t, s: float(_f1(t, s).sum() / (t.max() + 1)),
        lambda t, s: float(_f1(t, s).sum() / t.max()),
        lambda t, s: float(_f1(t, s).sum() / drawn.TOPICS),
    ),
}


def judge_macro_f1(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.answers(seed)
    got = numbers(data["scores"])
    expected = [float(_f1(*case).mean()) for case in cases]
    if len(got) != len(expected):
        raise ValueError("one average per case")
    if _same(got, expected):
        return None
    case = first_difference(got, expected, rel=1e-9, tol=1e-6)
    if math.isnan(got[case]):
        return wrong("da_nan")
    key = recognise(_AVERAGE_SLIPS, cases, got, "otro_numero", _same)
    what = "precisión" if _same(got, [_precision(*each) for each in cases]) else "sensibilidad"
    return wrong(key, what=what, got=got[case], expected=expected[case])


_same = partial(close, rel=1e-9, tol=1e-6)


# --- saved_search --------------------------------------------------------------------------------
MIN_TRIALS, MAX_TRIALS, MAX_STEPS = 4, 8, 500
_LESSON = {"units", "layers", "dropout", "optimizer", "learning_rate", "lr", "batch_size", "epochs"}
_SEEDS = ("seed", "random_state")
_ROWS = {
    "valid": "las noticias de validación",
    "test": "las noticias de prueba",
    "fresh": "noticias que nadie te dio",
}
_CEILING = 0.95  # about 0.92 is the most on rows not seen before
_TWO_ROWS = 2.5 / 1_000  # another machine may round a tie the other way


@functools.cache
def _topics() -> Array:
    return np.asarray(simulate_reuters().labels)


def judge_saved_search(data: Mapping[str, Any], seed: int) -> Finding | None:
    if data["exists"] is not True:
        return wrong("archivo_no_esta")
    seen = data["examined"]
    finding = _file_finding(seen)
    if finding is not None:
        return finding
    labels = {name: _topics()[rows] for name, rows in drawn.rows_given().items()}
    labels["fresh"] = drawn.fresh_news(seed)[1]
    right = {
        name: float(np.mean(np.array(_answered(seen["classes"][name], len(true))) == true))
        for name, true in labels.items()
    }
    return (
        _rows_finding(right, labels["fresh"])
        or _claim_finding(data["trials"], right)
        or _budget_finding(data["trials"], seen["steps"])
    )


def _answered(classes: Any, size: int) -> list[float]:
    got = numbers(classes)
    if len(got) != size:
        raise ValueError("one answer per row")
    return got


def _file_finding(seen: Mapping[str, Any]) -> Finding | None:
    if seen["loads"] is not True:
        return wrong("no_se_recarga", error=seen["error"])
    loaded, kept = seen["shapes"]
    if [loaded, kept] != [[drawn.TOPICS], [drawn.TOPICS]]:
        return wrong("no_46_salidas", expected=drawn.TOPICS, loaded=str(loaded), kept=str(kept))
    one, other = (np.array([numbers(row) for row in part]) for part in seen["outputs"])
    first, second = _answered(seen["classes"]["fresh"], drawn.N_FRESH), seen["kept"]
    same = sum(a == b for a, b in zip(first, _answered(second, drawn.N_FRESH), strict=True))
    if same < drawn.N_FRESH - 2 or not np.allclose(one, other, atol=1e-3):
        return wrong("archivo_de_otro_modelo", same=same, n=drawn.N_FRESH)
    return None


def _rows_finding(right: Mapping[str, float], fresh: Array) -> Finding | None:
    """Rows that the network was trained on, or an answer no better than the largest topic."""
    n, lowest = len(fresh), min(right[name] for name in _ROWS)
    highest = max(_ROWS, key=right.__getitem__)
    # A difference of two shares, and room for having chosen the best of eight on one of them.
    if right[highest] > min(_CEILING, lowest + 5 * math.sqrt(2) * standard_error(lowest, n)):
        return wrong("filas_ya_vistas", which=_ROWS[highest], got=right[highest], lowest=lowest)
    base = float(np.bincount(fresh).max() / n)
    needed = base + 3 * standard_error(base, n)
    if right["fresh"] <= needed:
        told = {"base": base, "needed": round(needed, 3)}
        return wrong("no_supera_la_base", n=n, got=right["fresh"], **told)
    return None


def _claim_finding(
    trials: Sequence[Mapping[str, Any]], right: Mapping[str, float]
) -> Finding | None:
    """The best score of the table, against what the saved network does."""
    scores = []
    for place, trial in enumerate(trials, start=1):
        try:
            scores.append(number(trial["val_accuracy"]))
        except UnexpectedValue:
            return wrong("falta_val_accuracy", number=place)
    finished = [score for score in scores if math.isfinite(score)]  # a failed trial has a nan
    claim, valid = max(finished, default=math.nan), right["valid"]
    if not scores or abs(claim - valid) <= _TWO_ROWS:
        return None
    told = {"claim": claim, "valid": valid}
    high = valid + 3 * standard_error(valid, 1_000) < claim <= 1
    if high and abs(claim - right["train"]) < abs(claim - valid):
        return wrong("puntuacion_de_entrenamiento", train=right["train"], **told)
    if abs(claim - right["test"]) <= _TWO_ROWS:
        return wrong("elige_con_la_prueba", **told)
    alike = [place for place, score in enumerate(scores, 1) if abs(score - valid) <= _TWO_ROWS]
    if alike:
        return wrong("no_guarda_el_mejor", number=alike[-1], total=len(scores), **told)
    return wrong("puntuacion_no_reproducida", **told)


def _budget_finding(trials: Sequence[Mapping[str, Any]], steps: Any) -> Finding | None:
    settings = [_hyperparameters(trial["params"]) for trial in trials]
    distinct = {tuple(sorted(setting.items())) for setting in settings}
    if len(distinct) < MIN_TRIALS:
        return wrong("no_es_una_busqueda", got=len(distinct), needed=MIN_TRIALS)
    if len({trial["val_accuracy"] for trial in trials}) == 1:
        return wrong("todos_iguales", got=len(settings))
    if len(settings) > MAX_TRIALS:
        return wrong("presupuesto_de_intentos", share=0.5, got=len(settings), limit=MAX_TRIALS)
    if steps is not None and number(steps) > MAX_STEPS:
        return wrong("presupuesto_de_pasos", share=0.5, got=steps, limit=MAX_STEPS)
    names = {name for setting in settings for name in setting}
    moved = {name for name in names if len({setting.get(name) for setting in settings}) > 1}
    if moved <= _LESSON:
        return wrong("solo_los_de_la_leccion", share=0.5, got=", ".join(sorted(moved)))
    return None


def _hyperparameters(params: Mapping[str, str]) -> dict[str, str]:
    """Names without the prefixes of scikeras; a seed is not a hyperparameter."""
    named = {name.split("__")[-1]: str(value) for name, value in params.items()}
    return {name: value for name, value in named.items() if name not in _SEEDS}


# --- practice in the lesson ----------------------------------------------------------------------
# A million newswires of 10,000 words, a byte each; in units of 1e9 bytes.
judge_archive_gb = expects(
    10.0,
    {
        "ocho_bytes": (80.0,),
        "cuatro_bytes": (40.0,),
        "otra_unidad": (1e10, 1e7, 1e4, 0.01),
        "en_bits": (1.25,),
        "gibibytes": (1e10 / 2**30,),
    },
    tol=5e-3,
)
# 1,796 rows in batches of 512 are 4 steps an epoch; 135 steps are wanted.
judge_sample_epochs = expects(
    34,
    {
        "no_llega": (33, 33.75),
        "por_cuatro": (36,),
        "olvida_el_lote_incompleto": (45, 38, 39),
        "las_de_todo": (9,),
        "pasos_por_epocas": (135, 540),
    },
)

QUESTIONS = (
    Question(
        "light_multi_hot",
        "09",
        "La misma matriz, ocho veces más ligera",
        2,
        judge_light_multi_hot,
        MESSAGES["light_multi_hot"],
    ),
    Question("macro_f1", "09", "La media macro", 2, judge_macro_f1, MESSAGES["macro_f1"]),
    Question(
        "saved_search",
        "09",
        "Busca y guarda la mejor",
        4,
        judge_saved_search,
        MESSAGES["saved_search"],
        lambda data: doubt_of_search(len(data["trials"]), data["left"]),
    ),
    Question("texto_09", "09", "Leer la tabla entera", 2),
    Question(
        "archive_gb",
        "09",
        "Un millón de noticias en memoria",
        0,
        judge_archive_gb,
        MESSAGES["archive_gb"],
    ),
    Question(
        "sample_epochs",
        "09",
        "Los mismos pasos con una muestra",
        0,
        judge_sample_epochs,
        MESSAGES["sample_epochs"],
    ),
)
