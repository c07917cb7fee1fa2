"""Run every lesson in Colab's package versions, and list what a setup cell changes there.

    make test-colab            all lessons and exercises
    make test-colab COLAB="--half 0"          the even ones (1: the odd ones)
    make test-colab COLAB="--lesson 06"       one lesson and its exercises, without the tests

Makes ``.venv-colab`` from tests/colab/runtime.txt, lets the setup cells install into it what they
would install in Colab, and runs the notebooks with nbval in the budget ``rapido``, then the tests
of what depends on Colab's ipywidgets and IPython: explorers and live view. Fails before, if a setup
cell moves a package of runtime.txt or one that a kernel has loaded by then. Writes
benchmarks/results/colab.json.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from packaging.requirements import Requirement

from course_utils._atomic import write_text

ROOT = Path(__file__).resolve().parents[1]
RUNTIME = ROOT / "tests" / "colab" / "runtime.txt"
RESULT = ROOT / "benchmarks" / "results" / "colab.json"
VENV = ROOT / ".venv-colab"
KERNEL_PYTHON = str(VENV / "bin" / "python")
COLAB_PYTHON = "3.13"
INSTALL_MISSING = (
    "import sys; from course_utils import install_missing; install_missing(*sys.argv[1:])"
)
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
    install_as_the_cells_do()
    after = versions()
    changed = {name: [before[name], after[name]] for name in before if after[name] != before[name]}
    moved = sorted(set(changed) & (pinned() | imported()))
    report: dict[str, Any] = {
        "python": python,
        "added": {name: version for name, version in after.items() if name not in before},
        "changed": changed,
        "changed_although_pinned_or_imported": moved,
    }
    write_text(RESULT, json.dumps(report, indent=2) + "\n")
    print(f"Colab's packages that the setup cells change: {changed or 'none'}")
    print(f"added: {', '.join(f'{n} {v}' for n, v in report['added'].items())}", flush=True)
    if moved:
        print(f"Colab's own, which no setup cell may change: {moved}")
    return int(bool(moved)) or run(chosen(options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--half", type=int, choices=[0, 1], help="run every second notebook only")
    choice.add_argument("--lesson", metavar="NN", help="run one lesson and its exercises only")
    return parser.parse_args()


def notebooks() -> list[Path]:
    """Lessons, then exercises, in order."""
    return [
        path
        for folder in ("notebooks", "exercises")
        for path in sorted((ROOT / folder).glob("*.ipynb"))
    ]


def install_calls(path: Path) -> list[tuple[str, ...]]:
    """What the setup cells of a notebook give to `install_missing`, a tuple for each call."""
    cells = nbformat.read(path, as_version=4).cells
    setup = [cell.source for cell in cells if "setup" in cell.metadata.get("tags", [])]
    code = [ast.parse(source) for source in setup if "install_missing(" in source]
    return [
        tuple(ast.literal_eval(argument) for argument in node.args)
        for tree in code
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "install_missing"
    ]


def install_as_the_cells_do() -> None:
    """Install the course, then make each call of the setup cells once, in the lessons' order."""
    command = [KERNEL_PYTHON, "-m", "pip", "install", "-qq", str(ROOT)]
    subprocess.run(command, check=True, cwd=VENV)
    for call in dict.fromkeys(call for path in notebooks() for call in install_calls(path)):
        subprocess.run([KERNEL_PYTHON, "-c", INSTALL_MISSING, *call], check=True, cwd=VENV)


def make_environment() -> str:
    """Make the environment anew with Colab's packages; return its Python version."""
    uv("venv", "--clear", "--seed", "--python", COLAB_PYTHON, str(VENV))
    uv("pip", "install", "--python", KERNEL_PYTHON, "-r", str(RUNTIME), *PYTEST)
    shown = subprocess.run([KERNEL_PYTHON, "--version"], check=True, capture_output=True, text=True)
    return shown.stdout.split()[1]


def versions() -> dict[str, str]:
    """Installed packages and their versions."""
    command = [KERNEL_PYTHON, "-m", "pip", "list", "--format=json"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {package["name"]: package["version"] for package in json.loads(listed)}


def pinned() -> set[str]:
    """Packages of Colab whose version the course was tried with."""
    lines = RUNTIME.read_text(encoding="utf-8").splitlines()
    return {Requirement(line).name for line in lines if line and not line.startswith("#")}


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


def chosen(options: argparse.Namespace) -> list[str]:
    """Paths of what is run: notebooks, and the tests unless one lesson is asked for."""
    if options.lesson:
        return [str(path) for path in notebooks() if path.name.startswith(options.lesson)]
    step = slice(options.half, None, 1 if options.half is None else 2)
    return [*map(str, notebooks()[step]), *TESTS]


def run(paths: list[str]) -> int:
    """Run notebooks with nbval, and tests; return pytest's exit code."""
    environment = {**os.environ, "COURSE_BUDGET": "rapido", "COURSE_DATA": "embedded"}
    environment["COURSE_NOTES"] = ""
    command = [KERNEL_PYTHON, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider"]
    command += ["--nbval-lax", "--nbval-cell-timeout=120", "--nbval-current-env"]
    return subprocess.run([*command, *paths], env=environment, cwd=ROOT).returncode


def uv(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", "-q", *words], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
