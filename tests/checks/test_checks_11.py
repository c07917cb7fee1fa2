"""Lesson 11's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

from tests.checks.exercise_bank import Bank

bank = Bank("11")

KILLS = "def false_kills(early, final, top):\n    places = range(len(early))\n    {}\n"
RIGHT_KILLS = {
    "sets": """
        def false_kills(early, final, top):
            places = range(len(early))
            killed = sorted(places, key=lambda k: early[k])[:len(early) // 2]
            best = sorted(places, key=lambda k: final[k])[-top:]
            return len(set(killed) & set(best))
    """,
    "numpy": """
        import numpy as np
        def false_kills(early, final, top):
            killed = np.argsort(early)[:len(early) // 2]
            best = np.argsort(final)[-top:]
            return np.isin(best, killed).sum()
    """,
    "pandas": """
        import pandas as pd
        def false_kills(early, final, top):
            rows = pd.DataFrame({"early": early, "final": final})
            killed = rows.nsmallest(len(rows) // 2, "early").index
            return rows.nlargest(top, "final").index.isin(killed).sum()
    """,
}
COUNT = (
    "len(set(sorted(places, key=lambda k: {}[k]){}) & set(sorted(places, key=lambda k: {}[k]){}))"
)


def count(first, killed, second, kept):
    return "return " + COUNT.format(first, killed, second, kept)


HALF = "[:len(early) // 2]"
WRONG_KILLS = {
    "survivors": (count("early", "[len(early) // 2:]", "final", "[-top:]"), "las_que_siguen"),
    "all": ("return len(early) // 2", "todas_las_muertas"),
    "worst": (count("early", HALF, "final", "[:top]"), "las_peores_del_final"),
    "good half": (
        count("early", "[-(len(early) // 2):]", "final", "[-top:]"),
        "mata_a_la_mitad_buena",
    ),
    "swapped": (count("final", HALF, "early", "[-top:]"), "la_tabla_equivocada"),
    "early best": (count("early", HALF, "early", "[-top:]"), "mejores_al_principio"),
    "up": (count("early", "[:-(-len(early) // 2)]", "final", "[-top:]"), "mata_de_mas"),
    "top": (count("early", "[:top]", "final", "[-top:]"), "mata_a_top"),
    "without the last": (
        "places = places[:-1]\n    " + count("early", HALF, "final", "[-top:]"),
        "otro_numero",
    ),
    "another": ("return 20", "otro_numero"),
    "text": ("return '2'", "tipo_inesperado"),
    "no return": ("len(early)", "falta_return"),
}
bank.right("false_kills", RIGHT_KILLS)
bank.wrong("false_kills", WRONG_KILLS, KILLS.format)

NEXT = (
    "def next_people(people, child, removed):\n"
    "    all_of_them = [*people, child]\n"
    "    score = lambda person: person[1]\n"
    "    {}\n"
    "    return [person[0] for person in all_of_them]\n"
)
RIGHT_NEXT = {
    "remove": """
        def next_people(people, child, removed):
            everybody = [*people, child]
            worst = min(everybody, key=lambda person: person[1])
            everybody.remove(everybody[0] if removed == "oldest" else worst)
            return [name for name, _ in everybody]
    """,
    "index": """
        def next_people(people, child, removed):
            names, scores = zip(*people, child)
            gone = 0 if removed == "oldest" else scores.index(min(scores))
            return list(names[:gone] + names[gone + 1:])
    """,
    "numpy": """
        import numpy as np
        def next_people(people, child, removed):
            everybody = list(people) + [child]
            scores = np.array([score for _, score in everybody])
            gone = 0 if removed == "oldest" else scores.argmin()
            return [p[0] for k, p in enumerate(everybody) if k != gone]
    """,
}
GO = "all_of_them.remove({} if removed == 'oldest' else {})"
FIRST, LAST = "all_of_them[0]", "all_of_them[-1]"
WORST, BEST = "min(all_of_them, key=score)", "max(all_of_them, key=score)"
WRONG_NEXT = {
    "nobody": ("pass", "nadie_sale"),
    "same": ("all_of_them.pop()", "sin_nadie_nuevo"),
    "no child": ("all_of_them.pop()\n    " + GO.format(FIRST, WORST), "sin_el_hijo"),
    "best": (GO.format(FIRST, BEST), "sale_el_mejor"),
    "only parents": (GO.format(FIRST, "min(people, key=score)"), "el_hijo_no_compite"),
    "youngest": (GO.format(LAST, WORST), "sale_el_mas_joven"),
    "always worst": (f"all_of_them.remove({WORST})", "siempre_el_peor"),
    "always oldest": (f"all_of_them.remove({FIRST})", "siempre_el_mas_viejo"),
    "child in front": (
        GO.format(FIRST, WORST) + "\n    all_of_them.sort(key=lambda person: person != child)",
        "hijo_delante",
    ),
    "by score": (
        GO.format(FIRST, WORST) + "\n    all_of_them.sort(key=score, reverse=True)",
        "ordena_por_nota",
    ),
    "second": ("all_of_them.pop(1)", "otros"),
    "people": ("return all_of_them", "tipo_inesperado"),
}
bank.right("next_people", RIGHT_NEXT)
bank.wrong("next_people", WRONG_NEXT, NEXT.format)

SHARE = "def shared_weights(weights, copies):\n    w, c = weights, copies\n    {}\n"
RIGHT_SHARE = {
    "count": """
        def shared_weights(weights, copies):
            units = [*range(len(weights)), *copies]
            return [weights[unit] / units.count(unit) for unit in units]
    """,
    "numpy": """
        import numpy as np
        def shared_weights(weights, copies):
            units = np.r_[np.arange(len(weights)), np.array(copies, dtype=int)]
            return np.array(weights)[units] / np.bincount(units)[units]
    """,
    "counter": """
        from collections import Counter
        def shared_weights(weights, copies):
            times = Counter(copies)
            shared = [w / (1 + times[unit]) for unit, w in enumerate(weights)]
            return shared + [shared[unit] for unit in copies]
    """,
}
BOTH = "u = [*range(len(w)), *c]\n    return [w[k] / {} for k in u]"
PART = "w[k] / (1 + c.count(k))"
WRONG_SHARE = {
    "whole": (BOTH.format("1"), "sin_repartir"),
    "two": (BOTH.format("(2 if k in c else 1)"), "entre_dos"),
    "copies only": (f"return [*w, *({PART} for k in c)]", "solo_las_copias"),
    "zeros": ("return [*w, *(0 for _ in c)]", "copias_a_cero"),
    "no original": (BOTH.format("max(1, c.count(k))"), "olvida_el_original"),
    "all copies": (BOTH.format("(1 + len(c) if k in c else 1)"), "entre_todas"),
    "in front": (f"return [{PART} for k in [*c, *range(len(w))]]", "copias_delante"),
    "no copies": (f"return [{PART} for k in range(len(w))]", "sin_copias"),
    "whole numbers": (
        "u = [*range(len(w)), *c]\n    return [w[k] // u.count(k) for k in u]",
        "otros",
    ),
    "another": (BOTH.format("3"), "otros"),
    "text": ("return ['1' for _ in [*w, *c]]", "tipo_inesperado"),
    "no return": ("[*w, *c]", "falta_return"),
}
bank.right("shared_weights", RIGHT_SHARE)
bank.wrong("shared_weights", WRONG_SHARE, SHARE.format)

bank.right("n_cells", {"product": "n_cells = 4**3 * 2**2", "number": "n_cells = 256"})
WRONG_CELLS = {
    "sum": ("4 * 3 + 2 * 2", "suma"),
    "swapped": ("3**4 * 2**2", "al_reves"),
    "normal only": ("4**3", "olvida_la_reduccion"),
    "one arrow": ("4**3 * 2", "una_flecha_de_reduccion"),
    "another": ("1125", "otro_numero"),
    "text": ("'256'", "tipo_inesperado"),
}
bank.wrong("n_cells", WRONG_CELLS, "n_cells = {}".format)

RIGHT_CHANCE = {
    "formula": "chance_diversity = 1 - (0.5**2 + 0.25**2 + 0.25**2)",
    "number": "chance_diversity = 0.625",
}
WRONG_CHANCE = {
    "equal": ("0.375", "la_de_ser_iguales"),
    "percent": ("62.5", "en_porcentaje"),
    "thirds": ("2 / 3", "la_de_tres_por_igual"),
    "no squares": ("1 - (0.5 + 0.25 + 0.25)", "sin_cuadrados"),
    "without putting back": ("1 - 2 * 1 / (4 * 3)", "sin_reposicion"),
    "another": ("0.9", "otro_numero"),
    "text": ("'0.625'", "tipo_inesperado"),
}
bank.right("chance_diversity", RIGHT_CHANCE)
bank.wrong("chance_diversity", WRONG_CHANCE, "chance_diversity = {}".format)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()
