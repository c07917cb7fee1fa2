"""What a lesson needs and Colab does not bring."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from course_utils import messages
from course_utils._atomic import write_text

__all__ = ["NotInstalledError", "install_missing"]

LOG = Path("pip.log")


class NotInstalledError(RuntimeError):
    """Pip failed; a notebook shows the sentence, and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]  # IPython asks for it


def install_missing(*requirements: str) -> None:
    """Install packages unless all of them are there; nothing is printed in either case.

    Parameters
    ----------
    *requirements : str
        As pip takes them: ``"scikeras>=0.13"``. One that is there in another version is missing.
        They are installed together, so that pip chooses versions that fit each other.

    Raises
    ------
    NotInstalledError
        If pip fails, in one sentence. What pip said is in ``pip.log``, in the current folder.
    """
    missing = [text for text in requirements if not _is_there(Requirement(text))]
    if not missing:
        return
    command = [sys.executable, "-m", "pip", "install", "-q", *requirements]
    done = subprocess.run(command, capture_output=True, text=True)
    importlib.invalidate_caches()
    if done.returncode != 0:
        write_text(LOG, done.stdout + done.stderr)
        raise NotInstalledError(messages.NOT_INSTALLED.format(names=", ".join(missing), log=LOG))


def _is_there(requirement: Requirement) -> bool:
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return False
    return requirement.specifier.contains(version, prereleases=True)
