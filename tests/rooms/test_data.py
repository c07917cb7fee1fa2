"""``course_utils.data``: sources in their order, every failure of a download, the stand-ins.

No test leaves the machine: downloads come from a server on 127.0.0.1.
"""

from __future__ import annotations

import _thread
import dataclasses
import errno
import hashlib
import http.server
import io
import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from course_utils import data, messages
from course_utils.data import Dataset, DataUnavailableError, _files, _published
from course_utils.numerals import thousands

KERAS_HOME = Path(os.environ.get("KERAS_HOME") or Path("~/.keras").expanduser())
CHECKOUT = Path(__file__).resolve().parents[2]

# --- a small MNIST, a small server ----------------------------------------------------------------


def npz(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


CONTENT = npz(
    x_train=np.arange(3 * 784, dtype=np.uint8).reshape(3, 28, 28),
    y_train=np.array([1, 2, 3], dtype=np.uint8),
    x_test=np.ones((2, 28, 28), dtype=np.uint8),
    y_test=np.array([4, 5], dtype=np.uint8),
)
SIZE = len(CONTENT)
SHOWN_SIZE = thousands(SIZE)
CUT = CONTENT[:1_000]
STALLING = {"silent", "pause", "drip", "dripping_chunks"}
FORGED = CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by path; every way in which a publisher can fail has its own."""

    server: Server

    def do_GET(self):
        self.server.requests.append(self.path)
        getattr(self, self.path.strip("/"))()

    def log_message(self, *arguments):
        """Say nothing."""

    def send(self, body, length=None, status=200):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def good(self):
        self.send(CONTENT)

    def missing(self):
        self.send(b"no", status=404)

    def truncated(self):  # announces all, sends a part, hangs up
        self.send(CUT, length=SIZE)

    def short(self):  # a smaller file, correctly sent
        self.send(CUT)

    def forged(self):
        self.send(FORGED)

    def endless(self):
        self.send(CONTENT * 50)

    def silent(self):
        self.server.stop.wait(60)

    def hang_up(self):  # before it answers
        self.connection.shutdown(socket.SHUT_RDWR)

    def pause(self):  # a part, then nothing more
        self.send(CUT, length=SIZE)
        self.wfile.flush()
        self.server.stop.wait(60)

    def drip(self):  # each byte restarts the read time-out
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        self.send_slowly(lambda byte: byte)

    def dripping_chunks(self):  # the same, and the length is not announced
        self.begin_chunks()
        self.send_slowly(lambda byte: b"1\r\n" + byte + b"\r\n")

    def truncated_chunks(self):
        self.begin_chunks()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(CUT), CUT))

    def begin_chunks(self):
        self.protocol_version = "HTTP/1.1"
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send_slowly(self, framed):
        for i in range(400):
            self.server.sent.append(i)
            self.wfile.write(framed(CONTENT[i : i + 1]))
            self.wfile.flush()
            if self.server.stop.wait(0.05):
                return

    def steady(self):
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        step = SIZE * 3 // 10
        for start in range(0, SIZE, step):
            self.wfile.write(CONTENT[start : start + step])
            self.wfile.flush()
            self.server.stop.wait(0.25)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    requests: list[str]
    sent: list[int]
    stop: threading.Event

    def handle_error(self, *arguments):
        """A client that hangs up is what these tests are about."""


@pytest.fixture
def server():
    with Server(("127.0.0.1", 0), Handler) as running:
        running.requests, running.sent, running.stop = [], [], threading.Event()
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.stop.set()
        running.shutdown()


@pytest.fixture
def place(monkeypatch, tmp_path, server):
    """Empty caches, mode auto, short deadlines, and MNIST at the local server."""
    place = Place(monkeypatch, tmp_path, server)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("COURSE_DATA", "auto")
    monkeypatch.setattr(_files, "_cache_folder", lambda: place.cache)
    monkeypatch.setattr(_files, "_CONNECT_SECONDS", 1.0)
    monkeypatch.setattr(_files, "_STALL_SECONDS", 2.0)
    monkeypatch.setattr(_files, "_GRACE_SECONDS", 30.0)
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    place.serve("good")
    return place


class Clock:
    """It goes on by half a second whenever somebody looks: nobody waits for a slow server."""

    now = 0.0

    def monotonic(self):
        self.now += 0.5
        return self.now


class Place:
    def __init__(self, monkeypatch, tmp_path, server):
        self.monkeypatch, self.server, self.root = monkeypatch, server, tmp_path
        self.cache, self.keras = tmp_path / "cache", tmp_path / "keras" / "datasets"

    def serve(self, *answers):
        if STALLING & set(answers):
            self.monkeypatch.setattr(_files, "time", Clock())
        urls = tuple(f"http://127.0.0.1:{self.server.server_port}/{answer}" for answer in answers)
        self.use(urls)

    def use(self, urls):
        file = _files.PublishedFile("mnist.npz", SIZE, hashlib.sha256(CONTENT).hexdigest(), urls)
        self.monkeypatch.setattr(_published, "MNIST", file)

    def put(self, folder, content):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mnist.npz").write_bytes(content)

    def files(self):
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file()
        }


def is_the_small_mnist(dataset):
    return dataset.source == "real" and dataset.y.tolist() == [1, 2, 3, 4, 5]


# --- order of the sources -------------------------------------------------------------------------


def test_keras_home_comes_first_and_is_silent(place, capsys):
    place.put(place.keras, CONTENT)
    before = place.files()
    assert is_the_small_mnist(data.load_mnist())
    assert capsys.readouterr() == ("", "")
    assert place.server.requests == []
    assert place.files() == before


def test_then_the_cache(place, capsys):
    place.put(place.cache, CONTENT)
    assert is_the_small_mnist(data.load_mnist())
    assert capsys.readouterr() == ("", "")
    assert place.server.requests == []


def test_then_the_publisher_once(place, capsys):
    assert is_the_small_mnist(data.load_mnist())
    assert capsys.readouterr() == ("Descargando mnist.npz (0.0 MB) de 127.0.0.1 …\n", "")
    assert place.files() == {"cache/mnist.npz": CONTENT}
    assert is_the_small_mnist(data.load_mnist())
    assert place.server.requests == ["/good"]
    assert capsys.readouterr() == ("", "")


def test_a_second_address_helps_when_the_first_fails(place, capsys):
    place.serve("missing", "good")
    assert is_the_small_mnist(data.load_mnist())
    assert "falló: el servidor respondió 404." in capsys.readouterr().out
    assert place.files() == {"cache/mnist.npz": CONTENT}


def test_embedded_touches_neither_caches_nor_network(place, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_DATA", "embedded")
    monkeypatch.setattr(_files, "_read", None)
    monkeypatch.setattr(_files, "_download", None)
    place.put(place.keras, CONTENT)
    dataset = data.load_mnist()
    assert dataset.source == "embedded"
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "⚠ DATOS SIMULADOS, no los reales: mnist. Son 1797 dígitos de scikit-learn (8×8) "
        "ampliados a 28×28: menos y más fáciles. Motivo: lo pide COURSE_DATA=embedded. "
        "Para los reales, borra esa variable de entorno.\n"
    )
    assert place.server.requests == []


def test_unknown_mode(place, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "verdad")
    with pytest.raises(ValueError, match="COURSE_DATA vale «verdad»"):
        data.load_mnist()


def test_default_folders(monkeypatch):
    monkeypatch.delenv("KERAS_HOME", raising=False)
    assert _files._keras_folder() == Path("~/.keras/datasets").expanduser()
    assert _files._cache_folder() == CHECKOUT / "datasets" / "cache"


@pytest.mark.skipif(sys.platform == "win32", reason="passwd is POSIX")
def test_a_user_without_a_home_looks_where_keras_does_and_caches_among_the_temporary_files(
    monkeypatch, tmp_path
):
    import pwd

    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    for variable in ("HOME", "KERAS_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(_files, "__file__", str(tmp_path / "course_utils" / "data" / "_files.py"))
    temporary = Path(tempfile.gettempdir())
    assert _files._keras_folder() == temporary / ".keras" / "datasets"
    assert _files._cache_folder() == temporary / "course_utils"


def test_a_package_of_the_name_datasets_is_not_the_checkout(monkeypatch, tmp_path):
    """Colab installs one beside ours: site-packages/datasets."""
    (tmp_path / "datasets").mkdir()
    monkeypatch.setattr(_files, "__file__", str(tmp_path / "course_utils" / "data" / "_files.py"))
    assert _files._cache_folder() == platformdirs.user_cache_path("course_utils")


# --- failures of a download -----------------------------------------------------------------------

FAILURES = {
    "missing": "el servidor respondió 404",
    "truncated": f"se cortó; llegaron 1000 de {SHOWN_SIZE} bytes",
    "truncated_chunks": f"se cortó; llegaron 1000 de {SHOWN_SIZE} bytes",
    "hang_up": f"se cortó; llegaron 0 de {SHOWN_SIZE} bytes",
    "short": f"está incompleto: 1000 de {SHOWN_SIZE} bytes",
    "forged": (
        f"su SHA-256 es {hashlib.sha256(FORGED).hexdigest()[:12]}… "
        f"y debía ser {hashlib.sha256(CONTENT).hexdigest()[:12]}…"
    ),
    "endless": f"tiene más de los {SHOWN_SIZE} bytes esperados",
    "silent": "no llegó ningún dato del servidor en 2 s",
    "pause": f"apenas llegan datos: 1000 bytes en 2 s; en total, 1000 de {SHOWN_SIZE} bytes",
}


@pytest.mark.parametrize(("answer", "reason"), FAILURES.items())
def test_auto_falls_back_says_why_and_leaves_nothing(place, capsys, answer, reason):
    place.serve(answer)
    dataset = data.load_mnist()
    assert dataset.source == "embedded"
    out, err = capsys.readouterr()
    assert err == ""
    announcement = out.splitlines()[-1]
    assert announcement.startswith("⚠ DATOS SIMULADOS, no los reales: mnist.")
    assert f"La descarga de mnist.npz desde 127.0.0.1 falló: {reason}." in announcement
    assert announcement.endswith(messages.DATA_STAND_IN_REMEDY)
    assert len(out.splitlines()) == 2
    assert place.files() == {}


@pytest.mark.parametrize(("answer", "reason"), FAILURES.items())
def test_real_raises_and_leaves_nothing(place, monkeypatch, answer, reason):
    monkeypatch.setenv("COURSE_DATA", "real")
    place.serve(answer)
    with pytest.raises(DataUnavailableError) as caught:
        data.load_mnist()
    message = str(caught.value)
    assert "No pude obtener los datos reales de mnist" in message
    assert f"mnist.npz, {SHOWN_SIZE} bytes, SHA-256 {_published.MNIST.sha256}" in message
    assert f"La descarga de mnist.npz desde 127.0.0.1 falló: {reason}." in message
    assert "Qué hacer: comprueba la conexión" in message
    assert caught.value.__suppress_context__
    assert place.files() == {}


@pytest.mark.parametrize("answer", ["drip", "dripping_chunks"])
def test_a_slow_drip_is_given_up_and_counted(place, capsys, answer):
    """The bytes are few, and the reason says how few, not that there were none."""
    place.serve(answer)
    assert data.load_mnist().source == "embedded"
    told = re.search(
        rf"falló: apenas llegan datos: (\d+) bytes en 2 s; en total, \1 de {SHOWN_SIZE} bytes",
        capsys.readouterr().out,
    )
    assert told and 1 <= int(told[1]) <= len(place.server.sent)
    assert place.files() == {}


def test_a_deadline_ends_what_is_never_quite_stalled(place, monkeypatch, capsys):
    monkeypatch.setattr(_files, "_STALL_BYTES", 1)
    monkeypatch.setattr(_files, "_GRACE_SECONDS", 2.0)
    place.serve("drip")
    assert data.load_mnist().source == "embedded"
    told = re.search(
        rf"falló: no terminó en 2 s; llegaron (\d+) de {SHOWN_SIZE} bytes", capsys.readouterr().out
    )
    assert told and 1 <= int(told[1]) <= len(place.server.sent)
    assert place.files() == {}


def test_what_stops_half_way_is_told_apart_from_what_never_began(place, monkeypatch, capsys):
    monkeypatch.setattr(_files, "_STALL_BYTES", 1)
    place.serve("pause")
    assert data.load_mnist().source == "embedded"
    expected = f"apenas llegan datos: 0 bytes en 2 s; en total, 1000 de {SHOWN_SIZE} bytes"
    assert expected in capsys.readouterr().out


def test_nobody_listens(place, capsys):
    place.use(("http://127.0.0.1:1/mnist.npz",))
    assert data.load_mnist().source == "embedded"
    out, err = capsys.readouterr()
    assert "desde 127.0.0.1 falló: no hay conexión con el servidor." in out
    assert err == ""


def test_unknown_host(place, capsys):
    place.use(("http://no-such-host.invalid/mnist.npz",))
    assert data.load_mnist().source == "embedded"
    assert "desde no-such-host.invalid falló: " in capsys.readouterr().out


def test_broken_certificate(place, capsys):
    place.use((f"https://127.0.0.1:{place.server.server_port}/good",))
    assert data.load_mnist().source == "embedded"
    assert (
        "falló: la conexión segura (certificado) no se pudo establecer." in capsys.readouterr().out
    )


def test_name_lookup_that_hangs(place, monkeypatch, capsys):
    """No time-out of the HTTP library covers it; ours does."""
    release = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: release.wait(10) and [])
    monkeypatch.setattr(_files, "time", Clock())
    place.use(("http://host.invalid/mnist.npz",))
    assert data.load_mnist().source == "embedded"
    release.set()
    assert "falló: no llegó ningún dato del servidor en 2 s." in capsys.readouterr().out


@pytest.fixture
def default_interrupt():
    """Ctrl-C as in a terminal; a shell that starts the tests in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("default_interrupt")
@pytest.mark.parametrize("mode", ["auto", "real"])
def test_interrupt_is_not_swallowed(place, monkeypatch, mode):
    monkeypatch.setenv("COURSE_DATA", mode)
    monkeypatch.setattr(_files, "_STALL_SECONDS", 20.0)
    place.serve("silent")
    timer = threading.Timer(0.4, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        data.load_mnist()
    timer.join()
    assert place.files() == {}


def test_interrupt_while_saving(place, monkeypatch):
    def interrupted(self, target):
        assert [path.suffix for path in place.cache.iterdir()] == [".part"]
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        data.load_mnist()
    monkeypatch.undo()
    assert place.files() == {}


def test_progress_of_a_large_download(place, monkeypatch, capsys):
    monkeypatch.setattr(_files, "LARGE_BYTES", 100)
    monkeypatch.setattr(_files, "_STALL_BYTES", 100)
    monkeypatch.setenv("COURSE_DATA", "real")
    place.serve("steady")
    assert is_the_small_mnist(data.load_mnist())
    lines = capsys.readouterr().out.splitlines()[1:]
    percents = [int(line.removeprefix("  mnist.npz: ").split(" %")[0]) for line in lines]
    assert len(percents) == 3
    assert all(p >= quarter for p, quarter in zip(percents, (25, 50, 75), strict=True))
    assert all(" %, quedan unos " in line for line in lines)


# --- the cache ------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_a_cached_file_is_as_open_as_the_user_wants(place, umask, expected):
    """With the usual umask, the second user of a shared machine reads what the first one got."""
    before = os.umask(umask)
    try:
        data.load_mnist()
    finally:
        os.umask(before)
    assert (place.cache / "mnist.npz").stat().st_mode & 0o777 == expected


# --- a cache that cannot be written ---------------------------------------------------------------


def test_cache_below_a_file(place, capsys):
    place.cache = place.root / "file" / "cache"
    (place.root / "file").write_text("in the way")
    assert is_the_small_mnist(data.load_mnist())
    out = capsys.readouterr().out
    assert "Aviso (mnist, datos reales): mnist.npz se descargó bien, pero no pude guardarlo" in out
    assert str(place.cache) in out
    assert place.files() == {"file": b"in the way"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_disk_that_refuses_the_file(place, monkeypatch, capsys, code):
    """Full or read-only disk: real data are used, nothing stays half-written."""

    class Full(io.RawIOBase):
        def __init__(self, handle, mode):
            os.write(handle, b"half")
            os.close(handle)

        def write(self, content):
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fdopen", Full)
    assert is_the_small_mnist(data.load_mnist())
    out = capsys.readouterr().out
    assert f"no pude guardarlo en {place.cache} ({os.strerror(code)})" in out
    assert "la próxima vez habrá que descargarlo de nuevo." in out
    assert place.files() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is Unix")
def test_disk_that_is_really_full(place, capsys):
    import resource
    import signal

    old_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    old_handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, old_limit[1]))
        dataset = data.load_mnist()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old_limit)
        signal.signal(signal.SIGXFSZ, old_handler)
    assert is_the_small_mnist(dataset)
    assert "no pude guardarlo en" in capsys.readouterr().out
    assert place.files() == {}


