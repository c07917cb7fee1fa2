"""What a search leaves behind in a notebook: a help for whoever reads its table, never a mark.

It is the student's process that is asked, so whoever wants to leave false traces can.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

__all__ = ["trials_left"]

_MAX_NAMES = 2_000
_NETWORKS = ("sequential", "functional", "model")
_OPTIMIZERS: tuple[str, ...] = ("adam", "adamw", "adamax", "adagrad", "adadelta", "adafactor")
_OPTIMIZERS += ("nadam", "sgd", "rmsprop", "ftrl", "lion", "lamb", "muon")


def trials_left(namespace: Mapping[str, Any]) -> int:
    """Most trials that a finished search, kept networks, or Keras' own numbering speak of.

    Parameters
    ----------
    namespace : mapping of str to any
        A notebook's names.
    """
    counts = [_numbered()]
    for value in list(namespace.values())[:_MAX_NAMES]:
        try:
            counts.append(_trials_of(value))
        except Exception:  # whatever a student's object does when it is asked
            continue
    return max(counts)


def _trials_of(value: Any) -> int:
    if isinstance(value, list | tuple | dict):
        items = value.values() if isinstance(value, dict) else value
        return sum(hasattr(item, "get_config") or hasattr(item, "epoch") for item in items)
    room = type(value).__module__.partition(".")[0]
    if room in ("optuna", "hyperopt"):
        return len(value.trials)
    if hasattr(value, "cv_results_"):
        return len(value.cv_results_["params"])
    return len(value.oracle.trials) if hasattr(value, "oracle") else 0


def _numbered() -> int:
    """Networks, or optimizers, that Keras has named by number since its session was cleared."""
    if "keras" not in sys.modules:
        return 0
    try:
        from keras.src.backend.common.global_state import get_global_attribute
    except ImportError:  # another Keras keeps them elsewhere
        return 0
    names = get_global_attribute("object_name_uids") or {}
    kinds = (_NETWORKS, _OPTIMIZERS)
    return max(sum(int(names.get(name, 0)) for name in kind) for kind in kinds)
