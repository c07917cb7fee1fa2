"""Strings of :mod:`course_utils.tournament` and of its curves."""

TOURNAMENT_EMPTY = "Un torneo necesita al menos una estrategia, una evaluación y una semilla."
TOURNAMENT_SEED_TWICE = "La semilla {seed} está dos veces: cada una cuenta una sola vez."
TOURNAMENT_MORE = (
    "La estrategia «{name}» quiso evaluar más de {n_trials} veces. En un torneo todas gastan lo "
    "mismo: llama a objective(config) exactamente n_trials veces."
)
TOURNAMENT_FEWER = (
    "La estrategia «{name}» evaluó {done} veces con la semilla {seed}, y tocaban {n_trials}. En un "
    "torneo todas gastan lo mismo: llama a objective(config) exactamente n_trials veces."
)
TOURNAMENT_FAILED = (
    "La estrategia «{name}» falló con la semilla {seed}, en la evaluación {trial}: {type}: {error}"
)
TOURNAMENT_NOT_REPEATED = (
    "La estrategia «{name}» dio dos resultados distintos con la misma semilla ({seed}). Saca todo "
    "su azar de seed, por ejemplo con rng = np.random.default_rng(seed), y no guardes nada de una "
    "búsqueda para la siguiente."
)
TOURNAMENT_INTERRUPTED = (
    "Torneo interrumpido: se conservan {done} semillas completas de cada estrategia."
)
TOURNAMENT_SHAPES = (
    "Cada estrategia necesita una tabla de (semillas, evaluaciones), de igual forma para todas. "
    "Hay: {found}."
)
TOURNAMENT_GRID = "la cuadrícula más fina de este espacio tiene {size} puntos; pide menos."
TOURNAMENT_BY = "by={by!r} no puede ser: usa «trial» (evaluaciones) o «seconds» (reloj simulado)."
TOURNAMENT_NO_CLOCK = "Estos resultados no traen segundos simulados (vienen de from_scores)."
TOURNAMENT_UNPAIRED = (
    "No todas las estrategias tienen un resultado con {trial} evaluaciones para las mismas "
    "semillas. Compara estrategias de un mismo torneo, con un presupuesto que todas alcancen."
)
TOURNAMENT_ALONE = "Para comparar hacen falta al menos dos estrategias."
TOURNAMENT_TINY_P = "< 0.001"
TOURNAMENT_BETTER = (
    "Con {trial} evaluaciones, {a} supera a {b} en esta tabla: {points:.3f} puntos de exactitud "
    "más, de media sobre {seeds} semillas (intervalo del 95 %: de {low_points:.3f} a "
    "{high_points:.3f}); p de Holm {p_text}. La probabilidad de que quede por delante con una "
    "misma semilla es {superiority:.2f} (de {superiority_low:.2f} a {superiority_high:.2f}; un "
    "empate cuenta medio)."
)
TOURNAMENT_TINY = (
    " Se distingue, pero es diminuta: menos de {points:g} puntos, que no suelen compensar ningún "
    "esfuerzo."
)
TOURNAMENT_EQUAL = (
    "Con {trial} evaluaciones, {a} no se distingue de {b} en esta tabla: la diferencia media sobre "
    "{seeds} semillas, {points:.3f} puntos de exactitud, cabe en el azar (p de Holm {p_text}). Eso "
    "no prueba que sean iguales."
)
TOURNAMENT_HOPELESS = (
    " Con solo {seeds} semillas esta prueba no puede distinguir nada, por grande que sea la "
    "diferencia: usa más."
)
ANYTIME_AXES = {
    "trial": "evaluaciones",
    "seconds": "reloj simulado (segundos de CPU)",
    "regret": "arrepentimiento medio (exactitud)",
}
