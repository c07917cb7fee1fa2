"""Slides of a lesson in a browser: whole at every zoom, without a network."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools import lab_browser
from tools.slides import build

LESSONS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
OVER = """() => {
    const slide = deck.getCurrentSlide(), frame = document.querySelector('.reveal');
    const edge = frame.getBoundingClientRect();
    const shown = slide.querySelectorAll('h1, h2, p, li, pre, img, table, code');
    const cut = [...shown].filter(part => {
        const box = part.getBoundingClientRect();
        return box.width > 0 && !part.closest('.notes')
            && (box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < -1);
    });
    return cut.map(part => part.outerHTML.slice(0, 80));
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
def test_nothing_is_cut_or_too_small_and_nothing_is_fetched_from_elsewhere(slides, lesson, zoom):
    if lab_browser.chromium() is None:
        pytest.skip("no Chromium here: install the package chromium")
    with lab_browser.browser_page(round(1280 / zoom), round(720 / zoom)) as page:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.goto((slides / f"{lesson}.html").as_uri())
        page.wait_for_function("deck.isReady()")
        assert page.evaluate("document.documentElement.lang") == "es"
        for _ in range(page.evaluate("deck.getTotalSlides()")):
            assert page.evaluate(OVER) == []
            assert page.evaluate("Number(deck.getCurrentSlide().style.zoom || 1)") > 0.6
            page.evaluate("deck.next()")
        assert page.evaluate("deck.isLastSlide()")
        assert not [url for url in fetched if urlsplit(url).scheme not in ("file", "data")]
