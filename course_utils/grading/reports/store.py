"""The output folder: one file per run, whole or not at all, so that a killed run goes on."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from course_utils import messages
from course_utils._atomic import write_text
from course_utils.grading.errors import GraderError
from course_utils.grading.paths import PACKAGE

__all__ = ["Store", "open_store"]

_PREFIX = "curso-"


@contextlib.contextmanager
def open_store(out: Path, seed: int | None) -> Iterator[Store]:
    """Open a folder for one grader at a time; two that start at once do not take two seeds.

    Parameters
    ----------
    out : Path
        The folder; made if missing.
    seed : int or None
        The secret seed. None: that of the folder, or a new one.

    Yields
    ------
    Store

    Raises
    ------
    GraderError
        If somebody else grades into it, or it belongs to another seed or is damaged.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".cerrojo").open("a+b") as stream:
        if not _locked(stream):
            raise GraderError(messages.GRADER_BUSY.format(out=out))
        yield Store(out, seed)


def _locked(stream: IO[bytes]) -> bool:
    """Take a lock that the system gives back when this process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Store:
    """Results of one grading, on the disk; see :func:`open_store`.

    Parameters
    ----------
    out : Path
        The folder.
    seed : int or None
        The secret seed. None: that of the folder, or a new one.

    Raises
    ------
    GraderError
        If the folder belongs to another seed or is damaged.
    """

    def __init__(self, out: Path, seed: int | None) -> None:
        self.out = out
        self._state = out / "estado.json"
        self.seed = self._seed(seed)
        self._results = out / "resultados"
        self._results.mkdir(mode=0o700, exist_ok=True)

    def _seed(self, wanted: int | None) -> int:
        if self._state.exists():
            try:
                stored = int(json.loads(self._state.read_text(encoding="utf-8"))["seed"])
            except (ValueError, KeyError, TypeError):
                text = messages.GRADER_BAD_STATE.format(file=self._state, out=self.out)
                raise GraderError(text) from None
            if wanted is not None and wanted != stored:
                raise GraderError(messages.GRADER_OTHER_SEED.format(out=self.out))
            return stored
        seed = secrets.randbits(62) if wanted is None else wanted
        write_text(self._state, json.dumps({"seed": seed}), mode=0o600)
        return seed

    def key(self, lesson: str, code: Sequence[str], conditions: Sequence[Any]) -> str:
        """Names a run: same code, exercise, seed, course and conditions, same result."""
        parts = [lesson, str(self.seed), _spec(lesson), *map(str, conditions), *code]
        text = "\0".join(f"{len(part)}:{part}" for part in parts)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def load(self, key: str) -> dict[str, Any] | None:
        """A stored result, or None."""
        try:
            found = json.loads((self._results / f"{key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and found.get("key") == key else None

    def save(self, key: str, result: dict[str, Any]) -> None:
        """Store a result at once."""
        text = json.dumps(result | {"key": key}, ensure_ascii=True)
        write_text(self._results / f"{key}.json", text, mode=0o600)

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """A temporary folder; that of a grading that was killed here before is removed first."""
        note = self.out / ".temporal"
        if note.is_file():
            left = Path(note.read_text(encoding="utf-8"))
            if left.parent == Path(tempfile.gettempdir()) and left.name.startswith(_PREFIX):
                shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)
            write_text(note, folder, mode=0o600)
            yield Path(folder)
        note.unlink(missing_ok=True)


@functools.cache
def _spec(lesson: str) -> str:
    """Changes with the course's code, but for what belongs to other lessons."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.stem.startswith("lesson_") or path.stem == f"lesson_{lesson}":
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
