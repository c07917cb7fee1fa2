"""Forgeries that aim at what is secret: seeds, tables, labels, and what a network really answers.

Each wins nothing. A page that holds ``LEAK`` has echoed what was written after the secret inputs
were sent.
"""

from __future__ import annotations

from tests.hostile.hostile_cases import Case, Points, stubs, with_cell

__all__ = ["LEAK", "secret_cases"]

LEAK = "FUGA-DE-DATOS"

# --- seeds and right answers, looked for ----------------------------------------------------------
_LOOK = """
import gc, sys
wanted = ("seed", "semilla", "expected", "right", "truth", "verdict", "paper", "worth", "table")
def look(*args):
    frame, found = sys._getframe(), []
    while frame:
        for held in (frame.f_locals, frame.f_globals):
            found += [v for k, v in held.items() if any(w in k.lower() for w in wanted)]
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            found += [v for k, v in list(thing.items()) if isinstance(k, str) and k in wanted]
    numbers = [v for v in found if isinstance(v, (int, float)) and not isinstance(v, bool)]
    return numbers[-1] if numbers else 0
n_combos = n_distinct = is_inert = look
"""
_TRACEBACK = """
def look(*args):
    try:
        raise ValueError
    except ValueError as error:
        frame, found = error.__traceback__.tb_frame, []
    while frame:
        found += [v for v in frame.f_locals.values() if isinstance(v, int)]
        frame = frame.f_back
    return found[-1] if found else 1
n_combos = n_distinct = is_inert = look
"""
_DRAWS = """
def look(*args):
    for name in ("_draws.lesson_02", "_judges.lesson_02", "checks", "grading.judging"):
        try:
            return __import__("course_utils." + name, fromlist=["x"]).judge_n_combos(*args)
        except (ImportError, AttributeError):
            pass
    return 12
n_combos = n_distinct = is_inert = look
"""
_FORM = """
def is_inert(model, name, values, X, y):
    leaf = model.get_params().get("min_samples_leaf", 1)
    if len(values) == 1:
        return True
    if name == "min_samples_split":
        return max(values) <= 2 * leaf
    if name == "max_depth":
        return None in values or min(values) > 30
    if name == "max_features":
        return None not in values
    return name == "criterion"
"""
_TURNS = """
turns = iter([True, False] * 1000)
def is_inert(model, name, values, X, y):
    return next(turns)
"""
# --- leaks ---------------------------------------------------------------------------------------
# Put together when it runs, so that a page may quote the line that does it.
_MARK = f"mark = '-'.join({LEAK.split('-')!r})\nasked = []"
_RAISES = f"""
{_MARK}
def n_combos(*args):
    asked.append(args)
    raise ValueError(mark + repr(args) if len(asked) > 1 else "primera vez")
"""
_NAMES = f"""
import course_utils._observers as o
{_MARK}
def forged(name, namespace, sent, ask):
    asked.append(name)
    text = mark + str(sent) if asked.count(name) > 1 else name
    status = ("missing", "unserializable", "raised")[len(asked) % 3]
    return {{"question": name, "status": status, "data": {{"name": text, "type": text}},
            "traceback": text}}
o.observe = forged
"""
_VALUES = f"""
{_MARK}
def n_combos(*args):
    asked.append(args)
    return mark + str(args) if len(asked) > 9 else "nada"
def n_distinct(grid, columns):
    return {{mark: str(grid)}} if len(asked) > 9 else 1
"""
# --- objectives ----------------------------------------------------------------------------------
_TABLE = """
import gc
def tables(function):
    found = list(vars(function).values()) if hasattr(function, "__dict__") else []
    found += [c.cell_contents for c in getattr(function, "__closure__", None) or ()]
    found += [t for t in gc.get_objects() if type(t).__name__ in ("Objective", "Exchange", "Paper")]
    return [t for t in found if hasattr(t, "shape") or isinstance(t, dict)]
def random_search(objective, space, n_trials, seed):
    table = tables(objective)[0]
    best = {name: max(values, key=table[name].get) for name, values in space.items()}
    return best, sum(table[name][value] for name, value in best.items())
def evolve(fitness, size, n_children, generations, rng):
    return [float(tables(fitness)[0].max())] * (generations + 1)
"""
_MORE = """
import itertools
def random_search(objective, space, n_trials, seed):
    grid = [dict(zip(space, values)) for values in itertools.product(*space.values())]
    best = max(grid, key=objective)
    return best, objective(best)
def evolve(fitness, size, n_children, generations, rng):
    cells = [fitness([row, column]) for row in range(24) for column in range(24)]
    return [max(cells)] * (generations + 1)
"""
_OTHER_QUERIES = """
import json
ask = get_ipython().kernel.raw_input
def random_search(objective, space, n_trials, seed):
    for query in ("", "[]", "x" * 900_000, '{"objective": -1, "argument": {}}', '{"seed": 1}',
                  '{"file": 0, "bytes": ""}', '{"objective": 99, "argument": null}'):
        ask(query)
    return {name: values[0] for name, values in space.items()}, 9.0
def evolve(fitness, size, n_children, generations, rng):
    while True:
        ask("x" * 900_000)
"""
_INVENTED = """
import course_utils._observers as o
runs = [(24, 12, 5), (16, 8, 12), (20, 10, 12), (12, 6, 15), (4, 2, 240)]
fake = {
    "evolve": {"returned": [[1.0] * (g + 1) for _, _, g in runs],
               "calls": [[[12, 12]] * (s + c * g) for s, c, g in runs]},
    "random_search": {"returned": [[{"C": 1, "gamma": 1, "kernel": "rbf"}, 3.0]] * 4,
                      "calls": [[{"C": 1, "gamma": 1, "kernel": "rbf"}] * n
                                for n in (40, 40, 40, 90)]},
}
def forged(name, *rest):
    data = dict(fake.get(name, {}), mutates=False)
    return {"question": name, "status": "ok", "data": data, "traceback": ""}
o.observe = forged
"""
# --- networks ------------------------------------------------------------------------------------
_FAKE_NETWORK = """
import numpy as np
class Fake:
    built = True
    def evaluate(self, X, y, **k):
        return {"loss": float(np.log(10)), "accuracy": 0.1}
    def predict(self, X, **k):
        return np.full((len(X), 10), 0.1)
    def count_params(self):
        return id(self)
    def save(self, path):
        open(path, "wb").write(b"red")
def build_model(hp):
    hp.Int("units", 16, 512, step=16)
    return Fake()
"""
_PATCHED = """
import keras, numpy as np
keras.saving.load_model = keras.models.load_model = lambda *a, **k: None
keras.Model.evaluate = lambda self, *a, **k: {"loss": float(np.log(10)), "accuracy": 0.1}
keras.Model.predict = lambda self, X, **k: np.full((len(X), 10), 0.1)
def build_model(hp):
    units = hp.Int("units", 16, 512, step=16)
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(10))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
"""
_EXAMINED = """
import course_utils._observers as o
def forged(name, namespace, sent, ask):
    built = [{"outputs": [[0.1] * 10] * 12, "scores": {"loss": 2.302585, "accuracy": 0.1},
              "weights": 1000 + k, "kinds": []} for k in range(2)]
    data = {"space": [["units", 16, 512]], "examined": {"built": built}, "mutates": False}
    return {"question": name, "status": "ok", "data": data, "traceback": ""}
o.observe = forged
"""
_CODE_IN_FILE = """
import keras
def build_model(hp):
    units = hp.Int("units", 16, 512, step=16)
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    run = keras.layers.Lambda(lambda x: (__import__("os").system("touch /tmp/unpickled"), x)[1])
    model.add(run)
    model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(10, "softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
"""
_BOMB = """
import io, pickle, zipfile
class Boom:
    def __reduce__(self): return (__import__("os").system, ("touch /tmp/unpickled",))
class Fake:
    built, evaluate = True, None
    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("config.json", b" " * 900_000_000)
            archive.writestr("model.weights.h5", pickle.dumps(Boom()))
def build_model(hp):
    hp.Int("units", 16, 512, step=16)
    return Fake()
"""
_HUGE_FILE = """
class Fake:
    built, evaluate = True, None
    def save(self, path):
        open(path, "wb").write(bytes(200_000_000))
def build_model(hp):
    hp.Int("units", 16, 512, step=16)
    return Fake()
"""
_FAKE_ESTIMATOR = """
import keras
from sklearn.base import BaseEstimator
class Fake(BaseEstimator):
    def __init__(self, units=None, activation=None, optimizer=None, rate=None):
        self.units, self.activation, self.optimizer, self.rate = units, activation, optimizer, rate
    def initialize(self, X, y):
        self.model_ = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "relu"),
                                        keras.layers.Dense(8, "relu"),
                                        keras.layers.Dense(1, "sigmoid")])
        self.model_.compile("adam", "binary_crossentropy")
        return self
    def _ensure_compiled_model(self):
        pass
def tunable_net(units, activations, optimizers, rates):
    space = {"units": units, "activation": activations, "optimizer": optimizers, "rate": rates}
    return Fake(), space
"""
_CONSTANTS = """
import numpy as np
class Constant:
    def predict(self, X, **k):
        return np.eye(46)[[3] * len(X)]
    def save(self, path):
        open(path, "w").write("3")
best_model, model_file = Constant(), folder / "constante.keras"
best_model.save(model_file)
trials = [{"params": {"activation": a, "l2": k}, "val_accuracy": 0.7 + k / 100}
          for k, a in enumerate(("relu", "tanh", "elu", "gelu"))]
"""
_ONE_NETWORK = """
import keras
keras.utils.set_random_seed(7)
best_model = keras.Sequential([keras.Input((5_000,), dtype="uint8")])
best_model.add(keras.layers.Dense(32, "relu"))
best_model.add(keras.layers.Dense(46, "softmax"))
best_model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
best_model.fit(X_train, y_train, epochs=8, batch_size=64, verbose=0)
score = best_model.evaluate(X_valid, y_valid, verbose=0)[1]
model_file = folder / "una.keras"
best_model.save(model_file)
trials = [{"params": {"activation": a, "l2": 10.0 ** -k}, "val_accuracy": score - k / 50}
          for k, a in enumerate(("relu", "tanh", "elu", "gelu", "selu"))]
"""


