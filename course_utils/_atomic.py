"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

__all__ = ["write_bytes", "write_text"]


def write_bytes(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Write a file whole or not at all.

    The bytes go to a file of another name beside it, which takes the name once they are on the
    disk. Whoever reads meanwhile finds the old content or the new one, and so does whoever comes
    after a full disk, an interruption or a kill; only a kill leaves the other file (``.….part``)
    behind. Two processes may write the same file at once: the last one wins.

    Parameters
    ----------
    path : Path
        The file; its folder must exist.
    content : bytes
        What it is to hold.
    mode : int, default=0o666
        Permissions, from which the system takes away those of the umask, as for any new file. They
        are given before a byte is written: ``0o600`` was never readable for others.

    Raises
    ------
    OSError
        If it cannot be written; the old file is untouched.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:  # an interrupt as well
        with suppress(OSError):
            part.unlink()
        raise


def write_text(path: Path, text: str, *, errors: str = "strict", mode: int = 0o666) -> None:
    r"""Write a text file, in UTF-8 and with ``\n``, whole or not at all.

    Parameters
    ----------
    path, mode
        As in :func:`write_bytes`.
    text : str
        What it is to hold.
    errors : str, default="strict"
        What to do with a character that UTF-8 does not have (half of a pair), as in
        :meth:`str.encode`.

    Raises
    ------
    OSError
        If it cannot be written; the old file is untouched.
    UnicodeEncodeError
        If a character cannot be encoded and ``errors`` is strict.
    """
    write_bytes(path, text.encode("utf-8", errors), mode=mode)
