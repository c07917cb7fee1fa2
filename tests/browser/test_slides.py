"""Slides of a lesson in a browser: whole at every zoom, without a network."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools import lab_browser
from tools.slides import build

LESSONS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
# Goes through a deck: of each slide, what hangs over its edge, and how much smaller it was made.
WALK = """() => {
    const edge = document.querySelector('.reveal').getBoundingClientRect();
    const cut = slide => [...slide.querySelectorAll('h1, h2, p, li, pre, img, table, code')]
        .filter(part => {
            const box = part.getBoundingClientRect();
            return box.width > 0 && !part.closest('.notes')
                && (box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < -1);
        }).map(part => part.outerHTML.slice(0, 80));
    return Array.from({length: deck.getTotalSlides()}, () => {
        const slide = deck.getCurrentSlide();
        const seen = {cut: cut(slide), zoom: Number(slide.style.zoom || 1)};
        deck.next();
        return seen;
    });
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not build.REVEAL.is_dir(), reason="no .slides here: run `make slides` once"),
]


@pytest.fixture(scope="module")
def slides(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("slides")
    build.copy_reveal(target)
    for lesson in LESSONS:
        build.write_deck(lesson, target)
    return target


@pytest.mark.parametrize(
    ("lesson", "zoom"),
    [(LESSONS[0].stem, 1.5), *((path.stem, 1) for path in LESSONS)],
)
def test_nothing_is_cut_or_too_small_and_nothing_is_fetched_from_elsewhere(
    slides, browser, lesson, zoom
):
    with lab_browser.new_page(browser, round(1280 / zoom), round(720 / zoom)) as page:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.goto((slides / f"{lesson}.html").as_uri())
        page.wait_for_function("deck.isReady()")
        assert page.evaluate("document.documentElement.lang") == "es"
        seen = page.evaluate(WALK)
        assert page.evaluate("deck.isLastSlide()")
    assert len(seen) > 10
    assert [slide["cut"] for slide in seen if slide["cut"]] == []
    assert min(slide["zoom"] for slide in seen) > 0.6
    assert not [url for url in fetched if urlsplit(url).scheme not in ("file", "data")]
