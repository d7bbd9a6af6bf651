"""监测报告分析: both lists held against each other, every number that of its rows."""

import io
from copy import deepcopy
from dataclasses import replace
from importlib.resources import files

import pytest
from docx import Document
from docx.shared import RGBColor
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser as Html

from reports import load
from reports.base import PaperError
from reports.vendor import PAPER
from tests.reports.conftest import FORMULA, SCRIPT
from tests.reports.vendor_case import vendor_case


@pytest.fixture(scope="module")
def model():
    return PAPER.build(vendor_case())


def test_the_model_is_known(model, golden):
    assert load()["vendor"] is PAPER
    golden("vendor.json", model)


def test_its_sentences_count_what_stands_in_the_tables(model):
    assert model["lead"]["words"] == (
        "2026年3月收到监测通报 2 份，共 10 条，同一处问题合并后为 9 个。"
    )
    assert model["difference"]["words"] == (
        "其中本工具也发现的 1 个，只有监测单位发现的 8 个；"
        "同期只有本工具发现、已确认的同类问题 1 个。"
    )
    assert model["outcomes"]["words"] == (
        "截至2026年3月20日，通报的问题已整改 1 个，核实时页面上没有 1 个，已下线 1 个，"
        "仍存在 2 个，未能核实 2 个，我方判为误报 1 个，尚未判定 1 个。"
        "核实时页面上没有、未能核实的没有计入已整改。"
    )
    assert model["months"]["words"] == (
        "2026年2月通报的问题 2 个，2026年3月通报的 9 个，其中上月已通报、本月再次通报的 1 个，"
        "本月新通报的 8 个。"
    )


def test_a_month_without_notices_says_so():
    case = replace(vendor_case(), notices=())
    model = PAPER.build(case)
    assert model["lead"]["words"] == "2026年3月没有导入监测通报，不作分析。"
    assert model["outcomes"] is None
    text = "\n".join(p.text for p in Document(io.BytesIO(PAPER.render(model, "docx"))).paragraphs)
    assert "2026年2月没有导入监测通报，不作月度对比。" in text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda model: model["items"].pop(),
        lambda model: model["units"][0].update(told=99),
        lambda model: model["kinds"][0].update(now=99),
        lambda model: model["items"][0].update(state="offline"),
    ],
)
def test_counts_that_differ_from_the_rows_are_refused(model, spoil):
    spoilt = deepcopy(model)
    spoil(spoilt)
    with pytest.raises(PaperError, match="自检未通过"):
        PAPER.render(spoilt, "html")


def test_the_page_shows_hostile_text_as_text(model):
    page = Html(PAPER.render(model, "html").decode())
    assert not page.css("script, img, [onerror]")
    assert SCRIPT in page.body.text()
    assert not [a for a in page.css("a") if (a.attributes["href"] or "").startswith("javascript")]
    marks = [mark.text() for mark in page.css("mark")]
    assert "【秸杆】" in marks or "秸杆" in marks


def test_the_word_file_lists_every_fault(model):
    made = Document(io.BytesIO(PAPER.render(model, "docx")))
    tables = {table.rows[0].cells[0].text: table for table in made.tables}
    assert list(tables) == ["序号", "类别", "责任单位", "栏目"]
    listed = made.tables[4]
    assert len(listed.rows) == 1 + len(model["items"])
    strong = [run for run in listed.rows[1].cells[2].paragraphs[0].runs if run.bold]
    assert strong[0].text == "【秸杆】"
    assert strong[0].font.color.rgb == RGBColor(0xB0, 0, 0x20)


def test_the_workbook_holds_no_formula(model):
    book = load_workbook(io.BytesIO(PAPER.render(model, "xlsx")))
    assert book.sheetnames == [
        "通报问题",
        "仅本工具发现",
        "按单位",
        "按栏目",
        "月度对比",
        "通报文件",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == FORMULA for cell in cells)


def test_a_restyled_template_is_used(model, tmp_path):
    source = files("reports") / "templates" / "vendor.docx"
    made = Document(io.BytesIO(source.read_bytes()))
    made.paragraphs[0].insert_paragraph_before("内部资料")
    made.save(tmp_path / "vendor.docx")
    text = Document(io.BytesIO(PAPER.render(model, "docx", tmp_path))).paragraphs[0].text
    assert text == "内部资料"


def test_parts_are_numbered_one_after_the_other():
    case = vendor_case()
    march = tuple(notice for notice in case.notices if notice.day.month == 3)
    heads = PAPER.build(replace(case, notices=march, findings=()))["heads"]
    assert list(heads.values()) == [
        "一、总体情况",
        "二、月度对比",
        "三、按责任单位",
        "四、按栏目",
        "五、通报问题及结果",
    ]
    alone = PAPER.build(replace(case, notices=()))
    assert list(alone["heads"].values()) == ["一、总体情况"]
    assert (alone["difference"], alone["ours"], alone["units"]) == (None, [], [])
