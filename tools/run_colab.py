"""Run every lesson in Colab's package versions, and list what a setup cell changes there.

    make test-colab            all lessons and exercises
    python -m tools.run_colab --half 0        the even ones (1: the odd ones)

Makes ``.venv-colab`` from tests/colab/runtime.txt, installs the course into it as the setup cells
do, and runs the notebooks with nbval in the budget ``rapido``, then the tests of what depends on
Colab's ipywidgets and IPython: explorers and live view. Writes benchmarks/results/colab.json.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

from course_utils._atomic import write_text

ROOT = Path(__file__).resolve().parents[1]
RUNTIME = ROOT / "tests" / "colab" / "runtime.txt"
RESULT = ROOT / "benchmarks" / "results" / "colab.json"
VENV = ROOT / ".venv-colab"
KERNEL_PYTHON = str(VENV / "bin" / "python")
COLAB_PYTHON = "3.13"
INSTALL = re.compile(r"%pip install -q (.+)")
KERNEL_IMPORTS = ("ipykernel.kernelapp", "IPython", "ipywidgets", "matplotlib.pyplot", "pandas")
PYTEST = ("pytest", "nbval")
TESTS = tuple(
    f"tests/rooms/test_{name}.py"
    for name in (
        "live",
        "live_notebook",
        "live_searches",
        "study",
        "study_halving",
        "study_hyperopt",
        "study_skopt",
        "study_values",
        "widgets",
    )
)


def main() -> int:
    options = _options()
    python = make_environment()
    before = versions()
    added = [spec for path in notebooks() for spec in installed_by(path)]
    install(".", *sorted(set(added)))
    after = versions()
    changed = {name: [before[name], after[name]] for name in before if after[name] != before[name]}
    broken = sorted(set(changed) & imported())
    report: dict[str, Any] = {
        "python": python,
        "added": {name: version for name, version in after.items() if name not in before},
        "changed": changed,
        "changed_and_already_imported": broken,
    }
    write_text(RESULT, json.dumps(report, indent=2) + "\n")
    print(f"Colab's packages that the setup cells change: {changed or 'none'}")
    print(f"added: {', '.join(f'{n} {v}' for n, v in report['added'].items())}", flush=True)
    if broken:
        print(f"Already imported in Colab, so a restart would be needed: {broken}")
    return int(bool(broken)) or run(options.half)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", type=int, choices=[0, 1], help="run every second notebook only")
    return parser.parse_args()


def notebooks() -> list[Path]:
    """Lessons, then exercises, in order."""
    return [
        path
        for folder in ("notebooks", "exercises")
        for path in sorted((ROOT / folder).glob("*.ipynb"))
    ]


def installed_by(path: Path) -> list[str]:
    """Requirements that a notebook's setup cells install, the course itself left out."""
    cells = nbformat.read(path, as_version=4).cells
    setup = [cell.source for cell in cells if "setup" in cell.metadata.get("tags", [])]
    lines = [line for source in setup for line in INSTALL.findall(source)]
    return [spec for line in lines for spec in re.findall(r'"([^"]+)"', line) if "git+" not in spec]


def make_environment() -> str:
    """Make the environment anew with Colab's packages; return its Python version."""
    uv("venv", "--clear", "--seed", "--python", COLAB_PYTHON, str(VENV))
    uv("pip", "install", "--python", KERNEL_PYTHON, "-r", str(RUNTIME), *PYTEST)
    shown = subprocess.run([KERNEL_PYTHON, "--version"], check=True, capture_output=True, text=True)
    return shown.stdout.split()[1]


def install(*requirements: str) -> None:
    """Install with pip, which, as in Colab, keeps what is there if it satisfies the ranges."""
    command = [KERNEL_PYTHON, "-m", "pip", "install", "-qq", *requirements]
    subprocess.run(command, check=True, cwd=ROOT)


def versions() -> dict[str, str]:
    """Installed packages and their versions."""
    command = [KERNEL_PYTHON, "-m", "pip", "list", "--format=json"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {package["name"]: package["version"] for package in json.loads(listed)}


def imported() -> set[str]:
    """Distributions that a fresh kernel of Colab has loaded before a notebook's first cell."""
    program = (
        "import sys, json, importlib.metadata as m\n"
        f"import {', '.join(KERNEL_IMPORTS)}\n"
        "names, of = {name.split('.')[0] for name in sys.modules}, m.packages_distributions()\n"
        "names = [name for name in names if name[0] != '_']  # _distutils_hack: always there\n"
        "print(json.dumps([found for name in names for found in of.get(name, [])]))"
    )
    command = [KERNEL_PYTHON, "-c", program]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return set(json.loads(shown.splitlines()[-1]))


def run(half: int | None) -> int:
    """Run the notebooks with nbval, then the tests; return pytest's exit code."""
    chosen = notebooks() if half is None else notebooks()[half::2]
    environment = {**os.environ, "COURSE_BUDGET": "rapido", "COURSE_DATA": "embedded"}
    environment["COURSE_NOTES"] = ""
    command = [KERNEL_PYTHON, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider"]
    command += ["--nbval-lax", "--nbval-cell-timeout=120", "--nbval-current-env"]
    command += [*map(str, chosen), *TESTS]
    return subprocess.run(command, env=environment, cwd=ROOT).returncode


def uv(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", "-q", *words], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
