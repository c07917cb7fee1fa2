"""Lesson 02's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

from tests.checks.exercise_bank import Bank

bank = Bank("02")

COMBOS = {
    "itertools": """
        from itertools import product
        def n_combos(space, cv):
            return sum(1 for _ in product(*space.values())) * cv
    """,
    "scikit-learn": """
        from sklearn.model_selection import ParameterGrid
        def n_combos(space, cv):
            return cv * len(ParameterGrid(space))
    """,
    "numpy": """
        import numpy as np
        n_combos = lambda space, cv: np.prod([len(v) for v in space.values()]) * cv
    """,
    "a fraction": """
        from fractions import Fraction
        from math import prod
        n_combos = lambda space, cv: Fraction(prod(map(len, space.values())) * cv)
    """,
    "a tensor": """
        import keras
        def n_combos(space, cv):
            return keras.ops.prod(keras.ops.array([cv, *map(len, space.values())]))
    """,
    "a float": """
        import math
        def n_combos(space, cv):
            print("probando", space)
            return float(cv * math.prod(map(len, space.values())))
    """,
}
WRONG_COMBOS = {
    "sum": ("return sum(len(v) for v in space.values()) * cv", "suma_en_vez_de_multiplicar"),
    "sum, no cv": ("return sum(len(v) for v in space.values())", "suma_en_vez_de_multiplicar"),
    "no cv": ("return math.prod(map(len, space.values()))", "olvida_cv"),
    "names": ("return len(space) * cv", "cuenta_hiperparametros"),
    "power": (
        "return len(list(space.values())[0]) ** len(space) * cv",
        "todos_con_los_mismos_valores",
    ),
    "refit": ("return math.prod(map(len, space.values())) * cv + 1", "cuenta_el_reentrenamiento"),
    "cv each": ("return math.prod(len(v) * cv for v in space.values())", "cv_por_hiperparametro"),
    "constant": ("return 12500", "otro_numero"),
    "text": ("return str(math.prod(map(len, space.values())) * cv)", "tipo_inesperado"),
    "no return": ("math.prod(map(len, space.values())) * cv", "falta_return"),
    "printed": ("print(math.prod(map(len, space.values())) * cv)", "falta_return"),
    "a generator": ("return (x for x in [cv])", "tipo_inesperado"),
    "popped": (
        "total = cv\n    while space:\n        total *= len(space.popitem()[1])\n    return total",
        "modifica_argumentos",
    ),
}


bank.right("n_combos", COMBOS)
bank.wrong("n_combos", WRONG_COMBOS, "import math\ndef n_combos(space, cv):\n    {}\n".format)


INERT = """
import numpy as np
from sklearn.base import clone
def is_inert(model, name, values, X, y):
    answers = [clone(model).set_params(**{{name: v}}).fit(X, y).{what} for v in {values}]
    return {result}
"""
SAME = "all(np.array_equal(answers[0], other) for other in answers)"
RIGHT_INERT = {
    "predict_proba": {"what": "predict_proba(X)", "values": "values", "result": SAME},
    "bytes": {
        "what": "predict_proba(X).tobytes()",
        "values": "values",
        "result": "len(set(answers)) == 1",
    },
    "numpy bool": {
        "what": "predict_proba(X)",
        "values": "values",
        "result": "(np.ptp(answers, axis=0) == 0).all()",
    },
}
WRONG_INERT = {
    "score": ({"what": "score(X, y)", "values": "values", "result": SAME}, "compara_aciertos"),
    "ends": (
        {"what": "predict_proba(X)", "values": "[values[0], values[-1]]", "result": SAME},
        "mira_solo_los_extremos",
    ),
    "always": (
        {"what": "predict(X)", "values": "values", "result": "True"},
        "siempre_la_misma_respuesta",
    ),
    "reversed": (
        {"what": "predict_proba(X)", "values": "values", "result": f"not {SAME}"},
        "al_reves",
    ),
    "one value": (
        {"what": "predict_proba(X)", "values": "values", "result": f"len(values) > 1 and {SAME}"},
        "un_solo_valor",
    ),
    "only the labels": (
        {"what": "predict(X)", "values": "values", "result": SAME},
        "compara_aciertos",
    ),
    "rounded": (
        {"what": "predict_proba(X).mean()", "values": "values", "result": "np.ptp(answers) < 0.2"},
        "siempre_la_misma_respuesta",
    ),
    "nearly the same": (
        {
            "what": "predict_proba(X)",
            "values": "values",
            "result": "all(abs(other - answers[0]).mean() < 0.1 for other in answers)",
        },
        "cree_que_es_inerte",
    ),
}
WRONG_INERT |= {
    "first rows": (
        {"what": "predict_proba(X[:5])", "values": "values", "result": SAME},
        "cree_que_es_inerte",
    ),
    "some rows": (
        {"what": "predict_proba(X[::10])", "values": "values", "result": SAME},
        "cree_que_es_inerte",
    ),
    "leaves": (
        {"what": "get_n_leaves()", "values": "values", "result": "len(set(answers)) == 1"},
        "mira_la_forma",
    ),
    "splits": ({"what": "apply(X)", "values": "values", "result": SAME}, "mira_la_forma"),
}
GOOD_INERT = INERT.format(**RIGHT_INERT["predict_proba"])
CHANGED_INERT = {
    "no common seed": (
        GOOD_INERT.replace("{name: v}", "{name: v, 'random_state': None}"),
        "no_lo_ve",
    ),
    "in the given model": (GOOD_INERT.replace("clone(model)", "model"), "modifica_argumentos"),
}


bank.right("is_inert", RIGHT_INERT, lambda options: INERT.format(**options))
bank.wrong("is_inert", WRONG_INERT, lambda options: INERT.format(**options))
bank.wrong("is_inert", CHANGED_INERT)


DISTINCT = """
import math
from itertools import product
def n_distinct(grid, n_columns):
    columns = {columns}
    return len({{
        (columns[rule], leaf, {split})
        for rule, leaf, split in product(
            grid["max_features"], grid["min_samples_leaf"], grid["min_samples_split"])
    }})
