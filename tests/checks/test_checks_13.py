"""Lesson 13's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils._draws import lesson_13 as drawn
from tests.checks.exercise_bank import Bank

pytestmark = pytest.mark.slow

bank = Bank("13")

# --- hypervolume ---------------------------------------------------------------------------------
AREA = """
import numpy as np
def hypervolume(accuracy, seconds, worst_accuracy, worst_seconds):
    points = sorted(zip(seconds, accuracy))
    inside = [(s, a) for s, a in points if a > worst_accuracy and s < worst_seconds]
    area, height = 0.0, worst_accuracy
    {}
    return area
"""
RIGHT_AREA = {
    "steps": (
        "for s, a in inside:\n        if a > height:\n"
        "            area += (a - height) * (worst_seconds - s)\n            height = a"
    ),
    "front first": (
        "front = [(s, a) for s, a in inside if not any(b > a and t <= s for t, b in inside)]\n"
        "    for s, a in front:\n        area += max(a - height, 0) * (worst_seconds - s)\n"
        "        height = max(height, a)"
    ),
    "by width": (
        "ends = [s for s, _ in inside[1:]] + [worst_seconds]\n    top = worst_accuracy\n"
        "    for (s, a), end in zip(inside, ends):\n        top = max(top, a)\n"
        "        area += (top - worst_accuracy) * (end - s)"
    ),
    "from above": (
        "for level in sorted({a for _, a in inside}):\n"
        "        first = min(s for s, a in inside if a >= level)\n"
        "        area += (level - height) * (worst_seconds - first)\n        height = level"
    ),
}
STEP = (
    "if a > height:\n            area += (a - height) * (worst_seconds - s)\n            height = a"
)
WRONG_AREA = {
    "sum": (
        "for s, a in inside:\n        area += (a - worst_accuracy) * (worst_seconds - s)",
        "suma_los_rectangulos",
    ),
    "sum of the front": (
        "for s, a in inside:\n        if a > height:\n"
        "            area += (a - worst_accuracy) * (worst_seconds - s)\n            height = a",
        "suma_los_rectangulos",
    ),
    "sum of all": (
        "for s, a in points:\n        area += (a - worst_accuracy) * (worst_seconds - s)",
        "suma_los_rectangulos",
    ),
    "largest": (
        "for s, a in inside:\n        area = max(area, (a - worst_accuracy) * (worst_seconds - s))",
        "solo_el_mejor",
    ),
    "most accurate": (
        "if inside:\n        s, a = max(inside, key=lambda point: point[1])\n"
        "        area = (a - worst_accuracy) * (worst_seconds - s)",
        "solo_el_mejor",
    ),
    "box": (
        "if inside:\n        area = (max(a for _, a in inside) - worst_accuracy)\n"
        "        area *= worst_seconds - min(s for s, _ in inside)",
        "la_caja_ideal",
    ),
    "outside too": (f"for s, a in points:\n        {STEP}", "cuenta_los_de_fuera"),
    "mirrored": (
        "points = sorted((worst_seconds - abs(worst_seconds - s), a) for s, a in points)\n"
        f"    for s, a in points:\n        {STEP}",
        "recorta_los_de_fuera",
    ),
    "next width": (
        "front = [(s, a) for s, a in inside if not any(b > a and t <= s for t, b in inside)]\n"
        "    ends = [s for s, _ in front[1:]] + [worst_seconds]\n"
        "    for (s, a), end in zip(front, ends):\n"
        "        area += (a - height) * (worst_seconds - end)\n        height = a",
        "debajo_de_cada_escalon",
    ),
    "slowest first": (f"for s, a in inside[::-1]:\n        {STEP}", "otra_area"),
    "from zero": (
        "height = 0\n    for s, a in inside:\n        " + STEP,
        "otra_area",
    ),
    "whole clock": (
        "for s, a in inside:\n        if a > height:\n"
        "            area += (a - height) * worst_seconds\n            height = a",
        "otra_area",
    ),
    "no return": ("return None", "falta_return"),
    "a text": ("return 'grande'", "tipo_inesperado"),
}
bank.right("hypervolume", RIGHT_AREA, AREA.format)
bank.wrong("hypervolume", WRONG_AREA, AREA.format)

# --- mean_ranks ----------------------------------------------------------------------------------
RANKS = """
import numpy as np
import pandas as pd
from scipy.stats import rankdata
def mean_ranks(scores):
    table = np.array(scores)
    return {}
