"""Lesson 12: its store repeats only what depends on a change, and its map names real sections."""

from __future__ import annotations

import linecache
import re
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

LESSON = Path(__file__).resolve().parents[2] / "notebooks" / "12_del_cuaderno_a_produccion.ipynb"
CELLS = nbformat.read(LESSON, as_version=4).cells
HEADING = re.compile(r"^#{2,3} (\d+\.\d+) ", re.MULTILINE)


def _code(section: str) -> list[str]:
    """Sources of the code cells of one section."""
    found, inside = [], False
    for cell in CELLS:
        heading = HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        inside = heading[1] == section if heading else inside
        if inside and cell.cell_type == "code":
            found.append(cell.source)
    return found


STORE = _code("12.2")


def test_the_store_is_no_longer_than_sixty_lines() -> None:
    assert 20 < sum(bool(line.strip()) for cell in STORE for line in cell.splitlines()) <= 60


@pytest.fixture
def lesson() -> dict[str, Any]:
    namespace: dict[str, Any] = {"Path": Path}
    for cell in STORE:
        exec(cell, namespace)
    return namespace


def _define(namespace: dict[str, Any], name: str, source: str) -> Any:
    """Define a function as a cell does, so that its source can be read."""
    file = f"<{name} {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]


def _steps(namespace: dict[str, Any]) -> list[str]:
    rows = namespace["store"].execute("SELECT step FROM runs ORDER BY rowid").fetchall()
    return [step for (step,) in rows]


CLEAN = "def clean(table):\n    return table.dropna()\n"
DOUBLE = "def double(table):\n    return table * 2\n"
TOTAL = "def total(table):\n    return {'total': float(table['x'].sum())}\n"


def _chain(lesson: dict[str, Any], clean: str, double: str, table: pd.DataFrame) -> str:
    steps = [_define(lesson, n, s) for n, s in (("clean", clean), ("double", double))]
    steps.append(_define(lesson, "total", TOTAL))
    name = lesson["publish"](table)
    for step in steps:
        name = lesson["run"](step, name)
    return str(name)


def test_a_changed_step_repeats_only_what_depends_on_it(lesson: dict[str, Any]) -> None:
    table = pd.DataFrame({"x": [1.0, 2.0, None]})
    first = _chain(lesson, CLEAN, DOUBLE, table)
    assert lesson["load"](first) == {"total": 6.0}
    assert _steps(lesson) == ["clean", "double", "total"]
    assert _chain(lesson, CLEAN, DOUBLE, table) == first
    assert _steps(lesson) == ["clean", "double", "total"]
    tripled = _chain(lesson, CLEAN, DOUBLE.replace("2", "3"), table)
    assert lesson["load"](tripled) == {"total": 9.0}
    assert _steps(lesson)[3:] == ["double", "total"]


def test_a_change_without_effect_ends_where_the_bytes_are_the_same(lesson: dict[str, Any]) -> None:
    table = pd.DataFrame({"x": [1.0, 2.0]})
    _chain(lesson, CLEAN, DOUBLE, table)
    _chain(lesson, CLEAN.replace("dropna()", "dropna()  # again"), DOUBLE, table)
    assert _steps(lesson)[3:] == ["clean"]


def test_new_data_repeat_everything_and_a_failed_step_is_not_noted(lesson: dict[str, Any]) -> None:
    _chain(lesson, CLEAN, DOUBLE, pd.DataFrame({"x": [1.0]}))
    _chain(lesson, CLEAN, DOUBLE, pd.DataFrame({"x": [2.0]}))
    assert len(_steps(lesson)) == 6
    broken = _define(lesson, "broken", "def broken(table):\n    raise RuntimeError\n")
    with pytest.raises(RuntimeError):
        lesson["run"](broken, lesson["publish"](pd.DataFrame({"x": [1.0]})))
    assert len(_steps(lesson)) == 6


