"""Lesson 06's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import pytest

from tests.checks.exercise_bank import Bank

pytestmark = pytest.mark.slow

bank = Bank("06")

COST = (
    "import math\ndef search_cost(n_points, cv, n_rows, epochs, batch_size, refit=True):\n"
    "    held = n_rows // cv\n    fold = math.ceil((n_rows - held) / batch_size)\n"
    "    whole = math.ceil(n_rows / batch_size)\n    nets = n_points * cv + refit\n    {}\n"
)
RIGHT_COST = {
    "formula": (
        "return nets, nets * epochs, epochs * (n_points * cv * fold + (whole if refit else 0))"
    ),
    "one by one": (
        "trained = [n_rows - held] * (n_points * cv) + [n_rows] * refit\n"
        "    steps = sum(len(range(0, n, batch_size)) for n in trained)\n"
        "    return [len(trained), epochs * len(trained), epochs * steps]"
    ),
    "simulated": (
        "from sklearn.model_selection import KFold\n    import numpy as np\n"
        "    folds = [len(train) for train, _ in KFold(cv).split(range(n_rows))]\n"
        "    trained = np.array(folds * n_points + [n_rows] * refit)\n"
        "    batches = -(-trained // batch_size)\n"
        "    return np.array([trained.size, trained.size * epochs, batches.sum() * epochs])"
    ),
}
WRONG_COST = {
    "no folds": ("return n_points + refit, 0, 0", "olvida_las_particiones"),
    "no folds, no refit": ("return n_points, 0, 0", "olvida_las_particiones"),
    "no refit": (
        "nets = n_points * cv\n    return nets, nets * epochs, nets * epochs * fold",
        "olvida_el_reajuste",
    ),
    "always refit": (
        "nets = n_points * cv + 1\n    return nets, nets * epochs, 0",
        "reajusta_siempre",
    ),
    "refits each": (
        "nets = n_points * (cv + refit)\n    return nets, nets * epochs, 0",
        "reajusta_cada_punto",
    ),
    "sum": ("return n_points + cv, 0, 0", "otras_redes"),
    "one network's epochs": ("return nets, epochs, 0", "epocas_de_una_red"),
    "epochs of the folds": ("return nets, n_points * cv * epochs + 1, 0", "otras_epocas"),
    "all rows": ("return nets, nets * epochs, nets * epochs * whole", "olvida_la_validacion"),
    "fold everywhere": (
        "return nets, nets * epochs, nets * epochs * fold",
        "reajuste_con_menos_filas",
    ),
    "the other part": (
        "fold = math.ceil(held / batch_size)\n"
        "    return nets, nets * epochs, epochs * (n_points * cv * fold + whole * refit)",
        "entrena_con_la_validacion",
    ),
    "floor": (
        "fold, whole = (n_rows - held) // batch_size, n_rows // batch_size\n"
        "    return nets, nets * epochs, epochs * (n_points * cv * fold + whole * refit)",
        "olvida_el_lote_incompleto",
    ),
    "one epoch": (
        "return nets, nets * epochs, n_points * cv * fold + whole * refit",
        "pasos_de_una_epoca",
    ),
    "rows": ("return nets, nets * epochs, nets * epochs * n_rows", "otros_pasos"),
    "two numbers": ("return nets, nets * epochs", "no_son_tres"),
    "one number": ("return nets", "tipo_inesperado"),
    "no return": ("print(nets)", "falta_return"),
}

NET = """
import keras
from scikeras.wrappers import KerasClassifier
from course_utils import repair_scikeras
from keras.layers import Dense
repair_scikeras()
def tunable_net(units, activations, optimizers, rates):
    def build({signature}):
        model = keras.Sequential([keras.Input((4,)), {hidden}, Dense({last})])
        {compiled}
        return model
    net = KerasClassifier(build, {fixed}verbose=0)
    space = {{{space}}}
    return net, space
"""
FITS = {
    "signature": "neurons=15, activation='relu'",
    "hidden": "Dense(neurons, activation), Dense(neurons, activation)",
    "last": "1, 'sigmoid'",
    "compiled": "",
    "fixed": "loss='binary_crossentropy', ",
    "space": (
        "'model__neurons': units, 'model__activation': activations, "
        "'optimizer': optimizers, 'optimizer__learning_rate': rates"
    ),
}
COMPILED = {
    "signature": "neurons=15, activation='relu', optimizer='Adam', rate=0.001",
    "compiled": (
        "model.compile(getattr(keras.optimizers, optimizer)(rate), 'binary_crossentropy')"
    ),
    "fixed": "",
    "space": (
        "'model__neurons': units, 'model__activation': activations, "
        "'model__optimizer': optimizers, 'model__rate': rates"
    ),
}
SOFTMAX = {"last": "2, 'softmax'", "fixed": "loss='sparse_categorical_crossentropy', "}
DEFAULTS = {  # scikeras routes its own keyword arguments to the function
    "fixed": "loss='binary_crossentropy', neurons=15, activation='relu', ",
    "space": FITS["space"].replace("model__", ""),
}
FUNCTIONAL = """
import keras
from scikeras.wrappers import KerasClassifier
from course_utils import repair_scikeras
repair_scikeras()
def network(neurons, kind, meta):
    inputs = x = keras.Input((meta["n_features_in_"],))
    for _ in range(2):
        x = keras.layers.Dense(neurons, kernel_regularizer="l2")(x)
        x = keras.layers.Activation(kind)(x)
        x = keras.layers.Dropout(0.3)(x)
    return keras.Model(inputs, keras.layers.Dense(1, "sigmoid")(x))
