"""Watches the memory, the number of processes and the disk use of a kernel and its children.

Only what the kernel's own processes hold is counted, never what the machine has left: a hungry
neighbour costs nobody a mark. Memory that belongs to no process is bounded elsewhere: folders in
memory by their size, anonymous files by the filter of system calls.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from course_utils.grading.walls.limits import Limits

__all__ = ["Watch"]

_PERIOD = 0.1  # seconds; between two looks a process can fill some hundred MB
_MAX_FILES = 400


class Watch(threading.Thread):
    """Kills a kernel that takes more than its share.

    Parameters
    ----------
    pid : int
        The outermost process of the kernel.
    folder : Path
        The only folder of the real disk in which it may write.
    limits : Limits
        What it may use.
    kill : callable
        Ends all of it.

    Attributes
    ----------
    reason : str
        ``"memoria"``, ``"procesos"`` or ``"disco"`` once it was killed, otherwise empty.
    peak_mb : float
        Most resident memory seen.
    """

    def __init__(self, pid: int, folder: Path, limits: Limits, kill: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.reason = ""
        self.peak_mb = 0.0
        self._pid, self._folder, self._limits, self._kill = pid, folder, limits, kill
        self._stopped = threading.Event()
        self._one_at_a_time = threading.Lock()

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()

    def run(self) -> None:
        looks = 0
        while not self._stopped.wait(_PERIOD):
            looks += 1
            if self.look(at_disk=looks % 3 == 0):
                return

    def look(self, *, at_disk: bool = False) -> str:
        """Look once, now: so that what a cell took is charged to it, and not to the next one.

        Parameters
        ----------
        at_disk : bool, default=False
            Also measure the folder.

        Returns
        -------
        str
            The `reason`, once there is one.
        """
        if sys.platform != "linux":  # no /proc to look at
            return ""
        with self._one_at_a_time:
            if not self.reason and (reason := self._excess(look_at_disk=at_disk)):
                self.reason = reason
                self._kill()
            return self.reason

    def _excess(self, *, look_at_disk: bool) -> str:
        tasks = 0
        memory = 0.0
        for pid in _tree(self._pid):
            used, threads = _usage(pid)
            memory, tasks = memory + used / 1024 + _memory_files(pid), tasks + threads
        self.peak_mb = max(self.peak_mb, memory)
        if memory > self._limits.memory_mb:
            return "memoria"
        # The system refuses more tasks by itself; this is for systems that count otherwise.
        if tasks > self._limits.processes + 64:
            return "procesos"
        if look_at_disk and _disk(self._folder) > self._limits.file_mb * 2**20:
            return "disco"
        return ""


def _tree(pid: int) -> Iterator[int]:
    """A process and all that descend from it; orphans inside the walls stay below it too."""
    waiting, seen = [pid], {pid}
    while waiting:
        parent = waiting.pop()
        yield parent
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                text = (task / "children").read_text()
                new = [int(child) for child in text.split() if int(child) not in seen]
                waiting += new
                seen.update(new)
        except OSError:  # it ended meanwhile
            continue


def _usage(pid: int) -> tuple[int, int]:
    """Private and shared-memory kilobytes of a process, and its threads."""
    memory = threads = 0
    try:
        with Path(f"/proc/{pid}/status").open(encoding="utf-8", errors="replace") as status:
            for line in status:
                if line.startswith(("RssAnon:", "RssShmem:")):
                    memory += int(line.split()[1])
                elif line.startswith("Threads:"):
                    threads = int(line.split()[1])
    except OSError:
        return 0, 0
    return memory, threads


def _memory_files(pid: int) -> float:
    """Megabytes of files in memory that a process holds open; they are no process's own memory."""
    size = 0
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            if str(link.readlink()).startswith("/memfd:"):
                size += 512 * link.stat().st_blocks
    except OSError:  # it ended, or is not ours to look at
        pass
    return size / 2**20


def _disk(folder: Path) -> float:
    """Bytes below a folder; endless if there are suspiciously many files."""
    size = files = 0
    for base, folders, names in os.walk(folder):
        files += len(folders) + len(names)
        if files > _MAX_FILES:
            return float("inf")
        for name in names:
            try:
                size += Path(base, name).lstat().st_size
            except OSError:
                continue
    return size
