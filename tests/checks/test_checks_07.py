"""Lesson 07's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

import pytest

from tests.checks.exercise_bank import Bank

pytestmark = pytest.mark.slow

bank = Bank("07")

PAID = "def paid_epochs(rounds):\n    {}\n"
RIGHT_PAID = {
    "loop": (
        "total = done = 0\n    for n, until in rounds:\n        total += n * (until - done)\n"
        "        done = until\n    return total"
    ),
    "pairs": (
        "before = [0] + [until for _, until in rounds]\n"
        "    return sum(n * (until - b) for (n, until), b in zip(rounds, before))"
    ),
    "by what each drops": (
        "after = [n for n, _ in rounds][1:] + [0]\n"
        "    return sum((n - m) * until for (n, until), m in zip(rounds, after))"
    ),
}
WRONG_PAID = {
    "from zero": ("return sum(n * until for n, until in rounds)", "cobra_desde_cero"),
    "last": ("return rounds[-1][0] * rounds[-1][1]", "solo_la_ultima"),
    "one trial": ("return rounds[-1][1]", "suma_epocas"),
    "all": ("return rounds[0][0] * rounds[-1][1]", "todos_hasta_el_final"),
    "trials": ("return sum(n for n, _ in rounds)", "otro_numero"),
    "first round": ("return rounds[0][0] * rounds[0][1]", "otro_numero"),
    "survivors only": (
        "after = [n for n, _ in rounds][1:] + [0]\n"
        "    return sum(m * until for (_, until), m in zip(rounds, after))",
        "otro_numero",
    ),
    "no return": ("print(sum(n for n, _ in rounds))", "falta_return"),
}

BUILD = """
import keras
def build_model(hp):
    units = hp.Int("units", 16, 512, step=16)
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense({units}, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense({outputs}, activation={last}),
    ])
    model.compile("adam", {loss}, metrics={metrics})
    return model
"""
FITS = {
    "units": "units",
    "outputs": "10",
    "last": "'softmax'",
    "loss": "'sparse_categorical_crossentropy'",
    "metrics": "['accuracy']",
}
LOGITS = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
FUNCTIONAL = f"""
import keras
def build_model(hp):
    inputs = keras.Input((28, 28))
    x = keras.layers.Flatten()(inputs)
    x = keras.layers.Dense(hp.Int("units", min_value=16, max_value=512, step=16), "relu")(x)
    x = keras.layers.BatchNormalization()(x)
    model = keras.Model(inputs, keras.layers.Dense(10)(x))
    model.compile("rmsprop", {LOGITS}, metrics=["sparse_categorical_accuracy"])
    return model
