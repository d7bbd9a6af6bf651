"""检查情况表: what was not looked at is never clean, and every format says the same."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from reports import PaperError
from reports.indicators import PAPER
from tests.reports.conftest import FORMULA, SCRIPT
from tests.reports.selfcheck_case import blind_case, clean_case, rich_case


@cache
def rich() -> dict[str, Any]:
    return PAPER.build(rich_case())


def test_the_model_is_the_reviewed_one(golden: Callable[[str, dict[str, Any]], None]) -> None:
    golden("indicators.json", rich())


def test_a_veto_is_counted_only_where_a_person_said_so() -> None:
    said = [sentence["words"] for sentence in rich()["said"]]
    assert said[0] == "发现单项否决情形 1 项：空白栏目。"
    assert said[1] == "另有 1 项需要人工认定是否属于单项否决情形：严重表述错误。"
    assert "待人工核查这些指标后核定" in said[2]


@pytest.mark.parametrize("make", [clean_case, blind_case, rich_case])
def test_a_site_is_never_declared_to_pass(make: Callable[[], Any]) -> None:
    model = PAPER.build(make())
    words = "".join(sentence["words"] for sentence in model["said"])
    assert "核定" in words
    assert "合格，待人工" in words
    by_hand = [row for row in model["rows"] if row["level"] != "auto"]
    assert not [row for row in by_hand if row["state"] == "clean"]


def test_a_month_that_saw_nothing_has_no_clean_row() -> None:
    model = PAPER.build(blind_case())
    assert {row["state"] for row in model["rows"]} == {"unseen"}


@pytest.mark.parametrize("spoil", ["state", "row"])
def test_a_count_that_differs_from_its_rows_is_refused(spoil: str) -> None:
    model = copy.deepcopy(rich())
    if spoil == "row":
        model["rows"].pop()
    else:
        next(row for row in model["rows"] if row["state"] == "unseen")["state"] = "clean"
    for form in PAPER.formats:
        with pytest.raises(PaperError, match="报表自检未通过"):
            PAPER.render(model, form)


def test_a_paper_without_a_month_is_refused() -> None:
    with pytest.raises(PaperError, match="--month"):
        PAPER.build(replace(rich_case(), span=None))
    with pytest.raises(PaperError, match="没有 pdf 格式"):
        PAPER.render(rich(), "pdf")


def test_word_holds_every_row_of_every_part() -> None:
    content = PAPER.render(rich(), "docx")
    assert content == PAPER.render(rich(), "docx")
    tables = Document(io.BytesIO(content)).tables
    numbers = [row.cells[0].text for table in tables for row in table.rows[1:]]
    assert numbers == [str(row["no"]) for row in rich()["rows"]]
    words = {row.cells[5].text for table in tables for row in table.rows[1:]}
    assert {"发现", "待人工认定", "未发现", "未检查", "未检查（需人工核查）"} <= words


def test_the_sheet_holds_every_row_as_text() -> None:
    book = load_workbook(io.BytesIO(PAPER.render(rich(), "xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    table = [row[0].value for row in book.active.iter_rows() if isinstance(row[0].value, int)]
    assert table == [row["no"] for row in rich()["rows"]]


def test_hostile_text_stays_text() -> None:
    case = rich_case()
    bad = replace(
        case.indicators[0], found=True, decided=True, why=FORMULA, evidence=(SCRIPT, "{{ 7 * 7 }}")
    )
    model = PAPER.build(replace(case, indicators=(bad, *case.indicators[1:])))
    page = html.fromstring(PAPER.render(model, "html").decode())
    assert not page.xpath("//td//script")
    assert SCRIPT in page.text_content()
    text = "".join(
        cell.text
        for table in Document(io.BytesIO(PAPER.render(model, "docx"))).tables
        for cell in table.rows[1].cells
    )
    assert SCRIPT in text
    assert "{{ 7 * 7 }}" in text
    book = load_workbook(io.BytesIO(PAPER.render(model, "xlsx")))
    assert any(
        FORMULA in str(cell.value) and cell.data_type == "s"
        for row in book.active.iter_rows()
        for cell in row
    )
