"""Every column is read afresh once in thirty nights, whatever nights were missed."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from crawler.recall import FULL_EVERY, Recall
from ledger.site import Column
from ledger.words import Frequency

NAMES = st.text("政务公开通知公告统计信息财政预算决算", min_size=1, max_size=6)
PATHS = st.lists(NAMES, min_size=1, max_size=5).map(tuple)
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


def is_due(path: tuple[str, ...], since: date, tonight: date) -> bool:
    """Whether the column's full night has come since it was asked last."""
    recall = Recall.__new__(Recall)
    recall.run = cast(Any, SimpleNamespace(as_of=tonight))
    return recall._due(Column(path, "", (), Frequency.MONTHLY, ""), since)


@given(PATHS, DAYS)
def test_one_full_night_in_any_thirty(path: tuple[str, ...], first: date) -> None:
    nights = [first + timedelta(days=n) for n in range(FULL_EVERY)]
    full = [day for day in nights if is_due(path, day - timedelta(days=1), day)]
    assert len(full) == 1


@given(PATHS, DAYS, st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_a_missed_night_is_made_up_for(path: tuple[str, ...], day: date, gaps: list[int]) -> None:
    read = day
    for gap in gaps:
        since, day = day, day + timedelta(days=gap)
        if is_due(path, since, day):
            read = day
        # At most thirty days, and as long as nobody inspected.
        assert (day - read).days < FULL_EVERY
    assert not is_due(path, day, day)


def test_the_columns_share_the_nights() -> None:
    paths = [("政务公开", f"第{n}栏目") for n in range(600)]
    day = date(2026, 3, 20)
    assert sum(is_due(path, day - timedelta(days=1), day) for path in paths) < 60


def test_on_its_full_night_a_list_is_read_to_its_end(nights: Any) -> None:
    path = ("政务公开", "通知公告")
    column = nights.column(*path, url="/tz/")
    start = date(2026, 3, 1)
    tonight = next(
        day
        for day in (start + timedelta(days=n) for n in range(1, 31))
        if is_due(path, day - timedelta(days=1), day)
    )
    pager = '<div class="page"><a href="/tz/index_1.html">下一页</a></div>'
    rows = [nights.entry(n, tonight - timedelta(days=60 - n)) for n in range(50, 0, -1)]
    nights.pages |= {
        "/": "<h1>某区</h1>",
        "/tz/": nights.reply(nights.listing(rows[:10], pager), etag='"v1"'),
        "/tz/index_1.html": nights.listing(rows[10:]),
    }

    def night(days: int) -> Any:
        day = tonight + timedelta(days=days)
        return asyncio.run(nights.night(day, column, exclude=("*/a/*",)))

    night(-2)
    assert night(-1).reading(*path).carried
    # An entry is taken out of the second page: nothing on the first one tells.
    nights.pages["/tz/index_1.html"] = nights.listing([*rows[10:20], *rows[21:]])
    assert len(night(-1).items(*path)) == 50
    full = night(0)
    assert not full.reading(*path).carried
    assert [one.conditional for one in full.log if one.path == "/tz/"] == [False]
    assert len(full.items(*path)) == 49
    assert night(1).items(*path) == full.items(*path)
    assert night(1).reading(*path).carried
