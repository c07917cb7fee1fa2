"""Strings of :mod:`course_utils.plots`."""

ALT_MISSING = "Falta el texto alternativo: di en una frase qué muestra la figura."
FOLD_NAME = "vuelta {number}"
FOLD_CLASS = "clase"
FOLD_ROWS = "filas de los datos"
FOLD_LEGEND = ("entrenamiento", "validación", "clase 0", "clase 1")
SURROGATE_BAND = "media ± 2 desviaciones"
SURROGATE_MEAN = "modelo sustituto"
SURROGATE_TRUTH = "la verdad (oculta)"
SURROGATE_TRIED = "intentos"
SCHEDULE_STEP = "paso (una actualización de los pesos)"
SCHEDULE_RATE = "tasa de aprendizaje"