def tunable_net(units, activations, optimizers, rates):
    classes = [getattr(keras.optimizers, name) for name in optimizers]
    net = KerasClassifier(network, loss=keras.losses.BinaryCrossentropy(), epochs=3)
    space = dict(model__neurons=units, model__kind=activations, optimizer=classes)
    return [net, space | {"optimizer__learning_rate": rates}]
"""
RIGHT_NET = {
    "scikeras compiles": NET.format(**FITS),
    "it compiles": NET.format(**FITS | COMPILED),
    "softmax": NET.format(**FITS | SOFTMAX),
    "known to scikeras": NET.format(**FITS | DEFAULTS),
    "functional": FUNCTIONAL,
}
SLIDE = COMPILED | {
    "signature": "neurons=15, activation='relu', optimizer='Adam'",
    "compiled": "model.compile(optimizer, 'binary_crossentropy')",
    "space": FITS["space"],
}
WRONG_NET = {
    "no prefix": (
        {"space": FITS["space"].replace("model__neurons", "neurons")},
        "nombre_rechazado",
    ),
    "no rates": ({"space": FITS["space"].rsplit(",", 1)[0]}, "otro_espacio"),
    "a value more": (
        {"space": FITS["space"].replace(": units", ": units + [50]")},
        "otro_espacio",
    ),
    "the slide's": (SLIDE, "optimizador_que_no_llega"),
    "the slide's, prefixed": (
        SLIDE | {"space": FITS["space"].replace("'optimizer'", "'model__optimizer'")},
        "tasa_que_no_llega",
    ),
    "always 15": (
        {"hidden": "Dense(15, activation), Dense(15, activation)"},
        "capa_que_no_llega",
    ),
    "no activation": ({"hidden": "Dense(neurons), Dense(neurons)"}, "capa_que_no_llega"),
    "one hidden layer": ({"hidden": "Dense(neurons, activation)"}, "no_dos_capas"),
    "second fixed": (
        {"hidden": "Dense(neurons, activation), Dense(10, activation)"},
        "capas_distintas",
    ),
    "searched output": ({"last": "1, activation"}, "salida_sin_probabilidad"),
    "logits": ({"last": "1"}, "salida_sin_probabilidad"),
    "squared error": ({"fixed": "loss='mse', "}, "otra_perdida"),
    "tied": (
        {"hidden": "*(Dense(neurons, activations[units.index(neurons)]) for _ in range(2))"},
        "combinaciones_que_faltan",
    ),
}

SPLITS = (
    "import numpy as np\n"
    "from sklearn.model_selection import KFold, StratifiedKFold, StratifiedShuffleSplit\n"
    "def safe_splits(y, k):\n    y, rng = np.asarray(y), np.random.default_rng(7)\n"
    "    labels = y.argmax(axis=1) if y.ndim > 1 else y\n"
    "    folds = StratifiedKFold(k, shuffle=True, random_state=1)\n    {}\n"
)
RIGHT_SPLITS = {
    "permuted": (
        "return [(rng.permutation(train), held) for train, held in folds.split(labels, labels)]"
    ),
    "shuffled first": (
        "order = rng.permutation(len(labels))\n    splits = StratifiedKFold(k).split(order, "
        "labels[order])\n    return [[order[train], order[held]] for train, held in splits]"
    ),
    "dealt like cards": (
        "mixed = rng.permutation(len(labels))\n"
        "    dealt = mixed[np.argsort(labels[mixed], kind='stable')]\n"
        "    parts = [dealt[i::k] for i in range(k)]\n"
        "    return [(rng.permutation(np.concatenate(parts[:i] + parts[i + 1:])).tolist(), "
        "parts[i].tolist()) for i in range(k)]"
    ),
}
PERMUTED = "return [(rng.permutation(train), held) for train, held in {}]"
WRONG_SPLITS = {
    "in order": (PERMUTED.format("KFold(k).split(y)"), "clase_que_no_se_entrena"),
    "as scikeras": ("return list(KFold(k).split(y))", "clase_que_no_se_entrena"),
    "shuffled": (
        PERMUTED.format("KFold(k, shuffle=True, random_state=1).split(y)"),
        "azar_sin_estratificar",
    ),
    "asks scikit-learn": (
        "from sklearn.model_selection import check_cv\n    "
        + PERMUTED.format("check_cv(k, y, classifier=True).split(y, y)"),
        "one_hot_sin_estratificar",
    ),
    "sorted train": ("return list(folds.split(labels, labels))", "entrenamiento_en_orden"),
    "one fold less": (
        "return list(StratifiedKFold(k - 1).split(labels, labels))",
        "otro_numero_de_particiones",
    ),
    "masks": (
        "rows = np.arange(len(y))\n    return [(np.isin(rows, t), np.isin(rows, h)) "
        "for t, h in folds.split(labels, labels)]",
        "no_son_posiciones",
    ),
    "counts from one": (
        "return [(t + 1, h + 1) for t, h in folds.split(labels, labels)]",
        "no_son_posiciones",
    ),
    "trains on all": (
        "return [(rng.permutation(len(y)), h) for _, h in folds.split(labels, labels)]",
        "fila_en_los_dos_lados",
    ),
    "drops rows": (
        "return [(rng.permutation(t)[:100], h) for t, h in folds.split(labels, labels)]",
        "faltan_filas",
    ),
    "shuffle split": (
        PERMUTED.format(
            "StratifiedShuffleSplit(k, test_size=1 / k, random_state=1).split(y, labels)"
        ),
        "no_validan_una_vez",
    ),
    "a number": ("return k", "tipo_inesperado"),
    "splitter": ("return folds", "tipo_inesperado"),
    "no return": ("folds.split(labels, labels)", "falta_return"),
}

OWN_LOSS = """
def own(labels, outputs):
    return keras.losses.binary_crossentropy(labels, outputs)
