"""Every string that a student reads in an explorer; templates for :meth:`str.format`.

``LABELS`` names the controls, ``SEEN`` is the line that says what is seen, ``ALT`` describes the
picture for those who do not see it (``SEEN`` follows it there).
"""

LABELS: dict[str, dict[str, str]] = {
    "grid_vs_random": {
        "per_axis": "Valores por eje:",
        "ratio": "El 1.º pesa (veces):",
    },
    "sixty_trials": {"trials": "Intentos al azar:", "top": "Mejor… % del espacio:"},
    "tpe": {"steps": "Pasos de TPE:", "good_share": "«Buenos», γ:"},
    "gp": {"trials": "Intentos pagados:", "length_scale": "Alcance (length_scale):"},
    "luck": {"candidates": "Candidatos:", "rows": "Filas:"},
    "threshold": {"cut": "Umbral:", "prevalence": "Prevalencia:"},
    "evolution": {"population": "Población:", "mutation": "Mutación:", "aging": "Muere:"},
    "hyperband": {"max_epochs": "Épocas como mucho, R:", "factor": "Factor, η:"},
    "schedule": {
        "schedule": "Planificación:",
        "initial": "Tasa inicial:",
        "momentum": "Momento:",
    },
    "halving": {"noise": "Ruido (puntos):", "factor": "Pasa uno de cada:"},
}

OLDEST, WORST = "el más viejo", "el peor"

GRID_TITLES = ("Cuadrícula", "Azar", "Altura media (cima = 1)")
GRID_AXES = ("hiperparámetro 1", "hiperparámetro 2")
GRID_BARS = ("cuadrícula", "azar")
SIXTY_TITLES = ("¿Cae alguno entre los mejores?", "¿En qué puesto cae el mejor?")
SIXTY_AXES = ("intentos", "probabilidad", "puesto (0 % = el mejor del espacio)", "densidad")
SIXTY_LEGEND = ("95 %", "los mejores")
TPE_TITLES = ("Los intentos, ya clasificados", "TPE va donde l es grande y g pequeña")
TPE_AXES = ("hiperparámetro x", "exactitud", "densidad")
TPE_LEGEND = ("la verdad (oculta)", "buenos", "el resto", "l(x), buenos", "g(x), el resto")
GP_TITLES = ("Lo que el sustituto cree", "Dónde espera mejorar (lo más alto: {highest:.2g})")
GP_AXES = ("hiperparámetro x", "exactitud", "mejora\nesperada")
LUCK_TITLES = ("Puro ruido: la verdad es 0.5", "Cuantos más pruebas, más promete")
LUCK_AXES = ("exactitud (CV)", "probabilidad", "candidatos", "exactitud del elegido (media)")
LUCK_LEGEND = ("uno cualquiera", "el elegido", "la verdad")
THRESHOLD_TITLES = ("De 10 000 casos", "ROC: área {area:.2f}", "PR: área {area:.2f}")
THRESHOLD_CELLS = (("legítimo", "fraude"), ("sin alarma", "alarma"))
THRESHOLD_AXES = ("tasa de falsos positivos", "sensibilidad", "sensibilidad", "precisión")
THRESHOLD_LEGEND = ("al azar",)
EVOLUTION_TITLES = ("De la primera a la última población", "Lo que falta hasta la mejor celda")
EVOLUTION_AXES = ("columna (gamma)", "fila (C)", "evaluaciones", "puntos de exactitud (CV)")
EVOLUTION_LEGEND = ("al nacer", "al final", "mejor visto", "mejor vivo", "azar")
HALVING_TITLES = ("Una carrera", "¿Sigue vivo el mejor tras la ronda?")
HALVING_AXES = (
    "recurso de cada candidato (y cuántos corren)",
    "exactitud medida (%)",
    "ronda",
    "carreras (de cada 100)",
)
HALVING_LEGEND = ("el mejor de verdad", "eliminado")

HYPERBAND_TITLES = ("Rondas de cada tanda: cuántos corren", "Épocas que paga cada tanda")
HYPERBAND_AXES = ("época (escala logarítmica)", "tanda", "tanda", "épocas")
SCHEDULE_NAMES = {
    "constant": "ninguna",
    "ExponentialDecay": "exponencial",
    "PiecewiseConstantDecay": "escalones",
    "PolynomialDecay": "polinómica",
    "InverseTimeDecay": "inversa",
    "CosineDecay": "coseno",
    "CosineDecayRestarts": "coseno, reinicios",
}
SCHEDULE_TITLES = ("La tasa de cada paso", "El camino por el valle")
SCHEDULE_AXES = ("paso", "tasa de aprendizaje", "peso 1 (llano)", "peso 2 (empinado)")
SCHEDULE_LEGEND = ("límite sin momento: 0.08",)