# --- bad local files ------------------------------------------------------------------------------

BAD = [
    (CUT, f"está incompleto: 1000 de {SHOWN_SIZE} bytes"),
    (b"", f"está incompleto: 0 de {SHOWN_SIZE} bytes"),
    (CONTENT + b"!", f"tiene más de los {SHOWN_SIZE} bytes esperados"),
    (FORGED, FAILURES["forged"]),
]


@pytest.mark.parametrize(("content", "reason"), BAD)
def test_bad_file_of_the_user_is_named_and_kept(place, capsys, content, reason):
    place.put(place.keras, content)
    assert is_the_small_mnist(data.load_mnist())
    bad = place.keras / "mnist.npz"
    expected = f"Aviso (mnist, datos reales): {bad} no sirve ({reason}); no lo he modificado."
    assert expected in capsys.readouterr().out
    assert place.files() == {"keras/datasets/mnist.npz": content, "cache/mnist.npz": CONTENT}


def test_bad_file_of_the_user_and_no_network(place, capsys):
    place.put(place.keras, CUT)
    place.serve("missing")
    assert data.load_mnist().source == "embedded"
    announcement = capsys.readouterr().out.splitlines()[-1]
    assert f"{place.keras / 'mnist.npz'} no sirve (está incompleto: " in announcement
    assert "falló: el servidor respondió 404." in announcement
    assert place.files() == {"keras/datasets/mnist.npz": CUT}


