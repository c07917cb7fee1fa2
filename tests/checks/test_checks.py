"""What every check shares: states, plain data, tracebacks, damaged observations, display."""

from __future__ import annotations

import json
import random
import re
import signal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from course_utils import check, messages
from course_utils._judges import all_questions
from course_utils._observers.student import MAX_BYTES, Problem, Student, plain, setting
from course_utils.checks import STATES, CheckFailed, Question, Verdict, ask, judge, questions
from course_utils.checks.notebook import last_slip, time_limit
from course_utils.checks.shown import STATE_COLORS, Shown, message_html
from course_utils.checks.told import Told
from course_utils.grading.reports.pages import COLORS
from tests.checks.exercise_bank import verdict

RIGHT = """
import math
def n_combos(space, cv):
    return cv * math.prod(map(len, space.values()))
"""


@pytest.mark.parametrize(
    ("code", "state", "says"),
    [
        (RIGHT, "correcto", "Se cumple"),
        ("def n_combos(space, cv): return ...", "sin_intentar", "puntos suspensivos"),
        ("n_combos = ...", "sin_intentar", "puntos suspensivos"),
        ("def n_combos(space): return 1", "fallo", "TypeError"),
        ("def n_combos(space, cv): exit()", "fallo", "SystemExit"),
        ("def n_combos(space, cv): raise KeyboardInterrupt", "fallo", "KeyboardInterrupt"),
        ("def n_combos(space, cv): return n_combos(space, cv)", "fallo", "RecursionError"),
        ("n_combo = 3", "no_verificable", "No encuentro `n_combos`"),
        ("n_combos = 12500", "incorrecto", "tipo `int`"),
        ("def n_combos(space, cv): return object()", "incorrecto", "tipo `object`"),
        ("def n_combos(space, cv): return 10 ** 100_000", "incorrecto", "tipo `int`"),
        ("def n_combos(space, cv): return float('nan')", "incorrecto", "das nan"),
    ],
)
def test_states(code: str, state: str, says: str) -> None:
    found = verdict("n_combos", code)
    assert found.state == state in STATES
    assert says in found.message
    assert found.points == (2 if state == "correcto" else 0)


def test_a_traceback_shows_their_lines_and_no_path() -> None:
    code = (
        "import json\ndef half(x):\n    return json.loads(x)\nn_combos = lambda s, cv: half('{')\n"
    )
    found = verdict("n_combos", code)
    assert "en half, línea 3" in found.message
    assert "JSONDecodeError" in found.message
    assert "/" not in found.message
    assert "observers" not in found.message
    assert len(found.message) < 1000


def test_an_error_whose_text_raises() -> None:
    code = """
    class Bad(Exception):
        def __str__(self): raise ValueError
    def n_combos(space, cv): raise Bad
    """
    assert "Bad" in verdict("n_combos", code).message


def test_prints_and_warnings_are_swallowed(capsys: pytest.CaptureFixture[str]) -> None:
    code = RIGHT.replace(
        "return",
        "import warnings, sys; warnings.warn('x'); print('y' * 10**6); print(1, file=sys.stderr)\n"
        "    return",
    )
    assert verdict("n_combos", code).state == "correcto"
    assert capsys.readouterr() == ("", "")


def test_values_become_plain() -> None:
    frame = pd.DataFrame({"a": [1, 2]})
    values = [np.float32(0.5), np.int8(3), np.bool_(True), (1, None), {2, 1}, np.eye(2), frame]
    expected = [0.5, 3, True, [1, None], [1, 2], [[1.0, 0.0], [0.0, 1.0]], [[1], [2]]]
    assert plain(values) == expected
    assert plain([np.inf, -np.inf, np.nan]) == ["inf", "-inf", "nan"]
    assert plain({1: "x"}) == {"1": "x"}


def test_a_hyperparameter_is_the_same_in_every_type() -> None:
    tens = {setting(value) for value in (10, 10.0, np.int64(10), np.float32(10), np.array(10))}
    assert tens == {"10"}
    values = [(1, 2), [1, 3], None, "relu", 0.1, True, object]
    assert len({setting(value) for value in values}) == len(values)


@pytest.mark.parametrize(
    "value",
    [object(), 1j, b"x", "x" * 5_000, [0] * 30_000, 2**300, lambda: 0, np.array([object()])],
)
def test_other_values_are_refused(value: Any) -> None:
    with pytest.raises(Problem):
        plain(value)


def test_a_list_that_holds_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(Problem):
        plain(endless)


def test_an_observation_is_bounded() -> None:
    namespace = {"useless": lambda X: ["x" * 1_900] * len(X)}
    observation = ask("useless", namespace, 1)
    assert observation["status"] == "unserializable"
    assert len(json.dumps(observation)) < MAX_BYTES


def test_a_student_cannot_change_the_inputs_of_a_later_call() -> None:
    student = Student({}, 0, str)
    given = {"a": [1]}
    student.call(lambda space: space["a"].append(2), given)
    assert given == {"a": [1]}
    assert student.mutates


