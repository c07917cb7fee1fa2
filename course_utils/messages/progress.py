"""Strings of :mod:`course_utils.checks.progress`: what a student has solved so far."""

PROGRESS_LINE = (
    "Ejercicio {lesson}: llevas {solved} de {count} preguntas · {points} de {out_of} puntos"
)
PROGRESS_LINE_TEXT = " (y {points} más, del texto libre, que lee una persona)"
PROGRESS_PRACTICE = "Práctica de la lección {lesson}: llevas {solved} de {count}"
PROGRESS_NOT_KEPT = "No se pudo guardar en el disco: esta cuenta no llegará a la próxima sesión."
PROGRESS_TITLE = "Tu avance"
PROGRESS_COLUMNS = ("Ejercicio", "Preguntas", "Puntos", "Práctica", "Te falta")
PROGRESS_OF = "{done} de {count}"
PROGRESS_NOTHING_LEFT = "nada que se compruebe solo"
PROGRESS_EMPTY = (
    "Aún no has comprobado ninguna respuesta. Desde la lección 01, cada check que ejecutes quedará "
    "apuntado aquí: qué has resuelto, cuántos puntos llevas y qué te falta."
)
PROGRESS_NOT_BEGUN = "Sin empezar: {lessons}."
PROGRESS_NOTE = (
    "Es solo para ti: está en el archivo mi_curso.json de este equipo y no se envía. No es tu "
    "nota, que sale de los cuadernos que entregues."
)
