"""Attacks on what stands between a student and the judge: files, requests, observations, names.

``.keras`` and ``.npz`` files aim at the second sandbox; requests for input and observations, at
whoever reads them outside; texts and names, at tables, pages and the folder ``plataforma``.
"""

from __future__ import annotations

import io
import struct
import zipfile

from tests.hostile.hostile_cases import (
    FULL,
    UNREAD,
    Case,
    Points,
    data,
    solution,
    stubs,
    with_cell,
)

__all__ = ["door_cases"]

# --- networks in files: an honest one, edited before it is handed over ----------------------------
_EDITED = """
import io, json, os, zipfile, keras
def honest(units):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(10, "softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
def rewrite(path, edit, mode=0o600):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content)
def layer(module, kind, **config):
    return {"module": module, "class_name": kind, "config": config, "registered_name": None}
def instead(number, *new):
    def edit(parts):
        config = json.loads(parts["config.json"])
        config["config"]["layers"][number:number + 1] = new
        parts["config.json"] = json.dumps(config).encode()
    return edit
class Edited:
    built, evaluate = True, None
    def __init__(self, units):
        self.units = units
    def save(self, path):
        honest(self.units).save(path)
        attack(path)
def build_model(hp):
    return Edited(hp.Int("units", 16, 512, step=16))
"""
_FOREIGN_CLASS = """
def attack(path):
    rewrite(path, instead(1, layer("os", "system", command="touch /tmp/unpickled")))
"""
_ALLOWS_CODE = """
def attack(path):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Lambda(
        lambda x: (__import__("os").system("touch /tmp/unpickled"), x)[1])])
    code = json.loads(model.to_json())["config"]["layers"][1]
    allow = layer("keras.config", "enable_unsafe_deserialization")
    rewrite(path, instead(1, allow, code, layer("keras.layers", "Flatten", name="plana")))
"""
_READS_DISK = """
def attack(path):
    words = layer("keras.layers", "StringLookup", vocabulary="/etc/passwd")
    rewrite(path, instead(1, words, layer("keras.layers", "Flatten", name="plana")))
"""
_DEEP_CONFIG = """
def attack(path):
    rewrite(path, lambda parts: parts.update({"config.json": b'{"config":' * 200_000}))
"""
_LINKED = """
def attack(path):
    link = {"model.weights.h5": b"/etc/passwd"}
    rewrite(path, lambda parts: parts.update(link), mode=0o120777)
"""
_CLIMBS = """
def attack(path):
    climbing = {"../../../../tmp/unpickled": b"x", "/tmp/unpickled": b"x", "assets/../../x": b"x"}
    rewrite(path, lambda parts: (parts.update(climbing), parts.pop("model.weights.h5")))
"""
_TERABYTES = """
def attack(path):
    wide = layer("keras.layers", "Dense", units=600_000, name="ancha")
    rewrite(path, instead(2, wide, layer("keras.layers", "Dense", units=10**9, name="mas")))
"""
_ENDLESS_NETWORK = """
def attack(path):
    keras.Sequential([
        keras.Input((28, 28)), keras.layers.Reshape((784, 1)), keras.layers.UpSampling1D(3_000),
        keras.layers.SimpleRNN(256), keras.layers.Dense(10, "softmax")]).save(path)
"""
_NOT_NUMBERS = """
import numpy as np
def attack(path):
    model = honest(32)
    model.set_weights([np.full_like(part, np.nan) for part in model.get_weights()])
    model.save(path)
"""
_PIPE = """
def attack(path):
    os.remove(path)
    os.mkfifo(path)
"""
_ENDLESS_FILE = """
def attack(path):
    os.remove(path)
    os.symlink("/dev/zero", path)
"""
_ROWS = """
import keras, numpy as np
import course_utils._observers.lesson_10 as o
network = keras.Sequential([keras.Input((10_000,)), keras.layers.Dense(1, "sigmoid")])
model_file = "red.keras"
network.save(model_file)
encode, test_accuracy = (lambda texts: np.zeros((len(texts), 10_000))), 0.9
trials = [{"params": {"units": units}} for units in (8, 16, 32, 64)]
class Boom:
    def __reduce__(self): return (__import__("os").system, ("touch /tmp/unpickled",))
def hand_over(student, rows):
    np.savez("filas.npz", **parts)
    student.hand_over("filas.npz")
    return True
o._hand_over_rows = hand_over
"""
_PICKLED_ROWS = 'parts = {"array": np.array([Boom()], dtype=object)}\n'
_ENDLESS_ROWS = """
one = np.zeros(1, dtype="int64")
parts = {"dense": np.array(True), "data": one[:0], "indices": one[:0],
         "indptr": np.zeros(1_501, dtype="int64"), "shape": np.array([1_500, 10**9])}
"""
# --- requests for input, and other messages -------------------------------------------------------
_STRANGE_QUERIES = r"""
import threading, time
kernel = get_ipython().kernel
strange = [
    '{"objective": 0, "argument": NaN}', '{"objective": 0, "argument": 1e999}',
    '{"objective": 1e999, "argument": {}}', '{"objective": ' + "9" * 5_000 + "}",
    '{"objective": 0, "objective": 99, "argument": {}}', '{"objective": true, "argument": []}',
    '{"objective": 0, "argument": ' + "[" * 90_000 + "]" * 90_000 + "}",
    '{"objective": 0, "argument": {"C": ' + "9" * 4_000 + ', "gamma": "\\ud800", "kernel": {}}}',
    '{"file": 0, "bytes": "ñ"}', '{"file": -1, "bytes": "AAAA"}', '{"file": NaN, "bytes": null}',
    '"file"', '["file"]', "null", "5", "\ud800", "\x00", '{"$model": ["os", "system", "x"]}',
]
def ask_all(*args):
    for query in strange:
        try:
            kernel.raw_input(query)
        except Exception:
            pass
    return {"C": 1, "gamma": 1, "kernel": "rbf"}, 9.0
def always():
    kernel._allow_stdin = True
    while True:
        ask_all()
        time.sleep(0.05)
random_search = trials_needed = log_uniform = ask_all
threading.Thread(target=always, daemon=True).start()
"""
_GARBAGE = """
kernel = get_ipython().kernel
who = kernel._parent_ident["shell"] if isinstance(kernel._parent_ident, dict) else [b""]
for parts in ([b"x"] * 40, [b"\\xff" * 3_000_000], [b"<IDS|MSG>"] * 6, [b"<IDS|MSG>", b"", b"{}"],
              [b"<IDS|MSG>", b"", b"[" * 90_000, b"{}", b"{}", b"{}"], [b""]):
    for socket in (kernel.stdin_socket, kernel.shell_streams[0] if hasattr(kernel, "shell_streams")
                   else kernel.shell_stream, kernel.iopub_socket):
        try:
            socket.send_multipart([*who, *parts])
        except Exception as error:
            print(type(error).__name__)
"""
_DRIPS = """
while True:
    display(1)
"""
_PROCESSES = """
import glob, os
numbers = []
for path in [*glob.glob("/proc/*/cmdline"), *glob.glob("/proc/*/environ"), "/proc/self/mountinfo"]:
    try:
        text = open(path, "rb").read().decode(errors="replace")
    except OSError:
        continue
    numbers += [int(word) for word in text.replace("\\0", " ").split() if word.isdigit()]
n_combos = n_distinct = lambda *args: numbers[-1] if numbers else 0
is_inert = lambda *args: bool(numbers and numbers[-1] % 2)
"""
# --- observations --------------------------------------------------------------------------------
_STRANGE_DATA = """
import course_utils._reply as r
data = {
    "n_combos": '{"counts": [' + ", ".join(["1e999", "-1e999", "9" * 4_000] * 3) + "]",
    "is_inert": '{"answers": [true], "answers": [true, false]',
    "n_distinct": '{"counts": [{"$array": ["O", [1], "AAAA"]}, "nan", "\\\\ud800", 1e308, -0.0, 1]',
}
r.reply = lambda name, sent: r.Reply(
    '{"question": "%s", "status": "ok", "traceback": "", "data": %s, "mutates": false, '
    '"examined": {"failed": ""}, "calls": [[]]}}' % (name, data[name]))
"""
_LONG_FRONTS = """
import course_utils._reply as r
r.reply = lambda name, sent: r.Reply(
    '{"question": "%s", "status": "ok", "traceback": "", "data": {"mutates": false, "fronts": [%s]'
    '}}' % (name, ", ".join(["[" + ", ".join(["7"] * 25_000) + "]"] * 6)))
"""