def test_global_generators_hang_on_the_start_and_on_the_call() -> None:
    students = [Student({}, 2**32 - 1, str) for _ in range(2)]
    draws = [
        [student.call(lambda: [random.random(), np.random.rand()]) for _ in range(2)]  # noqa: NPY002
        for student in students
    ]
    assert draws[0] == draws[1]
    assert draws[0][0] != draws[0][1]


@pytest.mark.parametrize(
    "observation",
    [
        {},
        {"question": "n_combos"},
        {"question": "n_combos", "status": "ok"},
        {"question": "n_combos", "status": "ok", "data": None, "traceback": ""},
        {"question": "n_combos", "status": "ok", "data": {"counts": []}, "traceback": ""},
        {"question": "n_combos", "status": "fine", "data": {}, "traceback": ""},
        {"question": "is_inert", "status": "ok", "data": {"counts": [1]}, "traceback": ""},
        {"question": "n_combos", "status": "raised", "data": {}},
        [],
        None,
        "correcto",
    ],
)
def test_a_damaged_observation_never_scores(observation: Any) -> None:
    found = judge("n_combos", observation, 1)
    assert (found.state, found.points) == ("no_verificable", 0)


JUNK: list[Any] = [
    None,
    True,
    -1,
    1e308,
    "nan",
    "x",
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    [1] * 7,
    [[1, 2]] * 4,
]


@pytest.mark.parametrize(
    "name",
    [
        # Keras' tuner draws the paper of one of them.
        pytest.param(name, marks=[pytest.mark.slow] if name == "build_model" else [])
        for name, question in all_questions().items()
        if not question.free_text
    ],
)
def test_junk_never_scores_and_never_raises(name: str) -> None:
    genuine = ask(name, _solution_stub(name), 3)
    keys = list(genuine["data"]) or ["counts", "answers", "params", "runs", "values", "p"]
    for junk in JUNK:
        data = dict.fromkeys(keys, junk) | {"mutates": False}
        sent = {"question": name, "status": "ok", "data": data, "traceback": ""}
        found = judge(name, json.loads(json.dumps(sent)), 3)
        assert found.state in ("no_verificable", "incorrecto")
        assert found.points < found.out_of or all_questions()[name].practice


def _solution_stub(name: str) -> dict[str, object]:
    return {name: lambda *args: 0}


def test_an_answer_for_the_public_seed_fails_under_another() -> None:
    namespace: dict[str, object] = {}
    exec(RIGHT, namespace)
    observation = ask("n_combos", namespace, 101)
    assert judge("n_combos", observation, 101).state == "correcto"
    assert judge("n_combos", observation, 102).state == "incorrecto"


def test_questions_by_lesson() -> None:
    assert questions("02") == questions(2) == questions("02_busqueda_en_cuadricula")
    assert [question.free_text for question in questions(2)] == [False, False, False, True]
    assert {question.points > 0 for question in questions()} == {True}
    with pytest.raises(ValueError, match="human"):
        judge("texto_02", {}, 1)
    with pytest.raises(KeyError):
        judge("nope", {}, 1)


