"""Layouts that a reader may take for something else: what is a heading, and of which table."""

from datetime import date

import docx
import pytest
from openpyxl import Workbook

from ledger.notices import NoticeKind
from ledger.noticing.days import day_in_cell, day_of, notice_day
from ledger.noticing.parts import Cell, NoticeError
from ledger.noticing.reading import read_notice
from ledger.noticing.values import addresses, described, pairs

BASE = "https://www.weh.gov.cn"
WORDING, PRIVACY = NoticeKind.WORDING, NoticeKind.PRIVACY


def url(number):
    return f"{BASE}/{number}.html"


def read(tmp_path, *rows, name="a.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(tmp_path / name)
    return read_notice(tmp_path / name)


def told(reading):
    return [(e.item.kind, e.item.wrong, e.item.suggest, e.item.url) for e in reading.entries]


def reasons(reading):
    return [skip.reason for table in reading.tables for skip in table.skipped]


def test_wrong_words_that_read_like_headings(tmp_path):
    found = read(
        tmp_path,
        ("疑似错误", "建议修改", "网址", "问题类型"),
        ("责任单位", "责任部门", url(1), "错别字"),
        ("牵头单位", "牵头部门", url(2), "错别字"),
        ("责任单位", "责任部门", "无", "错别字"),
        ("疑似错误", "建议修改", "网址", "问题类型"),
        ("秸杆", "秸秆", url(3), "错别字"),
    )
    assert told(found) == [
        (WORDING, "责任单位", "责任部门", url(1)),
        (WORDING, "牵头单位", "牵头部门", url(2)),
        (WORDING, "秸杆", "秸秆", url(3)),
    ]
    assert reasons(found) == ["没有网址"]
    assert [header.row for header in found.tables[0].headers] == [1, 5]


def test_headings_of_two_lines(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ("序号", "位置", None, "错误信息", None),
        (None, "栏目", "页面地址", "错误内容", "正确写法"),
        (1, "动态", url(1), "秸杆", "秸秆"),
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    assert told(read_notice(tmp_path / "a.xlsx")) == [(WORDING, "秸杆", "秸秆", url(1))]


def test_a_table_that_begins_with_the_kind_is_no_form(tmp_path):
    found = read(
        tmp_path,
        ("问题类型", "疑似错误", "建议修改", "网址"),
        ("错别字", "秸杆", "秸秆", url(1)),
        ("敏感词", "布署", "部署", url(2)),
        ("死链", "", "", url(3)),
        ("错别字", "帐户", "账户", url(4)),
    )
    kinds = [WORDING, WORDING, NoticeKind.LINK, WORDING]
    assert [entry.item.kind for entry in found.entries] == kinds
    assert [entry.item.wrong for entry in found.entries] == ["秸杆", "布署", "", "帐户"]


def test_each_table_has_the_kind_of_its_own_heading(tmp_path):
    document = docx.Document()
    document.add_paragraph("乌尔禾区监测月报（2026年3月10日）")
    for heading, *rows in (
        ("一、错别字", ("错误词", "正确写法", "链接"), ("秸杆", "秸秆", url(1))),
        ("二、隐私泄露", ("泄露内容", "链接"), ("13912345678", url(2))),
        ("三、死链", ("链接地址", "链接文字"), (url(3), "通知")),
        ("四、空白栏目", ("栏目名称", "栏目地址"), ("统计", f"{BASE}/tj/")),
    ):
        document.add_paragraph(heading)
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(tmp_path / "a.docx")
    found = read_notice(tmp_path / "a.docx")
    kinds = [WORDING, PRIVACY, NoticeKind.LINK, NoticeKind.COLUMN]
    assert [entry.item.kind for entry in found.entries] == kinds
    assert found.entries[0].item.wrong == "秸杆"


def test_what_the_vendor_says_of_an_entry(tmp_path):
    found = read(
        tmp_path,
        ("错误词", "正确词", "网址", "审核状态", "整改状态", "是否误报"),
        ("秸杆", "秸秆", url(1), "误报", "忽略", ""),
        ("布署", "部署", url(2), "存疑", "待整改", "否"),
        ("帐户", "账户", url(3), "预警", "已整改", "否"),
        ("截止", "截至", url(4), "非误报", "未整改", ""),
        ("座谈", "座谈会", url(5), "", "", "是"),
    )
    items = [entry.item for entry in found.entries]
    assert [(i.wrong, i.doubtful, i.said_mended) for i in items] == [
        ("布署", True, ""),
        ("帐户", False, "整改状态：已整改"),
        ("截止", False, ""),
    ]
    assert reasons(found) == [
        "通报自己写明不是问题（审核状态：误报），没有采用",
        "通报自己写明不是问题（是否误报：是），没有采用",
    ]


def test_an_address_without_a_fault_is_no_finding(tmp_path):
    found = read(
        tmp_path,
        ("标题", "查出之处", "规范表述", "网址"),
        ("一", "接受咨询", "", url(1)),
        ("二", "联系电话", "", url(2)),
    )
    assert told(found) == []
    assert all(one.startswith("没有写明是什么问题") for one in reasons(found))
    other = read(tmp_path, ("问题类型", "问题描述", "网址"), ("服务不实用", "要素缺失", url(1)))
    assert [entry.item.kind for entry in other.entries] == [NoticeKind.OTHER]


@pytest.mark.parametrize("heading", ["差错原文", "差错内容", "错情（错→对）", "错情"])
def test_more_names_of_the_wrong_words(tmp_path, heading):
    found = read(tmp_path, ("内部编码", heading, "网址"), ("X-1", "秸杆→秸秆", url(1)))
    assert told(found) == [(WORDING, "秸杆", "秸秆", url(1))]


def test_wrong_words_in_a_description(tmp_path):
    found = read(
        tmp_path,
        ("问题类别", "问题描述", "问题链接"),
        ("错别字", "“秸杆”应为“秸秆”", url(1)),
        ("敏感词", "两岸三地", url(2)),
        ("错别字", "表述不清，请修改", url(3)),
        ("隐私泄露", "泄露手机号13912345678", url(4)),
        ("隐私泄露", "泄露身份证号", url(5)),
        ("暗链", "页面底部有博彩链接", url(6)),
    )
    assert [(e.item.kind, e.item.wrong, e.item.url) for e in found.entries] == [
        (WORDING, "秸杆", url(1)),
        (WORDING, "两岸三地", url(2)),
        (PRIVACY, "13912345678", url(4)),
        (PRIVACY, "泄露身份证号", url(5)),
        (NoticeKind.OTHER, "", url(6)),
    ]
    assert len(reasons(found)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“统筹”误写为“统愁”", [("统愁", "统筹")]),
        ("群众——>公众", [("群众", "公众")]),
        ("表述不清，请修改", []),
    ],
)
def test_more_ways_to_put_it(text, found):
    assert pairs(text, "") == found


def test_descriptions_that_quote_nothing():
    assert described("该页面用词不规范") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("46090", date(2026, 3, 9)),
        ("46090.5", date(2026, 3, 9)),
        ("3月12日", date(2026, 3, 12)),
        ("二〇二六年三月十二日", date(2026, 3, 12)),
        ("二○二五年十二月三十一日", date(2025, 12, 31)),
        ("２０２６年３月１日", date(2026, 3, 1)),
        ("昨天", None),
    ],
)
def test_days_in_cells(text, day):
    assert day_in_cell(text, 2026) == day


def test_the_day_of_a_notice():
    assert day_of("2026年3月1日至3月15日") == date(2026, 3, 15)
    assert notice_day(["月报（2026年3月）", "报告日期：2026年3月15日"]) == (
        date(2026, 3, 15),
        False,
    )
    assert notice_day(["月报（2026年3月）", "依据2019年4月1日的办法"]) == (date(2026, 3, 31), True)
    assert notice_day(["无"]) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "HTTP://www.weh.gov.cn/1.html",
        "ｈｔｔｐ：／／www.weh.gov.cn/1.html",
        "www.weh.gov.cn/1.html",
    ],
)
def test_spellings_of_an_address(text):
    assert addresses(Cell(text)) == ["http://www.weh.gov.cn/1.html"]
    assert addresses(Cell("10.1.2.3:8080/a.html")) == ["http://10.1.2.3:8080/a.html"]


def test_old_files_are_called_what_they_are(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for name, said in (("a.doc", ".doc）"), ("a.xls", ".xls）")):
        (tmp_path / name).write_bytes(ole)
        with pytest.raises(NoticeError, match=said):
            read_notice(tmp_path / name)
