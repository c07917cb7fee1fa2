"""How the course writes and reads numbers: decimal point, thousands apart, as outputs and prose do.

Spanish allows point and comma alike (Ortografía de la lengua española, 2010, VIII.2.2); the point
is what Python prints, so that a figure, an output and the sentence that reads it agree.
"""

from __future__ import annotations

import re

__all__ = ["number_text", "read_number", "thousands"]

_THIN_SPACE = "\u202f"
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+")  # 1.234.567
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def thousands(number: float) -> str:
    """Write a count with its thousands apart; four digits stay together.

    Parameters
    ----------
    number : int or float
        A float is rounded.

    Returns
    -------
    str
        ``"3125"``, ``"12 501"``, with a narrow space that does not break.

    Examples
    --------
    >>> print(f"{thousands(4 * 5**5 + 1)} entrenamientos")
    12 501 entrenamientos
    """
    whole = round(number)
    return str(whole) if abs(whole) < 10_000 else f"{whole:,}".replace(",", _THIN_SPACE)


def number_text(value: float) -> str:
    """Write a number as the course does: decimal point, thousands apart.

    Parameters
    ----------
    value : float
        Any finite number.

    Returns
    -------
    str
        At most four significant digits behind the point, a thin space between thousands.
    """
    if abs(value) >= 1000 or float(value).is_integer():
        return thousands(value)
    return f"{value:.4g}"


def read_number(text: str) -> float | None:
    """Read a number as people write it: ``12 500``, ``0,95``, ``1e-3``, ``5 %``.

    Spaces part thousands; a single point or comma is decimal. With both, or with one repeated, the
    last kind is decimal if it stands once, and the other parts thousands.

    Parameters
    ----------
    text : str
        What was typed.

    Returns
    -------
    float or None
        None if it is no number. A per cent sign is dropped.
    """
    plain = re.sub(r"[\s\u00a0\u202f']|%$", "", text.strip().replace("−", "-"))
    last = max(plain.rfind("."), plain.rfind(","))
    if last >= 0:
        decimal = plain.count(plain[last]) == 1
        whole = plain[:last] if decimal else plain
        if re.search("[.,]", whole) and not _GROUPED.fullmatch(whole):
            return None
        plain = re.sub("[.,]", "", whole) + ("." + plain[last + 1 :] if decimal else "")
    return float(plain) if _NUMBER.fullmatch(plain) else None
