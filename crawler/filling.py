"""Filling a page whose list its scripts would bring, from the page itself or their requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters import choose_for_data
from crawler.adapters.base import DataAdapter, ListReading
from crawler.adapters.feeds import ADAPTER as FEEDS
from crawler.ask import Answer, Asker
from crawler.call import Call
from crawler.paging import DataPages, OnePage, Pages
from crawler.reading.document import Document
from crawler.reading.feeds import is_feed
from crawler.reading.inline_data import inline_html, inline_items
from crawler.reading.listing import read_list
from crawler.reading.listing_filled import own_scripts
from crawler.reading.menu_tree import same_page
from crawler.reading.page import PageReading, newest_item
from ledger.facts import DayReading, Item, Visit
from ledger.words import ColumnKind, How

MAX_CALLS = 4
MAX_SCRIPTS = 3
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


class Filler:
    """Looks for the list behind a page that shows none."""

    def __init__(self, asker: Asker, as_of: date) -> None:
        self.asker = asker
        self.as_of = as_of
        self._feeds: dict[str, Answer | None] = {}

    async def fill(
        self, doc: Document, page: PageReading
    ) -> tuple[PageReading, Pages, list[Visit]] | None:
        """The page with its list, and how to go on; None where no list came to light.

        Nothing is asked where the page itself holds the list.
        """
        inside = self._inside(doc)
        if inside is not None:
            return _filled(page, inside, page.adapter, self.as_of), OnePage(), []
        visits: list[Visit] = []
        adapter = choose_for_data(doc)
        calls = adapter.calls(doc, ())
        if not calls:
            calls = adapter.calls(doc, await self._scripts(doc, visits))
        for call in calls[:MAX_CALLS]:
            answer = await self.asker.ask(call.url, replace(call, page=doc.url))
            visits.append(answer.visit)
            reading = self._read(answer, call, adapter, doc)
            if reading is not None:
                pages = DataPages(adapter, doc, reading, self.as_of)
                return _filled(page, reading, adapter.name, self.as_of), pages, visits
        return await self._fed(doc, page, visits)

    async def _fed(
        self, doc: Document, page: PageReading, visits: list[Visit]
    ) -> tuple[PageReading, Pages, list[Visit]] | None:
        """The page with what a feed or the site map tells of its column."""
        for call in FEEDS.calls(doc, ()):
            answer = await self._feed(call, visits)
            reading = FEEDS.read_data(answer.text, call, doc, self.as_of) if answer else None
            if reading is not None and reading.items:
                return _filled(page, reading, FEEDS.name, self.as_of), OnePage(), visits
        return None

    async def dated(self, doc: Document, page: PageReading) -> tuple[PageReading, list[Visit]]:
        """A page whose list shows no days, with those that its feed tells of the same items."""
        visits: list[Visit] = []
        listing = page.list
        shown = listing.items if listing else ()
        if listing is None or any(i.day and i.how is not How.ADDRESS for i in shown):
            return page, visits
        for call in FEEDS.named(doc):
            answer = await self._feed(call, visits)
            days = FEEDS.days(answer.text, call, self.as_of) if answer else {}
            found = tuple(_with_day(item, days.get(same_page(item.url))) for item in shown)
            known = sum(item.how is How.API for item in found)
            if known:
                note = f"列表不显示日期，从页面声明的订阅源读到其中 {known} 条的日期"
                reading = replace(listing, items=found, notes=(*listing.notes, note))
                return _filled(page, reading, page.adapter, self.as_of), visits
        return page, visits

    async def _feed(self, call: Call, visits: list[Visit]) -> Answer | None:
        """A feed or the site map, asked for once a run."""
        if call.url not in self._feeds:
            answer = await self.asker.ask(call.url)
            visits.append(answer.visit)
            self._feeds[call.url] = answer if answer.ok and is_feed(answer.text) else None
        return self._feeds[call.url]

    def _inside(self, doc: Document) -> ListReading | None:
        """The list in the page's own scripts or packed text."""
        items = inline_items(doc, self.as_of)
        if items:
            note = f"列表写在页面的脚本中，共 {len(items)} 条"
            return ListReading(ColumnKind.LIST, items, notes=(note,))
        unpacked = inline_html(doc)
        if unpacked is None:
            return None
        reading = read_list(unpacked, self.as_of)
        return reading if reading.kind in _LISTED and reading.items else None

    async def _scripts(self, doc: Document, visits: list[Visit]) -> tuple[str, ...]:
        """The texts of the portal's own script files that may fill the page."""
        texts = []
        for url in own_scripts(doc)[:MAX_SCRIPTS]:
            answer = await self.asker.ask(url)
            visits.append(answer.visit)
            if answer.ok and urlsplit(answer.url).netloc == urlsplit(url).netloc:
                texts.append(answer.text)
        return tuple(texts)

    def _read(
        self, answer: Answer, call: Call, adapter: DataAdapter, doc: Document
    ) -> ListReading | None:
        if not answer.ok or not answer.is_page:
            return None
        reading = adapter.read_data(answer.text, call, doc, self.as_of)
        dated = any(item.day is not None for item in reading.items)
        empty = reading.kind is ColumnKind.EMPTY
        return reading if empty or (reading.kind in _LISTED and dated) else None


def _with_day(item: Item, reading: DayReading | None) -> Item:
    if reading is None:
        return item
    others = item.others
    if item.day is not None and item.how is not None and item.day != reading.day:
        others = (DayReading(item.day, item.how, item.text), *others)
    return replace(
        item,
        day=reading.day,
        how=reading.how,
        text=reading.text,
        time=reading.time,
        others=others,
    )


def _filled(page: PageReading, reading: ListReading, adapter: str, today: date) -> PageReading:
    return replace(
        page,
        kind=reading.kind.value,
        adapter=adapter,
        list=reading,
        article=None,
        newest=newest_item(reading.items, today),
        notes=reading.notes,
    )
