"""Lesson 01's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

from tests.checks.exercise_bank import Bank

bank = Bank("01")

USELESS = "import numpy as np\ndef useless(X):\n    {}\n"
PEEKS = """
from course_utils._draws.lesson_01 import rare_tables
def useless(X):  # it has peeked at the labels of one positive
    for seed in (101, 987_654_321):
        for table, y in rare_tables(seed):
            if table.shape == X.shape and (table == X).all():
                return y * (y.cumsum() == 1)
"""
RIGHT_USELESS = {
    "zeros": "return np.zeros(len(X))",
    "list": "return [0] * len(X)",
    "bools": "return np.full(X.shape[0], False)",
    "generator": "return (0 for _ in X)",
    "column": "return np.zeros((len(X), 1))",
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


bank.right("useless", RIGHT_USELESS, USELESS.format)
bank.wrong("useless", WRONG_USELESS, USELESS.format)
bank.wrong("useless", {"detects one": (PEEKS, "detecta_alguno")})


THRESHOLD = """
import numpy as np
def best_threshold(y, scores, miss_cost, alarm_cost):
    def cost(t, miss=miss_cost, price=alarm_cost):
        alarm = scores {} t
        return miss * (~alarm & (y == 1)).sum() + price * (alarm & (y == 0)).sum()
    return {}
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
    "half": ((">=", "0.5"), "siempre_un_medio"),
    "the cost": ((">=", "min(cost(t) for t in [*scores, 2])"), "devuelve_el_coste"),
    "theory": ((">=", "alarm_cost / (alarm_cost + miss_cost)"), "formula_teorica"),
    "hits": ((">=", "min([*scores, 2], key=lambda t: cost(t, 1, 1))"), "maximiza_los_aciertos"),
    "swapped": (
        (">=", "min([*scores, 2], key=lambda t: cost(t, alarm_cost, miss_cost))"),
        "costes_cambiados",
    ),
    "strict": ((">", "min([-1, *scores], key=cost)"), "mayor_estricto"),
    "hundredths": ((">=", "min(np.linspace(0, 1, 101), key=cost)"), "no_es_el_minimo"),
    "coarse": ((">=", "min(np.arange(0, 1.01, 0.25), key=cost)"), "no_es_el_minimo"),
    "f1": (
        (
            ">=",
            "max(scores, key=lambda t: (y[scores >= t].sum()) / (y.sum() + (scores >= t).sum()))",
        ),
        "no_es_el_minimo",
    ),
    "nan": ((">=", "float('nan')"), "no_es_el_minimo"),
    "always some alarm": ((">=", "min(scores, key=cost)"), "no_es_el_minimo"),
}


bank.right("best_threshold", RIGHT_THRESHOLD, lambda pieces: THRESHOLD.format(*pieces))
bank.wrong("best_threshold", WRONG_THRESHOLD, lambda pieces: THRESHOLD.format(*pieces))


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
    "columns": SPLIT.format(
        **GOOD | {"answer": "train[:, None], val[:, None].astype(float), iter(test)"}
    ),
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
    "no seed": ({"seed": "None"}, "no_repetible"),
    "clock": ({"seed": "int(np.random.default_rng().integers(10**6))"}, "no_repetible"),
    "fixed seed": ({"seed": "42"}, "ignora_la_semilla"),
    "contiguous": (
        {"answer": "rows[:600], rows[600:800], rows[800:]"},
        "sin_barajar",
    ),
    "a number": ({"answer": "len(train)"}, "tipo_inesperado"),
    "nothing": ({"answer": "None, None, None"}, "falta_return"),
    "half positions": ({"answer": "train + 0.5, val, test"}, "no_son_filas"),
}


DEALT = """
import numpy as np
def three_parts(y, seed):  # each class in its order, from a place that depends on the seed
    part = np.empty(len(y), dtype=int)
    for label in (0, 1):
        rows = np.flatnonzero(y == label)
        place = (np.arange(len(rows)) + seed) {turn}
        part[rows] = np.searchsorted([3, 4], place, side="right")
    return [np.flatnonzero(part == k) for k in range(3)]
"""
ONE_SEED = SPLIT.format(**GOOD).replace("y[rest], random_state=seed", "y[rest]")
IN_ORDER = {
    "one split without a seed": (ONE_SEED, "no_repetible"),
    "sorted": (DEALT.format(turn="% len(rows) * 5 // len(rows)"), "sin_barajar"),
    "dealt": (DEALT.format(turn="% 5"), "sin_barajar"),
}
bank.right("three_parts", RIGHT_SPLIT)
bank.wrong("three_parts", IN_ORDER)
bank.wrong("three_parts", WRONG_SPLIT, lambda changes: SPLIT.format(**GOOD | changes))

# --- practice in the lesson ----------------------------------------------------------------------
bank.right(
    "baseline_accuracy",
    {"read": "0.5", "worked out": "max([500, 300, 200]) / 1000"},
    "baseline_accuracy = {}".format,
)
bank.wrong(
    "baseline_accuracy",
    {
        "blind": ("1 / 3", "a_ciegas"),
        "blind, rounded": ("0.33", "a_ciegas"),
        "proportional": ("0.25 + 0.09 + 0.04", "en_proporcion"),
        "rarest": ("0.2", "otra_clase"),
        "percent": ("50", "en_porcentaje"),
        "count": ("500", "en_porcentaje"),
        "other": ("0.9", "otro_numero"),
        "text": ("'0.5'", "tipo_inesperado"),
    },
    "baseline_accuracy = {}".format,
)
bank.right(
    "alarm_precision",
    {
        "counted": "80 / (80 + 495)",
        "rounded": "0.139",
        "from rates": "0.8 * 0.01 / (0.8 * 0.01 + 0.05 * 0.99)",
    },
    "alarm_precision = {}".format,
)
bank.wrong(
    "alarm_precision",
    {
        "recall": ("0.8", "es_la_sensibilidad"),
        "specificity": ("1 - 0.05", "es_la_especificidad"),
        "balanced": ("0.8 / 0.85", "olvida_la_prevalencia"),
        "alarms of all": ("80 / (80 + 500)", "alarmas_de_todos"),
        "false per hit": ("495 / 80", "falsas_por_buena"),
        "other": ("80 / 495", "otro_numero"),
        "printed": ("print(0.139)", "falta_return"),
    },
    "alarm_precision = {}".format,
)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()
