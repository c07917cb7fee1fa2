"""The question bank: what its questions keep to, and both formats read back by other readers."""

from __future__ import annotations

import functools
import itertools
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notebooks.printed_numbers import MARKED, printed_numbers, stands_in
from tests.rooms.properties import cases
from tools import question_bank
from tools.question_bank import Lesson, Option, Question, gift, moodle_xml

SOURCES = sorted(question_bank.SOURCES.glob("*.toml"))
GOOD = SOURCES[0]


@functools.cache
def read(path: Path) -> Lesson:
    return question_bank.read(path)


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.stem)
def lesson(request) -> Lesson:
    return read(request.param)


def _right(question: Question) -> Option:
    (right,) = (option for option in question.options if option.right)
    return right


def _all_texts(question: Question) -> list[str]:
    options = [text for option in question.options for text in (option.text, option.why)]
    return [question.text, *options]


def test_a_lesson_has_eight_questions_of_four_options_with_a_reason_each(lesson):
    assert len(lesson.questions) >= 8
    for question in lesson.questions:
        assert len(question.options) == 4
        reasons = {option.why for option in question.options}
        assert len(reasons) == 4, f"{question.name}: two options have the same reason"
        assert min(map(len, reasons)) >= 20, f"{question.name}: a reason says nothing"


def test_questions_are_spread_over_the_lesson(lesson):
    assert len({question.section for question in lesson.questions}) >= 3


def test_no_option_speaks_of_the_other_options(lesson):
    for question in lesson.questions:
        for option in question.options:
            assert not re.search(r"las anteriores|todas son|ninguna es", option.text.casefold())


def test_marks_of_code_and_of_emphasis_come_in_pairs(lesson):
    for question in lesson.questions:
        for text in _all_texts(question):
            assert text.count("`") % 2 == 0, text
            assert re.sub("`.*?`", "", text).count("*") % 2 == 0, text


def test_marked_numbers_stand_in_an_output_of_the_section(lesson):
    printed: dict[str, list[str]] = {}
    section = ""
    for cell in nbformat.read(question_bank.NOTEBOOKS / f"{lesson.stem}.ipynb", 4).cells:
        if cell.cell_type == "code":
            printed.setdefault(section, []).extend(printed_numbers(cell))
        elif found := re.search(r"^## (\S+)", cell.source, re.MULTILINE):
            section = found[1]
    for question in lesson.questions:
        for match in itertools.chain(*map(MARKED.finditer, _all_texts(question))):
            numbers = printed.get(question.section, [])
            assert stands_in(match[1], bool(match[2]), numbers), f"{question.name}: {match[0]}"


def test_neither_length_nor_place_gives_the_right_option_away():
    """Each would be a quarter if it were drawn."""
    questions = [question for path in SOURCES for question in read(path).questions]
    longest = shortest = 0
    places = [0, 0, 0, 0]
    for question in questions:
        right = _right(question)
        wrong = [len(option.text) for option in question.options if not option.right]
        longest += len(right.text) > max(wrong)
        shortest += len(right.text) < min(wrong)
        places[question.options.index(right)] += 1
    limit = 0.35 * len(questions)
    assert longest <= limit
    assert shortest <= limit
    assert max(places) <= limit


def test_options_of_a_question_have_about_the_same_length(lesson):
    for question in lesson.questions:
        lengths = [len(option.text) for option in question.options]
        assert max(lengths) <= min(lengths) + 25, question.name


def _in_moodle(question: Question, lesson: Lesson) -> dict[str, object]:
    """What a platform must know of a question after the import."""
    return {
        "name": f"{lesson.number}_{question.name}",
        "text": question.text.replace("<!--salida-->", ""),
        "options": [
            (option.right, option.text, option.why.replace("<!--salida-->", ""))
            for option in question.options
        ],
        "review": lesson.review(question),
    }


def test_moodle_xml_is_read_back_whole(lesson):
    content = moodle_xml([lesson])
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    category, *questions = ElementTree.fromstring(content)
    assert category.get("type") == "category"
    assert category.findtext("category/text") == lesson.category
    for element, question in zip(questions, lesson.questions, strict=True):
        answers = element.findall("answer")
        assert sum(float(answer.get("fraction", "")) for answer in answers) == 100
        assert {each.get("format") for each in element.iter() if "format" in each.attrib} == {
            "markdown"
        }
        assert element.findtext("idnumber") == element.findtext("name/text")
        assert element.findtext("single") == "true"
        assert _in_moodle(question, lesson) == {
            "name": element.findtext("name/text"),
            "text": element.findtext("questiontext/text"),
            "options": [
                (
                    answer.get("fraction") == "100",
                    answer.findtext("text"),
                    answer.findtext("feedback/text"),
                )
                for answer in answers
            ],
            "review": element.findtext("generalfeedback/text"),
        }


