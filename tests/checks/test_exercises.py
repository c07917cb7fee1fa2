"""Every exercise and its solution: fresh, complete, without a trace of the answer, checked."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_utils import messages
from course_utils._judges import all_questions
from course_utils._observers import question_names
from course_utils.checks import questions
from tests.checks.exercise_bank import run_cells, verdict
from tools import make_exercises, notebooks

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))
REPOSITORY = notebooks.repository()


@pytest.fixture(scope="module", params=SOLUTIONS, ids=lambda path: path.stem)
def stem(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.stem


def _read(folder: str, stem: str) -> Any:
    return nbformat.read(ROOT / folder / f"{stem}.ipynb", as_version=4)


def _text(notebook: Any) -> str:
    return "\n".join(cell.source for cell in notebook.cells)


def test_it_is_up_to_date(stem: str) -> None:
    made = make_exercises.exercise(_read("solutions", stem), f"{stem}.ipynb")
    wanted = nbformat.writes(made) + "\n"
    stored = (ROOT / "exercises" / f"{stem}.ipynb").read_text(encoding="utf-8")
    assert stored == wanted, "run `make exercises`"
    assert make_exercises.annotate(_read("solutions", stem)) == _read("solutions", stem)


def test_there_is_no_exercise_without_a_solution() -> None:
    made = sorted(path.name for path in (ROOT / "exercises").glob("*.ipynb"))
    assert made == [path.name for path in SOLUTIONS]
    lessons = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert set(made) <= lessons


def test_no_trace_of_the_solution_is_left(stem: str) -> None:
    exercise = _read("exercises", stem)
    solution = _read("solutions", stem)
    left = "\n".join(cell.source for cell in exercise.cells if cell.cell_type == "code")
    given = "\n".join(  # what a statement gives to start from
        cell.source
        for cell in solution.cells
        if cell.cell_type == "code" and not cell.metadata and "SOLUTION" not in cell.source
    )
    for cell in solution.cells:
        for region in make_exercises.REGION.finditer(cell.source):
            for line in map(str.strip, region[0].splitlines()[1:-1]):
                assert len(line) < 12 or line in given or line not in left, line
        if make_exercises.ANSWER.search(cell.source):
            model_answer = cell.source.split("-->", 1)[1].strip()
            assert len(model_answer) > 100, "a free text has a model answer in its solution"
            assert model_answer[:60] not in _text(exercise)
    assert "SOLUTION" not in _text(exercise)
    assert "solution-only" not in str(exercise)


def test_it_is_valid_and_clean(stem: str) -> None:
    for folder in ("solutions", "exercises"):
        notebook = _read(folder, stem)
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3"
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert code[0].source == notebooks.setup_cell("check", "setup")
        for cell in code:
            for output in cell.outputs:
                assert output.get("name") != "stderr"
                assert output.output_type != "error"
                assert not re.search(r"/(root|work|tmp|home|Users)/", str(output))
    for cell in code:
        tags = cell.metadata.get("tags", [])
        assert not cell.outputs or "keep-output" in tags
        assert cell.execution_count is None


def test_it_has_the_title_of_its_lesson(stem: str) -> None:
    titles = [
        re.search(r"^# \w+ \d\d · (.+)$", _text(_read(folder, stem)), re.M)
        for folder in ("notebooks", "solutions", "exercises")
    ]
    assert len({title and title[1] for title in titles}) == 1


def test_it_asks_every_question_of_its_lesson(stem: str) -> None:
    exercise = _read("exercises", stem)
    asked = [*make_exercises.CHECK.findall(_text(exercise))]
    assert asked == [q.name for q in questions(stem) if not q.free_text]
    assert 2 <= len(asked) <= 4
    texts = [*make_exercises.ANSWER.findall(_text(exercise))]
    assert texts == [q.name for q in questions(stem) if q.free_text]
    assert texts
    headings = re.findall(r"^## \d+\.\d+ (.*) \(.*?, (\d+) puntos?\)", _text(exercise), re.M)
    told = [(title, float(points)) for title, points in headings]
    assert told == [(q.title, q.points) for q in questions(stem)]  # as on every page about it


def test_it_opens_explains_and_helps(stem: str) -> None:
    exercise = _read("exercises", stem)
    first = exercise.cells[0].source
    assert re.match(rf"# Ejercicios {stem[:2]} · \w", first)
    assert f"github/{REPOSITORY}/blob/main/exercises/{stem}.ipynb" in first
    assert f"(../notebooks/{stem}.ipynb)" in first
    checks = len(make_exercises.CHECK.findall(_text(exercise)))
    assert _text(exercise).count("**Objetivo.**") >= checks
    assert _text(exercise).count("<summary>Pista 1</summary>") >= checks
    assert _text(exercise).count("<details>") == _text(exercise).count("</details>")
    assert "<!-- objetivo" not in _text(exercise)
    assert f"`exercises/{stem}.ipynb`" in exercise.cells[-1].source  # what to hand in
    for target in re.findall(r"\]\(([^)\s]+)\)", _text(exercise)):
        if not re.match(r"https?:|#|attachment:", target):
            assert (ROOT / "exercises" / target.split("#")[0]).exists(), target


def test_untouched_it_runs_and_every_check_says_so(
    stem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    namespace = run_cells(ROOT / "exercises" / f"{stem}.ipynb")
    assert _states(capsys.readouterr().out) == {"Sin intentar": _n_checks(stem)}
    for question in questions(stem):
        if not question.free_text:  # as the grader asks
            found = verdict(question.name, namespace)
            assert (found.state, found.points) == ("sin_intentar", 0), question.name


def test_the_solution_is_right_everywhere(stem: str, capsys: pytest.CaptureFixture[str]) -> None:
    run_cells(ROOT / "solutions" / f"{stem}.ipynb")
    assert _states(capsys.readouterr().out) == {"Correcto": _n_checks(stem)}


def _n_checks(stem: str) -> int:
    return sum(not question.free_text for question in questions(stem))


def _states(printed: str) -> dict[str, int]:
    titles = "|".join(re.escape(question.title) for question in questions())
    counts = {
        state: len(re.findall(rf"^{state} · (?:{titles})$", printed, re.M))
        for state in messages.ANSWER_STATES.values()
    }
    return {state: count for state, count in counts.items() if count}


def test_every_question_is_observed_judged_and_named_once() -> None:
    checked = [name for name, question in all_questions().items() if not question.free_text]
    assert sorted(checked) == sorted(question_names())


def test_every_lesson_has_a_bank_of_answers_and_every_message_says_something() -> None:
    for question in all_questions().values():
        assert (ROOT / "tests" / "checks" / f"test_checks_{question.lesson}.py").is_file()
        assert all(len(message) > 40 for message in question.messages.values())


def test_observers_hold_no_answer() -> None:
    for name in {question.lesson for question in questions()}:
        module = importlib.import_module(f"course_utils._observers.lesson_{name}")
        source = inspect.getsource(module)
        assert "_judges" not in source
        assert "course_utils.checks" not in source
