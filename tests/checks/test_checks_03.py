"""Lesson 03's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

from tests.checks.exercise_bank import Bank, verdict

bank = Bank("03")

NEEDED = "import math\nimport numpy as np\ndef trials_needed(p, q):\n    {}\n"
LOGS = "math.log(1 - p) / math.log(1 - q)"
RIGHT_NEEDED = {
    "ceil": f"return math.ceil({LOGS})",
    "while": "n = 1\n    while 1 - (1 - q) ** n < p:\n        n += 1\n    return n",
    "next": "return next(n for n in range(1, 10**6) if 1 - (1 - q) ** n >= p)",
    "numpy": "return np.ceil(np.log1p(-p) / np.log1p(-q))",
    "minus floor": f"return -int(-{LOGS} // 1)",
}
WRONG_NEEDED = {
    "sixty": ("return 60", "siempre_60"),
    "infinite": ("return math.inf", "no_es_finito"),
    "not a number": ("return float('nan') if p > q else 3", "no_es_finito"),
    "not rounded": (f"return {LOGS}", "no_redondea"),
    "floor": (f"return int({LOGS})", "redondea_hacia_abajo"),
    "round": (f"return round({LOGS})", "redondea_al_mas_cercano"),
    "plus one": (f"return int({LOGS}) + 1", "uno_de_mas"),
    "strict": (
        "n = 1\n    while 1 - (1 - q) ** n <= p:\n        n += 1\n    return n",
        "uno_de_mas",
    ),
    "swapped": ("return math.ceil(math.log(1 - q) / math.log(1 - p))", "p_y_q_cambiados"),
    "plain logs": ("return math.ceil(math.log(p) / math.log(q))", "olvida_el_complementario"),
    "division": ("return math.ceil(p / q)", "olvida_el_complementario"),
    "wild": ("return 7 + 100 * q", "otro_numero"),
    "printed": (f"print(math.ceil({LOGS}))", "falta_return"),
}


bank.right("trials_needed", RIGHT_NEEDED, NEEDED.format)
bank.wrong("trials_needed", WRONG_NEEDED, NEEDED.format)


SAMPLES = "import numpy as np\ndef log_uniform(low, high, n, rng):\n    {}\n"
RIGHT_SAMPLES = {
    "exp": "return np.exp(rng.uniform(np.log(low), np.log(high), n))",
    "powers of ten": "return 10 ** rng.uniform(np.log10(low), np.log10(high), size=n)",
    "ratio": "return low * (high / low) ** rng.random(n)",
    "list": "return [low * (high / low) ** rng.random() for _ in range(n)]",
    "scipy": """
    from scipy.stats import loguniform
    return loguniform(low, high).rvs(n, random_state=rng)""",
}
WRONG_SAMPLES = {
    "uniform": ("return rng.uniform(low, high, n)", "uniforme"),
    "one": ("return np.exp(rng.uniform(np.log(low), np.log(high)))", "tipo_inesperado"),
    "fewer": ("return np.exp(rng.uniform(np.log(low), np.log(high), 10))", "otra_cantidad"),
    "exponents": ("return rng.uniform(np.log(low), np.log(high), n)", "fuera_del_intervalo"),
    "no logs": ("return 10 ** rng.uniform(low, high, n)", "fuera_del_intervalo"),
    "two bases": ("return 10 ** rng.uniform(np.log(low), np.log(high), n)", "fuera_del_intervalo"),
    "whole exponents": (
        "a, b = np.ceil(np.log10(low)), np.floor(np.log10(high))\n"
        "    return 10.0 ** rng.integers(a, b + 1, n)",
        "solo_potencias",
    ),
    "grid": ("return np.geomspace(low, high, n)", "no_es_al_azar"),
    "shuffled grid": ("return rng.permutation(np.geomspace(low, high, n))", "no_es_al_azar"),
    "own rng": (
        "own = np.random.default_rng(0)\n    return low * (high / low) ** own.random(n)",
        "ignora_rng",
    ),
    "NumPy's own": (
        "return np.exp(np.random.uniform(np.log(low), np.log(high), n))",
        "no_repetible",
    ),
    "no rng": (
        "own = np.random.default_rng()\n    return low * (high / low) ** own.random(n)",
        "no_repetible",
    ),
    "normal": (
        "z = rng.normal(0.5, 0.15, n).clip(0, 1)\n    return low * (high / low) ** z",
        "otra_forma",
    ),
}


bank.right("log_uniform", RIGHT_SAMPLES, SAMPLES.format)
bank.wrong("log_uniform", WRONG_SAMPLES, SAMPLES.format)


SEARCH = """
import itertools
import math
import random
import numpy as np
def random_search(objective, space, n_trials, seed):
    rng = np.random.default_rng({seed})
    configs = {configs}
    scores = [objective(config) for config in configs]
    best = {best}
    return {answer}
