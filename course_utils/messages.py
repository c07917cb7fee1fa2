"""Every string that a student reads, in one place, so that an English edition can follow.

Constants are templates for :meth:`str.format`; the code that fills them stands beside its logic.
"""

# --- environment ---------------------------------------------------------------------------------
SETUP = (
    "Python {python} · scikit-learn {sklearn} · {cores} núcleos · "
    "presupuesto «{budget}» · datos «{data}» · semilla {seed}"
)
BAD_SETTING = (
    "La variable de entorno {variable} vale «{value}», y solo puede valer: {allowed}. "
    "Cámbiala (o bórrala) y reinicia el kernel."
)
CHECK_COLUMNS = ("qué", "encontrado", "estado", "qué significa")
CHECK_OK = "bien"
CHECK_MISSING = "falta"
CHECK_WARN = "atención"
CHECK_PYTHON_OK = "El curso necesita Python 3.11 o posterior."
CHECK_PYTHON_OLD = "El curso necesita Python 3.11 o posterior: instala una versión más nueva."
CHECK_PACKAGE_OK = "Lecciones: {lessons}."
CHECK_PACKAGE_MISSING = (
    "Lo usan las lecciones: {lessons}. En tu portátil, «make lab» lo instala; "
    "en Colab lo instala la primera celda de la lección que lo usa."
)
CHECK_MEMORY = "memoria"
CHECK_MEMORY_OK = "Basta: ninguna lección necesita más de 2,5 GB."
CHECK_MEMORY_LOW = "Justa: cierra otros programas antes de las lecciones 08 a 10."
CHECK_MEMORY_UNKNOWN = "Este sistema no lo dice; el curso necesita 4 GB."
CHECK_DISK = "disco libre"
CHECK_DISK_OK = "Basta para descargar los datos reales (menos de 250 MB en total)."
CHECK_DISK_LOW = "Queda poco: el curso usará los datos incluidos, sin descargar nada."

# --- plots ---------------------------------------------------------------------------------------
ALT_MISSING = "Falta el texto alternativo: di en una frase qué muestra la figura."

# --- progress ------------------------------------------------------------------------------------
PROGRESS_CANDIDATES = "candidatos"
PROGRESS = "{done} de {total} {label}"
PROGRESS_BEST = "mejor hasta ahora: {best:.4f}"
PROGRESS_LEFT = "quedan unos {seconds:.0f} s"
PROGRESS_DONE = "Terminado: {done} de {total} {label}."
PROGRESS_STOPPED = "Interrumpido: se conservan {done} de {total} {label}, ya evaluados."

# --- study ---------------------------------------------------------------------------------------
STUDY_UNKNOWN = (
    "to_study no sabe leer un objeto de tipo {type}. Espera una búsqueda terminada de scikit-learn "
    "(GridSearchCV, RandomizedSearchCV o las de mitades sucesivas)."
)
STUDY_NOT_FITTED = "Esta búsqueda aún no tiene resultados: llama antes a {type}.fit(X_train, y_train)."
STUDY_MANY_METRICS = (
    "La búsqueda midió varias métricas ({metrics}) y no dice cuál manda. "
    "Créala con refit=\"{first}\" (o la que quieras optimizar)."
)
STUDY_EMPTY = "El estudio no tiene ningún intento terminado, así que no hay mejor punto que revisar."
BOUNDARY_COLUMNS = ("hiperparámetro", "mejor", "mínimo", "máximo", "en el borde")
YES, NO, NOT_APPLICABLE = "sí", "no", "—"

