"""From the texts that a kernel sent to verdicts: strict JSON, a schema, a time limit."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from course_utils import checks, messages
from course_utils.checks import Question, Verdict
from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.walls.limits import Limits

__all__ = ["feedback_message", "judge_run", "parse", "verdict"]

_MAX_TEXT = 500_000
_KEPT = ("cells", "seconds", "examined_seconds", "peak_mb", "restarts")
_KEYS = {"question": str, "status": str, "data": dict, "traceback": str}
_SECONDS = 60


Reply = Sequence[Any]  # text, status, record; a list once it came through JSON


class _TooSlow(Exception):  # noqa: N818
    pass


def judge_run(exercise: Exercise, raw: dict[str, Any], seed: int, limits: Limits) -> dict[str, Any]:
    """Judge all answers of a run.

    Parameters
    ----------
    exercise : Exercise
        What was answered.
    raw : dict
        What :func:`course_utils.grading.walls.job.run_job` returned.
    seed : int
        The secret seed.
    limits : Limits
        Named in messages.

    Returns
    -------
    dict
        As it is stored: ``cells``, ``seconds``, ``examined_seconds``, ``peak_mb``, ``restarts`` of
        the run, and ``verdicts``: question → fields of an
        :class:`~course_utils.grading.submission.Answer`.
    """
    verdicts = {}
    for question in exercise.checked:
        secret = verdict(question, raw["answers"][question.name], seed, limits)
        public = raw["public"].get(question.name, ("", "error", {}))
        not_run = secret.message == messages.GRADER_NOT_RUN
        verdicts[question.name] = {
            "state": secret.state,
            "message": feedback_message(question, secret, public, limits),
            "misconception": secret.misconception or "",
            "doubt": secret.doubt,
            "points": None if not_run else secret.points,
        }
    return {key: raw.get(key) for key in _KEPT} | {"verdicts": verdicts}


def parse(text: str) -> dict[str, Any] | None:
    """Read an observation; None unless it is exactly what an observer writes.

    Parameters
    ----------
    text : str
        What came out of the student's kernel.
    """
    if len(text) > _MAX_TEXT:
        return None
    try:
        found = json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.keys() != _KEYS.keys():
        return None
    if not all(isinstance(found[key], kind) for key, kind in _KEYS.items()):
        return None
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def verdict(question: Question, reply: Reply, seed: int, limits: Limits) -> Verdict:
    """Judge one answer.

    Parameters
    ----------
    question : Question
        With a judge.
    reply : text, status, record
        What the kernel answered, how it ended, and what the grader recorded meanwhile.
    seed : int
        The seed that drew the inputs.
    limits : Limits
        Named in messages.

    Returns
    -------
    Verdict
        ``"no_verificable"`` for anything that does not have the form of an observation.
    """
    text, status, record = reply
    if status == "arranque":
        return Verdict("no_verificable", messages.GRADER_NOT_RUN, None, 0.0, question.points)
    if not text and status in messages.GRADER_ENDED:
        sentence = messages.GRADER_ENDED[status].format(
            seconds=limits.question_seconds, memory_mb=limits.memory_mb
        )
        state = "no_verificable" if status in ("error", "muerto") else "fallo"
        return Verdict(state, sentence, None, 0.0, question.points)
    found = parse(text)
    if found is None or found["question"] != question.name:
        return Verdict("no_verificable", messages.GRADER_DAMAGED, None, 0.0, question.points)
    found["data"] |= record  # last: what was seen outside outweighs what the kernel says of it
    try:
        with _time_limit(_SECONDS):
            said = checks.judge(question.name, found, seed)
    except (_TooSlow, MemoryError, RecursionError):
        return Verdict("no_verificable", messages.GRADER_JUDGE_SLOW, None, 0.0, question.points)
    if status == "tiempo" and said.state == "fallo":  # the error is our own interruption
        text = messages.GRADER_ENDED["tiempo"].format(seconds=limits.question_seconds)
        return Verdict("fallo", text, None, 0.0, question.points)
    return said


def feedback_message(question: Question, secret: Verdict, public: Reply, limits: Limits) -> str:
    """Message for the student, made from the public inputs only.

    Parameters
    ----------
    question : Question
        With a judge.
    secret : Verdict
        What is marked. Its text may hold what a kernel wrote after it had seen the secret inputs.
    public : text, status, record
        The reply to the public inputs, asked while there was no secret to quote.
    limits : Limits
        Named in messages.

    Returns
    -------
    str
        A sentence of the grader's own, or the message of the public check where it comes to the
        same state; otherwise one that names the kind, and what to run at home.
    """
    if secret.state in ("correcto", "sin_intentar") or secret.message in _own_sentences(limits):
        return secret.message
    if not public[0]:
        return _elided(question, secret)
    seen = verdict(question, public, checks.PUBLIC_SEED, limits)
    if seen.state == "correcto":
        return messages.GRADER_PUBLIC_ONLY
    if (seen.state, seen.misconception) == (secret.state, secret.misconception):
        return seen.message
    return _elided(question, secret)


def _own_sentences(limits: Limits) -> set[str]:
    fields = {"seconds": limits.question_seconds, "memory_mb": limits.memory_mb}
    fixed = {messages.GRADER_NOT_RUN, messages.GRADER_DAMAGED, messages.GRADER_JUDGE_SLOW}
    return fixed | {text.format(**fields) for text in messages.GRADER_ENDED.values()}


class _Elided(dict[str, Any]):
    def __missing__(self, key: str) -> _Blank:
        return _Blank()


class _Blank:
    def __format__(self, spec: str) -> str:
        return f"… {spec.rpartition('|')[2]}" if "|" in spec else "…"

    def __repr__(self) -> str:
        return "…"

    def __getattr__(self, name: str) -> _Blank:
        return self

    def __getitem__(self, key: Any) -> _Blank:
        return self


def _elided(question: Question, secret: Verdict) -> str:
    """The kind of a mistake, without a word that was written after the secret inputs were sent."""
    if secret.misconception and secret.misconception in question.messages:
        kind = question.template(secret.misconception).format_map(_Elided())
    else:
        kind = f"{messages.GRADER_STATES[secret.state].capitalize()}."
    return f"{kind}\n{messages.GRADER_AT_HOME.format(name=question.name)}"


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Stop a judge that hostile data keep busy; only where alarms exist and may be set."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
