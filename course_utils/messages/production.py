"""Strings of :mod:`course_utils.production`."""

SERVICE_STARTED = "servicio en marcha, solo para esta máquina (127.0.0.1, un puerto libre)"
SERVICE_STOPPED = "servicio parado: el puerto está cerrado"
SERVICE_FAILED = "El servicio no ha arrancado en {seconds} segundos. Mira el error de arriba."
BODY_TOO_LARGE = "La petición pasa de {most} bytes."
BODY_TOO_SLOW = "La petición ha tardado más de {seconds} segundos en llegar."
