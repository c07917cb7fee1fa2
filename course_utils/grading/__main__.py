"""The command line: ``python -m course_utils.grading``, or ``make grade``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from course_utils import grading, messages
from course_utils._notices import say

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade; return the exit status: 0, 2 for a mistake of the grader, 130 if interrupted."""
    parser = argparse.ArgumentParser(prog="make grade", description=grading.__doc__)
    parser.add_argument("source")
    parser.add_argument("--out", type=Path, default=Path("notas"))
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--sin-aislamiento", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        if not chosen.source:
            text = messages.GRADER_NO_SOURCE.format(source="«SUBMISSIONS»")
            raise grading.GraderError(text)
        report = grading.grade(
            _expanded(Path(chosen.source)),
            _expanded(chosen.out),
            chosen.seed,
            isolated=not chosen.sin_aislamiento,
            workers=chosen.workers,
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


def _expanded(path: Path) -> Path:
    """A path with its ``~`` replaced; quoted, or after ``OUT=``, the shell leaves it in."""
    try:
        return path.expanduser()
    except RuntimeError:  # no such user, or one without a home
        raise grading.GraderError(messages.GRADER_NO_HOME.format(path=path)) from None


if __name__ == "__main__":
    sys.exit(main())
