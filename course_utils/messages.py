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

