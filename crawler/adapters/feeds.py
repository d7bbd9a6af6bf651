"""RSS, Atom and site maps: a second source for columns whose list cannot be read or has no days.

A feed is a copy, and copies go stale: where nothing else shows the list, only a feed with news of
the last days is believed. So it can show that a column is up to date and never that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.address import day_in_address
from crawler.reading.document import Document
from crawler.reading.feeds import Entry, Feed, is_feed, read_feed
from crawler.reading.listing_links import is_article_address
from crawler.reading.menu_tree import same_page
from ledger.facts import DayReading, Item
from ledger.words import ColumnKind

FRESH_DAYS = 7
"""The shortest time any column is given: what is younger is on time for all of them."""
MAX_ITEMS = 200
_MOST_MAPPED = 30
_FOUND = 'link[rel~="alternate"][href][type]'
_KIND = re.compile(r"application/(?:rss|atom)\+xml", re.I)
_COMMENTS = re.compile(r"comment|评论|podcast|oembed", re.I)
_NUMBERED = re.compile(r"(?:(?:\d[\d_-]*|[0-9a-f]{32})/)*[^/]+")


class Feeds:
    """RSS, Atom, sitemap.xml."""

    name = "feeds"

    def recognise(self, doc: Document) -> float:
        """Sure of a document that is itself a feed."""
        return 0.98 if is_feed(doc.html) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The entries of a column whose very address is that of a feed."""
        feed = read_feed(doc.html, doc.url, today)
        if feed is None or not feed.page or not feed.entries:
            return ListReading(ColumnKind.SHELL, notes=("订阅源没有读出条目",))
        items = _items(feed.entries)
        note = f"栏目地址是订阅源（RSS/Atom），共 {len(items)} 条"
        return ListReading(ColumnKind.LIST, items, notes=(note,))

    def next_page(self, doc: Document, number: int) -> str | None:
        """Feeds have one page."""
        return None

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The feeds a page names in its head, then the portal's site map."""
        mapped = doc.absolute("/sitemap.xml")
        found = (*self.named(doc), *((Call(mapped),) if mapped and _folder(doc.url) else ()))
        return tuple(dict.fromkeys(found))

    def named(self, doc: Document) -> tuple[Call, ...]:
        """The feeds a page names in its head, on its own host."""
        found: dict[Call, None] = {}
        for node in doc.tree.css(_FOUND)[:20]:
            attrs = node.attributes
            url = doc.absolute(attrs.get("href") or "")
            said = f"{attrs.get('title') or ''} {attrs.get('href') or ''}"
            if not url or not _KIND.search(attrs.get("type") or "") or _COMMENTS.search(said):
                continue
            if urlsplit(url).netloc == urlsplit(doc.url).netloc:
                found.setdefault(Call(url))
        return tuple(found)[:2]

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """What a feed tells of the page's column; SHELL unless it is alive."""
        feed = read_feed(text, call.url, today)
        own = _own(feed, doc) if feed is not None else ()
        if not own:
            return ListReading(ColumnKind.SHELL)
        if any(entry.published for entry in own):
            return self._from_feed(own, today)
        return self._from_map(own, today)

    def days(self, text: str, call: Call, today: date) -> dict[tuple[str, str, str], DayReading]:
        """The days of publication a feed tells, by page; none where it stamps all entries alike."""
        feed = read_feed(text, call.url, today)
        entries = feed.entries if feed is not None else ()
        if _stamped(entries):
            return {}
        return {same_page(e.url): e.published for e in entries if e.published is not None}

    def _from_feed(self, own: tuple[Entry, ...], today: date) -> ListReading:
        days = [e.published.day for e in own if e.published and e.published.day <= today]
        if _stamped(own) or not days or max(days) < today - timedelta(days=FRESH_DAYS):
            return ListReading(ColumnKind.SHELL)
        items = _items(own)
        note = f"列表由脚本生成，改读页面声明的订阅源，共 {len(items)} 条"
        return ListReading(ColumnKind.LIST, items, notes=(note,))

    def _from_map(self, own: tuple[Entry, ...], today: date) -> ListReading:
        """The documents a site map touched last; their own pages will tell their days."""
        touched = [e for e in own if e.changed is not None and e.changed <= today]
        days = {e.changed for e in touched}
        newest = max((day for day in days if day is not None), default=None)
        if newest is None or newest < today - timedelta(days=FRESH_DAYS) or len(days) < 2:
            return ListReading(ColumnKind.SHELL)
        touched.sort(key=lambda e: e.changed or date.min, reverse=True)
        items = _items(touched[:_MOST_MAPPED])
        note = f"列表由脚本生成，改由网站地图（sitemap.xml）找到最近的 {len(items)} 篇"
        return ListReading(ColumnKind.LIST, items, notes=(note,))


def _items(entries: Iterable[Entry]) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for entry in entries:
        reading = entry.published or day_in_address(entry.url)
        item = Item(
            entry.url,
            entry.title,
            reading.day if reading else None,
            reading.how if reading else None,
            reading.text if reading else "",
            reading.time if reading else None,
            position=len(found),
        )
        found.setdefault(entry.url, item)
        if len(found) >= MAX_ITEMS:
            break
    return tuple(found.values())


def _own(feed: Feed, doc: Document) -> tuple[Entry, ...]:
    """The entries of the page's column: all of a feed that says so, else those in its folder."""
    if feed.page and same_page(feed.page) == same_page(doc.url):
        return tuple(e for e in feed.entries if e.title)
    folder = _folder(doc.url)
    host = same_page(doc.url)[0]
    return tuple(e for e in feed.entries if folder and _lies_in(e.url, host, folder))


def _lies_in(url: str, host: str, folder: str) -> bool:
    """True for a document right in the folder, whatever months it is sorted into."""
    path = urlsplit(url).path
    inside = same_page(url)[0] == host and path.startswith(folder)
    return inside and bool(_NUMBERED.fullmatch(path[len(folder) :])) and is_article_address(url)


def _folder(url: str) -> str:
    """The folder in which a column keeps its documents, or ''."""
    path = urlsplit(url).path
    folder = path.rpartition("/")[0] + "/"
    return folder if folder != "/" else ""


def _stamped(entries: Iterable[Entry]) -> bool:
    """True where all entries bear one moment: that of the feed's making, not their own."""
    moments = [(e.published.day, e.published.time) for e in entries if e.published is not None]
    return len(moments) >= 3 and len(set(moments)) == 1


ADAPTER = Feeds()
