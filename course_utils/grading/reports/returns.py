"""What goes home to a platform: marks and pages under the names by which it knows its students."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from course_utils import messages
from course_utils._atomic import write_bytes
from course_utils.grading.errors import GraderError
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reports.marks import Record
from course_utils.numerals import read_number

__all__ = ["check_sheet", "write_returns"]

_GRADE = re.compile(r"grade|calificaci[oó]n|nota|puntuaci[oó]n", re.IGNORECASE)
_MOST = re.compile(
    r"maximum grade|(calificaci[oó]n|nota|puntuaci[oó]n) m[aá]xima|nota m[aá]x.*", re.IGNORECASE
)
_NUMBER = re.compile(r"\D*(\d+)")
_NBGRADER = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
_PLAIN, _CANVAS, _BOOK = "notas_sencillas.csv", "canvas.csv", "nbgrader.csv"
_ZIP, _SHEET = "moodle_comentarios.zip", "moodle_calificaciones.csv"
Rows = list[list[str]]


def write_returns(
    out: Path,
    records: Sequence[Record],
    exercises: Sequence[Exercise],
    pages: Mapping[str, Path],
    sheet: Path | None,
) -> None:
    """Write the folder ``plataforma``: a plain table, and what the recognised platform takes.

    Parameters
    ----------
    out : Path
        The folder of the marks.
    records : sequence of Record
        The students.
    exercises : sequence of Exercise
        Those of the marks.
    pages : dict of str to Path
        Student → page.
    sheet : Path, optional
        The grading worksheet that Moodle gave out, to be filled.
    """
    folder = out / "plataforma"
    folder.mkdir(exist_ok=True)
    for name in (_PLAIN, _CANVAS, _BOOK, _ZIP, _SHEET):  # of a class that was read otherwise
        (folder / name).unlink(missing_ok=True)
    out_of = sum(question.points for exercise in exercises for question in exercise.questions)
    plain = [[r.student, _mark(r), _number(out_of)] for r in records]
    _write(folder / _PLAIN, [list(messages.GRADER_PLAIN_COLUMNS), *plain])
    layouts = {record.person.layout for record in records}
    if "canvas" in layouts:
        _write(folder / _CANVAS, _canvas(records, exercises, out_of))
    if "nbgrader" in layouts:
        _write(folder / _BOOK, [list(_NBGRADER), *_nbgrader(records, exercises)])
    if "moodle" in layouts:
        _feedback_zip(folder / _ZIP, records, pages)
    if sheet is not None:
        _write(folder / _SHEET, _filled(sheet, records, out_of))


def check_sheet(sheet: Path) -> None:
    """Raise a GraderError now, not after an hour, if a worksheet is none."""
    _columns(sheet, _read(sheet))


def _canvas(records: Sequence[Record], exercises: Sequence[Exercise], out_of: float) -> Rows:
    """Canvas finds a student by its ID, and makes a column that it does not know."""
    title = ", ".join(exercise.stem for exercise in exercises)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title]
    most = ["    Points Possible", "", "", "", "", _number(out_of)]
    rows = [
        [record.student, record.person.number, "", "", "", _mark(record)]
        for record in records
        if record.person.layout == "canvas"
    ]
    return [head, most, *rows]


def _nbgrader(records: Sequence[Record], exercises: Sequence[Exercise]) -> Rows:
    """One line for each student and assignment, as ``nbgrader export`` writes them."""
    rows = []
    for exercise in exercises:
        most = sum(question.points for question in exercise.questions)
        for record in records:
            answers = [record.answers[question.name] for question in exercise.questions]
            points = _number(sum(answer.points or 0.0 for answer in answers))
            who = [record.student, "", "", ""]
            rows.append([exercise.stem, "", "", *who, points, "0", points, _number(most)])
    return rows


def _feedback_zip(path: Path, records: Sequence[Record], pages: Mapping[str, Path]) -> None:
    """Moodle parts a name at ``_`` and finds the student by the second part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in records:
            page = pages.get(record.student)
            if record.person.layout == "moodle" and page is not None and page.is_file():
                name = zipfile.ZipInfo(f"{record.person.slot}/comentarios.html")
                archive.writestr(name, page.read_bytes(), zipfile.ZIP_DEFLATED)
    write_bytes(path, buffer.getvalue())


def _filled(sheet: Path, records: Sequence[Record], out_of: float) -> Rows:
    """The worksheet with the marks of those whom it names; all the rest as it was."""
    rows = _read(sheet)
    grade, most = _columns(sheet, rows)
    by_number = {r.person.number: r for r in records if r.person.layout == "moodle"}
    for row in rows[1:]:
        number = _NUMBER.fullmatch(row[0]) if row else None
        record = by_number.get(number[1]) if number else None
        if record is not None and record.chosen and len(row) > max(grade, most):
            top = read_number(row[most]) or out_of
            points = f"{record.points * top / out_of if out_of else 0.0:.2f}"
            row[grade] = points.replace(".", ",") if "," in row[most] else points
    return rows


def _columns(sheet: Path, rows: Rows) -> tuple[int, int]:
    """Where the grade and the maximum grade stand."""
    head = [name.strip() for name in rows[0]] if rows else []
    grade = next((i for i, name in enumerate(head) if _GRADE.fullmatch(name)), None)
    most = next((i for i, name in enumerate(head) if _MOST.fullmatch(name)), None)
    if grade is None or most is None:
        text = messages.GRADER_BAD_SHEET.format(file=sheet, columns=", ".join(head[:12]))
        raise GraderError(text)
    return grade, most


def _read(sheet: Path) -> Rows:
    try:
        text = sheet.read_bytes().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        text = messages.GRADER_BAD_REVIEW.format(file=sheet, error=error)
        raise GraderError(text) from None


def _write(path: Path, rows: Rows) -> None:
    """UTF-8 with commas and points, and no mark in front: what programs read."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([[_harmless(cell) for cell in row] for row in rows])
    write_bytes(path, buffer.getvalue().encode("utf-8", "replace"))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in tuple("=+-@＝＋－＠\t\r\n") else cell


def _mark(record: Record) -> str:
    """The points; nothing for whom no notebook could be marked: that is for a person to decide."""
    return _number(record.points) if record.chosen else ""


def _number(value: float) -> str:
    return f"{value:g}"
