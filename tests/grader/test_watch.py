"""A kernel is charged for what its own processes hold, and for nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course_utils.grading.walls import watch
from course_utils.grading.walls.limits import Limits
from course_utils.grading.walls.watch import Watch

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="memory is read off /proc")
# Says that it holds some memory, and waits for the end of its input.
HOLDER = (
    "import sys; held = bytearray(b'x') * ({megabytes} << 20); print(1, flush=True); "
    "sys.stdin.read()"
)
NESTED = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDER!r}])"


def _watched(folder: Path, source: str, limit_mb: int) -> Watch:
    """Watch a program until it is killed, or for a few looks after it holds its memory."""
    command = [sys.executable, "-c", source]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        guard = Watch(process.pid, folder, Limits(memory_mb=limit_mb), process.kill)
        assert process.stdout is not None
        process.stdout.readline()
        guard.start()
        guard.join(10 * watch._PERIOD)
        guard.stop()
        guard.join()
        process.kill()
    return guard


@linux_only
@pytest.mark.parametrize("source", [HOLDER, NESTED], ids=["itself", "its child"])
def test_what_it_and_its_children_hold_is_counted(tmp_path: Path, source: str) -> None:
    assert _watched(tmp_path, source.replace("{megabytes}", "200"), 150).reason == "memoria"


@linux_only
def test_a_look_charges_at_once_what_is_held_and_says_so_ever_after(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER.replace("{megabytes}", "200")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        guard = Watch(process.pid, tmp_path, Limits(memory_mb=150), process.kill)
        assert process.stdout is not None
        process.stdout.readline()
        assert guard.look() == "memoria"
        assert process.wait(20) != 0
    assert guard.look() == "memoria"


@linux_only
def test_what_a_neighbour_holds_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    opened = Path.open

    def noted(path: Path, *args: object, **more: object) -> object:
        read.append(str(path))
        return opened(path, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", noted)
    guard = _watched(tmp_path, HOLDER.replace("{megabytes}", "20"), 150)
    assert guard.reason == ""
    assert 20 < guard.peak_mb < 150
    assert "/proc/meminfo" not in read


def test_where_there_is_no_proc_nobody_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    guard = Watch(1, tmp_path, Limits(memory_mb=0), lambda: pytest.fail("killed"))
    assert guard.look(at_disk=True) == ""
    assert guard.reason == ""
