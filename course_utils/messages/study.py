"""Strings of :mod:`course_utils.study`."""

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
