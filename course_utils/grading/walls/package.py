"""The copy of ``course_utils`` that enters the walls: nothing in it knows an answer."""

from __future__ import annotations

import compileall
import shutil
from fnmatch import fnmatch
from pathlib import Path

from course_utils.grading.paths import PACKAGE, TRIAL_BANK

__all__ = ["INSIDE", "LEFT_OUT", "strip_package"]

INSIDE = Path(__file__).with_name("inside")
LEFT_OUT = ("grading", "_judges", "_draws", "checks", "messages/checks")
"""What draws, decides, and names mistakes: paths below ``course_utils`` that stay outside."""
_DEBRIS = ("__pycache__", "*.pyc", "*.part")


def strip_package(folder: Path) -> None:
    """Copy ``course_utils`` without anything that knows an answer, and prepare the font list.

    Parameters
    ----------
    folder : Path
        Where to put it; must not exist yet.
    """
    target = folder / "course_utils"
    shutil.copytree(PACKAGE, target, ignore=_left_out)
    shutil.copy(INSIDE / "checks.py", target / "checks.py")
    shutil.copy(INSIDE / "reply.py", target / "_reply.py")
    shutil.copy(INSIDE / "start.py", target / "_start.py")
    (folder / "google").mkdir()  # no package of its own: it joins the folder that others have
    shutil.copy(INSIDE / "colab.py", folder / "google" / "colab.py")
    if TRIAL_BANK.is_dir() and not (target / "_trial_bank").exists():
        (target / "_trial_bank").mkdir()
        for path in (*TRIAL_BANK.glob("*.npz"), TRIAL_BANK / "manifest.json"):
            shutil.copy(path, target / "_trial_bank" / path.name)
    compileall.compile_dir(target, quiet=2)
    _copy_fonts(folder / "matplotlib")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def _left_out(folder: str, names: list[str]) -> list[str]:
    """Tell :func:`shutil.copytree` what not to copy of one folder."""
    below = Path(folder).relative_to(PACKAGE)
    return [
        name
        for name in names
        if (below / name).as_posix() in LEFT_OUT or any(fnmatch(name, d) for d in _DEBRIS)
    ]


def _copy_fonts(folder: Path) -> None:
    """Keep Matplotlib from searching the machine's fonts in every kernel."""
    import matplotlib as mpl
    from matplotlib import font_manager

    folder.mkdir()
    name = f"fontlist-v{font_manager.FontManager.__version__}.json"
    fonts = Path(mpl.get_cachedir()) / name
    if fonts.is_file():
        shutil.copy(fonts, folder / name)
