"""Days told by articles are remembered; addresses found earlier are tried, not trusted."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

import crawler.documents as documents
import crawler.recall as recall
from ledger.store import Ledger
from ledger.words import Outcome

DAY = date(2026, 3, 10)
NEWS = ("政务公开", "通知公告")


@pytest.fixture(autouse=True)
def never_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of these nights is a column's full night."""
    monkeypatch.setattr(recall.Recall, "_due", lambda *_: False)


def night(nights: Any, days: int, *columns: Any, **policy: Any) -> Any:
    """The night so many days after the first."""
    columns = columns or (nights.column(*NEWS, url="/tz/"),)
    return asyncio.run(nights.night(DAY + timedelta(days=days), *columns, **policy))


def undated(nights: Any, numbers: list[int], ticks: int = 0) -> None:
    """A list without days whose articles tell them; `ticks` makes its bytes others."""
    nights.pages["/"] = "<h1>某区</h1>"
    shown = [nights.entry(n, None).replace("/a/", "/tz/a/") for n in numbers]
    nights.pages["/tz/"] = nights.listing(shown, f"<p>访问量：{ticks}</p>")
    for n in numbers:
        nights.pages[f"/tz/a/{n}.html"] = nights.article(n, date(2026, 2, 1) + timedelta(days=n))


TEN = list(range(30, 20, -1))


def told(numbers: list[int]) -> list[date]:
    """The days the articles of these numbers tell."""
    return [date(2026, 2, 1) + timedelta(days=n) for n in numbers]


def asked(night: Any) -> list[str]:
    return sorted(one.path for one in night.log if one.path.startswith("/tz/a/"))


@pytest.fixture
def nothing_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """No document is looked at again."""
    monkeypatch.setattr(Ledger, "due_pages", lambda *_: [])


@pytest.mark.usefixtures("nothing_due")
@pytest.mark.parametrize("through", ["page", "redirect"])
def test_days_told_once_are_not_asked_for_again(nights: Any, through: str) -> None:
    undated(nights, TEN)
    where = nights.column(*NEWS, url="/tz/")
    if through == "redirect":
        nights.pages["/old/"] = nights.reply("", 302, location="/tz/")
        where = nights.column(*NEWS, url="/old/")
    first = night(nights, 0, where)
    assert first.days(*NEWS) == told(TEN)
    assert len(asked(first)) == len(set(asked(first))) == 10
    undated(nights, [31, *TEN], ticks=1)
    second = night(nights, 1, where)
    assert asked(second) == ["/tz/a/31.html"]
    assert second.days(*NEWS) == told([31, *TEN])
    assert second.reading(*NEWS).covers_from == first.reading(*NEWS).covers_from


