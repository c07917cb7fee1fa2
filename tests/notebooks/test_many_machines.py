"""Lesson 14 leaves nothing behind: no process and no open port, also when it is interrupted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSON = ROOT / "notebooks" / "14_mas_de_una_maquina.ipynb"
LEFT = """
import json, psutil
me = psutil.Process()
_, left = psutil.wait_procs(me.children(recursive=True), timeout=5)  # killed ones need a moment
others = [" ".join(child.cmdline()) for child in left]
others = [line for line in others if "resource_tracker" not in line]  # of the kernel, ends with it
ports = [c.laddr.port for c in me.net_connections("inet") if c.status == "LISTEN"]
print(json.dumps([others, ports]))
"""
SEARCH = """
import sys, threading, time
import numpy as np
with LocalCluster(**here) as cluster, Client(cluster) as client:
    ports = [c.laddr for c in __import__("psutil").Process().net_connections("inet")]
    assert {place.ip for place in ports if place.port} <= {"127.0.0.1", "::1"}, ports
    longest = 30 if "interrupt" in sys.argv else 2  # a thread that sleeps is not cancelled
    futures = client.map(time.sleep, [longest - 1, longest - 0.5, longest])
    if "interrupt" in sys.argv:
        threading.Timer(1, signal.pthread_kill, (threading.get_ident(), signal.SIGINT)).start()
    else:
        client.cancel(futures)
        futures = client.map(abs, range(3))
    try:
        client.gather(futures)
    except KeyboardInterrupt:
        print("interrupted")
"""
WORKERS = """
import sys, threading
worker_file.write_text("import time; time.sleep(60)")
threading.Timer(2, signal.pthread_kill, (threading.get_ident(), signal.SIGINT)).start()
try:
    open_workers(2)
except KeyboardInterrupt:
    print("interrupted")
"""


def _cell(start: str) -> str:
    """Source of the lesson's first code cell that holds a text."""
    cells = nbformat.read(LESSON, as_version=4).cells
    return next(c.source for c in cells if c.cell_type == "code" and start in c.source)


def _run(tmp_path: Path, source: str, *arguments: str) -> list[str]:
    """Run a program that starts processes anew, as on Windows; return the lines it printed."""
    body = source.replace("\n", "\n    ")
    path = tmp_path / "program.py"
    heard = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    program = f"{heard}if __name__ == '__main__':\n    {body}\n"
    path.write_text(program, encoding="utf-8")
    command = [sys.executable, str(path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["to the end", "interrupt"])
def test_a_local_cluster_leaves_nothing_behind(tmp_path: Path, how: str) -> None:
    lines = _run(tmp_path, _cell("here = {") + SEARCH + LEFT, how)
    assert ("interrupted" in lines) is (how == "interrupt")
    assert json.loads(lines[-1]) == [[], []]


@pytest.mark.slow
def test_interrupted_workers_of_a_study_are_closed(tmp_path: Path) -> None:
    made = "import subprocess\nfrom pathlib import Path\n"
    made += "worker_file = Path(__file__).with_name('worker.py')\n"
    lines = _run(tmp_path, made + _cell("def open_workers") + WORKERS + LEFT)
    assert "interrupted" in lines
    assert json.loads(lines[-1]) == [[], []]


def test_each_line_of_the_decks_has_a_section_that_exists() -> None:
    cells = nbformat.read(LESSON, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    table = text.split("**De dónde sale.**")[1].split("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| 0")]
    assert {row[1].strip() for row in rows} == {"000", "001", "003"}
    for row in rows:
        for place in row[3].split(","):
            name = place.strip()
            assert f"## {name} " in text or f"## {name}\n" in text, name
