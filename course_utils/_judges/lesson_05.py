"""Lesson 05, evolution: costs counted, genes traced to their parents, every best recomputed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from course_utils._draws import lesson_05 as drawn
from course_utils._judges.compare import close, expects, recognise, standard_error
from course_utils._judges.verdicts import (
    Finding,
    Question,
    UnexpectedValue,
    column,
    numbers,
    wrong,
)
from course_utils.messages.checks.lesson_05 import MESSAGES


# --- n_fits --------------------------------------------------------------------------------------
def judge_n_fits(data: Mapping[str, Any], seed: int) -> Finding | None:
    plans = drawn.plans(seed)
    got = numbers(data["counts"])
    for plan, count in zip(plans, got, strict=True):
        population, offspring, generations, cv = plan
        expected = (population + offspring * generations) * cv
        if count != expected:
            names = ("population", "offspring", "generations", "cv")
            details = dict(zip(names, plan, strict=True)) | {"got": count, "expected": expected}
            return wrong(_cost_mistake(plans, got), **details)
    return None


def _cost_mistake(plans: list[tuple[int, int, int, int]], got: list[float]) -> str:
    slips: dict[str, Any] = {
        "olvida_la_poblacion_inicial": lambda p, o, g, cv: o * g * cv,
        "reevalua_a_los_padres": (
            lambda p, o, g, cv: (p + o) * g * cv,
            lambda p, o, g, cv: (p + (p // 2 + o) * g) * cv,
            lambda p, o, g, cv: (p + (p + o) * g) * cv,
        ),
        "olvida_cv": (lambda p, o, g, cv: p + o * g, lambda p, o, g, cv: p + o * g * cv),
        "poblacion_en_cada_generacion": (
            lambda p, o, g, cv: p * g * cv,
            lambda p, o, g, cv: p * (g + 1) * cv,
        ),
        "cuenta_el_final": lambda p, o, g, cv: (p + o * g) * cv + 1,
    }
    return recognise(slips, plans, got, "otro_numero")


# --- breed ---------------------------------------------------------------------------------------
def judge_breed(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.families(seed)
    litters = []
    for (parents, n_children, _, _), children in zip(cases, data["children"], strict=True):
        litter = _litter(children, n_children, parents.shape[1])
        if isinstance(litter, Finding):
            return litter
        litters.append(litter)
    crossed, jumped, half = litters[0], litters[1], litters[2]
    finding = (
        _inheritance(crossed, cases[0][0])
        or _mutation(half, cases[2][0], cases[2][2])
        or _jumps(jumped, cases[1][0])
        or _strange(litters[6], cases[6][0])
    )
    if finding:
        return finding
    if not np.array_equal(half, litters[4]):
        return wrong("no_repetible")
    return wrong("ignora_rng") if np.array_equal(half, litters[5]) else None


def _litter(children: Any, n_children: int, n_genes: int) -> Finding | np.ndarray:
    if not isinstance(children, list):
        raise UnexpectedValue(children)
    rows = [numbers(child) for child in children]
    if len(rows) != n_children or any(len(row) != n_genes for row in rows):
        text = f"{len(rows)} de {len(rows[0])}" if rows else "ninguna"
        return wrong("otra_cantidad", n=n_children, genes=n_genes, got=text)
    litter = np.array(rows)
    decimals = litter[litter != np.round(litter)]
    if decimals.size:
        return wrong("genes_decimales", got=float(decimals[0]))
    outside = litter[(litter < 0) | (litter > drawn.SIZE - 1)]
    if outside.size:
        return wrong("fuera_de_limites", got=int(outside[0]))
    return litter


def _strange(litter: np.ndarray, parents: np.ndarray) -> Finding | None:
    """Children without mutation: whether a gene is in the same place of no parent."""
    for place in range(parents.shape[1]):
        strange = litter[~np.isin(litter[:, place], parents[:, place]), place]
        if strange.size:
            elsewhere = np.isin(litter, parents).all()
            key = "mezcla_columnas" if elsewhere else "muta_siempre"
            return wrong(key, got=int(strange[0]), place=place)
    return None


def _inheritance(litter: np.ndarray, parents: np.ndarray) -> Finding | None:
    """Children without mutation: every gene from the same place of a parent, two parents each."""
    if finding := _strange(litter, parents):
        return finding
    # Genes of a column differ, so each gene names its parent.
    origin = np.stack([(litter[:, [k]] == parents[:, k]).argmax(axis=1) for k in range(3)], axis=1)
    if (origin == origin[:, [0]]).all():
        return wrong("sin_cruce")
    n_origins = len(np.unique(origin))
    if n_origins < len(parents):
        return wrong("pocos_padres", parents=len(parents), got=n_origins, n=len(litter))
    return _one_coin(origin, len(parents)) or _favourites(origin, len(parents))


_PAIRS = ((0, 1), (0, 2), (1, 2))
_SIGMAS = 5  # of each share that is compared: a right answer stumbles once in a million


def _one_coin(origin: np.ndarray, n_parents: int) -> Finding | None:
    """Whether two genes come from the same parent as often as two coins agree.

    Half the times; and a little more where a couple may be one parent twice.
    """
    alike = [float((origin[:, a] == origin[:, b]).mean()) for a, b in _PAIRS]
    low, high = 0.5, 0.5 + 0.5 / n_parents
    margin = _SIGMAS * standard_error(0.5, len(origin))
    for share, places in zip(alike, _PAIRS, strict=True):
        if not low - margin <= share <= high + margin:
            told: dict[str, Any] = {"got": f"{share:.0%}", "expected": f"{low:.0%}"}
            return wrong("una_sola_moneda", a=places[0], b=places[1], **told)
    return None


def _favourites(origin: np.ndarray, n_parents: int) -> Finding | None:
    """Whether every parent gives its share of each gene."""
    fair = 1 / n_parents
    margin = _SIGMAS * standard_error(fair, len(origin))
    for place in range(origin.shape[1]):
        shares = np.bincount(origin[:, place], minlength=n_parents) / len(origin)
        far = int(np.abs(shares - fair).argmax())
        if abs(shares[far] - fair) > margin:
            told: dict[str, Any] = {"got": f"{shares[far]:.0%}", "expected": f"{fair:.0%}"}
            return wrong("padres_favoritos", place=place, parents=n_parents, **told)
    return None


_LEAST_MOVED = 0.58  # of the genes that mutate: of jumps of -1, 0 and 1, two thirds move
_MOST_UNITS = 5.5  # a gene drawn anew is 6.3 away on average


def _mutation(litter: np.ndarray, parents: np.ndarray, rate: float) -> Finding | None:
    """Parents are equal, so that every other gene has mutated (a jump may also be of zero)."""
    changed = litter != parents[0]
    new, margin = float(changed.mean()), _SIGMAS * standard_error(rate, changed.size)
    told: dict[str, Any] = {"mutation": rate, "got": f"{new:.0%}"}
    if new == 0:
        return wrong("no_muta", mutation=rate)
    if new > rate + margin:
        return wrong("muta_de_mas", **told)
    if new < _LEAST_MOVED * rate:
        return wrong("muta_de_menos", **told)
    both = [float((changed[:, a] & changed[:, b]).mean()) for a, b in _PAIRS]
    far = max(abs(share - new**2) for share in both)
    if far > _SIGMAS * standard_error(new**2, len(litter)):
        return wrong("muta_la_cria_entera", mutation=rate)
    return _sizes(litter - parents[0])


def _sizes(jumps: np.ndarray) -> Finding | None:
    """Jumps of a few units, up and down."""
    moved = jumps[jumps != 0]
    if np.abs(moved).mean() > _MOST_UNITS:
        return wrong("salto_enorme", got=f"{np.abs(moved).mean():.1f}")
    return None if 0.2 < (moved > 0).mean() < 0.8 else wrong("salto_en_una_direccion")


def _jumps(litter: np.ndarray, parents: np.ndarray) -> Finding | None:
    """Parents lie on the edges: jumps must leave 0 upwards and 23 downwards."""
    up = ((litter > 0) & (litter < 12)).any()
    down = ((litter < 23) & (litter > 11)).any()
    has_both = (parents == 0).any() and (parents == drawn.SIZE - 1).any()
    if has_both and not (up and down):
        return (
            wrong("no_muta", mutation=1.0) if not (up or down) else wrong("salto_en_una_direccion")
        )
    return None


# --- evolve --------------------------------------------------------------------------------------
_FEW = 5  # with fewer parents beside the best, each gives many children
_MOST_OF_THE_BEST = 0.3  # measured: a right answer up to 0.16; of the best alone, 0.51 or more
_LEAST_RATE = 0.35  # measured: a right answer 0.43 once, else 0.6 or more; a third 0.05 to 0.31


def judge_evolve(data: Mapping[str, Any], seed: int) -> Finding | None:
    runs, learned = [], []
    asked = zip(drawn.landscapes(seed), drawn.RUNS, data["calls"], data["returned"], strict=True)
    for table, plan, called, returned in asked:
        size, n_children, generations, _ = plan
        genes = np.array(called, dtype=int).reshape(-1, 2)
        scores = table[genes[:, 0], genes[:, 1]]
        finding = _run_mistake(returned, scores, size, n_children, generations)
        if finding:
            return finding
        runs.append((genes, scores, size, n_children))
        learned.append((scores[:size].mean(), scores[-2 * n_children :].mean()))
    first, last = np.mean(learned[:-2], axis=0)
    if last < first + 0.15:
        return wrong("no_aprende", first=round(float(first), 3), last=round(float(last), 3))
    return _parents_mistake(runs)


Run = tuple[np.ndarray, np.ndarray, int, int]  # individuals, their scores; at first, born each time


def _parents_mistake(runs: Sequence[Run]) -> Finding | None:
    """Whether the genes of the children are those of all the better half, dead or alive."""
    large, small = runs[-2:]  # on noise
    inherited = _inherited(small)
    genes, _, size, _ = small
    if inherited < 0.5 - _SIGMAS * standard_error(0.5, genes[size:].size):
        return wrong("padres_perdidos", got=f"{inherited:.0%}")
    share = _share_of_the_best(runs)
    if share > _MOST_OF_THE_BEST:
        return wrong("solo_el_mejor", got=f"{share:.0%}")
    rate = _rate_of_the_last(large)
    return wrong("pocos_padres", got=f"{rate:.0%}") if rate < _LEAST_RATE else None


def _generations(run: Run) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Parents and children of each generation, the best parent first.

    The parents are the better half of all who live: parents and children of the last generation.
    """
    genes, scores, size, n_children = run
    alive = np.arange(size)
    for born in range(size, len(genes), n_children):
        parents = alive[np.argsort(-scores[alive], kind="stable")][: len(alive) // 2]
        children = np.arange(born, born + n_children)
        yield genes[parents], genes[children]
        alive = np.concatenate([parents, children])


def _inherited(run: Run) -> float:
    """Share of the children's genes that a parent has in the same place.

    At a mutation of 0.5, half of the genes are theirs, and more by chance.
    """
    shares = [
        np.isin(children[:, place], parents[:, place]).mean()
        for parents, children in _generations(run)
        for place in (0, 1)
    ]
    return float(np.mean(shares))


def _rate_of_the_last(run: Run) -> float:
    """Children with a gene of the last third of the parents, for one with a gene of the first.

    Of each third, the genes that no other parent has are counted.
    """
    born, held = np.zeros(2), np.zeros(2)
    for parents, children in _generations(run):
        third = len(parents) // 3
        for place in (0, 1):
            genes = parents[:, place]
            for end, (own, others) in enumerate(
                ((genes[:third], genes[third:]), (genes[-third:], genes[:-third]))
            ):
                own = own[~np.isin(own, others)]
                born[end] += np.isin(children[:, place], own).sum()
                held[end] += len(own)
    first, last = born / np.maximum(held, 1)
    return float(last / first) if first else 0.0


def _share_of_the_best(runs: Sequence[Run]) -> float:
    """Share of the children that have the best parent's gene, where no other parent has it."""
    has, asked = 0, 0
    for run in runs:
        for parents, children in _generations(run):
            for place in (0, 1):
                gene, *others = parents[:, place]
                if len(others) >= _FEW and gene not in others:
                    has += int((children[:, place] == gene).sum())
                    asked += len(children)
    return has / max(asked, 1)


def _run_mistake(
    returned: Any, scores: np.ndarray, size: int, n_children: int, generations: int
) -> Finding | None:
    if returned is None:
        raise UnexpectedValue(None)
    if not isinstance(returned, list) or any(isinstance(item, list) for item in column(returned)):
        return wrong("devuelve_otra_cosa", expected=generations + 1, got=_described(returned))
    history = np.array(numbers(column(returned)))
    expected = size + n_children * generations
    cost = {"expected": expected, "size": size, "generations": generations, "children": n_children}
    if len(scores) != expected:
        key = "reevalua_a_los_padres" if len(scores) > expected else "otro_presupuesto"
        return wrong(key, got=len(scores), **cost)
    if len(history) == generations:
        return wrong("falta_la_generacion_0", got=len(history))
    if len(history) != generations + 1:
        got = f"{len(history)} números"
        return wrong("devuelve_otra_cosa", expected=generations + 1, got=got)
    return _history_mistake(history, scores, size, n_children)


def _history_mistake(
    history: np.ndarray, scores: np.ndarray, size: int, n_children: int
) -> Finding | None:
    born = [scores[: size + n_children * k] for k in range(len(history))]
    best = np.array([seen.max() for seen in born])
    if close(history, best, rel=1e-5, tol=1e-9):
        return None
    if abs(history[0] - scores[:size].min()) < 1e-9:
        return wrong("minimiza")
    falls = np.flatnonzero(np.diff(history) < -1e-12)
    if falls.size:
        at = int(falls[0])
        shown = {"before": round(float(history[at]), 4), "after": round(float(history[at + 1]), 4)}
        return wrong("sin_elitismo", generation=at + 1, **shown)
    at = int(np.flatnonzero(np.abs(history - best) > 1e-9)[0])
    shown = {"got": round(float(history[at]), 4), "best": round(float(best[at]), 4)}
    return wrong("no_es_el_mejor", generation=at, **shown)


def _described(value: Any) -> str:
    return f"una lista de {len(value)} cosas" if isinstance(value, list) else "otra cosa"


# --- practice in the lesson ----------------------------------------------------------------------
# 30 individuals, 8 generations of 10 children, cv=5: the trials of a random search of equal cost.
judge_fair_n_iter = expects(
    30 + 8 * 10,
    {
        "cuenta_entrenamientos": ((30 + 8 * 10) * 5, (30 + 8 * 10) * 5 + 1),
        "olvida_la_poblacion_inicial": (8 * 10, 8 * 10 * 5),
        "reevalua_a_los_padres": (30 * 8, 30 + 30 * 8, (30 + 10) * 8, 30 + (15 + 10) * 8),
    },
)
# TPOT 1.1 with population_size=40, generations=10: the first population is one of the generations.
judge_n_pipelines = expects(
    40 * 10,
    {
        "cuenta_la_inicial_aparte": (40 + 40 * 10,),
        "cria_la_mitad": (40 + 20 * 10, 40 + 20 * 9),
        "olvida_la_poblacion_inicial": (40 * 9,),
    },
)


QUESTIONS = (
    Question("n_fits", "05", "Lo que cuesta evolucionar", 2, judge_n_fits, MESSAGES["n_fits"]),
    Question("breed", "05", "Crías válidas", 3, judge_breed, MESSAGES["breed"]),
    Question("evolve", "05", "El mejor nunca baja", 3, judge_evolve, MESSAGES["evolve"]),
    Question("texto_05", "05", "¿Evolución o azar?", 2),
    Question("fair_n_iter", "05", "A igual gasto", 0, judge_fair_n_iter, MESSAGES["fair_n_iter"]),
    Question(
        "n_pipelines", "05", "Lo que evalúa TPOT", 0, judge_n_pipelines, MESSAGES["n_pipelines"]
    ),
)
