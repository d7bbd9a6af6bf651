"""Days in addresses: the known families, and ids that only look like days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.address import day_in_address, month_in_address, without_session
from ledger.words import How

DAY = date(2025, 3, 12)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.weh.gov.cn/zwgk/tzgg/202503/t20250312_123.html",
        "./202503/t20250312_123.html",
        "t20250312_123.html".join(["/a/", ""]),
        "http://a.gov.cn/art/2025/3/12/art_1_2.html",
        "http://a.gov.cn/2025/3/12/7001.html",
        "http://a.gov.cn/2025/03/12/c_1123456789.htm",
        "http://a.gov.cn/20250312/0123456789abcdef0123456789abcdef/c.html",
        "http://a.gov.cn/2025/0312/c72a302753/page.htm",
        "http://a.gov.cn/n1/2025/0312/c1001-31234567.html",
        "http://a.gov.cn/2025-03/12/content_5384134.htm",
        "http://a.gov.cn/gn/2025/03-12/9581234.shtml",
        "http://a.gov.cn/c/2025-03-12/doc-ikmxzfmk1234567.shtml",
        "http://a.gov.cn/202503/12/7001.html",
        "http://a.gov.cn/2025-0312/7001.html",
        "http://a.gov.cn/a/20250312/7001_0.shtml",
        "http://a.gov.cn/uploads/P020250312345678901234.pdf",
        "http://a.gov.cn/news/20250312_7001.html",
        "http://a.gov.cn/xw/20250312103000.html",
        "http://news.a.com/25/0312/10/EKMN2V0P0001899O.html",
        "http://a.gov.cn/2025/03/12/ARTIabcdefghijklmnop250312.shtml",
        "http://a.gov.cn/zw/t20250312_9.html?from=2024/01/02/#2023/01/02/",
    ],
)
def test_exact(url: str) -> None:
    reading = day_in_address(url)
    assert reading is not None
    assert reading.day == DAY
    assert reading.how is How.ADDRESS
    assert "03" in reading.text or "3/12" in reading.text
    assert month_in_address(url) == (2025, 3)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://[broken",
        "http://a.gov.cn/",
        "http://a.gov.cn/content_20120829.htm",
        "http://a.gov.cn/post_20250312.html",
        "http://a.gov.cn/info/20250312.html",
        "http://a.gov.cn/info/2025031.htm",
        "http://a.gov.cn/info/1053/6730.htm",
        "http://a.gov.cn/c/1866202503124567890.html",
        "http://a.gov.cn/20251312/c.html",
        "http://a.gov.cn/20250230/c.html",
        "http://a.gov.cn/2025/13/12/c.html",
        "http://a.gov.cn/t10250312_1.html",
        "http://a.gov.cn/18991231/c.html",
        "http://a.gov.cn/weh/c101/202503/0123456789abcdef0123456789abcdef.shtml",
        "http://a.gov.cn/x.html?day=2025/03/12/",
        "http://20250312.gov.cn/x.html",
        "http://a.gov.cn/zcfg/2025/12/",
    ],
)
def test_none(url: str) -> None:
    assert day_in_address(url) is None


def test_month() -> None:
    assert month_in_address("http://a.gov.cn/weh/c1/202504/abc.shtml") == (2025, 4)
    assert month_in_address("http://a.gov.cn/2025-04/abc.htm") == (2025, 4)
    assert month_in_address("http://a.gov.cn/2025/04/abc.htm") == (2025, 4)
    assert month_in_address("http://a.gov.cn/202513/abc.htm") is None
    assert month_in_address("http://a.gov.cn/202504.htm") is None


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://a.cn/list.jsp;jsessionid=0A1B?id=3&p=2", "http://a.cn/list.jsp?id=3&p=2"),
        ("http://a.cn/list.do;JSESSIONID=0A1B.node1", "http://a.cn/list.do"),
        ("http://a.cn/x.php?PHPSESSID=k2&id=3", "http://a.cn/x.php?id=3"),
        ("http://a.cn/x.php?id=3&phpsessid=k2", "http://a.cn/x.php?id=3"),
        ("http://a.cn/x.php?id=3&phpsessid=k2&p=1", "http://a.cn/x.php?id=3&p=1"),
        ("http://a.cn/x.php?session_id=9&sessionid=8#top", "http://a.cn/x.php#top"),
        ("http://a.cn/(S(lit3py55t21z5v55vlm25s55))/l.aspx?i=1", "http://a.cn/l.aspx?i=1"),
    ],
)
def test_sessions_are_no_part_of_an_address(url: str, plain: str) -> None:
    assert without_session(url) == plain


@pytest.mark.parametrize(
    "url",
    [
        "http://a.cn/gkmlpt/api/all/2811?page=1&sid=755031",
        "http://a.cn/rd/list.html?session=14&id=3",
        "http://a.cn/x.jsp?possessid=1&id=PHPSESSID=2",
        "http://a.cn/press/express/index.html",
        "http://a.cn/x.html#;jsessionid",
        "",
    ],
)
def test_what_only_looks_like_a_session_stays(url: str) -> None:
    assert without_session(url) == url


@given(st.text())
def test_never_raises(text: str) -> None:
    without_session(f"http://a.cn/;jsessionid={text}?sessionid={text}")
    day_in_address(text)
    day_in_address("http://a.gov.cn/" + text)
    month_in_address(text)


@given(st.dates(min_value=date(1998, 1, 1), max_value=date(2035, 12, 31)), st.integers(1, 10**9))
def test_any_day(day: date, number: int) -> None:
    for form in ("/t%Y%m%d_", "/%Y/%m/%d/", "/%Y%m%d/", "/%Y/%m%d/", "/%Y-%m/%d/"):
        found = day_in_address("http://a.gov.cn/zwgk" + day.strftime(form) + f"{number}.html")
        assert found is not None
        assert found.day == day
