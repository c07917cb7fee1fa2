"""Lesson 10's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from course_utils._draws import lesson_10 as drawn
from course_utils._judges import lesson_10 as judges
from tests.checks.exercise_bank import Bank, verdict

pytestmark = pytest.mark.slow

bank = Bank("10")

DECODE = """
def decode_review(review, word_index):
    words = {rank + 3: word for word, rank in word_index.items()}
    raw = {rank: word for word, rank in word_index.items()}
    CODE
"""
RIGHT_DECODE = {
    "dictionary": "return ' '.join(words.get(i, '?') for i in review if i > 1)",
    "loop": (
        "text = []\n    for i in review:\n        if i == 2:\n            text.append('?')\n"
        "        elif i >= 3:\n            text.append(words[i])\n    return ' '.join(text)"
    ),
    "the course's": (
        "from course_utils import decode_sequence\n"
        "    return decode_sequence([i for i in review if i != 1], word_index)"
    ),
    "spaces": "return ' '.join((words | {0: '', 1: '', 2: '?'})[i] for i in review)",
}
WRONG_DECODE = {
    "no shift": ("return ' '.join(raw.get(i, '?') for i in review)", "sin_desplazamiento"),
    "no shift, marks left out": (
        "return ' '.join('?' if i == 2 else raw[i] for i in review if i > 1)",
        "sin_desplazamiento",
    ),
    "shift of 2": (
        "return ' '.join(raw.get(i - 2, '?') for i in review if i > 1)",
        "otro_desplazamiento",
    ),
    "shift of 4": (
        "return ' '.join('?' if i == 2 else raw.get(i - 4, '?') for i in review if i > 1)",
        "otro_desplazamiento",
    ),
    "start as a word": (
        "return ' '.join((words | {1: '<inicio>'}).get(i, '?') for i in review if i > 0)",
        "imprime_el_inicio",
    ),
    "start as unknown": (
        "return ' '.join(words.get(i, '?') for i in review if i)",
        "imprime_el_inicio",
    ),
    "padding": (
        "return ' '.join((words | {0: '<pad>'}).get(i, '?') for i in review if i != 1)",
        "imprime_el_relleno",
    ),
    "unknown left out": (
        "return ' '.join(words[i] for i in review if i in words)",
        "pierde_las_desconocidas",
    ),
    "backwards": (
        "return ' '.join(words.get(i, '?') for i in review[::-1] if i > 1)",
        "otro_texto",
    ),
    "another mark": (
        "return ' '.join(words.get(i, '<UNK>') for i in review if i > 1)",
        "otro_texto",
    ),
    "a list": ("return [words.get(i, '?') for i in review if i > 1]", "tipo_inesperado"),
    "no return": ("print(' '.join(words.get(i, '?') for i in review))", "falta_return"),
}

SUREST = """
import numpy as np
def surest_errors(y, p, k):
    errors = np.flatnonzero((p > 0.5) != (y == 1))
    sure = np.abs(p - 0.5)
    {}
