"""Build the course's site from the notebooks as they are.

    python tools/site/build.py [build/site]

Run by `make site` in an environment of its own (tools/site/requirements.txt). Nothing is executed:
the pages show the stored outputs. What a student is to predict stays folded.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WIDGET = "application/vnd.jupyter.widget-view+json"
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
REFERENCES = re.compile(r"^## Referencias\n+(.+)", re.MULTILINE | re.DOTALL)
SPANISH = {  # names of controls that Sphinx and the theme leave in English
    "Link to this heading": "Enlace a este apartado",
    "Link to this term": "Enlace a este término",
    "Main": "Principal",
    "Page": "Página",
    "Toggle hidden content": "Mostrar u ocultar la respuesta",
    "Toggle primary sidebar": "Mostrar u ocultar el índice del curso",
    "Toggle secondary sidebar": "Mostrar u ocultar el contenido de la página",
}


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build" / "site"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        write_sources(source)
        shutil.rmtree(target, ignore_errors=True)
        command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "-q"]
        done = subprocess.run([*command, str(source), str(target)], check=False)
    if done.returncode:
        return done.returncode
    shutil.rmtree(target / ".doctrees", ignore_errors=True)
    for page in target.rglob("*.html"):
        page.write_text(in_spanish(page.read_text(encoding="utf-8")), encoding="utf-8")
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target}: {len(list(target.rglob('*.html')))} pages, {size / 1e6:.0f} MB")
    return 0


def in_spanish(page: str) -> str:
    """Name a page's controls in Spanish, for those who hear them."""
    for english, spanish in SPANISH.items():
        page = page.replace(f'title="{english}"', f'title="{spanish}"')
        page = page.replace(f'aria-label="{english}"', f'aria-label="{spanish}"')
    return page


def write_sources(folder: Path) -> None:
    """Write all that Sphinx reads: the notebooks, the pages about the course, the settings."""
    shutil.copy(HERE / "conf.py", folder)
    shutil.copytree(HERE / "pages", folder, dirs_exist_ok=True)
    lessons = [*copied(ROOT / "notebooks", folder / "notebooks")]
    exercises = [*copied(ROOT / "exercises", folder / "exercises")]
    for name in ("grading.md", "grading.es.md"):
        (folder / "exercises" / name).write_text(
            without_outside_links((ROOT / "exercises" / name).read_text(encoding="utf-8"))
        )
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    (folder / "resultados.md").write_text(without_outside_links(results), encoding="utf-8")
    for picture in (ROOT / "benchmarks").glob("*.svg"):
        shutil.copy(picture, folder)
    index = (HERE / "pages" / "index.md").read_text(encoding="utf-8")
    trees = {"lessons": lessons, "exercises": exercises}
    for name, paths in trees.items():
        tree = "\n".join(path.relative_to(folder).with_suffix("").as_posix() for path in paths)
        index = index.replace(f"<{name}>", tree)
    (folder / "index.md").write_text(index, encoding="utf-8")
    (folder / "referencias.md").write_text(references(lessons), encoding="utf-8")


def copied(source: Path, target: Path) -> Iterator[Path]:
    """Copy the notebooks of a folder, and the pictures beside them."""
    target.mkdir()
    for path in source.glob("*.[sp][vn]g"):
        shutil.copy(path, target)
    for path in sorted(source.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            prepare(cell)
        nbformat.write(notebook, target / path.name)
        yield target / path.name


def prepare(cell: NotebookNode) -> None:
    """Fold the answers of predictions; leave out controls, which need a kernel."""
    if cell.cell_type == "markdown":
        cell.source = without_outside_links(cell.source)
        return
    tags = cell.metadata.get("tags", [])
    if "answer" in tags:
        cell.metadata["tags"] = [*tags, "hide-output"]
    cell.outputs = [output for output in cell.outputs if WIDGET not in output.get("data", {})]


def without_outside_links(text: str) -> str:
    """Point links to files that are no page of the site at the repository."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    base = f"https://github.com/{settings['tool']['course']['repository']}/blob/main"

    def outside(match: re.Match[str]) -> str:
        target = match[1]
        pages = ("RESULTS.md", "grading.md", "grading.es.md")
        if target.startswith(("http", "#")) or target.endswith((".ipynb", ".svg", ".png", *pages)):
            return match[0].replace("../benchmarks/RESULTS.md", "../resultados.md")
        return f"]({base}/{target.removeprefix('../')})"

    return re.sub(r"\]\(([^)\s]+)\)", outside, text)


def references(lessons: list[Path]) -> str:
    """One page with the references of every lesson, in their order."""
    parts = ["# Referencias\n\nLas de cada lección, con lo que se comprobó de cada una.\n"]
    for path in lessons:
        notebook = nbformat.read(path, as_version=4)
        title = TITLE.search(notebook.cells[0].source)
        found = [match for cell in notebook.cells if (match := REFERENCES.search(cell.source))]
        if title and found:
            heading = f"## [{title[1]}](notebooks/{path.name})"
            listed = found[-1][1].strip().replace("](../", "](")  # this page is a folder above
            listed = re.sub(r"\]\((?=\d\d_)", "](notebooks/", listed)
            parts.append(f"{heading}\n\n{listed}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
