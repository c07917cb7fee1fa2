"""A web service in a thread of the kernel, on a free port of the loopback interface.

A thread, not a process: whatever ends the kernel ends the service, so that no port stays open. The
socket is not inherited by the workers of a parallel search.
"""

from __future__ import annotations

import atexit
import socket
import threading
import time
from typing import Any

from course_utils import messages
from course_utils._notices import say

__all__ = ["Service", "serve"]

_START_SECONDS = 30
_running: list[Service] = []  # at most one: a cell that is run again replaces its service


class Service:
    """A running service; also a context manager, which stops it.

    Attributes
    ----------
    url : str
        Where it answers: ``"http://127.0.0.1:PORT"``.
    """

    def __init__(self, app: Any) -> None:
        import uvicorn

        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))  # the system picks a free port
        self.url = "http://127.0.0.1:{1}".format(*self._socket.getsockname())
        config = uvicorn.Config(
            app,
            log_config=None,  # its own would close every handler that the program has
            log_level="critical",
            limit_concurrency=50,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )
        self._thread.start()

    def wait(self) -> None:
        """Return once requests are answered.

        Raises
        ------
        RuntimeError
            If the application does not start.
        """
        ends = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > ends:
                self._end()
                raise RuntimeError(messages.SERVICE_FAILED.format(seconds=_START_SECONDS))
            time.sleep(0.02)

    def stop(self) -> None:
        """Answer what is under way, and close the port; a second call does nothing."""
        if self in _running:
            _running.remove(self)
            self._end()
            say(messages.SERVICE_STOPPED)

    def _end(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def serve(app: Any) -> Service:
    """Serve an ASGI application to this machine only, until it is stopped or the kernel ends.

    Parameters
    ----------
    app : ASGI application
        Such as a ``FastAPI()``.

    Returns
    -------
    Service
        It answers already. Another that was running is stopped first.

    Raises
    ------
    RuntimeError
        If the application does not start.

    Examples
    --------
    >>> service = serve(app)
    >>> httpx.get(service.url)
    >>> service.stop()
    """
    stop_all()
    service = Service(app)
    _running.append(service)
    try:
        service.wait()
    except BaseException:  # the cell was interrupted while it waited
        _running.remove(service)
        service._end()
        raise
    say(messages.SERVICE_STARTED)
    return service


def stop_all() -> None:
    """Stop whatever is running, without a word."""
    while _running:
        _running.pop()._end()


atexit.register(stop_all)