@pytest.mark.parametrize(("content", "reason"), BAD)
def test_bad_file_of_our_cache_is_replaced(place, capsys, content, reason):
    place.put(place.cache, content)
    assert is_the_small_mnist(data.load_mnist())
    out = capsys.readouterr().out
    assert f"{place.cache / 'mnist.npz'} no sirve ({reason}); si puedo, lo sustituyo." in out
    assert place.files() == {"cache/mnist.npz": CONTENT}


def test_folder_with_the_name_of_the_file(place, capsys):
    (place.keras / "mnist.npz").mkdir(parents=True)
    assert is_the_small_mnist(data.load_mnist())
    assert "no sirve (no es un archivo); no lo he modificado." in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_does_not_block(place):
    place.keras.mkdir(parents=True)
    os.mkfifo(place.keras / "mnist.npz")
    assert is_the_small_mnist(data.load_mnist())


def test_unreadable_file(place, monkeypatch, capsys):
    place.put(place.keras, CONTENT)

    def refuse(self, *arguments, **options):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert is_the_small_mnist(data.load_mnist())
    assert "no sirve (no se puede leer: Permission denied)" in capsys.readouterr().out


def test_no_pickle_is_opened_before_its_hash_was_checked(place, monkeypatch):
    """A forged archive runs code when it is unpickled; it must never get that far."""
    trap = place.root / "sprung"

    class Trap:
        def __reduce__(self):
            return (Path.touch, (trap,))

    evil = npz(x=np.array([Trap()], dtype=object), y=np.array([0]))
    good = _published.REUTERS
    monkeypatch.setattr(
        _published, "REUTERS", dataclasses.replace(good, size=len(evil), urls=_published.MNIST.urls)
    )
    place.keras.mkdir(parents=True)
    (place.keras / "reuters.npz").write_bytes(evil)
    assert data.load_reuters().source == "embedded"
    assert not trap.exists()
    pickle.loads(pickle.dumps(Trap()))
    assert trap.exists(), "the trap would have worked"


