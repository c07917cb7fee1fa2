"""A Jupyter kernel behind the walls, and a client that believes little of what it says.

The client speaks the Jupyter protocol over Unix sockets: JSON only, messages of bounded size,
output counted and thrown away. What a kernel returns is data for a judge, never code.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_utils._draws import Exchange
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.run import Run, clean
from course_utils.grading.walls.sandbox import kernel_command, open_filter
from course_utils.grading.walls.watch import Watch

__all__ = ["Kernel", "KernelGone"]

_MAX_MESSAGE = 32 * 2**20  # bytes; ZeroMQ cuts the connection at a longer one
_MAX_PARSED = 2**20
_MAX_QUERIES = 20_000  # in one question; who asks more gets no answer, and runs out of time
_GRACE = 5.0  # seconds for an interrupted cell to give way
# Imports of every exercise, so that no cell pays for them and none is interrupted amid an import.
_WARM_UP = (
    "exec('import course_utils._start;"
    " import matplotlib.pyplot, optuna, pandas, sklearn.model_selection', {})"
)


class KernelGone(RuntimeError):  # noqa: N818
    """The kernel ended or was killed; carries the reason."""


class Kernel:
    """One kernel, started at once.

    Parameters
    ----------
    course : Path
        The stripped package, see :func:`~course_utils.grading.walls.package.strip_package`.
    limits : Limits
        What it may use.
    isolated : bool
        Whether bubblewrap stands around it.
    warm : bool, default=True
        Whether to import first what the exercises import.

    Raises
    ------
    KernelGone
        If it does not start.
    """

    def __init__(self, course: Path, limits: Limits, *, isolated: bool, warm: bool = True) -> None:
        self._limits = limits
        self._warm = warm
        self._folder = Path(tempfile.mkdtemp(prefix="curso-"))
        self._folder.chmod(0o755)
        session = self._folder / "s"
        session.mkdir(mode=0o700)
        self._output = 0
        try:
            self._start(course, session, isolated)
        except BaseException:
            self.close()
            raise

    def _start(self, course: Path, session: Path, isolated: bool) -> None:
        import zmq
        from jupyter_client.connect import write_connection_file
        from jupyter_client.session import Session

        ipc = sys.platform != "win32"
        where: Any = {"transport": "ipc", "ip": str(session / "k")} if ipc else {}
        key = os.urandom(32).hex().encode()
        file = str(session / "kernel.json")
        _, info = write_connection_file(file, key=key, **where)
        self._info: dict[str, Any] = dict(info)
        session.chmod(0o700)
        stream = open_filter() if isolated else None
        descriptor = stream.fileno() if stream else None
        command, environment = kernel_command(
            course,
            session,
            self._limits,
            isolated=isolated,
            tag=os.getpid(),
            filter_fd=descriptor,
        )
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/" if isolated else str(session),
            pass_fds=() if descriptor is None else (descriptor,),
        )
        if stream:
            stream.close()
        self._watch = Watch(self._process.pid, session, self._limits, self.kill)
        self._watch.start()
        self._session = Session(key=key, signature_scheme="hmac-sha256")
        self._context = zmq.Context()
        self._poller = zmq.Poller()
        self._answer: Callable[[str], str] | None = None
        self._queries = 0
        deadline = time.monotonic() + self._limits.start_seconds
        self._wait_for_sockets(deadline)
        self._shell = self._connect(zmq.DEALER, "shell_port")
        self._control = self._connect(zmq.DEALER, "control_port")
        self._iopub = self._connect(zmq.SUB, "iopub_port")
        self._stdin = self._connect(zmq.DEALER, "stdin_port")
        for socket in (self._shell, self._iopub, self._stdin):
            self._poller.register(socket, zmq.POLLIN)
        message: Any = self._session.send(self._shell, "kernel_info_request")
        if self._reply(message["header"]["msg_id"], deadline) is None:
            raise KernelGone("arranque")
        if self._warm:
            self._execute(_WARM_UP, {}, max(1.0, deadline - time.monotonic()))
        self._output = 0
        if isolated and os.geteuid() == 0:  # the sockets exist: nothing more is written there
            os.chown(session, 0, 0)
            session.chmod(0o711)

    def _wait_for_sockets(self, deadline: float) -> None:
        if self._info["transport"] != "ipc":
            return
        path = Path(f"{self._info['ip']}-{self._info['shell_port']}")
        while not path.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise KernelGone(self._watch.reason or "arranque")
            time.sleep(0.02)

    def _connect(self, kind: int, port: str) -> Any:
        import zmq

        info = self._info
        mark = "-" if info["transport"] == "ipc" else ":"
        socket = self._context.socket(kind)
        socket.linger = 0
        socket.setsockopt(zmq.MAXMSGSIZE, _MAX_MESSAGE)
        socket.setsockopt(zmq.RCVHWM, 8)
        if kind == zmq.DEALER:  # a request for input goes to whoever sent the question
            socket.identity = self._session.bsession
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        socket.connect(f"{info['transport']}://{info['ip']}{mark}{info[port]}")
        return socket

    # --- use ---
    @property
    def peak_mb(self) -> float:
        """Most memory that the kernel and its children held."""
        return self._watch.peak_mb

    def run(self, source: str, seconds: float) -> Run:
        """Run one cell; an interruption, an error, too much output all come back as a `Run`.

        Raises
        ------
        KernelGone
            If the kernel ended meanwhile; the reason is ``"muerto"``, ``"memoria"``, ….
        """
        began = time.monotonic()
        before = self._output
        reply, status = self._execute(source, {}, seconds)
        payload = reply.get("payload")
        if isinstance(payload, list) and any("ask_exit" in str(part) for part in payload[:10]):
            self.kill()  # quit(): it would end by itself, some time during the next cell
            raise KernelGone("muerto")
        error = ""
        if reply.get("status") == "error":
            status = "error" if status == "ok" else status
            error = clean(f"{reply.get('ename', '')}: {reply.get('evalue', '')}")
        elif reply.get("status") != "ok" and status == "ok":
            status = "error"
        return Run(status, error, round(time.monotonic() - began, 3), self._output - before)

    def observe(
        self, name: str, sent: dict[str, Any], answer: Callable[[str], str], seconds: float
    ) -> tuple[str, str]:
        """Ask one question.

        Parameters
        ----------
        name : str
            The question.
        sent : dict
            All that the kernel is given of it: JSON data.
        answer : callable
            Answers what the kernel asks meanwhile; takes and returns texts, and never raises.
        seconds : float
            How long it may take.

        Returns
        -------
        text, status
            What the kernel answered, which nobody has looked at yet (empty if nothing came), and
            ``"ok"``, ``"tiempo"``, ``"salida"`` or ``"error"``.

        Raises
        ------
        KernelGone
            If the kernel ended meanwhile.
        """
        return self._text(f"reply({name!r}, {json.dumps(sent)!r})", seconds, answer)

    def examine(self, name: str, exchange: Exchange, seconds: float) -> tuple[str, str]:
        """Ask what was handed over; only in a kernel that ran no line of a student.

        Parameters
        ----------
        name : str
            The question.
        exchange : Exchange
            Holds the files, and what is asked of them.
        seconds : float
            How long it may take.

        Returns
        -------
        text, status
            As :meth:`observe` returns them.

        Raises
        ------
        KernelGone
            If the kernel ended meanwhile.
        """
        folder = Path(tempfile.mkdtemp(dir=self._folder / "s"))
        folder.chmod(0o755)
        files = exchange.write_files(folder)
        for file in files:  # root's kernels are another user, whatever the umask
            file.chmod(0o644)
        try:
            call = f"examine({name!r}, {list(map(str, files))}, {json.dumps(exchange.examined)!r})"
            return self._text(call, seconds)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _text(
        self, call: str, seconds: float, answer: Callable[[str], str] | None = None
    ) -> tuple[str, str]:
        expression = f"__import__('course_utils._reply', fromlist=['x']).{call}"
        reply, status = self._execute("", {"r": expression}, seconds, answer)
        try:
            text = reply["user_expressions"]["r"]["data"]["application/x-observation"]
        except (KeyError, TypeError):
            text = ""
        if isinstance(text, str) and text:
            return text, status
        return "", "error" if status == "ok" else status

    def _execute(
        self,
        code: str,
        wanted: dict[str, str],
        seconds: float,
        answer: Callable[[str], str] | None = None,
    ) -> tuple[Any, str]:
        content = {
            "code": code,
            "silent": False,
            "store_history": bool(code),
            "user_expressions": wanted,
            "allow_stdin": answer is not None,
            "stop_on_error": False,
        }
        self._answer, self._queries = answer, 0
        message: Any = self._session.send(self._shell, "execute_request", content)
        identity = message["header"]["msg_id"]
        limit = self._output + self._limits.output_mb * 2**20
        reply = self._reply(identity, time.monotonic() + seconds, limit)
        if reply is not None:
            if reason := self._watch.look():
                raise KernelGone(reason)
            return reply, "ok"
        status = "salida" if self._output > limit else "tiempo"
        for _ in range(2):
            self._session.send(self._control, "interrupt_request")
            reply = self._reply(identity, time.monotonic() + _GRACE)
            if reply is not None:
                return reply, status
        self.kill()
        raise KernelGone(status)

    def _reply(
        self, identity: str, deadline: float, limit: float = float("inf")
    ) -> dict[str, Any] | None:
        """Content of the reply to one request; None when time or output are used up."""
        while time.monotonic() < deadline and self._output <= limit:
            events = dict(self._poller.poll(100))
            if self._iopub in events:
                self._drain()
            if self._stdin in events:
                self._serve()
            if self._shell in events:
                content = self._content(identity)
                if content is not None:
                    return content
            elif self._process.poll() is not None:
                raise KernelGone(self._watch.reason or "muerto")
        return None

    def _drain(self) -> None:
        """Count what was printed, and forget it."""
        import zmq

        with contextlib.suppress(zmq.Again):
            for _ in range(200):
                parts = self._iopub.recv_multipart(zmq.NOBLOCK)
                size = sum(map(len, parts))
                self._output += size if size > 2_000 else 0  # small ones are mostly "busy", "idle"

    def _serve(self) -> None:
        """Answer one request for input; what is none of ours, or too much, gets no answer."""
        import zmq

        try:
            parts: Any = self._stdin.recv_multipart(zmq.NOBLOCK)
            if sum(map(len, parts)) > _MAX_PARSED or len(parts) > 16:
                return
            message = self._session.deserialize(self._session.feed_identities(parts)[1])
            prompt = message["content"]["prompt"]
        except Exception:  # anything that a hostile kernel can put on its own socket
            return
        if self._answer is not None and isinstance(prompt, str) and self._queries < _MAX_QUERIES:
            self._queries += 1
            value = {"value": self._answer(prompt)}
            self._session.send(self._stdin, "input_reply", value, message["header"])

    def _content(self, identity: str) -> dict[str, Any] | None:
        import zmq

        try:
            parts: Any = self._shell.recv_multipart(zmq.NOBLOCK)
            if sum(map(len, parts)) > _MAX_PARSED or len(parts) > 16:
                return {"status": "grande"}
            frames: Any = self._session.feed_identities(parts)[1]
            header = json.loads(frames[2])
            if header.get("msg_id") != identity:
                return None
            content = self._session.deserialize(frames)["content"]
        except zmq.Again:
            return None
        except Exception:  # anything that a hostile kernel can put on its own socket
            return {"status": "ilegible"}
        return content if isinstance(content, dict) else {"status": "ilegible"}

    # --- end ---
    def kill(self) -> None:
        """End the kernel and all its children now."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._process.kill()

    def close(self) -> None:
        """End it and leave no trace on the disk."""
        if hasattr(self, "_watch"):
            self._watch.stop()
        if hasattr(self, "_process"):
            self.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        if hasattr(self, "_context"):
            self._context.destroy(linger=0)
        shutil.rmtree(self._folder, ignore_errors=True)
