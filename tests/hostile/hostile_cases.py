"""Odd and hostile submissions, built in memory on the exercise of lesson 02.

Each case says what it may win: ``full`` for an honest answer in an odd wrapping, ``none`` for a
forgery, or points by question. ``python -m benchmarks.hostile`` runs all of them in one batch.
"""

from __future__ import annotations

import copy
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_utils.checks import questions

ROOT = Path(__file__).resolve().parents[2]
Points = dict[str, float | None]
STEM = "02_busqueda_en_cuadricula"
FULL: Points = {"n_combos": 2.0, "is_inert": 3.0, "n_distinct": 3.0}
NONE: Points = dict.fromkeys(FULL, 0.0)
UNREAD: Points = dict.fromkeys(FULL)

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One submission.

    Attributes
    ----------
    name : str
        Its student and, where the file name does not matter, its file.
    what : str
        For the table.
    files : dict of str to bytes
        Below the folder of submissions; ``{}`` with `link` for a symbolic link.
    points : dict of str to float or None
        What each question must win; None, no points because nothing could be read.
    fast : bool
        Whether it is part of ``make test``.
    link : str
        Target of a symbolic link.
    student : str
        The name in ``notas.csv`` where it differs from `name`.
    """

    name: str
    what: str
    files: dict[str, bytes]
    points: Points
    fast: bool = False
    link: str = ""
    student: str = ""
    review: str = ""

    @property
    def owner(self) -> str:
        return self.student or self.name


def solution(lesson: str = "02") -> Notebook:
    """The solution of a lesson, outputs cleared."""
    return _read("solutions", lesson)


def exercise(lesson: str = "02") -> Notebook:
    """The exercise as handed out."""
    return _read("exercises", lesson)


def _read(folder: str, lesson: str) -> Notebook:
    (path,) = (ROOT / folder).glob(f"{lesson}_*.ipynb")
    return _clear(json.loads(path.read_text(encoding="utf-8")))


def _clear(notebook: Notebook) -> Notebook:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def code(source: str, name: str = "x") -> dict[str, Any]:
    """A code cell."""
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def data(notebook: Notebook) -> bytes:
    return json.dumps(notebook).encode()


def with_cell(source: str, base: Callable[[], Notebook] = solution, at: int = 2) -> bytes:
    """A notebook with one more cell."""
    notebook = base()
    at = at if at >= 0 else len(notebook["cells"]) + 1 + at
    notebook["cells"].insert(at, code(source))
    return data(notebook)


def stubs(source: str, lesson: str = "02") -> bytes:
    """The exercise as handed out, with one more cell at the end."""
    return with_cell(source, lambda: exercise(lesson), -1)


def checked(notebook: Notebook) -> Notebook:
    """A notebook whose checks have all said «Correcto» to the student."""
    titles = {question.name: question.title for question in questions("02")}
    for cell in notebook["cells"]:
        name = re.search(r'check\("(\w+)"\)', "".join(cell["source"]))
        if cell["cell_type"] == "code" and name:
            shown = {"text/plain": f"Correcto · {titles[name[1]]}\nSe cumple."}
            cell["outputs"] = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    return notebook


def _newer_python() -> bytes:
    """Right in Python 3.12 or later; the cell is refused by the parser of an older one."""
    notebook = checked(solution())
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.99.0"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "def n_combos" in "".join(cell["source"]):
            cell["source"] = "".join(cell["source"]) + "\nprint(f'{'a' + 'b'}')"
    return data(notebook)


def _changed(change: Callable[[Notebook], Any], base: Callable[[], Notebook] = solution) -> bytes:
    notebook = base()
    changed = change(notebook)
    return data(notebook if changed is None else changed)


def _strip(notebook: Notebook) -> None:
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)


def _version_3(notebook: Notebook) -> Notebook:
    cells = []
    for cell in copy.deepcopy(notebook["cells"]):
        cell.pop("id", None)
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"], cell["prompt_number"] = "python", None
            cell["outputs"], cell["collapsed"] = [], False
            cell.pop("execution_count")
        cells.append(cell)
    sheets = [{"cells": cells, "metadata": {}}]
    return {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}


def _same_ids(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["id"] = "igual"


def _reorder(notebook: Notebook) -> None:
    setup = notebook["cells"].pop(1)
    notebook["cells"] = [setup, *reversed(notebook["cells"])]
    # The one dependency between cells of code: the imports of 2.2 are used in 2.3.
    notebook["cells"].insert(1, code("import numpy as np\nfrom sklearn.base import clone"))


def _no_checks(notebook: Notebook) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if "check(" not in "".join(c["source"])]


def _doubled(notebook: Notebook) -> None:
    notebook["cells"] = [cell for cell in notebook["cells"] for _ in range(2)]


def _only_functions(notebook: Notebook) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if "\ndef " in "\n" + "".join(c["source"])]


def _big_outputs(notebook: Notebook) -> None:
    text = {"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}
    next(c for c in notebook["cells"] if c["cell_type"] == "code")["outputs"] = [text]


def _language(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    notebook["metadata"]["language_info"] = {"name": "R"}


def _zip(files: dict[str, bytes], **attributes: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            for key, value in attributes.items():
                setattr(info, key, value)
            archive.writestr(info, content)
    return stream.getvalue()


def _public_table() -> str:
    """What a student could copy by hand from the public inputs."""
    from course_utils._draws import lesson_02 as drawn
    from course_utils.checks import PUBLIC_SEED

    namespace: dict[str, Any] = {}
    for cell in solution()["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code" and "\ndef " in "\n" + text:
            exec(text, namespace)  # our own solution
    combos = {repr(case): namespace["n_combos"](*case) for case in drawn.spaces(PUBLIC_SEED)}
    inert = [bool(namespace["is_inert"](*case[1:])) for case in drawn.inert_cases(PUBLIC_SEED)]
    grids = [namespace["n_distinct"](*case) for case in drawn.forest_grids(PUBLIC_SEED)]
    return (
        f"table, inert, grids = {combos!r}, {inert!r}, {grids!r}\n"
        "def n_combos(space, cv): return table.get(repr((space, cv)), 60)\n"
        "count = {'i': 0, 'd': 0}\n"
        "def is_inert(*args):\n"
        "    count['i'] += 1\n"
        "    return inert[(count['i'] - 1) % len(inert)]\n"
        "def n_distinct(*args):\n"
        "    count['d'] += 1\n"
        "    return grids[(count['d'] - 1) % len(grids)]\n"
    )


_FAKE_DATA = """
fake = {"n_combos": {"counts": [60] * 9}, "is_inert": {"answers": [True] * 8},
        "n_distinct": {"counts": [12] * 6}}
