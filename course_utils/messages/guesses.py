"""Strings of :mod:`course_utils.guesses`."""

GUESS_QUESTION = "Predice: {question}"
GUESS_LABEL = "Tu número:"
GUESS_PLACEHOLDER = "escribe un número y pulsa Intro"
GUESS_WAITING = "Todavía no has respondido. Una corazonada también vale."
GUESS_NOTED = "Anotado: {answer}. Puedes cambiarlo hasta ver el resultado."
GUESS_NOT_KEPT = (
    "No se pudo guardar en el disco: tu respuesta dura lo que dure esta sesión del cuaderno."
)
GUESS_NO_NUMBER = (
    "Eso no lo entiendo como número. Escribe solo la cifra, por ejemplo 60, 0.95, 1e-3 o 12 500."
)
GUESS_ANSWER = "Tu predicción: {answer}"
GUESS_TRUTH = "Resultado: {truth}"
GUESS_OUTCOMES = {
    "acierto": "Acertaste.",
    "cerca": "Muy cerca.",
    "sorpresa": "No es lo que esperabas: busca en el texto por qué.",
    "sin_prediccion": "No anotaste ninguna predicción. Vuelve a la pregunta y pruébalo.",
}
GUESS_MARKS = {
    "acierto": "acertaste",
    "cerca": "cerca",
    "sorpresa": "sorpresa",
    "sin_prediccion": "sin responder",
}
GUESS_COLUMNS = ("Sección", "Pregunta", "Dijiste", "Salió", "")
GUESS_NONE = "—"
GUESS_AGAIN = (
    "Vuelve a leer con calma: {sections}. Donde el resultado te sorprendió es donde más se aprende."
)
GUESS_NO_SURPRISE = "Ninguna sorpresa esta vez: tus ideas y los datos van de la mano."
GUESS_NONE_MADE = (
    "En esta lección no anotaste predicciones. Prueba a hacerlo en la próxima: comprometerse con "
    "un número antes de verlo es la manera más barata de aprender."
)
GUESS_NOT_ASKED = (
    "La predicción {key} no se ha preguntado todavía en esta sesión. Ejecuta antes la celda con "
    'guess("{key}", …), o todas las anteriores (menú Run → Run All Above Selected Cell).'
)
GUESS_BAD_KEY = (
    "La clave de una predicción es su sección, «3.4», o «3.4b» si hay dos en la misma; "
    "llegó {key!r}."
)
GUESS_BAD_OPTIONS = (
    "La predicción {key} necesita al menos dos opciones, todas distintas; o ninguna, si se pide "
    "un número."
)
GUESS_NO_OPTION = "La predicción {key} no tiene la opción {truth!r} que dio reveal."
