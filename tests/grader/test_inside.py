"""Nothing of judges, grader and their messages can be imported or read inside the walls."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import course_utils
from course_utils import messages
from course_utils._judges import all_questions
from course_utils.grading import paths
from course_utils.grading.errors import GraderError
from course_utils.grading.walls import package, probe, sandbox
from course_utils.grading.walls.kernel import Kernel
from course_utils.grading.walls.limits import Limits
from tests.hostile.hostile_cases import ROOT, data, solution

pytestmark = pytest.mark.slow

needs_walls = pytest.mark.skipif(
    sandbox.bubblewrap() is None, reason="bubblewrap is not installed (apt install bubblewrap)"
)
OUTSIDE = ("_judges", "_draws", "grading", "messages.checks", "checks.shown", "checks.progress")
# Runs in a kernel: every readable file that holds one of the given byte strings, and every other
# course on the path.
SEARCH = """
import os, sys
found = [p for p in sys.path if p != "/curso" and os.path.isdir(os.path.join(p, "course_utils"))]
for top in {tops!r}:
    for base, folders, names in os.walk(top):
        if base.startswith(("/proc", "/sys", "/dev")):
            folders.clear()
        for name in names:
            path = os.path.join(base, name)
            if name.endswith((".py", ".pyc", ".ipynb", ".json", ".md")) and os.path.isfile(path):
                try:
                    text = open(path, "rb").read()
                except OSError:
                    continue
                found += [path for word in {words!r} if word in text]
assert not found, found
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("curso") / "c"
    package.strip_package(folder)
    for path in (folder, *folder.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)
    return folder


def test_a_notebook_that_shows_its_progress_goes_on_behind_the_walls(course: Path) -> None:
    code = "from course_utils import check, progress_page, setup; progress_page(); check('x')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(course), "COURSE_NOTES": "notes.json"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "x: se corrige después de ejecutar el cuaderno.\n"
    assert not (course / "notes.json").exists()


def _telling() -> list[str]:
    """The longest literal piece of each message that names a mistake."""
    pieces = []
    for question in all_questions().values():
        for message in question.messages.values():
            pieces.append(max(message.replace("}", "{").split("{"), key=len))
    assert len(pieces) > 100
    return pieces


def test_the_paths_are_where_the_course_lies() -> None:
    assert Path(course_utils.__file__).parent == paths.PACKAGE
    assert paths.EXERCISES == ROOT / "exercises"
    assert list(paths.EXERCISES.glob("*.ipynb"))
    assert list(paths.SOLUTIONS.glob("*.ipynb"))
    assert list(paths.TRIAL_BANK.glob("*.npz"))


def test_everything_that_is_left_out_exists() -> None:
    for name in package.LEFT_OUT:
        assert (paths.PACKAGE / name).exists(), name


def test_the_stripped_folder_holds_no_judge_no_grader_and_none_of_their_messages(
    course: Path,
) -> None:
    inside = course / "course_utils"
    names = {path.relative_to(inside).as_posix() for path in inside.rglob("*")}
    assert "_observers/lesson_02.py" in names
    assert "_trial_bank/manifest.json" in names
    for name in package.LEFT_OUT:
        assert name not in names
    assert (inside / "checks.py").read_bytes() == (package.INSIDE / "checks.py").read_bytes()
    telling = [piece.encode() for piece in _telling()]
    for path in inside.rglob("*.py*"):
        held = path.read_bytes()
        assert b"def judge_" not in held, path
        assert not [piece for piece in telling if piece in held], path


def test_nothing_inside_imports_what_stays_outside(course: Path) -> None:
    outside = {f"course_utils.{name}" for name in OUTSIDE}
    for path in (course / "course_utils").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            held = [n for n in names if any(n == o or n.startswith(f"{o}.") for o in outside)]
            assert not held, (path, held)


@pytest.mark.parametrize("name", ["launcher", "probe", "checks", "start", "colab"])
def test_the_programs_inside_need_nothing_of_the_course(name: str) -> None:
    source = (package.INSIDE / f"{name}.py").read_text(encoding="utf-8")
    assert "course_utils" not in source.split('"""', 2)[2]


