"""Point every Colab badge, setup cell and README link at one repository.

    python -m tools.badges owner/name

The setting is remembered in pyproject.toml ([tool.course] repository).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from course_utils._atomic import write_text
from tools import notebooks

ROOT = Path(__file__).resolve().parents[1]
FILES = (
    "pyproject.toml",
    "README.md",
    "README.es.md",
    "CITATION.cff",
    ".github/ISSUE_TEMPLATE/config.yml",
)


def main() -> int:
    new = sys.argv[1] if len(sys.argv) == 2 else ""
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", new):
        print(f"Expected a repository as owner/name, got {new!r}: make badges REPO=owner/name")
        return 2
    old = notebooks.repository()
    for path in files():
        text = path.read_text(encoding="utf-8")
        changed = replace_repository(text, old, new)
        if changed != text:
            write_text(path, changed)
            print(f"{path.relative_to(ROOT)}: {old} -> {new}")
    return 0


def files() -> list[Path]:
    """Every file that names the repository."""
    folders = ("notebooks", "exercises", "solutions")
    found = [path for folder in folders for path in sorted((ROOT / folder).glob("*.ipynb"))]
    return [*(ROOT / name for name in FILES), *found]


def replace_repository(text: str, old: str, new: str) -> str:
    """Replace a repository where it stands in a link or as the setting, and nowhere else."""
    pattern = rf'(github\.com/|github/|repository = "){re.escape(old)}(?=[/".\s)]|$)'
    return re.sub(pattern, lambda match: match[1] + new, text)


if __name__ == "__main__":
    sys.exit(main())