def test_the_bytes_that_were_hashed_are_the_bytes_that_are_parsed(place, monkeypatch):
    place.put(place.keras, CONTENT)
    check = _files._check

    def check_then_swap(content, file):
        check(content, file)
        place.put(place.keras, FORGED)

    monkeypatch.setattr(_files, "_check", check_then_swap)
    assert is_the_small_mnist(data.load_mnist())


# --- fraud: large, hence only on demand -----------------------------------------------------------


def fraud_csv(n=4):
    header = ",".join(f'"{name}"' for name in (*data.FRAUD_FEATURES, "Class"))
    row = ",".join(["1e+05", *(str(i / 7) for i in range(28)), "2.69", '"1"'])
    return "\n".join([header, *[row] * n, ""]).encode()


@pytest.fixture
def small_fraud(place):
    content = fraud_csv()
    url = f"http://127.0.0.1:{place.server.server_port}/csv"
    place.monkeypatch.setattr(Handler, "csv", lambda self: self.send(content), raising=False)
    sha256 = hashlib.sha256(content).hexdigest()
    file = _files.PublishedFile("creditcard.csv", len(content), sha256, (url,))
    place.monkeypatch.setattr(_published, "FRAUD", file)
    place.monkeypatch.setattr(_files, "LARGE_BYTES", 100)
    return content


