"""The class at a glance: states per question, frequent mistakes, one picture."""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from course_utils import messages, plots
from course_utils._atomic import write_bytes, write_text
from course_utils.checks import Question
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.marks import Record
from course_utils.grading.reports.pages import COLORS, render

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["state_bars", "write_summary"]


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
    picture = _picture({f"{q.lesson} · {q.name}": counts[q.name] for q in questions})
    write_bytes(out / "resumen.png", picture)
    states = [state for state in COLORS if any(count[state] for count in counts.values())]
    text = render(
        "class.html",
        title=messages.SUMMARY_TITLE,
        line=line,
        picture=base64.b64encode(picture).decode("ascii"),
        head=("", *(messages.GRADER_STATES[state] for state in states)),
        rows=[(f"{q.lesson} · {q.title}", *(counts[q.name][s] for s in states)) for q in questions],
        mistakes=_mistakes(records, questions),
    )
    write_text(out / "resumen.html", text, errors="replace")


def _mistakes(
    records: Sequence[Record], questions: Sequence[Question]
) -> list[tuple[str, str, int]]:
    """Question, name of the mistake, students; the most frequent first."""
    found = Counter(
        (question.name, record.answers[question.name].misconception)
        for question in questions
        for record in records
        if record.answers[question.name].misconception
    )
    return [(name, key.replace("_", " "), count) for (name, key), count in found.most_common()]


def _picture(counts: dict[str, Counter[str]]) -> bytes:
    buffer = io.BytesIO()
    state_bars(counts).savefig(buffer, format="png")
    return buffer.getvalue()


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
        for state, (color, _) in COLORS.items():
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
        if counts:
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
