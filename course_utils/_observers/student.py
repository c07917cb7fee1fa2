"""A student's namespace, seen by an observer: values and calls come back as plain JSON data."""

from __future__ import annotations

import base64
import copy
import io
import itertools
import json
import linecache
import math
import numbers
import os
import random
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._observers.traces import trials_left

__all__ = [
    "MAX_BYTES",
    "Ask",
    "Problem",
    "Student",
    "answers_of",
    "own_lines",
    "plain",
    "setting",
    "value_of",
]

Ask = Callable[[str], str]
MAX_BYTES = 400_000
_MAX_TEXT, _MAX_ITEMS, _MAX_DEPTH = 2_000, 20_000, 8
_MAX_LINES = 8
_PIECE = 500_000  # bytes of a file that travel at once
_WHOLE = (list, tuple, Mapping, str, bytes, bytearray, memoryview)
"""What is not read item by item: it is a list already, or no list."""
_COURSE = str(Path(__file__).resolve().parents[1])


class Problem(Exception):  # noqa: N818 (not an error of the program)
    """An answer that cannot be observed; carries the status and the data of the observation."""

    def __init__(self, status: str, **data: Any) -> None:
        super().__init__(status)
        self.status = status
        self.data = data


class Student:
    """The names that a student's notebook defined.

    Parameters
    ----------
    namespace : mapping of str to any
        Where to look names up.
    start : int
        The global generators of ``random`` and NumPy are seeded before each call, from here on: in
        another state each time, so that an answer that hangs on them does not come twice.
    ask : callable
        Sends a JSON text out of this process to whoever asks the question, and returns the answer.

    Attributes
    ----------
    mutates : bool
        Whether some call changed the arguments that it was given.
    """

    def __init__(self, namespace: Mapping[str, Any], start: int, ask: Ask) -> None:
        self._namespace = namespace
        self._start = start
        self._ask = ask
        self._handed_over = 0
        self.mutates = False

    def value(self, name: str) -> Any:
        """The object of that name, as it is: use :func:`plain` before it leaves the observer."""
        if name not in self._namespace:
            raise Problem("missing", name=name)
        found = self._namespace[name]
        if found is ...:
            raise Problem("untouched", name=name)
        return found

    def function(self, name: str) -> Callable[..., Any]:
        """The function of that name."""
        found: Callable[..., Any] = self.value(name)
        if not callable(found):
            raise Problem("unserializable", name=name, type=type(found).__name__, wanted="función")
        return found

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call with copies of the arguments, in silence, and return the result as plain data.

        A generator (or ``filter``, ``map``, ``zip``) works only when it is read: that is done here,
        as a part of the call.
        """

        def read(*given: Any, **named: Any) -> Any:
            result = function(*given, **named)
            return _read(result) if isinstance(result, Iterator) else result

        read.__name__ = _name(function)
        return plain(self.raw_call(read, *args, **kwargs), _name(function))

    def raw_call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Like :meth:`call`, for a result that the observer goes on using (a model, a figure)."""
        given = tuple(map(_copy, args)), {name: _copy(value) for name, value in kwargs.items()}
        before = _fingerprint(given)
        state, self._start = self._start, (self._start + 1) % 2**32
        random.seed(state)
        np.random.seed(state)  # noqa: NPY002 (the global one, which students use)
        with warnings.catch_warnings(), redirect_stdout(_Sink()), redirect_stderr(_Sink()):
            warnings.simplefilter("ignore")
            result = function(*given[0], **given[1])
        if result is ...:
            raise Problem("untouched", name=_name(function))
        self.mutates = self.mutates or _fingerprint(given) != before
        return result

    def trials_left(self) -> int:
        """How many trials the notebook shows traces of: :mod:`course_utils._observers.traces`."""
        return trials_left(self._namespace)

    def hand_over(self, path: str | os.PathLike[str]) -> None:
        """Send a file to whoever asks: it is opened where none of the student's code runs."""
        number = self._handed_over
        self._handed_over += 1
        with Path(path).open("rb") as stream:
            piece = stream.read(_PIECE)
            while True:
                self._send_piece(number, piece)
                piece = stream.read(_PIECE)
                if not piece:
                    return

    def _send_piece(self, number: int, piece: bytes) -> None:
        query = {"file": number, "bytes": base64.b64encode(piece).decode("ascii")}
        reply = json.loads(self._ask(json.dumps(query)))
        if "error" in reply:
            raise Problem("unserializable", name=str(number), type=str(reply["error"]))

    def hand_over_network(self, model: Any) -> None:
        """Send a network of Keras, as its own `save` writes it."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "red.keras"
            with warnings.catch_warnings(), redirect_stdout(_Sink()), redirect_stderr(_Sink()):
                warnings.simplefilter("ignore")
                model.save(path)
            self.hand_over(path)

    def objective(self, number: int) -> Callable[[Any], float]:
        """A function that the student's code may call; each value is asked outside."""
        return _Objective(number, self._ask)


class _Objective:
    """Stands in for a function that stays with whoever asks the question."""

    def __init__(self, number: int, ask: Ask) -> None:
        self._number = number
        self._ask = ask

    def __deepcopy__(self, memo: dict[int, Any]) -> _Objective:
        return self

    def __call__(self, argument: Any) -> float:
        """Value of one argument; ValueError, with a sentence, if it is not one of the function."""
        if hasattr(argument, "items"):  # a row of a table is a configuration too
            argument = dict(argument.items())
        query = {"objective": self._number, "argument": plain(argument, "objetivo")}
        reply = json.loads(self._ask(json.dumps(query)))
        if "error" in reply:
            raise ValueError(reply["error"])
        return float(reply["value"])


