"""Predictions that a student makes before seeing a result, and what came of them.

``guess`` asks, ``reveal`` puts the answer beside the truth, and ``reveal()`` closes a lesson with
all of them. Predicting first is what makes a surprise visible: a result that was only read looks
as if one had known it all along.

Answers are kept in the student's own file (:mod:`course_utils._notes`). Without a kernel a reader
sees the question and its options; in a script, and for nbval, the same as plain text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course_utils import messages
from course_utils._notes import read_notes, write_note
from course_utils._notices import display_or_say
from course_utils.numerals import number_text, read_number

__all__ = ["guess", "reveal"]

_SECTION = "predicciones"
_KEY = re.compile(r"\d{1,2}\.\d{1,2}[a-z]?")
# The options are written in the page for readers without a kernel; the live form takes their place.
_STYLE = """<style>
:is(.jp-OutputArea, #output-area):has(.course-guess-form) .course-guess ul { display: none; }
.course-guess-form label { white-space: normal; height: auto; }
</style>"""


@dataclass(frozen=True)
class _Asked:
    key: str
    question: str
    options: tuple[str, ...]
    unit: str

    def text(self, answer: Any) -> str:
        """An answer as it is shown, with its unit."""
        if isinstance(answer, str):
            return answer
        return f"{number_text(answer)} {self.unit}".strip()


_asked: dict[str, _Asked] = {}  # of this kernel, in the order of the notebook
_answers: dict[str, Any] = {}
_truths: dict[str, tuple[Any, str]] = {}  # key -> truth and "acierto", "cerca" or "sorpresa"


def guess(key: str, question: str, options: Sequence[str] = (), *, unit: str = "") -> None:
    """Ask for a prediction, before the cell that shows the answer.

    Parameters
    ----------
    key : str
        Section of the lesson, ``"3.4"``; a letter tells two of one section apart: ``"3.4b"``.
    question : str
        What to predict.
    options : sequence of str, optional
        Answers to choose from. Without them, a number is asked for.
    unit : str, optional
        What the number counts: ``"intentos"``.

    Raises
    ------
    ValueError
        If `key` is no section, or there is only one option, or two are equal.

    Examples
    --------
    >>> guess("3.4", "¿Cuántos intentos bastan?", unit="intentos")
    >>> guess("2.5", "¿Cuál pesa más?", ["max_features", "min_samples_leaf"])
    """
    options = tuple(options)
    if not _KEY.fullmatch(key):
        raise ValueError(messages.GUESS_BAD_KEY.format(key=key))
    if len(options) == 1 or len(set(options)) < len(options):
        raise ValueError(messages.GUESS_BAD_OPTIONS.format(key=key))
    asked = _asked[key] = _Asked(key, question, options, unit)
    kept = read_notes(_SECTION).get(key)
    if key not in _answers and _fits(asked, kept):
        _answers[key] = kept
    display_or_say(_Question(asked))
    if _in_notebook():
        _show_form(asked)


def reveal(key: str | None = None, truth: Any = None, *, close: float = 0.1) -> None:
    """Show a prediction beside what came out; without arguments, all those of the lesson.

    Parameters
    ----------
    key : str, optional
        The one given to :func:`guess`.
    truth : str or float, optional
        What came out: one of the options, or the number.
    close : float, default=0.1
        A number is close if it is off by at most this share of the truth.

    Raises
    ------
    ValueError
        If nothing was asked under `key`, or `truth` is none of its options.
    """
    if key is None:
        display_or_say(_Summary())
        return
    asked = _asked.get(key)
    if asked is None:
        raise ValueError(messages.GUESS_NOT_ASKED.format(key=key))
    if asked.options and truth not in asked.options:
        raise ValueError(messages.GUESS_NO_OPTION.format(key=key, truth=truth))
    if not asked.options:
        truth = float(truth)
    _truths[key] = truth, _outcome(_answers.get(key), truth, close)
    display_or_say(_Revealed(asked))


def _fits(asked: _Asked, answer: object) -> bool:
    """Tell whether a kept answer still answers the question: lessons change."""
    if asked.options:
        return answer in asked.options
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _outcome(answer: Any, truth: Any, close: float) -> str:
    if answer is None:
        return "sin_prediccion"
    if answer == truth:
        return "acierto"
    if not isinstance(truth, str) and abs(answer - truth) <= close * abs(truth):
        return "cerca"
    return "sorpresa"


# --- what is shown -------------------------------------------------------------------------------
class _Question:
    """The question for everybody; its options stand there for readers without a kernel."""

    def __init__(self, asked: _Asked) -> None:
        self._asked = asked

    def __repr__(self) -> str:
        lines = [messages.GUESS_QUESTION.format(question=self._asked.question)]
        return "\n".join(lines + [f"  · {option}" for option in self._asked.options])

    def _repr_html_(self) -> str:
        options = "".join(f"<li>{html.escape(option)}</li>" for option in self._asked.options)
        head = messages.GUESS_QUESTION.format(question=self._asked.question)
        return (
            f'<div class="course-guess"><p>{html.escape(head)}</p>'
            f"{f'<ul>{options}</ul>' if options else ''}</div>"
        )


class _Revealed:
    """One prediction beside what came out."""

    def __init__(self, asked: _Asked) -> None:
        self._asked = asked

    def __repr__(self) -> str:
        key = self._asked.key
        truth, outcome = _truths[key]
        lines = [messages.GUESS_TRUTH.format(truth=self._asked.text(truth))]
        if outcome != "sin_prediccion":
            answer = self._asked.text(_answers[key])
            lines.insert(0, messages.GUESS_ANSWER.format(answer=answer))
        return "\n".join([*lines, messages.GUESS_OUTCOMES[outcome]])

    def _repr_html_(self) -> str:
        lines = [html.escape(line) for line in repr(self).split("\n")]
        lines[-1] = f"<strong>{lines[-1]}</strong>"
        return f'<p role="status" class="course-reveal">{"<br>".join(lines)}</p>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """The pair as data too: a grader shows what a class believed."""
        truth, outcome = _truths[self._asked.key]
        pair = {"key": self._asked.key, "answer": _answers.get(self._asked.key)}
        return {"application/vnd.course.guess+json": pair | {"truth": truth, "outcome": outcome}}


class _Summary:
    """All predictions of the lesson, and those worth a second look."""

    def _rows(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        for key, (truth, outcome) in _truths.items():
            asked, answer = _asked[key], _answers.get(key)
            said = messages.GUESS_NONE if answer is None else asked.text(answer)
            mark = messages.GUESS_MARKS[outcome]
            rows.append((key, asked.question, said, asked.text(truth), mark))
        return rows

    def _advice(self) -> str:
        surprises = [key for key, (_, outcome) in _truths.items() if outcome == "sorpresa"]
        if surprises:
            return messages.GUESS_AGAIN.format(sections=", ".join(surprises))
        if any(outcome != "sin_prediccion" for _, outcome in _truths.values()):
            return messages.GUESS_NO_SURPRISE
        return messages.GUESS_NONE_MADE

    def __repr__(self) -> str:
        lines = [
            f"{key}  {question}\n     {said} → {truth} ({mark})"
            for key, question, said, truth, mark in self._rows()
        ]
        return "\n".join([*lines, self._advice()])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in messages.GUESS_COLUMNS)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._rows()
        )
        return (
            f'<table class="course-guesses"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
            f"</table><p>{html.escape(self._advice())}</p>"
        )


def _in_notebook() -> bool:
    from IPython import get_ipython

    return hasattr(get_ipython(), "kernel")


# --- the live form -------------------------------------------------------------------------------
def _show_form(asked: _Asked) -> None:
    import ipywidgets
    from IPython.display import display

    control = _options(asked) if asked.options else _number(asked)
    said = ipywidgets.HTML(_noted(asked))
    style = ipywidgets.HTML(_STYLE, layout={"display": "none"})
    box = ipywidgets.VBox([control, said, style])
    box.add_class("course-guess-form")

    def answered(change: dict[str, Any]) -> None:
        answer = change["new"] if asked.options else read_number(change["new"])
        if answer is None:
            said.value = _line(messages.GUESS_NO_NUMBER)
            return
        _answers[asked.key] = answer
        kept = write_note(_SECTION, asked.key, answer)
        said.value = _noted(asked) if kept else _noted(asked) + _line(messages.GUESS_NOT_KEPT)

    control.observe(answered, names="value")
    display(box)


def _options(asked: _Asked) -> Any:
    import ipywidgets

    return ipywidgets.RadioButtons(
        options=asked.options,
        value=_answers.get(asked.key),
        layout={"width": "max-content", "max_width": "98%"},
    )


def _number(asked: _Asked) -> Any:
    import ipywidgets

    kept = _answers.get(asked.key)
    return ipywidgets.Text(
        value="" if kept is None else number_text(kept),
        placeholder=messages.GUESS_PLACEHOLDER,
        description=messages.GUESS_LABEL,
        continuous_update=False,
        style={"description_width": "initial"},
    )


def _noted(asked: _Asked) -> str:
    answer = _answers.get(asked.key)
    if answer is None:
        return _line(messages.GUESS_WAITING)
    return _line(messages.GUESS_NOTED.format(answer=asked.text(answer)))


def _line(text: str) -> str:
    return f'<p role="status" aria-live="polite">{html.escape(text)}</p>'
