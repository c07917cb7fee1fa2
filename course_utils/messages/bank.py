"""Strings of :mod:`course_utils.bank`."""

BANK_UNKNOWN = "El banco de intentos no tiene la tabla «{name}». Tiene: {names}."
BANK_REFUSED = (
    "El banco de intentos no usa {file}: {problem} "
    "Qué hacer: en una copia del repositorio, «git checkout -- datasets/trial_bank» la recupera "
    "(o «make bank» vuelve a entrenar lo que falte: unos minutos o unas horas, según la tabla); "
    "en Colab, reinstala el curso con «pip install --force-reinstall --no-deps» y la dirección de "
    "la primera celda, y reinicia el kernel."
)
BANK_MISSING = "no está en la carpeta {folder}, donde lo esperaba."
BANK_HASH = (
    "está dañado o es de otra versión. Esperaba {bytes} bytes con SHA-256 {sha256}… y encontré "
    "{found_bytes} bytes con SHA-256 {found}…"
)
BANK_SCHEMA = "es de otra versión del curso. Esperaba el formato {expected} y encontré el {found}."
BANK_IN_PROGRESS = (
    "La tabla {file} aún se está grabando: tiene {done} entrenamientos, pero no todos los "
    "{planned} de una misma repetición, y con menos no se puede comparar. «make bank» sigue donde "
    "se quedó."
)
BANK_RIGHT = "{table} no guarda qué filas se acertaron en at={at!r}. Momentos guardados: {allowed}."
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
