"""Lesson 04's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import pytest

from tests.checks.exercise_bank import Bank

pytest.importorskip("hyperopt")

bank = Bank("04")

SPACE = """
import numpy as np
from hyperopt import hp
from hyperopt.pyll import scope
forest_space = {{
    "criterion": {criterion},
    "max_depth": {depth},
    "max_features": {features},
    "min_samples_leaf": {leaf},
    "min_samples_split": {split},
    "n_estimators": {trees},
}}
"""
GOOD = {
    "criterion": 'hp.choice("criterion", ["entropy", "gini"])',
    "depth": 'scope.int(hp.quniform("max_depth", 10, 1200, 10))',
    "features": 'hp.choice("max_features", ["sqrt", "log2", None])',
    "leaf": 'hp.uniform("min_samples_leaf", 0.001, 0.5)',
    "split": 'hp.uniform("min_samples_split", 0.001, 1)',
    "trees": 'hp.choice("n_estimators", [10, 50, 300, 750, 1200])',
}
RIGHT_SPACES = {
    "least change": {},
    "whole rows": {
        "leaf": 'scope.int(hp.qloguniform("min_samples_leaf", 0, np.log(50), 1))',
        "split": 'hp.uniformint("min_samples_split", 2, 60)',
        "trees": 'scope.int(hp.quniform("n_estimators", 10, 1200, 10))',
    },
    "lists": {
        "depth": 'hp.choice("max_depth", [None, *range(10, 1200, 10)])',
        "leaf": 'hp.quniform("min_samples_leaf", 0.05, 0.45, 0.05)',
        "features": 'hp.choice("max_features", ["sqrt", "log2", 0.5, 3])',
    },
}
A_NAME_LESS = SPACE.format(**GOOD) + 'del forest_space["criterion"]\n'
WRONG_SPACES = {
    "float depth": (
        {"depth": 'hp.quniform("max_depth", 10, 1200, 10)'},
        "decimal_donde_va_un_entero",
    ),
    "float trees": (
        {"trees": 'hp.quniform("n_estimators", 10, 1200, 10)'},
        "decimal_donde_va_un_entero",
    ),
    "auto": (
        {"features": 'hp.choice("max_features", ["auto", "sqrt", "log2", None])'},
        "auto_ya_no_existe",
    ),
    "zero leaf": ({"leaf": 'hp.quniform("min_samples_leaf", 0, 0.5, 0.05)'}, "cero_no_vale"),
    "rounded to zero": (
        {"split": 'hp.quniform("min_samples_split", 0.01, 1, 0.05)'},
        "cero_no_vale",
    ),
    "zero depth": (
        {"depth": 'scope.int(hp.quniform("max_depth", 0, 30, 2))'},
        "cero_no_vale",
    ),
    "above one": ({"split": 'hp.uniform("min_samples_split", 0.001, 1.5)'}, "valor_no_valido"),
    "one row": ({"split": 'hp.uniformint("min_samples_split", 1, 20)'}, "valor_no_valido"),
    "criterion": ({"criterion": 'hp.choice("criterion", ["mse", "gini"])'}, "valor_no_valido"),
    "constant": ({"depth": "100"}, "espacio_encogido"),
    "few": ({"leaf": 'hp.choice("leaf", [0.01, 0.1])'}, "espacio_encogido"),
}


bank.right("forest_space", RIGHT_SPACES, lambda changes: SPACE.format(**GOOD | changes))
bank.wrong("forest_space", WRONG_SPACES, lambda changes: SPACE.format(**GOOD | changes))
bank.wrong("forest_space", {"empty": ("forest_space = {}", "faltan_hiperparametros")})
bank.wrong("forest_space", {"a name less": (A_NAME_LESS, "faltan_hiperparametros")})


RIGHT_DECODE = {
    "space_eval": "from hyperopt import space_eval\ndecode = lambda *both: space_eval(*both)",
    "by node": """
    from hyperopt import space_eval
    def decode(space, best):
        return {name: space_eval(node, {name: best[name]}) for name, node in space.items()}
    """,
    "by hand": """
    def decode(space, best):
        params = {}
        for name, node in space.items():
            if node.name == "switch":
                params[name] = node.pos_args[1 + int(best[name])].obj
            else:
                params[name] = int(best[name]) if node.name == "int" else float(best[name])
        return params
    """,
}
TABLE = """
TABLES = {
    "criterion": ["entropy", "gini", "log_loss"],
    "max_features": ["sqrt", "log2", None, 0.5],
    "n_estimators": [10, 50, 300, 750, 1200],
}
def decode(space, best):
    params = dict(best, max_depth=int(best["max_depth"]))
    for name, table in TABLES.items():
        params[name] = table[best[name]]
    return params
