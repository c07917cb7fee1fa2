"""Processes of their own that need not import TensorFlow: forked from one that has done it.

Importing the libraries takes ten times as long as what such a process then does.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import ForkServerContext, SpawnContext

CONTEXT: ForkServerContext | SpawnContext
if "forkserver" in multiprocessing.get_all_start_methods():
    CONTEXT = multiprocessing.get_context("forkserver")
    CONTEXT.set_forkserver_preload(["keras_tuner", "scikeras.wrappers"])
else:  # on Windows
    CONTEXT = multiprocessing.get_context("spawn")
