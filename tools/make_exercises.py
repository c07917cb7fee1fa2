"""Make ``exercises/NN_tema.ipynb`` from ``solutions/NN_tema.ipynb``, their only source.

    python -m tools.make_exercises           run the solutions, store their outputs, write exercises
    python -m tools.make_exercises --check   write nothing; exit 1 if something is not up to date

A solution is an ordinary notebook with these conventions:

* lines from ``### BEGIN SOLUTION`` to ``### END SOLUTION`` are replaced by ``# Tu código aquí``;
  the stub that stays (``return ...``, ``best = ...``) is written outside them, before or after;
* a cell ``check("name")`` checks the question of that name (it gets its points from there);
* a text cell with the mark ``<!-- respuesta: name -->`` is a free text; what follows the mark's
  line is the model answer, and goes;
* the output of a cell tagged ``target-NAME`` is shown where a text cell says
  ``<!-- objetivo: NAME -->``; other outputs are cleared, but for cells tagged ``keep-output``;
* cells tagged ``solution-only`` are left out;
* a last cell says what to hand in.

The metadata that nbgrader needs are filled in here, in the solutions too.
"""

from __future__ import annotations

import copy
import os
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_utils._atomic import write_text
from course_utils.checks import questions
from tools import notebooks

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS, EXERCISES = ROOT / "solutions", ROOT / "exercises"
REGION = re.compile(
    r"^([ \t]*)### BEGIN SOLUTION[^\n]*\n.*?^[ \t]*### END SOLUTION[^\n]*$",
    re.DOTALL | re.MULTILINE,
)
CHECK = re.compile(r'^check\("(\w+)"\)$', re.MULTILINE)
ANSWER = re.compile(r"<!-- respuesta: (\w+) -->")
TARGET = re.compile(r"<!-- objetivo: ([\w-]+) -->")
HERE = "# Tu código aquí"
WRITE_HERE = "*Escribe aquí tu respuesta (haz doble clic en este texto).*"
HAND_IN = """## Entrega

1. En el menú, *Kernel → Restart Kernel and Run All Cells…* (en Colab, *Entorno de ejecución → \
Reiniciar sesión y ejecutar todo*): una respuesta que solo vive en la memoria no se entrega.
2. Mira que cada `check` diga lo que esperas y guarda (*Ctrl + S*; en Mac, *⌘ S*).
3. Entrega **un solo archivo, este cuaderno**: `exercises/{name}` en la carpeta del curso (en \
Colab, *Archivo → Descargar → Descargar .ipynb*), con ese nombre, en el sitio que te haya dicho \
quien da el curso. Si la plataforma le añade algo al nombre, no pasa nada.

No hace falta entregar nada más: ni datos, ni modelos guardados, ni `mi_curso.json`. Para ver lo \
que llevas resuelto de todos los ejercicios: `from course_utils import progress_page` y \
`progress_page()`."""


def main(arguments: list[str]) -> int:
    checking = "--check" in arguments
    named = [Path(argument) for argument in arguments if not argument.startswith("--")]
    stale = []
    for path in named or sorted(SOLUTIONS.glob("*.ipynb")):
        solution = nbformat.read(path, as_version=4)
        if not checking:
            solution = run(annotate(solution), path.parent)
            write_text(path, nbformat.writes(solution) + "\n")
        wanted = nbformat.writes(exercise(solution, path.name)) + "\n"
        target = EXERCISES / path.name
        if checking and (not target.exists() or target.read_text(encoding="utf-8") != wanted):
            stale.append(target.name)
        elif not checking:
            write_text(target, wanted)
            print(f"exercises/{path.name}: {len(solution.cells)} cells")
    if stale:
        print(f"not up to date, run `make exercises`: {', '.join(stale)}")
    return int(bool(stale))


# --- solutions -----------------------------------------------------------------------------------
def annotate(notebook: NotebookNode) -> NotebookNode:
    """Fill in nbgrader's metadata, from what the cells say."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata = nbformat.from_dict(notebooks.METADATA)
    points = {question.name: question.points for question in questions()}
    following = ""  # the check that comes next, going backwards
    used: dict[str, int] = {}
    for cell in reversed(notebook.cells):
        cell.metadata.pop("nbgrader", None)
        if cell.cell_type == "code" and (match := CHECK.search(cell.source)):
            following = match[1]
            cell.metadata.nbgrader = _grading(f"comprueba_{following}", points[following], True)
        elif cell.cell_type == "code" and REGION.search(cell.source):
            used[following] = used.get(following, 0) + 1
            suffix = f"_{used[following]}" if used[following] > 1 else ""
            cell.metadata.nbgrader = _grading(f"escribe_{following}{suffix}", None, False)
        elif cell.cell_type == "markdown" and (match := ANSWER.search(cell.source)):
            cell.metadata.nbgrader = _grading(match[1], points[match[1]], False)
    return notebook


def _grading(grade_id: str, points: float | None, locked: bool) -> NotebookNode:
    """One cell's metadata as nbgrader 0.9 writes them (schema 3)."""
    data: dict[str, Any] = {
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": not locked,
        "task": False,
    }
    return NotebookNode(data if points is None else data | {"points": points})


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run a notebook from top to bottom on the data that come with the course."""
    os.environ |= {"COURSE_BUDGET": "clase", "COURSE_DATA": "embedded", "COURSE_NOTES": ""}
    notebooks.run(notebook, folder, cell_timeout=300)
    return notebook


# --- exercises -----------------------------------------------------------------------------------
def exercise(solution: NotebookNode, name: str) -> NotebookNode:
    """The exercise that belongs to a solution whose outputs are stored, in a file of this name."""
    notebook = copy.deepcopy(solution)
    targets = dict(_targets(notebook.cells))
    notebook.cells = [cell for cell in notebook.cells if "solution-only" not in _tags(cell)]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _filled(cell.source, targets)
        else:
            cell.source = strip(cell.source)
            cell.execution_count = None
            if "keep-output" not in _tags(cell):
                cell.outputs = []
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = None
    closing = nbformat.v4.new_markdown_cell(HAND_IN.format(name=name), id="entrega")
    notebook.cells.append(closing)
    return notebook


def strip(source: str) -> str:
    """Take the solutions out of a cell's code."""
    return REGION.sub(lambda match: match[1] + HERE, source)


def _filled(text: str, targets: dict[str, str]) -> str:
    if match := ANSWER.search(text):
        text = f"{text[: match.end()]}\n\n{WRITE_HERE}"
    return TARGET.sub(lambda match: f"```text\n{targets[match[1]]}\n```", text)


def _targets(cells: Iterable[NotebookNode]) -> Iterable[tuple[str, str]]:
    """Name and printed text of the cells tagged ``target-NAME``."""
    for cell in cells:
        for tag in _tags(cell):
            if tag.startswith("target-"):
                printed = [o.get("text", "") or o.data["text/plain"] for o in cell.outputs]
                yield tag.removeprefix("target-"), textwrap.dedent("".join(printed)).strip("\n")


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
