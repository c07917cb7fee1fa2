"""Strings of :mod:`course_utils.checks`: what a student reads of an answer."""

ANSWER_STATES = {
    "sin_intentar": "Sin intentar",
    "correcto": "Correcto",
    "incorrecto": "Todavía no",
    "fallo": "Tu código falló",
    "no_verificable": "No se puede comprobar",
}
ANSWER_NOT_TRIED = (
    "Aún está como venía. Sustituye los puntos suspensivos `...` por tu respuesta, ejecuta la "
    "celda y vuelve a comprobar."
)
ANSWER_RIGHT = "Se cumple en todas las entradas que hemos probado."
ANSWER_RIGHT_PRACTICE = "Eso es. Sigue leyendo."
ANSWER_NOT_FOUND = (
    "No encuentro `{name}`. Ejecuta la celda donde lo defines y revisa que el nombre sea "
    "exactamente ese."
)
ANSWER_RAISED = "Se detuvo aquí:\n{traceback}"
ANSWER_TYPE = (
    "`{name}` es, o devuelve, un objeto de tipo `{type}`, y se esperaba otra cosa. Relee en el "
    "enunciado qué tiene que ser o devolver."
)
ANSWER_NETWORK_FAILED = (
    "Tu red se guardó, pero, abierta de nuevo, no responde a las filas que se le dan: {error}"
)
ANSWER_NOTHING = (
    "Tu función no devuelve nada (`None`). Mostrar un resultado con `print` no es devolverlo: "
    "falta un `return`, o está en una rama que no siempre se ejecuta."
)
ANSWER_KIND = (
    "Donde se esperaba otra cosa, tu respuesta es {kind}: `{value}`. Relee en el enunciado qué "
    "tiene que ser o devolver."
)
ANSWER_KINDS = {
    "str": "un texto",
    "list": "una lista",
    "dict": "un diccionario",
    "bool": "un valor lógico",
    "int": "un número",
    "float": "un número",
}
ANSWER_MUTATES = (
    "El resultado es bueno, pero tu función cambia los argumentos que recibe. Quien la llame dos "
    "veces con los mismos datos se llevará una sorpresa: trabaja con una copia."
)
ANSWER_DAMAGED = (
    "La respuesta llegó dañada o incompleta. Reinicia el kernel y vuelve a ejecutar todo."
)
ANSWER_TOO_MANY_CALLS = "más de {most} evaluaciones"
ANSWER_FILE_TOO_BIG = "lo que entregas pasa de {megabytes} MB"
ANSWER_NO_SUCH_CALL = "eso no se puede preguntar aquí"
ANSWER_UNKNOWN = (
    "No hay ninguna pregunta que se llame `{name}`. Copia el nombre de la celda de comprobación "
    "que venía con el enunciado."
)
ANSWER_ALIKE = "¿Quizá {names}?"
ANSWER_FREE_TEXT = (
    "Esta respuesta es un texto libre: la lee una persona y no se comprueba aquí. Escríbela en su "
    "celda, debajo de la marca, y guarda el cuaderno."
)
ANSWER_SLIP = (
    "La última vez que ejecutaste la celda de `{name}`, Python no la entendió (línea {line}: "
    "{error}). En memoria sigue la versión anterior, y no tiene sentido comprobarla: corrige esa "
    "línea, ejecuta la celda y vuelve a comprobar."
)
ANSWER_ENDLESS = (
    "Tu código llevaba {seconds} s en marcha y lo hemos parado. Casi siempre es un bucle que no "
    "termina: mira si cambia, en cada vuelta, lo que decide cuándo acabar."
)
