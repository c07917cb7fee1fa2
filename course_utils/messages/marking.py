"""Strings of :mod:`course_utils.grading`, for whoever grades; ``FEEDBACK_…`` for the student."""

GRADER_NO_SANDBOX = (
    "No encuentro bubblewrap, que aísla los cuadernos ajenos: instálalo (en Debian o Ubuntu, "
    "«apt install bubblewrap») o, si confías en quien los escribió, repite con "
    "--sin-aislamiento (make grade … EXTRA=--sin-aislamiento)."
)
GRADER_SANDBOX_BROKEN = (
    "bubblewrap está instalado, pero no consigue aislar un cuaderno en este equipo ({error}). "
    "Suele faltar permiso para crear espacios de nombres, como en un contenedor: corrige "
    "en una máquina virtual o en otro equipo con Linux."
)
GRADER_PRIVATE = (
    "Aquí eres root: cada cuaderno se ejecuta con un usuario sin privilegios, y ese usuario "
    "no puede leer {path} (¿se instaló con umask 077?). Dale lectura con «chmod -R a+rX {folder}», "
    "o corrige con un usuario corriente."
)
GRADER_UNSAFE = (
    "⚠ Sin aislamiento: los cuadernos ajenos se ejecutan con tus permisos y pueden leer y borrar "
    "tus archivos, y con ellos estas notas."
)
GRADER_OTHER_SEED = (
    "La carpeta {out} se empezó a corregir con otra semilla; sigue sin SEED, o elige otra carpeta "
    "con OUT=…"
)
GRADER_BAD_STATE = "El archivo {file} está dañado; borra la carpeta {out} o elige otra con OUT=…"
GRADER_INSIDE = "OUT no puede estar dentro de la carpeta de entregas: elige otra con OUT=…"
GRADER_NO_SOURCE = "No existe {source}: di dónde están las entregas con SUBMISSIONS=…"
GRADER_NO_HOME = "No sé qué carpeta es «~» en {path}: escribe la ruta entera."
GRADER_DISK = "No se puede escribir en {out} ni en la carpeta temporal: {error}."
GRADER_BUSY = "Otra corrección está escribiendo en {out}: espera a que termine."
GRADER_INTERRUPTED = "Interrumpida. Lo ya corregido está guardado: la misma orden continúa."
GRADER_CLASS = "{students} estudiantes, reconocidos por: {layouts}."
GRADER_LAYOUTS = {
    "moodle": "nombres de Moodle",
    "canvas": "nombres de Canvas",
    "blackboard": "nombres de Blackboard",
    "classroom": "nombres de Google Classroom",
    "nbgrader": "carpetas de nbgrader",
    "folder": "una carpeta o zip por estudiante",
    "flat": "archivos sueltos",
}
GRADER_NOBODY = "(de nadie)"
GRADER_MORE_FILES = "… y {count} archivos más"
GRADER_GRADED = "Se corrigen, con sus entregas: {exercises}; en total, sobre {points} puntos."
GRADER_RARE = (
    "⚠ Pocos entregaron {rare}, y aun así cuenta en el total de todos: si no se pedía, repite "
    'con EXERCISE="{asked}".'
)
GRADER_NO_EXERCISE = "No hay ejercicio {number}: los que hay son {known}."
GRADER_NOT_NOW = "Es del ejercicio {lesson}, que no se corrige ahora."
GRADER_LESSON = "lección"
GRADER_BAD_REVIEW = "No se puede leer {file}: {error}."
GRADER_BAD_POINTS = (
    "{file}, fila {row} ({student}, {question}): «{written}» no es un número entre 0 y {possible}. "
    "Corrígelo y repite la orden; no se ha escrito nada."
)
GRADER_KEPT = (
    "⚠ {count} filas que rellenaste ya no corresponden a ninguna respuesta (quizá se entregó otra "
    "versión): la tabla anterior queda en {file}."
)
GRADER_BAD_SHEET = (
    "{file} no parece la hoja de calificaciones de una tarea de Moodle: falta la columna de la "
    "calificación o la de la máxima entre {columns}."
)
GRADER_MODEL_TEXT = "El texto contiene, palabra por palabra, la respuesta publicada del curso."
GRADER_MODEL_CODE = "El código añadido es idéntico al de la solución publicada del curso."
GRADER_NOTHING = "En {source} no hay ninguna entrega."
GRADER_PROGRESS = "|{bar:20}| {n_fmt} de {total_fmt} | {rate_inv_fmt} | quedan {remaining}"
GRADER_RESUMED = "Continúo una corrección empezada: {done} de {total} cuadernos ya estaban."
GRADER_DONE = (
    "Listo: {students} estudiantes, {files} archivos. Notas: {out}/notas.csv · por revisar: "
    "{review} filas en {out}/revisar.csv · comentarios: {out}/comentarios/ · resumen: "
    "{out}/resumen.html"
)
GRADER_EMPTY = "El archivo está vacío."
GRADER_TOO_BIG = "El archivo pasa de {megabytes} MB."
GRADER_BAD_JSON = "El archivo no se puede leer como cuaderno (JSON dañado o cortado)."
GRADER_NO_CELLS = "El archivo no contiene celdas."
GRADER_LINK = "Es un enlace o un archivo especial: no se abre."
GRADER_UNREADABLE = "No se puede abrir: {error}."
GRADER_NO_NAME = "(sin nombre)"
GRADER_OTHER_FILE = "No es un cuaderno de Jupyter."
GRADER_ARCHIVE = "Es un archivo comprimido que aquí no se abre: pide el .ipynb, o un zip."
GRADER_PROGRAM = "Es un programa .py: pide el cuaderno .ipynb."
GRADER_TOO_MUCH_CODE = "El cuaderno contiene demasiado código: no se ejecuta."
GRADER_TOO_MANY = "Contiene demasiado: otros {count} archivos no se miraron."
GRADER_FAILED = {
    "tiempo": "Leer este archivo lleva demasiado tiempo: no se lee.",
    "memoria": "Leer este archivo ocupa demasiada memoria: no se lee.",
    "salida": "Este archivo contiene demasiado: no se lee.",
    "muerto": "Este archivo no se deja leer: míralo a mano.",
    "error": "Este archivo no se deja leer: míralo a mano.",
}
GRADER_BAD_ZIP = "El zip está dañado."
GRADER_ZIP_BOMB = "El zip contiene demasiado o se expande demasiado: no se abre."
GRADER_ZIP_PATH = "El zip quiere escribir fuera de su carpeta: no se abre."
GRADER_ZIP_LOCKED = "El zip está cifrado."
GRADER_UNKNOWN_EXERCISE = "No se reconoce a qué ejercicio corresponde."
GRADER_NO_PAGE = "No se pudo escribir la página de comentarios de este estudiante."
GRADER_LANGUAGE = "El cuaderno dice estar en {language}; se ejecutó como Python."
GRADER_SEVERAL = "Hay {count} archivos distintos de este ejercicio; cuenta el de más puntos."
GRADER_COPY = "El código añadido es idéntico al de: {others}."
GRADER_NEWER_PYTHON = (
    "Celda de código {cell}: Python {here}, con el que se corrige, no la entiende, y quizá Python "
    "{newer} sí. Mírala, o corrige otra vez con un Python más nuevo."
)
GRADER_LOST = (
    "El cuaderno guarda un «correcto» de la comprobación pública, y aquí gana {points:g} de "
    "{out_of:g}: ¿reutilizó el nombre más abajo, o depende de los datos públicos?"
)
GRADER_DAMAGED = "Lo que respondió el cuaderno no tiene la forma esperada: míralo."
GRADER_NOT_RUN = "No se pudo ejecutar en este equipo: repite la corrección o míralo a mano."
GRADER_JUDGE_SLOW = "El juez no terminó a tiempo con esta respuesta: mírala."
GRADER_DOUBT = (
    "Su tabla dice {trials} intentos, y al ejecutar el cuaderno no quedó rastro de más de {left}. "
    "La mejor puntuación es verdad; de las demás, pregunta por una fila."
)
GRADER_PUBLIC_ONLY = (
    "Con los datos de la comprobación pública tu respuesta es correcta, pero con otros datos no. "
    "¿Has escrito resultados a mano, o depende tu código de un caso concreto?"
)
GRADER_AT_HOME = (
    "Aquí se usaron otros datos, que no se enseñan. Para verlo en casa, reinicia el kernel, "
    'ejecuta todo el cuaderno y después `check("{name}")`, que usa los datos públicos.'
)
GRADER_ENDED = {
    "tiempo": (
        "Tu código no terminó a tiempo: se detuvo a los {seconds:.0f} s. Casi siempre es un bucle "
        "que no acaba."
    ),
    "salida": "Tu código imprimió demasiado y se detuvo.",
    "memoria": "Tu código pidió más memoria de la permitida ({memory_mb} MB) y se detuvo.",
    "procesos": "Tu código abrió demasiados procesos y se detuvo.",
    "disco": "Tu código escribió demasiado en el disco y se detuvo.",
    "muerto": (
        "El kernel terminó antes de poder comprobar la respuesta. ¿Llama tu código a `exit()` o "
        "`quit()`?"
    ),
    "error": "Tu código no devolvió una respuesta que se pueda comprobar.",
}
GRADER_CELL = {
    "error": "dio un error: {error}",
    "tiempo": "no terminó a tiempo y se interrumpió",
    "salida": "imprimió demasiado y se interrumpió",
    "memoria": "agotó la memoria; el resto se ejecutó sin ella",
    "procesos": "abrió demasiados procesos; el resto se ejecutó sin ella",
    "disco": "escribió demasiado en el disco; el resto se ejecutó sin ella",
    "muerto": "terminó el kernel; el resto se ejecutó sin ella",
    "sin_tiempo": "no se ejecutó: el cuaderno agotó su tiempo",
    "sin_ejecutar": "no se ejecutó",
}
GRADER_SUSPICIOUS = "Celda de código {cell}: {what}: {line}"
GRADER_SUSPICIONS = {
    "system": "órdenes del sistema",
    "network": "red",
    "internals": "interior de Python o de IPython",
    "course": "interior del curso o del corrector",
    "files": "archivos del sistema",
    "exit": "termina el kernel",
}
GRADER_KINDS = {
    "text": "texto libre",
    "no_text": "texto libre sin respuesta",
    "file": "archivo",
    "suspicious": "celda sospechosa",
    "ended": "ejecución cortada",
    "copy": "posible copia",
    "several": "varias versiones",
    "lost": "correcto que se perdió",
    "python": "Python más nuevo",
    "unknown": "ejercicio desconocido",
    "damaged": "respuesta dañada",
    "doubt": "búsqueda sin rastro",
    "page": "página sin escribir",
    "model": "solución publicada",
}
GRADER_STATES = {
    "correcto": "correcto",
    "incorrecto": "incorrecto",
    "fallo": "el código falló",
    "sin_intentar": "sin intentar",
    "no_verificable": "no verificable",
    "por_revisar": "lo lee una persona",
    "leido": "leído por una persona",
    "sin_entregar": "sin entregar",
    "archivo_ilegible": "archivo ilegible",
}
GRADER_COLUMNS = ("alumno", "archivos", "puntos", "sobre", "pendiente de leer", "nota")
GRADER_FINAL = "final"
GRADER_PROVISIONAL = "provisional"
GRADER_PLAIN_COLUMNS = ("alumno", "puntos", "sobre")
GRADER_REVIEW_COLUMNS = (
    "alumno",
    "archivo",
    "motivo",
    "pregunta",
    "puntos posibles",
    "puntos",
    "comentario",
    "detalle",
    "clave",
)
GRADER_OLD_REVIEW = "revisar_anterior.csv"
GRADER_STATE_COLUMN = "{question} · estado"
FEEDBACK_TITLE = "Comentarios · {student}"
FEEDBACK_POINTS = "{points} de {out_of} puntos"
FEEDBACK_FINAL = "· nota final"
FEEDBACK_PROVISIONAL = "· nota provisional: una persona aún tiene que leer parte"
FEEDBACK_NEXT = (
    "Para arreglarlo: cambia tu celda en el cuaderno, ejecútala y comprueba con "
    '`check("{name}")`, las veces que quieras.'
)
FEEDBACK_PENDING = " ({pending} más por leer)"
FEEDBACK_TEXT = "Esta respuesta la lee una persona; sus puntos se suman después."
FEEDBACK_NO_TEXT = "No hay texto en esta respuesta."
FEEDBACK_NOT_SENT = "No se recibió este ejercicio."
FEEDBACK_NO_MARK = "Sin nota"
FEEDBACK_AGAIN = (
    "Entre lo que se recibió no hay ningún cuaderno que se pueda corregir; abajo dice por qué. "
    "Ábrelo en Jupyter o Colab, guárdalo o descárgalo otra vez como .ipynb y vuelve a entregarlo, "
    "o escribe a quien corrige."
)
FEEDBACK_SEE_CELL = "La celda de tu respuesta no terminó bien: mira arriba, en «Lo primero»."
FEEDBACK_LESSON = "lección: se lee, no lleva nota"
FEEDBACK_FILES = "Archivos recibidos"
FEEDBACK_CELLS = "Lo primero: celdas que no terminaron bien"
FEEDBACK_CELL = "La celda de código {cell}, que empieza con `{line}`: {what}."
FEEDBACK_ANSWER_CELL = "«{title}» (celda de código {cell}, que empieza con `{line}`): {what}."
FEEDBACK_UP_TO = "hasta {out_of} puntos"
FEEDBACK_SYNTAX = (
    "Python no la entiende, así que nada de lo que define existe: {error}. Corrige esa línea, "
    "ejecuta la celda y después reinicia el kernel y ejecuta todo"
)
FEEDBACK_NOTE = (
    "Tu cuaderno se ejecutó entero, de arriba abajo, en un kernel nuevo. Después se comprobaron "
    "tus respuestas con datos distintos de los que usa `check`: lo que allí acierta por "
    "casualidad, aquí no."
)
SUMMARY_PREDICTIONS = "Lo que el grupo predijo antes de ver cada resultado"
SUMMARY_PREDICTION_COLUMNS = ("predicción", "estudiantes")
SUMMARY_PREDICTED = "{count} predicciones: {right} aciertos, {close} cerca. Salió: {truth}."
SUMMARY_OTHERS = "otras"
SUMMARY_MARKS = "Notas"
SUMMARY_MARKS_FIGURE = "La mitad del grupo tiene {median} o más, de {out_of} puntos"
SUMMARY_MARKS_AXIS = "puntos"
SUMMARY_MARKS_ALT = "Histograma de los puntos: {text}."
SUMMARY_BIN = "de {low} a {high}: {count}"
SUMMARY_PROVISIONAL = (
    "Notas provisionales de {count}: faltan puntos que pone una persona. Escríbelos en la columna "
    "«puntos» de revisar.csv y repite la misma orden."
)
SUMMARY_TITLE = "Resumen del grupo"
SUMMARY_FIGURE = "{question}: la que menos respuestas correctas tiene"
SUMMARY_FIGURE_ALL = "Todas las respuestas entregadas son correctas"
SUMMARY_AXIS = "estudiantes"
SUMMARY_ALT = (
    "Barras por pregunta: cuántos estudiantes en cada estado. Los números están en la tabla."
)
SUMMARY_COUNTS = "Estados por pregunta"
SUMMARY_MISTAKES = "Errores frecuentes"
SUMMARY_MISTAKE_COLUMNS = ("pregunta", "error", "estudiantes")
SUMMARY_ACCENTED = (  # words of the mistakes' names, which are written without accents
    "aproximación área búsqueda configuración cría cuadrícula dirección división escalón está "
    "época épocas fórmula fracción función generación hiperparámetro hiperparámetros imágenes "
    "índice índices lección límite límites línea máquina máquinas más métodos mínimo número "
    "pérdida población proporción puntuación raíz rectángulos reducción reposición revés tamaño "
    "también última último validación válido"
)
SUMMARY_NO_MISTAKES = "Ninguno con nombre."
SUMMARY_LINE = "{students} estudiantes · {files} archivos · {review} filas por revisar"
