"""Lists kept in parts under months."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.document import Document
from crawler.reading.page import read_page

TODAY = date(2031, 3, 20)
URL = "http://www.mou.gov.cn/dsj/"


def days(html: str) -> list[date | None]:
    listing = read_page(Document(f"<title>大事记</title><div>{html}</div>", URL), TODAY).list
    return [item.day for item in listing.items] if listing else []


def part(heading: str, rows: dict[int, str]) -> str:
    entries = "".join(
        f'<div class="i"><em>{mark}</em>'
        f'<a href="/dsj/{heading[:4]}{n}.html">全县第{n}次工作会议召开</a></div>'
        for n, mark in rows.items()
    )
    return f"<h3>{heading}</h3>{entries}"


@pytest.mark.parametrize("month", ["2031年3月", "2031年03月份", "【2031年3月】"])
def test_the_month_above_completes_the_day(month: str) -> None:
    html = part(month, {1: "16日", 2: "9日"}) + part("2031年2月", {3: "21日", 4: "3号"})
    assert days(html) == [
        date(2031, 3, 16),
        date(2031, 3, 9),
        date(2031, 2, 21),
        date(2031, 2, 3),
    ]


@pytest.mark.parametrize("mark", ["16", "第16期", "31日", "16日至18日"])
def test_what_is_no_day_of_that_month_is_none(mark: str) -> None:
    html = part("2031年2月", {1: mark, 2: mark, 3: mark, 4: mark})
    assert not any(days(html))


def test_a_full_day_in_any_row_is_believed_alone() -> None:
    html = part("2031年2月", {1: "2030-12-09", 2: "2030-12-08", 3: "2030-12-01", 4: "5日"})
    assert date(2031, 2, 5) not in days(html)