@pytest.mark.usefixtures("nothing_due")
def test_a_new_reader_asks_the_articles_again(nights: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    undated(nights, TEN)
    first = night(nights, 0)
    monkeypatch.setattr(recall, "version_of", lambda _: "another")
    second = night(nights, 1)
    assert second.days(*NEWS) == first.days(*NEWS) == told(TEN)
    assert asked(second) == asked(first)
    undated(nights, TEN, ticks=1)
    third = night(nights, 2)
    assert third.days(*NEWS) == first.days(*NEWS)
    assert not asked(third)


@pytest.mark.usefixtures("nothing_due")
def test_an_article_without_a_day_is_not_opened_every_night(nights: Any) -> None:
    undated(nights, TEN)
    nights.pages["/tz/a/29.html"] = "<title>事项</title><h1>事项</h1><p>" + "没有日期的正文。" * 40
    del nights.pages["/tz/a/28.html"]
    first = night(nights, 0)
    assert first.days(*NEWS) == [*told([30]), None, None, *told(TEN[3:])]
    assert len(asked(first)) == len(set(asked(first))) == 10
    nights.pages["/tz/"] = nights.pages["/tz/"].replace("访问量：0", "访问量：1")
    second = night(nights, 1)
    assert not asked(second)
    assert second.days(*NEWS) == first.days(*NEWS)


def test_a_day_told_outlives_its_article(nights: Any) -> None:
    undated(nights, TEN)
    first = night(nights, 0)
    nights.pages["/tz/a/29.html"] = nights.reply("", 404)
    outcomes: dict[str, str] = {}
    for days in range(1, 11):
        outcomes |= night(nights, days).outcomes()
    assert outcomes["/tz/a/29.html"] == "gone"
    nights.pages["/tz/"] = nights.pages["/tz/"].replace("访问量：0", "访问量：1")
    assert night(nights, 12).days(*NEWS) == first.days(*NEWS) == told(TEN)


def test_a_back_dated_run_opens_the_articles_itself(nights: Any) -> None:
    undated(nights, TEN)
    night(nights, 5)
    past = night(nights, 0)
    assert len(asked(past)) == len(set(asked(past))) == 10
    assert past.days(*NEWS) == told(TEN)


def test_one_bad_article_does_not_cost_the_column(
    nights: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    undated(nights, TEN)
    reader = documents.read_article

    def stumble(doc: Any, today: date) -> Any:
        if doc.url.endswith("/29.html"):
            raise RecursionError
        return reader(doc, today)

    monkeypatch.setattr(documents, "read_article", stumble)
    first = night(nights, 0)
    assert first.reading(*NEWS).outcome is Outcome.OK
    assert first.days(*NEWS) == [*told([30]), None, *told(TEN[2:])]


CHILD = ("政务公开", "财政信息")


def menus(nights: Any, address: str) -> tuple[Any, Any]:
    """A portal whose home shows the parent, and whose parent's menu shows the child."""
    rows = [nights.entry(n, DAY - timedelta(days=40 - n)) for n in range(30, 20, -1)]
    top = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li></ul>'
    side = (
        '<div class="menu"><h3>政务公开</h3><ul>'
        f'<li><a href="{address}">财政信息</a></li>'
        '<li><a href="/zw/rs/">人事信息</a></li></ul></div>'
    )
    above = nights.listing(rows, name="政务公开", more=top + side)
    nights.pages |= {
        "/": f"<html><head><title>某区</title></head><body>{top}</body></html>",
        "/zw/": nights.reply(above, etag=f'"{address}"'),
        address: nights.listing(rows, name="财政信息", more=top),
    }
    return nights.column("政务公开"), nights.column(*CHILD)


def test_an_address_found_this_month_is_taken_from_the_night_before(nights: Any) -> None:
    columns = menus(nights, "/zw/cz/")
    first = night(nights, 0, *columns, exclude=("*/a/*",))
    assert (first.reading(*CHILD).url or "").endswith("/zw/cz/")
    second = night(nights, 1, *columns, exclude=("*/a/*",))
    assert second.items(*CHILD) == first.items(*CHILD)
    assert second.asked["/zw/"] == 1
    assert night(nights, 2, *columns, exclude=("*/a/*",)).items(*CHILD) == first.items(*CHILD)


def test_a_column_that_moved_within_the_month_is_found_anew(nights: Any) -> None:
    columns = menus(nights, "/zw/cz/")
    night(nights, 0, *columns, exclude=("*/a/*",))
    del nights.pages["/zw/cz/"]
    columns = menus(nights, "/zw/czxx/")
    moved = night(nights, 1, *columns, exclude=("*/a/*",))
    assert moved.reading(*CHILD).outcome is Outcome.OK
    assert (moved.reading(*CHILD).url or "").endswith("/zw/czxx/")
    again = night(nights, 2, *columns, exclude=("*/a/*",))
    assert not again.asked["/zw/cz/"]
    assert again.items(*CHILD) == moved.items(*CHILD)


def test_a_column_lost_to_its_menus_is_not_accused(nights: Any) -> None:
    columns = menus(nights, "/zw/cz/")
    night(nights, 0, *columns, exclude=("*/a/*",))
    del nights.pages["/zw/cz/"]
    nights.pages["/zw/"] = nights.pages["/"]
    lost = night(nights, 1, *columns, exclude=("*/a/*",))
    assert lost.reading(*CHILD).outcome is Outcome.EXCLUDED
    assert lost.reading(*CHILD).found.how == "none"
    assert "/zw/cz/" in lost.reading(*CHILD).detail
    assert lost.outcomes()["/zw/cz/"] == "gone"


def test_in_a_new_month_menus_come_first_and_the_old_address_last(nights: Any) -> None:
    columns = menus(nights, "/zw/cz/")
    first = night(nights, 0, *columns, exclude=("*/a/*",))
    # The menu is gone from the page that showed it, the column itself is not.
    nights.pages["/zw/"] = nights.pages["/"]
    april = night(nights, 25, *columns, exclude=("*/a/*",))
    assert april.items(*CHILD) == first.items(*CHILD)
    old, columns = nights.pages["/zw/cz/"], menus(nights, "/zw/czxx/")
    nights.pages["/zw/cz/"] = old
    may = night(nights, 55, *columns, exclude=("*/a/*",))
    assert (may.reading(*CHILD).url or "").endswith("/zw/czxx/")
