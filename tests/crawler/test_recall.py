"""What an earlier night read stands only where it may."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import crawler.recall as recall
from ledger.store import Ledger
from ledger.words import ColumnKind, Frequency, Outcome

DAY = date(2026, 3, 20)
NEWS = ("政务公开", "通知公告")


def rows(nights: Any, first: int, last: int, newest: date = date(2026, 3, 19)) -> list[str]:
    """Entries `first` down to `last`; number 100 is of `newest`, each lower one a day older."""
    return [nights.entry(n, newest - timedelta(days=100 - n)) for n in range(first, last - 1, -1)]


@pytest.fixture(autouse=True)
def never_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of these nights is a column's full night."""
    monkeypatch.setattr(recall.Recall, "_due", lambda *_: False)


def night(nights: Any, days: int, *columns: Any, **policy: Any) -> Any:
    """The night so many days after the first."""
    columns = columns or (nights.column(*NEWS, url="/tz/"),)
    policy = {"exclude": ("*/a/*",), **policy}
    return asyncio.run(nights.night(DAY + timedelta(days=days), *columns, **policy))


def two_pages(nights: Any, top: int = 100, **more: Any) -> None:
    """A list of two pages, ten entries and thirty."""
    nights.pages["/"] = nights.reply("<h1>某区</h1><p>首页</p>")
    pager = '<div class="page"><a href="/tz/index_1.html">下一页</a></div>'
    first = nights.listing(rows(nights, top, top - 9), pager)
    nights.pages["/tz/"] = nights.reply(first, **more)
    nights.pages["/tz/index_1.html"] = nights.listing(rows(nights, top - 10, 60))


def put(nights: Any, path: str, shown: list[str], pager: bool = True, **more: Any) -> None:
    """A list page with these entries, and a way to a second one."""
    after = '<div class="page"><a href="/tz/index_1.html">下一页</a></div>' if pager else ""
    nights.pages[path] = nights.reply(nights.listing(shown, after), **more)


def numbers(night: Any) -> list[int]:
    """Which entries a night has of the list, in order."""
    return [int(url.removeprefix("/a/").removesuffix(".html")) for url, _, _ in night.items(*NEWS)]


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


def test_what_is_new_on_top_is_joined_to_the_rest(nights: Any) -> None:
    two_pages(nights)
    first = night(nights, 0)
    put(nights, "/tz/", [nights.entry(101, DAY + timedelta(days=1)), *rows(nights, 100, 92)])
    again = night(nights, 1)
    assert not again.asked["/tz/index_1.html"]
    assert numbers(again) == list(range(101, 59, -1))
    assert again.items(*NEWS)[1:] == first.items(*NEWS)
    now = again.reading(*NEWS)
    assert (now.complete, now.covers_from) == (
        first.reading(*NEWS).complete,
        first.reading(*NEWS).covers_from,
    )
    assert recall.JOINED in now.detail
    still = night(nights, 2)
    assert numbers(still) == list(range(101, 59, -1))
    assert recall.JOINED not in still.reading(*NEWS).detail
    assert still.reading(*NEWS).detail.count(recall.UNCHANGED) == 1


def test_an_entry_edited_on_the_first_page_is_the_edited_one(nights: Any) -> None:
    two_pages(nights)
    night(nights, 0)
    shown = rows(nights, 100, 91)
    shown[1] = nights.entry(99, DAY, title="某区第99号关于更正有关事项的通知")
    shown[0] = nights.entry(100, DAY)
    put(nights, "/tz/", shown)
    again = night(nights, 1)
    assert not again.asked["/tz/index_1.html"]
    assert numbers(again) == list(range(100, 59, -1))
    assert again.items(*NEWS)[1] == ("/a/99.html", "某区第99号关于更正有关事项的通知", DAY)


def test_an_entry_taken_from_the_first_page_is_gone(nights: Any) -> None:
    two_pages(nights)
    night(nights, 0)
    put(nights, "/tz/", [*rows(nights, 100, 98), *rows(nights, 96, 90)])
    again = night(nights, 1)
    assert not again.asked["/tz/index_1.html"]
    assert numbers(again) == [n for n in range(100, 59, -1) if n != 97]