def answers_of(name: str, key: str) -> Callable[[Student, Any], dict[str, Any]]:
    """Make the observer of a function that is called with the arguments of each case."""

    def observer(student: Student, cases: list[Any]) -> dict[str, Any]:
        function = student.function(name)
        return {key: [student.call(function, *case) for case in cases]}

    return observer


def value_of(name: str) -> Callable[[Student, Any], dict[str, Any]]:
    """Make the observer of an answer that is a plain value: a number, a text, a list, a mapping."""

    def observer(student: Student, nothing: None) -> dict[str, Any]:
        return {"value": plain(student.value(name), name)}

    return observer


def _copy(value: Any) -> Any:
    """A deep copy; of texts (arrays of lists of word numbers), which are long, a quick one."""
    if isinstance(value, np.ndarray) and value.dtype == object:
        array = np.empty(len(value), dtype=object)
        array[:] = [list(text) for text in value]
        return array
    return copy.deepcopy(value)


class _Sink(io.TextIOBase):
    """Swallow what a student's function prints; it may be endless."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


def _name(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__name__", "")) or type(function).__name__


def _read(values: Iterable[Any]) -> list[Any]:
    """Read what can be walked through, which may be endless, up to one item too many."""
    return list(itertools.islice(values, _MAX_ITEMS + 1))


def plain(value: Any, name: str = "", depth: int = 0) -> Any:
    """Turn a value into JSON data: None, bool, int, float, str, list, dict with text keys.

    What counts is the value, not the type that holds it. Arrays, tensors, pandas objects, tuples,
    sets (sorted), ranges and generators become lists; fractions and decimals, floats; numbers that
    are not finite, ``"nan"``, ``"inf"``, ``"-inf"``.

    Parameters
    ----------
    value : any
        What a student's code made.
    name : str
        Name of the answer, for the message.
    depth : int
        How many containers it lies in.

    Raises
    ------
    Problem
        With status ``"unserializable"`` if it is anything else, too long or too deep.
    """
    if isinstance(value, np.generic):
        value = value.item()
    elif hasattr(value, "__array__"):  # of NumPy, pandas, Keras with any backend
        value = np.asarray(value).tolist()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and value.bit_length() <= 256:
        return int(value)
    if isinstance(value, float | numbers.Rational | Decimal) and not isinstance(value, int):
        return float(value) if math.isfinite(value) else str(float(value))
    if isinstance(value, str) and len(value) <= _MAX_TEXT:
        return str(value)
    if isinstance(value, set | frozenset):
        value = sorted(value, key=repr)
    elif isinstance(value, Iterable) and not isinstance(value, _WHOLE):
        value = _read(value)
    if depth < _MAX_DEPTH and isinstance(value, list | tuple) and len(value) <= _MAX_ITEMS:
        return [plain(item, name, depth + 1) for item in value]
    if depth < _MAX_DEPTH and isinstance(value, Mapping) and len(value) <= _MAX_ITEMS:
        return {str(key)[:_MAX_TEXT]: plain(item, name, depth + 1) for key, item in value.items()}
    raise Problem("unserializable", name=name, type=type(value).__name__)


def setting(value: Any) -> str:
    """Write a hyperparameter as text: 10, 10.0 and NumPy's 10 are one setting."""
    try:
        found = plain(value)
    except Problem:  # an optimizer, a distribution
        return repr(value)[:120]
    whole = isinstance(found, float) and found.is_integer()
    return repr(int(found) if whole else found)[:120]


def _fingerprint(value: Any) -> str:
    """Something that differs when a value was changed in place."""
    if isinstance(value, np.ndarray):
        return f"{value.shape}{value.dtype}{hash(value.tobytes())}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_fingerprint, value))}]"
    if isinstance(value, Mapping):
        return str([(repr(key), _fingerprint(item)) for key, item in value.items()])
    if value is None or isinstance(value, int | float | str):
        return repr(value)
    if hasattr(value, "get_params"):  # an estimator: its parameters, and whether it was fitted
        return f"{sorted(map(str, vars(value)))}{value.get_params()}"
    return type(value).__name__


def own_lines(error: BaseException) -> str:
    """Shorten a traceback to the lines of the student, without paths.

    Parameters
    ----------
    error : BaseException
        What their code raised.

    Returns
    -------
    str
        One line per frame of theirs, then the error: ``en n_combos, línea 3: return 1 / 0``.
    """
    frames = [f for f in traceback.extract_tb(error.__traceback__) if _is_theirs(f.filename)]
    lines = [
        f"en {_place(frame.name)}, línea {frame.lineno}: "
        f"{(frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()}"
        for frame in frames[-_MAX_LINES:]
    ]
    try:
        text = str(error)
    except Exception:  # an error whose text raises
        text = ""
    last = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return "\n".join(line[:300] for line in [*lines, *last.splitlines()[:4]])


def _is_theirs(filename: str) -> bool:
    library = "site-packages" in filename or "lib/python" in filename.replace("\\", "/")
    return not (library or filename.startswith((_COURSE, "<frozen")))


def _place(name: str) -> str:
    return "la celda" if name == "<module>" else name
