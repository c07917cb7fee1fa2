"""Every string that a student reads in an explorer, a block for each."""

from typing import NamedTuple


class Words(NamedTuple):
    """The words of one explorer.

    Attributes
    ----------
    labels : dict of str to str
        Names of the controls, by the argument that each sets.
    seen : str
        The line that says what is seen, a template for :meth:`str.format`.
    alt : str
        Describes the picture for those who do not see it; `seen` follows it there.
    titles, axes, legend : tuple of str
        In the picture, in the order in which it uses them.
    """

    labels: dict[str, str]
    seen: str
    alt: str
    titles: tuple[str, ...]
    axes: tuple[str, ...]
    legend: tuple[str, ...] = ()


GRID_VS_RANDOM = Words(
    labels={"per_axis": "Valores por eje:", "ratio": "El 1.º pesa (veces):"},
    seen=(
        "Con {trials} intentos, la cuadrícula prueba {grid_values} valores del hiperparámetro "
        "1 y el azar, {chance_values}. Altura media: cuadrícula {grid_height:.2f}, azar "
        "{chance_height:.2f}; el azar gana el {wins:.0f} % de los duelos."
    ),
    alt="Puntos en cuadrícula y al azar, con sus sombras en los ejes, y barras de altura media.",
    titles=("Cuadrícula", "Azar", "Altura media (cima = 1)"),
    axes=("hiperparámetro 1", "hiperparámetro 2"),
    legend=("cuadrícula", "azar"),
)

SIXTY_TRIALS = Words(
    labels={"trials": "Intentos al azar:", "top": "Mejor… % del espacio:"},
    seen=(
        "Al elegir {trials} al azar, la probabilidad de que alguno caiga en el mejor "
        "{top:.0f} % es {probability:.3f}. Para llegar al 95 % hacen falta {needed}."
    ),
    alt="Curva de la probabilidad según los intentos y densidad del mejor puesto.",
    titles=("Intentos: {trials}; probabilidad {probability:.2f}", "El área es esa probabilidad"),
    axes=("intentos", "probabilidad", "puesto (0 % = el mejor del espacio)", "densidad"),
    legend=("95 %", "los mejores"),
)

TPE = Words(
    labels={"steps": "Pasos de TPE:", "good_share": "«Buenos», γ:"},
    seen=(
        "Tras {trials} intentos (buenos: {good}), el mejor tiene {best:.3f}. El siguiente va "
        "a x = {chosen:.2f}, donde l/g vale {ratio:.1f}; allí la verdad es {truth:.3f}."
    ),
    alt="Intentos buenos y malos sobre dos colinas; debajo, las densidades l(x) y g(x).",
    titles=("Los intentos, ya clasificados", "TPE va donde l es grande y g pequeña"),
    axes=("hiperparámetro x", "exactitud", "densidad"),
    legend=("la verdad (oculta)", "buenos", "el resto", "l(x), buenos", "g(x), el resto"),
)

GP = Words(
    labels={"trials": "Intentos pagados:", "length_scale": "Alcance (length_scale):"},
    seen=(
        "Con {trials} intentos, el mejor tiene {best:.3f} (la cima, {peak:.3f}). El sustituto "
        "espera mejorar {gain:.2g} y manda el siguiente a x = {chosen:.2f}."
    ),
    alt="Modelo sustituto con su banda sobre dos colinas; debajo, la mejora esperada.",
    titles=(
        "Lejos de los intentos, el sustituto duda más",
        "Donde más espera mejorar: x = {chosen:.2f} ({highest:.2g})",
    ),
    axes=("hiperparámetro x", "exactitud", "mejora\nesperada"),
)

LUCK = Words(
    labels={"candidates": "Candidatos:", "rows": "Filas:"},
    seen=(
        "Sobre puro ruido, el elegido entre {candidates} candidatos promete {expected:.3f} de "
        "exactitud, de media, con {rows} filas. La verdad es 0.5: el optimismo son "
        "{points:.1f} puntos."
    ),
    alt="Distribución de la exactitud de un candidato y del elegido; curva según los candidatos.",
    titles=("Puro ruido: la verdad es 0.5", "Cuantos más pruebas, más promete"),
    axes=("exactitud (CV)", "probabilidad", "candidatos", "exactitud del elegido (media)"),
    legend=("uno cualquiera", "el elegido", "la verdad"),
)

THRESHOLD = Words(
    labels={"cut": "Umbral:", "prevalence": "Prevalencia:"},
    seen=(
        "De cada 10 000 casos, {positives:.0f} son fraudes. Salta la alarma en {alarms:.0f} y "
        "acierta en {hits:.0f}: precisión {precision:.3f}, sensibilidad {recall:.3f}, "
        "exactitud {accuracy:.3f}. Área ROC {roc_area:.3f}, área PR {pr_area:.3f}."
    ),
    alt="Matriz de confusión, curva ROC y curva precisión-sensibilidad, con un punto.",
    titles=("De 10 000 casos", "ROC: área {area:.2f}", "PR: área {area:.2f}"),
    axes=("tasa de falsos positivos", "sensibilidad", "sensibilidad", "precisión"),
    legend=("al azar",),
)
CONFUSION_CELLS = (("legítimo", "fraude"), ("sin alarma", "alarma"))

