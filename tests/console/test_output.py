"""Printing: portal text is hostile, readers leave early, the same data gives the same bytes."""

import csv
import io
import json
import subprocess

from hypothesis import given
from hypothesis import strategies as st

from console.output import Heading, clean, to_csv, to_json, to_jsonl, to_table

CELLS = st.text(max_size=30) | st.none() | st.integers() | st.booleans()
ROWS = st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), max_size=5)


@given(ROWS)
def test_csv_comes_back_and_holds_no_formula(rows):
    sheet = to_csv(rows, ["a", "b"])
    assert sheet.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(sheet[1:], newline="")))
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        for key, cell in zip("ab", cells, strict=True):
            if isinstance(value := row[key], str):
                assert cell in (value, f"'{value}")
                assert not cell.startswith(("=", "+", "-", "@", "\t"))


@given(ROWS)
def test_jsonl_is_one_object_a_line(rows):
    lines = to_jsonl(rows).splitlines() if rows else []
    assert [json.loads(line) for line in to_jsonl(rows).split("\n")[:-1]] == rows
    assert len(lines) >= len(rows)


@given(ROWS)
def test_a_table_has_a_line_for_each_row(rows):
    page = to_table(rows, [Heading("a", "甲"), Heading("b", "乙")], terminal=False)
    assert len(page.split("\n")) == len(rows) + 3
    assert "\x1b" not in page


def test_control_and_direction_characters_go():
    assert clean("甲\x1b[31m乙\u202e丙\n丁") == "甲 [31m乙 丙 丁"


def test_json_is_readable_chinese():
    assert "栏目" in to_json({"a": "栏目"})


def test_a_reader_who_leaves_early_is_no_error(xuncha):
    child = xuncha.start("explain", "--format", "json")
    assert child.stdout is not None
    child.stdout.close()
    assert child.stderr is not None
    said = child.stderr.read()
    assert child.wait(60) == 0
    assert said == b""
    child.stderr.close()


def test_programs_get_utf8_whatever_the_locale(xuncha):
    ran = subprocess.run(
        xuncha.command("explain", "--format", "json"),
        env=xuncha.env(PYTHONIOENCODING="gbk"),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert "栏目" in ran.stdout.decode("utf-8")
