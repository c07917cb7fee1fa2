"""Strings of :mod:`course_utils.study`."""

STUDY_UNKNOWN = (
    "to_study no sabe leer un objeto de tipo {type}. Espera una búsqueda terminada: de "
    "scikit-learn (GridSearchCV, RandomizedSearchCV o las de mitades sucesivas), BayesSearchCV de "
    "scikit-optimize, los Trials de Hyperopt, un tuner de Keras Tuner, un estimador de TPOT, una "
    "fachada de SMAC, GASearchCV de sklearn-genetic-opt o un Study de Optuna."
)
STUDY_NOT_RUN = (
    "Esta búsqueda no tiene resultados: llama antes a {call}. Si la detuviste, ejecuta otra vez su "
    "celda; si se detuvo con un error antes de guardar nada, léelo, corrígelo y vuelve a llamarla."
)
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
STUDY_UNREADABLE = (
    "No se puede leer el hiperparámetro «{name}»: uno de sus valores, o lo que describe su "
    "espacio, da un error al mirarlo ({reason}). Cámbialo por un número, un texto o una lista."
)
STUDY_OTHER_OBJECTIVE = (
    "Este tuner tiene el objetivo «{name}», pero sus puntuaciones se guardaron con otro{was}: "
    "Keras Tuner las cargó de una búsqueda anterior. Crea el tuner con el mismo objetivo que "
    "entonces o, para empezar de cero, con overwrite=True."
)
STUDY_OBJECTIVE_WAS = " (parece que con {names})"
STUDY_EMPTY = (
    "El estudio no tiene ningún intento terminado, así que no hay mejor punto que revisar."
)
BOUNDARY_MANY_OBJECTIVES = (
    "El estudio tiene varios objetivos, así que no hay un solo mejor intento que revisar: "
    "mira los de study.best_trials."
)
BOUNDARY_COLUMNS = ("hiperparámetro", "mejor", "mínimo", "máximo", "en el borde")
YES, NO, NOT_APPLICABLE = "sí", "no", "—"
