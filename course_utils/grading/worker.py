"""Does the grader's own work on strangers' files: a process that forks a child for each request.

``python -m course_utils.grading.worker FOLDER``, with the exercises that were handed out. Requests
come in on stdin and answers go out on stdout, one line of JSON each. A child has a budget of time,
memory and answer, and nothing of the file before; where processes cannot be forked (Windows) the
work is done here, and only time is limited, by whoever asked.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_utils.grading.reading.exercises import Exercise, load_exercises
from course_utils.grading.reading.readings import list_zip, read_units
from course_utils.grading.reports.pages import write_pages

__all__ = ["main"]

Work = Callable[..., Any]
_MEMORY, _SIZE, _ERROR = 3, 4, 5  # exit statuses of a child
_REASONS = {_MEMORY: "memoria", _SIZE: "salida", _ERROR: "error"}


def main() -> None:
    """Answer requests until there are no more."""
    known = load_exercises(Path(sys.argv[1]))
    requests = sys.stdin.buffer
    while line := requests.readline():
        request = json.loads(line)
        failed = _forked(request, known) if hasattr(os, "fork") else _answer(request, known)
        if failed:  # the child may have left half a line
            _write(b"\n" + json.dumps({"id": request["id"], "failed": failed}).encode() + b"\n")


def _forked(request: dict[str, Any], known: tuple[Exercise, ...]) -> str:
    """Let a child answer; why it did not, or nothing."""
    child = os.fork()
    if child == 0:
        status = _ERROR
        try:
            _limit(request["budget"])
            failed = _answer(request, known)
            status = next((code for code, name in _REASONS.items() if name == failed), 0)
        finally:
            os._exit(status)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "tiempo" if os.WTERMSIG(status) == signal.SIGXCPU else "muerto"
    return _REASONS.get(os.WEXITSTATUS(status), "")


def _limit(budget: dict[str, int]) -> None:
    """Give this process its budget; the memory of the imports is not part of it."""
    import resource

    seconds = budget["seconds"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + budget["memory_mb"] * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(request: dict[str, Any], known: tuple[Exercise, ...]) -> str:
    """Do the work and write the answer; why it could not be done, or nothing."""
    work: dict[str, Work] = {
        "list_zip": list_zip,
        "read_units": lambda units: read_units(units, known),
        "write_pages": write_pages,
    }
    try:
        answer = work[request["work"]](request["given"])
        line = json.dumps({"id": request["id"], "answer": answer}).encode()
    except MemoryError:
        return "memoria"
    except Exception:  # whatever a stranger's file brings about is a row for a human
        return "error"
    if len(line) > request["budget"]["answer_mb"] * 2**20:
        return "salida"
    _write(line + b"\n")
    return ""


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