def read_gift(text: str) -> tuple[list[str], list[dict[str, object]]]:
    r"""Categories and questions of a GIFT file, by Moodle's rules.

    An escaped sign (``\=``) is set aside, so that the bare ones part the text, and put back.
    Questions are parted by an empty line; a line that begins with ``//`` is a comment.
    """
    aside = {"\\" + sign: chr(0xE000 + ord(sign)) for sign in "\\~=#{}:n"}
    text = re.sub(r"\\.", lambda match: aside[match[0]], text)

    def back(part: str) -> str:
        part = part.strip().replace(aside[r"\n"], "\n")
        return re.sub("[\ue000-\ue0ff]", lambda match: chr(ord(match[0]) - 0xE000), part)

    categories: list[str] = []
    questions: list[dict[str, object]] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.splitlines() if not line.startswith("//")]
        if lines[0].startswith("$CATEGORY:"):
            categories.append(back(lines[0].removeprefix("$CATEGORY:")))
            continue
        parts = re.fullmatch(
            r"::([^:]+)::\[markdown\]([^{}]*)\{([^{}]*)####([^{}#]*)\}", "\n".join(lines)
        )
        assert parts, block
        options = re.findall(r"([=~])([^=~#]*)#([^=~#]*)", parts[3])
        questions.append(
            {
                "name": back(parts[1]),
                "text": back(parts[2]),
                "options": [(sign == "=", back(text), back(why)) for sign, text, why in options],
                "review": back(parts[4]),
            }
        )
    return categories, questions


def test_gift_is_read_back_whole(lesson):
    categories, questions = read_gift(gift([lesson]))
    assert categories == [lesson.category]
    assert questions == [_in_moodle(question, lesson) for question in lesson.questions]


WRITTEN = st.text(st.sampled_from("~=#{}:\\n\n/$%[]->ñ «a")).map(lambda text: f"¿{text}?")


@cases(100)
@given(st.lists(WRITTEN, min_size=9, max_size=9, unique=True))
def test_every_sign_comes_through_both_formats(texts):
    options = tuple(Option(texts[k], texts[k + 4], k == 0) for k in range(4))
    title = texts[8].replace("\n", " ")
    lesson = Lesson("00_a", "A", {"0.1": title}, (Question("q", "0.1", texts[8], options),))
    expected = [_in_moodle(lesson.questions[0], lesson)]
    assert read_gift(gift([lesson]))[1] == expected
    element = ElementTree.fromstring(moodle_xml([lesson]))[1]
    assert element.findtext("questiontext/text") == texts[8]
    assert [answer.findtext("text") for answer in element.findall("answer")] == texts[:4]


def test_a_slash_in_a_title_is_no_category_of_its_own():
    lesson = Lesson("00_a", "Sí/no", {}, ())
    assert lesson.category.endswith("/00 · Sí//no")


def test_the_command_writes_each_lesson_and_all_together(tmp_path, capsys):
    assert question_bank.main([str(tmp_path / "new")]) == 0
    stems = ["todas", *(path.stem for path in SOURCES)]
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert written == sorted(f"{stem}{end}" for stem in stems for end in (".xml", ".gift.txt"))
    quiz = ElementTree.parse(tmp_path / "new" / "todas.xml").getroot()
    names = [element.findtext("idnumber") for element in quiz if element.find("answer") is not None]
    assert len(names) == len(set(names)) == sum(len(read(path).questions) for path in SOURCES)
    assert f"{len(names)} questions" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('section = "0.3"', 'section = "0.99"', "no section '0.99'"),
        ('section = "0.3"', "", "missing: section"),
        ('section = "0.3"', 'section = "0.3"\nhint = "x"', "unknown: hint"),
        ('section = "0.3"', "section = 3", "section must be a text"),
        ('name = "cuantos_modelos"', 'name = "Cuántos"', "a name has small letters"),
        ('name = "cuantos_modelos"', 'name = "parametro_o_hiperparametro"', "the name is taken"),
        ('text = "121"', 'text = " "', "text must be a text that is not empty"),
        ('text = "121"', 'text = "120"', "two options are the same"),
        ("[questions.right]", "[[questions.wrong]]", "missing: right"),
        ("[questions.right]", "[questions.right.deep]", "missing: text, why"),
        ('[[questions.wrong]]\ntext = "30"', '[questions.other]\ntext = "30"', "unknown: other"),
    ],
)
def test_a_broken_question_is_named_with_its_file(tmp_path, monkeypatch, capsys, old, new, message):
    text = GOOD.read_text(encoding="utf-8")
    before, name, after = text.partition('name = "cuantos_modelos"')
    broken = before + (name + after).replace(old, new, 1)
    (tmp_path / GOOD.name).write_text(broken, encoding="utf-8")
    monkeypatch.setattr(question_bank, "SOURCES", tmp_path)
    assert question_bank.main([str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"{GOOD.name}, question 2 (")
    assert message in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (GOOD.name, "[[questions]]\nname = a", "line 2"),
        (GOOD.name, "questions = 3", "expected [[questions]] alone"),
        (GOOD.name, "questions = [3]", "expected [[questions]] alone"),
        (GOOD.name, "", "expected [[questions]] alone"),
        ("99_nada.toml", GOOD.read_text(encoding="utf-8"), "there is no lesson 99_nada.ipynb"),
    ],
)
def test_a_broken_source_is_named(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(question_bank.SourceError, match=re.escape(message)) as caught:
        question_bank.read(tmp_path / name)
    assert str(caught.value).startswith(name)


def test_a_notebook_without_a_title_is_named(tmp_path):
    shutil.copy(GOOD, tmp_path)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("## 0.1 Algo")])
    nbformat.write(notebook, tmp_path / f"{GOOD.stem}.ipynb")
    with pytest.raises(question_bank.SourceError, match="has no title"):
        question_bank.read(tmp_path / GOOD.name, tmp_path)