# --- archives and names --------------------------------------------------------------------------
def _nested(content: bytes, depth: int) -> bytes:
    for level in range(depth):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip" if level else "x.ipynb", content)
        content = stream.getvalue()
    return content


def _one_twice(content: bytes) -> bytes:
    """Two entries of one name: which one is seen, and which one is run?"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x.ipynb", content)
        archive.writestr("X.ipynb", b"[" * 1_000_000)
    return stream.getvalue().replace(b"X.ipynb", b"x.ipynb")


def _overlapping(content: bytes) -> bytes:
    """A thousand entries of the central directory that all point at one piece of data."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.ipynb", content)
    found = stream.getvalue()
    start = found.index(b"PK\x01\x02")
    end = found.index(b"PK\x05\x06")
    entry = found[start:end]
    closing = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 1_000, 1_000, 1_000 * len(entry), start, 0
    )
    return found[:start] + entry * 1_000 + closing


def _locked(content: bytes) -> bytes:
    """An entry that says it is encrypted."""
    found = bytearray(_nested(content, 1))
    found[6] |= 1
    found[found.index(b"PK\x01\x02") + 8] |= 1
    return bytes(found)


def _formulas() -> bytes:
    """The solution, with formulas for a spreadsheet where a human reads: texts, cells, names."""
    notebook = solution()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and "respuesta: texto_02" in "".join(cell["source"]):
            mark = "".join(cell["source"]).split("-->")[0]
            cell["source"] = f'{mark}-->\n=HYPERLINK("http://x";"ver")\n＝1+1\n\t+cmd|" /C calc"!A0'
    return data(notebook)


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def door_cases() -> list[Case]:
    """Every attack, and what each may win."""

    def network(name: str, what: str, attack: str, fast: bool = False) -> Case:
        content = stubs(_EDITED + attack, "07")
        return Case(name, what, {f"{name}.ipynb": content}, {"build_model": 0.0}, fast=fast)

    def forged(name: str, what: str, code: str, *asked: str, lesson: str = "02") -> Case:
        points: Points = dict.fromkeys(asked or FULL, 0.0)
        return Case(name, what, {f"{name}.ipynb": stubs(code, lesson)}, points)

    def named(name: str, what: str, file: str, student: str, points: Points = FULL) -> Case:
        return Case(name, what, {file: data(solution())}, points, student=student)

    right = data(solution())
    asked = ("trials_needed", "log_uniform", "random_search")
    moodle = "assignsubmission_file_/x.ipynb"
    return [
        network("red_clase_ajena", "a class of another package as a layer", _FOREIGN_CLASS),
        network("red_permite_codigo", "a layer that turns safe mode off", _ALLOWS_CODE, fast=True),
        network("red_lee_disco", "a layer that reads a file of the system", _READS_DISK),
        network("red_honda", "a configuration nested 200,000 deep", _DEEP_CONFIG),
        network("red_enlazada", "symbolic links inside the .keras", _LINKED),
        network("red_trepa", "names inside the .keras that climb out of it", _CLIMBS),
        network("red_inmensa", "layers of a thousand million units", _TERABYTES),
        network("red_sin_fin", "a network that never answers", _ENDLESS_NETWORK),
        network("red_sin_numeros", "weights that are not numbers", _NOT_NUMBERS),
        network("red_tuberia", "a pipe instead of a file", _PIPE),
        network("red_infinita", "a file without end", _ENDLESS_FILE),
        forged(
            "filas_con_codigo",
            "a pickle among the encoded rows",
            _ROWS + _PICKLED_ROWS,
            "imdb_model",
            lesson="10",
        ),
        forged(
            "filas_sin_fin",
            "a few bytes that stand for terabytes of rows",
            _ROWS + _ENDLESS_ROWS,
            "imdb_model",
            lesson="10",
        ),
        forged(
            "canal_raro",
            "NaN, huge, nested, doubled requests, asked all the time",
            _STRANGE_QUERIES,
            *asked,
            lesson="03",
        ),
        Case(
            "canal_basura",
            "broken messages on every channel of the kernel",
            {"canal_basura.ipynb": with_cell(_GARBAGE)},
            FULL,
        ),
        Case(
            "gotea",
            "prints for ever, a little at a time",
            {"gotea.ipynb": with_cell(_DRIPS)},
            FULL,
            review="ejecución cortada",
        ),
        forged("mira_procesos", "numbers off the processes that it sees", _PROCESSES),
        forged("respuesta_rara", "infinite, doubled, disguised data", _STRANGE_DATA),
        forged(
            "fronteras_largas",
            "150,000 positions to judge",
            _LONG_FRONTS,
            "pareto_front",
            lesson="07",
        ),
        Case(
            "zip_anidado",
            "a zip in a zip, 30 deep",
            {"zip_anidado.zip": _nested(right, 30)},
            UNREAD,
        ),
        Case(
            "zip_doble",
            "one name twice in a zip, once damaged: the other counts",
            {"zip_doble.zip": _one_twice(right)},
            FULL,
            review="archivo",
        ),
        Case(
            "zip_solapado",
            "a thousand entries, one content: it is run once",
            {"zip_solapado.zip": _overlapping(right)},
            FULL,
        ),
        Case("zip_cerrado", "a zip with a password", {"zip_cerrado.zip": _locked(right)}, UNREAD),
        Case("formulas", "formulas in a free text", {"formulas.ipynb": _formulas()}, FULL),
        named("nombre_formula", "a name that Excel would run", "＝cmd！A0.ipynb", "＝cmd！A0"),
        named("nombre_reservado", "a name that Windows keeps", "CON.ipynb", "CON"),
        named("nombre_al_reves", "a name written backwards", "\u202ebpyni.anA.ipynb", "�bpyni.anA"),
        Case(
            "nombre_que_sale",
            "names that would leave Moodle's zip of comments",
            {"nombre_que_sale.zip": _zipped({f"..\\..\\@fuera_4321_{moodle}": right})},
            UNREAD,
            student="@fuera",
        ),
    ]