def test_pinned_entries_do_not_hinder_the_joint(nights: Any) -> None:
    two_pages(nights)
    pinned = nights.entry(30, "2025-01-09", top=True)
    put(nights, "/tz/", [pinned, *rows(nights, 100, 92)])
    nights.pages["/tz/index_1.html"] = nights.listing(rows(nights, 91, 60))
    night(nights, 0)
    put(nights, "/tz/", [pinned, nights.entry(101, DAY), *rows(nights, 100, 93)])
    again = night(nights, 1)
    assert numbers(again) == [30, *range(101, 59, -1)]
    assert not again.asked["/tz/index_1.html"]
    assert len(set(numbers(again))) == len(numbers(again))


def in_full(nights: Any, shown: list[str], days: int = 1, *columns: Any) -> Any:
    """Tonight's first page; the night must ask for the second one too."""
    put(nights, "/tz/", shown)
    again = night(nights, days, *columns)
    assert again.asked["/tz/index_1.html"] == 1
    assert not again.reading(*NEWS).carried
    return again


def test_too_much_news_is_read_in_full(nights: Any) -> None:
    two_pages(nights)
    night(nights, 0)
    nights.pages["/tz/index_1.html"] = nights.listing(rows(nights, 102, 60))
    again = in_full(nights, rows(nights, 112, 101, DAY + timedelta(days=12)))
    assert numbers(again) == list(range(112, 59, -1))


def test_fewer_than_three_joints_are_not_enough(nights: Any) -> None:
    two_pages(nights)
    night(nights, 0)
    nights.pages["/tz/index_1.html"] = nights.listing(rows(nights, 97, 60))
    fresh = [nights.entry(n, DAY) for n in range(108, 100, -1)]
    again = in_full(nights, [*fresh, *rows(nights, 100, 99)])
    assert numbers(again) == [*range(108, 98, -1), *range(97, 59, -1)]


def test_a_list_in_no_order_is_read_in_full(nights: Any) -> None:
    two_pages(nights)
    mixed = [
        row
        for pair in zip(rows(nights, 100, 96), rows(nights, 91, 87), strict=True)
        for row in reversed(pair)
    ]
    put(nights, "/tz/", mixed)
    night(nights, 0)
    in_full(nights, [nights.entry(101, DAY), *mixed])


