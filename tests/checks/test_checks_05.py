"""Lesson 05's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import pytest

from tests.checks.exercise_bank import Bank, verdict

pytestmark = pytest.mark.slow

bank = Bank("05")

RIGHT_COSTS = {
    "formula": "return cv * (p + o * g)",
    "loop": "n = p\n    for _ in range(g):\n        n += o\n    return float(n * cv)",
    "sum": "return sum([p] + [o] * g) * cv",
}
WRONG_COSTS = {
    "no start": ("return o * g * cv", "olvida_la_poblacion_inicial"),
    "all again": ("return (p + o) * g * cv", "reevalua_a_los_padres"),
    "parents again": ("return (p + (p // 2 + o) * g) * cv", "reevalua_a_los_padres"),
    "no cv": ("return p + o * g", "olvida_cv"),
    "half cv": ("return p + o * g * cv", "olvida_cv"),
    "population": ("return p * (g + 1) * cv", "poblacion_en_cada_generacion"),
    "refit": ("return (p + o * g) * cv + 1", "cuenta_el_final"),
    "wild": ("return 336", "otro_numero"),
    "nothing": ("p + o * g", "falta_return"),
}


bank.right("n_fits", RIGHT_COSTS, "def n_fits(p, o, g, cv):\n    {}\n".format)
bank.wrong("n_fits", WRONG_COSTS, "def n_fits(p, o, g, cv):\n    {}\n".format)


BREED = """
import numpy as np
def breed(parents, n_children, mutation, rng):
    {first}
    couples = rng.integers(len(parents), size=(n_children, 2))
    mothers, fathers = parents[couples[:, 0]], parents[couples[:, 1]]
    children = {cross}
    jumps = {jumps}
    mutated = rng.random(children.shape) < {rate}
    return {answer}
