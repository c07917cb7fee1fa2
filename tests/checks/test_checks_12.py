"""Lesson 12's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ks_2samp

from course_utils._draws import lesson_12 as drawn
from tests.checks.exercise_bank import Bank

bank = Bank("12")

# --- to_rerun ------------------------------------------------------------------------------------
RERUN = """
def to_rerun(links, changed):
    found = set(changed)
    {body}
    return {answer}
"""
LOOP = """for _ in links:
        found |= {name for name, inputs in links.items() if found & set(inputs)}"""
RIGHT_RERUN = {
    "as often as there are steps": RERUN.format(body=LOOP, answer="sorted(found)"),
    "recursive": """
    def to_rerun(links, changed):
        def stale(step):
            return step in changed or any(map(stale, links.get(step, [])))
        return sorted(step for step in links if stale(step))
    """,
    "a queue": """
    def to_rerun(links, changed):
        todo, done = list(changed), []
        while todo:
            step = todo.pop()
            if step not in done:
                done.append(step)
                todo += [name for name in links if step in links[name]]
        return tuple(sorted(done))
    """,
}
WRONG_RERUN = {
    "the changed": ("pass", "sorted(found)", "solo_los_cambiados"),
    "without the changed": (LOOP, "sorted(found - set(changed))", "olvida_los_cambiados"),
    "neighbours": (
        "found |= {name for name, inputs in links.items() if found & set(inputs)}",
        "sorted(found)",
        "un_solo_salto",
    ),
    "upstream": (
        "for _ in links: found |= {a for n in found for a in links.get(n, [])}",
        "sorted(found & set(links))",
        "rio_arriba",
    ),
    "all": ("pass", "sorted(links)", "todos"),
    "backwards": (LOOP, "sorted(found, reverse=True)", "sin_ordenar"),
    "one missing": (LOOP, "sorted(found)[1:]", "otros_pasos"),
    "with the data": (LOOP, "sorted(found | {'datos'})", "otros_pasos"),
    "only the inputs": ("pass", "sorted({a for v in links.values() for a in v})", "otros_pasos"),
    "how many": (LOOP, "len(found)", "tipo_inesperado"),
    "nothing": (LOOP, "None", "falta_return"),
}
bank.right("to_rerun", RIGHT_RERUN)
bank.wrong(
    "to_rerun",
    {kind: ((body, answer), key) for kind, (body, answer, key) in WRONG_RERUN.items()},
    lambda piece: RERUN.format(body=piece[0], answer=piece[1]),
)

# --- gate_p_value --------------------------------------------------------------------------------
GATE = """
import math
import numpy as np
from scipy.stats import binom, binomtest
def gate_p_value(new, old):
    new, old = np.asarray(new, bool), np.asarray(old, bool)
    gained, lost = int((new & ~old).sum()), int((old & ~new).sum())
    return {}
"""
RIGHT_GATE = {
    "sf": "binom.sf(gained - 1, gained + lost, 0.5)",
    "test": "binomtest(gained, gained + lost, alternative='greater').pvalue"
    " if gained + lost else 1.0",
    "sum": "sum(math.comb(gained + lost, k) for k in range(gained, gained + lost + 1))"
    " / 2 ** (gained + lost)",
    "one minus cdf": "1 - binom.cdf(gained - 1, gained + lost, 0.5)",
}
WRONG_GATE = {
    "the old one": ("binom.sf(lost - 1, gained + lost, 0.5)", "al_reves"),
    "two sides": (
        "min(1.0, 2 * binom.sf(max(gained, lost) - 1, gained + lost, 0.5))",
        "dos_colas",
    ),
    "more": ("binom.sf(gained, gained + lost, 0.5)", "mas_no_igual"),
    "exactly": ("binom.pmf(gained, gained + lost, 0.5)", "solo_el_empate"),
    "all rows": ("binom.sf(gained - 1, len(new), 0.5)", "todas_las_filas"),
    "accuracy": ("new.mean() - old.mean()", "sin_prueba"),
    "no discordant row": (
        "binom.sf(gained - 1, gained + lost, 0.5) if gained + lost else 0.0",
        "sin_discordantes",
    ),
    "cdf": ("binom.cdf(gained, gained + lost, 0.5)", "al_reves"),
    "share": ("gained / max(1, gained + lost)", "otro_numero"),
    "a verdict": ("bool(gained > lost)", "tipo_inesperado"),
    "always": ("0.05", "otro_numero"),
    "nothing": ("None", "falta_return"),
}
bank.right("gate_p_value", RIGHT_GATE, GATE.format)
bank.wrong("gate_p_value", WRONG_GATE, GATE.format)

# --- drift_alarms --------------------------------------------------------------------------------
DRIFT = """
import numpy as np
from scipy.stats import ks_2samp, ttest_ind
def drift_alarms(reference, lot, level):
    n = reference.shape[1]
    p = np.array([{test}(reference[:, k], lot[:, k]).pvalue for k in range(n)])
    return {answer}
