"""Lesson 08's checks: right answers of several kinds, and wrong ones that meet their message."""

from __future__ import annotations

from tests.checks.exercise_bank import Bank

bank = Bank("08")

STEPS = "import math\ndef steps_per_epoch(n_rows, batch_size, validation_split=0.0):\n    {}\n"
RIGHT_STEPS = {
    "ceil": "return math.ceil(math.floor(n_rows * (1 - validation_split)) / batch_size)",
    "negative floor": "return -(-int(n_rows * (1 - validation_split)) // batch_size)",
    "counting": "return len(range(0, int(n_rows * (1 - validation_split)), batch_size))",
    "rounded rows": "return math.ceil(round(n_rows * (1 - validation_split)) / batch_size)",
}
WRONG_STEPS = {
    "floor": (
        "return int(n_rows * (1 - validation_split)) // batch_size",
        "olvida_el_lote_incompleto",
    ),
    "round": (
        "return round(math.floor(n_rows * (1 - validation_split)) / batch_size)",
        "redondea_al_mas_cercano",
    ),
    "plus one": (
        "return math.floor(n_rows * (1 - validation_split)) // batch_size + 1",
        "paso_de_mas",
    ),
    "all rows": ("return math.ceil(n_rows / batch_size)", "olvida_la_validacion"),
    "the other part": (
        "return math.ceil((n_rows * validation_split or n_rows) / batch_size)",
        "usa_las_de_validacion",
    ),
    "no division": ("return n_rows", "otro_numero"),
    "no return": ("print(math.ceil(n_rows / batch_size))", "falta_return"),
    "text": ("return str(math.ceil(n_rows / batch_size))", "tipo_inesperado"),
}

RATE = (
    "def decayed_rate(step, initial_rate, decay_steps, decay_rate, staircase=False):\n"
    "    k, r, n, f, s = step, initial_rate, decay_steps, decay_rate, staircase\n    {}\n"
)
RIGHT_RATES = {
    "exponent": "return r * f ** (k // n if s else k / n)",
    "logarithm": (
        "import math\n    return math.exp(math.log(r) + math.log(f) * "
        "(math.floor(k / n) if s else k / n))"
    ),
    "loop": (
        "whole, part = divmod(k, n)\n    for _ in range(whole):\n        r = r * f\n"
        "    return r if s else r * f ** (part / n)"
    ),
}
WRONG_RATES = {
    "each step": ("return r * f ** k", "olvida_decay_steps"),
    "no staircase": ("return r * f ** (k / n)", "ignora_staircase"),
    "only staircase": ("return r * f ** (k // n)", "siempre_en_escalera"),
    "rounded": ("return r * f ** (round(k / n) if s else k / n)", "redondea_los_tramos"),
    "subtracts": (
        "return r - r * (1 - f) * (k // n if s else k / n)",
        "resta_en_vez_de_multiplicar",
    ),
    "constant": ("return r", "otro_numero"),
    "what is lost": ("return r * (1 - f) ** (k // n if s else k / n)", "otro_numero"),
    "starts anew": ("return r * f ** (k % n / n)", "otro_numero"),
}

PATH = "def momentum_path(gradient, w, rate, momentum, n_steps):\n{}"
BODY = """
    update, path = 0.0, []
    for _ in range(n_steps):
        update = {update}
        w = w + update
        path.append(w)
    return path
"""
RIGHT_PATHS = {
    "formula": BODY.format(update="-rate * gradient(w) + momentum * update"),
    "velocity": """
    velocity, path = 0.0, []
    while len(path) < n_steps:
        velocity = momentum * velocity + gradient(w)
        w -= rate * velocity
        path.append(w)
    return path
""",
    "Keras, in single precision": """
    import keras
    place = keras.Variable(w, dtype="float32")
    rule = keras.optimizers.SGD(rate, momentum=momentum)
    path = []
    for _ in range(n_steps):
        rule.apply([keras.ops.convert_to_tensor(gradient(float(place)), "float32")], [place])
        path.append(keras.ops.copy(place))
    return path
""",
    "generator": """
    def walk(w, update=0.0):
        for _ in range(n_steps):
            update = momentum * update - rate * gradient(w)
            w += update
            yield w
    return walk(w)
""",
    "array": "    import numpy as np"
    + BODY.format(update="-rate * gradient(w) + momentum * update").replace(
        "return path", "return np.array(path).reshape(-1, 1)"
    ),
}
WRONG_PATHS = {
    "start too": (
        BODY.format(update="-rate * gradient(w) + momentum * update").replace("[]", "[w]"),
        "incluye_el_inicio",
    ),
    "uphill": (BODY.format(update="rate * gradient(w) + momentum * update"), "cuesta_arriba"),
    "plain": (BODY.format(update="-rate * gradient(w)"), "sin_momento"),
    "average": (
        BODY.format(update="-rate * (1 - momentum) * gradient(w) + momentum * update"),
        "media_ponderada",
    ),
    "nesterov": (
        BODY.format(update="-rate * gradient(w + momentum * update) + momentum * update"),
        "nesterov",
    ),
    "frozen": (
        BODY.format(update="-rate * slope + momentum * update").replace(
            "[]\n", "[]\n    slope = gradient(w)\n", 1
        ),
        "gradiente_parado",
    ),
    "no rate": (BODY.format(update="-gradient(w) + momentum * update"), "otro_recorrido"),
    "last only": ("    return w - rate * gradient(w)\n", "tipo_inesperado"),
}

