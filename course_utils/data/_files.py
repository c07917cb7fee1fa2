"""Files of the publishers: found in a local cache or downloaded, used only if their hash fits.

Nothing here knows what a file means. A file is read whole, and the SHA-256 is that of the very
bytes that are handed on.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from course_utils import messages
from course_utils._atomic import write_bytes
from course_utils._notices import say
from course_utils.numerals import thousands

_CONNECT_SECONDS = 5.0
_STALL_SECONDS = 15.0
_STALL_BYTES = 65_536  # at least so many in that time, or the download is given up
_GRACE_SECONDS = 30.0  # the deadline of a file is this, plus its size at the slowest useful speed
_SLOWEST_BYTES_PER_SECOND = 100_000
_CHUNK_BYTES = 65_536
LARGE_BYTES = 50_000_000  # not downloaded unless asked; progress shown


@dataclass(frozen=True)
class PublishedFile:
    """A file of a publisher: what it must be, and where it is to be had."""

    name: str
    size: int
    sha256: str
    urls: tuple[str, ...]


class UnusableError(Exception):
    """A source of a file failed; the text is a Spanish reason."""


def fetch(file: PublishedFile, mode: str, problems: list[str]) -> bytes:
    """Return the checked bytes of a file from the first source that has them.

    Each source that fails adds one Spanish sentence to ``problems``.
    """
    places = (
        (_keras_folder(), messages.DATA_BAD_FILE),
        (_cache_folder(), messages.DATA_BAD_CACHED_FILE),
    )
    for folder, template in places:
        path = folder / file.name
        try:
            content = _read(path, file)
        except UnusableError as reason:
            problems.append(template.format(path=path, reason=reason))
        else:
            if content is not None:
                return content
    if mode == "auto" and file.size > LARGE_BYTES:
        size = _megabytes(file.size)
        problems.append(messages.DATA_TOO_LARGE_FOR_AUTO.format(file=file.name, size=size))
        raise UnusableError
    content = _download(file, problems)
    _save(content, file, _cache_folder(), problems)
    return content


def _keras_folder() -> Path:
    """Where Keras keeps its data sets; like Keras, a user without a home has it in ``/tmp``."""
    if given := os.environ.get("KERAS_HOME"):
        return Path(given) / "datasets"
    try:
        home = Path.home()
    except RuntimeError:  # neither HOME nor an entry in passwd: a container under any user id
        home = Path(tempfile.gettempdir())
    return home / ".keras" / "datasets"


def _cache_folder() -> Path:
    """``datasets/cache`` of the checkout, or the user's cache when installed without one."""
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "datasets" / "README.md").is_file() and (checkout / "pyproject.toml").is_file():
        return checkout / "datasets" / "cache"
    import platformdirs

    temporary = Path(tempfile.gettempdir()) / "course_utils"
    try:
        folder = platformdirs.user_cache_path("course_utils")
    except RuntimeError:  # no home, as above
        return temporary
    return folder if folder.is_absolute() else temporary  # older versions: ``~`` as it is


# --- files ---------------------------------------------------------------------------------------


def _read(path: Path, file: PublishedFile) -> bytes | None:
    """Read and check a local file; None if there is none, ``UnusableError`` if it is a bad one."""
    try:
        if not path.exists():
            return None
        if not path.is_file():  # a named pipe would block
            raise UnusableError(messages.DATA_REASON_NOT_A_FILE)
        with path.open("rb") as handle:
            content = handle.read(file.size + 1)
    except OSError as error:
        raise UnusableError(messages.DATA_REASON_UNREADABLE.format(error=_short(error))) from None
    _check(content, file)
    return content


def _check(content: bytes, file: PublishedFile) -> None:
    found, expected = thousands(len(content)), thousands(file.size)
    if len(content) < file.size:
        raise UnusableError(messages.DATA_REASON_TRUNCATED.format(found=found, expected=expected))
    if len(content) > file.size:
        raise UnusableError(messages.DATA_REASON_TOO_LONG.format(expected=expected))
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != file.sha256:
        raise UnusableError(
            messages.DATA_REASON_HASH.format(found=sha256[:12], expected=file.sha256[:12])
        )