"""
GOOD = {"test": "ks_2samp", "answer": "np.flatnonzero(p < level / n)"}
RIGHT_DRIFT = {
    "array": DRIFT.format(**GOOD),
    "list": DRIFT.format(**GOOD | {"answer": "[k for k in range(n) if p[k] * n < level]"}),
    "from the last": DRIFT.format(**GOOD | {"answer": "np.flatnonzero(p < level / n)[::-1]"}),
    "asymptotic": DRIFT.replace("lot[:, k])", "lot[:, k], method='asymp')").format(**GOOD),
}
WRONG_DRIFT = {
    "each alone": ({"answer": "np.flatnonzero(p < level)"}, "sin_corregir"),
    "by rows": ({"answer": "np.flatnonzero(p < level / len(lot))"}, "corrige_por_filas"),
    "means": ({"test": "ttest_ind"}, "compara_medias"),
    "quiet ones": ({"answer": "np.flatnonzero(p >= level / n)"}, "las_tranquilas"),
    "a mask": ({"answer": "p < level / n"}, "no_son_posiciones"),
    "p-values": ({"answer": "p"}, "no_son_posiciones"),
    "none": ({"answer": "[]"}, "otras_columnas"),
    "the first": ({"answer": "np.flatnonzero(p < level / n)[:1]"}, "otras_columnas"),
    "from one on": ({"answer": "np.flatnonzero(p < level / n) + 1"}, "otras_columnas"),
    "whether": ({"answer": "bool((p < level / n).any())"}, "tipo_inesperado"),
    "nothing": ({"answer": "None"}, "falta_return"),
}
bank.right("drift_alarms", RIGHT_DRIFT)
bank.wrong("drift_alarms", WRONG_DRIFT, lambda changes: DRIFT.format(**GOOD | changes))

# --- practice in the lesson ----------------------------------------------------------------------
RIGHT_PRACTICE = {
    "gate_p": {"power": "0.5 ** 6", "rounded": "0.0156"},
    "any_alarm": {"power": "1 - 0.95 ** 20", "rounded": "0.64"},
}
WRONG_PRACTICE = {
    "gate_p": {
        "two sides": ("2 * 0.5 ** 6", "dos_colas"),
        "the other way": ("1 - 0.5 ** 6", "al_reves"),
        "one coin": ("1 / 2", "una_moneda"),
        "percent": ("100 / 64", "porcentaje"),
        "share": ("6 / 100", "otro_numero"),
        "text": ("'0.0156'", "tipo_inesperado"),
    },
    "any_alarm": {
        "sum": ("20 * 0.05", "suma"),
        "one": ("0.05", "una_sola"),
        "none": ("0.95 ** 20", "ninguna"),
        "all": ("0.05 ** 20", "todas"),
        "other": ("0.5", "otro_numero"),
    },
}
for name in RIGHT_PRACTICE:
    bank.right(name, RIGHT_PRACTICE[name], f"{name} = {{}}".format)
    bank.wrong(name, WRONG_PRACTICE[name], f"{name} = {{}}".format)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_p_value_lies_near_the_limit(seed: int) -> None:
    for reference, lot, level in drawn.lots(seed):
        p = [ks_2samp(a, b).pvalue for a, b in zip(reference.T, lot.T, strict=True)]
        ratio = np.array(p) * drawn.N_COLUMNS / level
        assert ((ratio < 0.6) | (ratio > 2)).all()
        assert (ratio < 1).sum() == 3
