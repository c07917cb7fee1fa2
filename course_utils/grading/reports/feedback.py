"""One page per student, in Spanish. Whatever came from a notebook is escaped; no script can run."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Sequence

from course_utils import messages
from course_utils.checks import Question
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.marks import Answer, Record

__all__ = ["COLORS", "document", "file_name", "page"]

COLORS = {
    "correcto": "#009E73",
    "incorrecto": "#D55E00",
    "fallo": "#CC79A7",
    "sin_intentar": "#999999",
    "no_verificable": "#E69F00",
    "por_revisar": "#0072B2",
    "sin_entregar": "#DDDDDD",
    "archivo_ilegible": "#000000",
}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:0}"
    ".q{border-left:6px solid;padding:.3rem .8rem;margin:1rem 0}.m{white-space:pre-wrap;"
    "overflow-wrap:anywhere}code{background:#f2f2f2;padding:0 .2em}table{border-collapse:collapse}"
    "td,th{border:1px solid #bbb;padding:.2rem .6rem;text-align:left}img{max-width:100%}"
)


def document(title: str, body: str) -> str:
    """A whole page around a body that is HTML already; `title` is text."""
    return (
        '<!doctype html>\n<html lang="es"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{html.escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def file_name(student: str) -> str:
    """A name for a student's page: safe on every system, different for every student."""
    plain = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode()
    short = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")[:40] or "entrega"
    if short == student:
        return f"{short}.html"
    return f"{short}-{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:6]}.html"


def page(record: Record, exercises: Sequence[Exercise]) -> str:
    """The feedback of one student.

    Parameters
    ----------
    record : Record
        What is known.
    exercises : sequence of Exercise
        Those of the marks.

    Returns
    -------
    str
        HTML without script.
    """
    parts = [f"<p>{html.escape(messages.FEEDBACK_NOTE)}</p>"]
    parts += [_exercise(record, exercise) for exercise in exercises]
    files = "".join(
        f"<li>{html.escape(entry.label)}"
        f"{': ' + html.escape(entry.problem) if entry.problem else ''}</li>"
        for entry in record.entries
    )
    parts.append(f"<h2>{html.escape(messages.FEEDBACK_FILES)}</h2><ul>{files}</ul>")
    return document(messages.FEEDBACK_TITLE.format(student=record.student), "\n".join(parts))


def _exercise(record: Record, exercise: Exercise) -> str:
    if exercise.lesson not in record.chosen:
        said = html.escape(messages.FEEDBACK_NOT_SENT)
        return f"<h2>{html.escape(exercise.stem)}</h2><p>{said}</p>"
    answers = [(question, record.answers[question.name]) for question in exercise.questions]
    won = sum(answer.points or 0.0 for _, answer in answers)
    pending = sum(q.points for q, answer in answers if answer.state == "por_revisar")
    total = messages.FEEDBACK_POINTS.format(
        points=f"{won:g}", out_of=f"{sum(q.points for q, _ in answers):g}"
    )
    if pending:
        total += messages.FEEDBACK_PENDING.format(pending=f"{pending:g}")
    parts = [f"<h2>{html.escape(exercise.stem)}: {html.escape(total)}</h2>"]
    parts += [_question(question, answer) for question, answer in answers]
    parts.append(_cells(record, exercise))
    return "\n".join(parts)


def _question(question: Question, answer: Answer) -> str:
    message = answer.message
    if question.free_text:
        waiting = answer.state == "por_revisar"
        message = messages.FEEDBACK_TEXT if waiting else messages.FEEDBACK_NO_TEXT
    body = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(message))
    body = re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", body)
    state = html.escape(messages.GRADER_STATES[answer.state])
    points = ""
    if answer.points is not None:
        points = messages.FEEDBACK_POINTS.format(
            points=f"{answer.points:g}", out_of=f"{question.points:g}"
        )
        points = f" · {html.escape(points)}"
    return (
        f'<div class="q" style="border-color:{COLORS[answer.state]}">'
        f"<h3>{html.escape(question.title)}</h3><p><b>{state}</b>{points}</p>"
        f'<div class="m">{body}</div></div>'
    )


def _cells(record: Record, exercise: Exercise) -> str:
    items = []
    for number, run in enumerate(record.chosen[exercise.lesson].result["cells"], 1):
        if run["status"] != "ok":
            what = messages.GRADER_CELL[run["status"]].format(error=run["error"])
            items.append(messages.FEEDBACK_CELL.format(cell=number, what=what))
    if not items:
        return ""
    rows = "".join(f"<li>{html.escape(item)}</li>" for item in items)
    return f"<h3>{html.escape(messages.FEEDBACK_CELLS)}</h3><ul>{rows}</ul>"
