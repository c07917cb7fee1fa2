"""Install and import the libraries that the decks name and nobody carries on any more.

Each gets an environment of its own, made with uv, in a temporary folder that is thrown away: the
course's environment is never touched. Writes course_utils/_records/graveyard.json, which lesson 13
shows with its date. Needs the network; TensorFlow makes it slow (one gigabyte is unpacked).
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "graveyard.json"
UV = Path(sys.executable).with_name("uv")
INSTALL_SECONDS, RUN_SECONDS, USE_SECONDS = 900, 600, 120

BOHB = """
import hpbandster.core.nameserver as nameserver
from ConfigSpace import ConfigurationSpace
from hpbandster.core.worker import Worker
from hpbandster.optimizers import BOHB

class Parabola(Worker):
    def compute(self, config, budget, **kwargs):
        return {"loss": (config["x"] - 0.3) ** 2, "info": {}}

server = nameserver.NameServer(run_id="one", host="127.0.0.1", port=None)
host, port = server.start()
place = {"run_id": "one", "nameserver": host, "nameserver_port": port}
Parabola(**place).run(background=True)
search = BOHB(ConfigurationSpace({"x": (0.0, 1.0)}), min_budget=1, max_budget=9, **place)
search.run(n_iterations=1)
search.shutdown(shutdown_workers=True)
server.shutdown()
"""


@dataclass(frozen=True)
class Library:
    """A library, what is installed to try it, its documentation's first statement, and a use."""

    name: str
    packages: tuple[str, ...]
    statement: str
    use: str = ""


LIBRARIES = (
    Library("Hyperas", ("hyperas", "tensorflow-cpu"), "from hyperas import optim"),
    Library(
        "Sklearn-Deap",
        ("sklearn-deap",),
        "from evolutionary_search import EvolutionaryAlgorithmSearchCV",
    ),
    # What the package index calls spearmint is another project: tests of hypotheses.
    Library("Spearmint", ("spearmint",), "import spearmint.main"),
    Library("auto-sklearn", ("auto-sklearn",), "import autosklearn.classification"),
    Library(
        "HpBandSter",
        ("hpbandster", "setuptools<82"),
        "from hpbandster.optimizers import BOHB",
        BOHB,
    ),
)


def attempt(library: Library) -> dict[str, str]:
    """Try a library.

    Parameters
    ----------
    library : Library

    Returns
    -------
    dict of str to str
        ``library``, ``version`` (empty if it was not installed), ``statement``, ``stage``
        (``"install"``, ``"import"``, ``"use"``, or ``"none"``, which says that it works) and
        ``error``, the last line of the error, without paths.
    """
    result = {"library": library.name, "version": "", "statement": library.statement}
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder, "env", "bin", "python")
        _run([str(UV), "venv", "-q", "--python", sys.executable, str(python.parents[1])])
        install = [str(UV), "pip", "install", "-q", "--python", str(python), *library.packages]
        failed = _run(install, INSTALL_SECONDS)
        if failed is not None:
            return result | {"stage": "install", "error": failed}
        ask = f"from importlib.metadata import version; print(version({library.packages[0]!r}))"
        found = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True)
        result["version"] = found.stdout.strip()
        for stage, code in (("import", library.statement), ("use", library.use)):
            seconds = RUN_SECONDS if stage == "import" else USE_SECONDS
            failed = _run([str(python), "-c", code], seconds)
            if failed is not None:
                return result | {"stage": stage, "error": failed}
        return result | {"stage": "none", "error": ""}


def _run(command: list[str], seconds: float = RUN_SECONDS) -> str | None:
    """Run a command; return the line of its output that names the error, None if it ended well."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"TimeoutExpired: {seconds:.0f} s"
    return None if done.returncode == 0 else error_line(done.stdout + done.stderr)


def error_line(output: str) -> str:
    """Return the last line that names an exception, or the last line, without paths."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"\w*(Error|Exception)\b", line)]
    line = (named or lines or ["?"])[-1]
    return re.sub(r"\s*\(?/\S+", "", line).strip()


def main() -> None:
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "libraries": [attempt(library) for library in LIBRARIES],
    }
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    write_text(RESULT, text)
    print(text)


if __name__ == "__main__":
    main()