"""
COLUMNS = '{"sqrt": int(math.sqrt(n_columns)), "log2": int(math.log2(n_columns)), None: n_columns}'
NAMES = '{"sqrt": "sqrt", "log2": "log2", None: None}'
ROUNDED = COLUMNS.replace("int", "round")
RIGHT_DISTINCT = {
    "set": DISTINCT.format(columns=COLUMNS, split="max(split, 2 * leaf)"),
    "bits": DISTINCT.format(
        columns=COLUMNS.replace("int(math.log2(n_columns))", "n_columns.bit_length() - 1"),
        split="split if split > 2 * leaf else 'inerte'",
    ),
    "product of two counts": """
        from sklearn.model_selection import ParameterGrid
        import numpy as np
        def n_distinct(grid, n_columns):
            rules = {"sqrt": np.floor(n_columns ** 0.5), "log2": np.floor(np.log2(n_columns))}
            pairs = ParameterGrid({k: v for k, v in grid.items() if k != "max_features"})
            a = {rules.get(rule, n_columns) for rule in grid["max_features"]}
            b = {(p["min_samples_leaf"], max(p["min_samples_split"], 2 * p["min_samples_leaf"]))
                 for p in pairs}
            return len(a) * len(b)
    """,
}
WRONG_DISTINCT = {
    "names": ({"columns": NAMES, "split": "split"}, "cuenta_nombres"),
    "rules": ({"columns": NAMES, "split": "max(split, 2 * leaf)"}, "olvida_max_features"),
    "split": ({"columns": COLUMNS, "split": "split"}, "olvida_la_division_inerte"),
    "rounds": ({"columns": ROUNDED, "split": "max(split, 2 * leaf)"}, "redondea"),
    "leaf": ({"columns": COLUMNS, "split": "max(split, leaf)"}, "limite_por_la_hoja"),
    "rounds up": (
        {"columns": COLUMNS.replace("int", "math.ceil"), "split": "max(split, 2 * leaf)"},
        "otro_numero",
    ),
    "decimals": (
        {"columns": COLUMNS.replace("int", "float"), "split": "max(split, 2 * leaf)"},
        "otro_numero",
    ),
    "off by one": ({"columns": COLUMNS, "split": "max(split, 2 * leaf + 1)"}, "otro_numero"),
}


bank.right("n_distinct", RIGHT_DISTINCT)
bank.wrong("n_distinct", WRONG_DISTINCT, lambda options: DISTINCT.format(**options))


# --- practice in the lesson ----------------------------------------------------------------------
bank.right(
    "total_fits", {"counted": "121", "worked out": "6 * 4 * 5 + 1"}, "total_fits = {}".format
)
bank.wrong(
    "total_fits",
    {
        "no refit": ("6 * 4 * 5", "olvida_el_reentrenamiento"),
        "no cv": ("6 * 4", "olvida_cv"),
        "no cv, refit": ("25", "olvida_cv"),
        "sum": ("(6 + 4) * 5 + 1", "suma_en_vez_de_multiplicar"),
        "other": ("13", "otro_numero"),
        "text": ("'121'", "tipo_inesperado"),
        "printed": ("print(121)", "falta_return"),
    },
    "total_fits = {}".format,
)
bank.right(
    "wider_C",
    {
        "on the old ones": "[0.1, 1, 10, 100]",
        "around the best": "[1, 10, 100]",
        "finer, in any order": "(31.6, 10, 100, 3.16)",
        "numpy": "__import__('numpy').logspace(-1, 3, 5)",
    },
    "wider_C = {}".format,
)
bank.wrong(
    "wider_C",
    {
        "new ones only": ("[100, 1000]", "pierde_al_mejor"),
        "none": ("[]", "pierde_al_mejor"),
        "downwards": ("[0.001, 0.01, 0.1, 1, 10]", "sigue_en_el_borde"),
        "upwards only": ("[10, 100, 1000]", "abre_otro_borde"),
        "equal differences": ("[5, 10, 15, 20]", "pasos_desiguales"),
        "zero": ("[0, 10, 20]", "pasos_desiguales"),
        "twice": ("[1, 10, 10, 100]", "pasos_desiguales"),
        "a number": ("100", "tipo_inesperado"),
    },
    "wider_C = {}".format,
)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()
