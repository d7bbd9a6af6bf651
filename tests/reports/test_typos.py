"""The notice of wrong wording and its answer: what is listed, in every format."""

import copy
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

import pytest
from docx import Document
from docx.shared import Pt
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from ledger.clock import ZONE
from ledger.findings import Place
from ledger.notices import UNVERIFIED, Notice, NoticeItem, NoticeKind
from ledger.words import ReviewWord, Severity, State
from reports import load
from reports.base import PaperError
from reports.typo_rows import NOTHING_READ
from tests.reports.conftest import AS_OF, HOME
from tests.reports.rectify_case import AUDIT, STATS, finding, owed_case

PAGE = f"{HOME}zwgk/v.html"


@cache
def typo_case():
    """The duties' case with a new finding, a masked number, a vendor's and three that stay out."""
    case = owed_case()
    vendor = finding(
        21,
        STATS,
        code="V101",
        name="监测通报的文字问题",
        subject=PAGE,
        term="登陆",
        message="监测通报：页面“办事指南”有“登陆”，建议改为“登录”。",
        places=(Place(PAGE, "请【登陆】系统"),),
    )
    more = (
        vendor,
        finding(
            22,
            AUDIT,
            code="T601",
            name="身份证号码",
            severity=Severity.SEVERE,
            subject="6502**********1234",
            message="身份证号码：应遮掩后公开，如“6502**********1234”。",
            term="",
            first_seen=AS_OF,
            confirmed_on=AS_OF,
            places=tuple(
                Place(f"{HOME}gs/{n}.html", "［正文］公示名单：张*，【6502**********1234】")
                for n in range(7)
            ),
            count=9,
        ),
        finding(23, STATS, state=State.RECURRED, subject="的的", term="→的", code="T302"),
        finding(24, STATS, state=State.SUSPECTED, confirmed_on=None),
        finding(25, STATS, state=State.DISMISSED, review=ReviewWord.DISMISSED, note="专有名词。"),
        finding(26, STATS, state=State.RESOLVED, resolved_on=AS_OF - timedelta(days=40)),
    )
    entry = NoticeItem(
        "表1第2行", NoticeKind.WORDING, "错别字", PAGE, "登陆", "登录",
        title="办事指南", fingerprint=vendor.fingerprint,
    )  # fmt: skip
    at = datetime(2026, 3, 3, tzinfo=ZONE)
    notice = Notice("shahe", b"0" * 16, "三月.xlsx", "监测公司", date(2026, 3, 2), at, (entry,))
    return replace(case, findings=(*case.findings, *more), notices=(notice,))


@cache
def model(name):
    return load()[name].build(typo_case())


@cache
def rendered(name, form):
    return load()[name].render(model(name), form)


NAMES = pytest.mark.parametrize("name", ["typos", "typos-reply"])


@NAMES
def test_the_model_is_the_reviewed_one(name, golden):
    golden(f"{name}.json", model(name))


def test_the_notice_lists_what_is_confirmed_and_open_place_by_place():
    made = model("typos")
    assert made["heading"] == "沙河区人民政府网站错别字【2026-03-20】"
    assert [row["no"] for row in made["rows"]] == list(range(1, len(made["rows"]) + 1))
    marks = {int(row["fingerprint"], 16) for row in made["rows"]}
    assert marks == {1, 2, 3, 4, 21, 22, 23}
    first = made["rows"][0]
    assert (first["severity"], first["state_word"], first["new"]) == ("severe", "新发现", True)
    assert first["remark"] == "同一问题共出现在 9 个页面，另有 4 个页面未列出"
    assert first["part"] == "正文"
    assert first["excerpt"] == "公示名单：张*，【6502**********1234】"
    (again,) = [row for row in made["rows"] if row["again"]]
    assert (again["suggest"], again["state_word"]) == ("的", "再次出现")
    assert made["summary"]["words"].startswith(
        "截至 2026-03-20，已确认且未整改的文字问题 7 个，其中严重 2 个、一般 5 个、轻微 0 个；"
        "近 7 日新发现 1 个，再次出现 1 个。下表逐处列出 11 处，"
    )


def test_the_answer_tells_what_became_of_each():
    rows = {int(row["fingerprint"], 16): row for row in model("typos-reply")["rows"]}
    assert set(rows) == {1, 2, 3, 4, 5, 6, 7, 8, 21, 22, 23, 25}
    assert {mark: rows[mark]["outcome_word"] for mark in (1, 2, 5, 6, 7, 8, 25)} == {
        1: "超期未整改",
        2: "整改中",
        5: "已整改",
        6: "超期整改",
        7: "已下线",
        8: "暂予保留",
        25: "经复核不属错误",
    }
    assert rows[5]["closed_on"] == "2026-03-12"
    assert rows[1]["closed_on"] is None
    assert rows[8]["remark"] == "经批准保留至 2026-06-30；历史文件，保留原貌"
    assert rows[6]["remark"] == "超期 2 个工作日"
    assert rows[25]["remark"] == "专有名词"