def test_auto_does_not_download_a_large_file(place, small_fraud, capsys):
    assert data.load_fraud().source == "embedded"
    out = capsys.readouterr().out
    assert "como ocupa 0.0 MB, el modo «auto» no lo descarga." in out
    assert "«%env COURSE_DATA=real» los descarga; o pon creditcard.csv a mano" in out
    assert place.server.requests == []
    assert place.files() == {}


def test_real_downloads_a_large_file_and_auto_then_uses_it(place, small_fraud, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "real")
    dataset = data.load_fraud()
    assert (dataset.source, dataset.X.shape, dataset.X.dtype) == ("real", (4, 30), np.float64)
    assert dataset.X[0, [0, 2, 29]].tolist() == [1e5, 1 / 7, 2.69]
    assert dataset.y.tolist() == [1, 1, 1, 1]
    monkeypatch.setenv("COURSE_DATA", "auto")
    assert data.load_fraud().source == "real"
    assert place.server.requests == ["/csv"]


# --- Dataset --------------------------------------------------------------------------------------


@pytest.fixture
def embedded(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "embedded")


def test_dataset_is_frozen_and_short(place):
    dataset = data.load_mnist()
    with pytest.raises(dataclasses.FrozenInstanceError):
        dataset.X = None  # type: ignore[misc, assignment]
    assert repr(dataset) == (
        "Dataset mnist (real): X (5, 28, 28) uint8, 3 train + 2 test, 10 clases"
    )
    assert dataset.X_train.shape == (3, 28, 28)
    assert dataset.y_test.tolist() == [4, 5]
    assert np.shares_memory(dataset.X_test, dataset.X)


