"""Lesson 07, Keras Tuner: costs recounted, losses recomputed from outputs, fronts by definition."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course_utils._draws import lesson_07 as drawn
from course_utils._judges.compare import expects, first_difference, recognise, same_loss
from course_utils._judges.verdicts import (
    Finding,
    Question,
    column,
    number,
    numbers,
    positions,
    wrong,
)
from course_utils.messages.checks.lesson_07 import MESSAGES

# --- paid_epochs ---------------------------------------------------------------------------------
Rounds = Sequence[tuple[int, int]]


def _paid(rounds: Rounds) -> int:
    before = [0, *(until for _, until in rounds)]
    return sum(n * (until - done) for (n, until), done in zip(rounds, before, strict=False))


_COST_SLIPS: dict[str, Callable[[Rounds], int]] = {
    "cobra_desde_cero": lambda rounds: sum(n * until for n, until in rounds),
    "solo_la_ultima": lambda rounds: rounds[-1][0] * rounds[-1][1],
    "suma_epocas": lambda rounds: rounds[-1][1],
    "todos_hasta_el_final": lambda rounds: rounds[0][0] * rounds[-1][1],
}


def judge_paid_epochs(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.schedules(seed)
    got = numbers(data["epochs"])
    expected = [_paid(rounds) for rounds in cases]
    if got == expected:
        return None
    key = recognise(_COST_SLIPS, [(rounds,) for rounds in cases], got, "otro_numero")
    at = first_difference(got, expected)
    return wrong(key, rounds=str(cases[at]), got=got[at])


# --- build_model ---------------------------------------------------------------------------------
def judge_build_model(data: Mapping[str, Any], seed: int) -> Finding | None:
    _, labels, sizes = drawn.images(seed)
    if "not_loaded" in data["examined"]:
        return wrong("no_se_recarga", error=data["examined"]["not_loaded"])
    first, second = data["examined"]["built"]
    outputs = np.asarray(first["outputs"], dtype=float)
    if outputs.shape != (len(labels), 10):
        return wrong("no_diez_salidas", shape=str(outputs.shape))
    finding = _loss_finding(outputs, labels, number(first["scores"]["loss"]))
    if finding is not None:
        return finding
    if [list(entry) for entry in data["space"]] != [["units", 16, 512]]:
        return wrong("otro_espacio", space=str(data["space"]))
    if number(first["weights"]) == number(second["weights"]):
        return wrong(
            "unidades_fijas", first=sizes[0], second=sizes[1], weights=int(first["weights"])
        )
    if not any("acc" in name for name in first["scores"]):
        return wrong("sin_exactitud")
    return None


def _loss_finding(outputs: np.ndarray, labels: np.ndarray, reported: float) -> Finding | None:
    """Compare the loss that the model reports with the one that its outputs deserve."""
    totals = outputs.sum(axis=1)
    are_probabilities = bool((outputs >= 0).all() and np.allclose(totals, 1, atol=1e-3))
    expected = _cross_entropy(outputs if are_probabilities else _softmax(outputs), labels)
    if same_loss(reported, expected):
        return None
    told = {"got": reported, "expected": expected}
    believed = _taken_for_probabilities(outputs, labels)
    if not are_probabilities and same_loss(reported, believed):
        return wrong("falta_softmax", total=float(totals[0]), **told)
    return wrong("otra_perdida", **told)


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _cross_entropy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    chosen = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(chosen, 1e-30)).mean())


def _taken_for_probabilities(outputs: np.ndarray, labels: np.ndarray) -> float:
    """What Keras reports on outputs that it believes to be probabilities: it clips them."""
    clipped = np.clip(outputs, 1e-7, 1 - 1e-7)
    return _cross_entropy(clipped / clipped.sum(axis=1, keepdims=True), labels)


# --- pareto_front --------------------------------------------------------------------------------
Table = Sequence[tuple[float, float]]


def _front(table: Table, dominates: Callable[..., bool] | None = None) -> list[int]:
    beats = dominates or _dominates
    others = [[a for j, a in enumerate(table) if j != i] for i in range(len(table))]
    return [i for i, b in enumerate(table) if not any(beats(a, b) for a in others[i])]


def _dominates(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] >= b[0] and a[1] <= b[1] and a != b


_FRONT_SLIPS: dict[str, Any] = {
    "solo_el_mejor": lambda table: [max(range(len(table)), key=lambda i: table[i][0])],
    "al_reves": lambda table: [i for i in range(len(table)) if i not in _front(table)],
    "maximiza_los_segundos": lambda table: _front(
        table, lambda a, b: a[0] >= b[0] and a[1] >= b[1] and a != b
    ),
    "empates_mal_resueltos": (
        lambda table: _front(table, lambda a, b: a[0] > b[0] and a[1] < b[1]),
        lambda table: _front(table, lambda a, b: a[0] >= b[0] and a[1] <= b[1]),
    ),
}


def judge_pareto_front(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.candidates(seed)
    answers = data["fronts"]
    if not isinstance(answers, list) or len(answers) != len(cases):
        raise ValueError("one front per table")
    for table, answer in zip(cases, answers, strict=True):
        if any(isinstance(item, list) for item in column(answer)):
            return wrong("devuelve_modelos", table=str(table), got=str(answer))
    got = [sorted(positions(answer)) for answer in answers]
    expected = [_front(table) for table in cases]
    if got == expected:
        return None
    index = next(i for i in range(len(cases)) if got[i] != expected[i])
    key = recognise(_FRONT_SLIPS, [(table,) for table in cases], got, "otra_frontera")
    return wrong(key, table=str(cases[index]), got=str(got[index]))


# --- practice in the lesson ----------------------------------------------------------------------
# Steps of an epoch: 60,000 images, a tenth of them to validate, batches of 64.
judge_mnist_steps = expects(
    math.ceil(54_000 / 64),
    {
        "no_redondea": (54_000 / 64,),
        "redondea_hacia_abajo": (54_000 // 64,),
        "olvida_la_validacion": (math.ceil(60_000 / 64), 60_000 / 64, 60_000 // 64),
        "cuenta_las_de_validacion": (math.ceil(6_000 / 64), 6_000 / 64, 6_000 // 64),
        "otro_lote": (1500, math.ceil(54_000 / 32), 54_000 / 32, 1875),
        "cuenta_imagenes": (54_000, 60_000),
    },
)

# Loss of an image whose ten outputs are all above 1, taken for probabilities.
judge_stuck_loss = expects(
    math.log(10),
    {
        "olvida_dividir": (0.0,),
        "como_con_dos": (math.log(2),),
        "otro_logaritmo": (1.0, math.log2(10)),
        "sin_logaritmo": (0.1, 10.0),
        "con_otro_signo": (-math.log(10),),
        "recorta_a_cero": (-math.log(1e-7),),
    },
    tol=0.006,
)

QUESTIONS = (
    Question(
        "paid_epochs",
        "07",
        "¿Cuánto paga una tanda?",
        2,
        judge_paid_epochs,
        MESSAGES["paid_epochs"],
    ),
    Question(
        "build_model",
        "07",
        "Repara el constructor",
        3,
        judge_build_model,
        MESSAGES["build_model"],
    ),
    Question(
        "pareto_front",
        "07",
        "La frontera de Pareto",
        3,
        judge_pareto_front,
        MESSAGES["pareto_front"],
    ),
    Question("texto_07", "07", "¿48 unidades?", 2),
    Question(
        "mnist_steps",
        "07",
        "Pasos por época",
        0,
        judge_mnist_steps,
        MESSAGES["mnist_steps"],
    ),
    Question(
        "stuck_loss",
        "07",
        "Diez salidas recortadas",
        0,
        judge_stuck_loss,
        MESSAGES["stuck_loss"],
    ),
)
