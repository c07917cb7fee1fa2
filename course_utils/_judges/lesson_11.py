"""Lesson 11, architectures: every answer is worked out again and typical slips are recognised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course_utils._draws import lesson_11 as drawn
from course_utils._judges.compare import close, expects, first_difference, recognise
from course_utils._judges.verdicts import Finding, Question, numbers, texts, wrong
from course_utils.messages.checks.lesson_11 import MESSAGES

Scores = Sequence[float]
People = Sequence[Sequence[Any]]


# --- false_kills ---------------------------------------------------------------------------------
def _lowest(scores: Scores, n: int) -> set[int]:
    return set(sorted(range(len(scores)), key=lambda k: scores[k])[:n])


def _highest(scores: Scores, n: int) -> set[int]:
    return set(range(len(scores))) - _lowest(scores, len(scores) - n)


def _false_kills(early: Scores, final: Scores, top: int) -> int:
    return len(_lowest(early, len(early) // 2) & _highest(final, top))


_KILL_SLIPS: dict[str, Callable[[Scores, Scores, int], int]] = {
    "las_que_siguen": lambda e, f, k: len(_highest(e, len(e) - len(e) // 2) & _highest(f, k)),
    "todas_las_muertas": lambda e, f, k: len(e) // 2,
    "las_peores_del_final": lambda e, f, k: len(_lowest(e, len(e) // 2) & _lowest(f, k)),
    "mata_a_la_mitad_buena": lambda e, f, k: len(_highest(e, len(e) // 2) & _highest(f, k)),
    "la_tabla_equivocada": lambda e, f, k: len(_lowest(f, len(e) // 2) & _highest(e, k)),
    "mejores_al_principio": lambda e, f, k: len(_lowest(e, len(e) // 2) & _highest(e, k)),
    "mata_de_mas": lambda e, f, k: len(_lowest(e, -(-len(e) // 2)) & _highest(f, k)),
    "mata_a_top": lambda e, f, k: len(_lowest(e, k) & _highest(f, k)),
}


def judge_false_kills(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.curves(seed)
    got = numbers(data["counts"])
    expected = [float(_false_kills(*case)) for case in cases]
    if close(got, expected):
        return None
    index = first_difference(got, expected)
    key = recognise(_KILL_SLIPS, cases, got, "otro_numero")
    early, _, top = cases[index]
    return wrong(key, n=len(early), top=top, got=got[index])


# --- next_people ---------------------------------------------------------------------------------
def _next(
    people: People,
    child: Sequence[Any],
    removed: str,
    *,
    worst: Callable[[People], Any] = lambda people: min(people, key=lambda p: p[1]),
    oldest: Callable[[People], Any] = lambda people: people[0],
) -> list[str]:
    """Names of the next population; the keywords make the typical slips."""
    everybody = [*people, child]
    gone = (oldest if removed == "oldest" else worst)(everybody)
    return [person[0] for person in everybody if person is not gone]


def _best(people: People) -> Any:
    return max(people, key=lambda person: person[1])


_BIRTH_SLIPS: dict[str, Callable[[People, Sequence[Any], str], list[str]]] = {
    "nadie_sale": lambda p, c, r: [x[0] for x in [*p, c]],
    "sin_el_hijo": lambda p, c, r: _next(p[:-1], p[-1], r),
    "sin_nadie_nuevo": lambda p, c, r: [x[0] for x in p],
    "sale_el_mejor": lambda p, c, r: _next(p, c, r, worst=_best),
    "el_hijo_no_compite": lambda p, c, r: _next(
        p, c, r, worst=lambda everybody: min(everybody[:-1], key=lambda x: x[1])
    ),
    "sale_el_mas_joven": lambda p, c, r: _next(p, c, r, oldest=lambda everybody: everybody[-1]),
    "siempre_el_peor": lambda p, c, r: _next(p, c, "worst"),
    "siempre_el_mas_viejo": lambda p, c, r: _next(p, c, "oldest"),
    "hijo_delante": lambda p, c, r: _child_first(_next(p, c, r), str(c[0])),
    "ordena_por_nota": lambda p, c, r: _by_score(_next(p, c, r), [*p, c]),
}


def _child_first(names: list[str], child: str) -> list[str]:
    return [child, *(name for name in names if name != child)] if child in names else names


def _by_score(names: list[str], people: People) -> list[str]:
    scores = {person[0]: person[1] for person in people}
    return sorted(names, key=lambda name: -scores[name])


def judge_next_people(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.births(seed)
    got = [texts(names) for names in data["names"]]
    expected = [_next(*case) for case in cases]
    if got == expected:
        return None
    if len(got) != len(expected):
        raise ValueError("one list per birth")
    index = next(k for k in range(len(cases)) if got[k] != expected[k])
    key = recognise(_BIRTH_SLIPS, cases, got, "otros")
    case = cases[index]
    return wrong(key, removed=case.removed, child=case.child[0], got=got[index])


# --- shared_weights ------------------------------------------------------------------------------
def _shared(
    weights: Scores,
    copies: Sequence[int],
    *,
    times: Callable[[int, Sequence[int]], float] = lambda unit, copies: 1 + copies.count(unit),
) -> list[float]:
    """Share each weight among a unit and its copies; the keyword makes the typical slips."""
    units = [*range(len(weights)), *copies]
    return [weights[unit] / times(unit, copies) for unit in units]


_SHARE_SLIPS: dict[str, Callable[[Scores, Sequence[int]], list[float]]] = {
    "sin_repartir": lambda w, c: _shared(w, c, times=lambda u, c: 1),
    "entre_dos": lambda w, c: _shared(w, c, times=lambda u, c: 2 if u in c else 1),
    "solo_las_copias": lambda w, c: [*w, *(w[u] / (1 + c.count(u)) for u in c)],
    "copias_a_cero": lambda w, c: [*w, *(0.0 for _ in c)],
    "olvida_el_original": lambda w, c: _shared(w, c, times=lambda u, c: max(1, c.count(u))),
    "entre_todas": lambda w, c: _shared(w, c, times=lambda u, c: 1 + len(c) if u in c else 1),
    "copias_delante": lambda w, c: [*_shared(w, c)[len(w) :], *_shared(w, c)[: len(w)]],
    "sin_copias": lambda w, c: _shared(w, c)[: len(w)],
}


def judge_shared_weights(data: Mapping[str, Any], seed: int) -> Finding | None:
    cases = drawn.widenings(seed)
    got = [numbers(weights) for weights in data["weights"]]
    expected = [_shared(*case) for case in cases]
    if len(got) != len(expected):
        raise ValueError("one list per layer")
    if _same(got, expected):
        return None
    index = next(k for k in range(len(cases)) if not _same([got[k]], [expected[k]]))
    key = recognise(_SHARE_SLIPS, cases, got, "otros", _same)
    weights, copies = cases[index]
    return wrong(key, weights=weights, copies=copies, got=got[index])


def _same(got: Sequence[Scores], expected: Sequence[Scores]) -> bool:
    pairs = zip(got, expected, strict=True)
    return all(len(a) == len(b) and close(a, b, tol=1e-6) for a, b in pairs)


# --- practice ------------------------------------------------------------------------------------
judge_n_cells = expects(
    4**3 * 2**2,
    {
        "suma": (4 * 3 + 2 * 2, 4 * 3 * 2 * 2, 4**3 + 2**2),
        "al_reves": (3**4 * 2**2,),
        "olvida_la_reduccion": (4**3,),
        "una_flecha_de_reduccion": (4**3 * 2,),
    },
)
judge_chance_diversity = expects(
    1 - (0.5**2 + 0.25**2 + 0.25**2),
    {
        "la_de_ser_iguales": (0.5**2 + 0.25**2 + 0.25**2,),
        "en_porcentaje": (62.5,),
        "la_de_tres_por_igual": (2 / 3,),
        "sin_cuadrados": (0.0, 0.5),
        "sin_reposicion": (5 / 6,),
    },
    tol=0.005,
)

QUESTIONS = (
    Question(
        "false_kills",
        "11",
        "¿A cuántas buenas mata?",
        2,
        judge_false_kills,
        MESSAGES["false_kills"],
    ),
    Question(
        "next_people",
        "11",
        "¿Quién sale?",
        3,
        judge_next_people,
        MESSAGES["next_people"],
    ),
    Question(
        "shared_weights",
        "11",
        "Ensanchar sin que se note",
        3,
        judge_shared_weights,
        MESSAGES["shared_weights"],
    ),
    Question("texto_11", "11", "Un atajo con condiciones", 2),
    Question("n_cells", "11", "Cuántas celdas", 0, judge_n_cells, MESSAGES["n_cells"]),
    Question(
        "chance_diversity",
        "11",
        "La diversidad de cuatro redes",
        0,
        judge_chance_diversity,
        MESSAGES["chance_diversity"],
    ),
)
