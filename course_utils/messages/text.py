"""Strings of :mod:`course_utils.text`."""

TEXT_START = "<inicio>"
TEXT_UNKNOWN = "?"
TEXT_BAD_DIMENSION = "dimension vale {value!r} y debe ser un entero de 1 a {high}."
TEXT_BAD_DTYPE = 'dtype={value!r} no sirve: usa un tipo numérico o bool, como "uint8" o "float32".'
TEXT_BAD_SPARSE_DTYPE = (
    'dtype={value!r} no sirve con sparse=True: SciPy no lo admite. Usa "uint8" o "float32".'
)
TEXT_NO_TEXTS = (
    "Los textos llegaron como {value} (de tipo {type}), y deben ser una lista de textos: cada uno, "
    "una lista de enteros de 0 a {high}."
)
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
LABELS_NOT_LIST = (
    "Las etiquetas llegaron como {value} (de tipo {type}), y deben ser una lista o un array de "
    "enteros, uno por ejemplo."
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
LABELS_TOO_LARGE = (
    "La etiqueta de la fila {row} vale {value}, y el número de una clase no puede pasar de {high}. "
    "Si es un identificador, numera antes las clases desde 0, por ejemplo con LabelEncoder."
)
LABELS_EMPTY = "No hay etiquetas, así que no puedo deducir cuántas clases hay: indica num_classes."
LABELS_BAD_NUM_CLASSES = "num_classes vale {value!r} y debe ser un entero de 1 a {high}."
DECODE_NOT_INTEGER = (
    "{value} (de tipo {type}) no es un índice de palabra: decode_sequence espera un solo texto, "
    "una lista de enteros como X_train[0]."
)
DECODE_NOT_SEQUENCE = (
    "{value} (de tipo {type}) no es una lista de índices de palabras: decode_sequence espera un "
    "solo texto, una lista de enteros como X_train[0]."
)
DECODE_BAD_SHIFT = "index_from vale {value!r} y debe ser un entero."
DECODE_NO_WORDS = (
    "word_index es {value} (de tipo {type}) y debe ser un diccionario de cada palabra a su número."
)
DECODE_TURNED_WORDS = (
    "word_index lleva {word!r} a {rank!r}, y debe llevar cada palabra a su número. "
    "¿Le has dado la vuelta? decode_sequence espera el diccionario como viene."
)
