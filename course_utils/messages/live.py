"""Strings of :mod:`course_utils.live`."""

PROGRESS_CANDIDATES = "candidatos"
PROGRESS = "{done} de {total} {label}"
PROGRESS_BEST = "mejor hasta ahora: {best:.4f}"
PROGRESS_LEFT = "quedan unos {seconds:.0f} s"
PROGRESS_DONE = "Terminado: {done} de {total} {label}."
PROGRESS_STOPPED = "Interrumpido: se conservan {done} de {total} {label}, ya evaluados."
