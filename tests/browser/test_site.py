"""The course's site: complete, in Spanish, whole without a network, and usable by everybody."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from tools import lab_browser

ROOT = Path(__file__).resolve().parents[2]
MAKER = ROOT / ".site"
PAGES = (
    "index",
    "notebooks/00_empieza_aqui",
    "notebooks/05_genetica_tpot",
    "exercises/02_busqueda_en_cuadricula",
    "exercises/grading.es",
    "glosario",
    "resultados",
    "search",
)

# What is built alike is looked at once: rows of a table (odd and even ones apart), and tokens of a
# kind in a piece of code. Built alike are the same elements with the same attributes, classes and
# styles, all of them with a text or none. Whether a table overflows is asked before.
AXE = """async () => {
    const overflows = await axe.run({runOnly: ['scrollable-region-focusable']});
    const alike = part => [part, ...part.querySelectorAll('*')].map(part => [
        part.tagName, part.className, part.style?.cssText, Boolean(part.textContent.trim()),
        part.getAttributeNames(),
    ].join(' ')).join();
    const once = (part, kinds, kind, drop) => kinds.has(kind) ? drop(part) : kinds.add(kind);
    for (const table of document.querySelectorAll('tbody')) {
        const kinds = new Set();
        [...table.children].forEach((row, k) =>
            once(row, kinds, [k % 2, alike(row)].join(), row => row.remove()));
    }
    for (const code of document.querySelectorAll('pre')) {
        const kinds = new Set();
        for (const token of code.querySelectorAll('span'))
            once(token, kinds, alike(token), token => token.replaceWith(...token.childNodes));
    }
    return [...overflows.violations, ...(await axe.run()).violations];
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (MAKER / ".ready").exists(), reason="no .site here: run `make site` once"
    ),
]


class Page(HTMLParser):
    """Language, names, links and what a page fetches."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.language: str | None = None
        self.names: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.controls: set[str] = set()
        self.without_alt = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.names |= {found[name] for name in ("id", "name") if name in found}
        self.controls |= {found[name] for name in ("title", "aria-label") if name in found}
        if tag == "html":
            self.language = found.get("lang")
        elif tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "link" or "src" in found:
            self.fetched.append(found.get("src", found.get("href", "")))
        self.without_alt += tag == "img" and not found.get("alt", "").strip()


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [MAKER / "bin" / "python", "tools/site/build.py", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr  # a warning of Sphinx is an error
    return folder


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, Page]:
    found = sorted(site.rglob("*.html"))
    return {path: Page(path) for path in found if site / "_static" not in path.parents}


def test_every_lesson_and_exercise_is_there_in_spanish_and_no_solution(site, pages):
    for folder in ("notebooks", "exercises"):
        for path in (ROOT / folder).glob("*.ipynb"):
            assert (site / folder / f"{path.stem}.html") in pages
    assert {page.language for page in pages.values()} == {"es"}
    assert not list(site.rglob("*solutions*"))
    assert not any("BEGIN SOLUTION" in path.read_text() for path in pages)


def test_no_control_is_named_in_english(pages):
    english = re.compile(r"\b(?:Toggle|Link to|Search|Main|Page|Show|Hide|Skip|Copy|Next|Back)\b")
    for path, page in pages.items():
        assert not [name for name in page.controls if english.search(name)], path
        assert "code cell output" not in path.read_text(encoding="utf-8"), path


def test_a_page_fetches_nothing_from_elsewhere(pages):
    for path, page in pages.items():
        assert not [url for url in page.fetched if urlsplit(url).netloc], path


def test_every_link_leads_somewhere_and_every_picture_has_a_text(pages):
    for path, page in pages.items():
        for link in page.links:
            if urlsplit(link).scheme in ("http", "https", "data"):
                continue
            target, name = urldefrag(link)
            there = (path.parent / unquote(target)).resolve() if target else path
            assert there.is_file(), (path.name, link)
            if name and there in pages and not re.match(r":~:|__", name):
                assert unquote(name) in pages[there].names, (path.name, link)
        assert not page.without_alt, path


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_nobody_is_kept_out_and_nothing_hangs_over_the_edge(site, browser, theme, width):
    axe = next(MAKER.rglob("axe.min.js")).read_text(encoding="utf-8")
    with lab_browser.new_page(browser, width) as page:
        page.add_init_script(f"localStorage.mode = localStorage.theme = '{theme}'")
        for name in PAGES:
            page.goto((site / f"{name}.html").as_uri())
            page.evaluate(axe)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            found = page.evaluate(AXE)
            grave = [f["id"] for f in found if f["impact"] in ("serious", "critical")]
            assert not grave, (name, grave, [f["nodes"][0]["html"] for f in found])


def test_a_prediction_stands_on_the_page_itself_also_in_the_dark(site, browser):
    with lab_browser.new_page(browser) as page:
        page.add_init_script("localStorage.mode = localStorage.theme = 'dark'")
        page.goto((site / "notebooks/05_genetica_tpot.html").as_uri())
        panel = page.locator(".text_html:has(.course-guess)").first
        style = panel.evaluate(
            "e => [getComputedStyle(e), getComputedStyle(document.body)]"
            ".map(s => [s.backgroundColor, s.color])"
        )
    assert style[0][0] == "rgba(0, 0, 0, 0)"
    assert style[0][1] == style[1][1]