def test_a_longer_horizon_is_read_in_full(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    nights.pages["/tz/"] = replace(
        nights.pages["/tz/"], body=nights.pages["/tz/"].body.replace("index_1", "index_0")
    )
    pager = '<div class="page"><a href="/tz/index_%d.html">下一页</a></div>'
    nights.pages["/tz/index_0.html"] = nights.listing(rows(nights, 90, 20), pager % 1)
    nights.pages["/tz/index_1.html"] = nights.listing(rows(nights, 19, 10), pager % 2)
    nights.pages["/tz/index_2.html"] = nights.listing(rows(nights, 9, 1))
    weekly = nights.column(*NEWS, url="/tz/", frequency=Frequency.WEEKLY)
    assert not night(nights, 0, weekly).asked["/tz/index_2.html"]
    assert not night(nights, 1, weekly).asked["/tz/index_0.html"]
    yearly = nights.column(*NEWS, url="/tz/", frequency=Frequency.YEARLY)
    again = night(nights, 2, yearly)
    assert again.asked["/tz/index_2.html"] == 1
    assert len(numbers(again)) == 100


def test_a_new_reader_reads_everything(nights: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    two_pages(nights, etag='"v1"')
    night(nights, 0)
    monkeypatch.setattr(recall, "version_of", lambda _: "another")
    again = night(nights, 1)
    [asked] = [one for one in again.log if one.path == "/tz/"]
    assert (asked.conditional, asked.status) == (False, 200)
    assert again.asked["/tz/index_1.html"] == 1
    assert not night(nights, 2).asked["/tz/index_1.html"]


@pytest.mark.parametrize("known", [False, True])
def test_a_304_nobody_asked_for_is_no_page(nights: Any, known: bool) -> None:
    two_pages(nights)
    before = night(nights, 0) if known else None
    nights.pages["/tz/"] = nights.reply("", 304)
    again = night(nights, 1)
    reading = again.reading(*NEWS)
    assert (reading.outcome, reading.carried) == (Outcome.SERVER_ERROR, False)
    assert not again.items(*NEWS)
    two_pages(nights)
    healed = night(nights, 2)
    assert healed.reading(*NEWS).outcome is Outcome.OK
    assert before is None or healed.items(*NEWS) == before.items(*NEWS)


def test_a_304_for_another_version_is_asked_again(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    night(nights, 0)
    put(nights, "/tz/", [nights.entry(101, DAY), *rows(nights, 100, 92)], etag='"v2"', wrong=True)
    again = night(nights, 1)
    assert [one.status for one in again.log if one.path == "/tz/"] == [304, 200]
    assert numbers(again)[0] == 101


@pytest.mark.parametrize(
    "value", ["x" * 10_000, '"a\x01b"', '"a\tb"', '"caf\xe9"', '"\xb2"', '"\x7f"']
)
def test_hostile_validators_are_never_sent_back(nights: Any, value: str) -> None:
    two_pages(nights, etag=value, modified=value)
    first = night(nights, 0)
    again = night(nights, 1)
    assert not [one for one in again.log if one.conditional]
    assert again.items(*NEWS) == first.items(*NEWS)
    assert again.reading(*NEWS).carried


def test_a_page_named_anew_is_asked_for_by_its_new_name(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    night(nights, 0)
    nights.pages["/tz/"] = replace(nights.pages["/tz/"], etag='"v2"')
    assert night(nights, 1).reading(*NEWS).carried
    [asked] = [one for one in night(nights, 2).log if one.path == "/tz/"]
    assert (asked.none_match, asked.status) == ('"v2"', 304)


def test_a_run_that_died_is_carried_as_far_as_it_came(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    other = ("政务公开", "公示公告")
    put(nights, "/gs/", rows(nights, 80, 70), pager=False, etag='"g"')
    columns = nights.column(*NEWS, url="/tz/"), nights.column(*other, url="/gs/")
    first = night(nights, 0, *columns)
    put(nights, "/tz/", [nights.entry(101, DAY), *rows(nights, 100, 92)], etag='"v2"')

    with pytest.MonkeyPatch.context() as patch:
        commit = recall.Ledger.save_column

        def save(ledger: Ledger, run: int, reading: Any, *rest: Any, **more: Any) -> None:
            if reading.path == other:
                raise RuntimeError("struck")
            commit(ledger, run, reading, *rest, **more)

        patch.setattr(recall.Ledger, "save_column", save)
        with pytest.raises(BaseExceptionGroup, match="unhandled"):
            night(nights, 1, *columns, concurrency=1)
    with Ledger.open(nights.ledger_url) as ledger:
        dead = ledger.runs("mou")[-1]
        assert dead.state == "running"
        assert NEWS in ledger.finished_columns(dead.id)
    again = night(nights, 2, *columns)
    assert again.run.id != dead.id
    assert [one.status for one in again.log if one.path in ("/tz/", "/gs/")] == [304, 304]
    assert numbers(again) == list(range(101, 59, -1))
    assert again.items(*other) == first.items(*other)


def test_a_run_repeated_on_its_day_says_the_same(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    first, again = night(nights, 0), night(nights, 0)
    assert again.run.id != first.run.id
    assert again.items(*NEWS) == first.items(*NEWS)
    assert replace(again.reading(*NEWS), at=DAY, detail="", status=0, carried=False) == replace(
        first.reading(*NEWS), at=DAY, detail="", status=0, carried=False
    )


def test_a_back_dated_run_takes_nothing_from_the_future(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    night(nights, 5)
    put(nights, "/tz/", rows(nights, 100, 91), etag='"v1"', pager=False)
    past = night(nights, 0)
    [asked] = [one for one in past.log if one.path == "/tz/"]
    assert not asked.conditional
    assert numbers(past) == list(range(100, 90, -1))


def test_nothing_is_carried_where_the_list_stood_elsewhere(nights: Any) -> None:
    body = nights.listing(rows(nights, 100, 91))
    nights.pages |= {
        "/": "<h1>某区</h1>",
        "/old/": nights.reply("", 302, location="/new/"),
        "/new/": nights.reply(body, etag='"n"'),
        "/frame/": "<html><body><iframe src='/inner.html' width='100%'></iframe></body></html>",
        "/inner.html": nights.reply(body, etag='"i"'),
        "/script/": nights.reply(
            "<title>公告</title><h2>公告</h2><table id='t'></table><script>var data=["
            + ",".join(
                f"{{title:'某区第{n}号关于有关事项的通知',url:'/a/{n}.html',"
                f"time:'2026-3-1{n} 9:57'}}"
                for n in range(1, 8)
            )
            + "];for(var i in data){document.write(data[i].title)}</script>",
            etag='"s"',
        ),
        "/jump/": nights.reply(body, etag='"j"'),
        "/bad/": nights.reply("", 500),
    }
    paths = {name: ("栏目", name) for name in ("old", "frame", "script", "jump", "bad")}
    columns = [
        nights.column(
            *path,
            url=f"/{name}/",
            frequency=Frequency.JUMP if name == "jump" else Frequency.MONTHLY,
        )
        for name, path in paths.items()
    ]
    first = night(nights, 0, *columns)
    again = night(nights, 1, *columns)
    for name in ("old", "frame", "script"):
        assert len(first.items(*paths[name])) >= 7, name
        assert again.items(*paths[name]) == first.items(*paths[name])
    assert again.reading(*paths["jump"]).kind is ColumnKind.JUMP
    assert again.reading(*paths["bad"]).outcome is Outcome.SERVER_ERROR
    assert not any(again.reading(*path).carried for path in paths.values())
    assert not [one for one in again.log if one.conditional]


def test_a_page_now_reached_through_a_redirect_is_read(nights: Any) -> None:
    two_pages(nights)
    night(nights, 0)
    nights.pages["/new/"] = nights.pages["/tz/"]
    nights.pages["/tz/"] = nights.reply("", 302, location="/new/")
    again = night(nights, 1)
    assert not again.reading(*NEWS).carried
    assert again.reading(*NEWS).final_url.endswith("/new/")


def test_a_column_that_could_not_be_read_is_not_fine(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    first = night(nights, 0)
    good = nights.pages["/tz/"]
    nights.pages["/tz/"] = nights.reply("", 503)
    bad = night(nights, 1)
    assert bad.reading(*NEWS).outcome is Outcome.SERVER_ERROR
    assert not bad.items(*NEWS)
    nights.pages["/tz/"] = good
    assert night(nights, 2).items(*NEWS) == first.items(*NEWS)


def test_columns_of_one_address_and_a_column_renamed_or_moved(nights: Any) -> None:
    two_pages(nights, etag='"v1"')
    twin = ("政务公开", "同一网址")
    columns = nights.column(*NEWS, url="/tz/"), nights.column(*twin, url="/tz/")
    first = night(nights, 0, *columns)
    again = night(nights, 1, *columns)
    assert first.items(*twin) == again.items(*twin) == again.items(*NEWS) == first.items(*NEWS)
    renamed = nights.column("政务公开", "公告", url="/tz/")
    once = night(nights, 2, renamed)
    assert once.items("政务公开", "公告") == first.items(*NEWS)
    assert not once.reading("政务公开", "公告").carried
    body = nights.pages["/tz/"].body.replace("/tz/index", "/gg/index")
    nights.pages |= {
        "/gg/": nights.reply(body, etag='"v1"'),
        "/gg/index_1.html": nights.pages["/tz/index_1.html"],
    }
    moved = night(nights, 3, nights.column("政务公开", "公告", url="/gg/"))
    assert not moved.reading("政务公开", "公告").carried
    assert moved.items("政务公开", "公告") == first.items(*NEWS)


def test_a_carried_single_page_is_a_document_of_the_night(nights: Any) -> None:
    nights.pages |= {"/": "<h1>某区</h1>", "/jj/": nights.reply(nights.article(7, "2026-03-02"))}
    path = ("概况", "机构简介")
    column = nights.column(*path, url="/jj/")
    first, again = night(nights, 0, column), night(nights, 1, column)
    assert again.reading(*path).carried
    assert again.reading(*path).published == first.reading(*path).published
    with Ledger.open(nights.ledger_url) as ledger:
        assert ledger.pages(first.run.id) == ledger.pages(again.run.id) != []


def test_the_reason_of_a_cut_stays_while_the_cut_does(nights: Any) -> None:
    two_pages(nights)
    first = night(nights, 0, max_list_pages=1)
    why = first.reading(*NEWS).detail
    assert first.reading(*NEWS).cut
    put(nights, "/tz/", [nights.entry(101, DAY), *rows(nights, 100, 92)])
    again = night(nights, 1, max_list_pages=1)
    assert again.reading(*NEWS).cut
    assert again.reading(*NEWS).detail == f"{why}；{recall.JOINED}"
    assert numbers(again) == list(range(101, 90, -1))


def test_a_page_that_only_ticks_is_joined(nights: Any) -> None:
    two_pages(nights)
    first = night(nights, 0)
    body = nights.pages["/tz/"].body.replace("</body>", "<p>访问量：20261</p></body>")
    nights.pages["/tz/"] = nights.reply(body)
    again = night(nights, 1)
    assert not again.asked["/tz/index_1.html"]
    assert again.items(*NEWS) == first.items(*NEWS)
