"""Take the README's picture of the course: a lesson with its figure in JupyterLab."""

from __future__ import annotations

from pathlib import Path

from tools import lab_browser

ROOT = Path(__file__).resolve().parents[1]
LESSON, PICTURE = "notebooks/00_empieza_aqui.ipynb", ROOT / "notebooks" / "curso.png"
IMAGE = ".jp-OutputArea-output img"


def main() -> None:
    with lab_browser.serve_lab(ROOT) as address, lab_browser.browser_page(1180, 760) as page:
        lab_browser.open_notebook(page, address, LESSON)
        page.evaluate(lab_browser.START, "application:toggle-left-area")
        image = page.locator(IMAGE).first
        while not image.count():
            page.mouse.wheel(0, 400)
            page.wait_for_timeout(300)
        image.scroll_into_view_if_needed()
        page.wait_for_timeout(1500)
        page.screenshot(path=str(PICTURE))


if __name__ == "__main__":
    main()