def forged(name, *rest):
    data = dict(fake[name], mutates=False, correct=True, points=100)
    return {"question": name, "status": "ok", "data": data, "traceback": ""}
"""
_RIGHT_STATE = """
def forged(*args):
    return {"question": "n_combos", "status": "correcto", "state": "correcto", "points": 100,
            "data": {}, "traceback": ""}
"""
_TAKE_SOLUTIONS = """
import glob, os, re, sys
found = []
for base in ("/", "/work", "/root", "/home", "/curso", "/tmp", os.getcwd(), *sys.path):
    for folder, _, names in os.walk(base or "."):
        if folder.startswith(("/proc", "/sys", "/usr")) or "site-packages" in folder:
            continue
        found += [os.path.join(folder, n) for n in names
                  if n.endswith(".ipynb") or "judge" in folder or "lesson_02" in n]
for path in found:
    text = open(path, errors="replace").read().replace("\\\\n", "\\n").replace('\\\\"', '"')
    for match in re.finditer(r"### BEGIN SOLUTION(.*?)### END SOLUTION", text, re.S):
        print(match[0])
        n_combos = lambda space, cv: eval(match[0])
try:
    from course_utils import _judges
    from course_utils._judges import lesson_02
except ImportError:
    pass
"""
_FRAMES = """
import sys
def peek(*args):
    frame = sys._getframe()
    while frame:
        for key, value in frame.f_locals.items():
            if key in ("expected", "solution", "answer", "right", "verdict"):
                return value
        frame = frame.f_back
    return 0