def test_what_a_vendor_told_is_answered_in_the_vendors_words():
    (row,) = [row for row in model("typos-reply")["rows"] if row["code"] == "V101"]
    assert row["source"] == "监测通报"
    assert (row["wrong"], row["suggest"], row["title"]) == ("登陆", "登录", "办事指南")


def test_words_of_a_vendor_nobody_ever_read_are_not_called_mended():
    def answered(message, seen_on):
        case = typo_case()
        (notice,) = case.notices
        told = replace(notice, items=(replace(notice.items[0], seen_on=seen_on),))
        findings = tuple(
            replace(f, message=message, state=State.RESOLVED, resolved_on=AS_OF)
            if f.code == "V101"
            else f
            for f in case.findings
        )
        made = load()["typos-reply"].build(replace(case, findings=findings, notices=(told,)))
        (row,) = [row for row in made["rows"] if row["code"] == "V101"]
        return row["outcome_word"], row["closed_on"], "页面上没有 1 个" in made["summary"]["words"]

    unread = f"监测通报：页面有“登陆”（{UNVERIFIED}：超时）。"
    assert answered(unread, None) == ("核实时页面上没有", None, True)
    assert answered(unread, AS_OF) == ("已整改", "2026-03-20", False)
    assert answered("监测通报：页面有“登陆”。", None) == ("已整改", "2026-03-20", False)


def test_a_night_without_texts_says_so():
    assert NOTHING_READ in model("typos")["scope"]
    assert NOTHING_READ in model("typos-reply")["scope"]


@NAMES
def test_nothing_to_list_is_a_paper_too(name):
    paper = load()[name]
    empty = paper.build(replace(typo_case(), findings=()))
    assert empty["summary"]["words"].endswith("文字问题。")
    assert "，没有" in empty["summary"]["words"]
    for form in paper.formats:
        assert paper.render(empty, form)


@NAMES
@pytest.mark.parametrize("spoil", ["row", "group", "words"])
def test_a_count_that_differs_is_refused(name, spoil):
    made = copy.deepcopy(model(name))
    if spoil == "row":
        made["rows"].pop()
    elif spoil == "group":
        made["groups"][0]["rows"].pop()
    else:
        made["summary"]["words"] = made["summary"]["words"].replace("1", "2")
    with pytest.raises(PaperError, match="报表自检未通过"):
        load()[name].render(made, "html")


@NAMES
def test_the_page_shows_every_row_and_runs_nothing(name):
    page = LexborHTMLParser(rendered(name, "html").decode())
    assert page.css_first("h1").text() == model(name)["heading"]
    shown = [
        row.css_first("td.num").text() for row in page.css("tbody tr") if row.css("mark, td a")
    ]
    numbers = [str(row["no"]) for row in model(name)["rows"]]
    assert set(shown) <= set(numbers)
    assert len(page.css("table")[0].css("tbody tr")) == len(model(name)["groups"][0]["rows"])
    assert page.css("mark")
    assert not page.css("script")
    assert not page.css("a[href^='javascript']")


@NAMES
def test_the_word_file_holds_every_row_with_the_wrong_part_set_off(name):
    word = Document(io.BytesIO(rendered(name, "docx")))
    *tables, units = word.tables
    listed = [row for group in model(name)["groups"] for row in group["rows"]]
    cells = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    assert [row[0] for row in cells] == [str(row["no"]) for row in listed]
    where = [cell.text for cell in tables[0].rows[0].cells].index("原文（错处以【】标明）")
    assert [row[where] for row in cells] == [row["excerpt"] for row in listed]
    told = "\n".join(cell for row in cells for cell in row)
    assert name != "typos" or "（同一问题共出现在 9 个页面，另有 4 个页面未列出）" in told
    runs = tables[0].rows[1].cells[where].paragraphs[0].runs
    assert any(run.font.bold and run.text.startswith("【") for run in runs)
    assert len(units.rows) == len(model(name)["units"]) + 1
    assert "<w:instrText" not in word.element.xml


@NAMES
def test_the_workbook_holds_every_row_and_no_formula(name):
    sheet = load_workbook(io.BytesIO(rendered(name, "xlsx"))).active
    listed = model(name)["rows"]
    assert [sheet.cell(4 + n, 1).value for n in range(len(listed))] == [r["no"] for r in listed]
    assert sheet.print_title_rows == "$3:$3"
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


@NAMES
def test_the_same_case_gives_the_same_bytes(name):
    for form in load()[name].formats:
        assert load()[name].render(model(name), form) == rendered(name, form)


@NAMES
def test_a_restyled_template_of_a_site_is_filled(name, tmp_path):
    own = tmp_path / f"{name}.docx"
    own.write_bytes((files("reports") / "templates" / own.name).read_bytes())
    restyled = Document(own)
    restyled.styles["表格文字"].font.size = Pt(12)
    restyled.add_paragraph("联系人：张三")
    restyled.save(own)
    word = Document(io.BytesIO(load()[name].render(model(name), "docx", tmp_path)))
    assert word.paragraphs[-1].text == "联系人：张三"
    assert word.tables[0].rows[1].cells[2].paragraphs[0].style.font.size == Pt(12)
    assert len(word.tables[0].rows) == len(model(name)["groups"][0]["rows"]) + 1
