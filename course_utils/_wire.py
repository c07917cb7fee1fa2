"""What travels between a judge and a student's interpreter: plain JSON, and what it stands for.

Arrays go as type, shape and bytes, never as a pickle: what is read back is numbers. Of objects,
only scikit-learn's own estimators are known, by class and parameters.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np

__all__ = ["decode", "encode"]

_ARRAY, _TEXTS, _TUPLE, _RANGE, _MODEL = "$array", "$texts", "$tuple", "$range", "$model"
_PAIRS = "$pairs"


def encode(value: Any) -> Any:
    """Write a value as JSON data.

    Parameters
    ----------
    value : any
        None, bool, number, text, list, tuple, range, dict, array of numbers, array of lists of
        whole numbers (texts as word numbers), estimator of scikit-learn; nested at will.

    Returns
    -------
    any
        What :func:`decode` turns back.

    Raises
    ------
    TypeError
        If it is, or holds, anything else.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return _encode_array(value)
    if isinstance(value, range):
        return {_RANGE: [value.start, value.stop, value.step]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {_TUPLE: [encode(item) for item in value]}
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, Mapping):
        return {_PAIRS: [[encode(key), encode(item)] for key, item in value.items()]}
    kind = type(value)
    if kind.__module__.startswith("sklearn.") and hasattr(value, "get_params"):
        return {_MODEL: [kind.__module__, kind.__name__, encode(value.get_params(deep=False))]}
    raise TypeError(f"{kind.__name__} does not travel")


def _encode_array(array: np.ndarray) -> dict[str, Any]:
    if array.dtype == object:
        return {_TEXTS: _encode_texts(array.tolist())}
    if array.dtype.kind not in "biuf":
        raise TypeError(f"an array of {array.dtype} does not travel")
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
    return {_ARRAY: [array.dtype.str, list(array.shape), data]}


def _encode_texts(texts: list[list[int]]) -> list[Any]:
    """All words in one array, and how many each text has: millions of words travel in no time."""
    words = np.array(list(itertools.chain.from_iterable(texts)), dtype=None if any(texts) else int)
    if words.dtype.kind not in "iu":
        raise TypeError(f"texts of {words.dtype} do not travel")
    return [encode(words), encode(np.array([len(text) for text in texts], dtype=int))]


def decode(value: Any) -> Any:
    """Turn JSON data back into what :func:`encode` was given.

    Parameters
    ----------
    value : any
        What `encode` returned, read from JSON.
    """
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((kind, held),) = value.items()
        if kind in _DECODERS:
            return _DECODERS[kind](held)
    return {key: decode(item) for key, item in value.items()}


def _array(held: Any) -> np.ndarray:
    kind, shape, data = held
    return np.frombuffer(base64.b64decode(data), dtype=kind).reshape(shape).copy()


def _texts(held: Any) -> np.ndarray:
    words, lengths = (decode(part).tolist() for part in held)
    array, ends = np.empty(len(lengths), dtype=object), itertools.accumulate(lengths)
    array[:] = [words[end - length : end] for length, end in zip(lengths, ends, strict=True)]
    return array


def _model(held: Any) -> Any:
    module, name, params = held
    if not module.startswith("sklearn."):
        raise ValueError(module)
    return getattr(import_module(module), name)(**decode(params))


_DECODERS: dict[str, Any] = {
    _ARRAY: _array,
    _TEXTS: _texts,
    _TUPLE: lambda held: tuple(decode(item) for item in held),
    _PAIRS: lambda held: {decode(key): decode(item) for key, item in held},
    _RANGE: lambda held: range(*held),
    _MODEL: _model,
}