n_combos = n_distinct = is_inert = peek
"""
_CHEAP_EQUAL = """
class Anything(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __reduce__(self): return (__import__("os").system, ("touch /tmp/unpickled",))
    def __int__(self): return 60
    def __index__(self): return 60
n_combos = n_distinct = lambda *args: Anything(60)
is_inert = lambda *args: Anything(1)
"""
_SEND = """
ip = get_ipython()
send = ip.kernel.session.send
def forged(stream, msg_or_type, content=None, **more):
    if isinstance(content, dict) and "user_expressions" in content:
        text = '{"question": "n_combos", "status": "ok", "data": {"counts": [60], ' \\
               '"mutates": false, "correct": true}, "traceback": ""}'
        content["user_expressions"] = {"r": {"status": "ok", "metadata": {},
                                       "data": {"application/x-observation": text}}}
    return send(stream, msg_or_type, content, **more)
ip.kernel.session.send = forged
"""
_HUGE = """
import course_utils._reply as r
class Big:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"application/x-observation": '{"question": "' + "x" * 200_000_000}
r.reply = lambda name, sent: Big()
"""
_DEEP = """
import course_utils._reply as r
r.reply = lambda name, sent: r.Reply("[" * 100_000 + "]" * 100_000)
"""
_NAN = """
import course_utils._reply as r
r.reply = lambda name, sent: r.Reply(
    '{"question": "%s", "status": "ok", "traceback": "", "data": {"counts": [NaN, NaN, NaN, NaN, '
    'NaN, NaN, NaN, NaN, NaN], "answers": [NaN], "mutates": false}}' % name)
"""
_FILL = """
import os
for base in ("/tmp", "/dev/shm", os.getcwd(), os.environ["TMPDIR"], "/curso", "/home"):
    for number in range(50):
        try:
            with open(f"{base}/lleno{number}", "wb") as stream:
                for _ in range(20):
                    stream.write(b"x" * 10_000_000)
        except OSError:
            break
"""
_WRITE = """
import os, pathlib
targets = ["/usr/x", "/etc/x", "/x", "/curso/x", "/root/x", "/work/x", {canary!r}]
targets += [os.path.join(folder, "x.pth") for folder in __import__("sys").path if folder]
done = []
for target in targets:
    try:
        pathlib.Path(target).write_text("estuve aquí")
        done.append(target)
    except OSError:
        pass
try:
    open({canary!r}).read(); done.append("leído")
except OSError:
    pass
if done:
    raise RuntimeError(done)
"""
_NET = """
import socket
for address in (("1.1.1.1", 80), ("127.0.0.1", {port})):
    try:
        socket.create_connection(address, timeout=2).sendall(b"hola")
    except OSError as error:
        print(error)
"""
_IGNORE = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
_FORK = """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
"""
_THREADS = """
import threading
def spin():
    while True:
        sum(range(1000))
for _ in range(5):
    threading.Thread(target=spin, daemon=True).start()
"""
_TRANSFORMER = """
import ast
class Always(ast.NodeTransformer):
    def visit_Return(self, node):
        return ast.copy_location(ast.Return(ast.Constant(60)), node)
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Always())
get_ipython().input_transformers_post.append(
    lambda lines: ["n_combos = is_inert = n_distinct = lambda *a: 60\\n", *lines])
"""
_NOISE = """
import sys, warnings
warnings.warn("cuidado"); print("ruido", file=sys.stderr)
old_combos, old_inert, old_distinct = n_combos, is_inert, n_distinct
def n_combos(*a):
    warnings.warn("otra vez"); print("x" * 1000); print("y", file=sys.stderr)
    return old_combos(*a)
def is_inert(*a):
    print("entrenando"); return old_inert(*a)
def n_distinct(*a):
    warnings.warn("más", DeprecationWarning); return old_distinct(*a)
