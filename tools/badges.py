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


PLACEHOLDER = "OWNER/REPO"
# As GitHub has it: letters, digits and single hyphens; a repository also with . and _
NAME = re.compile(r"(?!.*--)[A-Za-z0-9][A-Za-z0-9-]{0,38}(?<!-)/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")


def main() -> int:
    new = sys.argv[1] if len(sys.argv) == 2 else ""
    if not NAME.fullmatch(new) or new.endswith(".git"):
        print(f"Expected a repository as owner/name, got {new!r}: make badges REPO=owner/name")
        return 2
    old = notebooks.repository()
    for path in files():
        text = path.read_text(encoding="utf-8")
        changed = replace_repository(text, old, new)
        if changed != text:
            write_text(path, changed)
            print(f"{path.relative_to(ROOT)}: {new}")
    return 0


def files() -> list[Path]:
    """Every file that names the repository."""
    folders = ("notebooks", "exercises", "solutions")
    found = [path for folder in folders for path in sorted((ROOT / folder).glob("*.ipynb"))]
    return [*(ROOT / name for name in FILES), *found]


def replace_repository(text: str, old: str, new: str) -> str:
    """Replace a repository where it stands in a link or as the setting, and nowhere else.

    The placeholder goes too, so that a file which an earlier change left behind is mended. In a
    notebook's JSON a quotation mark is written with a backslash before it.
    """
    names = "|".join(map(re.escape, (old, PLACEHOLDER)))
    pattern = rf'(github\.com/|github/|repository = ")(?:{names})(?=[/".\\\s)]|$)'
    return re.sub(pattern, lambda match: match[1] + new, text)


if __name__ == "__main__":
    sys.exit(main())