"""
GOOD = {
    "first": "pass",
    "cross": "np.where(rng.random(mothers.shape) < 0.5, mothers, fathers)",
    "jumps": "rng.integers(-4, 5, size=children.shape)",
    "rate": "mutation",
    "answer": "(children + jumps * mutated).clip(0, 23)",
}
RIGHT_BREED = {
    "arrays": BREED.format(**GOOD),
    "loops": """
    def breed(parents, n_children, mutation, rng):
        children = []
        while len(children) < n_children:
            mother, father = parents[rng.choice(len(parents), 2, replace=False)]
            child = []
            for genes in zip(mother, father):
                gene = genes[rng.integers(2)]
                if rng.random() < mutation:
                    gene = min(23, max(0, gene + rng.choice([-2, -1, 1, 2])))
                child.append(int(gene))
            children.append(child)
        return children
    """,
    "one by one": """
    import numpy as np
    def breed(parents, n_children, mutation, rng):
        children = np.empty((n_children, parents.shape[1]), dtype=int)
        for child in children:
            couple = rng.choice(parents, 2)
            child[:] = np.choose(rng.integers(2, size=len(child)), couple)
            jump = rng.normal(scale=3, size=len(child)).round().astype(int)
            child += jump * (rng.random(len(child)) < mutation)
        return np.clip(children, 0, 23)
    """,
    "small steps, floats": BREED.format(
        **GOOD
        | {
            "jumps": "rng.integers(-1, 2, size=children.shape)",
            "answer": "(children + jumps * mutated).clip(0, 23).astype(float)",
        }
    ),
}
WRONG_BREED = {
    "one too few": ({"answer": "children[1:]"}, "otra_cantidad"),
    "average": ({"cross": "(mothers + fathers) / 2"}, "genes_decimales"),
    "no clip": ({"answer": "children + jumps * mutated"}, "fuera_de_limites"),
    "always": ({"rate": "0.5"}, "muta_siempre"),
    "copies": ({"cross": "mothers"}, "sin_cruce"),
    "transposed": ({"cross": "rng.permuted(mothers, axis=1)"}, "mezcla_columnas"),
    "first two": ({"first": "parents = parents[:2]"}, "pocos_padres"),
    "never": ({"rate": "0"}, "no_muta"),
    "up": ({"jumps": "rng.integers(0, 5, size=children.shape)"}, "salto_en_una_direccion"),
    "everything": ({"rate": "(mutation > 0)"}, "muta_de_mas"),
    "one coin a child": (
        {"cross": "np.where(rng.random((n_children, 1)) < 0.5, mothers, fathers)"},
        "sin_cruce",
    ),
    "one coin for two genes": (
        {
            "cross": "np.where(np.repeat(rng.random((n_children, 1)) < 0.5, mothers.shape[1], 1)"
            " ^ (np.arange(mothers.shape[1]) > 1), mothers, fathers)"
        },
        "una_sola_moneda",
    ),
    "one cut": (
        {
            "cross": "np.where(np.arange(mothers.shape[1]) < rng.integers(4, size=(n_children, 1)),"
            " mothers, fathers)"
        },
        "una_sola_moneda",
    ),
    "a false coin": (
        {"cross": "np.where(rng.random(mothers.shape) < 0.8, mothers, fathers)"},
        "una_sola_moneda",
    ),
    "the first is the mother": (
        {"cross": "np.where(rng.random(mothers.shape) < 0.5, parents[0], fathers)"},
        "padres_favoritos",
    ),
    "whole children": (
        {
            "rate": "mutation",
            "jumps": "rng.integers(-4, 5, size=children.shape)",
            "answer": "(children + jumps * (rng.random((n_children, 1)) < mutation)).clip(0, 23)",
        },
        "muta_la_cria_entera",
    ),
    "a quarter": ({"rate": "mutation / 4"}, "muta_de_menos"),
    "half": ({"rate": "mutation / 2"}, "muta_de_menos"),
    "drawn anew": (
        {"answer": "np.where(mutated, rng.integers(24, size=children.shape), children)"},
        "salto_enorme",
    ),
    "cut too soon": ({"answer": "(children + jumps * mutated).clip(0, 22)"}, "muta_siempre"),
    "own rng": ({"first": "rng = np.random.default_rng(0)"}, "ignora_rng"),
    "no rng": ({"first": "rng = np.random.default_rng()"}, "no_repetible"),
    "shifted parents": (
        {"answer": "(parents.sort(axis=0), (children + jumps * mutated).clip(0, 23))[1]"},
        "modifica_argumentos",
    ),
    "nothing": ({"answer": "None"}, "falta_return"),
}


bank.right("breed", RIGHT_BREED)
bank.wrong("breed", WRONG_BREED, lambda changes: BREED.format(**GOOD | changes))


EVOLVE = (
    RIGHT_BREED["arrays"]
    + """
def evolve(fitness, size, n_children, generations, rng):
    population = rng.integers(24, size=(size, 2))
    scores = np.array([fitness(one) for one in population])
    history = [scores.max()]
    for _ in range(generations):
        best = {select}
        children = {children}
        born = np.array([fitness(child) for child in children])
        {survivors}
        history.append(scores.max())
    return {answer}
