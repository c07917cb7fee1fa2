"""Tries the walls before the first submission, and says in one sentence what keeps them down."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from course_utils import messages
from course_utils.grading.errors import GraderError
from course_utils.grading.walls import sandbox
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.package import INSIDE

__all__ = ["require_walls"]


def require_walls() -> None:
    """Start a process behind the walls.

    Raises
    ------
    GraderError
        If there is no bubblewrap, if it cannot isolate on this system, or if root's environment
        cannot be read by the ordinary user that the notebooks run as.
    """
    if sandbox.bubblewrap() is None:
        raise GraderError(messages.GRADER_NO_SANDBOX)
    problem = _try()
    if not problem:
        return
    if os.geteuid() == 0 and "PermissionError" in problem:
        for folder in sandbox.python_folders():
            for path in _private(Path(folder)):
                raise GraderError(messages.GRADER_PRIVATE.format(path=path, folder=folder))
    last = problem.strip().splitlines()[-1]
    raise GraderError(messages.GRADER_SANDBOX_BROKEN.format(error=last))


def _try() -> str:
    """What a process behind the walls complained of; empty if it did not."""
    with tempfile.TemporaryDirectory(prefix="curso-") as folder:
        session, course = Path(folder) / "s", Path(folder) / "c"
        session.mkdir()
        (course / "matplotlib").mkdir(parents=True)
        for path in (Path(folder), course):
            path.chmod(0o755)
        (session / "kernel.json").write_text("{}")
        stream = sandbox.open_filter()
        passed = (stream.fileno(),) if stream else ()
        command, environment = sandbox.kernel_command(
            course, session, Limits(), isolated=True, filter_fd=passed[0] if passed else None
        )
        program = (INSIDE / "probe.py").read_text(encoding="utf-8")
        spec = json.loads(command[-1]) | {"command": [sys.executable, "-c", program]}
        command[-1] = json.dumps(spec)
        try:
            done = subprocess.run(
                command, env=environment, capture_output=True, timeout=60, pass_fds=passed
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        return "" if done.returncode == 0 else done.stderr.decode(errors="replace")[-500:] or "?"


def _private(folder: Path) -> Iterator[Path]:
    """What below a folder only its owner may read."""
    for path in (folder, *folder.rglob("*")):
        mode = path.lstat().st_mode
        needed = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(mode) else 0)
        if not stat.S_ISLNK(mode) and mode & needed != needed:
            yield path
