"""Ask the resolver whether TFX installs beside the course's packages, and record its sentence.

Runs ``uv pip compile`` in a temporary folder; it needs a package index, and installs nothing.
Writes the part ``tfx`` of course_utils/_records/production.json.
"""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

ROOT = Path(__file__).resolve().parents[1]
RESULT = RECORDS / "production.json"
PACKAGES = ("scikit-learn", "tensorflow", "pandas")
ASKED = "tfx>=1.17"  # without a lower bound, the resolver goes back to a release of 2024


def main() -> None:
    rows = [answer(name) for name in PACKAGES]
    recorded = json.loads(RESULT.read_text(encoding="utf-8"))
    version = uv("--version").stdout.split()[1]
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    recorded["tfx"] = {"what": f"uv {version} pip compile, {today}", "rows": rows}
    write_text(RESULT, json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(rows, indent=1))


def answer(name: str) -> dict[str, str]:
    """What the resolver says of TFX beside one package of the lock."""
    pinned = locked(name)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.in"
        asked.write_text(f"{ASKED}\n{pinned}\n", encoding="utf-8")
        run = uv("pip", "compile", "-q", "--python-version", "3.11", str(asked))
    said = " ".join(re.sub(r"[×╰─▶│]", " ", run.stderr).split()) if run.returncode else "instalable"
    return {"fecha": today, "pedido": f"{ASKED} {pinned}", "respuesta": said}


def locked(name: str) -> str:
    """Line of a package in the lock, without its markers."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{name}==[\w.]+", lock, re.MULTILINE)
    assert found, f"{name} is not in the lock"
    return found[0]


def uv(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "uv", *words], capture_output=True, text=True)


if __name__ == "__main__":
    main()