def test_fraud_has_no_official_split(embedded):
    dataset = data.load_fraud()
    for field in ("X_train", "y_train", "X_test", "y_test"):
        with pytest.raises(AttributeError) as caught:
            getattr(dataset, field)
        assert f"no tiene {field}: haz la tuya" in str(caught.value)
    assert repr(dataset) == (
        "Dataset fraud (embedded): X (284807, 30) float64, sin partición, 2 clases"
    )


@pytest.mark.parametrize("load", [data.load_reuters, data.load_imdb])
@pytest.mark.parametrize("num_words", [0, 3, -5, 2.5, "10", None])
def test_bad_num_words(embedded, load, num_words):
    with pytest.raises(ValueError, match="debe ser un entero mayor que 3") as caught:
        load(num_words)
    assert repr(num_words) in str(caught.value)


def test_loading_imports_no_neural_library():
    code = (
        "import sys; import course_utils.data as d; d.load_reuters();"
        "bad = {'tensorflow', 'keras', 'torch', 'jax'} & set(sys.modules); sys.exit(bool(bad))"
    )
    environment = {**os.environ, "COURSE_DATA": "embedded"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=CHECKOUT, env=environment)


# --- stand-ins ------------------------------------------------------------------------------------


def digest(*arrays):
    total = hashlib.sha256()
    for array in arrays:
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()[:16]