"""
WRONG_DECODE = {
    "as it is": ("def decode(space, best): return best", "indices_sin_traducir"),
    "whole numbers": (
        "def decode(space, best): return {k: int(v) if v >= 1 else v for k, v in best.items()}",
        "indices_sin_traducir",
    ),
    "own tables": (TABLE, "tabla_fija"),
    "own tables, float": (TABLE.replace("int(best", "float(best"), "tabla_fija"),
    "float depth": (
        "from hyperopt import space_eval\n"
        "def decode(space, best):\n"
        "    return space_eval(space, best) | {'max_depth': best['max_depth']}",
        "profundidad_decimal",
    ),
    "some": (
        "from hyperopt import space_eval\n"
        "def decode(space, best):\n"
        "    return {'criterion': space_eval(space, best)['criterion']}",
        "faltan_hiperparametros",
    ),
    "sample": (
        "from hyperopt.pyll.stochastic import sample\nimport numpy as np\n"
        "decode = lambda space, best: sample(space, rng=np.random.default_rng(0))",
        "otro_valor",
    ),
    "nothing": ("def decode(space, best): print(best)", "falta_return"),
}


bank.right("decode", RIGHT_DECODE)
bank.wrong("decode", WRONG_DECODE)


P = "from scipy.stats import binomtest, chi2\ndef best_case_p(a, b):\n    {}\n"
RIGHT_P = {
    "formula": "return min(1.0, 2 * 0.5 ** abs(a - b))",
    "binomtest": "return binomtest(max(0, a - b), abs(a - b)).pvalue if a != b else 1",
    "shift": "return 1 if a == b else 2 / (1 << abs(a - b))",
}
WRONG_P = {
    "one tail": ("return 0.5 ** abs(a - b)", "una_cola"),
    "above one": ("return 2 * 0.5 ** abs(a - b)", "mayor_que_uno"),
    "sign": ("return min(1.0, 2 * 0.5 ** (a - b))", "olvida_el_signo"),
    "all": ("return binomtest(a, a + b).pvalue", "usa_todos_los_aciertos"),
    "chi square": (
        "return chi2.sf((a - b) ** 2 / abs(a - b), 1) if a != b else 1.0",
        "aproximacion",
    ),
    "wild": ("return 0.0625", "otro_numero"),
    "squared": ("return min(1.0, 2 * 0.5 ** (a - b) ** 2)", "otro_numero"),
    "nothing": ("min(1.0, 2 * 0.5 ** abs(a - b))", "falta_return"),
}


bank.right("best_case_p", RIGHT_P, P.format)
bank.wrong("best_case_p", WRONG_P, P.format)
bank.right(
    "learned_trials",
    {"number": "30", "sum": "50 - 20", "float": "30.0"},
    "learned_trials = {}".format,
)
bank.wrong(
    "learned_trials",
    {
        "all": ("50", "cuenta_el_arranque"),
        "the start": ("20", "da_el_arranque"),
        "Optuna's start": ("40", "otro_numero"),
        "words": ('"treinta"', "tipo_inesperado"),
    },
    "learned_trials = {}".format,
)
bank.right(
    "total_evals",
    {"number": "42", "sum": "12 + 30", "float": "42.0"},
    "total_evals = {}".format,
)
bank.wrong(
    "total_evals",
    {
        "new ones": ("30", "solo_los_nuevos"),
        "the rest": ("18", "resta_los_hechos"),
        "those there": ("12", "otro_numero"),
        "words": ('"42"', "tipo_inesperado"),
    },
    "total_evals = {}".format,
)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()


def test_the_judge_agrees_with_scikit_learn() -> None:
    from sklearn.datasets import load_iris
    from sklearn.ensemble import RandomForestClassifier

    from course_utils._judges.lesson_04 import _refused

    X, y = load_iris(return_X_y=True)
    values = [None, 0, 1, 2, 3, 0.0, 0.3, 1.0, 2.0, 1.5, -1, -0.5, "sqrt", "auto", "gini", "mse"]
    for name in ("criterion", "max_depth", "max_features", "min_samples_leaf", "min_samples_split"):
        for value in values:
            try:
                RandomForestClassifier(1, **{name: value}).fit(X, y)
                accepted = True
            except (ValueError, TypeError):
                accepted = False
            assert accepted == (_refused(name, value) is None), (name, value)
