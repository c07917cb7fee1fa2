"""Tables are for spreadsheets: nothing runs, nothing becomes a date, and Excel's own are read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from course_utils.grading.reports.sheets import STYLES, Style, read_csv, write_csv

RUN = ["=1+1", "@x", "-3", "+1", "\t=1", "＝1+1", "＋1", "－1", "＠x"]
DATES = ["3-4", "1.5", "2/3", "1e5", "007", "mar 2", "MAY1", "123456789012"]
PLAIN = ["ñ", "Ana Ruiz", "entrega_01", "10", "a=b", "3 de mayo", "Marta 7 b"]
INSIDE = ["a;=1+1", "a,=1+1", "a\n=1+1", 'a"\n=1', "a;  @x", "a\t-1", "x;＝1"]
every_style = pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)


@every_style
@pytest.mark.parametrize("text", [*RUN, *DATES, *PLAIN])
def test_a_table_is_no_program_and_holds_no_date(tmp_path: Path, style: Style, text: str) -> None:
    path = tmp_path / "x.csv"
    write_csv(path, ("a", "b"), [(text, 2.5), (-3.5, None)], style)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=style.separator))
    assert rows[1][0].startswith("'") == (text not in PLAIN)
    assert text not in PLAIN or rows[1][0] == text
    assert rows[1][1] == f"2{style.decimal}5"
    assert rows[2] == [f"-3{style.decimal}5", ""]


@every_style
@pytest.mark.parametrize("wrong", ",;\t")
@pytest.mark.parametrize("text", INSIDE)
def test_a_table_opened_with_another_separator_runs_nothing_either(
    tmp_path: Path, style: Style, wrong: str, text: str
) -> None:
    write_csv(tmp_path / "x.csv", ("a", "b"), [("x", text), (text, "x")], style)
    lines = (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()
    for line in lines:
        for cell in line.split(wrong if wrong != style.separator else "\n"):
            assert cell.strip(' "')[:1] not in tuple("=+-@＝＋－＠"), (line, cell)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_saved_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "x.csv"
    text = separator.join(("alumno", "puntos")) + "\r\n" + separator.join(("Ñuño", '"1,5"'))
    path.write_bytes(text.encode(encoding))
    assert read_csv(path) == [{"alumno": "Ñuño", "puntos": "1,5"}]


@every_style
def test_what_was_written_is_read_back(tmp_path: Path, style: Style) -> None:
    texts = [*(text for text in RUN if text[0] != "\t"), *DATES, *PLAIN, "'hola", "dos\nlíneas"]
    write_csv(tmp_path / "x.csv", ("a", "b"), [(text, "") for text in texts], style)
    assert [row["a"] for row in read_csv(tmp_path / "x.csv")] == texts
