"""Who is who: the names of platforms, folders and files, and the list that says it before marks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from course_utils import messages
from course_utils.grading.__main__ import main
from course_utils.grading.errors import GraderError
from course_utils.grading.reading.names import spanish_order
from course_utils.grading.reading.platforms import Person
from course_utils.grading.reading.roster import choose_exercises, class_list
from course_utils.grading.reading.students import Handed, who_is_who
from course_utils.grading.submission import Submission
from tests.grader.here import KNOWN, facts, read
from tests.hostile.hostile_cases import data, exercise, solution

STEMS = [exercise.stem for exercise in KNOWN]
SOLVED = data(solution())
TASK = "02_busqueda_en_cuadricula"
MOODLE = "_assignsubmission_file_"
TIME = "2026-01-15-10-30-00"
BOARD = [f"T 2_aruiz_attempt_{TIME}_x.ipynb", f"T 2_aruiz_attempt_{TIME}.txt"]
ROOM = [f"Ana - {TASK}.ipynb", "Luis - 02 busqueda en cuadricula (1).ipynb"]
SUBMITTED = ["s/ana/02/x.ipynb", "s/ana/02/timestamp.txt", "s/luis/02/x.ipynb"]
GROUPS = ["A/ana/x.ipynb", "A/luis/x.ipynb", "B/eva/x.ipynb", "B/leo/x.ipynb"]
LAYOUTS = [
    ("moodle", [f"Ana Ruiz_12{MOODLE}/x.ipynb", f"Luis_13{MOODLE}/x.ipynb"], ["Ana Ruiz", "Luis"]),
    ("moodle", [f"Ana Ruiz_12{MOODLE}x.ipynb", f"Luis_13{MOODLE}y.ipynb"], ["Ana Ruiz", "Luis"]),
    ("moodle", ["Ana_12_assignsubmission_file/x.ipynb"], ["Ana"]),
    ("moodle", [f"curso/Ana_12{MOODLE}/a/x.ipynb"], ["Ana"]),
    ("moodle", [f"Ana_12{MOODLE}/x.ipynb", f"Ana_13{MOODLE}/x.ipynb"], ["Ana (12)", "Ana (13)"]),
    ("canvas", ["ruizana_LATE_1244_5812_x.ipynb", "sol_77_5813_x-1.ipynb"], ["ruizana", "sol"]),
    ("blackboard", BOARD, ["aruiz", "aruiz"]),
    ("classroom", ROOM, ["Ana", "Luis"]),
    ("classroom", ["T/Ana Ruiz - mi tarea.ipynb", "T/Luis - mi tarea.ipynb"], ["Ana Ruiz", "Luis"]),
    ("nbgrader", SUBMITTED, ["ana", None, "luis"]),
    ("nbgrader", ["ana+02+2026-01-15 10:30:00 UTC+x/x.ipynb"], ["ana"]),
    ("folder", ["ana/a.ipynb", "luis/b.ipynb"], ["ana", "luis"]),
    ("folder", ["todo/ana/a.ipynb", "todo/luis/b.ipynb"], ["ana", "luis"]),
    ("folder", ["ana/02/a.ipynb", "luis/02/b.ipynb"], ["ana", "luis"]),
    ("folder", ["02/ana/a.ipynb", "03_x/ana/b.ipynb"], ["ana", "ana"]),
    ("folder", ["ana/v1.ipynb", "ana/final.ipynb", "luis/x.ipynb"], ["ana", "ana", "luis"]),
    ("mixed", ["eva.ipynb", "ana/a.ipynb", "ana/b.ipynb"], ["eva", "ana", "ana"]),
    ("folder", GROUPS, ["ana", "luis", "eva", "leo"]),
    ("folder", ["e/ana/x.ipynb", "e/luis/x.ipynb", "e/LEEME.txt"], ["ana", "luis", None]),
    ("folder", ["Jose\u0301/x.ipynb", "Jos\u00e9/y.ipynb"], ["José", "José"]),
    ("flat", ["entrega_01.ipynb", "alumna 7 (copia).ipynb"], ["entrega_01", "alumna 7"]),
    ("flat", ["todo/entrega_01.ipynb", "todo/entrega_02.ipynb"], ["entrega_01", "entrega_02"]),
    ("flat", [f"e_1_{TASK}.ipynb", "e_1.ipynb"], ["e_1", "e_1"]),
    ("flat", ["x-Copy1.ipynb", "x (1).ipynb", "x - copia.ipynb"], ["x", "x", "x"]),
    ("flat", ["Mar.ipynb", "Marcopy.ipynb"], ["Mar", "Marcopy"]),
    ("flat", ["e/ana.ipynb", "e/luis.ipynb", "LEEME.txt"], ["ana", "luis", None]),
    ("flat", ["e/ana.ipynb", "e/luis.ipynb", "e/LEEME.txt"], ["ana", "luis", None]),
    ("flat", ["eva.ipynb", "e/ana.ipynb", "e/luis.ipynb"], ["eva", "ana", "luis"]),
    ("flat", ["eva.ipynb", "luis.pdf"], ["eva", "luis"]),
    ("flat", [".ipynb", "ana.ipynb"], [messages.GRADER_NO_NAME, "ana"]),
    ("flat", [f"{TASK}.ipynb", f"{TASK} (1).ipynb"], [TASK, f"{TASK} (1)"]),
]


@pytest.mark.parametrize(("layout", "paths", "names"), LAYOUTS)
def test_students_are_read_off_the_paths(
    layout: str, paths: list[str], names: list[str | None]
) -> None:
    files = [Handed(tuple(path.split("/")), ".ipynb" in path, "02") for path in paths]
    people = who_is_who(files, STEMS)
    assert [person.name if person else None for person in people] == names
    layouts = {person.layout for person in people if person}
    assert layouts == ({"flat", "folder"} if layout == "mixed" else {layout})
    assert who_is_who(files[::-1], STEMS) == people[::-1]


def test_a_mixture_of_layouts_is_read_file_by_file() -> None:
    paths = ["eva.ipynb", "luis.ipynb", "marta/x.ipynb", f"Ana_12{MOODLE}/x.ipynb"]
    files = [Handed(tuple(path.split("/")), True, "02") for path in paths]
    names = [person.name for person in who_is_who(files, STEMS) if person]
    assert names == ["eva", "luis", "marta", "Ana"]


def test_one_student_with_several_exercises_stays_one() -> None:
    files = [Handed(("e_1", "uno.ipynb"), True, "02"), Handed(("e_1", "dos.ipynb"), True, "03")]
    assert [person.name for person in who_is_who(files, []) if person] == ["e_1", "e_1"]


@pytest.mark.parametrize(
    ("names", "lessons", "expected"),
    [
        (["Ana Ruiz 02", "Ana Ruiz 03", "Eva 02"], "02 03 02", ["Ana Ruiz", "Ana Ruiz", "Eva 02"]),
        (["02_Ana", "3 - Ana", "02_Eva"], "02 03 02", ["Ana", "Ana", "02_Eva"]),
        (
            ["alumno 02", "alumno 03", "alumno 04"],
            "02 03 02",
            ["alumno 02", "alumno 03", "alumno 04"],
        ),
        (["entrega_02", "entrega_03"], "02 03", ["entrega_02", "entrega_03"]),
    ],
)
def test_one_student_is_known_by_the_name_before_the_number_of_the_exercise(
    names: list[str], lessons: str, expected: list[str]
) -> None:
    files = [
        Handed((f"{name}.ipynb",), True, lesson)
        for name, lesson in zip(names, lessons.split(), strict=True)
    ]
    assert [person.name for person in who_is_who(files, STEMS) if person] == expected


@pytest.mark.parametrize("path", [f"Ana Ruiz_12{MOODLE}/x.ipynb", f"Ana Ruiz_12{MOODLE}x.ipynb"])
def test_what_moodle_needs_to_find_its_student_again_is_kept(path: str) -> None:
    files = [Handed(tuple(path.split("/")), True, "02")]
    assert who_is_who(files, []) == [Person("Ana Ruiz", "moodle", "12", f"Ana Ruiz_12{MOODLE}")]


def test_names_are_sorted_as_spanish_sorts() -> None:
    names = ["Zoe", "Ñuño", "Óscar", "Nuria", "ana", "Álvaro", "Ana", "Nzinga", "Oscar"]
    expected = ["Álvaro", "Ana", "ana", "Nuria", "Nzinga", "Ñuño", "Oscar", "Óscar", "Zoe"]
    assert sorted(names, key=spanish_order) == expected


def test_the_class_is_told_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "entregas"
    (folder / "Ñuño").mkdir(parents=True)
    (folder / "Ñuño" / "x.ipynb").write_bytes(SOLVED)
    (folder / "Óscar").mkdir()
    (folder / "Óscar" / "x.ipynb").write_bytes(b"")
    (folder / "LEEME.txt").write_text("hola")
    assert main([str(folder), "--dry-run", "--out", str(tmp_path / "notas")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2 estudiantes, reconocidos por: una carpeta o zip por estudiante (2).",
        "  Ñuño: 02 Ñuño/x.ipynb",
        "  Óscar: Óscar/x.ipynb (El archivo está vacío)",
        "  (de nadie): LEEME.txt (No es un cuaderno de Jupyter)",
        "Se corrigen, con sus entregas: 02 (1); en total, sobre 10 puntos.",
    ]
    assert not (tmp_path / "notas").exists()


def _handed(student: str, lesson: str) -> Submission:
    known = next(e for e in KNOWN if e.lesson == lesson)
    return Submission(facts(data(exercise())), Person(student, "flat"), known)


def test_a_thousand_files_of_one_student_are_told_in_a_line() -> None:
    files = [_handed("Ana", "02") for _ in range(1_000)]
    told = class_list(files, choose_exercises(KNOWN, files, []))
    assert "… y 980 archivos más" in told
    assert len(told) < 1_000


def test_what_is_graded_can_be_said_and_a_stray_exercise_is_named() -> None:
    files = [*(_handed(f"e_{n}", "02") for n in range(4)), _handed("e_5", "03")]
    both = choose_exercises(KNOWN, files, [])
    assert [exercise.lesson for exercise in both] == ["02", "03"]
    told = class_list(files, both)
    assert "⚠ Pocos entregaron 03 (1), y aun así" in told
    assert 'EXERCISE="02"' in told
    with pytest.raises(GraderError, match="No hay ejercicio 77"):
        choose_exercises(KNOWN, files, ["77"])
    assert [e.lesson for e in choose_exercises(KNOWN, files, ["3,02"])] == ["02", "03"]
    (only,) = choose_exercises(KNOWN, files, ["02"])
    assert only.lesson == "02"
    assert files[-1].exercise is None
    assert files[-1].problem == messages.GRADER_NOT_NOW.format(lesson="03")


@pytest.mark.parametrize("encoding", ["utf-8", "cp850"])
def test_a_zip_of_another_system_has_its_accents(tmp_path: Path, encoding: str) -> None:
    wanted = "Núñez".encode(encoding)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(f"{'n' * len(wanted)}.ipynb", SOLVED)
    raw = (tmp_path / "x.zip").read_bytes().replace(b"n" * len(wanted), wanted)
    (tmp_path / "x.zip").write_bytes(raw)
    assert [file.student for file in read(tmp_path)] == ["Núñez"]