def test_the_map_of_the_deck_names_sections_that_exist() -> None:
    sections = set(HEADING.findall("\n".join(c.source for c in CELLS if c.cell_type == "markdown")))
    (table,) = [cell.source for cell in CELLS if "| líneas | tema | sección |" in cell.source]
    rows = re.findall(r"^\| [\d0].* \| ([\d., ]+) \|$", table, re.MULTILINE)
    assert len(rows) >= 25
    assert {name for row in rows for name in row.split(", ")} <= sections
    asked = (49, 64, 135, 145, 178, 249, 291, 358, 438, 455, 470, 479, 500, 509, 553, 609, 644, 707)
    assert {*asked, 1317} <= _covered(re.findall(r"^\| ([\d–, ]+) \|", table, re.MULTILINE))
    patterns = re.findall(r"^\| 001: ([\d–, ]+) \|", table, re.MULTILINE)
    assert {125, 142} <= _covered(patterns)


def _covered(spans: list[str]) -> set[int]:
    """Lines that spans such as «188–231» or «438» hold."""
    covered: set[int] = set()
    for span in ", ".join(spans).split(", "):
        first, _, last = span.partition("–")
        covered |= set(range(int(first), int(last or first) + 1))
    return covered


@pytest.mark.slow
def test_the_network_for_signs_trains_its_head_only() -> None:
    keras = pytest.importorskip("keras")
    (source,) = [cell for cell in _code("12.13") if "def sign_network" in cell]
    namespace: dict[str, Any] = {}
    exec(source.replace("EfficientNetB7", "EfficientNetB0"), namespace)  # the small one builds fast
    network = namespace["sign_network"](24, weights=None)
    assert network.output_shape == (None, 24)
    kinds = [type(layer) for layer in network.layers[1:]]
    assert kinds == [keras.layers.Dense, keras.layers.Dense]
    assert len(network.trainable_variables) == 4


GOOD = {"mean_radius": 14.0, "mean_texture": 20.0}
HOSTILE: dict[str, dict[str, Any]] = {
    "nothing": {"content": b""},
    "no JSON": {"content": b"{'"},
    "a list": {"json": [GOOD]},
    "null": {"content": b"null"},
    "one missing": {"json": {"mean_radius": 14.0}},
    "one more": {"json": GOOD | {"__class__": "x"}},
    "text": {"json": GOOD | {"mean_radius": "14"}},
    "true": {"json": GOOD | {"mean_radius": True}},
    "negative": {"json": GOOD | {"mean_radius": -1}},
    "NaN": {"content": b'{"mean_radius": NaN, "mean_texture": 20.0}'},
    "infinite": {"content": b'{"mean_radius": 1e999, "mean_texture": 20.0}'},
    "a long number": {"content": b'{"mean_radius": ' + b"9" * 5_000 + b', "mean_texture": 20.0}'},
    "deep": {"content": b"[" * 9_000},
    "no UTF-8": {"content": b"\xff\xfe" * 100},
    "a surrogate": {"content": b'{"\\ud800": 1}'},
    "a file": {"files": {"tumour": b"x"}},
    "huge": {"content": b" " * 1_000_000},
}


@pytest.fixture(scope="module")
def client() -> Any:
    """The lesson's own service, around a model that always says the same."""
    testclient = pytest.importorskip("fastapi.testclient")
    from sklearn.dummy import DummyClassifier

    from course_utils import limit_body

    model = DummyClassifier().fit([[0, 0], [1, 1]], [0, 1])
    namespace: dict[str, Any] = {"__name__": "lesson", "pd": pd, "load": lambda name: name}
    namespace["candidate"] = model
    namespace["limits"] = {name: [0.0, 100.0] for name in (*GOOD, "lot")}
    for cell in _code("12.6")[:3]:
        exec(cell, namespace)
    app = limit_body(namespace["app"], most_bytes=10_000)
    return testclient.TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_bad_request_gets_a_clear_answer_and_none_ends_the_service(
    client: Any, name: str
) -> None:
    answer = client.post("/predict", **HOSTILE[name])
    assert answer.status_code in (400, 413, 422), answer.text
    assert len(answer.content) < 500
    assert client.post("/predict", json=GOOD).json() == {"maligno": 0.5}
