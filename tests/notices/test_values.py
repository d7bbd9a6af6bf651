"""What stands in the cells of notices, in the ways people write it."""

from datetime import date

import pytest

from ledger.notices import NoticeKind
from ledger.noticing.days import day_of
from ledger.noticing.headings import kind_of, role_of
from ledger.noticing.parts import Cell
from ledger.noticing.values import addresses, pairs, unmarked

STALK = ("秸杆", "秸秆")


@pytest.mark.parametrize(
    "text",
    [
        "「秸杆」→「秸秆」",
        "秸杆-->秸秆",
        "秸杆（秸秆）",
        "秸杆（应为：秸秆）",
        "秸杆 应为 秸秆",
        "“秸杆”应为“秸秆”。",
        "将“秸杆”改为“秸秆”",
        "错误：秸杆；正确：秸秆",
        "1. 秸杆 → 秸秆",
    ],
)
def test_wrong_and_right_in_one_cell(text):
    assert pairs(text, "") == [STALK]


@pytest.mark.parametrize(
    ("wrong", "suggest", "found"),
    [
        ("秸杆（2处）", "建议修改为：秸秆", [STALK]),
        ("秸杆；布署", "秸秆；部署", [STALK, ("布署", "部署")]),
        ("秸杆、布署", "秸秆、部署", [STALK, ("布署", "部署")]),
        ("1.秸杆→秸秆\n2.布署→部署", "", [STALK, ("布署", "部署")]),
        ("帐号（卡号）", "账号（卡号）", [("帐号（卡号）", "账号（卡号）")]),
        ("《通知》", "《公告》", [("《通知》", "《公告》")]),
        ("2023年2月30日", "2023年2月28日", [("2023年2月30日", "2023年2月28日")]),
        ("，，", "，", [("，，", "，")]),
        ("", "秸秆", []),
    ],
)
def test_wrong_and_right_in_two_cells(wrong, suggest, found):
    assert pairs(wrong, suggest) == found


@pytest.mark.parametrize(
    ("text", "links", "found"),
    [
        ("见https://a.gov.cn/x.html、https://a.gov.cn/y.html。", (), ["x", "y"]),
        ("查看", ("https://a.gov.cn/x.html",), ["x"]),
        ("https://a.gov.cn/很长的…", ("https://a.gov.cn/x.html",), ["x"]),
        ("a.gov.cn/x.html", (), ["x"]),
        ("无", ("javascript:alert(1)", "mailto:a@b.cn"), []),
    ],
)
def test_addresses_written_and_behind(text, links, found):
    names = [url.rpartition("/")[2].removesuffix(".html") for url in addresses(Cell(text, links))]
    assert names == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("乌尔禾区网站错别字【2025-03-10】", date(2025, 3, 10)),
        ("20250310通报", date(2025, 3, 10)),
        ("2025年3月份监测报告", date(2025, 3, 31)),
        ("监测报告（2025年1月1日—2025年1月31日）", date(2025, 1, 31)),
        ("2025年第10期", None),
        ("错别字【2025-XX-XX】", None),
        ("2025-02-30", None),
    ],
)
def test_the_day_in_a_name(text, day):
    assert day_of(text) == day


def test_marks_in_text():
    assert unmarked(Cell("做好<em>秸杆</em>利用")) == ("做好秸杆利用", ("秸杆",))
    assert unmarked(Cell("做好【秸杆】利用")) == ("做好秸杆利用", ("秸杆",))


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("疑似错误", "wrong"),
        ("错敏词 *", "wrong"),
        ("网页ＵＲＬ", "url"),
        ("地址（URL）", "url"),
        ("问题页面\nURL", "url"),
        ("涉事网页链接", "url"),
        ("网站地址", "site_url"),
        ("快照地址", ""),
        ("整改责任单位", "unit"),
        ("二级栏目", "column"),
        ("各地各部门要认真排查整改错别字并建立长效机制", ""),
    ],
)
def test_what_headings_mean(heading, role):
    assert role_of(heading) == role


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("错别字", NoticeKind.WORDING),
        ("隐私泄露-身份证号", NoticeKind.PRIVACY),
        ("栏目不更新", NoticeKind.COLUMN),
        ("错误链接（404）", NoticeKind.LINK),
        ("兼容性", None),
    ],
)
def test_what_vendors_call_it(said, kind):
    assert kind_of(said) is kind