"""
RIGHT_RANKS = {
    "scipy": "rankdata(-table, axis=1).mean(axis=0)",
    "pandas": "pd.DataFrame(scores).rank(axis=1, ascending=False).mean()",
    "counted": (
        "[np.mean([1 + sum(o > row[j] for o in row) + (sum(o == row[j] for o in row) - 1) / 2"
        " for row in scores]) for j in range(len(scores[0]))]"
    ),
    "turned": "(table.shape[1] + 1 - rankdata(table, axis=1)).mean(axis=0).tolist()",
}
WRONG_RANKS = {
    "worst is 1": ("rankdata(table, axis=1).mean(axis=0)", "al_reves"),
    "from zero": ("(rankdata(-table, axis=1) - 1).mean(axis=0)", "empieza_en_cero"),
    "argsort of argsort": (
        "np.argsort(np.argsort(-table, axis=1, kind='stable'), axis=1).mean(axis=0)",
        "empieza_en_cero",
    ),
    "smallest": ("rankdata(-table, axis=1, method='min').mean(axis=0)", "empates_sin_repartir"),
    "largest": ("rankdata(-table, axis=1, method='max').mean(axis=0)", "empates_sin_repartir"),
    "dense": ("rankdata(-table, axis=1, method='dense').mean(axis=0)", "empates_sin_repartir"),
    "in order": ("rankdata(-table, axis=1, method='ordinal').mean(axis=0)", "empates_sin_repartir"),
    "of the means": ("rankdata(-table.mean(axis=0))", "rango_de_la_media"),
    "down the columns": ("rankdata(-table, axis=0).mean(axis=0)", "por_columnas"),
    "of data sets": ("rankdata(-table, axis=1).mean(axis=1)", "por_columnas"),
    "means": ("table.mean(axis=0)", "la_media"),
    "sums": ("rankdata(-table, axis=1).sum(axis=0)", "otros_rangos"),
    "medians": ("np.median(rankdata(-table, axis=1), axis=0) + 0.01", "otros_rangos"),
    "first row": ("rankdata(-table[0])", "otros_rangos"),
    "nothing": ("None", "falta_return"),
    "a text": ("'el primero'", "tipo_inesperado"),
}
bank.right("mean_ranks", RIGHT_RANKS, RANKS.format)
bank.wrong("mean_ranks", WRONG_RANKS, RANKS.format)

# --- project -------------------------------------------------------------------------------------
PROJECT = """
import numpy as np
BASE = {{"C": 1.0, "gamma": 0.5}}
def draw(rng):
    return {{"C": 10 ** rng.uniform(-2, 2), "gamma": 10 ** rng.uniform(-3, 2)}}
def project(cv_score, held_out, n_trials):
    rng = np.random.default_rng(5)
    configs = [BASE] + [draw(rng) for _ in range(n_trials - 1)]
    {}
"""
SEARCH = "scores = [cv_score(c) for c in configs]\n    best = configs[int(np.argmax(scores))]\n    "
GRID = (
    "configs = [BASE] + [{'C': c, 'gamma': g} for c in (0.1, 10.0, 100.0)"
    " for g in np.logspace(-2, 2, 7)]\n    " + SEARCH
)
OPTUNA = """
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
def project(cv_score, held_out, n_trials):
    def objective(trial):
        config = {"C": trial.suggest_float("C", 0.01, 100, log=True),
                  "gamma": trial.suggest_float("gamma", 0.001, 100, log=True)}
        return cv_score(config)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=1))
    study.enqueue_trial({"C": 1.0, "gamma": 0.5})
    study.optimize(objective, n_trials=n_trials)
    return study.best_params, held_out(study.best_params)
