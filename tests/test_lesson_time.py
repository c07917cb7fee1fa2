"""The rule that turns a lesson into minutes."""

from nbformat import v4

from tools.lesson_time import core_cells, fold, lesson_time


def _lesson(*sources):
    cells = [
        v4.new_code_cell(s[2:]) if s.startswith("> ") else v4.new_markdown_cell(s) for s in sources
    ]
    return v4.new_notebook(cells=cells)


def test_what_goes_deeper_is_not_on_the_core_path():
    lesson = _lesson(
        "# Lección",
        "## 2.1 Uno",
        "### Para profundizar: detalle",
        "> deep()",
        "### De vuelta",
        "> core()",
        "## 2.2 Dos · Para profundizar",
        "### Dentro",
        "> deep()",
        "## Para llevar",
        "## Referencias",
        "> deep()",
    )
    code = [cell.source for cell in core_cells(lesson) if cell.cell_type == "code"]
    assert code == ["core()"]
    titles = [cell.source for cell in core_cells(lesson) if cell.cell_type == "markdown"]
    assert titles == ["# Lección", "## 2.1 Uno", "### De vuelta", "## Para llevar"]


def test_minutes_follow_from_words_lines_predictions_checks_and_seconds():
    lesson = _lesson(
        "**Tiempo medido:** 60 s de cálculo",
        "palabra " * 126 + "**Predice** [uno](enlace largo) <!--salida-->",
        "> x = 1\n\ny = 2\n" + "z = 3\n" * 13,
        '> guess("2.1", "¿Cuántos?")\ncheck("n_combos")',
    )
    counted = lesson_time(lesson)
    assert (counted.words, counted.lines) == (126 + 2 + 6, 17)
    assert (counted.predictions, counted.checks, counted.seconds) == (2, 1, 60)
    assert counted.minutes == 10  # 1.03 + 2.27 + 2 + 3 + 1, rounded up


def test_folding_hides_answers_and_what_goes_deeper_and_writes_the_minutes():
    lesson = _lesson(
        "**Tiempo medido:** 60 s\n\n**Camino esencial:** 0 minutos",
        "## 2.1 Uno",
        "> answer()",
        "> plain()",
        "### Para profundizar: detalle",
        "y más",
    )
    lesson.cells[2].metadata.tags = ["answer"]
    fold(lesson)
    folded = [bool(c.metadata.get("jp-MarkdownHeadingCollapsed")) for c in lesson.cells]
    assert folded == [False, False, False, False, True, False]
    hidden = [c.metadata.get("jupyter", {}).get("outputs_hidden") for c in lesson.cells]
    assert hidden == [None, None, True, None, None, None]
    assert f"**Camino esencial:** {lesson_time(lesson).minutes} minutos" in lesson.cells[0].source
    before = str(lesson)
    fold(lesson)
    assert str(lesson) == before
