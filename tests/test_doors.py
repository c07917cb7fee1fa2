"""Other doors to the course: Docker, Binder, dev containers. Read, since nothing is built here."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DEV = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
POST_BUILD = ROOT / ".binder" / "postBuild"


def _instructions() -> list[tuple[str, str]]:
    """Name and words of each instruction of the Dockerfile."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, words) for name, _, words in (line.partition(" ") for line in lines)]


def _words(name: str) -> list[str]:
    return [words for found, words in _instructions() if found == name]


def test_every_door_has_one_python_and_it_is_one_of_the_courses():
    image = re.fullmatch(r"python:(3\.\d+)\.\d+-slim-\w+", _words("FROM")[0])
    assert image, "a tag that names the whole version"
    assert image[1] in ("3.11", "3.12", "3.13")
    assert DEV["image"] == _words("FROM")[0].replace("-slim", "")
    runtime = (ROOT / ".binder" / "runtime.txt").read_text(encoding="utf-8")
    assert runtime == f"python-{image[1]}\n"


def test_the_container_copies_what_there_is_and_runs_make_lab_as_nobody_special():
    for words in _words("COPY"):
        *sources, _target = [word for word in words.split() if not word.startswith("--")]
        assert all((ROOT / source).exists() for source in sources), words
    names = [name for name, _ in _instructions()]
    assert names.index("USER") < names.index("CMD") == len(names) - 1
    assert json.loads(_words("CMD")[0]) == ["make", "lab"]
    assert _words("EXPOSE") == re.findall(r"^PORT \?= (\d+)$", MAKEFILE, re.M)


def test_the_packages_are_installed_before_the_lessons_are_copied():
    steps = [words for name, words in _instructions() if name in ("COPY", "RUN")]
    before = " ".join(steps[: steps.index("make venv")])
    needs = re.search(r"^\.venv/\.lab: (.+)$", MAKEFILE, re.M)
    assert needs
    for path in needs[1].split():
        assert path in before or f"{path.split('/')[0]}/" in before
    assert steps[-1].split()[-2:] == [".", "."]
    assert "rm -rf /var/lib/apt/lists/*" in before


def test_the_container_has_what_a_wheel_leaves_to_the_system():
    """LightGBM's, which TPOT imports, brings no OpenMP, and a slim image has none."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert ("\nlightgbm==" in lock) == ("libgomp1=" in _words("RUN")[0])


def test_the_courses_folder_is_its_users_before_anything_is_copied():
    """Older builders make the folder of WORKDIR as root, whoever USER is."""
    (folder,) = _words("WORKDIR")
    user = re.search(r"useradd [^&]*?(\w+) +&&", _words("RUN")[0])
    assert user
    assert re.search(rf"install --directory --owner={user[1]} .* {folder}$", _words("RUN")[0])


def test_exercises_are_kept_in_a_volume_that_does_not_hide_them():
    (volume,) = re.findall(r"-v (\S+):(\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert re.fullmatch(r"\w+", volume[0]), "a folder of the host would be empty"
    assert volume[1] == f"{_words('WORKDIR')[0]}/exercises"


def test_the_container_takes_no_environment_and_no_notes_along():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", "build", "notas", "mi_curso.json"} <= set(ignored)


def test_every_make_target_of_a_door_is_there():
    commands = [*_words("RUN"), " ".join(json.loads(_words("CMD")[0])), DEV["postCreateCommand"]]
    targets = [command.removeprefix("make ") for command in commands if command.startswith("make ")]
    assert targets == ["venv", "lab", "venv"]
    assert all(re.search(rf"^{target}:", MAKEFILE, re.M) for target in targets)
    assert str(DEV["forwardPorts"][0]) in _words("EXPOSE")


@pytest.mark.skipif(sys.platform == "win32", reason="a script of Linux")
def test_binder_installs_the_lock_as_make_lab_does():
    script = POST_BUILD.read_text(encoding="utf-8")
    assert os.access(POST_BUILD, os.X_OK)
    assert subprocess.run(["bash", "-n", POST_BUILD], check=False).returncode == 0
    ours = (ROOT / "tools" / "make_venv.sh").read_text(encoding="utf-8")
    for line in re.findall(r"^python -m pip install .*$", script, re.M):
        options = {word for word in shlex.split(line) if word.startswith("--no-")}
        assert "--no-deps" in options
        assert all(option in ours for option in options - {"--no-cache-dir"})
    for path in ("requirements.txt", "tools/lab_settings.json"):
        assert path in script and (ROOT / path).is_file()


def test_the_address_that_a_container_serves_is_passed_on(monkeypatch):
    from tools import open_lab

    started: list[str] = []
    monkeypatch.setattr(os, "execv", lambda _, words: started.extend(words))
    monkeypatch.setattr(sys, "argv", ["open_lab.py", "--port", "9000", "--ip", "0.0.0.0"])
    open_lab.main()
    assert {"--ServerApp.port=9000", "--ServerApp.ip=0.0.0.0"} <= set(started)
    assert _words("ENV") == ["LAB_IP=0.0.0.0"]
    assert "--ip $(LAB_IP)" in MAKEFILE


def test_in_a_codespace_jupyter_lets_the_forwarded_address_in_and_no_other(monkeypatch):
    from tools import open_lab

    monkeypatch.delenv("CODESPACE_NAME", raising=False)
    assert open_lab.codespace_origin(8888) is None
    monkeypatch.setenv("CODESPACE_NAME", "sleepy-owl")
    monkeypatch.setenv("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev")
    started: list[str] = []
    monkeypatch.setattr(os, "execv", lambda _, words: started.extend(words))
    monkeypatch.setattr(sys, "argv", ["open_lab.py"])
    open_lab.main()
    assert "--ServerApp.allow_origin=https://sleepy-owl-8888.app.github.dev" in started