WARM = (
    "import math\ndef warmup_cosine(step, peak, warmup_steps, total_steps):\n"
    "    k, w, t = step, warmup_steps, total_steps\n    {}\n"
)
RIGHT_WARM = {
    "formula": (
        "if k < w:\n        return peak * k / w\n"
        "    part = min(1, (k - w) / (t - w))\n    return peak * (1 + math.cos(math.pi * part)) / 2"
    ),
    "squared cosine": (
        "part = min(max(k - w, 0) / (t - w), 1)\n"
        "    return min(k / w, 1) * peak * math.cos(math.pi / 2 * part) ** 2"
    ),
    "keras": (
        "import keras\n    schedule = keras.optimizers.schedules.CosineDecay("
        "0.0, t - w, warmup_target=peak, warmup_steps=w)\n    return float(schedule(k))"
    ),
    "a tensor": (
        "import keras\n    schedule = keras.optimizers.schedules.CosineDecay("
        "0.0, t - w, warmup_target=peak, warmup_steps=w)\n    return schedule(k)"
    ),
}
WRONG_WARM = {
    "no warm-up": (
        "return peak * (1 + math.cos(math.pi * min(1, k / t))) / 2",
        "sin_calentamiento",
    ),
    "unshifted": (
        "return peak * k / w if k < w else peak * (1 + math.cos(math.pi * min(1, k / t))) / 2",
        "coseno_sin_desplazar",
    ),
    "bounces": (
        "return peak * k / w if k < w else peak * (1 + math.cos(math.pi * (k - w) / (t - w))) / 2",
        "rebota_al_final",
    ),
    "uncentred": (
        "return peak * k / w if k < w else peak * math.cos(math.pi * min(1, (k - w) / (t - w)))",
        "coseno_sin_centrar",
    ),
    "straight": (
        "return peak * k / w if k < w else peak * max(0, (t - k) / (t - w))",
        "baja_en_linea_recta",
    ),
    "constant": ("return peak", "otro_numero"),
    "a quarter": (
        "if k < w:\n        return peak * k / w\n"
        "    return peak * math.cos(math.pi / 2 * min(1, (k - w) / (t - w)))",
        "otro_numero",
    ),
    "too long": (
        "if k < w:\n        return peak * k / w\n"
        "    return peak * (1 + math.cos(math.pi * min(1, (k - w) / t))) / 2",
        "otro_numero",
    ),
}

bank.right("steps_per_epoch", RIGHT_STEPS, STEPS.format)
bank.wrong("steps_per_epoch", WRONG_STEPS, STEPS.format)
bank.right("decayed_rate", RIGHT_RATES, RATE.format)
bank.wrong("decayed_rate", WRONG_RATES, RATE.format)
bank.right("momentum_path", RIGHT_PATHS, PATH.format)
bank.wrong("momentum_path", WRONG_PATHS, PATH.format)
bank.right("warmup_cosine", RIGHT_WARM, WARM.format)
bank.wrong("warmup_cosine", WRONG_WARM, WARM.format)

# --- practice in the lesson ----------------------------------------------------------------------
bank.right(
    "matched_rate",
    {"worked out": "0.002", "formula": "0.02 * 0.01 / 0.1"},
    "matched_rate = {}".format,
)
bank.wrong(
    "matched_rate",
    {
        "the same": ("0.02", "deja_la_tasa"),
        "more": ("0.2", "al_reves"),
        "quotient": ("0.02 * 0.9 / 0.99", "cociente_de_momentos"),
        "the step": ("0.02 / 0.1", "al_reves"),
        "the large step": ("0.02 / 0.01", "da_el_paso"),
        "other": ("0.01", "otro_numero"),
        "text": ("'0.002'", "tipo_inesperado"),
    },
    "matched_rate = {}".format,
)
bank.right(
    "half_steps",
    {"counted": "171", "formula": "3 * __import__('math').ceil(7185 / 128)"},
    "half_steps = {}".format,
)
bank.wrong(
    "half_steps",
    {
        "epochs": ("3", "cuenta_epocas"),
        "one epoch": ("57", "una_sola_epoca"),
        "full batches": ("3 * (7185 // 128)", "olvida_el_lote_incompleto"),
        "rounded once": ("169", "redondea_al_final"),
        "not rounded": ("3 * 7185 / 128", "redondea_al_final"),
        "batches of 64": ("3 * 113", "otro_lote"),
        "rows": ("3 * 7185", "cuenta_filas"),
        "other": ("1000", "otro_numero"),
        "text": ("'171'", "tipo_inesperado"),
    },
    "half_steps = {}".format,
)

test_right_answers, test_wrong_answers, test_every_message_is_met = bank.tests()
