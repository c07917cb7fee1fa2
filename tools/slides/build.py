"""Build slides of each lesson's core path: reveal.js, out of the notebooks as they are.

    python -m tools.slides.build [build/slides]

Which cell begins a slide follows from the headings of the core path (see :func:`deck`), so nothing
is kept in the notebooks. What is shown is their stored output. Nothing is fetched when slides are
shown: reveal.js comes out of a package (``make slides`` installs it into ``.slides``).
"""

from __future__ import annotations

import math
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

from course_utils._atomic import write_text
from tools.lesson_time import core_cells

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
REVEAL = ROOT / ".slides" / "sphinx_revealjs" / "_static" / "revealjs"
USED = ["LICENSE", "dist/reveal.css", "dist/reveal.js", "dist/theme/white.css"]
USED += ["plugin/notes/notes.js"]
HIDE_INPUT = "slides-output-only"
MOST_WORDS = 45
MOST_LINES = 18
"""Lines of code and of printed output that stand on one slide."""
MOST_LINES_BELOW = 10
"""The same, where a short text stands above them."""

BADGE = re.compile(r"^\[!\[.*$\n?", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
SENTENCE = re.compile(r"(?<=[.!?:»])\s+(?=[A-ZÁÉÍÓÚÑ¿¡«*`\d])")
HEADING = re.compile(r"\n\n(?=##+ )")  # inside a text: it begins a slide too
WHOLE = re.compile(r"#|[-*] |\d+\. |\||```|> ")  # blocks that a slide shows as they are
LEAD = re.compile(r"\*\*[^*]+\*\*")  # «**El error frecuente.**»


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build" / "slides"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    copy_reveal(target)
    entries = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        title, count = write_deck(path, target)
        entries.append(f'<li><a href="{path.stem}.html">{title}</a> ({count} diapositivas)</li>')
    index = (HERE / "index.html").read_text(encoding="utf-8")
    write_text(target / "index.html", index.replace("<!-- decks -->", "\n".join(entries)))
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target}: {len(entries)} decks, {size / 1e6:.0f} MB")
    return 0


def copy_reveal(target: Path) -> None:
    """Put what every deck fetches beside the decks: reveal.js, its theme, the course's own look."""
    for name in USED:
        (target / "reveal" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REVEAL / name, target / "reveal" / name)
    fonts = Path("dist", "theme", "fonts", "source-sans-pro")  # of the theme
    shutil.copytree(REVEAL / fonts, target / "reveal" / fonts)
    for name in ("slides.css", "slides.js"):
        shutil.copy(HERE / name, target)


def write_deck(path: Path, target: Path) -> tuple[str, int]:
    """Write the slides of one lesson; return its title and their number."""
    slides = deck(nbformat.read(path, as_version=4))
    title = slides.cells[0].source.splitlines()[0].removeprefix("# ")
    slides.metadata["title"] = title
    exporter = SlidesExporter(
        config=Config(TagRemovePreprocessor={"enabled": True, "remove_input_tags": {HIDE_INPUT}}),
        extra_template_basedirs=[str(HERE)],
        template_name="template",
        language_code="es",
        reveal_url_prefix="reveal",
        reveal_theme="white",
        exclude_anchor_links=True,
    )
    page, _ = exporter.from_notebook_node(slides)
    write_text(target / f"{path.stem}.html", page.replace(f"{title} slides<", f"{title}<"))
    begun = [cell.metadata.slideshow.slide_type for cell in slides.cells]
    return title, sum(kind in ("slide", "subslide") for kind in begun)


def deck(lesson: NotebookNode) -> NotebookNode:
    """Choose and part the cells of a lesson's slides.

    A heading begins a slide, further to the right; any other cell stands below it. A long text is
    shortened to what an audience reads at a glance, and is whole in the speaker's notes. Code that
    needs room, draws a figure or answers a prediction has its output on the next slide.

    Parameters
    ----------
    lesson : NotebookNode
        With its stored outputs; stays as it is.

    Returns
    -------
    NotebookNode
        Cells with the ``slideshow`` metadata that nbconvert reads.
    """
    slides: NotebookNode = nbformat.v4.new_notebook(metadata=dict(lesson.metadata))
    for cell in core_cells(lesson):
        if cell.cell_type == "markdown":
            slides.cells += _text(cell)
        else:
            slides.cells += _code(cell, after_text=_ends_in_short_text(slides.cells))
    return slides


