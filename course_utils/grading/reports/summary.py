"""The class at a glance: states per question, frequent mistakes, one picture."""

from __future__ import annotations

import base64
import html
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_utils import messages, plots
from course_utils._atomic import write_bytes, write_text
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.feedback import COLORS, document
from course_utils.grading.reports.marks import Record

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["state_bars", "write_summary"]

_SHOWN = tuple(COLORS)


def write_summary(
    out: Path, records: Sequence[Record], exercises: Sequence[Exercise], line: str
) -> None:
    """Write ``resumen.html`` and ``resumen.png``.

    Parameters
    ----------
    out : Path
        The folder.
    records, exercises : sequences
        What the marks hold.
    line : str
        First line: how many students and files.
    """
    questions = [q for exercise in exercises for q in exercise.questions]
    counts = {q.name: Counter(r.answers[q.name].state for r in records) for q in questions}
    mistakes = Counter(
        (q.name, r.answers[q.name].misconception)
        for q in questions
        for r in records
        if r.answers[q.name].misconception
    )
    figure = state_bars({f"{q.lesson} · {q.name}": counts[q.name] for q in questions})
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    write_bytes(out / "resumen.png", buffer.getvalue())
    picture = base64.b64encode(buffer.getvalue()).decode("ascii")
    states = [s for s in _SHOWN if any(count[s] for count in counts.values())]
    head = ("", *(messages.GRADER_STATES[state] for state in states))
    rows = [(f"{q.lesson} · {q.title}", *(counts[q.name][s] for s in states)) for q in questions]
    named = [(name, key.replace("_", " "), count) for (name, key), count in mistakes.most_common()]
    frequent = _table(messages.SUMMARY_MISTAKE_COLUMNS, named)
    body = [
        f"<p>{html.escape(line)}</p>",
        f'<img alt="{html.escape(messages.SUMMARY_ALT)}" src="data:image/png;base64,{picture}">',
        f"<h2>{html.escape(messages.SUMMARY_COUNTS)}</h2>{_table(head, rows)}",
        f"<h2>{html.escape(messages.SUMMARY_MISTAKES)}</h2>",
        frequent if named else f"<p>{html.escape(messages.SUMMARY_NO_MISTAKES)}</p>",
    ]
    page = document(messages.SUMMARY_TITLE, "\n".join(body))
    write_text(out / "resumen.html", page, errors="replace")


def _table(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> str:
    def line(cells: Sequence[Any], tag: str) -> str:
        return "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in cells)

    body = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    return f"<table><tr>{line(head, 'th')}</tr>{body}</table>"


def state_bars(counts: dict[str, Counter[str]]) -> Figure:
    """Draw one stacked bar per question, one colour per state.

    Parameters
    ----------
    counts : dict of str to Counter
        Question → state → number of students.

    Returns
    -------
    matplotlib.figure.Figure
        Its title names the question with the fewest right answers among those handed in.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    with mpl.rc_context():
        plots.use_style()
        figure = Figure(figsize=(8, 1.8 + 0.42 * len(counts)))
        axes = figure.subplots()
        left = dict.fromkeys(counts, 0)
        for state, color in COLORS.items():
            widths = [count[state] for count in counts.values()]
            if any(widths):
                label = messages.GRADER_STATES[state]
                starts = list(left.values())
                axes.barh(list(counts), widths, left=starts, color=color, label=label)
                left = {name: left[name] + counts[name][state] for name in counts}
        axes.invert_yaxis()
        axes.set_xlabel(messages.SUMMARY_AXIS)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y", visible=False)
        axes.set_title(_finding(counts))
        handles = min(4, len(axes.get_legend_handles_labels()[0])) or 1
        axes.legend(
            loc="upper center",
            bbox_to_anchor=(0.4, -0.45 / max(1, len(counts)) - 0.12),
            ncols=handles,
        )
    return figure


def _finding(counts: dict[str, Counter[str]]) -> str:
    judged = {}
    for name, count in counts.items():
        tried = sum(count[s] for s in ("correcto", "incorrecto", "fallo", "no_verificable"))
        if tried:
            judged[name] = count["correcto"] / tried
    hardest = min(judged, key=lambda name: judged[name], default=None)
    if hardest is None or judged[hardest] == 1:
        return messages.SUMMARY_FIGURE_ALL if judged else messages.SUMMARY_TITLE
    return messages.SUMMARY_FIGURE.format(question=hardest)