"""
RIGHT_SUREST = {
    "numpy": "return errors[np.argsort(-sure[errors])[:k]]",
    "sorted": "return sorted(errors, key=lambda row: abs(p[row] - y[row]), reverse=True)[:k]",
    "masked": (
        "order = np.argsort(np.where((p > 0.5) == y, -1, sure))[::-1]\n"
        "    return [int(row) for row in order if (p[row] > 0.5) != y[row]][:k]"
    ),
    "argwhere": (
        "order = np.argsort(-sure[errors])[:k]\n"
        "    return np.argwhere(np.isin(np.arange(len(y)), errors))[order]"
    ),
    "map": "return map(float, errors[np.argsort(-sure[errors])[:k]])",
    "pandas": (
        "import pandas as pd\n"
        "    return pd.Series(sure)[errors].sort_values(ascending=False).index[:k]"
    ),
}
WRONG_SUREST = {
    "within the filter": ("return np.argsort(-sure[errors])[:k]", "posiciones_del_filtro"),
    "hits too": ("return np.argsort(-sure)[:k]", "aciertos_tambien"),
    "doubtful": ("return errors[np.argsort(sure[errors])[:k]]", "los_mas_dudosos"),
    "only one sense": (
        "high = errors[p[errors] > 0.5]\n    return high[np.argsort(-p[high])[:k]]",
        "una_sola_clase",
    ),
    "only the other": (
        "low = errors[p[errors] < 0.5]\n    return low[np.argsort(p[low])[:k]]",
        "una_sola_clase",
    ),
    "by position": (
        "return sorted(errors[np.argsort(-sure[errors], kind='stable')[:k]])",
        "otro_orden",
    ),
    "all of them": ("return errors[np.argsort(-sure[errors])]", "otra_cantidad"),
    "filled up": (
        "found = list(errors[np.argsort(-sure[errors])[:k]])\n"
        "    return found + [row for row in range(len(y)) if row not in found][: k - len(found)]",
        "otra_cantidad",
    ),
    "probabilities": ("return p[errors[np.argsort(-sure[errors])[:k]]]", "devuelve_probabilidades"),
    "by p": ("return errors[np.argsort(-p[errors])[:k]]", "otra_lista"),
    "outside": ("return [len(y)] * min(k, len(errors))", "otra_lista"),
    "infinite": ("return [float('inf')] * k", "devuelve_probabilidades"),
    "0.5 is positive": (
        "errors = np.flatnonzero((p >= 0.5) != (y == 1))\n"
        "    return errors[np.argsort(-sure[errors])[:k]]",
        "otra_lista",
    ),
    "a mask": ("return (p > 0.5) != (y == 1)", "tipo_inesperado"),
}

bank.right("decode_review", RIGHT_DECODE, lambda code: DECODE.replace("CODE", code))
bank.wrong("decode_review", WRONG_DECODE, lambda code: DECODE.replace("CODE", code))
bank.right("surest_errors", RIGHT_SUREST, SUREST.format)
bank.wrong("surest_errors", WRONG_SUREST, SUREST.format)


# --- imdb_model ----------------------------------------------------------------------------------
# Each answer is the good delivery with a piece changed; `net` trains on what it is given.
GIVEN = """
import tempfile
from pathlib import Path
import keras
import numpy as np
from keras import layers
from scipy.sparse import vstack
from course_utils import load_imdb, vectorize_sequences
imdb = load_imdb(num_words=10_000)
texts, y = imdb.X_train[:10_000], imdb.y_train[:10_000]
test_texts, test_y = imdb.X_test[:2_000], imdb.y_test[:2_000]
folder = Path(tempfile.mkdtemp())
def encode(texts):
    return vectorize_sequences(texts, dtype="float32", sparse=True)
X, X_test = encode(texts), encode(test_texts)
def net(X, y, stack, epochs=3, rate=0.003, loss="binary_crossentropy"):
    keras.utils.set_random_seed(7)
    model = keras.Sequential(stack)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    model.fit(X, y, epochs=epochs, batch_size=256, verbose=0)
    return model
def deliver(model, name, X_test=X_test):
    model.save(folder / name)
    return folder / name, model.evaluate(X_test, test_y, batch_size=500, verbose=0)[1]
def rows():
    return keras.Input((10_000,), sparse=True)
linear = net(X, y, [rows(), layers.Dense(1, "sigmoid")])
trials = [{"params": {"units": units}, "val_accuracy": 0.85} for units in (0, 8, 16)]
model_file, test_accuracy = deliver(linear, "imdb.keras")
"""
RIGHT_MODELS = {
    "linear": "",
    "hidden layer, table": """
