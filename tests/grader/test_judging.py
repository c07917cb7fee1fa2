"""What a kernel sends is an observation or nothing, and feedback quotes no hidden input."""

from __future__ import annotations

import json

import pytest

from course_utils import checks
from course_utils._draws import Exchange, open_exchange
from course_utils.grading import judging, running
from course_utils.grading.walls.limits import Limits

NOTHING: dict[str, object] = {"calls": [], "examined": {}}
GOOD = {"question": "n_combos", "status": "ok", "data": {"counts": [1]}, "traceback": ""}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "[]",
        json.dumps(GOOD | {"points": 3}),
        json.dumps({k: v for k, v in GOOD.items() if k != "data"}),
        json.dumps(GOOD | {"data": [1]}),
        json.dumps(GOOD).replace("[1]", "[NaN]"),
        json.dumps(GOOD).replace("[1]", "[Infinity]"),
        json.dumps(GOOD).replace('"status"', '"question": "x", "status"'),
        "[" * 100_000,
        json.dumps(GOOD) + " " * 600_000,
    ],
)
def test_only_an_observation_is_an_observation(text: str) -> None:
    assert judging.parse(text) is None
    question = next(q for q in checks.questions("02") if q.name == "n_combos")
    verdict = judging.verdict(question, (text or "x", "ok", {}), 3, Limits())
    assert (verdict.state, verdict.points) == ("no_verificable", 0)


def test_an_observation_is_read_and_judged() -> None:
    assert judging.parse(json.dumps(GOOD)) == GOOD
    question = next(q for q in checks.questions("02") if q.name == "n_combos")
    verdict = judging.verdict(question, (json.dumps(GOOD), "ok", {}), 3, Limits())
    assert verdict.state in ("incorrecto", "no_verificable")


@pytest.mark.parametrize("lesson", ["03", "05", "06", "07", "09", "10"])
def test_what_a_kernel_says_of_calls_and_networks_is_not_believed(lesson: str) -> None:
    built = {"outputs": [[0.1] * 10] * 12, "scores": {"loss": 2.302585, "accuracy": 0.1}}
    claimed = {
        "calls": [[[1, 1]] * 84],
        "examined": {"built": [built | {"weights": 1000 + k} for k in range(2)], "loads": True},
        "space": [["units", 16, 512]],
        "mutates": False,
    }
    for question in checks.questions(lesson):
        if question.free_text:
            continue
        record = (
            open_exchange(question.name, 3).record if question.name != "imdb_model" else NOTHING
        )
        sent = GOOD | {"question": question.name, "data": claimed}
        found = judging.verdict(question, (json.dumps(sent), "ok", record), 3, Limits())
        assert found.points == 0, found
        assert set(record) == {"calls", "examined"}


def test_feedback_never_quotes_the_secret_inputs() -> None:
    question = next(q for q in checks.questions("02") if q.name == "n_combos")
    for key, template in question.messages.items():
        secret = checks.Verdict("incorrecto", "oculto 4711", key, 0.0, question.points)
        said = judging.feedback_message(question, secret, ("", "error", {}), Limits())
        assert "4711" not in said
        assert "{" not in said.replace("{{", "")
        assert said.split("…")[0] == template.split("{")[0]


def test_what_is_only_sent_is_drawn_once_for_all_and_says_the_same() -> None:
    seed = 31_415_926
    once = running._drawn("n_combos", seed)
    assert once == [open_exchange("n_combos", s).sent for s in (seed, checks.PUBLIC_SEED)]
    exchange = Exchange.of_sent(once[0])
    assert (exchange.sent, exchange.record) == (once[0], NOTHING)
    assert "error" in json.loads(exchange.answer('{"objective": 0, "argument": {}}'))


@pytest.mark.parametrize("name", ["random_search", "evolve", "build_model", "saved_search"])
def test_what_answers_calls_or_takes_files_is_drawn_for_each_submission(name: str) -> None:
    assert running._drawn(name, 31_415_926) == []
