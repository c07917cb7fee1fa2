"""From the numbers of words back to the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from course_utils import messages
from course_utils.text._given import explained, is_sequence, word_number

__all__ = ["decode_sequence"]

_PADDING, _START = 0, 1


def decode_sequence(
    sequence: Iterable[int], word_index: Mapping[str, int], index_from: int = 3
) -> str:
    """Turn the word indices of one text back into words.

    Keras shifts the ranks of ``word_index`` by ``index_from`` and reserves 0 for padding (left out
    here), 1 for the start of a text (``"<inicio>"``) and 2 for an unknown word (``"?"``).

    Parameters
    ----------
    sequence : iterable of int
        One text, such as ``X_train[0]``. For a multi-hot row ``x``, whose order is lost, pass
        ``np.flatnonzero(x)``: the words come back from the most to the least frequent.
    word_index : mapping of str to int
        Rank of each word, from 1 on.
    index_from : int, default=3
        Index minus rank.

    Returns
    -------
    str
        The words, with a space between them.

    Raises
    ------
    TypeError
        If ``sequence`` holds no integers, ``word_index`` is no mapping of words to numbers, or
        ``index_from`` is no integer.

    Examples
    --------
    >>> decode_sequence([1, 4, 2, 5], {"la": 1, "casa": 2})
    '<inicio> la ? casa'
    """
    if not is_sequence(sequence):
        raise TypeError(explained(messages.DECODE_NOT_SEQUENCE, sequence))
    indices = [_index(value) for value in sequence]
    shift = _checked_shift(index_from)
    words = _words(set(indices), word_index, shift)
    if shift > _START:
        words |= {_PADDING: "", _START: messages.TEXT_START}
    decoded = (words.get(index, messages.TEXT_UNKNOWN) for index in indices)
    return " ".join(word for word in decoded if word)


def _index(value: Any) -> int:
    try:
        return word_number(value)
    except TypeError:
        raise TypeError(explained(messages.DECODE_NOT_INTEGER, value)) from None


def _checked_shift(index_from: Any) -> int:
    try:
        return word_number(index_from)
    except TypeError:
        raise TypeError(messages.DECODE_BAD_SHIFT.format(value=index_from)) from None


def _words(wanted: set[int], word_index: Any, shift: int) -> dict[int, str]:
    """Return the words of the wanted numbers."""
    if not isinstance(word_index, Mapping):
        raise TypeError(explained(messages.DECODE_NO_WORDS, word_index))
    try:
        words = {rank + shift: word for word, rank in word_index.items() if rank + shift in wanted}
    except TypeError:  # ranks that are no numbers
        words = {0: None}
    if not all(isinstance(word, str) for word in words.values()):
        word, rank = next(iter(word_index.items()))
        raise TypeError(messages.DECODE_TURNED_WORDS.format(word=word, rank=rank))
    return words
