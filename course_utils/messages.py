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
CHECK_MEMORY = "memoria"
CHECK_MEMORY_OK = "Basta: el curso está pensado para equipos de 4 GB."
CHECK_MEMORY_LOW = "Justa: cierra otros programas antes de empezar."
CHECK_MEMORY_UNKNOWN = "Este sistema no lo dice; el curso necesita 4 GB."
CHECK_DISK = "disco libre"
CHECK_DISK_OK = "Basta para descargar los datos reales (menos de 250 MB en total)."
CHECK_DISK_LOW = "Queda poco: el curso usará los datos incluidos, sin descargar nada."

# --- checks of the exercises ---------------------------------------------------------------------
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
ANSWER_NOT_FOUND = (
    "No encuentro `{name}`. Ejecuta la celda donde lo defines y revisa que el nombre sea "
    "exactamente ese."
)
ANSWER_RAISED = "Se detuvo aquí:\n{traceback}"
ANSWER_TYPE = (
    "`{name}` es, o devuelve, un objeto de tipo `{type}`, y se esperaba otra cosa. Relee en el "
    "enunciado qué tiene que ser o devolver."
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
ANSWER_UNKNOWN = "No hay ninguna pregunta que se llame `{name}`. Las que hay: {names}."

# --- plots ---------------------------------------------------------------------------------------
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

# --- progress ------------------------------------------------------------------------------------
PROGRESS_CANDIDATES = "candidatos"
PROGRESS = "{done} de {total} {label}"
PROGRESS_BEST = "mejor hasta ahora: {best:.4f}"
PROGRESS_LEFT = "quedan unos {seconds:.0f} s"
PROGRESS_DONE = "Terminado: {done} de {total} {label}."
PROGRESS_STOPPED = "Interrumpido: se conservan {done} de {total} {label}, ya evaluados."

# --- study ---------------------------------------------------------------------------------------
STUDY_UNKNOWN = (
    "to_study no sabe leer un objeto de tipo {type}. Espera una búsqueda terminada: de "
    "scikit-learn (GridSearchCV, RandomizedSearchCV o las de mitades sucesivas), los Trials de "
    "Hyperopt, un tuner de Keras Tuner o un estimador de TPOT."
)
STUDY_NOT_RUN = "Esta búsqueda aún no tiene resultados: llama antes a {call}."
STUDY_NEEDS_SPACE = (
    "Los Trials de Hyperopt guardan índices y números, no el espacio de búsqueda. "
    "Pásalo también: to_study(trials, space), con el mismo space que diste a fmin."
)
STUDY_WRONG_SPACE = (
    "Este espacio no es el de estos Trials: le faltan {names}, o sus opciones (tiene: {known}). "
    "Pasa el mismo space que diste a fmin."
)
STUDY_SPACE_UNUSED = (
    "Un objeto de tipo {type} ya lleva consigo su espacio de búsqueda: llama a to_study(search), "
    "sin space (solo los Trials de Hyperopt lo necesitan)."
)
STUDY_NOT_EVALUATED = "no evaluado (se acabó el tiempo de la búsqueda)"
STUDY_MANY_METRICS = (
    "La búsqueda midió varias métricas ({metrics}) y no dice cuál manda. "
    'Créala con refit="{first}" (o la que quieras optimizar).'
)
STUDY_EMPTY = (
    "El estudio no tiene ningún intento terminado, así que no hay mejor punto que revisar."
)
BOUNDARY_COLUMNS = ("hiperparámetro", "mejor", "mínimo", "máximo", "en el borde")
YES, NO, NOT_APPLICABLE = "sí", "no", "—"

# --- data and text ---
DATA_DOWNLOADING = "Descargando {file} ({size}) de {host} …"
DATA_DOWNLOAD_PROGRESS = "  {file}: {percent} %, quedan unos {seconds:.0f} s"
DATA_STAND_IN = "⚠ DATOS SIMULADOS, no los reales: {name}. {note} Motivo: {reason} {remedy}"
DATA_STAND_IN_ASKED = "lo pide COURSE_DATA=embedded."
DATA_STAND_IN_REMEDY = (
    "Con conexión, vuelve a ejecutar esta celda; o pon los archivos a mano "
    "(datasets/README.md explica dónde)."
)
DATA_STAND_IN_REMEDY_LARGE = (
    "Para los reales, «%env COURSE_DATA=real» los descarga; o pon {file} a mano "
    "(datasets/README.md explica dónde)."
)
DATA_STAND_IN_REMEDY_ASKED = "Para los reales, borra esa variable de entorno."
DATA_NOTICE = "Aviso ({name}, datos reales): {problems}"
DATA_UNAVAILABLE = (
    "No pude obtener los datos reales de {name}, y COURSE_DATA=real impide usar los simulados. "
    "Esperaba: {expected}. Encontré: {problems} "
    "Qué hacer: comprueba la conexión y vuelve a intentarlo; o pon los archivos a mano "
    "(datasets/README.md explica dónde); o usa «%env COURSE_DATA=auto» para seguir con datos "
    "simulados."
)
DATA_EXPECTED = "{file}, {size} bytes, SHA-256 {sha256}"
DATA_NOT_CACHED = "{file} no está en la caché."
DATA_TOO_LARGE_FOR_AUTO = (
    "{file} no está en la caché y, como ocupa {size}, el modo «auto» no lo descarga."
)
DATA_BAD_FILE = "{path} no sirve ({reason}); no lo he modificado."
DATA_BAD_CACHED_FILE = "{path} no sirve ({reason}); si puedo, lo sustituyo."
DATA_REASON_TRUNCATED = "está incompleto: {found} de {expected} bytes"
DATA_REASON_TOO_LONG = "tiene más de los {expected} bytes esperados"
DATA_REASON_HASH = "su SHA-256 es {found}… y debía ser {expected}…"
DATA_REASON_NOT_A_FILE = "no es un archivo"
DATA_REASON_UNREADABLE = "no se puede leer: {error}"
DATA_DOWNLOAD_FAILED = "La descarga de {file} desde {host} falló: {reason}."
DATA_REASON_HTTP = "el servidor respondió {status}"
DATA_REASON_SECURE = "la conexión segura (certificado) no se pudo establecer"
DATA_REASON_SILENT = "el servidor no envió nada durante {seconds:g} s"
DATA_REASON_SLOW = "no terminó en {seconds:g} s; llegaron {found} de {expected} bytes"
DATA_REASON_CUT = "se cortó; llegaron {found} de {expected} bytes"
DATA_REASON_UNREACHABLE = "no hay conexión con el servidor"
DATA_REASON_OTHER = "{error}"
DATA_NOT_SAVED = (
    "{file} se descargó bien, pero no pude guardarlo en {folder} ({error}); "
    "la próxima vez habrá que descargarlo de nuevo."
)
DATA_NO_SPLIT = (
    "{name} no trae una partición oficial, así que no tiene {field}: haz la tuya, por ejemplo "
    "X_train, X_test, y_train, y_test = train_test_split(datos.X, datos.y, stratify=datos.y, "
    "random_state=101)."
)
DATA_BAD_NUM_WORDS = (
    "num_words vale {value!r} y debe ser un entero mayor que 3: los índices 0, 1, 2 y 3 no son "
    "palabras (relleno, inicio, desconocida y uno sin usar). Lo normal es 10_000."
)
DATA_REPR_SPLIT = (
    "Dataset {name} ({source}): X {shape} {dtype}, {train} train + {test} test{classes}"
)
DATA_REPR_WHOLE = "Dataset {name} ({source}): X {shape} {dtype}, sin partición{classes}"
DATA_REPR_CLASSES = ", {n} clases"
DATA_NOTES = {
    "mnist": "MNIST: dígitos escritos a mano, 28×28 grises de 0 a 255.",
    "reuters": "Reuters: 11 228 noticias de 46 temas; cada texto es una lista de índices.",
    "imdb": "IMDB: 50 000 reseñas de cine, mitad positivas; cada texto es una lista de índices.",
    "fraud": (
        "Fraude: 284 807 pagos con tarjeta en orden temporal, 492 fraudes; "
        "V1…V28 son componentes principales anónimas."
    ),
}
DATA_STAND_IN_NOTES = {
    "mnist": "Son 1797 dígitos de scikit-learn (8×8) ampliados a 28×28: menos y más fáciles.",
    "reuters": "Noticias inventadas al azar con los tamaños reales; las palabras no existen.",
    "imdb": "Reseñas inventadas al azar con los tamaños reales; las palabras no existen.",
    "fraud": "Pagos inventados al azar con el tamaño y el desequilibrio reales.",
}
IMDB_TARGETS = ("negativa", "positiva")
FRAUD_TARGETS = ("legítimo", "fraude")
TEXT_START = "<inicio>"
TEXT_UNKNOWN = "?"
TEXT_BAD_DIMENSION = "dimension vale {value!r} y debe ser un entero de 1 a {high}."
TEXT_BAD_DTYPE = 'dtype={value!r} no sirve: usa un tipo numérico o bool, como "uint8" o "float32".'
TEXT_NEGATIVE = (
    "La fila {row} contiene el índice {value}; solo valen enteros de 0 a {high} "
    "(dimension={dimension}). Un índice negativo no es una palabra: revisa si restaste index_from."
)
TEXT_TOO_LARGE = (
    "La fila {row} contiene el índice {value}; solo valen enteros de 0 a {high} "
    "(dimension={dimension}). Usa dimension={needed} o más, o carga los datos con "
    "num_words={dimension}."
)
TEXT_NOT_INTEGER = (
    "La fila {row} contiene {value} (de tipo {type}); solo valen enteros de 0 a {high}. "
    "Convierte antes cada palabra en su índice."
)
TEXT_FLAT = (
    "La fila {row} es {value} (de tipo {type}) y debe ser una lista de enteros de 0 a {high}. "
    "¿Querías decir {hint}? vectorize_sequences espera una lista de textos, no un solo texto."
)
TEXT_NOT_SEQUENCE = (
    "La fila {row} es {value} (de tipo {type}) y debe ser una lista de enteros de 0 a {high}: "
    "los índices de las palabras de un texto."
)
LABELS_SHAPE = (
    "Las etiquetas tienen forma {shape}; se espera una sola dimensión, una etiqueta entera por "
    "ejemplo. Si ya están en one-hot, no hace falta convertirlas."
)
LABELS_NOT_INTEGER = (
    "La etiqueta de la fila {row} es {value} (de tipo {type}); solo valen enteros desde 0. "
    "Convierte antes los nombres en números, por ejemplo con LabelEncoder."
)
LABELS_OUT_OF_RANGE = (
    "La etiqueta de la fila {row} vale {value}; solo valen enteros de 0 a {high} "
    "(num_classes={num_classes}). Revisa num_classes o si las etiquetas empiezan en 1."
)
LABELS_NEGATIVE = "La etiqueta de la fila {row} vale {value}; solo valen enteros desde 0."
LABELS_EMPTY = "No hay etiquetas, así que no puedo deducir cuántas clases hay: indica num_classes."
LABELS_BAD_NUM_CLASSES = "num_classes vale {value!r} y debe ser un entero mayor que 0."
DECODE_NOT_INTEGER = (
    "{value} (de tipo {type}) no es un índice de palabra: decode_sequence espera un solo texto, "
    "una lista de enteros como X_train[0]."
)

# --- bank ---
BANK_UNKNOWN = "El banco de intentos no tiene la tabla «{name}». Tiene: {names}."
BANK_REFUSED = (
    "El banco de intentos no usa {file}: {problem} "
    "Qué hacer: en una copia del repositorio, «git checkout -- datasets/trial_bank» la recupera "
    "(o «make bank» vuelve a entrenar lo que falte, unos 20 minutos en total); en Colab, "
    "reinstala el curso con «pip install --force-reinstall --no-deps» y la dirección de la "
    "primera celda, y reinicia el kernel."
)
BANK_MISSING = "no está en la carpeta {folder}, donde lo esperaba."
BANK_HASH = (
    "está dañado o es de otra versión. Esperaba {bytes} bytes con SHA-256 {sha256}… y encontré "
    "{found_bytes} bytes con SHA-256 {found}…"
)
BANK_SCHEMA = "es de otra versión del curso. Esperaba el formato {expected} y encontré el {found}."
BANK_UNREADABLE = "no se puede leer ({error})."
BANK_NAMES = (
    "Una configuración de {table} lleva exactamente: {names}. "
    "En la tuya faltan: {missing}. Sobran: {extra}."
)
BANK_OFF_GRID = (
    "{name}={value!r} no se entrenó en {table}; el valor más cercano es {near!r} "
    "(hay: {allowed}). Elige valores de bank.space, o redondea a propósito con "
    "bank(bank.nearest(config))."
)
BANK_NOT_ALLOWED = "{name}={value!r} no se entrenó en {table}. Valores posibles: {allowed}."
BANK_BUDGET = (
    "budget={budget!r} no está en {table}, donde el presupuesto son {unit}; el valor más cercano "
    "es {near!r} (hay: {allowed})."
)
BANK_BUDGET_ABOVE = (
    "budget={budget} es mayor que {name}={top}: un presupuesto corta el entrenamiento de la "
    "configuración, no lo alarga. Usa budget={top} o menos, o sube {name}."
)
BANK_SEED = "seed={seed!r} no está en {table}: sus repeticiones son {allowed}."
BANK_METRIC = "metric={metric!r} no está en {table}. Hay: {allowed}."
BANK_TRIALS = (
    "n_trials={n_trials} no puede ser: sin repetir caben de 1 a {size} intentos en esta tabla. "
    "Usa menos, o replace=True para permitir repeticiones."
)
BANK_UNITS = {"folds": "particiones", "trees": "árboles", "epochs": "épocas"}
BANK_REPR = (
    "Banco {name}: {combinations} combinaciones, {trainings} entrenamientos distintos × "
    "{seeds} repeticiones, hasta {top} {unit}"
)

# --- tournament ---
TOURNAMENT_EMPTY = "Un torneo necesita al menos una estrategia, una evaluación y una semilla."
TOURNAMENT_SEED_TWICE = "La semilla {seed} está dos veces: cada una cuenta una sola vez."
TOURNAMENT_MORE = (
    "La estrategia «{name}» quiso evaluar más de {n_trials} veces. En un torneo todas gastan lo "
    "mismo: llama a objective(config) exactamente n_trials veces."
)
TOURNAMENT_FEWER = (
    "La estrategia «{name}» evaluó {done} veces con la semilla {seed}, y tocaban {n_trials}. En un "
    "torneo todas gastan lo mismo: llama a objective(config) exactamente n_trials veces."
)
TOURNAMENT_FAILED = (
    "La estrategia «{name}» falló con la semilla {seed}, en la evaluación {trial}: {type}: {error}"
)
TOURNAMENT_NOT_REPEATED = (
    "La estrategia «{name}» dio dos resultados distintos con la misma semilla ({seed}). Saca todo "
    "su azar de seed, por ejemplo con rng = np.random.default_rng(seed), y no guardes nada de una "
    "búsqueda para la siguiente."
)
TOURNAMENT_INTERRUPTED = (
    "Torneo interrumpido: se conservan {done} semillas completas de cada estrategia."
)
TOURNAMENT_SHAPES = (
    "Cada estrategia necesita una tabla de (semillas, evaluaciones), de igual forma para todas. "
    "Hay: {found}."
)
TOURNAMENT_GRID = "la cuadrícula más fina de este espacio tiene {size} puntos; pide menos."
TOURNAMENT_BY = "by={by!r} no puede ser: usa «trial» (evaluaciones) o «seconds» (reloj simulado)."
TOURNAMENT_NO_CLOCK = "Estos resultados no traen segundos simulados (vienen de from_scores)."
TOURNAMENT_UNPAIRED = (
    "No todas las estrategias tienen un resultado con {trial} evaluaciones para las mismas "
    "semillas. Compara estrategias de un mismo torneo, con un presupuesto que todas alcancen."
)
TOURNAMENT_ALONE = "Para comparar hacen falta al menos dos estrategias."
TOURNAMENT_TINY_P = "< 0.001"
TOURNAMENT_BETTER = (
    "Con {trial} evaluaciones, {a} supera a {b} en esta tabla: {points:.3f} puntos de exactitud "
    "más, de media sobre {seeds} semillas (intervalo del 95 %: de {low_points:.3f} a "
    "{high_points:.3f}); p de Holm {p_text}. La probabilidad de que quede por delante con una "
    "misma semilla es {superiority:.2f} (de {superiority_low:.2f} a {superiority_high:.2f}; un "
    "empate cuenta medio)."
)
TOURNAMENT_TINY = (
    " Se distingue, pero es diminuta: menos de {points:g} puntos, que no suelen compensar ningún "
    "esfuerzo."
)
TOURNAMENT_EQUAL = (
    "Con {trial} evaluaciones, {a} no se distingue de {b} en esta tabla: la diferencia media sobre "
    "{seeds} semillas, {points:.3f} puntos de exactitud, cabe en el azar (p de Holm {p_text}). Eso "
    "no prueba que sean iguales."
)
TOURNAMENT_HOPELESS = (
    " Con solo {seeds} semillas esta prueba no puede distinguir nada, por grande que sea la "
    "diferencia: usa más."
)
ANYTIME_AXES = {
    "trial": "evaluaciones",
    "seconds": "reloj simulado (segundos de CPU)",
    "regret": "arrepentimiento medio (exactitud)",
}

# --- grader (read by whoever grades; the feedback page, by the student) ---
GRADER_NO_SANDBOX = (
    "No encuentro bubblewrap, que aísla los cuadernos ajenos: instálalo (en Debian o Ubuntu, "
    "«apt install bubblewrap») o, si confías en quien los escribió, repite con "
    "--sin-aislamiento (make grade … EXTRA=--sin-aislamiento)."
)
GRADER_SANDBOX_BROKEN = (
    "bubblewrap está instalado, pero no consigue aislar un cuaderno en este equipo ({error}); "
    "si confías en quien los escribió, repite con --sin-aislamiento."
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
GRADER_BUSY = "Otra corrección está escribiendo en {out}: espera a que termine."
GRADER_INTERRUPTED = "Interrumpida. Lo ya corregido está guardado: la misma orden continúa."
GRADER_NOTHING = "En {source} no hay ninguna entrega."
GRADER_PROGRESS = "{done} de {total} cuadernos · {rate:.1f} por minuto · quedan unos {left}"
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
GRADER_OTHER_FILE = "No es un cuaderno de Jupyter."
GRADER_BAD_ZIP = "El zip está dañado."
GRADER_ZIP_BOMB = "El zip contiene demasiado o se expande demasiado: no se abre."
GRADER_ZIP_PATH = "El zip quiere escribir fuera de su carpeta: no se abre."
GRADER_ZIP_LOCKED = "El zip está cifrado."
GRADER_UNKNOWN_EXERCISE = "No se reconoce a qué ejercicio corresponde."
GRADER_LANGUAGE = "El cuaderno dice estar en {language}; se ejecutó como Python."
GRADER_SEVERAL = "Hay {count} archivos distintos de este ejercicio; cuenta el de más puntos."
GRADER_COPY = "El código añadido es idéntico al de: {others}."
GRADER_DAMAGED = "Lo que respondió el cuaderno no tiene la forma esperada: míralo."
GRADER_NOT_RUN = "No se pudo ejecutar en este equipo: repite la corrección o míralo a mano."
GRADER_JUDGE_SLOW = "El juez no terminó a tiempo con esta respuesta: mírala."
GRADER_PUBLIC_ONLY = (
    "Con los datos de la comprobación pública tu respuesta es correcta, pero con otros datos no. "
    "¿Has escrito resultados a mano, o depende tu código de un caso concreto?"
)
GRADER_ENDED = {
    "tiempo": "Tu código no terminó a tiempo: se detuvo a los {seconds:.0f} s.",
    "salida": "Tu código imprimió demasiado y se detuvo.",
    "memoria": "Tu código pidió más memoria de la permitida ({memory_mb} MB) y se detuvo.",
    "procesos": "Tu código abrió demasiados procesos y se detuvo.",
    "disco": "Tu código escribió demasiado en el disco y se detuvo.",
    "muerto": "El kernel terminó antes de poder comprobar la respuesta.",
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
    "unknown": "ejercicio desconocido",
    "damaged": "respuesta dañada",
}
GRADER_STATES = {
    "correcto": "correcto",
    "incorrecto": "incorrecto",
    "fallo": "el código falló",
    "sin_intentar": "sin intentar",
    "no_verificable": "no verificable",
    "por_revisar": "lo lee una persona",
    "sin_entregar": "sin entregar",
    "archivo_ilegible": "archivo ilegible",
}
GRADER_COLUMNS = ("alumno", "archivos", "puntos", "sobre", "pendiente de leer")
GRADER_REVIEW_COLUMNS = ("alumno", "archivo", "motivo", "pregunta", "puntos posibles", "detalle")
GRADER_STATE_COLUMN = "{question} · estado"
FEEDBACK_TITLE = "Comentarios · {student}"
FEEDBACK_POINTS = "{points} de {out_of} puntos"
FEEDBACK_PENDING = " ({pending} más por leer)"
FEEDBACK_TEXT = "Esta respuesta la lee una persona; sus puntos se suman después."
FEEDBACK_NO_TEXT = "No hay texto en esta respuesta."
FEEDBACK_NOT_SENT = "No se recibió este ejercicio."
FEEDBACK_FILES = "Archivos recibidos"
FEEDBACK_CELLS = "Celdas que no terminaron bien"
FEEDBACK_CELL = "Celda de código {cell}: {what}."
FEEDBACK_NOTE = (
    "Se ejecutó tu cuaderno de arriba abajo en un kernel nuevo y se comprobaron tus respuestas con "
    "datos distintos de los de la comprobación pública."
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
SUMMARY_NO_MISTAKES = "Ninguno con nombre."
SUMMARY_LINE = "{students} estudiantes · {files} archivos · {review} filas por revisar"