"""
_SHADOW = """
list = [1]; print = 3; sorted = 1; json = "x"; str = 5; open = 6; sum = 7; isinstance = None
"""
_BUILTINS = """
import builtins, json, course_utils
builtins.isinstance = lambda *a: True
builtins.all = lambda *a: True
json.dumps = lambda *a, **k: '{"status": "correcto", "points": 100}'
course_utils.check = lambda *a: print("Correcto")
"""
_SESSION = """
import os, glob, shutil
for path in glob.glob("/tmp/curso-*/s"):
    for name in os.listdir(path):
        try:
            os.unlink(os.path.join(path, name))
        except OSError as error:
            print(error)
"""
_CONNECTION = """
import json, glob
for path in glob.glob("/tmp/curso-*/s/kernel.json"):
    try:
        print(json.load(open(path))["key"])
    except OSError as error:
        print(error)
"""
_NETWORK = """
import keras, numpy as np
X = np.random.default_rng(0).random((3000, 10000), dtype="float32")
y = (X[:, 0] > 0.5).astype(int)
network = keras.Sequential([keras.layers.Dense(64, "relu"), keras.layers.Dense(2, "softmax")])
network.compile("rmsprop", "sparse_categorical_crossentropy")
history = network.fit(X, y, epochs=1, batch_size=512, verbose=0).history["loss"]
network.save("red.keras")
n_combos_before = n_combos
def n_combos(space, cv):
    assert len(history) == 1
    return n_combos_before(space, cv)
"""
_SEGFAULT = "import ctypes\nctypes.string_at(0)"
_HOG = "hog = []\nwhile True:\n    hog.append(bytearray(b'x') * 50_000_000)"
_SHM = (
    "import os\nfds = []\nwhile True:\n    fd = os.memfd_create('x')\n    fds.append(fd)\n"
    "    os.write(fd, b'x' * 100_000_000)"
)
_LEAK = """
def n_combos(space, cv):
    raise ValueError(f"<script>alert(1)</script> {space} {cv}")
