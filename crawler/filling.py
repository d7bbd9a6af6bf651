"""Filling a page whose list its scripts would bring, from the page itself or their requests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters import choose_for_data
from crawler.adapters.base import DataAdapter, ListReading
from crawler.adapters.feeds import ADAPTER as FEEDS
from crawler.ask import Answer, Asker
from crawler.call import Call
from crawler.learning import DIRECT, Lesson, Trial
from crawler.paging import DataPages, OnePage, Pages
from crawler.reading.document import Document
from crawler.reading.feeds import is_feed
from crawler.reading.inside import read_inside, with_list
from crawler.reading.listing_filled import own_scripts
from crawler.reading.menu_tree import same_page
from crawler.reading.page import PageReading
from crawler.retold import retold
from ledger.facts import Visit
from ledger.words import ColumnKind, How, Way

MAX_CALLS = 4
MAX_SCRIPTS = 3
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


@dataclass(frozen=True)
class Brought:
    """The request that brought a list, who reads the answer, and the answer.

    `alone` says that the answer reads the same without the page that asks for it.
    """

    call: Call
    adapter: DataAdapter
    answer: Answer
    alone: bool = False


@dataclass(frozen=True)
class Filled:
    """A page with its list, the way the list was come by and how it goes on.

    `way` is None where there is nothing to be learned from it. `carried` says that the list is the
    one read earlier: the answer is the same, and `page` has no list.
    """

    page: PageReading
    pages: Pages
    way: Way | None
    brought: Brought | None = None
    visits: list[Visit] = field(default_factory=list)
    carried: bool = False


class Filler:
    """Looks for the list behind a page that shows none."""

    def __init__(self, asker: Asker, as_of: date) -> None:
        self.asker = asker
        self.as_of = as_of
        self._feeds: dict[str, Answer | None] = {}

    async def fill(self, doc: Document, page: PageReading) -> Filled | None:
        """The page with its list, and how to go on; None where no list came to light.

        Nothing is asked where the page itself holds the list.
        """
        inside = self.inside(doc, page)
        if inside is not None:
            return inside
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
                return self._brought(page, doc, Brought(call, adapter, answer), reading, visits)
        return await self._fed(doc, page, visits)

    def inside(self, doc: Document, page: PageReading) -> Filled | None:
        """The page with the list or the text that it holds unseen, where it holds one."""
        found = read_inside(doc, page, self.as_of)
        return None if found is None else Filled(found, OnePage(), Way.INLINE)

    async def again(self, doc: Document, page: PageReading, lesson: Lesson) -> Filled | None:
        """The page with the list that the request learned earlier brings, if it still does."""
        call, adapter = lesson.call, lesson.adapter
        assert call is not None
        known = lesson.before.known if lesson.before else None
        answer = await self.asker.ask(call.url, call, known)
        lesson.asked.append(answer.visit)
        brought = Brought(call, adapter, answer)
        if known is not None and answer.unchanged:
            lesson.trial = Trial.SERVED
            return Filled(page, OnePage(), Way.CALL, brought, carried=True)
        reading = self._read(answer, call, adapter, doc)
        if reading is None or not lesson.fits(reading):
            lesson.failed(answer.visit.outcome)
            return None
        lesson.trial = Trial.SERVED
        reading = replace(reading, notes=(*reading.notes, DIRECT))
        return self._brought(page, doc, brought, reading, [])

    def _brought(
        self,
        page: PageReading,
        doc: Document,
        brought: Brought,
        reading: ListReading,
        visits: list[Visit],
    ) -> Filled:
        adapter = brought.adapter
        bare = Document("", doc.url, doc.furniture)
        again = adapter.read_data(brought.answer.text, brought.call, bare, self.as_of)
        alone = replace(again, notes=()) == replace(reading, notes=())
        return Filled(
            with_list(page, reading, adapter.name, self.as_of),
            DataPages(adapter, doc, reading, self.as_of),
            Way.CALL,
            replace(brought, alone=alone),
            visits=visits,
        )

    async def _fed(self, doc: Document, page: PageReading, visits: list[Visit]) -> Filled | None:
        """The page with what a feed or the site map tells of its column."""
        for call in FEEDS.calls(doc, ()):
            answer = await self._feed(call, visits)
            reading = FEEDS.read_data(answer.text, call, doc, self.as_of) if answer else None
            if reading is not None and reading.items:
                # One answer serves many columns: there is nothing for one of them to remember.
                filled = with_list(page, reading, FEEDS.name, self.as_of)
                return Filled(filled, OnePage(), None, visits=visits)
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
            found = tuple(
                retold(item, day, item.others)
                if (day := days.get(same_page(item.url))) is not None
                else item
                for item in shown
            )
            known = sum(item.how is How.API for item in found)
            if known:
                note = f"列表不显示日期，从页面声明的订阅源读到其中 {known} 条的日期"
                reading = replace(listing, items=found, notes=(*listing.notes, note))
                return with_list(page, reading, page.adapter, self.as_of), visits
        return page, visits

    async def _feed(self, call: Call, visits: list[Visit]) -> Answer | None:
        """A feed or the site map, asked for once a run."""
        if call.url not in self._feeds:
            answer = await self.asker.ask(call.url)
            visits.append(answer.visit)
            self._feeds[call.url] = answer if answer.ok and is_feed(answer.text) else None
        return self._feeds[call.url]

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
