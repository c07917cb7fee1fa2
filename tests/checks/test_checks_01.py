"""Lesson 01's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import pytest

from tests.checks.exercise_bank import assert_right, assert_wrong

RIGHT_USELESS = {
    "zeros": "return np.zeros(len(X))",
    "list": "return [0] * len(X)",
    "bools": "return np.full(X.shape[0], False)",
    "dummy": """
    from sklearn.dummy import DummyClassifier
    return DummyClassifier(strategy="constant", constant=0).fit([[0]], [0]).predict(X)""",
}
WRONG_USELESS = {
    "one number": ("return 0", "una_sola_respuesta"),
    "columns": ("return np.zeros(X.shape[1])", "otra_longitud"),
    "probabilities": ("return np.full(len(X), 0.002)", "no_son_clases"),
    "all positive": ("return np.ones(len(X))", "exactitud_baja"),
    "coin": ("return np.random.randint(0, 2, len(X))", "exactitud_baja"),
    "no return": ("np.zeros(len(X))", "falta_return"),
    "text": ("return ['no'] * len(X)", "tipo_inesperado"),
}


@pytest.mark.parametrize("kind", RIGHT_USELESS)
def test_right_useless(kind):
    assert_right("useless", f"import numpy as np\ndef useless(X):\n    {RIGHT_USELESS[kind]}\n")


@pytest.mark.parametrize("kind", WRONG_USELESS)
def test_wrong_useless_meet_their_message(kind):
    body, misconception = WRONG_USELESS[kind]
    code = f"import numpy as np\ndef useless(X):\n    {body}\n"
    assert_wrong("useless", code, misconception)


def test_useless_that_detects_some():
    code = """
    from course_utils._observers.lesson_01 import rare_tables
    def useless(X):  # it has peeked at the labels of one positive
        for seed in (101, 987_654_321):
            for table, y in rare_tables(seed):
                if table.shape == X.shape and (table == X).all():
                    return y * (y.cumsum() == 1)
    """
    assert_wrong("useless", code, "detecta_alguno")


THRESHOLD = """
import numpy as np
def best_threshold(y, scores, miss_cost, alarm_cost):
    def cost(t, miss=miss_cost, price=alarm_cost):
        alarm = scores {sign} t
        return miss * (~alarm & (y == 1)).sum() + price * (alarm & (y == 0)).sum()
    return {answer}
"""
RIGHT_THRESHOLD = {
    "scores": (">=", "min([*scores, 2.0], key=cost)"),
    "midpoints": (
        ">=",
        "min([0, *(np.sort(scores)[1:] + np.sort(scores)[:-1]) / 2, 1.1], key=cost)",
    ),
    "fine grid": (">=", "min(np.linspace(0, 1, 4_001), key=cost)"),
    "infinite": (">=", "float(min([*scores, np.inf], key=cost))"),
    "list": (">=", "sorted([(cost(t), t) for t in [*scores, 9]])[0][1]"),
}
WRONG_THRESHOLD = {
    "half": (">=", "0.5", "siempre_un_medio"),
    "the cost": (">=", "min(cost(t) for t in [*scores, 2])", "devuelve_el_coste"),
    "theory": (">=", "alarm_cost / (alarm_cost + miss_cost)", "formula_teorica"),
    "hits": (">=", "min([*scores, 2], key=lambda t: cost(t, 1, 1))", "maximiza_los_aciertos"),
    "swapped": (
        ">=",
        "min([*scores, 2], key=lambda t: cost(t, alarm_cost, miss_cost))",
        "costes_cambiados",
    ),
    "strict": (">", "min([-1, *scores], key=cost)", "mayor_estricto"),
    "coarse": (">=", "min(np.arange(0, 1.01, 0.25), key=cost)", "no_es_el_minimo"),
    "f1": (
        ">=",
        "max(scores, key=lambda t: (y[scores >= t].sum()) / (y.sum() + (scores >= t).sum()))",
        "no_es_el_minimo",
    ),
    "nan": (">=", "float('nan')", "no_es_el_minimo"),
}


@pytest.mark.parametrize("kind", RIGHT_THRESHOLD)
def test_right_thresholds(kind):
    sign, answer = RIGHT_THRESHOLD[kind]
    assert_right("best_threshold", THRESHOLD.format(sign=sign, answer=answer))


@pytest.mark.parametrize("kind", WRONG_THRESHOLD)
def test_wrong_thresholds_meet_their_message(kind):
    sign, answer, misconception = WRONG_THRESHOLD[kind]
    code = THRESHOLD.format(sign=sign, answer=answer)
    assert_wrong("best_threshold", code, misconception)


SPLIT = """
import numpy as np
from sklearn.model_selection import train_test_split
def three_parts(y, seed):
    rows = np.arange(len(y))
    rest, test = train_test_split(rows, test_size={first}, stratify={all_}, random_state={seed})
    train, val = train_test_split(
        rest, test_size={second}, stratify={rest_}, random_state={seed})
    return {answer}
"""
GOOD = {
    "first": 0.2,
    "second": 0.25,
    "all_": "y",
    "rest_": "y[rest]",
    "seed": "seed",
    "answer": "train, val, test",
}
RIGHT_SPLIT = {
    "twice": SPLIT.format(**GOOD),
    "counts": SPLIT.format(**GOOD | {"first": 200, "second": 200, "answer": "[train, val, test]"}),
    "by hand": """
    import numpy as np
    def three_parts(y, seed):
        rng = np.random.default_rng(seed)
        parts = [[], [], []]
        for label in np.unique(y):
            rows = rng.permutation(np.flatnonzero(y == label))
            cuts = [round(0.6 * len(rows)), round(0.8 * len(rows))]
            for part, more in zip(parts, np.split(rows, cuts)):
                part += more.tolist()
        return parts
    """,
    "folds": """
    import numpy as np
    from sklearn.model_selection import StratifiedKFold
    def three_parts(y, seed):
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        pieces = [test for _, test in folds.split(y, y)]
        return np.sort(np.concatenate(pieces[:3])), pieces[3], pieces[4]
    """,
}
WRONG_SPLIT = {
    "two parts": ({"answer": "rest, test"}, "no_son_tres"),
    "labels": ({"answer": "y[train], y[val], y[test]"}, "no_son_filas"),
    "overlap": ({"answer": "rest, val, test"}, "se_solapan"),
    "missing": ({"answer": "train[1:], val, test"}, "faltan_filas"),
    "fifth of the rest": ({"second": 0.2}, "veinte_del_resto"),
    "other order": ({"answer": "val, train, test"}, "otro_tamano"),
    "plain": ({"all_": "None", "rest_": "None"}, "sin_estratificar"),
    "half stratified": ({"rest_": "None"}, "sin_estratificar"),
    "no seed": ({"seed": "None"}, "ignora_la_semilla"),
    "clock": ({"seed": "int(np.random.default_rng().integers(10**6))"}, "no_repetible"),
    "fixed seed": ({"seed": "42"}, "ignora_la_semilla"),
    "contiguous": (
        {"answer": "rows[:600], rows[600:800], rows[800:]"},
        "sin_barajar",
    ),
    "a number": ({"answer": "len(train)"}, "tipo_inesperado"),
}


@pytest.mark.parametrize("kind", RIGHT_SPLIT)
def test_right_splits(kind):
    assert_right("three_parts", RIGHT_SPLIT[kind])


@pytest.mark.parametrize("kind", WRONG_SPLIT)
def test_wrong_splits_meet_their_message(kind):
    changes, misconception = WRONG_SPLIT[kind]
    assert_wrong("three_parts", SPLIT.format(**GOOD | changes), misconception)