"""


def cases(canary: str = "/nowhere", port: int = 9) -> list[Case]:
    """All cases.

    Parameters
    ----------
    canary : str
        A file outside that hostile code tries to read and write.
    port : int
        Where somebody listens on this machine.
    """
    full, none = dict(FULL), dict(NONE)

    def one(name: str, what: str, content: bytes, points: Points, **more: Any) -> Case:
        return Case(name, what, {f"{name}.ipynb": content}, points, **more)

    right = data(solution())
    loop = "while True:\n    pass"
    partial: Points = {"n_combos": 0.0, "is_inert": 3.0, "n_distinct": 3.0}
    return [
        # --- odd, honest ---
        one("resuelto", "the solution", right, full, fast=True),
        one("en_blanco", "the exercise as handed out", data(exercise()), none, fast=True),
        one("sin_metadatos", "all metadata and ids stripped", _changed(_strip), full, fast=True),
        one("version_3", "nbformat 3", _changed(_version_3), full, fast=True),
        one("version_99", "nbformat 99", _changed(lambda n: n.update(nbformat=99)), full),
        one("ids_iguales", "one id for all cells", _changed(_same_ids), full, fast=True),
        one("desordenado", "cells in reverse order", _changed(_reorder), full),
        one("sin_checks", "check cells deleted", _changed(_no_checks), full),
        one("doble", "every cell twice", _changed(_doubled), full),
        one("solo_funciones", "only the three functions left", _changed(_only_functions), full),
        one("otro_kernel", "says it is R", _changed(_language), full, review="archivo"),
        one("utf_16", "UTF-16 with BOM", right.decode().encode("utf-16"), full),
        one("salida_guardada", "50 MB of stored output", _changed(_big_outputs), full),
        Case("sin_extension", "notebook named .txt", {"sin_extension.txt": right}, full),
        Case(
            "carpeta",
            "folder per student, odd name",
            {"carpeta/entrega final (2).ipynb": right},
            full,
        ),
        Case(
            "moodle",
            "zip of a learning platform inside the folder",
            {"moodle.zip": _zip({"alumna 7_123_assignsubmission_file_/x.ipynb": right})},
            full,
            student="alumna 7",
        ),
        Case(
            "dos_versions",
            "two versions: the better one counts",
            {"dos_versions/a.ipynb": right, "dos_versions/b.ipynb": data(exercise())},
            full,
            review="varias versiones",
        ),
        one(
            "copia_a",
            "copy of another submission",
            with_cell("mia = 1"),
            full,
            review="posible copia",
        ),
        one(
            "copia_b",
            "copy of another submission",
            with_cell("mia = 1  # yo"),
            full,
            review="posible copia",
        ),
        one(
            "red_neuronal",
            "trains a Keras network on 120 MB of data",
            with_cell(_NETWORK, at=-1),
            full,
        ),
        one(
            "ruido", "warnings and prints in every call", with_cell(_NOISE, at=-1), full, fast=True
        ),
        one(
            "tapa_nombres",
            "list, print, str, json, isinstance overwritten",
            with_cell(_SHADOW, at=-1),
            full,
        ),
        one(
            "otra_cosa",
            "a notebook of something else",
            data({"cells": [code("print('hola')")], "metadata": {}, "nbformat": 4}),
            UNREAD,
            review="ejercicio desconocido",
        ),
        # --- files ---
        one("vacio", "empty file", b"", UNREAD, fast=True, review="archivo"),
        one("json_roto", "JSON cut short", right[:2000], UNREAD, fast=True, review="archivo"),
        one(
            "json_hondo",
            "JSON nested 100,000 deep",
            b'{"cells":' + b"[" * 100_000,
            UNREAD,
            review="archivo",
        ),
        one("json_lista", "JSON, but a list", b'[{"cells": []}]', UNREAD, review="archivo"),
        Case(
            "enlace", "symbolic link to a file outside", {}, UNREAD, link=canary, review="archivo"
        ),
        Case(
            "zip_bomba",
            "zip that expands 1000 times",
            {"zip_bomba.zip": _zip({"x.ipynb": b'{"cells": [' + b" " * 90_000_000})},
            UNREAD,
            review="archivo",
        ),
        Case(
            "zip_fuera",
            "zip that writes outside its folder",
            {"zip_fuera.zip": _zip({"../../fuera.ipynb": right})},
            UNREAD,
            review="archivo",
        ),
        Case(
            "zip_enlace",
            "zip with a symbolic link",
            {"zip_enlace.zip": _zip({"x.ipynb": b"/etc/passwd"}, external_attr=0o120777 << 16)},
            UNREAD,
            review="archivo",
        ),
        Case(
            "zip_roto",
            "damaged zip",
            {"zip_roto.zip": b"PK\x03\x04 nada"},
            UNREAD,
            review="archivo",
        ),
        Case(
            "formula",
            "file name that a spreadsheet would run",
            {"=1+1.ipynb": right},
            full,
            student="=1+1",
        ),
        # --- cells that break ---
        one(
            "bucle",
            "endless loop in a cell",
            with_cell(loop),
            full,
            review="ejecución cortada",
        ),
        one(
            "bucle_terco",
            "endless loop that ignores interruptions",
            with_cell(_IGNORE),
            full,
            review="ejecución cortada",
        ),
        one(
            "bucle_en_respuesta",
            "endless loop inside an answer",
            with_cell("def n_combos(space, cv):\n    while True:\n        pass", at=-1),
            partial,
        ),
        one("gigas", "20 GB at once", with_cell("x = bytearray(20 * 10**9)"), full),
        one(
            "memoria",
            "memory in steps, without end",
            with_cell(_HOG),
            full,
            review="ejecución cortada",
        ),
        one("memoria_oculta", "files in memory, without end", with_cell(_SHM), full),
        one("bifurca", "fork bomb", with_cell(_FORK), full, review="ejecución cortada"),
        one("hilos", "5 threads that never end", with_cell(_THREADS), full),
        one("salida", "50 MB printed", with_cell("print('x' * 50_000_000)"), full),
        one(
            "salida_sin_fin",
            "prints for ever",
            with_cell("while True:\n    print('x' * 10_000)"),
            full,
            review="ejecución cortada",
        ),
        one("pregunta", "asks for input", with_cell("input('¿?')"), full),
        one(
            "muere",
            "os._exit in a cell",
            with_cell("import os\nos._exit(0)"),
            full,
            fast=True,
            review="ejecución cortada",
        ),
        one("sale", "quit() and sys.exit()", with_cell("import sys\nquit()\nsys.exit()"), full),
        one(
            "mata_todo",
            "kills every process it can see",
            with_cell("import os\nos.kill(-1, 9)\nos.kill(os.getpid(), 9)"),
            full,
        ),
        one(
            "segmento", "segmentation fault", with_cell(_SEGFAULT), full, review="ejecución cortada"
        ),
        one(
            "muere_al_responder",
            "os._exit inside an answer",
            with_cell("def n_combos(space, cv):\n    __import__('os')._exit(0)", at=-1),
            partial,
        ),
        one("llena_disco", "fills every folder", with_cell(_FILL), full),
        one(
            "borra_todo",
            "deletes everything it can",
            with_cell("import shutil\nshutil.rmtree('/', ignore_errors=True)"),
            full,
        ),
        one("borra_sesion", "deletes the kernel's sockets", with_cell(_SESSION), full),
        one("lee_sesion", "reads the kernel's key", with_cell(_CONNECTION), full),
        # --- forgeries ---
        one(
            "escribe_fuera",
            "writes outside",
            with_cell(_WRITE.format(canary=canary)),
            full,
            fast=True,
        ),
        one("red", "opens sockets", with_cell(_NET.format(port=port)), full, fast=True),
        one(
            "busca_soluciones",
            "looks for solutions and judges",
            stubs(_TAKE_SOLUTIONS),
            none,
            fast=True,
        ),
        one("transformador", "AST and input transformers", stubs(_TRANSFORMER), none, fast=True),
        one("parchea", "patched builtins, json, check", stubs(_BUILTINS), none),
        one(
            "observador_falso",
            "replaced observer, invented data",
            stubs(f"import course_utils._observers as o{_FAKE_DATA}o.observe = forged"),
            none,
            fast=True,
        ),
        one(
            "estado_falso",
            "replaced observer, says that it is right",
            stubs(f"import course_utils._observers as o{_RIGHT_STATE}o.observe = forged"),
            none,
        ),
        one("mensaje_falso", "forged kernel messages", stubs(_SEND), none),
        one("respuesta_enorme", "200 MB instead of an answer", stubs(_HUGE), none),
        one("respuesta_honda", "answer nested 100,000 deep", stubs(_DEEP), none),
        one("respuesta_nan", "NaN instead of numbers", stubs(_NAN), none),
        one(
            "semilla_publica",
            "answers written down for the public seed",
            stubs(_public_table()),
            none,
            fast=True,
        ),
        one(
            "igual_a_todo",
            "objects that equal everything, with __reduce__",
            stubs(_CHEAP_EQUAL),
            none,
        ),
        one("mira_marcos", "reads the caller's variables", stubs(_FRAMES), none),
        one(
            "guion",
            "script in an error message and in the name of a file",
            with_cell(_LEAK, at=-1),
            partial,
            fast=True,
        ),
        one("olvida", "%reset at the end", with_cell("%reset -f", at=-1), none),
        one(
            "olvida_lo_correcto",
            "%reset at the end, after every check said right",
            with_cell("%reset -f", lambda: checked(solution()), -1),
            none,
            review="correcto que se perdió",
        ),
        one(
            "nombre_reutilizado",
            "a name reused after its check said right",
            with_cell("n_combos = n_combos({'a': [1, 2]}, 5)", lambda: checked(solution()), at=-1),
            full | {"n_combos": 0.0},
            fast=True,
            review="correcto que se perdió",
        ),
        one(
            "python_nuevo",
            "an f-string that only Python 3.12 understands",
            _newer_python(),
            full,  # the statements around it are run
            fast=True,
            review="" if sys.version_info >= (3, 12) else "Python más nuevo",
        ),
    ]


def write_cases(folder: Path, chosen: list[Case]) -> None:
    """Write submissions to a folder."""
    for case in chosen:
        if case.link:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{case.name}.ipynb").symlink_to(case.link)
        for name, content in case.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


__all__ = ["Case", "cases", "data", "exercise", "field", "solution", "with_cell", "write_cases"]