"""
SUMMED = "keras.losses.SparseCategoricalCrossentropy(reduction='sum')"
RIGHT_BUILD = {
    "a penalty": BUILD.format(**FITS).replace('"relu"', '"relu", kernel_regularizer="l2"'),
    "softmax": BUILD.format(**FITS),
    "logits": BUILD.format(**FITS | {"last": "None", "loss": LOGITS}),
    # Keras finds the logits behind a softmax, so this is right too (with a warning).
    "softmax and logits": BUILD.format(**FITS | {"loss": LOGITS}),
    "functional": FUNCTIONAL,
}
WRONG_BUILD = {
    "the slide's": ({"last": "None"}, "falta_softmax"),
    "summed": ({"loss": SUMMED}, "otra_perdida"),
    "one output": (
        {"outputs": "1", "last": "'sigmoid'", "loss": "'binary_crossentropy'"},
        "no_diez_salidas",
    ),
    "always 48": ({"units": "48"}, "unidades_fijas"),
    "no metric": ({"metrics": "None"}, "sin_exactitud"),
}

FRONT = "def pareto_front(models):\n    {}\n"
BEATS = "(a[0] >= b[0] and a[1] <= b[1] and a != b)"
RIGHT_FRONT = {
    "definition": (f"return [i for i, b in enumerate(models) if not any({BEATS} for a in models)]"),
    "sorted sweep": (
        "front, best = [], -1\n"
        "    order = sorted(range(len(models)), key=lambda i: (models[i][1], -models[i][0]))\n"
        "    for i in order:\n"
        "        if models[i][0] > best or models[i] == models[front[-1]]:\n"
        "            front.append(i)\n            best = models[i][0]\n    return front"
    ),
    "numpy": (
        "import numpy as np\n    a, s = np.array(models).T\n"
        "    keep = [not np.any((a >= a[i]) & (s <= s[i]) & ((a > a[i]) | (s < s[i])))"
        " for i in range(len(a))]\n    return np.flatnonzero(keep)"
    ),
    "a column": (
        "import numpy as np\n"
        f"    return np.argwhere([not any({BEATS} for a in models) for b in models])"
    ),
    "filter": (
        "beaten = lambda b: any((a[0] >= b[0] and a[1] <= b[1] and a != b) for a in models)\n"
        "    return filter(lambda i: not beaten(models[i]), range(len(models)))"
    ),
}
WRONG_FRONT = {
    "best": (
        "return [max(range(len(models)), key=lambda i: models[i][0])]",
        "solo_el_mejor",
    ),
    "dominated": (
        f"return [i for i, b in enumerate(models) if any({BEATS} for a in models)]",
        "al_reves",
    ),
    "slow ones": (
        "return [i for i, b in enumerate(models) "
        "if not any(a[0] >= b[0] and a[1] >= b[1] and a != b for a in models)]",
        "maximiza_los_segundos",
    ),
    "strict": (
        "return [i for i, b in enumerate(models) "
        "if not any(a[0] > b[0] and a[1] < b[1] for a in models)]",
        "empates_mal_resueltos",
    ),
    "twins": (
        "return [i for i, b in enumerate(models) if not any("
        "a[0] >= b[0] and a[1] <= b[1] for j, a in enumerate(models) if j != i)]",
        "empates_mal_resueltos",
    ),
    "models": (
        f"return [b for b in models if not any({BEATS} for a in models)]",
        "devuelve_modelos",
    ),
    "all": ("return list(range(len(models)))", "otra_frontera"),
    "a number": ("return 0", "tipo_inesperado"),
    "between two": (
        f"return [i + 0.7 for i, b in enumerate(models) if not any({BEATS} for a in models)]",
        "tipo_inesperado",
    ),
}

CHANGED_BUILD = {
    "another name": (BUILD.replace('"units"', '"neuronas"').format(**FITS), "otro_espacio"),
    "other bounds": (BUILD.replace("16, 512", "1, 60").format(**FITS), "otro_espacio"),
    "no return": ("def build_model(hp):\n    hp.Int('units', 16, 512)\n", "tipo_inesperado"),
}

bank.right("paid_epochs", RIGHT_PAID, PAID.format)
bank.wrong("paid_epochs", WRONG_PAID, PAID.format)
bank.right("pareto_front", RIGHT_FRONT, FRONT.format)
bank.wrong("pareto_front", WRONG_FRONT, FRONT.format)
bank.right("build_model", RIGHT_BUILD)
OWN_LOSS = """
def own(labels, outputs):
    return keras.losses.sparse_categorical_crossentropy(labels, outputs)
"""
OWN_CODE = {
    "a loss of one's own": (OWN_LOSS + BUILD.format(**FITS | {"loss": "own"}), "no_se_recarga")
}
bank.wrong("build_model", WRONG_BUILD, lambda changes: BUILD.format(**FITS | changes))
bank.wrong("build_model", OWN_CODE)
bank.wrong("build_model", CHANGED_BUILD)

# --- practice in the lesson ----------------------------------------------------------------------
STEPS, STUCK = "mnist_steps = {}".format, "import numpy as np\nstuck_loss = {}".format
bank.right("mnist_steps", {"counted": "844", "worked out": "-(-54_000 // 64)"}, STEPS)
bank.wrong(
    "mnist_steps",
    {
        "not rounded": ("54_000 / 64", "no_redondea"),
        "floor": ("54_000 // 64", "redondea_hacia_abajo"),
        "all images": ("938", "olvida_la_validacion"),
        "all images, not rounded": ("60_000 / 64", "olvida_la_validacion"),
        "the other part": ("94", "cuenta_las_de_validacion"),
        "as above": ("1500", "otro_lote"),
        "images": ("54_000", "cuenta_imagenes"),
        "other": ("10", "otro_numero"),
        "printed": ("print(844)", "falta_return"),
    },
    STEPS,
)
bank.right(
    "stuck_loss",
    {"worked out": "np.log(10)", "rounded": "2.3", "three": "2.303", "by hand": "-np.log(1 / 10)"},
    STUCK,
)
bank.wrong(
    "stuck_loss",
    {
        "not divided": ("0", "olvida_dividir"),
        "two outputs": ("np.log(2)", "como_con_dos"),
        "log 10": ("np.log10(10)", "otro_logaritmo"),
        "probability": ("0.1", "sin_logaritmo"),
        "sign": ("np.log(0.1)", "con_otro_signo"),
        "clipped to zero": ("-np.log(1e-7)", "recorta_a_cero"),
        "other": ("4.2", "otro_numero"),
        "text": ("'2.303'", "tipo_inesperado"),
    },
    STUCK,
)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()
