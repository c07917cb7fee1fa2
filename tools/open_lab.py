"""Open the course in JupyterLab; on a machine without a screen print the address instead."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST = "notebooks/00_empieza_aqui.ipynb"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8888)
    parser.add_argument("--ip", default="localhost", help="0.0.0.0 inside of a container")
    options = parser.parse_args()
    arguments = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={ROOT}",
        f"--ServerApp.port={options.port}",
        f"--ServerApp.ip={options.ip}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
    ]
    if origin := codespace_origin(options.port):
        arguments.append(f"--ServerApp.allow_origin={origin}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")
    if not has_screen():
        arguments.append("--no-browser")
    os.execv(sys.executable, arguments)


def codespace_origin(port: int) -> str | None:
    """Where a codespace shows the port: not the address it has inside, so Jupyter is told of it."""
    name = os.environ.get("CODESPACE_NAME")
    domain = os.environ.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN")
    return f"https://{name}-{port}.{domain}" if name and domain else None


def has_screen() -> bool:
    """Tell whether a browser can be opened here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    main()
