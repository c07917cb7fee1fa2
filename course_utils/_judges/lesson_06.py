"""Lesson 06, networks in a search: costs by brute force, the rest by properties."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course_utils._draws import lesson_06 as drawn
from course_utils._judges.compare import expects, recognise, same_loss
from course_utils._judges.verdicts import (
    Finding,
    Question,
    UnexpectedValue,
    column,
    number,
    numbers,
    wrong,
)
from course_utils.messages.checks.lesson_06 import MESSAGES

# --- search_cost ---------------------------------------------------------------------------------
Case = tuple[int, int, int, int, int, bool]


def _trained(points: int, cv: int, rows: int, refit: bool) -> list[int]:
    """Rows that each network trains on, one by one."""
    folds = np.array_split(np.arange(rows), cv)
    return [rows - len(fold) for _ in range(points) for fold in folds] + [rows] * refit


def _steps(rows: Sequence[int], epochs: int, batch: int) -> int:
    return sum(epochs * len(range(0, n, batch)) for n in rows)


_NETWORK_SLIPS: dict[str, Callable[[Case, list[int]], float]] = {
    "olvida_el_reajuste": lambda c, rows: c[0] * c[1],
    "reajusta_siempre": lambda c, rows: c[0] * c[1] + 1,
    "reajusta_cada_punto": lambda c, rows: c[0] * (c[1] + c[5]),
}
_STEP_SLIPS: dict[str, Callable[[Case, list[int]], float]] = {
    "olvida_la_validacion": lambda c, rows: _steps([c[2]] * len(rows), c[3], c[4]),
    "reajuste_con_menos_filas": lambda c, rows: _steps([rows[0]] * len(rows), c[3], c[4]),
    "entrena_con_la_validacion": lambda c, rows: _steps(
        [c[2] // c[1]] * (len(rows) - c[5]) + [c[2]] * c[5], c[3], c[4]
    ),
    "olvida_el_lote_incompleto": lambda c, rows: c[3] * sum(n // c[4] for n in rows),
    "pasos_de_una_epoca": lambda c, rows: _steps(rows, 1, c[4]),
}


def judge_search_cost(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.searches(seed)
    got = [numbers(cost) for cost in data["costs"]]
    if any(len(cost) != 3 for cost in got):
        return wrong("no_son_tres", got=str(data["costs"][0]))
    trained = [_trained(points, cv, n, refit) for points, cv, n, _, _, refit in cases]
    expected = [
        [len(rows), len(rows) * case[3], _steps(rows, case[3], case[4])]
        for case, rows in zip(cases, trained, strict=True)
    ]
    for place, name in enumerate((_networks_slip, _epochs_slip, _steps_slip)):
        answers = [cost[place] for cost in got]
        slips = [i for i, cost in enumerate(expected) if cost[place] != answers[i]]
        if slips:
            told: dict[str, Any] = dict(zip(_CASE, cases[slips[0]], strict=True))
            value = answers[slips[0]]
            told["got"] = int(value) if value.is_integer() else value
            told["networks"] = len(trained[slips[0]])
            return wrong(name(cases, trained, answers), **told)
    return None


_CASE = ("n_points", "cv", "n_rows", "epochs", "batch_size", "refit")


def _with_rows(cases: Sequence[Case], trained: list[list[int]]) -> list[tuple[Case, list[int]]]:
    return list(zip(cases, trained, strict=True))


def _networks_slip(cases: Sequence[Case], trained: list[list[int]], got: list[float]) -> str:
    if all(n in (case[0], case[0] + 1) for n, case in zip(got, cases, strict=True)):
        return "olvida_las_particiones"
    return recognise(_NETWORK_SLIPS, _with_rows(cases, trained), got, "otras_redes")


def _epochs_slip(cases: Sequence[Case], _: Any, got: list[float]) -> str:
    return "epocas_de_una_red" if got == [case[3] for case in cases] else "otras_epocas"


def _steps_slip(cases: Sequence[Case], trained: list[list[int]], got: list[float]) -> str:
    return recognise(_STEP_SLIPS, _with_rows(cases, trained), got, "otros_pasos")


# --- tunable_net ---------------------------------------------------------------------------------
def judge_tunable_net(data: Mapping[str, Any], seed: int) -> Finding | None:
    if data["answer"] is None:
        raise UnexpectedValue(None)
    if data["refused"]:
        return wrong("nombre_rechazado", name=f"`{data['refused'][0]}`")
    asked = drawn.values(seed)
    n_points = math.prod(len(choices) for choices in asked)
    if data["n_points"] != n_points:
        return wrong("otro_espacio", got=data["n_points"], expected=n_points)
    if "not_loaded" in data["examined"]:
        return wrong("no_se_recarga", error=data["examined"]["not_loaded"])
    networks = data["examined"]["networks"]
    if len(networks) != n_points // 2:
        raise ValueError("one network for every other point")
    for network in networks:
        finding = _shape_finding(network) or _loss_finding(network, drawn.rows(seed)[1])
        if finding is not None:
            return finding
    units, names, optimizers, rates = asked
    features: list[tuple[str, str, list[Any], list[Any]]] = [
        ("optimizador_que_no_llega", "", optimizers, [str(n["optimizer"]) for n in networks]),
        ("tasa_que_no_llega", "", rates, [_rounded(n["rate"]) for n in networks]),
        ("capa_que_no_llega", "las neuronas", units, [n["units"][0] for n in networks]),
        ("capa_que_no_llega", "la activación", names, [n["activations"][0] for n in networks]),
    ]
    for key, what, wanted, held in features:
        if set(held) != set(wanted):
            found = ", ".join(map(str, dict.fromkeys(held)))
            return wrong(key, what=what, asked=" y ".join(map(str, wanted)), got=found)
    # The networks are half of the space: among any three of its axes nothing is left out.
    threes = combinations([held for *_, held in features], 3)
    fewest = min(len(set(zip(*three, strict=True))) for three in threes)
    if fewest != len(networks):
        return wrong("combinaciones_que_faltan", got=fewest, expected=len(networks))
    return None


def _rounded(rate: Any) -> float:
    """Keras keeps rates in single precision."""
    return float(f"{number(rate):.4g}")


def _shape_finding(network: Mapping[str, Any]) -> Finding | None:
    """Two equal hidden layers and an output that is a probability."""
    units, names = network["units"], network["activations"]
    if len(units) != 3:
        return wrong("no_dos_capas", got=str(units))
    if (units[2], names[2]) not in ((1, "sigmoid"), (2, "softmax")):
        size = "1 neurona" if units[2] == 1 else f"{units[2]} neuronas"
        return wrong("salida_sin_probabilidad", units=size, got=names[2])
    if units[0] != units[1] or names[0] != names[1]:
        return wrong("capas_distintas", got=f"{units[:2]} neuronas y activaciones {names[:2]}")
    return None


def _loss_finding(network: Mapping[str, Any], labels: np.ndarray) -> Finding | None:
    outputs = np.asarray(network["outputs"], dtype=float)
    positive = np.clip(outputs[:, -1], 1e-7, 1 - 1e-7)
    expected = float(-np.log(np.where(labels == 1, positive, 1 - positive)).mean())
    got = number(network["loss"])
    if same_loss(got, expected):
        return None
    return wrong("otra_perdida", got=got, expected=expected)


# --- safe_splits ---------------------------------------------------------------------------------
def judge_safe_splits(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.label_sets(seed)
    answers = data["splits"]
    if not isinstance(answers, list) or len(answers) != len(cases):
        raise ValueError("one list of splits per set of labels")
    findings = []
    for (y, k), splits in zip(cases, answers, strict=True):
        if not isinstance(splits, list):
            raise UnexpectedValue(splits)
        labels = y.argmax(axis=1) if y.ndim == 2 else y
        pairs = [_pair(split) for split in splits]
        findings.append(_rows_finding(pairs, k, len(y)) or _classes_finding(pairs, k, labels))
    if findings[1] is not None and findings[0] is None and findings[2] is None:
        return wrong("one_hot_sin_estratificar")
    return next((finding for finding in findings if finding is not None), None)


def _pair(split: Any) -> list[list[Any]]:
    """Training and validation rows; a whole number in a float is a position as well."""
    if not isinstance(split, list) or len(split) != 2:
        raise UnexpectedValue(split)
    return [[_whole(row) for row in column(part)] for part in split]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _rows_finding(splits: list[Any], k: int, n_rows: int) -> Finding | None:
    """Whether each fold is made of all the rows, and each row validates once."""
    if len(splits) != k:
        return wrong("otro_numero_de_particiones", k=k, got=len(splits))
    for fold, (train, held) in enumerate(splits):
        odd = [r for r in train + held if type(r) is not int or not 0 <= r < n_rows]
        if odd:
            return wrong("no_son_posiciones", fold=fold, got=str(odd[0]), last=n_rows - 1)
        if both := set(train) & set(held):
            return wrong("fila_en_los_dos_lados", fold=fold, got=len(both))
        if sorted(train + held) != list(range(n_rows)):
            return wrong("faltan_filas", fold=fold, got=len(train + held), expected=n_rows)
    times = np.bincount([row for _, held in splits for row in held], minlength=n_rows)
    for row in np.flatnonzero(times != 1):
        return wrong("no_validan_una_vez", row=int(row), got=int(times[row]), k=k)
    return None


def _classes_finding(splits: list[Any], k: int, labels: np.ndarray) -> Finding | None:
    """Whether every fold holds each class in its share, and so does what Keras puts aside."""
    total = np.bincount(labels)
    counts = [np.bincount(labels[held], minlength=len(total)) for _, held in splits]
    for fold, label in np.argwhere(counts == total):
        return wrong("clase_que_no_se_entrena", fold=int(fold), label=int(label))
    for fold, label in np.argwhere(np.abs(counts - total / k) > 1):
        told = {"got": int(counts[fold][label]), "expected": round(total[label] / k)}
        return wrong("azar_sin_estratificar", fold=int(fold), label=int(label), **told)
    common = np.flatnonzero(total > 0.15 * len(labels))  # a rare class may be missing by chance
    for fold, (train, _) in enumerate(splits):
        tail = np.unique(labels[train[math.floor(len(train) * 0.8) :]])  # as keras.Model.fit splits
        if not set(common) <= set(tail):
            return wrong("entrenamiento_en_orden", fold=fold, got=" y ".join(map(str, tail)))
    return None


# --- practice in the lesson ----------------------------------------------------------------------
_RATE_NAME = "net__optimizer__learning_rate"
_NAME_SLIPS = {
    "optimizer__learning_rate": "olvida_el_paso",
    "net__model__learning_rate": "a_la_funcion",
    "model__learning_rate": "a_la_funcion",
    "net__model__optimizer__learning_rate": "a_la_funcion",
    "net__learning_rate": "olvida_el_optimizador",
    "learning_rate": "olvida_el_optimizador",
}


def judge_rate_name(data: Mapping[str, Any], seed: int) -> Finding | None:
    got = data["value"]
    if not isinstance(got, str):
        raise UnexpectedValue(got)
    if got == _RATE_NAME:
        return None
    key = _NAME_SLIPS.get(got, "otro_nombre")
    if got.replace("_", "") == _RATE_NAME.replace("_", ""):
        key = "guion_simple"
    return wrong(key, got=got)


# The elastic net of the weights 1, -2 and 2 with a factor of 0.1 and a quarter of L2.
judge_elastic_penalty = expects(
    0.6,
    {
        "sin_valor_absoluto": (0.3,),
        "alfa_al_reves": (0.8,),
        "olvida_lambda": (6.0,),
        "raiz_en_l2": (0.45,),
        "una_sola_forma": (0.5, 0.9),
    },
    tol=1e-6,
)

QUESTIONS = (
    Question(
        "search_cost",
        "06",
        "¿Cuánto cuesta buscar?",
        2,
        judge_search_cost,
        MESSAGES["search_cost"],
    ),
    Question(
        "tunable_net",
        "06",
        "Que llegue a la red",
        3,
        judge_tunable_net,
        MESSAGES["tunable_net"],
    ),
    Question(
        "safe_splits",
        "06",
        "Particiones a prueba de orden",
        3,
        judge_safe_splits,
        MESSAGES["safe_splits"],
    ),
    Question("texto_06", "06", "Cuarenta entrenamientos", 2),
    Question(
        "rate_name",
        "06",
        "La dirección de la tasa",
        0,
        judge_rate_name,
        MESSAGES["rate_name"],
    ),
    Question(
        "elastic_penalty",
        "06",
        "La red elástica, a mano",
        0,
        judge_elastic_penalty,
        MESSAGES["elastic_penalty"],
    ),
)
