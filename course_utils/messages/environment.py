"""Strings of :mod:`course_utils.environment`."""

SETUP = (
    "Python {python} · scikit-learn {sklearn} · {cores} núcleos · "
    "presupuesto «{budget}» · datos «{data}» · semilla {seed}"
)
BAD_SETTING = (
    "La variable de entorno {variable} vale «{value}», y solo puede valer: {allowed}. "
    "Cámbiala (o bórrala) y reinicia el kernel."
)
OLD_PYTHON = (
    "El curso necesita Python 3.11 o posterior y este kernel es de Python {python}. En Colab, "
    "elige el entorno más reciente (menú «Entorno de ejecución» → «Cambiar tipo de entorno»); "
    "en tu portátil, instala un Python más nuevo y ejecuta «make lab»."
)
REPLACED_PACKAGE = (
    "El kernel ya tenía cargado {package} {imported} y la instalación acaba de poner {installed}. "
    "Reinicia el kernel (en Colab: «Entorno de ejecución» → «Reiniciar sesión») y ejecuta de nuevo "
    "desde la primera celda."
)
MISSING_NAME = (
    "El nombre «{name}» no existe todavía: si acabas de abrir el cuaderno, reiniciaste el kernel o "
    "interrumpiste la celda que lo crea, ejecuta antes todo lo anterior ({menu}); si no, mira "
    "cómo está escrito."
)
NOT_FITTED = (
    "Este modelo o esta búsqueda no ha terminado de entrenarse: si acabas de abrir el cuaderno o "
    "interrumpiste la celda que lo entrena, ejecuta antes todo lo anterior ({menu})."
)
IMPORT_CUT = (
    "La interrupción cortó una importación a la mitad, y ese paquete puede quedar inservible: "
    "reinicia el kernel y ejecuta de nuevo desde la primera celda."
)
BROKEN_WORKERS = (
    "La interrupción de antes cortó también los procesos que ayudaban: ejecuta esta celda otra vez "
    "y se crearán de nuevo."
)
CUT_INSIDE = (
    "Es un fallo dentro de una biblioteca, no tuyo: si acabas de interrumpir la celda, lo causó la "
    "interrupción. Ejecuta esta celda otra vez."
)
RUN_ABOVE = "menú Run → Run All Above Selected Cell"
RUN_ABOVE_COLAB = (
    "menú «Entorno de ejecución» → «Ejecutar anteriores»; en inglés, Runtime → Run before"
)
NOT_INSTALLED = (
    "No se pudo instalar: {names}. Comprueba la conexión y repite esta celda; el motivo que dio "
    "pip está en {log}."
)
CHECK_COLUMNS = ("qué", "encontrado", "estado", "qué significa")
CHECK_OK = "bien"
CHECK_MISSING = "falta"
CHECK_WARN = "atención"
CHECK_PYTHON_OK = "El curso necesita Python 3.11 o posterior."
CHECK_PYTHON_OLD = "El curso necesita Python 3.11 o posterior: instala una versión más nueva."
CHECK_PACKAGE_OK = "Para {lessons}."
CHECK_PACKAGE_MISSING = (
    "Para {lessons}. En tu portátil, «make lab» lo instala; "
    "en Colab lo instala la primera celda de la lección que lo usa."
)
CHECK_OPENMP_MISSING = (
    "Para {lessons}. Está instalado, pero al sistema le falta OpenMP. En macOS: «brew install "
    "libomp»; en Debian o Ubuntu: «sudo apt install libgomp1»."
)
CHECK_MEMORY = "memoria"
CHECK_MEMORY_OK = "Basta: el curso está pensado para equipos de 4 GB."
CHECK_MEMORY_LOW = "Justa: cierra otros programas antes de empezar."
CHECK_MEMORY_UNKNOWN = "Este sistema no lo dice; el curso necesita 4 GB."
CHECK_DISK = "disco libre"
CHECK_DISK_OK = "Basta para descargar los datos reales (menos de 250 MB en total)."
CHECK_DISK_LOW = "Queda poco: el curso usará los datos incluidos, sin descargar nada."
