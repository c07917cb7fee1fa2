"""Pack what students get: lessons, exercises, helpers; no solutions, no marks.

    python -m tools.bundle [build/curso.zip]

``course_utils`` is whole: students use the checks, and what the grader keeps secret is a seed.
README, Makefile and tests are the students' own (``tools/student/``). The same content gives the
same bytes.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat

from course_utils._atomic import write_bytes

ROOT = Path(__file__).resolve().parents[1]
STUDENT = ROOT / "tools" / "student"
FILES = (
    "LICENSE",
    "benchmarks/RESULTS.md",
    "pyproject.toml",
    "requirements.txt",
    "tools/make_venv.sh",
    "tools/open_lab.py",
    "tools/lab_settings.json",
    "tools/export_settings.json",
)
FOLDERS = ("notebooks", "exercises", "course_utils", "datasets")
LEFT_OUT = (
    "__pycache__",
    ".ipynb_checkpoints",
    "cache",
    "busquedas",
    "grading.md",
    "grading.es.md",
)
DEBRIS = (".pyc", ".part", ".log", ".lock")
LESSONS = re.compile(r"<!-- lessons:begin -->\n(.+?)<!-- lessons:end -->", re.DOTALL)
WHEN = (2026, 1, 1, 0, 0, 0)


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build" / "curso.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents():
            info = zipfile.ZipInfo(f"curso/{name}", WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o755 if name.endswith(".sh") else 0o644) << 16
            archive.writestr(info, content)
        count = len(archive.namelist())
    write_bytes(target, packed.getvalue())
    print(f"{target}: {count} files, {target.stat().st_size / 1e6:.1f} MB")
    return 0


def contents() -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the files in the bundle, in order."""
    yield "README.md", readme().encode()
    yield "Makefile", (STUDENT / "Makefile").read_bytes()
    yield "tests/test_curso.py", (STUDENT / "test_curso.py").read_bytes()
    for path in sorted((ROOT / "exercises").glob("*.ipynb")):
        yield f"tests/en_blanco/{path.name}", path.read_bytes()
    for name in FILES:
        yield name, (ROOT / name).read_bytes()
    for path in sorted((ROOT / "benchmarks").glob("*.svg")):  # of RESULTS.md
        yield f"benchmarks/{path.name}", path.read_bytes()
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and not any(
                part in LEFT_OUT or part.endswith(DEBRIS) for part in parts
            ):
                yield "/".join(parts), path.read_bytes()


def readme() -> str:
    """The students' README, with the lessons as the course's own lists them, and the exercises."""
    lessons = LESSONS.search((ROOT / "README.es.md").read_text(encoding="utf-8"))
    assert lessons, "README.es.md has its table of lessons between two marks"
    exercises = []
    for path in sorted((ROOT / "exercises").glob("*.ipynb")):
        title = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
        exercises.append(f"- [{title.removeprefix('# ')}](exercises/{path.name})")
    text = (STUDENT / "README.md").read_text(encoding="utf-8")
    text = text.replace("<!-- lessons -->\n", lessons[1])
    return text.replace("<!-- exercises -->", "\n".join(exercises))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
