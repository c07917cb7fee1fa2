"""The core path of a lesson: how long it takes a student, by one rule, and what is folded.

The core path is what a lesson must fit into an hour: every cell that does not stand under a heading
with «Para profundizar» (or in the references). Reading at 130 words a minute, 8 s a line of code
(the first cell, the same in every notebook, is not read), a minute a prediction, three minutes a
check, and the computing that was measured.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

__all__ = ["CORE", "DEEPER", "LessonTime", "core_cells", "fold", "lesson_time"]

DEEPER = "Para profundizar"
_HEADING = re.compile(r"^(#{2,3}) (.+)$", re.MULTILINE)
_NOT_READ = re.compile(r"<!--.*?-->|\]\([^)]*\)|<[^>]+>", re.DOTALL)
CORE = re.compile(r"\*\*Camino esencial:\*\* (\d+) minutos[^\n]*")
_MEASURED = re.compile(r"\*\*Tiempo medido:\*\* (\d+) s")
WORDS_A_MINUTE, SECONDS_A_LINE = 130, 8
MINUTES_A_PREDICTION, MINUTES_A_CHECK = 1, 3


@dataclass(frozen=True)
class LessonTime:
    """What the core path of a lesson holds, and the measured seconds of the whole lesson."""

    words: int
    lines: int
    predictions: int
    checks: int
    seconds: int

    @property
    def minutes(self) -> int:
        """Minutes of a student on the core path, rounded up; the computing of all cells counts."""
        reading = self.words / WORDS_A_MINUTE + self.lines * SECONDS_A_LINE / 60
        doing = self.predictions * MINUTES_A_PREDICTION + self.checks * MINUTES_A_CHECK
        return math.ceil(reading + doing + self.seconds / 60)


def lesson_time(notebook: NotebookNode) -> LessonTime:
    """Count a lesson's core path.

    Parameters
    ----------
    notebook : NotebookNode
        A lesson; its measured seconds stand in the goals («Tiempo medido»).

    Returns
    -------
    LessonTime
    """
    cells = [cell for cell in core_cells(notebook) if "setup" not in cell.metadata.get("tags", [])]
    prose = " ".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    measured = _MEASURED.search("\n".join(cell.source for cell in notebook.cells[:3]))
    return LessonTime(
        words=len(re.findall(r"\w+", _NOT_READ.sub(" ", prose))),
        lines=sum(bool(line.strip()) for line in code.splitlines()),
        predictions=prose.count("**Predice") + len(re.findall(r"^guess\(", code, re.MULTILINE)),
        checks=len(re.findall(r"^check\(", code, re.MULTILINE)),
        seconds=int(measured[1]) if measured else 0,
    )


def core_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Go through the cells of the core path, in order.

    A second-level heading ends what a second- or third-level one began; a third-level heading ends
    only what a third-level one began.

    Parameters
    ----------
    notebook : NotebookNode
        A lesson.

    Yields
    ------
    NotebookNode
    """
    skipped = {"##": False, "###": False}
    for cell in notebook.cells:
        heading = _HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        if heading:
            level, title = heading.groups()
            skipped[level] = DEEPER in title or title == "Referencias"
            if level == "##":
                skipped["###"] = False
        if not any(skipped.values()):
            yield cell


def fold(notebook: NotebookNode) -> None:
    """Fold what goes deeper, hide the answers of predictions, and write the core path's minutes.

    JupyterLab and Colab show a folded heading and a hidden output as one line to click on; running
    a cell shows its output again. An answer is a cell with the tag ``answer``.

    Parameters
    ----------
    notebook : NotebookNode
        A lesson; changed in place.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = _HEADING.search(cell.source)
            folded = {"jp-MarkdownHeadingCollapsed": True, "heading_collapsed": True}
            if heading and DEEPER in heading[2]:
                cell.metadata.update(folded)
        elif "answer" in cell.metadata.get("tags", []):
            cell.metadata.update({"collapsed": True, "jupyter": {"outputs_hidden": True}})
    minutes = lesson_time(notebook).minutes
    line = (
        f"**Camino esencial:** {minutes} minutos, entre leer, leer código, predecir, probar y "
        "calcular. Lo marcado «Para profundizar» viene plegado y se puede saltar."
    )
    for cell in notebook.cells[:3]:
        cell.source = CORE.sub(line, cell.source)
