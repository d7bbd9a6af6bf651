"""Feeds and site maps: only a feed of the column's own, and only while it is alive."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from crawler.adapters import choose, named
from crawler.adapters.feeds import Feeds
from crawler.call import Call
from crawler.reading.feeds import read_feed
from crawler.reading.page import read_page
from ledger.clock import ZONE

URL = "https://www.yunze.example/zwgk/tzgg/"
FEED = Call(URL + "rss.xml")
LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


def moment(county: Any, number: int) -> str:
    at = datetime.fromisoformat(f"{county.day(number)}T08:30:00").replace(tzinfo=ZONE)
    return format_datetime(at)


def rss(county: Any, first: int, last: int, *, page: str = URL, **more: Any) -> str:
    items = "".join(
        f"<item><title><![CDATA[{county.title(n)}]]></title>"
        f"<link>{more.get('at', URL + '202603/content_{}.html').format(7000 + n)}</link>"
        f"<pubDate>{more.get('stamp') or moment(county, n)}</pubDate></item>"
        for n in range(first, last + 1)
    )
    return (
        '<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel>'
        f"<title>通知公告 & 公示</title><link>{page}</link>{items}</channel></rss>"
    )


def sitemap(county: Any, first: int, last: int, *, touched: str = "") -> str:
    urls = "".join(
        f"<url><loc>{URL}202603/content_{7000 + n}.html</loc>"
        f"<lastmod>{touched or county.day(n)}</lastmod></url>"
        for n in range(first, last + 1)
    )
    other = (
        "<url><loc>https://www.yunze.example/xwzx/content_9.html</loc><lastmod>2026-03-20</lastmod>"
        f"</url><url><loc>{URL}gs/content_8.html</loc><lastmod>2026-03-20</lastmod></url>"
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{other}{urls}</urlset>'


@pytest.fixture
def feeds() -> Feeds:
    adapter = named("feeds")
    assert isinstance(adapter, Feeds)
    return adapter


def days(reading: Any) -> list[str]:
    return [str(item.day) for item in reading.items]


def test_feeds_named_in_the_head(county: Any, feeds: Feeds) -> None:
    head = LINK.format("通知公告", "rss.xml") + LINK.format("评论", "/comments/feed/")
    head += LINK.format("别处", "https://elsewhere.example/rss.xml")
    doc = county.page("<div id='app'></div>", URL, head=head)
    asked = [call.url for call in feeds.calls(doc, ())]
    assert asked == [URL + "rss.xml", "https://www.yunze.example/sitemap.xml"]


def test_the_columns_own_feed(county: Any, today: Any, feeds: Feeds) -> None:
    doc = county.page("<div id='app'></div>", URL)
    reading = feeds.read_data(rss(county, 1, 20), FEED, doc, today)
    assert days(reading) == county.days(1, 20)
    assert reading.items[0].title == county.title(1)
    assert {item.how.value for item in reading.items} == {"api"}


def test_a_feed_of_the_whole_site_gives_the_columns_own(
    county: Any, today: Any, feeds: Feeds
) -> None:
    doc = county.page("<div id='app'></div>", URL)
    home = "https://www.yunze.example/"
    mixed = rss(county, 2, 4, page=home).replace(
        "</channel>",
        "<item><title>别的栏目今天的信息</title><link>https://www.yunze.example/xw/content_1.html"
        "</link><pubDate>Fri, 20 Mar 2026 08:00:00 +0800</pubDate></item></channel>",
    )
    assert days(feeds.read_data(mixed, FEED, doc, today)) == county.days(2, 4)
    foreign = rss(county, 1, 9, page=home, at="https://www.yunze.example/xw/content_{}.html")
    assert feeds.read_data(foreign, FEED, doc, today).kind.value == "shell"


def test_a_stale_feed_proves_nothing(county: Any, today: Any, feeds: Feeds) -> None:
    doc = county.page("<div id='app'></div>", URL)
    assert feeds.read_data(rss(county, 4, 20), FEED, doc, today).kind.value == "shell"
    alike = rss(county, 1, 20, stamp="Fri, 20 Mar 2026 03:00:00 +0800")
    assert feeds.read_data(alike, FEED, doc, today).kind.value == "shell"
    assert feeds.days(alike, FEED, today) == {}
    assert len(feeds.days(rss(county, 4, 20), FEED, today)) == 17


def test_a_site_map_names_what_was_touched_last(county: Any, today: Any, feeds: Feeds) -> None:
    doc = county.page("<div id='app'></div>", URL)
    reading = feeds.read_data(sitemap(county, 1, 90), Call(URL), doc, today)
    # Its days are those of changes: publication is told by the documents themselves.
    assert {item.day for item in reading.items} == {None}
    assert reading.items[0].url.endswith("content_7001.html")
    assert len(reading.items) == 30
    # Neither another column's document nor a child's.
    assert not any("xwzx" in item.url or "/gs/" in item.url for item in reading.items)
    stale = sitemap(county, 9, 90)
    assert feeds.read_data(stale, Call(URL), doc, today).kind.value == "shell"
    built = sitemap(county, 1, 90, touched=(today - timedelta(days=1)).isoformat())
    assert feeds.read_data(built, Call(URL), doc, today).kind.value == "shell"


def test_atom(county: Any, today: Any, feeds: Feeds) -> None:
    entries = "".join(
        f"<entry><title>{county.title(n)}</title><link rel='edit' href='/admin/{n}'/>"
        f"<link rel='alternate' href='{URL}{n}.html'/><updated>2026-03-20T01:00:00Z</updated>"
        f"<published>{county.day(n)}T23:30:00Z</published></entry>"
        for n in range(2, 6)
    )
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f'<link rel="self" href="{URL}feed.xml"/><link href="{URL}"/>{entries}</feed>'
    )
    doc = county.page("<div id='app'></div>", URL)
    reading = feeds.read_data(atom, FEED, doc, today)
    # Half past eleven in Greenwich is the next morning here.
    assert reading.items[0].day is not None
    assert (reading.items[0].day - timedelta(days=1)).isoformat() == county.day(2)
    assert reading.items[0].url == f"{URL}2.html"


def test_a_column_that_is_a_feed(county: Any, today: Any) -> None:
    doc = type(county.page("", URL))(rss(county, 3, 9), URL + "rss.xml")
    reading = read_page(doc, today)
    assert (reading.kind, reading.adapter) == ("list", "feeds")
    assert reading.newest.day.isoformat() == county.day(3)


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>rss</title></head><body><feed>正文</feed></body></html>",
        "<!-- <rss> --><html><body>订阅</body></html>",
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body></body></html>',
        '<?xml version="1.0"?><root><item><title>甲</title></item></root>',
        "&lt;rss version='2.0'&gt;",
    ],
)
def test_what_is_no_feed(county: Any, text: str) -> None:
    doc = type(county.page("", URL))(text, URL)
    assert choose(doc).name != "feeds"
    assert read_feed(text, URL, today=None) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "<rss>" + "<item>" * 200_000,
        "<rss><channel>" + "<item><link>http://a.example/</link></item>" * 100_000,
        "<rss>" + "&" * 1_000_000 + "</rss>",
        "<!-- " * 100_000 + "<rss>",
        '<rss><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><item>&c;</item></rss>',
        "<rss><channel>" + "<a>" * 100_000 + "</a>" * 100_000 + "</channel></rss>",
        "<urlset>" + "<url><loc>http://[/</loc></url>" * 1000 + "</urlset>",
        "\ufeff" + "<?xml " * 10_000,
    ],
)
def test_hostile_feeds_end(county: Any, today: Any, feeds: Feeds, text: str) -> None:
    doc = county.page("<div id='app'></div>", URL)
    reading = feeds.read_data(text, FEED, doc, today)
    assert len(reading.items) <= 200
    feeds.read(type(doc)(text, URL), today)
