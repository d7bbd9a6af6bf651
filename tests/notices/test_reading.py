"""Notices in the layouts the trade knows, read as real files."""

from datetime import date

from ledger.notices import NoticeKind
from ledger.noticing.reading import read_notice
from tests.notices import made

BASE = "https://www.weh.gov.cn"


def told(reading):
    return [(e.item.kind, e.item.wrong, e.item.suggest, e.item.url) for e in reading.entries]


def skipped(reading):
    return [(s.place, s.reason) for table in reading.tables for s in table.skipped]


def page(number):
    return f"{BASE}/zwdt/{number}.html"


def test_the_old_table(tmp_path):
    reading = read_notice(made.old_table(tmp_path / "月报.xlsx", BASE))
    wording = NoticeKind.WORDING
    assert told(reading) == [
        (wording, "秸杆", "秸秆", page(1)),
        (wording, "布署", "部署", page(2)),
        (wording, "帐户", "账户", page(3)),
        (wording, "帐户", "账户", page(4)),
        (NoticeKind.LINK, "", "", f"{BASE}/gone.html"),
    ]
    assert reading.day == date(2026, 3, 10)
    assert reading.hidden == ("工作表“词典”",)
    assert [place for place, _ in skipped(reading)] == [
        "工作表“错别字”第 8 行",
        "工作表“错别字”第 9 行",
    ]
    link = reading.entries[-1].item
    assert (link.parent, link.context, link.found_on) == (
        f"{BASE}/index.html",
        "404",
        date(2026, 3, 9),
    )


def test_the_import_template(tmp_path):
    reading = read_notice(made.import_template(tmp_path / "导入【2026-03-10】.xlsx", BASE))
    first, second, third = (entry.item for entry in reading.entries)
    assert (first.wrong, first.suggest, first.context) == ("秸杆", "秸秆", "做好秸杆综合利用")
    assert (first.unit, first.found_on) == ("区农业农村局", date(2026, 3, 9))
    assert first.parent == f"{BASE}/zwdt/"
    assert second.kind is NoticeKind.PRIVACY
    assert third.url == "http://www.elsewhere.gov.cn/1.html"
    assert [entry.site_code for entry in reading.entries] == ["6502050001"] * 2 + ["1101010001"]
    assert reading.day == date(2026, 3, 10)


def test_the_audit_list_with_a_second_table(tmp_path):
    reading = read_notice(made.audit_columns(tmp_path / "a.xlsx", BASE))
    wording, stale = (entry.item for entry in reading.entries)
    assert (wording.wrong, wording.url, wording.severity_text) == ("布署", page(2), "一般")
    assert wording.found_on == date(2026, 3, 9)
    assert (stale.kind, stale.column) == (NoticeKind.COLUMN, "统计信息")
    assert "最后更新时间：2025-10-01" in stale.context
    assert "未更新天数：160" in stale.context
    [table] = reading.tables
    assert [header.unknown for header in table.headers] == [(), ("暂无此列",)]
    assert ("工作表“审核”第 7 行", "没有栏目名称，也没有网址") in skipped(reading)
    assert reading.day is None


def test_the_alert_mail(tmp_path):
    reading = read_notice(made.alert_mail(tmp_path / "预警.docx", BASE))
    assert told(reading) == [
        (NoticeKind.WORDING, "秸杆", "秸秆", page(1)),
        (NoticeKind.WORDING, "布署", "部署", page(2)),
    ]
    assert {entry.site_code for entry in reading.entries} == {"6502050001"}
    assert reading.day == date(2026, 3, 9)


def test_the_word_notice(tmp_path):
    reading = read_notice(made.word_notice(tmp_path / "乌尔禾区网站错别字.docx", BASE))
    assert told(reading) == [
        (NoticeKind.WORDING, "秸杆", "秸秆", page(1)),
        (NoticeKind.WORDING, "布署", "部署", page(2)),
        (NoticeKind.WORDING, "帐户", "账户", page(3)),
        (NoticeKind.WORDING, "截止", "截至", page(4)),
    ]
    assert [entry.item.unit for entry in reading.entries] == [
        "区农业农村局",
        "区农业农村局",
        "区财政局",
        "",
    ]
    assert reading.entries[0].item.context == "各乡镇做好秸杆综合利用"
    assert reading.day == date(2026, 3, 31)
