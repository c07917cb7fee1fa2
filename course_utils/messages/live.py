"""Strings of :mod:`course_utils.live`."""

PROGRESS_CANDIDATES = "candidatos"
PROGRESS = "{done} de {total} {label}"
PROGRESS_BEST = "mejor hasta ahora: {best:.4f}"
PROGRESS_LEFT = "quedan unos {seconds:.0f} s"
PROGRESS_REFIT = "reentrenando el mejor"
PROGRESS_STOPPING = "termina lo que está en marcha y para (■ otra vez: para ya)"
PROGRESS_DONE = "Terminado: {done} de {total} {label}."
PROGRESS_STOPPED = "Interrumpido: se conservan {done} de {total} {label}."
PROGRESS_CUT = "Interrumpido: {done} de {total} {label}."
PROGRESS_ALL_NEEDED = (
    "Interrumpido: {done} de {total} {label}. Lo que sigue necesita el total: ejecuta esta celda "
    "otra vez."
)
PROGRESS_NOT_REFITTED = (
    "Interrumpido al reentrenar el mejor: cv_results_ conserva {done} de {total} {label}."
)
PROGRESS_FAILED = "Detenido con error: {done} de {total} {label}."
PROGRESS_LEFT_EARLY = "Detenido: {done} de {total} {label}."
PROGRESS_NOT_SHOWN = (
    "progress no conoce esta versión de scikit-learn: la búsqueda da lo mismo, pero no se ve cómo "
    "va, y si la interrumpes se pierde."
)
PROGRESS_NOT_A_SEARCH = (
    "progress muestra búsquedas de scikit-learn (GridSearchCV, RandomizedSearchCV o las de mitades "
    "sucesivas), no un objeto de tipo {type}. Para un bucle, usa track."
)
