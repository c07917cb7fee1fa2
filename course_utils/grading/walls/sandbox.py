"""The walls around a student's kernel: bubblewrap, resource limits, a stripped ``course_utils``.

The kernel sees a read-only system, Python's packages, a copy of ``course_utils`` without judges,
checks and grader, and two small folders of its own. It has no network, no sight of other processes,
no capability, and, also when the grader runs as root, an ordinary user.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import site
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from course_utils.grading.paths import PACKAGE, SOLUTIONS
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.package import INSIDE
from course_utils.grading.walls.syscalls import syscall_filter

__all__ = ["HOME", "bubblewrap", "kernel_command", "open_filter", "python_folders"]

HOME = "/home/alumno"
_COURSE = "/curso"
_UNTOUCHED_MB = 1024  # asked for and never used; a network of the exercises leaves half of it
_LAUNCHER = (INSIDE / "launcher.py").read_text(encoding="utf-8")


def bubblewrap() -> str | None:
    """Path of bubblewrap, or None."""
    return shutil.which("bwrap") if sys.platform == "linux" else None


def kernel_command(
    course: Path,
    session: Path,
    limits: Limits,
    *,
    isolated: bool,
    tag: int = 0,
    filter_fd: int | None = None,
) -> tuple[list[str], dict[str, str]]:
    """Command line and environment that start the kernel of ``session / "kernel.json"``.

    Parameters
    ----------
    course : Path
        The folder that :func:`~course_utils.grading.walls.package.strip_package` made.
    session : Path
        Folder of the connection file and the sockets; the kernel may write in it.
    limits : Limits
        What the kernel may use.
    isolated : bool
        Whether to put bubblewrap around it. Without, only the resource limits hold.
    tag : int
        Tells apart the users of kernels that a grader running as root starts side by side.
    filter_fd : int, optional
        Open file that holds a :func:`syscall_filter`; to be passed
        to the process.

    Returns
    -------
    command, environment
        For ``subprocess.Popen``.
    """
    kernel = [sys.executable, "-m", "ipykernel_launcher", "-f", str(session / "kernel.json")]
    kernel += ["--HistoryManager.enabled=False", "--InteractiveShell.colors=nocolor"]
    home = HOME if isolated else str(session)
    if sys.platform == "win32":
        return kernel, dict(os.environ) | _environment(str(course), home)
    root = isolated and os.geteuid() == 0
    uid = 200_000 + tag % 60_000 if root else 0
    spec: dict[str, Any] = {"limits": _resources(limits, uid), "uid": uid, "strict": isolated}
    spec |= {"folder": home, "command": kernel}
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, json.dumps(spec)]
    if not isolated:
        # A kernel whose parent changed hands would stop: it has to know who its parent is.
        parent = {"JPY_PARENT_PID": str(os.getpid())}
        return launcher, dict(os.environ) | _environment(str(course), home) | parent
    if root:
        os.chown(session, uid, uid)
        os.chown(session / "kernel.json", uid, uid)
    environment = _environment(_COURSE, home) | {"JPY_PARENT_PID": "1"}
    wall = _wall(course, session, limits, root=root)
    if filter_fd is not None:
        wall += ["--seccomp", str(filter_fd)]
    wall += [part for name, value in environment.items() for part in ("--setenv", name, value)]
    return [*wall, "--", *launcher], {"PATH": "/usr/bin:/bin"}


def open_filter() -> IO[bytes] | None:
    """The filter of system calls as an open file of nobody else; None if there is none.

    It closes itself when it is no longer held.
    """
    program = syscall_filter()
    if program is None:
        return None
    stream = tempfile.TemporaryFile()  # noqa: SIM115 (its descriptor goes to a child)
    stream.write(program)
    stream.flush()
    stream.seek(0)
    return stream


def _resources(limits: Limits, uid: int) -> dict[str, int]:
    mib = 2**20
    return {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": limits.file_mb * mib,
        "RLIMIT_NOFILE": 512,
        "RLIMIT_MEMLOCK": 64 * 1024,
        "RLIMIT_MSGQUEUE": 0,
        # The memory of the tree is watched from outside, ten times a second. These two hold at
        # every instant, for each process: what it asks for, and its addresses, of which TensorFlow
        # reserves far more. One huge request is a plain MemoryError.
        "RLIMIT_DATA": (limits.memory_mb + _UNTOUCHED_MB) * mib,
        "RLIMIT_AS": 4 * limits.memory_mb * mib,
        "RLIMIT_CPU": int(2 * limits.notebook_seconds) + 1,
        "RLIMIT_NPROC": limits.processes + (0 if uid else _own_tasks()),
    }


def _own_tasks() -> int:
    """Tasks of this user now: before Linux 5.14 a user namespace counts them too."""
    count = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if entry.stat().st_uid == os.geteuid():
                count += len(list((entry / "task").iterdir()))
        except OSError:  # it ended
            continue
    return count


def _environment(course: str, home: str) -> dict[str, str]:
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT")
    return {
        "HOME": home,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TMPDIR": f"{home}/tmp" if home == HOME else home,
        "PYTHONPATH": course,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "COURSE_BUDGET": os.environ.get("COURSE_BUDGET", "rapido"),
        "COURSE_DATA": "embedded",
        "COURSE_GRADER": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        **dict.fromkeys(threads, "1"),
    }


def _wall(course: Path, session: Path, limits: Limits, *, root: bool) -> list[str]:
    size = str(limits.scratch_mb * 2**20)
    spaces = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    spaces += ["--unshare-cgroup-try", "--cap-drop", "ALL"]
    # Root needs no user namespace to build the walls, and keeps two capabilities just long enough
    # to become an ordinary user, whose number of processes the system does limit.
    spaces += (
        ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        if root
        else ["--unshare-user", *_no_nested_users()]
    )
    wall = [bubblewrap() or "bwrap", *spaces, "--die-with-parent", "--new-session", "--clearenv"]
    wall += ["--hostname", "curso", "--perms", "0755", "--dir", "/etc"]
    for folder in ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32"):
        if Path(folder).is_symlink():
            wall += ["--symlink", str(Path(folder).readlink()), folder]
        elif Path(folder).is_dir():
            wall += ["--ro-bind", folder, folder]
    for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "fonts", "localtime"):
        wall += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    wall += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/dev/shm", "/tmp", HOME):
        wall += ["--perms", "1777", "--size", size, "--tmpfs", folder]
    for folder in (f"{HOME}/tmp", f"{HOME}/.matplotlib"):
        wall += ["--perms", "1777", "--dir", folder]
    for folder in (*python_folders(), str(session)):
        for parent in reversed(Path(folder).parents[:-1]):  # bubblewrap would close them to others
            wall += ["--perms", "0755", "--dir", str(parent)]
    for folder in python_folders():
        wall += ["--ro-bind", folder, folder]
    wall += ["--ro-bind", str(course), _COURSE]
    for fonts in (course / "matplotlib").iterdir():
        wall += ["--ro-bind", str(fonts), f"{HOME}/.matplotlib/{fonts.name}"]
    wall += ["--bind", str(session), str(session)]
    for secret in _secrets():
        wall += ["--tmpfs", secret, "--remount-ro", secret]
    return [*wall, "--remount-ro", "/dev", "--remount-ro", "/"]


@functools.cache
def _no_nested_users() -> tuple[str, ...]:
    """An option that bubblewrap has since 0.8."""
    command = [bubblewrap() or "bwrap", "--help"]
    known = subprocess.run(command, capture_output=True, text=True, timeout=20)
    return ("--disable-userns",) if "--disable-userns" in known.stdout + known.stderr else ()


def python_folders() -> list[str]:
    """The environment and the Python below it, each once and outermost first."""
    found = {os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
    found |= {sys.prefix, sys.base_prefix}
    return sorted(path for path in found if path != "/usr" and not path.startswith("/usr/"))


def _secrets() -> list[str]:
    """Folders that lie inside what the kernel sees, and must not be seen.

    An installed course counts too, beside the checkout that grades.
    """
    hidden = {PACKAGE, SOLUTIONS}
    hidden |= {Path(folder, PACKAGE.name) for folder in (*site.getsitepackages(), *sys.path)}
    seen = [*python_folders(), "/usr"]
    return [
        str(path)
        for path in sorted(hidden)
        if path.is_dir() and any(path.is_relative_to(folder) for folder in seen)
    ]
