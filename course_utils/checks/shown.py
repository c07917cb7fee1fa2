"""How a verdict looks, in a notebook and on the grader's pages: colours and message, once."""

from __future__ import annotations

import html
import re

from course_utils import messages
from course_utils._judges.verdicts import Verdict

__all__ = ["STATE_COLORS", "Shown", "message_html"]

STATE_COLORS = {
    "correcto": ("#009e73", "#000000"),
    "incorrecto": ("#d55e00", "#000000"),
    "fallo": ("#cc79a7", "#000000"),
    "sin_intentar": ("#999999", "#000000"),
    "no_verificable": ("#e69f00", "#000000"),
}
"""Background and text of the word that names a state: Okabe and Ito's colours, which the
colour-blind tell apart. The word brings its own background, so every theme shows it alike."""

_CODE = re.compile(r"`([^`\n]+)`")


def message_html(message: str) -> str:
    """Write a message as HTML: everything escaped, what stands between back-ticks as code."""
    return _CODE.sub(r"<code>\1</code>", html.escape(message))


class Shown:
    """A verdict as a notebook shows it: a framed text, or plain text where there is no browser."""

    def __init__(self, title: str, verdict: Verdict, progress: str = "") -> None:
        self._title = title
        self._verdict = verdict
        self._progress = progress

    def __repr__(self) -> str:
        state = messages.ANSWER_STATES[self._verdict.state]
        lines = (f"{state} · {self._title}", self._verdict.message, self._progress)
        return "\n".join(filter(None, lines))

    def _repr_html_(self) -> str:
        background, color = STATE_COLORS[self._verdict.state]
        state = html.escape(messages.ANSWER_STATES[self._verdict.state])
        progress = f"<div><small>{html.escape(self._progress)}</small></div>"
        return (
            f'<div role="status" style="border-left: 5px solid {background}; padding: 4px 12px; '
            f'margin: 4px 0"><strong style="background-color: {background}; color: {color}; '
            f'padding: 1px 6px; border-radius: 3px">{state}</strong> · {html.escape(self._title)}'
            f'<div style="white-space: pre-wrap">{message_html(self._verdict.message)}</div>'
            f"{progress if self._progress else ''}</div>"
        )
