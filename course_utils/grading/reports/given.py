"""Points and comments that a person wrote into ``revisar.csv``, read back and kept."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from course_utils import messages
from course_utils.grading.errors import GraderError
from course_utils.grading.reports.reviews import Review
from course_utils.grading.reports.sheets import read_csv
from course_utils.numerals import read_number

__all__ = ["Given", "keep_old", "read_given"]

_STUDENT, _, _, _QUESTION, _POSSIBLE, _POINTS, _COMMENT, _, _KEY = messages.GRADER_REVIEW_COLUMNS


@dataclass(frozen=True)
class Given:
    """What a person said of one answer; `points` is None if only commented."""

    points: float | None
    comment: str = ""


def read_given(path: Path) -> dict[str, Given]:
    """Read what a person wrote into the table of the last run.

    Parameters
    ----------
    path : Path
        ``revisar.csv``, as saved by whatever spreadsheet; there may be none.

    Returns
    -------
    dict of str to Given
        By the key of the row (:attr:`~course_utils.grading.reports.reviews.Review.key`).

    Raises
    ------
    GraderError
        If the table cannot be read, or points are no number or outside of what the question gives:
        nothing is overwritten then.
    """
    if not path.exists():
        return {}
    try:
        rows = read_csv(path)
    except (csv.Error, OSError) as error:
        text = messages.GRADER_BAD_REVIEW.format(file=path, error=error)
        raise GraderError(text) from None
    found: dict[str, Given] = {}
    for number, row in enumerate(rows, 2):
        written, comment = row.get(_POINTS, "").strip(), row.get(_COMMENT, "").strip()
        if written or comment:
            points = _points(path, number, row, written) if written else None
            found[row.get(_KEY, "").strip()] = Given(points, comment)
    return found


def _points(path: Path, number: int, row: Mapping[str, str], written: str) -> float:
    possible = read_number(row.get(_POSSIBLE, ""))
    points = read_number(written)
    if possible is None or points is None or not 0 <= points <= possible:
        text = messages.GRADER_BAD_POINTS.format(
            file=path.name,
            row=number,
            student=row.get(_STUDENT, ""),
            question=row.get(_QUESTION, ""),
            written=written,
            possible="0" if possible is None else f"{possible:g}",
        )
        raise GraderError(text)
    return points


def keep_old(path: Path, given: Mapping[str, Given], reviews: Iterable[Review]) -> str:
    """Keep a copy of the old table if something that a person wrote has no row in the new one.

    Parameters
    ----------
    path : Path
        ``revisar.csv``, not written anew yet.
    given : dict of str to Given
        What was read in it.
    reviews : iterable of Review
        The rows of the new one.

    Returns
    -------
    str
        A sentence that says so, or nothing.
    """
    lost = given.keys() - {review.key for review in reviews}
    if not lost:
        return ""
    kept = path.with_name(messages.GRADER_OLD_REVIEW)
    shutil.copyfile(path, kept)
    return messages.GRADER_KEPT.format(count=len(lost), file=kept)