"""
CHANGED_NET = {
    "a loss of one's own": (
        NET.format(**FITS | {"fixed": "loss=own, "}) + OWN_LOSS,
        "no_se_recarga",
    ),
    "no return": (NET.format(**FITS).replace("return net, space", ""), "falta_return"),
    "only the network": (
        NET.format(**FITS).replace("net, space\n", "net\n"),
        "tipo_inesperado",
    ),
}

bank.right("search_cost", RIGHT_COST, COST.format)
bank.wrong("search_cost", WRONG_COST, COST.format)
bank.right("tunable_net", RIGHT_NET)
bank.wrong("tunable_net", WRONG_NET, lambda changes: NET.format(**FITS | changes))
bank.wrong("tunable_net", CHANGED_NET)
bank.right("safe_splits", RIGHT_SPLITS, SPLITS.format)
bank.wrong("safe_splits", WRONG_SPLITS, SPLITS.format)

# --- practice in the lesson ----------------------------------------------------------------------
RIGHT_PRACTICE = {
    "rate_name": {
        "text": "'net__optimizer__learning_rate'",
        "joined": "'__'.join(['net', 'optimizer', 'learning_rate'])",
    },
    "elastic_penalty": {
        "number": "0.6",
        "formula": "0.1 * (0.75 * (1 + 2 + 2) + 0.25 * (1 + 4 + 4))",
        "numpy": "__import__('numpy').array(0.6)",
    },
}
WRONG_PRACTICE = {
    "rate_name": {
        "no step": ("'optimizer__learning_rate'", "olvida_el_paso"),
        "to the function": ("'net__model__learning_rate'", "a_la_funcion"),
        "to the function, no step": ("'model__learning_rate'", "a_la_funcion"),
        "through the function": ("'net__model__optimizer__learning_rate'", "a_la_funcion"),
        "of the network": ("'net__learning_rate'", "olvida_el_optimizador"),
        "bare": ("'learning_rate'", "olvida_el_optimizador"),
        "one hyphen": ("'net_optimizer_learning_rate'", "guion_simple"),
        "two words apart": ("'net__optimizer__learning__rate'", "guion_simple"),
        "another": ("'net__optimizer__lr'", "otro_nombre"),
        "a number": ("0.001", "tipo_inesperado"),
    },
    "elastic_penalty": {
        "signs": ("0.1 * (0.75 * 1 + 0.25 * 9)", "sin_valor_absoluto"),
        "other way": ("0.1 * (0.25 * 5 + 0.75 * 9)", "alfa_al_reves"),
        "no factor": ("0.75 * 5 + 0.25 * 9", "olvida_lambda"),
        "root": ("0.1 * (0.75 * 5 + 0.25 * 3)", "raiz_en_l2"),
        "only L1": ("0.1 * 5", "una_sola_forma"),
        "only L2": ("0.1 * 9", "una_sola_forma"),
        "both whole": ("0.1 * (5 + 9)", "otro_numero"),
        "text": ("'0.6'", "tipo_inesperado"),
    },
}
for name in RIGHT_PRACTICE:
    bank.right(name, RIGHT_PRACTICE[name], f"{name} = {{}}".format)
    bank.wrong(name, WRONG_PRACTICE[name], f"{name} = {{}}".format)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()
