"""One Chromium for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tools import lab_browser


@pytest.fixture(scope="module")  # no longer: while it lives, nothing else may run an event loop
def browser() -> Iterator[Any]:
    if lab_browser.chromium() is None:
        pytest.skip("no Chromium here: install the package chromium")
    with lab_browser.open_browser() as browser:
        yield browser