@pytest.mark.parametrize("name", ["nope", 3, ["x"], None])
def test_check_of_an_unknown_question_says_where_the_name_stands(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    check(name)
    printed = capsys.readouterr().out
    assert "No hay ninguna pregunta" in printed
    assert "¿Quizá" not in printed


@pytest.mark.parametrize("name", ["n_combo", "N_combos", "n_combos()"])
def test_check_of_a_name_with_a_slip_says_the_closest(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    check(name)
    printed = capsys.readouterr().out
    assert "¿Quizá `n_combos`" in printed
    assert "breed" not in printed


def test_check_of_a_free_text_says_who_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    check("texto_02")
    assert "la lee una persona" in capsys.readouterr().out


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_an_endless_loop_is_stopped_and_named(
    handler: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("course_utils.checks.MOST_SECONDS", 1)
    code = "def n_combos(space, cv):\n    while True: pass"
    before = signal.signal(signal.SIGINT, handler)  # a job in the background ignores it
    try:
        exec(f"{code}\nfrom course_utils import check\ncheck('n_combos')", {})
        assert signal.getsignal(signal.SIGINT) == handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert "un bucle que no termina" in capsys.readouterr().out


def test_the_stop_button_is_not_the_clock() -> None:
    with pytest.raises(KeyboardInterrupt), time_limit(60) as clock:
        raise KeyboardInterrupt
    assert not clock.rang


class _Shell:
    """A notebook in which cells were run, as IPython keeps them."""

    def __init__(self, *cells: str) -> None:
        self.history_manager = SimpleNamespace(input_hist_raw=["", *cells])
        self.transform_cell = TransformerManager().transform_cell


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ((RIGHT,), None),
        ((RIGHT, "check('n_combos')"), None),
        ((RIGHT, "def n_combos(space, cv)\n    return 1"), 1),
        ((RIGHT, "import math\nn_combos = lambda s, c: (1", "check('n_combos')"), 2),
        (("def n_combos(space, cv)\n    return 1", RIGHT), None),
        ((RIGHT, "%pip install -q x\ndef n_combos(space, cv):\n  return 1\n return 2"), 4),
        (("def other(n_combos) return 1",), None),
        ((), None),
    ],
)
def test_the_last_slip_in_the_cell_of_a_name(
    cells: tuple[str, ...], line: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_utils.checks.notebook.shell", lambda: _Shell(*cells))
    slip = last_slip("n_combos")
    assert (None if slip is None else slip.lineno) == line


def test_an_older_answer_is_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    slip = SyntaxError("expected ':'")
    slip.lineno = 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course_utils.checks.last_slip", lambda name: slip)
        exec(f"{RIGHT}\nfrom course_utils import check\ncheck('n_combos')", {})
    printed = capsys.readouterr().out
    assert "Correcto" not in printed
    assert "(línea 2: expected ':')" in printed


@pytest.mark.parametrize(
    ("value", "template", "text"),
    [
        (1, "{x:fila|filas}", "1 fila"),
        (1.0, "{x:fila|filas}", "1 fila"),
        (0, "{x:fila|filas}", "0 filas"),
        ("1", "{x:fila|filas}", "1 filas"),
        (12_501.0, "{x}", "12\u202f501"),
        (4.720000000000001, "{x}", "4.72"),
        ([4.720000000000001, 10.0], "{x}", "[4.72, 10.0]"),
        (repr(0.30000000000000004), "{x}", "0.3"),
        (float("inf"), "{x}", "inf"),
        (True, "{x}", "True"),
        ("a" * 200, "{x:>3}", "a" * 157 + "..."),
    ],
)
def test_details_are_told_in_one_style(value: Any, template: str, text: str) -> None:
    assert template.format(x=Told(value)) == text


def test_messages_write_numbers_with_a_point() -> None:
    for question in questions():
        for key, message in question.messages.items():
            assert not re.search(r"\d,\d", message), (question.name, key)


def test_check_in_a_plain_script(capsys: pytest.CaptureFixture[str]) -> None:
    exec(f"{RIGHT}\nfrom course_utils import check\ncheck('n_combos')", {})
    assert capsys.readouterr().out.startswith("Correcto · ¿Cuántos entrenamientos?\n")


def test_under_nbgrader_anything_but_right_raises(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    exec(f"{RIGHT}\nfrom course_utils import check\ncheck('n_combos')", {})
    for code in ("n_combos = ...", "def n_combos(space, cv): return 1", "", "n_combos = print"):
        with pytest.raises(CheckFailed):
            exec(f"{code}\nfrom course_utils import check\ncheck('n_combos')", {})
    with pytest.raises(CheckFailed):
        check("nope")


def test_html_is_escaped() -> None:
    text = "das <script>alert(1)</script> en `n_combos`"
    shown = Shown("<b>", Verdict("incorrecto", text, "x", 0.0, 1.0))._repr_html_()
    assert "<script>" not in shown
    assert "&lt;b&gt;" in shown
    assert "<code>n_combos</code>" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`a` y `b`", "<code>a</code> y <code>b</code>"),
        ("una sola ` no", "una sola ` no"),
        ("`dos\nlíneas`", "`dos\nlíneas`"),
        ("`<i>` & 'x'", "<code>&lt;i&gt;</code> &amp; &#x27;x&#x27;"),
    ],
)
def test_what_stands_between_back_ticks_is_code(text: str, shown: str) -> None:
    assert message_html(text) == shown


def test_no_message_shows_the_asterisks_of_emphasis_and_code_keeps_its_own() -> None:
    question = Question(
        "x", "02", "x", 1, messages={"k": "Usa *una* o **dos**: `f(*a, **b)`, `a*b*c`."}
    )
    assert question.template("k") == "Usa una o dos: `f(*a, **b)`, `a*b*c`."
    shown = [q.template(key) for q in all_questions().values() for key in q.messages]
    shown += [text for text in vars(messages).values() if isinstance(text, str)]
    assert [text for text in shown if "*" in re.sub(r"`[^`\n]+`", "", text)] == []


def test_states_have_a_name_and_colours() -> None:
    assert set(messages.ANSWER_STATES) == set(STATES) == set(STATE_COLORS)
    assert set(messages.GRADER_STATES) == set(COLORS)
    assert len({background for background, _ in COLORS.values()}) == len(COLORS)


def _luminance(color: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_word_of_a_state_is_legible_in_every_theme() -> None:
    assert _contrast("#ffffff", "#000000") == pytest.approx(21)
    for background, color in COLORS.values():
        assert _contrast(background, color) >= 4.5
    for state in STATES:  # it brings its own background, so the theme's does not matter
        shown = Shown("x", Verdict(state, "y", None, 0.0, 1.0))._repr_html_()
        (word,) = re.findall(r"<strong style=\"([^\"]*)\">", shown)
        background, color = STATE_COLORS[state]
        assert f"background-color: {background}; color: {color};" in word
