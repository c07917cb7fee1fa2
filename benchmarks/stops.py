"""Stops every long cell of the lessons as ■ does, goes on below it, and runs it again.

``python -m benchmarks.stops [NOTEBOOK ...]`` (all lessons by default), in the fast budget and on
the data that come with the course. A first kernel runs the notebook undisturbed and says which
cells are long. In a second one each of these is stopped after a part of its time, the cells up to
the next long one are run as somebody would who goes on, and the stopped cell is run again. What it
imports is imported before: after an import that was cut, only a restart helps, and a new kernel
goes on where a library imports in the midst of its work. Exit status 1 if a stop left a fault
(:func:`faults`).
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from course_utils import messages
from course_utils._atomic import write_text
from tools.run_notebooks import compare

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "stops.json"
LONG = 1.0  # seconds of processor time of a cell that is worth stopping
PATIENCE = 120  # seconds, after which a cell hangs and is stopped
PART = 0.4  # of its time, after which it is stopped
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Run:
    """What a cell did: its error (name and message), what it showed and how long it took."""

    error: str
    shown: str
    warned: str
    seconds: float
    cpu_seconds: float
    seconds_to_stop: float | None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path)
    paths = parser.parse_args().notebooks or sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
    os.environ |= {"COURSE_BUDGET": "rapido", "COURSE_DATA": "embedded", "COURSE_NOTES": ""}
    found = False
    for path in paths:
        print(path.name, flush=True)
        stops = []
        for stop in stop_cells(nbformat.read(path, as_version=4)):
            stops.append(stop)
            said = list(faults(stop))
            found = found or bool(said)
            print(
                f"  {stop['section']} [{stop['cell']}]", *said or ["fine"], sep="\n    ", flush=True
            )
        keep(path.stem, stops)
    return int(found)


def keep(lesson: str, stops: list[dict[str, Any]]) -> None:
    """Replace what is recorded of a lesson."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results[lesson] = stops
    write_text(RESULTS, json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def stop_cells(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    """Stop each long cell of a notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Is not changed.

    Yields
    ------
    dict
        One for each long cell; :func:`faults` reads it.
    """
    whole = deepcopy(notebook)
    with kernel(whole) as run:
        runs = {i: run(i) for i in _code(whole)}
    seconds = {i: ran.seconds for i, ran in runs.items()}
    long = [i for i, ran in runs.items() if ran.cpu_seconds >= LONG and not _is_setup(whole, i)]
    ends = [*long[1:], len(whole.cells) - 1]
    left = list(zip(long, ends, strict=False))
    while left:
        again = deepcopy(notebook)
        with kernel(again) as run:
            done, restart = 0, False
            while left and not restart:
                index, last = left.pop(0)
                for before in range(done, index):
                    if before in seconds:
                        run(before)
                stopped = run(index, stop_after=PART * seconds[index])
                following = [i for i in seconds if index < i <= last]
                limits = {i: PART * seconds[i] if i in long else None for i in following}
                outcome, warned, ran = go_on(run, limits)
                old = stale(again, index, ran) if "KeyboardInterrupt" in stopped.error else []
                run(index)
                pair = (new_notebook(cells=[book.cells[index]]) for book in (whole, again))
                yield {
                    "section": _section(whole, index),
                    "cell": whole.cells[index].id,
                    "seconds": round(seconds[index], 1),
                    "ended": ending(stopped),
                    "seconds to stop": stopped.seconds_to_stop,
                    "next": outcome,
                    "warned": warned,
                    "old values": old,
                    "again": next(compare(*pair), "same").strip(),
                }
                done, restart = index + 1, ending(stopped) == "restart"


def go_on(run: Any, limits: dict[int, float | None]) -> tuple[str, str, list[int]]:
    """Run cells until one fails.

    Parameters
    ----------
    run : callable
        Of :func:`kernel`.
    limits : dict of int to float or None
        Seconds after which each cell is stopped, if at all.

    Returns
    -------
    outcome : str
        ``"ran"``; ``"told"`` if what failed says what to run; else the error.
    warned : str
        The first warning on the way.
    ran : list of int
        The cells that did not fail.
    """
    warned = ""
    ran: list[int] = []
    for index, limit in limits.items():
        result = run(index, stop_after=limit)
        if result.error and not (limit is not None and "KeyboardInterrupt" in result.error):
            told = "ejecuta" in result.error + result.shown
            return "told" if told else result.error, warned, ran
        ran.append(index)
        warned = warned or result.warned
    return "ran", warned, ran


def ending(stopped: Run) -> str:
    """How a stopped cell ended.

    Returns
    -------
    str
        ``"in time"`` if it ended before it was stopped, ``"restart"`` if it says that only a new
        kernel helps (a library was importing), ``"kept"`` if it says what survives,
        ``"cut"`` if it is Python's own KeyboardInterrupt, ``"silent"`` if it ended as if nothing
        had happened, else the error.
    """
    if stopped.seconds_to_stop is None:
        return "in time"
    if messages.IMPORT_CUT in stopped.shown:
        return "restart"
    if "se conservan" in stopped.shown:
        return "kept"
    if stopped.error.startswith("KeyboardInterrupt"):
        return "cut"
    return stopped.error or "silent"


def faults(stop: dict[str, Any]) -> Iterator[str]:
    """Say what a student would not understand, or would believe wrongly, after a stop."""
    if stop["ended"] == "restart":
        return
    if stop["ended"] not in ("in time", "kept", "cut"):
        yield f"stopped, it ends: {stop['ended']}"
    if stop["next"] not in ("ran", "told"):
        yield f"the next cells: {stop['next']}"
    if stop["warned"]:
        yield f"warns: {stop['warned']}"
    if stop["old values"]:
        yield f"the next cells use old values of {', '.join(stop['old values'])}"
    if stop["again"] != "same":
        yield f"run again: {stop['again']}"


@contextmanager
def kernel(notebook: NotebookNode) -> Iterator[Any]:
    """Start a kernel in an empty folder; yield ``run(index, stop_after=None)`` for its cells."""
    with tempfile.TemporaryDirectory() as folder:
        client: Any = NotebookClient(
            notebook,
            timeout=PATIENCE,
            interrupt_on_timeout=True,
            kernel_name="python3",
            allow_errors=True,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
        )

        def run(index: int, stop_after: float | None = None) -> Run:
            cell = notebook.cells[index]
            stopped: list[float] = []

            def stop() -> None:
                stopped.append(time.perf_counter())
                asyncio.run(client.km.interrupt_kernel())

            timer = threading.Timer(0 if stop_after is None else stop_after, stop)
            client.reset_execution_trackers()  # displays of an earlier run of the cell are gone
            if stop_after is not None:
                client.execute_cell(new_code_cell(_imports(cell)), index)
                notebook.cells[index] = cell  # nbclient has put the other one in its place
            began, cpu = time.perf_counter(), _cpu_seconds(client.km.provisioner.pid)
            if stop_after is not None:
                timer.start()
            client.execute_cell(cell, index)
            ended = time.perf_counter()
            timer.cancel()
            late = round(ended - stopped[0], 1) if stopped else None
            cpu = _cpu_seconds(client.km.provisioner.pid) - cpu
            return Run(*_outputs(cell), ended - began, cpu, late)

        with client.setup_kernel():
            yield run


def _cpu_seconds(pid: int) -> float:
    """Processor time of a process and its children, those that have ended among them."""
    kernel = psutil.Process(pid)
    return sum(sum(p.cpu_times()[:4]) for p in (kernel, *kernel.children(recursive=True)))


def _outputs(cell: NotebookNode) -> tuple[str, str, str]:
    """Error, shown text and warnings of a cell."""
    error = ""
    shown: list[str] = []
    warned: list[str] = []
    for output in cell.outputs:
        if output.output_type == "error":
            error = f"{output.ename}: {output.evalue}".splitlines()[0][:160]
        elif output.output_type == "stream":
            (warned if output.name == "stderr" else shown).append(output.text)
        else:
            shown.append(str(output.data.get("text/plain", "")))
    warning = re.search(r"\w+Warning: .*", "".join(warned))  # without the file that warned
    return error, "".join(shown), warning[0][:160] if warning else ""


def stale(notebook: NotebookNode, index: int, ran: list[int]) -> list[str]:
    """Name what a stopped cell would have bound anew, and the next cells read as it was before.

    Parameters
    ----------
    notebook : NotebookNode
        With the outputs of the stop: the traceback says in which line it came.
    index : int
        Of the stopped cell.
    ran : list of int
        Cells that ran after it.

    Returns
    -------
    list of str
        Names, sorted.
    """
    pending = _pending(notebook.cells[index])
    known = set().union(*(_bound(_tree(notebook.cells[i])) for i in _code(notebook) if i < index))
    found: set[str] = set()
    for other in ran:
        tree = _tree(notebook.cells[other])
        bound = _bound(tree)
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - bound
        found |= read & pending & known
        pending -= bound
    return sorted(found)


def _pending(cell: NotebookNode) -> set[str]:
    """Names that the statements from the stopped one on bind."""
    traceback = next(o.traceback for o in cell.outputs if o.output_type == "error")
    arrow = re.search(r"-+> +(\d+)", COLOURS.sub("", "\n".join(traceback)))
    line = int(arrow[1]) if arrow else 1
    left = [node for node in _tree(cell).body if (node.end_lineno or 0) >= line]
    return _bound(ast.Module(left, []))


def _bound(tree: ast.AST) -> set[str]:
    """Names that a piece of code binds, those of its functions and comprehensions among them."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
    return names


def _imports(cell: NotebookNode) -> str:
    found = [n for n in ast.walk(_tree(cell)) if isinstance(n, ast.Import | ast.ImportFrom)]
    return "\n".join(map(ast.unparse, found))


def _tree(cell: NotebookNode) -> ast.Module:
    lines = cell.source.splitlines()
    return ast.parse("\n".join("" if line.lstrip()[:1] in ("!", "%") else line for line in lines))


def _code(notebook: NotebookNode) -> list[int]:
    cells = enumerate(notebook.cells)
    return [i for i, cell in cells if cell.cell_type == "code" and cell.source.strip()]


def _is_setup(notebook: NotebookNode, index: int) -> bool:
    return "setup" in notebook.cells[index].metadata.get("tags", [])


def _section(notebook: NotebookNode, index: int) -> str:
    """Number of the last section that begins above a cell."""
    above = "\n".join(c.source for c in notebook.cells[:index] if c.cell_type == "markdown")
    numbers = re.findall(r"^#+ .*?(\d+\.\d+)", above, re.M)
    return numbers[-1] if numbers else "—"


if __name__ == "__main__":
    sys.exit(main())
