from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reports import PaperCase, load
from reports.month_sheet import HEADER_ROW
from reports.workbook import CELL_LIMIT, cell_at, put_text, to_bytes


@pytest.fixture
def model(case: PaperCase) -> dict[str, Any]:
    return load()["month"].build(case)


@pytest.fixture
def content(model: dict[str, Any]) -> bytes:
    return load()["month"].render(model, "xlsx")


@pytest.fixture
def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def _rows(sheet: Worksheet) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[HEADER_ROW]]
    return [
        dict(zip(heads, row, strict=True))
        for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    ]


def test_the_columns_of_the_contract_in_order(book: Workbook) -> None:
    heads = [cell.value for cell in book["栏目巡查表"][HEADER_ROW]]
    assert heads == [
        "序号", "一级栏目", "二级栏目", "三级栏目", "四级栏目", "栏目网址", "责任单位", "更新要求",
        "最近更新标题", "最近更新日期", "已过天数", "应更新截止", "本月各期更新条数", "缺更期数",
        "结论", "取证", "备注",
    ]  # fmt: skip


def test_every_row_says_what_the_model_says(book: Workbook, model: dict[str, Any]) -> None:
    rows = _rows(book["栏目巡查表"])
    assert [row["结论"] for row in rows] == [row["word"] for row in model["columns"]]
    assert [row["缺更期数"] for row in rows] == [row["missed"] for row in model["columns"]]
    assert rows[0]["最近更新日期"] == datetime(2026, 3, 19)  # noqa: DTZ001
    assert rows[0]["应更新截止"] == datetime(2026, 3, 26)  # noqa: DTZ001
    assert rows[0]["已过天数"] == 1
    unchecked = [row for row in rows if row["结论"] == "未检查"]
    assert len(unchecked) == 4
    assert all(row["备注"] for row in unchecked)
    assert not any("未发现" in str(value) for row in rows for value in row.values())


def test_dates_are_dates_with_a_format(book: Workbook) -> None:
    cell = book["栏目巡查表"].cell(row=HEADER_ROW + 1, column=10)
    assert cell.is_date
    assert cell.number_format == "yyyy-mm-dd"


def test_the_sheet_is_ready_to_read_and_to_print(book: Workbook, model: dict[str, Any]) -> None:
    sheet = book["栏目巡查表"]
    last = HEADER_ROW + len(model["columns"])
    assert sheet.freeze_panes == f"F{HEADER_ROW + 1}"
    assert sheet.auto_filter.ref == f"A{HEADER_ROW}:Q{last}"
    assert sheet.print_area == f"'栏目巡查表'!$A$1:$Q${last}"
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.paperSize == 9
    assert sheet["A1"].value == "沙河区人民政府网2026年3月月度栏目巡查表"
    assert sheet["C6"].alignment.wrap_text
    assert book.active.title == "栏目巡查表"


def test_verdicts_are_coloured_and_worded(book: Workbook, model: dict[str, Any]) -> None:
    sheet = book["栏目巡查表"]
    fills = {}
    for number, row in enumerate(model["columns"], start=HEADER_ROW + 1):
        cell = sheet.cell(row=number, column=15)
        assert cell.value == row["word"]
        fills.setdefault(cell.value, cell.fill.fgColor.rgb)
    assert len(set(fills.values())) == len(fills) == 9
    legend = {row[0].value: row[0].fill.fgColor.rgb for row in book["说明"].iter_rows(max_row=10)}
    assert all(legend[word] == fill for word, fill in fills.items())


def test_the_summary_equals_the_rows(book: Workbook) -> None:
    rows = _rows(book["栏目巡查表"])
    sheet = book["汇总"]
    heads = [cell.value for cell in sheet[3]]
    table = [
        dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)
    ]
    everyone, units = table[0], table[1:]
    counted = Counter("正常" if row["结论"] == "临近" else row["结论"] for row in rows)
    assert everyone["栏目数"] == len(rows)
    assert {head: everyone[head] for head in heads[2:10]} == {h: counted[h] for h in heads[2:10]}
    assert everyone["其中临近"] == sum(row["结论"] == "临近" for row in rows)
    assert everyone["缺更期数"] == sum(row["缺更期数"] or 0 for row in rows)
    office = next(unit for unit in units if unit["责任单位"] == "区卫健委")
    assert (office["逾期"], office["打不开"], office["栏目数"]) == (1, 1, 2)


def test_nothing_from_the_portal_becomes_a_formula(book: Workbook) -> None:
    hostile = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    hostile += 1
                    assert cell.data_type == "s"
                    assert cell.quotePrefix
    assert hostile >= 3


def test_only_web_addresses_are_links(content: bytes, book: Workbook) -> None:
    sheet = book["栏目巡查表"]
    targets = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(targets) > 20
    assert all(target.startswith(("http://", "https://")) for target in targets)
    bad = HEADER_ROW + 20
    assert sheet.cell(row=bad, column=6).value == "javascript:document.title='owned'"
    assert sheet.cell(row=bad, column=6).hyperlink is None
    assert sheet.cell(row=bad, column=16).hyperlink is None


def test_no_archive_entry_knows_the_present_moment(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    # The run ended at 02:14 in Asia/Shanghai.
    assert core.count("2026-03-19T18:14:00Z") == 2


def _cell() -> Cell:
    sheet = Workbook().active
    assert isinstance(sheet, Worksheet)
    return cell_at(sheet, 1, 1)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "#N/A", "TRUE", "1.5", "2026-01-01"])
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    cell = _cell()
    put_text(cell, text)
    assert (cell.value, cell.data_type) == (text, "s")


def test_text_is_cut_and_cleaned_for_xml() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    put_text(cell_at(sheet, 1, 1), "a\x00\x0b\ufffeb\ud800" + "字" * 40_000)
    put_text(cell_at(sheet, 2, 1), "\t=1")
    put_text(cell_at(sheet, 3, 1), "_x0041_")
    made = to_bytes(book, None)
    read = load_workbook(io.BytesIO(made)).active
    assert isinstance(read, Worksheet)
    assert str(read["A1"].value).startswith("ab字")
    assert len(str(read["A1"].value)) == CELL_LIMIT
    assert read["A2"].quotePrefix
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "_x005F_x0041_" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_month_of_five_hundred_columns_fits(case: PaperCase) -> None:
    plain = case.judgement.verdicts[4]
    verdicts = tuple(replace(plain, path=("甲", f"栏目{n}")) for n in range(500))
    big = replace(
        case,
        judgement=replace(case.judgement, verdicts=verdicts),
        findings=(),
        periods=(),
        month=date(2026, 3, 1),
    )
    paper = load()["month"]
    model = paper.build(big)
    assert len(paper.render(model, "xlsx")) < 200_000
    assert paper.render(model, "html").count(b'role="row"') == 501
