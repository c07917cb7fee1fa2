"""Lesson 09's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils import load_reuters, repair_scikeras, vectorize_sequences
from course_utils._draws import lesson_09 as drawn
from course_utils._examiners import lesson_09 as examiners
from course_utils.data._simulated import simulate_reuters
from tests.checks.exercise_bank import Bank

pytestmark = pytest.mark.slow

bank = Bank("09")

HOT = (
    "import numpy as np\nfrom scipy import sparse\n"
    "def light_multi_hot(sequences, dimension):\n    {}\n"
)
FILL = "m = np.zeros((len(sequences), dimension), {kind})\n    {loop}\n    return m"
EACH = "for i, words in enumerate(sequences):\n        {}"
INDEXED = EACH.format("m[i, {}] = 1")
WHERE = (
    "rows = np.repeat(np.arange(len(sequences)), [len(words) for words in sequences])\n"
    "    columns = np.concatenate(list(sequences))\n    "
)
RIGHT_HOT = {
    "uint8": FILL.format(kind="'uint8'", loop=INDEXED.format("words")),
    "bool": FILL.format(
        kind="bool", loop=EACH.format("for j in words:\n            m[i, j] = True")
    ),
    "csr": (
        f"{WHERE}m = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), "
        "shape=(len(sequences), dimension))\n    m.data[:] = 1\n    return m"
    ),
    "lil": (
        "m = sparse.lil_matrix((len(sequences), dimension), dtype='float32')\n    "
        f"{INDEXED.format('words')}\n    return m"
    ),
    "the course's": (
        "from course_utils import vectorize_sequences\n"
        "    return vectorize_sequences(sequences, dimension, sparse=True)"
    ),
    "scikit-learn": (
        "from sklearn.preprocessing import MultiLabelBinarizer\n"
        "    binarizer = MultiLabelBinarizer(classes=range(dimension), sparse_output=True)\n"
        "    if max(map(max, sequences)) >= dimension:\n        raise IndexError\n"
        "    return binarizer.fit_transform(sequences).astype('uint8')"
    ),
}
CLIPPED = INDEXED.format("[w for w in words if w < dimension]")
WRONG_HOT = {
    "the book's": (FILL.format(kind="float", loop=INDEXED.format("words")), "ocupa_demasiado"),
    "float32": (FILL.format(kind="'f4'", loop=INDEXED.format("words")), "ocupa_demasiado"),
    "counts": (
        FILL.format(kind="'uint8'", loop=EACH.format("np.add.at(m[i], words, 1)")),
        "cuenta_repeticiones",
    ),
    "summed by SciPy": (
        f"{WHERE}return sparse.csr_matrix((np.ones(len(rows), 'uint8'), (rows, columns)), "
        "shape=(len(sequences), dimension))",
        "cuenta_repeticiones",
    ),
    "from one": (
        FILL.format(kind="'uint8'", loop=INDEXED.format("np.array(words) - 1")),
        "columna_corrida",
    ),
    "last lost": (
        FILL.format(kind="'uint8'", loop=INDEXED.format("words[:-1]")),
        "pierde_palabras",
    ),
    "first lost": (
        FILL.format(kind="'uint8'", loop=INDEXED.format("words[1:]")),
        "pierde_palabras",
    ),
    "silent": (FILL.format(kind="'uint8'", loop=CLIPPED), "calla_lo_que_no_cabe"),
    "only the words that there are": (
        "from sklearn.preprocessing import MultiLabelBinarizer\n"
        "    return MultiLabelBinarizer(sparse_output=True).fit_transform(sequences)",
        "otra_forma",
    ),
    "transposed": (
        FILL.format(kind="'uint8'", loop=INDEXED.format("words")) + ".T",
        "otra_forma",
    ),
    "the other words": (
        "m = np.ones((len(sequences), dimension), 'uint8')\n    "
        + EACH.format("m[i, words] = 0")
        + "\n    return m",
        "otros_unos",
    ),
    "eats its texts": (
        FILL.format(
            kind="'uint8'", loop=EACH.format("while words:\n            m[i, words.pop()] = 1")
        ),
        "modifica_argumentos",
    ),
    "no return": (
        "m = np.zeros((len(sequences), dimension), 'uint8')",
        "falta_return",
    ),
    "lists": ("return [list(words) for words in sequences]", "tipo_inesperado"),
}

MACRO = (
    "import numpy as np\nfrom sklearn import metrics\ndef macro_f1(y_true, y_pred):\n"
    "    t, p = y_true, y_pred\n    topics = np.unique(t)\n    {}\n"
)
BY_TOPIC = "f = [2 * sum((t == k) & (p == k)) / (sum(t == k) + sum(p == k)) for k in {}]\n    "
HALVES = (
    "P = [np.sum((t == k) & (p == k)) / max(np.sum(p == k), 1) for k in topics]\n"
    "    R = [np.mean(p[t == k] == k) for k in topics]\n    "
)
RIGHT_MACRO = {
    "by topic": BY_TOPIC.format("topics") + "return np.mean(f)",
    "scikit-learn": "return metrics.f1_score(t, p, labels=topics, average='macro')",
    "confusion matrix": (
        "m = metrics.confusion_matrix(t, p)\n"
        "    f = 2 * m.diagonal() / (m.sum(axis=0) + m.sum(axis=1))\n"
        "    return f[m.sum(axis=1) > 0].mean()"
    ),
    "fractions": (
        "from fractions import Fraction\n"
        "    f = [Fraction(2 * int(sum((t == k) & (p == k))), int(sum(t == k) + sum(p == k)))"
        " for k in topics]\n    return sum(f) / len(f)"
    ),
    "harmonic": (
        HALVES + "return sum(2 * a * b / (a + b) if a + b else 0 for a, b in zip(P, R)) / len(P)"
    ),
}
WRONG_MACRO = {
    "accuracy": ("return np.mean(t == p)", "exactitud"),
    "micro": ("return metrics.f1_score(t, p, average='micro')", "exactitud"),
    "weighted": ("return metrics.f1_score(t, p, average='weighted')", "ponderada"),
    "predicted": (BY_TOPIC.format("np.unique(p)") + "return np.mean(f)", "solo_los_predichos"),
    "no zeros": (
        BY_TOPIC.format("topics") + "return sum(f) / np.count_nonzero(f)",
        "solo_los_predichos",
    ),
    "recall": ("return metrics.balanced_accuracy_score(t, p)", "falta_la_otra_mitad"),
    "precision": (HALVES + "return np.mean(P)", "falta_la_otra_mitad"),
    "F1 of the means": (
        HALVES + "return metrics.f1_score([1], [1]) * 2 / (1 / np.mean(P) + 1 / np.mean(R))",
        "f1_de_medias",
    ),
    "the union": ("return metrics.f1_score(t, p, average='macro')", "temas_solo_predichos"),
    "all numbers": (
        BY_TOPIC.format("topics") + "return sum(f) / (max(t) + 1)",
        "temas_ausentes",
    ),
    "46": (BY_TOPIC.format("topics") + "return sum(f) / 46", "temas_ausentes"),
    "0 / 0": (
        "P = np.array([np.sum((t == k) & (p == k)) / np.sum(p == k) for k in topics])\n"
        "    R = np.array([np.mean(p[t == k] == k) for k in topics])\n"
        "    return np.mean(2 * P * R / (P + R))",
        "da_nan",
    ),
    "percent": ("return 100 * metrics.f1_score(t, p, average='macro')", "otro_numero"),
    "one per topic": ("return metrics.f1_score(t, p, average=None)", "tipo_inesperado"),
    "no return": (BY_TOPIC.format("topics"), "falta_return"),
}

bank.right("light_multi_hot", RIGHT_HOT, HOT.format)
bank.wrong("light_multi_hot", WRONG_HOT, HOT.format)
bank.right("macro_f1", RIGHT_MACRO, MACRO.format)
bank.wrong("macro_f1", WRONG_MACRO, MACRO.format)


# --- saved_search --------------------------------------------------------------------------------
NETWORK = """
import keras
def build(activation="relu", l2=1e-5, rate=5e-3):
    keras.utils.set_random_seed(101)
    inputs = keras.Input((5_000,){dtype})
    x = keras.layers.Dense(32, activation, kernel_regularizer=keras.regularizers.L2(l2))(inputs)
    x = keras.layers.Dense(46, {last})(x)
    model = keras.Model(inputs, x)
    model.compile(keras.optimizers.Adam(rate), {loss}, metrics=["accuracy"])
    return model