EVOLUTION = Words(
    labels={"population": "Población:", "mutation": "Mutación:", "aging": "Muere:"},
    seen=(
        "Tras 84 evaluaciones, de media: el mejor visto queda a {seen:.2f} puntos de la mejor "
        "celda y el mejor vivo, a {alive:.2f}; el azar, a {chance:.2f}. Al final, el "
        "{distinct:.0f} % de la población son individuos distintos."
    ),
    alt=(
        "Población inicial y final sobre la tabla de la SVM; puntos hasta el óptimo por evaluación."
    ),
    titles=("De la primera a la última población", "Lo que falta hasta la mejor celda"),
    axes=("columna (gamma)", "fila (C)", "evaluaciones", "puntos de exactitud (CV)"),
    legend=("al nacer", "al final", "mejor visto", "mejor vivo", "azar"),
)
WORST, OLDEST = "el peor", "el más viejo"

HALVING = Words(
    labels={"noise": "Ruido (puntos):", "factor": "Pasa uno de cada:"},
    seen=(
        "Con {noise:.1f} puntos de ruido, el mejor de verdad cae en la primera ronda el "
        "{first:.0f} % de las veces y gana el {wins:.0f} %. Se pierden {loss:.2f} puntos de "
        "media y se gasta el {cost:.0f} % de lo que costaría llevarlos a todos al final."
    ),
    alt="Candidatos que se eliminan por rondas; barras de cuántas veces sigue el mejor.",
    titles=(
        "Una carrera, al {cost:.0f} % de su coste",
        "El mejor gana {wins:.0f} de cada 100",
    ),
    axes=(
        "recurso de cada candidato (y cuántos corren)",
        "exactitud medida (%)",
        "ronda",
        "carreras (de cada 100)",
    ),
    legend=("el mejor de verdad", "eliminado"),
)

HYPERBAND = Words(
    labels={"max_epochs": "Épocas como mucho, R:", "factor": "Factor, η:"},
    seen=(
        "Con R = {max_epochs} y η = {factor}: {n_brackets} tandas, {networks} redes distintas "
        "({trials} intentos, si cada ronda cuenta) y {paid} épocas. Llevarlas todas a la "
        "época {max_epochs} costaría {full}: {times:.1f} veces más."
    ),
    alt="Rondas de las tandas de Hyperband a lo largo de las épocas; épocas por tanda.",
    titles=("Rondas de cada tanda: cuántos corren", "Épocas que paga cada tanda"),
    axes=("época (escala logarítmica)", "tanda", "tanda", "épocas"),
)

SCHEDULE = Words(
    labels={"schedule": "Planificación:", "initial": "Tasa inicial:", "momentum": "Momento:"},
    seen=(
        "Planificación: {name}. Tras 60 pasos la pérdida pasa de 20.5 a {loss:.3g}; la tasa, "
        "de {initial:g} a {last:.2g}. Distancia al fondo: {distance:.2g}."
    ),
    alt="Curva de la tasa y camino de 60 pasos sobre las curvas de nivel de un valle.",
    titles=("La tasa de cada paso", "El camino por el valle"),
    axes=("paso", "tasa de aprendizaje", "peso 1 (llano)", "peso 2 (empinado)"),
    legend=("límite sin momento: 0.08",),
)
SCHEDULE_NAMES = {
    "constant": "ninguna",
    "ExponentialDecay": "exponencial",
    "PiecewiseConstantDecay": "escalones",
    "PolynomialDecay": "polinómica",
    "InverseTimeDecay": "inversa",
    "CosineDecay": "coseno",
    "CosineDecayRestarts": "coseno, reinicios",
}

WORKERS = Words(
    labels={"workers": "Máquinas:", "stragglers": "Tareas lentas:", "kills": "Muertes por hora:"},
    seen=(
        "En 3 horas con {workers} máquinas, la búsqueda con barrera trabaja el "
        "{barrier_busy:.0f} % del tiempo pagado (redes llevadas hasta el final: {barrier_full}); "
        "ASHA, el {asha_busy:.0f} % ({asha_full}). Trabajo tirado por las muertes, en minutos: "
        "{barrier_lost:.0f} y {asha_lost:.0f}."
    ),
    alt=(
        "Dos líneas de tiempo, con barrera y ASHA: una fila por máquina y una barra por "
        "entrenamiento, más oscura cuantas más épocas; naranja con una cruz, si muere."
    ),
    titles=("Con barrera: lo blanco es espera", "ASHA: quien acaba sigue"),
    axes=("minutos", "máquina"),
)