"""
)
ELITISM = (
    "population = np.concatenate([population[best], children]);"
    " scores = np.concatenate([scores[best], born])"
)
GOOD_RUN = {
    "select": "np.argsort(-scores)[: len(scores) // 2]",
    "children": "breed(population[best], n_children, 0.5, rng)",
    "survivors": ELITISM,
    "answer": "history",
}
RIGHT_EVOLVE = {
    "arrays": EVOLVE.format(**GOOD_RUN),
    "one by one": """
    def evolve(fitness, size, n_children, generations, rng):
        people = [(int(a), int(b)) for a, b in rng.integers(24, size=(size, 2))]
        family = [(fitness(one), one) for one in people]
        history = [max(family)[0]]
        for _ in range(generations):
            family = sorted(family, reverse=True)[: len(family) // 2]
            born = []
            for _ in range(n_children):
                i, j = rng.integers(len(family), size=2)
                genes = [family[i][1][0], family[j][1][1]]
                if rng.random() < 0.5:
                    genes[rng.integers(2)] += int(rng.integers(-3, 4))
                child = [min(23, max(0, int(gene))) for gene in genes]
                born.append((fitness(child), tuple(child)))
            family += born
            history.append(max(family)[0])
        return history
    """,
    "numpy history": EVOLVE.format(**GOOD_RUN | {"answer": "np.array(history)"}),
}
WRONG_EVOLVE = {
    "the individuals": ({"answer": "population"}, "devuelve_otra_cosa"),
    "too long": ({"answer": "history + history"}, "devuelve_otra_cosa"),
    "no start": ({"answer": "history[1:]"}, "falta_la_generacion_0"),
    "all again": (
        {"survivors": ELITISM + "; scores = np.array([fitness(one) for one in population])"},
        "reevalua_a_los_padres",
    ),
    "one child less": (
        {"children": "breed(population[best], n_children - 1, 0.5, rng)"},
        "otro_presupuesto",
    ),
    "no elitism": ({"survivors": "population, scores = children, born"}, "sin_elitismo"),
    "random children": ({"children": "rng.integers(24, size=(n_children, 2))"}, "no_aprende"),
    "all are parents": ({"select": "np.argsort(-scores)"}, "no_aprende"),
    "children only": (
        {
            "survivors": "population, scores = children, born",
            "answer": "np.maximum.accumulate(history)",
        },
        "padres_perdidos",
    ),
    "a third": ({"select": "np.argsort(-scores)[: len(scores) // 3]"}, "pocos_padres"),
    "a quarter": ({"select": "np.argsort(-scores)[: max(1, len(scores) // 4)]"}, "pocos_padres"),
    "only the best breeds": (
        {"children": "breed(population[best][:1], n_children, 0.5, rng)"},
        "solo_el_mejor",
    ),
    "parents of all": (
        {"select": "np.arange(len(scores))[: len(scores) // 2]"},
        "sin_elitismo",
    ),
    "first": ({"answer": "[history[0]] * len(history)"}, "no_es_el_mejor"),
    "last": ({"answer": "[history[0]] * 3 + history[3:]"}, "no_es_el_mejor"),
    "nothing": ({"answer": "None"}, "falta_return"),
}


MINIMIZES = EVOLVE.format(**GOOD_RUN).replace("scores.max()", "scores.min()")
bank.right("evolve", RIGHT_EVOLVE)
bank.wrong("evolve", WRONG_EVOLVE, lambda changes: EVOLVE.format(**GOOD_RUN | changes))
bank.wrong("evolve", {"minimizes": (MINIMIZES, "minimiza")})

# --- practice in the lesson ----------------------------------------------------------------------
RIGHT_PRACTICE = {
    "fair_n_iter": {"counted": "110", "worked out": "30 + 8 * 10"},
    "n_pipelines": {"counted": "400", "worked out": "40 * 10.0"},
}
WRONG_PRACTICE = {
    "fair_n_iter": {
        "fits": ("(30 + 8 * 10) * 5", "cuenta_entrenamientos"),
        "fits and the refit": ("551", "cuenta_entrenamientos"),
        "no start": ("8 * 10", "olvida_la_poblacion_inicial"),
        "population again": ("30 + 8 * 30", "reevalua_a_los_padres"),
        "parents again": ("(30 + 10) * 8", "reevalua_a_los_padres"),
        "other": ("38", "otro_numero"),
        "text": ("'110'", "tipo_inesperado"),
    },
    "n_pipelines": {
        "start apart": ("40 + 40 * 10", "cuenta_la_inicial_aparte"),
        "half born": ("40 + 20 * 9", "cria_la_mitad"),
        "no start": ("40 * 9", "olvida_la_poblacion_inicial"),
        "other": ("50", "otro_numero"),
        "printed": ("print(400)", "falta_return"),
    },
}
for name in RIGHT_PRACTICE:
    bank.right(name, RIGHT_PRACTICE[name], f"{name} = {{}}".format)
    bank.wrong(name, WRONG_PRACTICE[name], f"{name} = {{}}".format)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()


def test_an_individual_outside_is_named() -> None:
    found = verdict("evolve", EVOLVE.format(**GOOD_RUN).replace("integers(24", "integers(99"))
    assert found.state == "fallo"
    assert "dos enteros de 0 a 23" in found.message
