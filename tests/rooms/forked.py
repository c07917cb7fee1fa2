"""Processes of their own that need not import TensorFlow: forked from one that has done it.

Importing the libraries takes ten times as long as what such a process then does.
"""

from __future__ import annotations

import multiprocessing

_FORKED = "forkserver" in multiprocessing.get_all_start_methods()  # not on Windows
CONTEXT = multiprocessing.get_context("forkserver" if _FORKED else "spawn")
if _FORKED:
    CONTEXT.set_forkserver_preload(["keras_tuner", "scikeras.wrappers"])
