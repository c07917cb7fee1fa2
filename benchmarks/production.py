"""How often the gate and the drift checks of lesson 12 err: many repetitions on the tumours.

Gate: two models judged on the same fresh rows. Drift: two-sample tests between a reference and a
new lot. Every repetition draws its rows anew from all 569 tumours. Writes the parts ``gate`` and
``drift`` of course_utils/_records/production.json; less than a minute of one core.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import binom, kstwo
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "production.json"
Array = np.ndarray[Any, np.dtype[Any]]
REPETITIONS, LEVEL = {"gate": 1_000, "drift": 500}, 0.05
N_GATE, N_TRAIN, N_LOT = 100, 234, 100
DATA = load_breast_cancer()
X, Y = DATA.data, DATA.target


def main() -> None:
    gates = [gate(*case) for case in GATE_CASES]
    write("gate", f"judged on 100 fresh tumours, {REPETITIONS['gate']} repetitions", gates)
    drifts = [drift(*case) for case in DRIFT_CASES]
    what = f"a lot of 100 tumours against 234, {REPETITIONS['drift']} repetitions"
    write("drift", what, drifts)


def write(name: str, what: str, rows: list[dict[str, Any]]) -> None:
    """Replace one part of what is recorded."""
    recorded = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    recorded[name] = {"what": what, "rows": rows}
    write_text(RESULT, json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


def fitted(rows: Array) -> Any:
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(X[rows], Y[rows])


# --- gate ----------------------------------------------------------------------------------------
GATE_CASES = (
    ("iguales: 234 filas cada uno", N_TRAIN),
    ("el viejo aprendió con 60", 60),
    ("el viejo aprendió con 30", 30),
    ("el viejo aprendió con 15", 15),
)


def gate(case: str, n_old: int) -> dict[str, Any]:
    """Share of repetitions in which the new model passes, by each rule.

    Both are the same recipe; the old one learned from `n_old` rows, the new one from 234 others.
    """
    rng = np.random.default_rng(101)
    better, more, evident = [], [], []
    for _ in range(REPETITIONS["gate"]):
        rows = two_classes(rng, n_old)
        fresh = rows[-N_GATE:]
        old, new = fitted(rows[:n_old]), fitted(rows[N_TRAIN : 2 * N_TRAIN])
        was_right, is_right = (model.predict(X[fresh]) == Y[fresh] for model in (old, new))
        gained, lost = (is_right & ~was_right).sum(), (was_right & ~is_right).sum()
        better.append((gained - lost) / N_GATE)
        more.append(gained > lost)
        evident.append(gained > lost and binom.sf(gained - 1, gained + lost, 0.5) < LEVEL)
    return {
        "caso": case,
        "mejora": round(float(np.mean(better)), 4),
        "acierta_mas": round(float(np.mean(more)), 3),
        "con_pruebas": round(float(np.mean(evident)), 3),
    }


def two_classes(rng: np.random.Generator, n_first: int) -> Array:
    """All rows in random order, both classes among the first ones."""
    while True:
        rows = rng.permutation(len(Y))
        if len(set(Y[rows[:n_first]])) == 2:
            return rows


# --- drift ---------------------------------------------------------------------------------------
def unchanged(lot: Array, rng: np.random.Generator) -> Array:
    return lot


def broken_column(lot: Array, rng: np.random.Generator) -> Array:
    """One measure, drawn anew, is always 0."""
    changed = lot.copy()
    changed[:, rng.integers(lot.shape[1])] = 0
    return changed


def magnified(by: float) -> Callable[[Array, np.random.Generator], Array]:
    """Lengths measured too long, and areas by the square of it."""
    names = np.array(DATA.feature_names)
    power = np.select([np.char.find(names, "area") >= 0, is_length(names)], [2, 1], default=0)
    return lambda lot, rng: lot * by**power


def is_length(names: Array) -> Array:
    return (np.char.find(names, "radius") >= 0) | (np.char.find(names, "perimeter") >= 0)


DRIFT_CASES = (
    ("sin deriva", unchanged, None),
    ("una columna rota", broken_column, None),
    ("microscopio: +5 %", magnified(1.05), None),
    ("microscopio: +15 %", magnified(1.15), None),
    ("malignos: del 37 al 60 %", unchanged, 60),
)


def drift(
    case: str, change: Callable[[Array, np.random.Generator], Array], n_malignant: int | None
) -> dict[str, Any]:
    """Share of repetitions in which each check gives an alarm."""
    rng = np.random.default_rng(101)
    alarms = []
    pairs = round(N_LOT * N_TRAIN / (N_LOT + N_TRAIN))
    limit, corrected = kstwo.isf((LEVEL, LEVEL / 30), pairs)  # as ks_2samp(method="asymp")
    for _ in range(REPETITIONS["drift"]):
        rows = lot_first(rng, n_malignant)
        lot, reference = change(X[rows[:N_LOT]], rng), rows[N_LOT : N_LOT + N_TRAIN]
        model = fitted(rows[N_LOT + N_TRAIN :])  # from rows that are in neither sample
        columns = ks_statistics(X[reference], lot)
        outputs = [model.predict_proba(sample)[:, 1:] for sample in (X[reference], lot)]
        output = ks_statistics(*outputs)[0]
        alarms.append(((columns > limit).any(), (columns > corrected).any(), output > limit))
    rates = np.mean(alarms, axis=0)
    names = ("30_pruebas", "bonferroni", "salida")
    return {"caso": case, **{n: round(float(r), 3) for n, r in zip(names, rates, strict=True)}}


def lot_first(rng: np.random.Generator, n_malignant: int | None) -> Array:
    """All rows in random order; of the first 100, so many are malignant, if it is said."""
    rows = rng.permutation(len(Y))
    if n_malignant is None:
        return rows
    malignant, benign = rows[Y[rows] == 0], rows[Y[rows] == 1]
    lot = np.concatenate([malignant[:n_malignant], benign[: N_LOT - n_malignant]])
    return np.concatenate([lot, rows[~np.isin(rows, lot)]])


def ks_statistics(first: Array, second: Array) -> Array:
    """Kolmogorov–Smirnov distances of all columns at once."""
    n, m = len(first), len(second)
    pooled = np.concatenate([first, second])
    order = np.argsort(pooled, axis=0)
    values = np.take_along_axis(pooled, order, axis=0)
    apart = np.abs(np.cumsum(np.where(order < n, 1 / n, -1 / m), axis=0))
    last_of_ties = np.vstack([values[1:] != values[:-1], np.ones((1, values.shape[1]), bool)])
    return np.asarray(np.where(last_of_ties, apart, 0).max(axis=0))


if __name__ == "__main__":
    main()