"""
SPARSE = "'sparse_categorical_crossentropy'"
SOFTMAX = NETWORK.format(dtype=", dtype='uint8'", last="'softmax'", loss=SPARSE)
LOGITS = NETWORK.format(
    dtype="", last="None", loss="keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
)
LOOP = """
trials, models = [], []
for activation in ("relu", "tanh"):
    for l2 in (1e-5, 1e-3):
        params = {"activation": activation, "l2": l2}
        models.append(build(**params))
        models[-1].fit(X_train, y_train, batch_size=128, epochs=3, verbose=0)
        score = models[-1].evaluate(X_valid, y_valid, batch_size=500, verbose=0)[1]
        trials.append({"params": params, "val_accuracy": score})
best_model = models[max(range(4), key=lambda k: trials[k]["val_accuracy"])]
model_file = folder / "loop.keras"
best_model.save(model_file)
"""
SCIKERAS = """
from scikeras.wrappers import KerasClassifier
from sklearn.model_selection import GridSearchCV
X, y = np.concatenate([X_train, X_valid]), np.concatenate([y_train, y_valid])
network = KerasClassifier(build, epochs=3, batch_size=128, verbose=0)
grid = {"model__activation": ["relu", "elu"], "model__l2": [1e-6, 1e-4]}
rows = [(np.arange(1_500), np.arange(1_500, 2_500))]
search = GridSearchCV(network, grid, cv=rows, refit=False).fit(X, y)
results = search.cv_results_
trials = [
    {"params": p, "val_accuracy": s}
    for p, s in zip(results["params"], results["mean_test_score"])
]
best_model = network.set_params(**search.best_params_).fit(X_train, y_train).model_
model_file = str(folder / "scikeras.keras")
best_model.save(model_file)
"""
OPTUNA = """
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
model_file = folder / "optuna.keras"
best = 0
def objective(trial):
    global best, best_model
    activation = trial.suggest_categorical("activation", ["relu", "gelu"])
    model = build(activation, rate=trial.suggest_float("rate", 3e-3, 1e-2))
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    model.fit(X_train, y_train, batch_size=128, epochs=4, verbose=0,
              validation_data=(X_valid, y_valid), callbacks=[stop])
    score = model.evaluate(X_valid, y_valid, batch_size=500, verbose=0)[1]
    if score > best:
        best, best_model = score, model
        model.save(model_file, include_optimizer=False)
    return score
