"""The command line: ``python -m course_utils.grading``, or ``make grade``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from course_utils import grading, messages
from course_utils._notices import say
from course_utils.grading.reports.sheets import STYLES

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade; return the exit status: 0, 2 for a mistake of the grader, 130 if interrupted."""
    chosen = _parser().parse_args(arguments)
    try:
        if not chosen.source:
            text = messages.GRADER_NO_SOURCE.format(source="«SUBMISSIONS»")
            raise grading.GraderError(text)
        source = _expanded(Path(chosen.source))
        if chosen.dry_run:
            say(grading.list_class(source, only=chosen.exercise))
            return 0
        report = grading.grade(
            source,
            _expanded(chosen.out),
            chosen.seed,
            isolated=not chosen.sin_aislamiento,
            workers=chosen.workers,
            only=chosen.exercise,
            excel=chosen.excel,
            sheet=_expanded(chosen.sheet) if chosen.sheet else None,
        )
    except grading.GraderError as error:
        say(str(error), sys.stderr)
        return 2
    except KeyboardInterrupt:
        say(f"\n{messages.GRADER_INTERRUPTED}", sys.stderr)
        return 130
    say(
        messages.GRADER_DONE.format(
            students=len(report.records),
            files=report.files,
            review=len(report.reviews),
            out=chosen.out,
        )
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make grade", description=grading.__doc__)
    add = parser.add_argument
    add("source", help="folder or zip of submissions")
    add("--out", type=Path, default=Path("notas"), help="where to write (default: notas)")
    add("--exercise", nargs="+", default=[], metavar="NN", help="grade these exercises only")
    add("--dry-run", action="store_true", help="print who is who; run and write nothing")
    add("--excel", choices=sorted(STYLES), default="", help="es: tables for a Spanish Excel")
    add("--sheet", type=Path, help="grading worksheet of a Moodle assignment, to be filled")
    add("--seed", type=int, help="the secret seed (default: the folder's, or a new one)")
    add("--workers", type=int, help="notebooks at once")
    add("--sin-aislamiento", action="store_true", help="run without walls: trusts everybody")
    return parser


def _expanded(path: Path) -> Path:
    """A path with its ``~`` replaced; quoted, or after ``OUT=``, the shell leaves it in."""
    try:
        return path.expanduser()
    except RuntimeError:  # no such user, or one without a home
        raise grading.GraderError(messages.GRADER_NO_HOME.format(path=path)) from None


if __name__ == "__main__":
    sys.exit(main())
