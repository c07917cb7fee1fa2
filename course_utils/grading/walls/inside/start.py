"""Runs in every kernel behind the walls, before any cell."""

from __future__ import annotations

from typing import Any

from IPython import get_ipython


def _stay(restart: bool) -> dict[str, Any]:
    """Stay: nobody is there to run the cells after a restart, and the kernel is ended from outside.

    ``get_ipython().kernel.do_shutdown(True)`` is how a notebook of Colab makes a newly installed
    package count.
    """
    return {"status": "ok", "restart": restart}


get_ipython().kernel.do_shutdown = _stay
