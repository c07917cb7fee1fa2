"""Lesson 09, Reuters: matrices and averages by definition; a search by what its file predicts.

What a network answers comes from the student's process; what it should have answered is worked out
here, from the same simulation, whose labels the observer does not read. The best score of the table
is a claim: it must be the accuracy of the saved network on the validation rows.

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

from course_utils._judges.compare import close, first_difference, recognise, standard_error
from course_utils._judges.verdicts import Finding, Question, UnexpectedValue, number, numbers, wrong
from course_utils._observers import lesson_09 as drawn
from course_utils.data._simulated import simulate_reuters

Array = npt.NDArray[Any]

MESSAGES = {
    "light_multi_hot": {
        "otra_forma": (
            "Para {n} noticias y {dimension} columnas devuelves una matriz de forma {got}. Se pide "
            "una fila por noticia y una columna por palabra posible, aunque no aparezca."
        ),
        "cuenta_repeticiones": (
            "En tu matriz hay casillas que valen {got}. *Multi-hot* dice si la palabra está o no: "
            "0 o 1, aunque se repita. (Al construir una matriz dispersa con posiciones repetidas, "
            "SciPy las **suma**; y `+= 1` también.)"
        ),
        "columna_corrida": (
            "La noticia {text} tiene en tu matriz unos en las columnas {got}: están corridos un "
            "puesto. La palabra 8 va en la columna 8, y hay una columna 0."
        ),
        "pierde_palabras": (
            "La noticia {text} tiene en tu matriz unos en las columnas {got}: faltan palabras. "
            "Mira si recorres la lista entera, hasta la última."
        ),
        "ocupa_demasiado": (
            "Los unos están en su sitio, pero con {n} noticias tu matriz (`{type}`) ocupa {got} "
            "bytes y el máximo son {limit}, la octava parte de la del libro. ¿Cuántos bytes "
            "necesita de verdad un 0 o un 1? ¿Hace falta guardar los ceros?"
        ),
        "calla_lo_que_no_cabe": (
            "Con la noticia [3, 10] y 10 columnas tu función no protesta, y la palabra 10 no cabe "
            "(las columnas van de 0 a 9). Perder palabras en silencio es peor que un error: deja "
            "que falle, como hace el bucle del libro."
        ),
        "otros_unos": (
            "La noticia {text} tiene en tu matriz unos en las columnas {got}. Hazla a mano, como "
            "`[8, 5]` en la lección, y compara."
        ),
    },
    "macro_f1": {
        "exactitud": (
            "Das {got} y sale {expected}. El tuyo es la **exactitud** (o la media micro, que aquí "
            "es lo mismo): cuenta noticias. La macro calcula un F1 por tema y después promedia."
        ),
        "ponderada": (
            "Das {got} y sale {expected}. Has dado más peso a los temas con más noticias: es la "
            "media ponderada. En la macro cada tema pesa lo mismo, tenga mil noticias o dos."
        ),
        "solo_los_predichos": (
            "Das {got} y sale {expected}. Te has dejado fuera los temas que el modelo no predice "
            "nunca, que son justo los que abandona: su F1 es 0, y ese 0 entra en la media."
        ),
        "falta_la_otra_mitad": (
            "Das {got} y sale {expected}. Es la media de la {what}. El F1 de un tema junta la "
            "precisión y la sensibilidad: es su media armónica."
        ),
        "f1_de_medias": (
            "Das {got} y sale {expected}. Has promediado precisión y sensibilidad y calculado un "
            "solo F1 al final. Es al revés: primero el F1 de cada tema, después la media."
        ),
        "temas_ausentes": (
            "Das {got} y sale {expected}. Has promediado también sobre temas que no aparecen en "
            "`y_true`. Los temas son los que hay, no todos los números hasta el mayor."
        ),
        "da_nan": (
            "Das nan: en algún tema has dividido 0 entre 0. Un tema que el modelo no predice nunca "
            "tiene F1 igual a 0. (2·aciertos / (verdaderas + predichas) no divide nunca por 0.)"
        ),
        "otro_numero": (
            "Das {got} y sale {expected}. Prueba con el ejemplo del enunciado, tema por tema: "
            "cuántas son, cuántas dijiste y cuántas acertaste."
        ),
    },
    "saved_search": {
        "archivo_no_esta": (
            "No hay ningún archivo en `model_file`. ¿Lo guardaste con `best_model.save(model_file)`"
            ", con esa misma ruta?"
        ),
        "no_se_recarga": (
            "El archivo está, pero `keras.saving.load_model` no lo abre ({error}). Guarda la red "
            "entera con `save()` y la extensión `.keras`: ni solo los pesos (`save_weights`), ni "
            "`pickle`, ni capas `Lambda`."
        ),
        "no_46_salidas": (
            "Se pide una red de Keras que dé {expected} números por noticia, uno por tema. La del "
            "archivo da una forma {loaded} y `best_model`, {kept}. (Si usas scikeras, la red está "
            "en `.model_`.)"
        ),
        "archivo_de_otro_modelo": (
            "El archivo y `best_model` son dos redes distintas: coinciden en {same} de {n} "
            "noticias. ¿Guardaste antes de entrenar, o `best_model` cambió después de guardar?"
        ),
        "filas_ya_vistas": (
            "Tu red acierta {got} en {which}, demasiado para no haberlas visto al entrenar (el "
            "mínimo de los tres exámenes es {lowest}). Aquí se entrena con `X_train` y nada más. "
            "Reentrenar al final con todo es buena costumbre, pero entonces ya no queda con qué "
            "comprobar la puntuación que anuncias."
        ),
        "no_supera_la_base": (
            "En {n} noticias que tu búsqueda no vio, la red guardada acierta {got}. Decir siempre "
            "el tema mayor acierta {base}, y para distinguirse de eso hay que pasar de {needed} "
            "(tres errores estándar). ¿Se entrenó de verdad la red que guardaste?"
        ),
        "falta_val_accuracy": (
            "El intento {number} de `trials` no tiene un número en `val_accuracy`. Cada intento es "
            "un diccionario con `params` y `val_accuracy`."
        ),
        "puntuacion_de_entrenamiento": (
            "Tu mejor `val_accuracy` es {claim}, y la red guardada acierta {valid} en validación y "
            "{train} en **entrenamiento**. Esa puntuación es de las filas con las que aprendió: "
            "mide memoria. Evalúa cada intento con `X_valid`."
        ),
        "elige_con_la_prueba": (
            "Tu mejor `val_accuracy` es {claim}: justo lo que la red guardada acierta en la "
            "**prueba**. En validación acierta {valid}. Si eliges mirando la prueba, ya no te "
            "queda ninguna: elige con `X_valid`."
        ),
        "no_guarda_el_mejor": (
            "El mejor intento de tu tabla tiene {claim}, y la red guardada acierta {valid} en "
            "validación: es la de tu intento {number} de {total}. ¿Guardaste la última en vez de "
            "la mejor? Dentro del bucle, quédate con la red solo cuando supere a la mejor hasta "
            "entonces."
        ),
        "puntuacion_no_reproducida": (
            "Tu mejor `val_accuracy` es {claim}, pero la red guardada acierta {valid} en "
            "validación. Ha de ser la **misma** red: ni la de otra época (mira "
            "`restore_best_weights`), ni una reentrenada con otra semilla."
        ),
        "no_es_una_busqueda": (
            "En `trials` hay {got} configuraciones distintas. Para hablar de búsqueda se piden al "
            "menos {needed}, cada una con sus hiperparámetros en `params`."
        ),
        "todos_iguales": (
            "Tus {got} intentos tienen exactamente la misma puntuación. Lo más probable es que los "
            "hiperparámetros no lleguen a la red: mira si `build` los usa y, con scikeras, si "
            "llevan el prefijo `model__`."
        ),
        "presupuesto_de_intentos": (
            "Tu búsqueda es buena, pero usa {got} intentos y el presupuesto son {limit}. Dos "
            "búsquedas solo se comparan si gastaron lo mismo: quien prueba más, encuentra más."
        ),
        "presupuesto_de_pasos": (
            "Tu búsqueda es buena, pero la red guardada dio {got} pasos y el presupuesto son "
            "{limit} por intento. Recuerda: pasos = épocas × ⌈1 500 / lote⌉."
        ),
        "solo_los_de_la_leccion": (
            "Tu búsqueda es buena, pero solo mueve {got}, que la lección ya movió. El ejercicio de "
            "las diapositivas pide explorar **otros**: añade al menos uno (la activación, una "
            "regularización, la inicialización…)."
        ),
    },
}


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
    finding = _file_finding(data)
    if finding is not None:
        return finding
    labels = {name: _topics()[rows] for name, rows in drawn.rows_asked(seed).items()}
    right = {
        name: float(np.mean(np.array(_answered(data["classes"][name], len(true))) == true))
        for name, true in labels.items()
    }
    return (
        _rows_finding(right, labels["fresh"])
        or _claim_finding(data["trials"], right)
        or _budget_finding(data)
    )


def _answered(classes: Any, size: int) -> list[float]:
    got = numbers(classes)
    if len(got) != size:
        raise ValueError("one answer per row")
    return got


def _file_finding(data: Mapping[str, Any]) -> Finding | None:
    if data["exists"] is not True:
        return wrong("archivo_no_esta")
    if data["loads"] is not True:
        return wrong("no_se_recarga", error=data["error"])
    loaded, kept = data["shapes"]
    if [loaded, kept] != [[drawn.TOPICS], [drawn.TOPICS]]:
        return wrong("no_46_salidas", expected=drawn.TOPICS, loaded=str(loaded), kept=str(kept))
    one, other = (np.array([numbers(row) for row in part]) for part in data["outputs"])
    first, second = _answered(data["classes"]["fresh"], drawn.N_FRESH), data["kept"]
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


def _budget_finding(data: Mapping[str, Any]) -> Finding | None:
    settings = [_hyperparameters(trial["params"]) for trial in data["trials"]]
    distinct = {tuple(sorted(setting.items())) for setting in settings}
    if len(distinct) < MIN_TRIALS:
        return wrong("no_es_una_busqueda", got=len(distinct), needed=MIN_TRIALS)
    if len({trial["val_accuracy"] for trial in data["trials"]}) == 1:
        return wrong("todos_iguales", got=len(settings))
    if len(settings) > MAX_TRIALS:
        return wrong("presupuesto_de_intentos", share=0.5, got=len(settings), limit=MAX_TRIALS)
    if data["steps"] is not None and number(data["steps"]) > MAX_STEPS:
        return wrong("presupuesto_de_pasos", share=0.5, got=data["steps"], limit=MAX_STEPS)
    names = {name for setting in settings for name in setting}
    moved = {name for name in names if len({setting.get(name) for setting in settings}) > 1}
    if moved <= _LESSON:
        return wrong("solo_los_de_la_leccion", share=0.5, got=", ".join(sorted(moved)))
    return None


def _hyperparameters(params: Mapping[str, str]) -> dict[str, str]:
    """Names without the prefixes of scikeras; a seed is not a hyperparameter."""
    named = {name.split("__")[-1]: str(value) for name, value in params.items()}
    return {name: value for name, value in named.items() if name not in _SEEDS}


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
    ),
    Question("texto_09", "09", "Leer la tabla entera", 2),
)