"""
DRAWN = "{k: v[rng.integers(len(v))] for k, v in space.items()} for _ in range(n_trials)"
GOOD = {
    "seed": "seed",
    "configs": f"[{DRAWN}]",
    "best": "int(np.argmax(scores))",
    "answer": "configs[best], scores[best]",
}
RIGHT_SEARCHES = {
    "loop": SEARCH.format(**GOOD),
    "ParameterSampler": """
    from sklearn.model_selection import ParameterSampler
    def random_search(objective, space, n_trials, seed):
        tried = [(objective(c), c) for c in ParameterSampler(space, n_trials, random_state=seed)]
        score, config = max(tried, key=lambda pair: pair[0])
        return [config, score]
    """,
    "choice of NumPy": SEARCH.format(
        **GOOD
        | {"configs": "[{k: rng.choice(v) for k, v in space.items()} for _ in range(n_trials)]"}
    ),
    "rows of a table": """
    import numpy as np
    import pandas as pd
    def random_search(objective, space, n_trials, seed):
        rng = np.random.default_rng(seed)
        table = pd.DataFrame({name: rng.choice(values, n_trials) for name, values in space.items()})
        table["score"] = [objective(dict(row)) for _, row in table.iterrows()]
        best = table.loc[table["score"].idxmax()]
        return best.drop("score").to_dict(), best["score"]
    """,
    "global seed": """
    import random
    def random_search(objective, space, n_trials, seed):
        random.seed(seed)
        best = None
        for _ in range(n_trials):
            config = {name: random.choice(values) for name, values in space.items()}
            score = objective(config)
            if best is None or score > best[1]:
                best = (config, score)
        return best
    """,
}
SHARED = """[dict(zip(space, row)) for row in rng.permuted(list(zip(*space.values())), axis=0)
               for _ in range(15)][:n_trials]"""
WRONG_SEARCHES = {
    "one more": (
        {"answer": "configs[best], objective(configs[best])"},
        "otro_numero_de_evaluaciones",
    ),
    "only the score": ({"answer": "scores[best]"}, "no_devuelve_la_pareja"),
    "other order": ({"answer": "scores[best], configs[best]"}, "no_devuelve_la_pareja"),
    "last": ({"best": "-1"}, "se_queda_con_el_ultimo"),
    "minimum": ({"best": "int(np.argmin(scores))"}, "minimiza"),
    "starts at 99": ({"answer": "configs[best], max(99, *scores)"}, "no_es_el_mejor"),
    "other config": ({"answer": "configs[best - 1], scores[best]"}, "configuracion_de_otro"),
    "grid": (
        {
            "configs": "[dict(zip(space, row)) for row in itertools.product(*space.values())]"
            "[:n_trials]"
        },
        "es_una_cuadricula",
    ),
    "one position": (
        {
            "configs": "[{k: v[i] for k, v in space.items()}"
            " for i in rng.integers(6, size=n_trials)]"
        },
        "indice_compartido",
    ),
    "never the last": (
        {"configs": f"[{DRAWN}]".replace("len(v)", "len(v) - 1")},
        "no_todo_sale",
    ),
    "no seed": ({"seed": ""}, "no_repetible"),
    "fixed seed": ({"seed": "42"}, "ignora_la_semilla"),
    "nothing": ({"answer": "None"}, "falta_return"),
}


bank.right("random_search", RIGHT_SEARCHES)
bank.wrong("random_search", WRONG_SEARCHES, lambda changes: SEARCH.format(**GOOD | changes))

# --- practice in the lesson ----------------------------------------------------------------------
bank.right(
    "distinct_models",
    {"counted": "16", "worked out": "4 ** 2", "float": "16.0"},
    "distinct_models = {}".format,
)
bank.wrong(
    "distinct_models",
    {
        "all": ("4 ** 5", "cuenta_los_intentos"),
        "the inert ones": ("4 ** 3", "cuenta_los_inertes"),
        "sum": ("4 + 4", "suma_en_vez_de_multiplicar"),
        "other": ("1000", "otro_numero"),
        "text": ("'16'", "tipo_inesperado"),
    },
    "distinct_models = {}".format,
)
bank.right(
    "n_trials",
    {"counted": "114", "formula": "__import__('math').ceil(113.97)"},
    "n_trials = {}".format,
)
bank.wrong(
    "n_trials",
    {
        "not rounded": ("np.log(0.10) / np.log(0.98)", "no_redondea"),
        "floor": ("113", "redondea_hacia_abajo"),
        "sixty": ("60", "los_de_siempre"),
        "best 5 %": ("45", "otra_parte"),
        "swapped": ("1", "p_y_q_cambiados"),
        "other": ("1000", "otro_numero"),
        "printed": ("print(114)", "falta_return"),
    },
    "import numpy as np\nn_trials = {}".format,
)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()


def test_an_endless_search_is_stopped() -> None:
    code = """
    def random_search(objective, space, n_trials, seed):
        while True:
            objective({name: values[0] for name, values in space.items()})
    """
    assert verdict("random_search", code).state == "fallo"
