"""Predictions: asked, kept, compared, summed up; in a notebook and without one."""

from __future__ import annotations

import json

import pytest
from IPython.core.formatters import DisplayFormatter

from course_utils import _notes, guesses, messages
from course_utils.guesses import guess, reveal


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    for name in ("_asked", "_answers", "_truths"):
        monkeypatch.setattr(guesses, name, {})


@pytest.fixture
def notes(tmp_path, monkeypatch):
    path = tmp_path / "notes.json"
    monkeypatch.setenv("COURSE_NOTES", str(path))
    return path


@pytest.fixture
def forms(monkeypatch):
    """What a notebook would show: the live forms, as widgets."""
    shown: list = []
    monkeypatch.setattr(guesses, "_in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", shown.append)
    return shown


@pytest.mark.parametrize(
    ("answer", "truth", "outcome"),
    [
        (None, 60, "sin_prediccion"),
        (60, 60, "acierto"),
        (57, 60, "cerca"),
        (30, 60, "sorpresa"),
        (-57, -60, "cerca"),
        (1, 0, "sorpresa"),
        ("a", "a", "acierto"),
        ("b", "a", "sorpresa"),
    ],
)
def test_a_guess_is_right_close_or_a_surprise(answer, truth, outcome, capsys):
    options = ["a", "b"] if isinstance(truth, str) else []
    guess("3.4", "¿Cuál?", options)
    if answer is not None:
        guesses._answers["3.4"] = answer
    reveal("3.4", truth)
    assert messages.GUESS_OUTCOMES[outcome] in capsys.readouterr().out


def test_without_a_kernel_question_and_options_are_plain_text(capsys):
    guess("2.5", "¿Cuál pesa más?", ["hojas", "píxeles"])
    assert capsys.readouterr().out == "Predice: ¿Cuál pesa más?\n  · hojas\n  · píxeles\n"


def test_a_chosen_option_is_kept_and_found_again_by_the_next_session(notes, forms, monkeypatch):
    guess("2.5", "¿Cuál pesa más?", ["hojas", "píxeles"])
    forms[-1].children[0].value = "hojas"
    assert json.loads(notes.read_text(encoding="utf-8"))["predicciones"] == {"2.5": "hojas"}
    monkeypatch.setattr(guesses, "_answers", {})
    guess("2.5", "¿Cuál pesa más?", ["hojas", "píxeles"])
    assert forms[-1].children[0].value == "hojas"
    assert "Anotado: hojas" in forms[-1].children[1].value


def test_a_typed_number_is_kept_and_a_word_is_not(notes, forms):
    guess("3.4", "¿Cuántos?", unit="intentos")
    control, said = forms[-1].children[:2]
    control.value = "muchos"
    assert messages.GUESS_NO_NUMBER in said.value
    assert not notes.exists()
    control.value = "12 500"
    assert "12\u202f500 intentos" in said.value
    assert _notes.read_notes("predicciones") == {"3.4": 12_500}


def test_an_answer_to_a_question_that_changed_is_not_taken(notes, forms):
    _notes.write_note("predicciones", "2.5", "hojas")
    guess("2.5", "¿Cuál?", ["ramas", "píxeles"])
    assert forms[-1].children[0].value is None
    guess("2.5", "¿Cuántas?")
    assert forms[-1].children[0].value == ""


@pytest.mark.parametrize("content", [None, "", "{", "[1]", '{"predicciones": 3}'])
def test_a_damaged_file_of_notes_stops_nothing(notes, forms, content):
    if content is not None:
        notes.write_text(content, encoding="utf-8")
    guess("3.4", "¿Cuántos?")
    forms[-1].children[0].value = "60"
    assert _notes.read_notes("predicciones") == {"3.4": 60}


def test_a_folder_that_cannot_be_written_costs_only_the_file(tmp_path, monkeypatch, forms, capsys):
    monkeypatch.setenv("COURSE_NOTES", str(tmp_path / "missing" / "notes.json"))
    guess("3.4", "¿Cuántos?")
    forms[-1].children[0].value = "60"
    assert messages.GUESS_NOT_KEPT in forms[-1].children[1].value
    reveal("3.4", 60)
    assert "Acertaste" in capsys.readouterr().out


def test_two_notebooks_keep_their_notes_in_one_file(notes):
    _notes.write_note("predicciones", "2.5", "hojas")
    _notes.write_note("otra cosa", "x", 1)
    _notes.write_note("predicciones", "3.4", 60)
    assert _notes.read_notes("predicciones") == {"2.5": "hojas", "3.4": 60}
    assert _notes.read_notes("otra cosa") == {"x": 1}


def test_the_summary_names_the_surprises(capsys):
    for key, answer, truth in (("3.1", 1, 1), ("3.2", 5, 50), ("3.4", 60, 600)):
        guess(key, f"¿{key}?")
        guesses._answers[key] = answer
        reveal(key, truth)
    capsys.readouterr()
    reveal()
    said = capsys.readouterr().out
    assert "3.2, 3.4" in said
    assert said.count("→") == 3


def test_a_summary_without_guesses_invites(capsys):
    reveal()
    assert messages.GUESS_NONE_MADE in capsys.readouterr().out


def test_what_a_student_wrote_stays_text_in_the_page():
    guess("3.4", "<b>¿?</b>", ["<script>1</script>", "b"])
    guesses._answers["3.4"] = "<script>1</script>"
    reveal("3.4", "b")
    asked = guesses._asked["3.4"]
    shown = (guesses._Question(asked), guesses._Revealed(asked), guesses._Summary())
    pages = "".join(part._repr_html_() for part in shown)
    assert "<script>" not in pages
    assert "<b>¿" not in pages


def test_a_revealed_guess_travels_as_data_in_the_notebook():
    guess("3.4", "¿Cuántos?")
    guesses._answers["3.4"] = 57
    reveal("3.4", 60)
    bundle, _ = DisplayFormatter().format(guesses._Revealed(guesses._asked["3.4"]))
    assert bundle["application/vnd.course.guess+json"] == {
        "key": "3.4",
        "answer": 57,
        "truth": 60.0,
        "outcome": "cerca",
    }
    assert {"text/plain", "text/html"} <= bundle.keys()


def _reveal_another_option():
    guess("3.4", "¿?", ["a", "b"])
    reveal("3.4", "c")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: guess("intentos", "¿?"), "sección"),
        (lambda: guess("3.4", "¿?", ["uno"]), "dos opciones"),
        (lambda: guess("3.4", "¿?", ["uno", "uno"]), "dos opciones"),
        (lambda: reveal("9.9", 1), "Ejecuta antes"),
        (_reveal_another_option, "no tiene la opción"),
    ],
)
def test_mistakes_are_one_spanish_sentence(call, said):
    with pytest.raises(ValueError, match=said):
        call()