def flat(texts):
    return np.fromiter((index for text in texts for index in text), np.int32)


def test_mnist_stand_in(embedded):
    dataset = data.load_mnist()
    assert (dataset.X.shape, dataset.X.dtype, dataset.y.dtype) == ((1797, 28, 28), "uint8", "uint8")
    assert (dataset.X.min(), dataset.X.max()) == (0, 255)
    assert len(dataset.X_test) == 360
    shares = np.bincount(dataset.y_train) / 1437 - np.bincount(dataset.y_test) / 360
    assert abs(shares).max() < 0.005
    assert digest(dataset.X, dataset.y) == "32647401a4738285"


def test_reuters_stand_in(embedded):
    dataset = data.load_reuters()
    assert (len(dataset.X_train), len(dataset.X_test)) == (8_982, 2_246)
    counts = np.bincount(dataset.y)
    assert (len(counts), counts.sum(), counts[3], counts[4]) == (46, 11_228, 3_972, 2_423)
    assert len(dataset.target_names) == 46
    assert_follows_keras(dataset, 10_000)
    assert digest(flat(dataset.X), dataset.y) == "48d0e11604433b0a"


def test_imdb_stand_in(embedded):
    dataset = data.load_imdb()
    assert np.bincount(dataset.y_train).tolist() == [12_500, 12_500]
    assert np.bincount(dataset.y_test).tolist() == [12_500, 12_500]
    assert 200 < np.mean([len(text) for text in dataset.X]) < 260
    assert_follows_keras(dataset, 10_000)
    assert digest(flat(dataset.X), dataset.y) == "0ee033e9e8261807"


def assert_follows_keras(dataset, num_words):
    from course_utils.text import decode_sequence

    assert isinstance(dataset.X[0], list)
    assert type(dataset.X[0][0]) is int
    assert all(text[0] == 1 for text in dataset.X)
    indices = flat(dataset.X)
    assert set(np.unique(indices)) <= {1, 2, *range(4, num_words)}
    words = decode_sequence(dataset.X[0], dataset.word_index).split()
    assert words[0] == "<inicio>"
    assert words[1].startswith("palabra_")


def test_num_words_cuts_the_stand_in(embedded):
    whole, cut = data.load_reuters(), data.load_reuters(500)
    assert flat(cut.X).max() == 499
    expected = np.where((indices := flat(whole.X)) < 500, indices, 2)
    np.testing.assert_array_equal(flat(cut.X), expected)


def test_fraud_stand_in(embedded):
    dataset = data.load_fraud()
    assert (dataset.X.shape, dataset.y.sum()) == ((284_807, 30), 492)
    assert dataset.feature_names[:2] == ("Time", "V1")
    assert (np.diff(dataset.X[:, 0]) >= 0).all()
    spread = dataset.X[:, 1:29].std(axis=0)
    assert np.corrcoef(spread, -np.arange(28))[0, 1] > 0.9
    assert spread[0] > 1.8 > 0.5 > spread[27]
    assert np.isfinite(dataset.X).all()
    assert digest(dataset.X, dataset.y) == "6c78dc92a75e0528"


@pytest.mark.parametrize("load", [data.load_mnist, data.load_reuters, data.load_fraud])
def test_same_numbers_twice(embedded, load):
    first, second = load(), load()
    assert first.X is not second.X
    assert digest(second.y) == digest(first.y)
    if first.X.dtype != object:
        np.testing.assert_array_equal(first.X, second.X)


def test_reuters_stand_in_can_be_learned(embedded):
    from sklearn.naive_bayes import BernoulliNB

    from course_utils.text import vectorize_sequences

    dataset = data.load_reuters()
    X_train, X_test = (
        vectorize_sequences(X, sparse=True) for X in (dataset.X_train, dataset.X_test)
    )
    score = BernoulliNB(alpha=0.01).fit(X_train, dataset.y_train).score(X_test, dataset.y_test)
    assert 0.6 < score < 0.9


