"""Read the Trials of Hyperopt, with the space that they were drawn from."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study._axes import Range, Spec, plain
from course_utils.study._table import Row, Table

if TYPE_CHECKING:
    from hyperopt import Trials
    from optuna.trial import TrialState


def accepts(search: Any) -> bool:
    """Tell whether this reader understands `search`."""
    from hyperopt import Trials

    return isinstance(search, Trials)


def read(trials: Trials, space: Any) -> Table:
    """Read every evaluated trial, the crashed ones included, in the order of their ``tid``."""
    from hyperopt.base import JOB_STATE_CANCEL, JOB_STATE_NEW, JOB_STATE_RUNNING

    documents = [
        document
        for document in trials._dynamic_trials  # `trials.trials` leaves out those that crashed
        if document["state"] not in (JOB_STATE_NEW, JOB_STATE_CANCEL)
    ]
    if all(document["state"] == JOB_STATE_RUNNING for document in documents):  # or there are none
        raise ValueError(messages.STUDY_NOT_RUN.format(call="fmin(…, trials=trials)"))
    if space is None:
        raise ValueError(messages.STUDY_NEEDS_SPACE)
    labels = _labels(space)
    return Table(
        metrics=["loss"],
        directions=["minimize"],
        rows=[_row(document, labels) for document in documents],
        specs={name: [label.spec()] for name, label in labels.items()},
    )


def _row(document: dict[str, Any], labels: dict[str, _Label]) -> Row:
    result, start, complete = (document[k] for k in ("result", "book_time", "refresh_time"))
    loss = result.get("loss")
    kept = {
        name: _kept(value)
        for name, value in result.items()
        if name not in ("status", "loss", "attachments")
    }
    if start is not None and complete is not None:
        kept.setdefault("seconds", (complete - start).total_seconds())
    if "error" in document["misc"]:
        kept["error"] = ": ".join(document["misc"]["error"])
    values = None if loss is None else [float(loss)]
    return Row(_state(document), values, _settings(document, labels), kept, start, complete)


def _state(document: dict[str, Any]) -> TrialState:
    from hyperopt.base import JOB_STATE_ERROR, JOB_STATE_RUNNING, STATUS_OK
    from optuna.trial import TrialState

    if document["state"] == JOB_STATE_RUNNING:
        return TrialState.RUNNING
    good = document["result"].get("status") == STATUS_OK
    return TrialState.COMPLETE if good and document["state"] != JOB_STATE_ERROR else TrialState.FAIL


def _kept(value: Any) -> Any:
    """Return a plain value, or a list of them; None stands for what is not kept."""
    value = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    items = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(item, bool | int | float | str | np.generic) for item in items):
        return None
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def _settings(document: dict[str, Any], labels: dict[str, _Label]) -> dict[str, Any]:
    drawn = {name: values[0] for name, values in document["misc"]["vals"].items() if len(values)}
    unknown = sorted(n for n, v in drawn.items() if n not in labels or not labels[n].allows(v))
    if unknown:
        raise ValueError(
            messages.STUDY_WRONG_SPACE.format(names=", ".join(unknown), known=", ".join(labels))
        )
    return {name: labels[name].decode(value) for name, value in drawn.items()}


# --- the space -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Label:
    """One ``hp.…(label, …)``: its kind, its arguments and, for a choice, its options."""

    kind: str
    arguments: dict[str, Any]
    options: list[Any] | None
    integer: bool

    def allows(self, value: Any) -> bool:
        return self.options is None or 0 <= int(value) < len(self.options)

    def decode(self, value: Any) -> Any:
        if self.options is not None:
            return self.options[int(value)]
        return int(value) if self.integer else float(value)

    def spec(self) -> Spec:
        if self.options is not None:
            return self.options
        low, high = self._bounds()
        step = self.arguments.get("q")
        if step:  # Hyperopt rounds to multiples of q, even beyond the bounds
            low, high = (round(e / step) * step if math.isfinite(e) else e for e in (low, high))
        whole = float(step or 1).is_integer()
        log = "log" in self.kind
        return Range(low, high, log=log, step=step or None, integer=self.integer and whole)

    def _bounds(self) -> tuple[float, float]:
        if self.kind.endswith("normal"):
            return -math.inf, math.inf
        if self.kind == "randint":
            low, high = self.arguments["low"], self.arguments.get("high")
            return (0, low - 1) if high is None else (low, high - 1)
        low, high = self.arguments["low"], self.arguments["high"]
        return (_exp(low), _exp(high)) if "log" in self.kind else (low, high)


def _exp(power: float) -> float:
    return math.exp(power) if power < math.log(sys.float_info.max) else math.inf


def _labels(space: Any) -> dict[str, _Label]:
    """List the hyperparameters of a space, nested ones included."""
    from hyperopt.pyll import as_apply, dfs

    nodes = dfs(as_apply(space))
    parents: dict[int, list[Any]] = {}
    for node in nodes:
        for child in node.inputs():
            parents.setdefault(id(child), []).append(node)
    labels = {}
    for node in nodes:
        if node.name == "hyperopt_param":
            name = node.arg["label"].obj
            switch = next((p for p in parents.get(id(node), []) if p.name == "switch"), None)
            drawn = node.arg["obj"]
            labels[name] = _Label(
                kind=drawn.name,
                arguments=_arguments(drawn),
                options=None if switch is None else _options(name, switch.pos_args[1:]),
                integer=drawn.name == "randint" or _becomes_int(node, parents),
            )
    return dict(sorted(labels.items()))


def _arguments(node: Any) -> dict[str, Any]:
    from hyperopt.pyll import rec_eval
    from hyperopt.pyll.base import Apply

    return {name: rec_eval(arg) for name, arg in node.arg.items() if isinstance(arg, Apply)}


def _becomes_int(node: Any, parents: dict[int, list[Any]]) -> bool:
    """Tell whether every use of a node goes through ``scope.int``."""
    uses = parents.get(id(node), [])
    return bool(uses) and all(
        use.name == "int" or (use.name == "float" and _becomes_int(use, parents)) for use in uses
    )


def _options(label: str, nodes: Sequence[Any]) -> list[Any]:
    """Return the options of a choice; one with its own space becomes a name."""
    from hyperopt.pyll import rec_eval

    names = [" ".join(_constants(node)) if _has_space(node) else None for node in nodes]
    options = []
    for index, (name, node) in enumerate(zip(names, nodes, strict=True)):
        if name is None:
            options.append(rec_eval(node))
        else:
            clear = name and names.count(name) == 1
            options.append(name if clear else f"{name or label}[{index}]")
    return options


def _has_space(node: Any) -> bool:
    from hyperopt.pyll import dfs

    return any(inner.name == "hyperopt_param" for inner in dfs(node))


def _constants(node: Any) -> list[str]:
    """Collect the texts that an option with its own space carries, e.g. ``{"model": "svm"}``."""
    if node.name == "literal":
        return [node.obj] if isinstance(node.obj, str) else []
    if node.name in ("hyperopt_param", "switch"):
        return []
    return [text for child in node.inputs() for text in _constants(child)]
