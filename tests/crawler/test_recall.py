"""What an earlier night read stands only where it may."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import crawler.recall as recall
from ledger import clock
from ledger.store import Ledger
from ledger.words import ColumnKind, Frequency, Outcome

DAY = date(2026, 3, 20)
NEWS = ("政务公开", "通知公告")


def rows(nights: Any, first: int, last: int, newest: date = date(2026, 3, 19)) -> list[str]:
    """Entries `first` down to `last`; number 100 is of the newest day, each lower one a day older."""
    return [
        nights.entry(n, newest - timedelta(days=100 - n)) for n in range(first, last - 1, -1)
    ]


@pytest.fixture(autouse=True)
def never_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of these nights is a column's full night."""
    monkeypatch.setattr(recall.Recall, "_due", lambda *_: False)


def night(nights: Any, days: int, *columns: Any, **policy: Any) -> Any:
    """The night so many days after the first."""
    columns = columns or (nights.column(*NEWS, url="/tz/"),)
    return asyncio.run(nights.night(DAY + timedelta(days=days), *columns, **policy))


def two_pages(nights: Any, top: int = 100, **more: Any) -> None:
    """A list of two pages with ten entries each, all of whose articles are there."""
    nights.pages["/"] = nights.reply("<h1>某区</h1><p>首页</p>")
    pager = '<div class="page"><a href="/tz/index_1.html">下一页</a></div>'
    first = nights.listing(rows(nights, top, top - 9), pager)
    nights.pages["/tz/"] = nights.reply(first, **more)
    nights.pages["/tz/index_1.html"] = nights.listing(rows(nights, top - 10, 60))
    for n in range(60, top + 1):
        nights.pages[f"/a/{n}.html"] = nights.article(n, DAY - timedelta(days=101 - n))


@pytest.mark.parametrize(
    "validators",
    [
        {"etag": '"v1"'},
        {"etag": 'W/"v1"'},
        {"modified": "Thu, 19 Mar 2026 01:00:00 GMT"},
        {"etag": '"v1"', "modified": "Thu, 19 Mar 2026 01:00:00 GMT"},
        {},
    ],
    ids=["etag", "weak", "modified", "both", "bytes"],
)
def test_an_unchanged_list_is_carried(nights: Any, validators: dict[str, str]) -> None:
    two_pages(nights, **validators)
    first = night(nights, 0)
    assert len(first.items(*NEWS)) == 41
    assert first.asked["/tz/index_1.html"] == 1
    for days in (1, 2, 3):
        again = night(nights, days)
        assert again.asked["/tz/"] == 1
        assert not again.asked["/tz/index_1.html"]
        [asked] = [one for one in again.log if one.path == "/tz/"]
        assert (asked.status, asked.size > 0) == ((304, False) if validators else (200, True))
        assert again.items(*NEWS) == first.items(*NEWS)
        before, now = first.reading(*NEWS), again.reading(*NEWS)
        assert (now.covers_from, now.complete, now.pages_read) == (
            before.covers_from,
            before.complete,
            before.pages_read,
        )
        assert now.carried
        assert now.detail.count(recall.UNCHANGED) == 1
        visit = next(v for v in again.facts.visits if v.url.endswith("/tz/"))
        assert (visit.outcome, visit.size) == (Outcome.OK, asked.size)