def test_the_launcher_lowers_limits_before_it_becomes_the_command(tmp_path: Path) -> None:
    code = "import os, resource; print(resource.getrlimit(resource.RLIMIT_NOFILE), os.getcwd())"
    spec = (
        '{"limits": {"RLIMIT_NOFILE": 77, "RLIMIT_UNKNOWN": 1}, "strict": false, "uid": 0, '
        f'"folder": "{tmp_path}", "command": ["{sys.executable}", "-c", "{code}"]}}'
    )
    launcher = (package.INSIDE / "launcher.py").read_text(encoding="utf-8")
    command = [sys.executable, "-I", "-S", "-c", launcher]
    done = subprocess.run([*command, spec], capture_output=True, text=True)
    assert done.stdout.split("\n")[0] == f"(77, 77) {tmp_path}"
    strict = spec.replace('"strict": false', '"strict": true')
    assert subprocess.run([*command, strict], capture_output=True).returncode == 1


@needs_walls
def test_a_cell_inside_can_neither_import_nor_read_what_decides(course: Path) -> None:
    kernel = Kernel(course, Limits(), isolated=True, warm=False)
    places = ["/curso", "/home", "/tmp", str(ROOT)]
    words = [b"judge_n_combos", b"suma_en_vez_de_multiplicar", b"### BEGIN SOLUTION"]
    words += [_telling()[0].encode(), _telling()[-1].encode()]
    try:
        for name in OUTSIDE:
            run = kernel.run(f"import course_utils.{name}", 20)
            assert "ModuleNotFoundError" in run.error, name
        assert kernel.run("import course_utils; course_utils.check('x')", 20).status == "ok"
        found = kernel.run(SEARCH.format(tops=places, words=words), 60)
        assert found.status == "ok", found
    finally:
        kernel.close()


def test_an_installed_course_is_hidden_beside_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "env" / "lib" / "course_utils"
    installed.mkdir(parents=True)
    monkeypatch.setattr(sandbox, "python_folders", lambda: [str(tmp_path / "env")])
    monkeypatch.setattr(sys, "path", [str(installed.parent)])
    assert str(installed) in sandbox._secrets()


# --- what keeps the walls down -------------------------------------------------------------------
@needs_walls
@pytest.mark.skipif(os.geteuid() != 0, reason="only root's notebooks run as another user")
def test_root_is_told_that_its_environment_is_private_and_not_to_take_the_walls_away(
    tmp_path: Path,
) -> None:
    environment = tmp_path / "entorno"
    before = os.umask(0o077)
    try:
        venv.create(environment, with_pip=False)
        (site,) = environment.glob("lib/python*/site-packages")
        (site / "lab.pth").write_text("\n".join(p for p in sys.path if p.endswith("-packages")))
        (tmp_path / "e.ipynb").write_bytes(data(solution()))
    finally:
        os.umask(before)
    command = [str(environment / "bin" / "python"), "-m", "course_utils.grading"]
    done = subprocess.run(
        [*command, str(tmp_path / "e.ipynb"), "--out", str(tmp_path / "notas")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    (said,) = done.stderr.strip().splitlines()
    assert said == messages.GRADER_PRIVATE.format(path=environment, folder=environment)
    assert "aislamiento" not in said


@needs_walls
def test_a_package_that_only_its_owner_reads_is_found_before_any_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "paquete").mkdir(mode=0o700)
    (tmp_path / "paquete" / "enlace").symlink_to("/nada")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(sandbox, "python_folders", lambda: [str(tmp_path)])
    tmp_path.chmod(0o755)
    monkeypatch.setattr(probe, "_try", lambda: f"PermissionError: {tmp_path / 'paquete'}")
    with pytest.raises(GraderError, match="chmod -R a"):
        probe.require_walls()


@needs_walls
def test_other_obstacles_are_named_without_unsafe_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "_try", lambda: "bwrap: setting up uid map: Permission denied\n")
    with pytest.raises(GraderError, match="uid map") as caught:
        probe.require_walls()
    assert "--sin-aislamiento" not in str(caught.value)


@needs_walls
def test_the_walls_stand_here() -> None:
    assert probe._try() == ""