def _save(content: bytes, file: PublishedFile, folder: Path, problems: list[str]) -> None:
    """Write a checked download into the cache, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(folder / file.name, content)
    except OSError as error:
        template = messages.DATA_NOT_SAVED
        problems.append(template.format(file=file.name, folder=folder, error=_short(error)))


def _short(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


# --- download ------------------------------------------------------------------------------------


class _Sink:
    """In-memory target of a download: the bytes are checked before anything is written to disk."""

    def __init__(self, limit: int) -> None:
        self.content = bytearray()
        self.cancelled = False
        self._limit = limit

    def write(self, chunk: bytes) -> None:
        if self.cancelled or len(self.content) > self._limit:
            raise UnusableError
        self.content += chunk


def _download(file: PublishedFile, problems: list[str]) -> bytes:
    for url in file.urls:
        host = urlsplit(url).hostname
        size = _megabytes(file.size)
        say(messages.DATA_DOWNLOADING.format(file=file.name, size=size, host=host))
        try:
            content = _download_from(url, file)
            _check(content, file)
            return content
        except UnusableError as reason:
            template = messages.DATA_DOWNLOAD_FAILED
            problems.append(template.format(file=file.name, host=host, reason=reason))
    raise UnusableError


def _download_from(url: str, file: PublishedFile) -> bytes:
    """Download in a thread, so that nothing (name look-up, proxy, slow server) outlasts a deadline.

    The time-outs of ``requests`` start again with each received byte; the clock that ends a slow
    download is the one of :func:`_wait`. An abandoned thread holds no file and stops at its next
    chunk. ``read1`` hands on what has arrived, so that a reason can say how much that was.
    """
    import requests  # here: on a slow disk this takes seconds, which are not the server's

    sink, errors = _Sink(file.size), []

    def work() -> None:
        timeouts = (_CONNECT_SECONDS, 2 * _STALL_SECONDS)  # ends an abandoned thread
        try:
            with requests.get(url, stream=True, timeout=timeouts) as response:
                response.raise_for_status()
                while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
                    sink.write(chunk)
        except Exception as error:
            errors.append(error)

    worker = threading.Thread(target=work, name=f"download {file.name}", daemon=True)
    worker.start()
    try:
        _wait(worker, sink, file)
    finally:
        sink.cancelled = True
    if errors and len(sink.content) <= file.size:
        raise UnusableError(_reason(errors[0], len(sink.content), file))
    return bytes(sink.content)


def _wait(worker: threading.Thread, sink: _Sink, file: PublishedFile) -> None:
    start = since = time.monotonic()
    deadline = _GRACE_SECONDS + file.size / _SLOWEST_BYTES_PER_SECOND
    before, quarters = 0, 1  # bytes that had arrived at ``since``; quarters that were announced
    while True:
        worker.join(0.1)
        if not worker.is_alive():
            return
        now, received = time.monotonic(), len(sink.content)
        if received - before >= _STALL_BYTES:
            before, since = received, now
        if now - since > _STALL_SECONDS:
            raise UnusableError(_stalled(received, file, received - before))
        if now - start > deadline:
            template = messages.DATA_REASON_SLOW
            raise UnusableError(_partial(template, received, file, seconds=deadline))
        if file.size > LARGE_BYTES and received * 4 >= quarters * file.size and quarters < 4:
            seconds = (now - start) * (file.size / received - 1)
            template = messages.DATA_DOWNLOAD_PROGRESS
            percent = 100 * received // file.size
            say(template.format(file=file.name, percent=percent, seconds=seconds))
            quarters = 4 * received // file.size + 1


def _stalled(received: int, file: PublishedFile, recent: int) -> str:
    if not received:
        return messages.DATA_REASON_SILENT.format(seconds=_STALL_SECONDS)
    template = messages.DATA_REASON_STALLED
    return _partial(template, received, file, recent=thousands(recent), seconds=_STALL_SECONDS)


def _reason(error: Exception, received: int, file: PublishedFile) -> str:
    import requests
    import urllib3

    match error:
        case requests.HTTPError():
            status = getattr(error.response, "status_code", "?")
            return messages.DATA_REASON_HTTP.format(status=status)
        case requests.exceptions.SSLError() | urllib3.exceptions.SSLError():
            return messages.DATA_REASON_SECURE
        case requests.ConnectTimeout():
            return messages.DATA_REASON_SILENT.format(seconds=_CONNECT_SECONDS)
        case (
            urllib3.exceptions.ProtocolError()
            | requests.ConnectionError(args=[urllib3.exceptions.ProtocolError()])
        ):  # in the body, or before it
            return _partial(messages.DATA_REASON_CUT, received, file)
        case requests.ConnectionError():
            return messages.DATA_REASON_UNREACHABLE
    return messages.DATA_REASON_OTHER.format(error=type(error).__name__)


def _partial(template: str, received: int, file: PublishedFile, **fields: float | str) -> str:
    found, expected = thousands(received), thousands(file.size)
    return template.format(found=found, expected=expected, **fields)
