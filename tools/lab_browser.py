"""Drive JupyterLab in headless Chromium: for the browser tests and the README's picture."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
PATIENCE = 300  # seconds: what takes five on a quiet machine may take minutes on a loaded one
LOADED = "() => 'jupyterapp' in window"
OPEN = "path => { window.jupyterapp.commands.execute('docmanager:open', {path}); }"
READY = """path => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return Boolean(panel?.context?.path === path && panel.context.isReady
        && panel.sessionContext?.isReady
        && panel.sessionContext.session?.kernel?.status === 'idle');
}"""
# Commands are started and never awaited: a promise that JupyterLab loses would wait for ever.
START = "command => { window.jupyterapp.commands.execute(command); }"
FINISHED = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const waiting = [...panel.content.model.cells].filter(cell => cell.type === 'code'
        && cell.sharedModel.getSource().trim() && cell.executionCount === null);
    return waiting.length === 0 && panel.sessionContext.session.kernel.status === 'idle';
}"""
CLOSE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    panel.context.model.dirty = false;  // else JupyterLab asks whether to save
    panel.close();
}"""
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"


def chromium() -> str | None:
    """Path of an installed Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def serve_lab(root: Path, **environment: str) -> Iterator[str]:
    """Serve a folder with JupyterLab on a free loopback port; yield its address with the token."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        command += [
            f"--ServerApp.root_dir={root}",
            "--ServerApp.port=0",
            "--ServerApp.ip=127.0.0.1",
        ]
        command += ["--LabApp.expose_app_in_browser=True"]
        variables = os.environ | {"HOME": home, "JUPYTER_CONFIG_DIR": home} | environment
        log = Path(home) / "lab.log"
        with log.open("w") as output:
            server = subprocess.Popen(command, stdout=output, stderr=output, env=variables)
        try:
            yield _address(log, server)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _address(log: Path, server: subprocess.Popen[bytes], seconds: float = PATIENCE) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", log.read_text())
        if found:
            return found[0]
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


@contextmanager
def open_browser() -> Iterator[Any]:
    """Start headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser: Any, width: int = 1280, height: int = 900) -> Any:
    """Open a page that shares nothing with the browser's others; used in `with`, it is closed."""
    return browser.new_page(viewport={"width": width, "height": height})


@contextmanager
def browser_page(width: int = 1280, height: int = 900) -> Iterator[Any]:
    """Start headless Chromium and open one page of it."""
    with open_browser() as browser:
        yield new_page(browser, width, height)


def open_notebook(page: Any, address: str, path: str) -> None:
    """Open a notebook, in a JupyterLab that the page has loaded or anew; wait for its kernel."""
    if page.evaluate(LOADED):
        page.evaluate(OPEN, path)
    else:
        url = address.replace("/lab?", f"/lab/tree/{path}?reset&")
        page.goto(url, timeout=PATIENCE * 1000)
    page.wait_for_function(READY, arg=path, timeout=PATIENCE * 1000)


@contextmanager
def opened_notebook(page: Any, address: str, path: str) -> Iterator[None]:
    """Open a notebook; at the end close it and end its kernel, whose memory is then free again."""
    open_notebook(page, address, path)
    try:
        yield
    finally:
        page.evaluate(CLOSE)
        _end_kernels(page, address)


def _end_kernels(page: Any, address: str) -> None:
    token = parse_qs(urlsplit(address).query)["token"][0]
    known = {"headers": {"Authorization": f"token {token}"}}
    kernels = urljoin(address, "/api/kernels")
    for kernel in page.request.get(kernels, **known).json():
        page.request.delete(f"{kernels}/{kernel['id']}", **known)


def run_all(page: Any, seconds: float = PATIENCE) -> None:
    """Clear the outputs, run all cells, wait for the end and save the notebook."""
    start_all(page)
    finish_all(page, seconds)


def start_all(page: Any) -> None:
    """Clear the outputs and start all cells."""
    page.evaluate(START, "notebook:clear-all-cell-outputs")
    page.evaluate(START, "notebook:run-all-cells")


def finish_all(page: Any, seconds: float = PATIENCE) -> None:
    """Wait for the end of all cells and save the notebook."""
    page.wait_for_function(FINISHED, timeout=seconds * 1000, polling=500)
    page.evaluate(START, "docmanager:save")
    page.wait_for_function(SAVED, timeout=PATIENCE * 1000)
