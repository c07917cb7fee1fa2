"""What is not here: the course on a system that lacks what only POSIX has."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).with_name("without_posix.py")


def test_every_module_and_lesson_00_do_without_what_only_posix_has() -> None:
    environment = os.environ | {"MPLBACKEND": "agg"}
    ended = subprocess.run(
        [sys.executable, PROGRAM], capture_output=True, text=True, timeout=300, env=environment
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert re.fullmatch(r"[1-9]\d+ modules, [1-9]\d* cells", ended.stdout.splitlines()[-1])