"""
RIGHT_PROJECT = {
    "random": PROJECT.format(SEARCH + "return best, held_out(best)"),
    "grid": PROJECT.format(GRID + "return best, round(held_out(best), 3)"),
    "a list": PROJECT.format(SEARCH + "return [best, held_out(best)]"),
    "optuna": OPTUNA,
}
WRONG_PROJECT = {
    "validation": (SEARCH + "return best, max(scores)", "no_abre_la_prueba"),
    "both": (SEARCH + "held_out(best)\n    return best, max(scores)", "entrega_la_validacion"),
    "invented": (SEARCH + "held_out(best)\n    return best, 0.999", "otra_cifra"),
    "looks at three": (
        "configs = sorted(configs, key=cv_score)[-3:]\n    best = max(configs, key=held_out)\n"
        "    return best, held_out(best)",
        "mira_varias_veces",
    ),
    "chooses on the test": (
        SEARCH + "best = max(configs, key=held_out)\n    return best, held_out(best)",
        "mira_varias_veces",
    ),
    "twice": (
        SEARCH + "configs.remove(best)\n    [cv_score(c) for c in configs]\n"
        "    return best, held_out(best)",
        "pasa_el_presupuesto",
    ),
    "one more": (
        "configs = configs + [draw(rng)]\n    " + SEARCH + "return best, held_out(best)",
        "pasa_el_presupuesto",
    ),
    "base only": (
        "configs = [BASE]\n    " + SEARCH + "return best, held_out(best)",
        "no_busca",
    ),
    "the same one": (
        "configs = [BASE] * n_trials\n    " + SEARCH + "return best, held_out(best)",
        "no_busca",
    ),
    "no base": (
        "configs = configs[1:]\n    " + SEARCH + "return best, held_out(best)",
        "sin_linea_base",
        0.5,
    ),
    "another opened": (SEARCH + "return best, held_out(BASE)", "abre_otra"),
    "the last": (
        SEARCH + "last = min(configs, key=lambda c: scores[configs.index(c)])\n"
        "    return last, held_out(last)",
        "no_elige_la_mejor",
    ),
    "never evaluated": (
        SEARCH + "best = {'C': 30.0, 'gamma': 20.5}\n    return best, held_out(best)",
        "no_elige_la_mejor",
    ),
    "a corner": (
        "configs = [BASE] + [{'C': 0.01, 'gamma': 0.001 + k / 1e5} for k in range(20)]\n    "
        + SEARCH
        + "return best, held_out(best)",
        "no_supera_la_base",
        0.5,
    ),
    "score first": (SEARCH + "return held_out(best), best", "devuelve_otra_cosa"),
    "config alone": (SEARCH + "held_out(best)\n    return best", "devuelve_otra_cosa"),
    "nothing": (SEARCH + "held_out(best)", "falta_return"),
}
bank.right("project", RIGHT_PROJECT)
bank.wrong("project", WRONG_PROJECT, PROJECT.format)

# --- practice in the lesson ----------------------------------------------------------------------
bank.right("friedman_blocks", {"six": "friedman_blocks = 6", "worked out": "friedman_blocks = 6.0"})
bank.wrong(
    "friedman_blocks",
    {
        "tables": ("8", "cuenta_tablas"),
        "seeds": ("60", "cuenta_semillas"),
        "all": ("400", "cuenta_semillas"),
        "searchers": ("5", "cuenta_metodos"),
        "something": ("7", "otro_numero"),
    },
    "friedman_blocks = {}".format,
)
bank.right("interactions", {"rest": "interactions = 1 - 0.5 - 0.2 - 0.1"})
bank.wrong(
    "interactions",
    {
        "sum": ("0.5 + 0.2 + 0.1", "olvida_restar"),
        "product": ("0.5 * 0.2 * 0.1", "multiplica"),
        "half": ("0.5", "otro_numero"),
    },
    "interactions = {}".format,
)

test_right_answers_pass, test_wrong_answers_meet_their_message, test_every_message_is_met = (
    bank.tests()
)


def test_the_baseline_leaves_something_to_gain_on_every_data_set():
    for seed in range(20):
        for hidden in drawn.projects(seed):
            base = hidden.held_out(**drawn.BASELINE)
            assert hidden.held_out(C=30.0, gamma=10.0) > base + 0.1


def test_a_log_uniform_search_finds_it_under_every_seed():
    won = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        for hidden in drawn.projects(seed):
            tried = [
                {"C": float(10 ** rng.uniform(-2, 2)), "gamma": float(10 ** rng.uniform(-3, 2))}
                for _ in range(drawn.N_TRIALS - 1)
            ]
            best = max(tried, key=lambda config: hidden.cv(**config))
            won += hidden.held_out(**best) > hidden.held_out(**drawn.BASELINE) + 0.05
    assert won >= 38  # of 40
