"""Strings of :mod:`course_utils.data`."""

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
DATA_REASON_SILENT = "no llegó ningún dato del servidor en {seconds:g} s"
DATA_REASON_STALLED = (
    "apenas llegan datos: {recent} bytes en {seconds:g} s; en total, {found} de {expected} bytes"
)
DATA_REASON_SLOW = "no terminó en {seconds:.0f} s; llegaron {found} de {expected} bytes"
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
    "reuters": "Reuters: 11 228 noticias de 46 temas; cada texto es una lista de índices.",
    "imdb": "IMDB: 50 000 reseñas de cine, mitad positivas; cada texto es una lista de índices.",
    "fraud": (
        "Fraude: 284 807 pagos con tarjeta en orden temporal, 492 fraudes; "
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
RECORD_UNKNOWN = "No hay nada grabado con el nombre «{name}». Hay: {names}."