import pandas as pd
stack = [rows(), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid")]
model_file, test_accuracy = deliver(net(X, y, stack), "dos.keras")
model_file, trials = str(model_file), pd.DataFrame(trials)
""",
    "embedding": """
def encode(texts):
    return keras.utils.pad_sequences(texts, maxlen=200)
words = layers.Embedding(10_000, 16, mask_zero=True)
stack = [keras.Input((200,)), words, layers.GlobalAveragePooling1D(), layers.Dense(1, "sigmoid")]
model = net(encode(texts), y, stack, rate=0.02)
model_file, test_accuracy = deliver(model, "emb.keras", encode(test_texts))
""",
    "two columns, few words, rounded": """
def encode(texts):
    short = [[number for number in text if number < 3_000] for text in texts]
    return vectorize_sequences(short, dimension=3_000, dtype="uint8")
stack = [keras.Input((3_000,)), layers.Dense(2, "softmax")]
loss = "sparse_categorical_crossentropy"
model = net(encode(texts), y, stack, loss=loss)
model_file, test_accuracy = deliver(model, "pocas.keras", encode(test_texts))
test_accuracy = round(test_accuracy, 2)
""",
}
WRONG_MODELS = {
    "pickle": ("model_file = folder / 'imdb.pkl'; model_file.write_bytes(b'')", "no_es_keras"),
    "elsewhere": ("model_file = 'imdb_que_no_esta.keras'", "archivo_no_esta"),
    "half a file": (
        "model_file = folder / 'roto.keras'; model_file.write_text('hola')",
        "no_se_recarga",
    ),
    "lambda": (
        "stack = [rows(), layers.Dense(1), layers.Lambda(lambda z: 1 / (1 + 2.7 ** -z))]\n"
        "model_file, _ = deliver(net(X, y, stack, epochs=0), 'lambda.keras')",
        "no_se_recarga",
    ),
    "other columns": (
        "full = encode\ndef encode(texts):\n    return full(texts)[:, :5_000]",
        "otra_entrada",
    ),
    "nothing encoded": ("def encode(texts):\n    return None", "otra_entrada"),
    "always the same rows": ("def encode(texts):\n    return X_test", "otras_filas"),
    "46 topics": (
        "stack = [rows(), layers.Dense(46, 'softmax')]\nloss = 'sparse_categorical_crossentropy'\n"
        "model_file, _ = deliver(net(X, y, stack, epochs=0, loss=loss), 'temas.keras')",
        "otra_salida",
    ),
    "no sigmoid": (
        "loss = keras.losses.BinaryCrossentropy(from_logits=True)\n"
        "model = net(X, y, [rows(), layers.Dense(1)], loss=loss, epochs=0)\n"
        "model.set_weights(linear.get_weights())\n"
        "model_file, test_accuracy = deliver(model, 'logit.keras')",
        "no_son_probabilidades",
    ),
    "labels flipped": (
        "model = net(X, y, [rows(), layers.Dense(1, 'sigmoid')], epochs=0)\n"
        "model.set_weights([-weights for weights in linear.get_weights()])\n"
        "model_file, test_accuracy = deliver(model, 'reves.keras')",
        "clase_al_reves",
    ),
    "labels shuffled": (
        "few, shuffled = X[:2_000], np.random.default_rng(0).permutation(y[:2_000])\n"
        "model = net(few, shuffled, [rows(), layers.Dense(1, 'sigmoid')])\n"
        "model_file, test_accuracy = deliver(model, 'azar.keras')",
        "no_supera_la_base",
    ),
    "always positive": (
        "model = net(X, y, [rows(), layers.Dense(1, 'sigmoid')], epochs=0)\n"
        "model.set_weights([0 * linear.get_weights()[0], np.array([3.0])])\n"
        "model_file, test_accuracy = deliver(model, 'si.keras')",
        "no_supera_la_base",
    ),
    "trained on the test": (
        "both = vstack([X[:1_500], X_test]).tocsr()\n"
        "model = net(both, np.r_[y[:1_500], test_y], [rows(), layers.Dense(1, 'sigmoid')], "
        "epochs=8, rate=0.01)\nmodel_file, test_accuracy = deliver(model, 'fuga.keras')",
        "filas_ya_vistas",
    ),
    "percent": ("test_accuracy *= 100", "en_porcentaje"),
    "training score": (
        "few = X[:2_000], y[:2_000]\n"
        "model = net(*few, [rows(), layers.Dense(1, 'sigmoid')], epochs=8, rate=0.01)\n"
        "model_file, _ = deliver(model, 'memoria.keras')\n"
        "test_accuracy = model.evaluate(*few, batch_size=500, verbose=0)[1]",
        "puntuacion_de_entrenamiento",
    ),
    "another model's score": ("test_accuracy -= 0.02", "puntuacion_no_reproducida"),
    "one configuration in three types": (
        "trials = [{'params': {'units': units}} for units in (8, 8.0, np.int64(8))]",
        "no_es_una_busqueda",
    ),
    "one trial": ("trials = trials[:1] * 4", "no_es_una_busqueda"),
    "too many trials": ("trials = trials * 3", "presupuesto_de_intentos"),
    "no score": ("test_accuracy = None", "falta_return"),
    "score as text": ("test_accuracy = '0.88'", "tipo_inesperado"),
    "a model, not a file": ("model_file = linear", "tipo_inesperado"),
    "bare scores": ("trials = [0.8, 0.9]", "tipo_inesperado"),
}


@functools.cache
def _given() -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(GIVEN, namespace)
    return namespace


def _delivery(code: str) -> dict[str, Any]:
    namespace = dict(_given())
    exec(code, namespace)
    return namespace


bank.right("imdb_model", RIGHT_MODELS, _delivery)
bank.wrong("imdb_model", WRONG_MODELS, _delivery)

# --- practice in the lesson ----------------------------------------------------------------------
RIGHT_PRACTICE = {
    "stop_epoch": {"number": "5", "sum": "3 + 2", "numpy": "__import__('numpy').int64(5)"},
    "paired_half": {
        "exact": "196 * ((0.064 - 0.004**2) / 10_000) ** 0.5",
        "without the square": "196 * (0.064 / 10_000) ** 0.5",
        "rounded": "0.5",
    },
}
WRONG_PRACTICE = {
    "stop_epoch": {
        "the best": ("3", "da_la_mejor"),
        "patience of one": ("4", "paciencia_uno"),
        "one more": ("6", "una_de_mas"),
        "against the one before": ("7", "frente_a_la_anterior"),
        "never": ("8", "otro_numero"),
        "the loss": ("0.29", "otro_numero"),
        "text": ("'5'", "tipo_inesperado"),
    },
    "paired_half": {
        "not paired": ("196 * ((0.894 * 0.106 + 0.89 * 0.11) / 10_000) ** 0.5", "sin_emparejar"),
        "one model": ("196 * (0.894 * 0.106 / 10_000) ** 0.5", "un_solo_modelo"),
        "the other model": ("196 * (0.89 * 0.11 / 10_000) ** 0.5", "un_solo_modelo"),
        "standard error": ("100 * (0.064 / 10_000) ** 0.5", "olvida_el_1_96"),
        "fraction": ("1.96 * (0.064 / 10_000) ** 0.5", "da_fraccion"),
        "advantage": ("0.4", "da_la_ventaja"),
        "nothing": ("0", "otro_numero"),
        "of the rows that differ": ("196 * (0.25 / 640) ** 0.5", "otro_numero"),
        "text": ("'0.5'", "tipo_inesperado"),
    },
}
for name in RIGHT_PRACTICE:
    bank.right(name, RIGHT_PRACTICE[name], f"{name} = {{}}".format)
    bank.wrong(name, WRONG_PRACTICE[name], f"{name} = {{}}".format)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()


def test_an_encoder_that_fails_is_the_students_error() -> None:
    found = verdict("imdb_model", _delivery("def encode(texts):\n    return 1 / 0"))
    assert (found.state, "ZeroDivisionError" in found.message) == ("fallo", True)


def test_both_sides_mean_the_reviews_that_the_student_has() -> None:
    imdb, made, labels = _given()["imdb"], drawn._stand_in(), judges._known_labels()
    assert list(made.seen) == list(imdb.X_train[: drawn.SEEN])
    assert list(made.held_out) == list(imdb.X_test[: drawn.HELD_OUT])
    assert np.array_equal(labels["seen"], imdb.y_train[: drawn.SEEN])
    assert np.array_equal(labels["held_out"], imdb.y_test[: drawn.HELD_OUT])


def test_new_reviews_are_as_hard_as_the_held_out_ones() -> None:
    given = _given()
    scores = []
    for seed in range(5):
        p = given["linear"].predict(given["encode"](drawn.new_reviews(seed)), 500, verbose=0)[:, 0]
        scores.append(((p > 0.5) == judges.new_labels(p.tolist(), seed)).mean())
    held_out = given["test_accuracy"]
    assert abs(np.mean(scores) - held_out) < 0.02


def test_knowing_how_each_review_was_drawn_is_not_knowing_its_label() -> None:
    best = (drawn.leanings(0) > 0.5).astype(float).tolist()
    assert np.mean(judges.new_labels(best, 0) == (np.array(best) > 0.5)) < 0.94
    foreseen = judges.new_labels(best, 0).astype(float).tolist()
    assert np.mean(judges.new_labels(foreseen, 0) == np.array(foreseen)) < 0.94
