"""Pack what students get: lessons, exercises, helpers; no solutions, no tests, no marks.

    python -m tools.bundle [build/curso.zip]

``course_utils`` is whole: students use the checks, and what the grader keeps secret is a seed.
The same content gives the same bytes.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from course_utils._atomic import write_bytes

ROOT = Path(__file__).resolve().parents[1]
FILES = (
    "README.md",
    "README.es.md",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
    "requirements.txt",
    "tools/make_venv.sh",
    "tools/open_lab.py",
    "tools/lab_settings.json",
)
FOLDERS = ("notebooks", "exercises", "course_utils", "datasets")
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", "cache")
WHEN = (2026, 1, 1, 0, 0, 0)


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build" / "curso.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in contents():
            info = zipfile.ZipInfo(f"curso/{path.relative_to(ROOT).as_posix()}", WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            archive.writestr(info, path.read_bytes())
        count = len(archive.namelist())
    write_bytes(target, packed.getvalue())
    print(f"{target}: {count} files, {target.stat().st_size / 1e6:.1f} MB")
    return 0


def contents() -> Iterator[Path]:
    """Files of the bundle, in order."""
    for name in FILES:
        yield ROOT / name
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and not any(
                part in LEFT_OUT or part.endswith((".pyc", ".part", ".log")) for part in parts
            ):
                yield path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