SEEN: dict[str, str] = {
    "grid_vs_random": (
        "Con {trials} intentos, la cuadrícula prueba {grid_values} valores del hiperparámetro 1 y "
        "el azar, {chance_values}. Altura media: cuadrícula {grid_height:.2f}, azar "
        "{chance_height:.2f}; el azar gana el {wins:.0f} % de los duelos."
    ),
    "sixty_trials": (
        "Al elegir {trials} al azar, la probabilidad de que alguno caiga en el mejor {top:.0f} "
        "% es {probability:.3f}. Para llegar al 95 % hacen falta {needed}."
    ),
    "tpe": (
        "Tras {trials} intentos (buenos: {good}), el mejor tiene {best:.3f}. El siguiente va a "
        "x = {chosen:.2f}, donde l/g vale {ratio:.1f}; allí la verdad es {truth:.3f}."
    ),
    "gp": (
        "Con {trials} intentos, el mejor tiene {best:.3f} (la cima, {peak:.3f}). El sustituto "
        "espera mejorar {gain:.2g} y manda el siguiente a x = {chosen:.2f}."
    ),
    "luck": (
        "Sobre puro ruido, el elegido entre {candidates} candidatos promete {expected:.3f} de "
        "exactitud, de media, con {rows} filas. La verdad es 0.5: el optimismo son "
        "{points:.1f} puntos."
    ),
    "threshold": (
        "De cada 10 000 casos, {positives:.0f} son fraudes. Salta la alarma en {alarms:.0f} y "
        "acierta en {hits:.0f}: precisión {precision:.3f}, sensibilidad {recall:.3f}, exactitud "
        "{accuracy:.3f}. Área ROC {roc_area:.3f}, área PR {pr_area:.3f}."
    ),
    "evolution": (
        "Tras 84 evaluaciones, de media: el mejor visto queda a {seen:.2f} puntos de la mejor "
        "celda y el mejor vivo, a {alive:.2f}; el azar, a {chance:.2f}. Al final, el "
        "{distinct:.0f} % de la población son individuos distintos."
    ),
    "hyperband": (
        "Con R = {max_epochs} y η = {factor}: {n_brackets} tandas, {networks} redes distintas "
        "({trials} intentos, si cada ronda cuenta) y {paid} épocas. Llevarlas todas a la época "
        "{max_epochs} costaría {full}: {times:.1f} veces más."
    ),
    "schedule": (
        "Planificación: {name}. Tras 60 pasos la pérdida pasa de 20.5 a {loss:.3g}; la tasa, de "
        "{initial:g} a {last:.2g}. Distancia al fondo: {distance:.2g}."
    ),
    "halving": (
        "Con {noise:.1f} puntos de ruido, el mejor de verdad cae en la primera ronda el "
        "{first:.0f} % de las veces y gana el {wins:.0f} %. Se pierden {loss:.2f} puntos de "
        "media y se gasta el {cost:.0f} % de lo que costaría llevarlos a todos al final."
    ),
}

ALT: dict[str, str] = {
    "grid_vs_random": (
        "Puntos en cuadrícula y al azar, con sus sombras en los ejes, y barras de altura media."
    ),
    "sixty_trials": "Curva de la probabilidad según los intentos y densidad del mejor puesto.",
    "tpe": "Intentos buenos y malos sobre dos colinas; debajo, las densidades l(x) y g(x).",
    "gp": "Modelo sustituto con su banda sobre dos colinas; debajo, la mejora esperada.",
    "luck": (
        "Distribución de la exactitud de un candidato y del elegido; curva según los candidatos."
    ),
    "threshold": "Matriz de confusión, curva ROC y curva precisión-sensibilidad, con un punto.",
    "evolution": (
        "Población inicial y final sobre la tabla de la SVM; puntos hasta el óptimo por evaluación."
    ),
    "hyperband": "Rondas de las tandas de Hyperband a lo largo de las épocas; épocas por tanda.",
    "schedule": "Curva de la tasa y camino de 60 pasos sobre las curvas de nivel de un valle.",
    "halving": "Candidatos que se eliminan por rondas; barras de cuántas veces sigue el mejor.",
}
