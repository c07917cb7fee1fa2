"""Where the course lies on the disk."""

from pathlib import Path

__all__ = ["EXERCISES", "LESSONS", "PACKAGE", "SOLUTIONS", "TRIAL_BANK"]

PACKAGE = Path(__file__).resolve().parents[1]
EXERCISES = PACKAGE.parent / "exercises"
LESSONS = PACKAGE.parent / "notebooks"
SOLUTIONS = PACKAGE.parent / "solutions"
TRIAL_BANK = PACKAGE.parent / "datasets" / "trial_bank"
