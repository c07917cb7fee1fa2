"""Writes what a grading leaves for people: tables, one page per student, the class at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from course_utils import messages
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.marks import Record
from course_utils.grading.reports.pages import file_names, student_page
from course_utils.grading.reports.returns import write_returns
from course_utils.grading.reports.reviews import Review
from course_utils.grading.reports.sheets import Style, write_csv
from course_utils.grading.reports.summary import write_summary
from course_utils.grading.workers import Failed, Workers

__all__ = ["write_reports"]

_GROUP = 20  # pages of a request


def write_reports(
    out: Path,
    records: Sequence[Record],
    reviews: Sequence[Review],
    exercises: Sequence[Exercise],
    workers: Workers,
    style: Style,
    sheet: Path | None = None,
) -> list[Review]:
    """Write ``notas.csv``, ``revisar.csv``, ``comentarios/``, ``resumen.html``, ``plataforma/``.

    Parameters
    ----------
    out : Path
        The folder.
    records, reviews : sequences
        What :func:`~course_utils.grading.reports.marks.assemble` returned.
    exercises : sequence of Exercise
        Those that somebody handed in.
    workers : Workers
        Write the pages.
    style : Style
        How tables are written.
    sheet : Path, optional
        The platform's worksheet, to be filled.

    Returns
    -------
    list of Review
        All of ``revisar.csv``: `reviews`, and the pages that could not be written.
    """
    names = file_names(record.student for record in records)
    pages = {student: out / "comentarios" / name for student, name in names.items()}
    failed = _write_pages(pages, records, exercises, workers)
    reviews = sorted([*reviews, *failed], key=lambda review: tuple(map(str, review.row())))
    _write_marks(out / "notas.csv", records, exercises, style)
    rows = [review.row() for review in reviews]
    write_csv(out / "revisar.csv", messages.GRADER_REVIEW_COLUMNS, rows, style)
    files = sum(len(record.submissions) for record in records)
    line = messages.SUMMARY_LINE.format(students=len(records), files=files, review=len(reviews))
    write_summary(out, records, exercises, line)
    write_returns(out, records, exercises, pages, sheet)
    return reviews


def _write_marks(
    path: Path, records: Sequence[Record], exercises: Sequence[Exercise], style: Style
) -> None:
    questions = [question for exercise in exercises for question in exercise.questions]
    states = [messages.GRADER_STATE_COLUMN.format(question=q.name) for q in questions]
    head = [*messages.GRADER_COLUMNS, *(question.name for question in questions), *states]
    out_of = sum(question.points for question in questions)
    rows = []
    for record in records:
        answers = [record.answers[question.name] for question in questions]
        labels = "; ".join(file.label for file in record.submissions)
        points = ["" if answer.points is None else answer.points for answer in answers]
        mark = messages.GRADER_FINAL if record.is_final else messages.GRADER_PROVISIONAL
        totals = (record.student, labels, record.points, out_of, record.pending(questions), mark)
        rows.append([*totals, *points, *(answer.state for answer in answers)])
    write_csv(path, head, rows, style)


def _write_pages(
    paths: Mapping[str, Path],
    records: Sequence[Record],
    exercises: Sequence[Exercise],
    workers: Workers,
) -> list[Review]:
    """Write all pages; a row for each that could not be written."""
    pages = [
        {"path": str(paths[record.student]), "values": student_page(record, exercises)}
        for record in records
    ]
    groups = [pages[start : start + _GROUP] for start in range(0, len(pages), _GROUP)]
    for folder in {path.parent for path in paths.values()}:
        folder.mkdir(exist_ok=True)
        for path in folder.glob("*.html"):
            if path not in paths.values() and path.is_file():
                path.unlink()  # of a submission that is no longer there
    written = workers.ask_in_groups("write_pages", groups)
    return [
        Review(record.student, paths[record.student].name, "page", detail=messages.GRADER_NO_PAGE)
        for record, answer in zip(records, written, strict=True)
        if isinstance(answer, Failed)
    ]