def _ends_in_short_text(cells: list[NotebookNode]) -> bool:
    """Tell whether the last slide is a text with room below it."""
    shown = [cell for cell in cells if cell.metadata.slideshow.slide_type != "notes"]
    return shown[-1].cell_type == "markdown" and len(shown[-1].source.split()) <= MOST_WORDS


def _text(cell: NotebookNode) -> Iterator[NotebookNode]:
    source = LINK.sub(_link, BADGE.sub("", cell.source)).strip()
    if source.startswith("<details"):
        return
    for part in HEADING.split(source):
        short = shortened(part.partition("\n\n**Antes de empezar:**")[0])
        kind = "slide" if re.match(r"##? ", part) else "subslide"
        yield _slide(nbformat.v4.new_markdown_cell(short), kind)
        if short != part:
            yield _slide(nbformat.v4.new_markdown_cell(part), "notes")


def shortened(source: str) -> str:
    """What a slide shows of a text: headings, lists and tables whole, of paragraphs how they begin.

    Parameters
    ----------
    source : str
        Markdown.

    Returns
    -------
    str
        The same, if it is short anyway.
    """
    if len(source.split()) <= MOST_WORDS:
        return source
    return "\n\n".join(
        block if WHOLE.match(block) else _beginning(block) for block in source.split("\n\n")
    )


def _beginning(paragraph: str) -> str:
    """First sentence, and the next one where the first is only the name of what follows."""
    first, *rest = SENTENCE.split(paragraph)
    return f"{first} {rest[0]}" if rest and LEAD.fullmatch(first) else first


def _code(cell: NotebookNode, after_text: bool) -> Iterator[NotebookNode]:
    tags = cell.metadata.get("tags", [])
    if "setup" in tags or re.fullmatch(r"(#.*|\s)*", cell.source):
        return
    below = _needs_room(cell) or "answer" in tags
    outputs = [] if below else cell.outputs
    kind = "-" if after_text and _lines(cell.source, outputs) <= MOST_LINES_BELOW else "subslide"
    yield _slide(nbformat.v4.new_code_cell(cell.source, outputs=outputs), kind)
    for outputs in _pages(cell.outputs) if below else []:
        shown = nbformat.v4.new_code_cell(cell.source, outputs=outputs)
        shown.metadata["tags"] = [HIDE_INPUT]
        yield _slide(shown, "subslide")


def _pages(outputs: list[NotebookNode]) -> Iterator[list[NotebookNode]]:
    """Outputs of a cell, slide by slide: a long printed table goes on where the first one ends."""
    printed = "".join(output.get("text", "") for output in outputs).splitlines(keepends=True)
    if len(outputs) != 1 or len(printed) <= MOST_LINES:
        yield from [outputs] if outputs else []
        return
    size = math.ceil(len(printed) / math.ceil(len(printed) / MOST_LINES))  # as even as it goes
    for first in range(0, len(printed), size):
        text = "".join(printed[first : first + size])
        yield [nbformat.v4.new_output("stream", text=text)]


def _needs_room(cell: NotebookNode) -> bool:
    """Tell whether an output does not go with its code on one slide."""
    rich = any({"image/png", "text/html"} & set(o.get("data", {})) for o in cell.outputs)
    lines = _lines(cell.source, cell.outputs)
    return lines > MOST_LINES or (rich and len(cell.source.splitlines()) > 5)


def _lines(source: str, outputs: list[NotebookNode]) -> int:
    """Lines of code and of what it printed."""
    printed = "".join(output.get("text", "") for output in outputs)
    return len(source.splitlines()) + len(printed.splitlines())


def _link(match: re.Match[str]) -> str:
    """A link to another lesson leads to its slides; one to another file is only its text."""
    text, target = match.groups()
    if target.startswith(("http", "#")):
        return match[0]
    if re.fullmatch(r"\d\d_\w+\.ipynb", target):
        return f"[{text}]({target.removesuffix('.ipynb')}.html)"
    return text


def _slide(cell: NotebookNode, kind: str) -> NotebookNode:
    cell.metadata["slideshow"] = {"slide_type": kind}
    return cell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
