"""Take the course's two pictures: a lesson in JupyterLab (README), a study in optuna-dashboard."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from PIL import Image

from tools import lab_browser, notebooks

ROOT = Path(__file__).resolve().parents[1]
LESSON, PICTURE = "notebooks/00_empieza_aqui.ipynb", ROOT / "notebooks" / "curso.png"
IMAGE = ".jp-OutputArea-output img"
STUDIED = ROOT / "notebooks" / "12_del_cuaderno_a_produccion.ipynb"
DASHBOARD = ROOT / "notebooks" / "optuna_dashboard.png"
PATIENCE = 60  # seconds


def main() -> None:
    take_lesson()
    take_dashboard()


def take_lesson() -> None:
    """Show a lesson with its figure in JupyterLab."""
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


def take_dashboard() -> None:
    """Run lesson 12 and show the study that it keeps."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "runs.db")
        lesson = nbformat.read(STUDIED, as_version=4)
        keep = f"import shutil\nshutil.copy(folder / 'runs.db', {str(database)!r})"
        lesson.cells.append(nbformat.v4.new_code_cell(keep))
        notebooks.run(lesson, STUDIED.parent, cell_timeout=900)
        with _dashboard_of(database) as address, lab_browser.browser_page(1180, 700) as page:
            page.goto(f"{address}/dashboard/studies/1/")
            page.locator(".plotly").first.wait_for()
            page.wait_for_timeout(3000)  # the other plots
            page.screenshot(path=str(DASHBOARD))
    with Image.open(DASHBOARD) as picture:
        picture.convert("RGB").quantize(64).save(DASHBOARD, optimize=True)


@contextmanager
def _dashboard_of(database: Path) -> Iterator[str]:
    """Serve the studies of a file to this machine only; yield the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    program = Path(sys.executable).with_name("optuna-dashboard")
    where = ["--host", "127.0.0.1", "--port", port]
    command = [str(program), f"sqlite:///{database.as_posix()}", *where]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


if __name__ == "__main__":
    main()
