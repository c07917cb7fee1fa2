"""Lesson 14's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

from tests.checks.exercise_bank import Bank

bank = Bank("14")

RIGHT_MAKESPAN = {
    "a heap": """
        import heapq
        def makespan(minutes, workers):
            free = [0] * workers
            for minute in minutes:
                heapq.heapreplace(free, free[0] + minute)
            return max(free)
    """,
    "the least of a list": """
        def makespan(minutes, workers):
            free = [0] * workers
            for minute in minutes:
                free[free.index(min(free))] += minute
            return max(free)
    """,
    "numpy": """
        import numpy as np
        def makespan(minutes, workers):
            free = np.zeros(workers)
            for minute in minutes:
                free[free.argmin()] += minute
            return free.max()
    """,
    "events": """
        def makespan(minutes, workers):
            running, now, queue = [], 0, list(minutes)
            while queue or running:
                while queue and len(running) < workers:
                    running.append(now + queue.pop(0))
                now = min(running)
                running.remove(now)
            return now
    """,
}
WRONG_MAKESPAN = {
    "one machine": ("return sum(minutes)", "una_sola_maquina"),
    "perfect": ("return sum(minutes) / workers", "reparto_perfecto"),
    "rounds": (
        "return sum(max(minutes[k:k + workers]) for k in range(0, len(minutes), workers))",
        "con_barrera",
    ),
    "turns": ("return max(sum(minutes[k::workers]) for k in range(workers))", "por_turnos"),
    "blocks": (
        "size = max(1, -(-len(minutes) // workers))\n"
        "    blocks = range(0, len(minutes), size)\n"
        "    return max((sum(minutes[k:k + size]) for k in blocks), default=0)",
        "por_bloques",
    ),
    "sorted": (
        "free = [0] * workers\n"
        "    for m in sorted(minutes, reverse=True):\n"
        "        free[free.index(min(free))] += m\n"
        "    return max(free)",
        "ordena_la_cola",
    ),
    "longest": ("return max(minutes, default=0)", "solo_la_mas_larga"),
    "first idle": (
        "free = [0] * workers\n"
        "    for m in minutes:\n"
        "        free[free.index(min(free))] += m\n"
        "    return min(free)",
        "la_primera_que_acaba",
    ),
    "whole minutes per machine": ("return sum(minutes) // workers", "otro_numero"),
    "constant": ("return 40", "otro_numero"),
    "no return": ("sum(minutes)", "falta_return"),
    "popped": (
        "free = [0] * workers\n"
        "    while minutes:\n"
        "        free[free.index(min(free))] += minutes.pop(0)\n"
        "    return max(free)",
        "modifica_argumentos",
    ),
}
bank.right("makespan", RIGHT_MAKESPAN)
bank.wrong("makespan", WRONG_MAKESPAN, "def makespan(minutes, workers):\n    {}\n".format)

RIGHT_PROMOTABLE = {
    "sorted": """
        def promotable(finished, promoted, factor):
            ranking = sorted(finished, key=finished.get, reverse=True)
            best = ranking[: len(finished) // factor]
            return [name for name in best if name not in promoted]
    """,
    "pandas": """
        import pandas as pd
        def promotable(finished, promoted, factor):
            scores = pd.Series(finished, dtype=float)
            best = scores.nlargest(len(scores) // factor).index
            return list(best.difference(promoted))
    """,
    "a set": """
        def promotable(finished, promoted, factor):
            pairs = sorted((-score, name) for name, score in finished.items())
            return {name for _, name in pairs[: int(len(pairs) / factor)]} - set(promoted)
    """,
}
PROMOTE = """
def promotable(finished, promoted, factor):
    ranking = sorted(finished, key=finished.get, reverse=True)
    {}
"""
WRONG_PROMOTABLE = {
    "again": ("return ranking[: len(ranking) // factor]", "repite_promovidos"),
    "rounded up": (
        "return [n for n in ranking[: -(-len(ranking) // factor)] if n not in promoted]",
        "redondea_hacia_arriba",
    ),
    "worst": (
        "return [n for n in ranking[::-1][: len(ranking) // factor] if n not in promoted]",
        "los_peores",
    ),
    "removed first": (
        "left = [n for n in ranking if n not in promoted]\n    return left[: len(left) // factor]",
        "quita_antes_de_contar",
    ),
    "factor of them": (
        "return [n for n in ranking[:factor] if n not in promoted]",
        "los_mejores_factor",
    ),
    "always one": (
        "return [n for n in ranking[: max(1, len(ranking) // factor)] if n not in promoted]",
        "siempre_uno",
    ),
    "subtracted": (
        "places = max(0, len(ranking) // factor - len(promoted))\n"
        "    return [n for n in ranking[:places] if n not in promoted]",
        "resta_los_promovidos",
    ),
    "waits": (
        "if len(ranking) % factor:\n"
        "        return []\n"
        "    return [n for n in ranking[: len(ranking) // factor] if n not in promoted]",
        "espera_a_todos",
    ),
    "everybody": ("return [n for n in ranking if n not in promoted]", "otros"),
    "scores": (
        "return [finished[n] for n in ranking[: len(ranking) // factor]]",
        "tipo_inesperado",
    ),
    "no return": ("ranking[: len(ranking) // factor]", "falta_return"),
}
bank.right("promotable", RIGHT_PROMOTABLE)
bank.wrong("promotable", WRONG_PROMOTABLE, PROMOTE.format)

RIGHT_LOST = {
    "a loop": """
        def lost_trials(trials, now, grace):
            lost = []
            for trial in trials:
                beat = trial["start"] if trial["beat"] is None else trial["beat"]
                if trial["state"] == "RUNNING" and now - beat > grace:
                    lost.append(trial["number"])
            return lost
    """,
    "or": """
        def lost_trials(trials, now, grace):
            running = [t for t in trials if t["state"] == "RUNNING"]
            return [t["number"] for t in running if (t["beat"] or t["start"]) < now - grace]
    """,
    "pandas": """
        import pandas as pd
        def lost_trials(trials, now, grace):
            frame = pd.DataFrame(trials)
            beat = frame["beat"].astype(float).fillna(frame["start"])
            lost = (frame["state"] == "RUNNING") & (now - beat > grace)
            return frame.loc[lost, "number"].tolist()
    """,
}
LOST = """
def lost_trials(trials, now, grace):
    def beat(t):
        return t["start"] if t["beat"] is None else t["beat"]
    {}
"""
WRONG_LOST = {
    "any state": (
        "return [t['number'] for t in trials if now - beat(t) > grace]",
        "olvida_el_estado",
    ),
    "not complete": (
        "return [t['number'] for t in trials"
        " if t['state'] != 'COMPLETE' and now - beat(t) > grace]",
        "incluye_los_fallidos",
    ),
    "all running": (
        "return [t['number'] for t in trials if t['state'] == 'RUNNING']",
        "todos_los_que_corren",
    ),
    "alive": (
        "return [t['number'] for t in trials"
        " if t['state'] == 'RUNNING' and now - beat(t) <= grace]",
        "los_vivos",
    ),
    "at the limit": (
        "return [t['number'] for t in trials"
        " if t['state'] == 'RUNNING' and now - beat(t) >= grace]",
        "justo_en_el_limite",
    ),
    "never heard is alive": (
        "return [t['number'] for t in trials if t['state'] == 'RUNNING'"
        " and t['beat'] is not None and now - t['beat'] > grace]",
        "sin_firma_es_vivo",
    ),
    "never heard is dead": (
        "return [t['number'] for t in trials if t['state'] == 'RUNNING'"
        " and (t['beat'] is None or now - t['beat'] > grace)]",
        "sin_firma_es_muerto",
    ),
    "since the start": (
        "return [t['number'] for t in trials"
        " if t['state'] == 'RUNNING' and now - t['start'] > grace]",
        "desde_el_principio",
    ),
    "nobody": ("return []", "otros"),
    "texts": ("return [str(t['number']) for t in trials]", "tipo_inesperado"),
    "no return": ("[t['number'] for t in trials]", "falta_return"),
}
bank.right("lost_trials", RIGHT_LOST)
bank.wrong("lost_trials", WRONG_LOST, LOST.format)

bank.right("bill", {"product": "bill = 40 * 2.5 * 1.1 * 0.08", "number": "bill = 8.8"})
WRONG_BILL = {
    "nothing again": ("40 * 2.5 * 0.08", "olvida_lo_repetido"),
    "one machine": ("2.5 * 0.08 * 1.1", "olvida_las_maquinas"),
    "one hour": ("40 * 0.08", "olvida_las_horas"),
    "less": ("40 * 2.5 * 0.08 * 0.9", "quita_lo_repetido"),
    "another": ("100", "otro_numero"),
    "text": ("'8.8'", "tipo_inesperado"),
}
bank.wrong("bill", WRONG_BILL, "bill = {}".format)

RIGHT_SHARE = {
    "share": "worked_share = (10 + 10 + 12 + 40) / (4 * 40)",
    "number": "worked_share = 0.45",
}
WRONG_SHARE = {
    "percent": ("45", "en_porcentaje"),
    "waiting": ("1 - 0.45", "la_parte_parada"),
    "all": ("1", "olvida_la_espera"),
    "sum": ("40 / 72", "suma_las_duraciones"),
    "another": ("0.3", "otro_numero"),
    "text": ("'0.45'", "tipo_inesperado"),
}
bank.right("worked_share", RIGHT_SHARE)
bank.wrong("worked_share", WRONG_SHARE, "worked_share = {}".format)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()