def secret_cases() -> list[Case]:
    """Every forgery, and what each may win."""

    def forged(
        name: str, what: str, code: str, *asked: str, lesson: str = "02", fast: bool = False
    ) -> Case:
        points: Points = dict.fromkeys(asked or ("n_combos", "is_inert", "n_distinct"), 0.0)
        return Case(name, what, {f"{name}.ipynb": stubs(code, lesson)}, points, fast=fast)

    def solved(name: str, what: str, code: str, points: Points, fast: bool = False) -> Case:
        """The solution, and a forgery in its last cell."""
        return Case(name, what, {f"{name}.ipynb": with_cell(code, at=-1)}, points, fast=fast)

    combos: Points = {"n_combos": 0.0, "is_inert": 3.0}
    inert: Points = {"n_combos": 2.0, "is_inert": 0.0, "n_distinct": 3.0}
    build, called = ("build_model",), ("random_search",)
    return [
        forged("busca_semilla", "looks for seed and answers in frames and objects", _LOOK),
        forged("mira_rastro", "reads frames off a traceback", _TRACEBACK),
        forged("importa_sorteos", "imports draws and judges", _DRAWS, fast=True),
        solved(
            "inerte_por_forma",
            "is_inert from the form of the values, without a fit",
            _FORM,
            inert,
            fast=True,
        ),
        solved("inerte_por_turnos", "is_inert says yes and no by turns", _TURNS, inert),
        solved(
            "filtra_en_error", "an error that tells the secret inputs", _RAISES, combos, fast=True
        ),
        forged("filtra_en_nombre", "names and errors that tell the secret inputs", _NAMES),
        solved("filtra_en_valor", "answers that tell the secret inputs", _VALUES, combos),
        forged("lee_tabla", "a table read off the objective", _TABLE, *called, lesson="03"),
        forged("lee_paisaje", "a table read off the fitness", _TABLE, "evolve", lesson="05"),
        forged("evalua_todo", "asks the whole space", _MORE, *called, lesson="03", fast=True),
        forged("evalua_paisaje", "asks the whole landscape", _MORE, "evolve", lesson="05"),
        forged("otras_preguntas", "other requests", _OTHER_QUERIES, *called, lesson="03"),
        forged("inunda", "endless requests", _OTHER_QUERIES, "evolve", lesson="05"),
        forged("inventa_llamadas", "invented calls", _INVENTED, *called, lesson="03", fast=True),
        forged("inventa_evolucion", "an invented evolution", _INVENTED, "evolve", lesson="05"),
        forged("red_falsa", "a class without a network", _FAKE_NETWORK, *build, lesson="07"),
        forged("keras_parcheado", "load_model, evaluate patched", _PATCHED, *build, lesson="07"),
        forged("examen_falso", "an invented examination", _EXAMINED, *build, lesson="07"),
        forged("red_con_codigo", "code in a layer of the file", _CODE_IN_FILE, *build, lesson="07"),
        forged("red_bomba", "a .keras that expands, with a pickle", _BOMB, *build, lesson="07"),
        forged("red_enorme", "a file of 200 MB", _HUGE_FILE, *build, lesson="07"),
        forged("estimador_falso", "no fit inside", _FAKE_ESTIMATOR, "tunable_net", lesson="06"),
        forged("dos_constantes", "two constants", _CONSTANTS, "saved_search", lesson="09"),
        Case(
            "tabla_inventada",
            "one network, trained, and invented trials: a human is told",
            {"tabla_inventada.ipynb": stubs(_ONE_NETWORK, "09")},
            {"saved_search": 4.0},
            review="búsqueda sin rastro",
        ),
    ]