study = optuna.create_study(direction="maximize", sampler=optuna.samplers.RandomSampler(7))
study.optimize(objective, n_trials=4)
trials = [{"params": t.params, "val_accuracy": t.value} for t in study.trials]
"""
SEARCHES = {
    "loop": SOFTMAX + LOOP,
    "logits": LOGITS + LOOP,
    "scikeras": SOFTMAX + SCIKERAS,
    "optuna": LOGITS + OPTUNA,
}


@functools.cache
def _given() -> dict[str, Any]:
    """What the notebook hands out."""
    repair_scikeras()
    data = load_reuters(num_words=5_000)
    parts = [data.X_train[:1_500], data.X_train[1_500:2_500], data.X_test[:1_000]]
    names = ("X_train", "X_valid", "X_test")
    rows = {n: vectorize_sequences(p, 5_000, "uint8") for n, p in zip(names, parts, strict=True)}
    labels = {"y_train": data.y_train[:1_500], "y_valid": data.y_train[1_500:2_500]}
    rest = {"y_test": data.y_test[:1_000], "data": data, "np": np}
    return rows | labels | rest


@functools.cache
def _good() -> dict[str, Any]:
    return _searched(SEARCHES["loop"])


def _searched(code: str) -> dict[str, Any]:
    """The names of a notebook after a whole search."""
    return _ran(code, _given())


def _changed(code: str) -> dict[str, Any]:
    """The names of a notebook after a good search and something more."""
    return _ran(code, _good())


def _ran(code: str, namespace: dict[str, Any]) -> dict[str, Any]:
    """Run code in a folder of its own: searches that run one after the other share no file."""
    namespace = namespace | {"folder": Path(tempfile.mkdtemp())}
    exec(code, namespace)
    return namespace


FAILED_TRIAL = "trials = [{'params': {'l2': 9}, 'val_accuracy': np.nan}, *trials]"


def _claims(score: str) -> str:
    """Code that writes a score into the table, the first being the best."""
    table = f"trials = [t | {{'val_accuracy': {score} - k / 50}} for k, t in enumerate(trials)]"
    return f"score = {score}\n{table.replace(score, 'score')}\n"


def _again(rows: str, epochs: int) -> str:
    """Code that trains on other rows and saves, with an honest table."""
    fit = f"best_model = build()\nbest_model.fit({rows}, epochs={epochs}, verbose=0)\n"
    return fit + SAVED + _claims(VALID)


SCORE = "best_model.evaluate({}, batch_size=500, verbose=0)[1]"
TRAIN, VALID, TEST = (SCORE.format(f"X_{n}, y_{n}") for n in ("train", "valid", "test"))
SAVED = "model_file = folder / 'other.keras'\nbest_model.save(model_file)\n"
BOTH = "np.concatenate([X_train, {0}]), np.concatenate([y_train, {1}]), 64"
RENAMED = "trials = [t | {{'params': {}}} for k, t in enumerate(trials)]"
WRONG_SEARCH = {
    "no file": ("model_file = folder / 'nothing.keras'", "archivo_no_esta"),
    "weights only": (
        "model_file = folder / 'only.weights.h5'\nbest_model.save_weights(model_file)",
        "no_se_recarga",
    ),
    "pickle": (
        "import pickle\nmodel_file = folder / 'pickle.keras'\n"
        "model_file.write_bytes(pickle.dumps(trials))",
        "no_se_recarga",
    ),
    "lambda": (
        "best_model = keras.Sequential([best_model, keras.layers.Lambda(lambda x: 2 * x)])\n"
        + SAVED,
        "no_se_recarga",
    ),
    "45 topics": (
        "best_model = keras.Sequential([keras.Input((5_000,)), keras.layers.Dense(45)])\n" + SAVED,
        "no_46_salidas",
    ),
    "saved before training": (
        "model_file = folder / 'early.keras'\nbuild().save(model_file)",
        "archivo_de_otro_modelo",
    ),
    "another trial in the file": (
        "model_file = folder / 'another.keras'\n"
        "next(m for m in models if m is not best_model).save(model_file)",
        "archivo_de_otro_modelo",
    ),
    "validation rows too": (_again(BOTH.format("X_valid", "y_valid"), 9), "filas_ya_vistas"),
    "test rows too": (_again(BOTH.format("X_test", "y_test"), 9), "filas_ya_vistas"),
    "everything": (
        "X = np.stack([np.bincount(t, minlength=5_000) > 0 for t in data.X]).astype('uint8')\n"
        + _again("X, data.y, 256", 7),
        "filas_ya_vistas",
    ),
    "not trained": (
        "best_model = build()\n" + SAVED + _claims(VALID),
        "no_supera_la_base",
    ),
    "always the largest": (
        "best_model = build()\nlast = best_model.layers[-1]\n"
        "last.set_weights([0 * last.get_weights()[0], np.eye(46)[3]])\n" + SAVED + _claims(VALID),
        "no_supera_la_base",
    ),
    "training scores": (
        _claims(TRAIN),
        "puntuacion_de_entrenamiento",
    ),
    "training scores from the history": (
        "history = best_model.history.history['accuracy']\n" + _claims("history[-1]"),
        "puntuacion_de_entrenamiento",
    ),
    "test scores": (_claims(TEST), "elige_con_la_prueba"),
    "the last one": (
        "order = sorted(range(4), key=lambda k: -trials[k]['val_accuracy'])\n"
        "trials, best_model = [trials[k] for k in order], models[order[-1]]\n" + SAVED,
        "no_guarda_el_mejor",
    ),
    "a rounder number": (
        _claims(f"{VALID} + 0.013"),
        "puntuacion_no_reproducida",
    ),
    "percent": (
        _claims(f"100 * {VALID}"),
        "puntuacion_no_reproducida",
    ),
    "no score": (
        "trials = [{'params': t['params'], 'score': t['val_accuracy']} for t in trials]",
        "falta_val_accuracy",
    ),
    "one trial": ("trials = [max(trials, key=lambda t: t['val_accuracy'])]", "no_es_una_busqueda"),
    "seeds": (RENAMED.format("{'seed': k}"), "no_es_una_busqueda"),
    "one configuration in four types": (
        RENAMED.format("{'l2': [10, 10.0, np.int64(10), np.float32(10)][k]}"),
        "no_es_una_busqueda",
    ),
    "no trial": ("trials = []", "no_es_una_busqueda"),
    "never reached the network": (
        "best = max(t['val_accuracy'] for t in trials)\n"
        "trials = [t | {'val_accuracy': best} for t in trials]",
        "todos_iguales",
    ),
    "a list": ("trials = [t['val_accuracy'] for t in trials]", "tipo_inesperado"),
    "no model": ("best_model = trials[0]", "tipo_inesperado"),
    "no path": ("model_file = best_model.save(folder / 'x.keras')", "tipo_inesperado"),
}
# A good search against the rules keeps half of the points.
HALF_SEARCH = {
    "nine trials": (
        "trials = trials + [{'params': {'l2': k}, 'val_accuracy': 0.5} for k in range(5)]",
        "presupuesto_de_intentos",
        0.5,
    ),
    "many steps": (
        "best_model = keras.saving.load_model(model_file)\n"
        "best_model.optimizer.iterations.assign(501)\n" + SAVED,
        "presupuesto_de_pasos",
        0.5,
    ),
    "the lesson's": (
        RENAMED.format("{'model__units': 2 ** k, 'dropout': 0.2, 'seed': k}"),
        "solo_los_de_la_leccion",
        0.5,
    ),
}

bank.right("saved_search", SEARCHES, _searched)
bank.right("saved_search", {"a failed trial in the table": FAILED_TRIAL}, _changed)
bank.wrong("saved_search", WRONG_SEARCH, _changed)
bank.wrong("saved_search", HALF_SEARCH, _changed)

# --- practice in the lesson ----------------------------------------------------------------------
RIGHT_PRACTICE = {
    "archive_gb": {
        "number": "10",
        "formula": "1_000_000 * 10_000 * 1 / 1e9",
        "numpy": "__import__('numpy').float64(10)",
    },
    "sample_epochs": {"number": "34", "formula": "-(-135 // -(-1796 // 512))"},
}
WRONG_PRACTICE = {
    "archive_gb": {
        "float64": ("80", "ocho_bytes"),
        "float32": ("40", "cuatro_bytes"),
        "megabytes": ("10_000", "otra_unidad"),
        "bytes": ("1_000_000 * 10_000", "otra_unidad"),
        "a bit each": ("1_000_000 * 10_000 / 8 / 1e9", "en_bits"),
        "binary": ("1_000_000 * 10_000 / 2**30", "gibibytes"),
        "sparse": ("0.64", "otro_numero"),
        "text": ("'10'", "tipo_inesperado"),
    },
    "sample_epochs": {
        "down": ("135 // 4", "no_llega"),
        "a fraction": ("135 / 4", "no_llega"),
        "four times": ("9 * 4", "por_cuatro"),
        "full batches": ("135 // 3", "olvida_el_lote_incompleto"),
        "as with all": ("9", "las_de_todo"),
        "steps": ("135", "pasos_por_epocas"),
        "another": ("15", "otro_numero"),
        "text": ("'34'", "tipo_inesperado"),
    },
}
for name in RIGHT_PRACTICE:
    bank.right(name, RIGHT_PRACTICE[name], f"{name} = {{}}".format)
    bank.wrong(name, WRONG_PRACTICE[name], f"{name} = {{}}".format)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()


def test_given_rows_are_those_of_the_notebook() -> None:
    for name, rows in drawn.rows_given().items():
        texts = [examiners.given_texts()[row] for row in rows]
        assert np.array_equal(examiners.multi_hot(texts), _given()[f"X_{name}"])


def test_fresh_news_are_new_have_the_same_topics_and_words_and_hang_on_the_seed() -> None:
    texts, topics = drawn.fresh_news(3)
    known = simulate_reuters()
    assert len(texts) == len(topics) == 1_000
    assert abs((topics == 3).mean() - (known.labels == 3).mean()) < 0.06
    starts = np.cumsum(known.lengths) - known.lengths
    given = {tuple(known.tokens[at : at + 12]) for at in starts}
    assert not any(tuple(text[:12]) in given for text in texts)
    assert not np.array_equal(topics, drawn.fresh_news(4)[1])
    # A text holds the words of its topic more often than those of any other.
    assert known.vocabulary is not None
    words = [set((row + 3).tolist()) for row in known.vocabulary]
    pairs = list(zip(texts, topics, strict=True))
    own = sum(word in words[topic] for text, topic in pairs for word in text)
    other = sum(word in words[(topic + 7) % 46] for text, topic in pairs for word in text)
    assert own > 1.5 * other