def test_fraud_stand_in_can_be_learned(embedded):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score, roc_auc_score
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    dataset = data.load_fraud()
    X_train, X_test, y_train, y_test = train_test_split(
        dataset.X, dataset.y, stratify=dataset.y, random_state=0, test_size=0.3
    )
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
    probability = model.predict_proba(X_test)[:, 1]
    assert 0.96 < roc_auc_score(y_test, probability) < 0.99
    assert 0.65 < average_precision_score(y_test, probability) < 0.78


# --- real files -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keras_copy(tmp_path_factory):
    """A copy of the real files: Keras writes ``keras.json`` and may replace what it dislikes."""
    published = vars(_published).values()
    names = [file.name for file in published if isinstance(file, _files.PublishedFile)]
    found = [name for name in names if (KERAS_HOME / "datasets" / name).is_file()]
    missing = sorted(set(names) - set(found) - {"creditcard.csv"})
    if missing:
        pytest.skip(f"real files are missing in KERAS_HOME: {', '.join(missing)}")
    home = tmp_path_factory.mktemp("keras_home")
    (home / "datasets").mkdir()
    for name in found:
        shutil.copyfile(KERAS_HOME / "datasets" / name, home / "datasets" / name)
    return home


@pytest.fixture
def real(keras_copy, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(keras_copy))
    monkeypatch.setenv("COURSE_DATA", "real")
    monkeypatch.setattr(_files, "_download", None)


def in_keras(keras_copy, folder, expression):
    """Evaluate with Keras in a process of its own (13 s to import, and it fixes KERAS_HOME)."""
    code = (
        "import pickle, sys, numpy as np; from keras.datasets import imdb, mnist, reuters;"
        f"pickle.dump({expression}, open(sys.argv[1], 'wb'))"
    )
    target = folder / "keras.pickle"
    environment = {**os.environ, "KERAS_HOME": str(keras_copy), "TF_CPP_MIN_LOG_LEVEL": "3"}
    subprocess.run([sys.executable, "-c", code, str(target)], check=True, env=environment)
    return pickle.loads(target.read_bytes())


def assert_same_texts(dataset, loaded):
    (x_train, y_train), (x_test, y_test) = loaded
    assert list(dataset.X_train) == list(x_train)
    assert list(dataset.X_test) == list(x_test)
    for ours, theirs in ((dataset.y_train, y_train), (dataset.y_test, y_test)):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)
    assert dataset.X_train.dtype == x_train.dtype == object
    assert type(dataset.X_train[0]) is type(x_train[0]) is list


@pytest.mark.slow  # it imports TensorFlow
def test_real_files_equal_keras(real, keras_copy, tmp_path):
    pytest.importorskip("keras", reason="Keras is not installed")
    loaded = in_keras(
        keras_copy,
        tmp_path,
        "(mnist.load_data(), reuters.load_data(num_words=10_000), reuters.get_word_index(),"
        "reuters.get_label_names(), imdb.load_data(num_words=10_000), imdb.get_word_index(),"
        "reuters.load_data(num_words=300))",
    )
    digits, news, news_words, topics, reviews, review_words, few_words = loaded
    mnist = data.load_mnist()
    for ours, theirs in zip(
        (mnist.X_train, mnist.y_train, mnist.X_test, mnist.y_test),
        (*digits[0], *digits[1]),
        strict=True,
    ):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)
    reuters, imdb = data.load_reuters(), data.load_imdb()
    assert_same_texts(reuters, news)
    assert_same_texts(data.load_reuters(300), few_words)
    assert_same_texts(imdb, reviews)
    assert (reuters.word_index, imdb.word_index) == (news_words, review_words)
    assert reuters.target_names == tuple(topics)


def test_real_files_have_the_shape_of_the_stand_ins(real, monkeypatch, capsys):
    from course_utils.data import _simulated

    reuters = data.load_reuters()
    assert tuple(np.bincount(reuters.y)) == _simulated.REUTERS_COUNTS
    assert reuters.n_train == _simulated.REUTERS_TRAIN
    assert len(reuters.word_index or {}) == _simulated.REUTERS_WORDS
    assert isinstance(reuters, Dataset)
    assert capsys.readouterr().out == ""
