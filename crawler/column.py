"""Walking one column: its page, its list pages back to the horizon, the articles with dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from crawler.call import Call
from crawler.horizon import horizon
from crawler.opening import Opened, Opener, canonical, kind_of
from crawler.paging import HtmlPages
from crawler.reading.address import day_in_address
from crawler.reading.article import read_article
from crawler.reading.document import Document
from ledger import clock
from ledger.facts import ColumnReading, DayReading, Found, Item, Page, Visit
from ledger.site import Column, CrawlPolicy
from ledger.words import ColumnKind, Frequency, How, Outcome

MAX_ARTICLES = 15
"""Articles opened for the days a list does not show, a column a run."""
_OLD_IN_A_ROW = 3
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


@dataclass
class Walked:
    """All that was seen of one column, ready to be committed in one piece."""

    reading: ColumnReading
    items: list[Item] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    document: Document | None = None


@dataclass
class _Listing:
    """A list read over several pages."""

    items: list[Item]
    pages_read: int = 1
    complete: bool = False
    cut: bool = False
    covers_from: date | None = None
    detail: str = ""


class ColumnWalker:
    """Walks columns of one site, one call a column."""

    def __init__(self, opener: Opener, policy: CrawlPolicy, as_of: date) -> None:
        self.opener = opener
        self.asker = opener.asker
        self.policy = policy
        self.as_of = as_of

    async def walk(self, column: Column, url: str, found: Found) -> Walked:
        """Everything of one column whose address is known."""
        jump = column.frequency is Frequency.JUMP
        opened = await self.opener.open(url, jump=jump)
        walked = Walked(self._reading(column, url, found, opened), visits=opened.visits)
        page = opened.page
        if page is not None:
            walked.document = opened.answer.document
        if opened.outcome is not Outcome.OK or page is None or jump:
            if jump and opened.outcome is Outcome.OK:
                walked.reading = replace(walked.reading, kind=ColumnKind.JUMP)
            elif opened.outcome is Outcome.OK:
                walked.reading = self._file_reading(walked.reading, opened)
            return walked
        if walked.reading.kind in _LISTED:
            await self._read_list(walked, opened, horizon(column.frequency, self.as_of))
        elif page.article is not None:
            article = page.article
            walked.reading = replace(walked.reading, published=article.published, pages_read=1)
            walked.pages.append(
                Page(
                    opened.url,
                    article.title,
                    article.published,
                    article.others,
                    article.source,
                    article.text,
                )
            )
        return walked

    def _reading(self, column: Column, url: str, found: Found, opened: Opened) -> ColumnReading:
        page = opened.page
        listing = page.list if page else None
        return ColumnReading(
            path=column.path,
            url=url,
            outcome=opened.outcome,
            kind=kind_of(page) if page and opened.outcome is Outcome.OK else ColumnKind.UNKNOWN,
            found=found,
            at=clock.now(),
            status=opened.answer.visit.status,
            final_url=opened.url,
            title=page.title if page else "",
            adapter=page.adapter if page else "",
            excerpt=opened.excerpt or (listing.excerpt if listing else ""),
            detail=opened.detail or "；".join(page.notes if page else ()),
            chain=opened.chain,
        )

    def _file_reading(self, reading: ColumnReading, opened: Opened) -> ColumnReading:
        """A column whose address is a file to download."""
        return replace(
            reading,
            kind=ColumnKind.SINGLE,
            published=day_in_address(opened.url),
            detail="栏目地址直接指向一个文件",
        )

    async def _read_list(self, walked: Walked, opened: Opened, back_to: date) -> None:
        listing = await self._page_through(walked, opened, back_to)
        items = await self._complete_days(walked, listing, back_to)
        walked.items = [replace(item, position=n) for n, item in enumerate(items)]
        walked.reading = replace(
            walked.reading,
            pages_read=listing.pages_read,
            complete=listing.complete,
            cut=listing.cut,
            covers_from=listing.covers_from,
            detail="；".join(filter(None, (walked.reading.detail, listing.detail))),
        )

    async def _page_through(self, walked: Walked, opened: Opened, back_to: date) -> _Listing:
        page = opened.page
        assert page is not None
        assert page.list is not None
        seen: dict[tuple[str, str], Item] = {}
        _add(seen, page.list.items, 1)
        listing = _Listing([])
        undated = not any(i.day is not None and i.how is not How.ADDRESS for i in page.list.items)
        if walked.reading.kind is ColumnKind.CHANNEL or undated:
            # A channel page shows the heads of its children's lists; further pages are theirs.
            # A list without days is read through its articles, the first page's first.
            listing.items = list(seen.values())
            return listing
        pages = opened.pages or HtmlPages(opened.answer.document, self.as_of)
        fresh: Sequence[Item] = page.list.items
        asked = {canonical(opened.url), canonical(walked.reading.url or "")}
        while True:
            following = pages.following(listing.pages_read)
            if following is None or _name(following) in asked:
                listing.complete = pages.whole
                if not pages.whole:
                    listing.covers_from = _reach(fresh)
                break
            if self._far_enough(listing.pages_read, fresh, back_to):
                listing.covers_from = back_to
                break
            if listing.pages_read >= self.policy.max_list_pages:
                self._cut(
                    listing,
                    fresh,
                    f"列表只读到第{listing.pages_read}页（上限 [crawl] max_list_pages）",
                )
                break
            asked.add(_name(following))
            answer = await self.asker.ask(following.url, following)
            walked.visits.append(answer.visit)
            if not answer.ok or not answer.is_page:
                if answer.visit.outcome is Outcome.GONE:
                    # Pagers promise more pages than there are; the end of the list is its end.
                    listing.complete = True
                else:
                    why = answer.visit.detail or answer.visit.outcome.label
                    self._cut(listing, fresh, f"列表第{listing.pages_read + 1}页未能打开：{why}")
                break
            read = pages.read(answer)
            fresh = _add(seen, read.items, listing.pages_read + 1)
            if not fresh:
                # A page of links ends so; a request answered with what is known was not understood.
                listing.complete = pages.whole
                if not pages.whole:
                    listing.covers_from = _reach(list(seen.values()))
                break
            listing.pages_read += 1
        listing.items = list(seen.values())
        return listing

    def _far_enough(self, number: int, fresh: Sequence[Item], back_to: date) -> bool:
        """Whether the page just read is wholly older than the horizon.

        The first page alone never decides: it may hold nothing but pinned items. A list that is not
        kept in order of days is read to its end.
        """
        days = [i.day for i in fresh if i.day is not None and not i.pinned and i.day <= self.as_of]
        if number < 2 or not days or max(days) >= back_to:
            return False
        return _falls(days)

    def _cut(self, listing: _Listing, fresh: Sequence[Item], why: str) -> None:
        listing.cut = True
        listing.detail = why
        listing.covers_from = _reach(fresh) or listing.covers_from

    async def _complete_days(self, walked: Walked, listing: _Listing, back_to: date) -> list[Item]:
        """Open the articles of items whose day the list does not show, newest first."""
        items = list(listing.items)
        bare = [
            n
            for n, i in enumerate(items)
            if (i.day is None and not i.fault) or i.how is How.ADDRESS
        ]
        if not bare:
            return items
        if all(items[n].day is not None for n in bare):
            bare.sort(key=lambda n: items[n].day or date.min, reverse=True)
        old = 0
        for n in bare[:MAX_ARTICLES]:
            items[n] = await self._with_article_day(walked, items[n])
            day = items[n].day
            old = old + 1 if day is not None and day < back_to else 0
            if old >= _OLD_IN_A_ROW:
                break
        if len(bare) == len(items):
            self._cover_by_articles(
                listing, [items[n].day for n in bare[:MAX_ARTICLES]], back_to, old
            )
            if len(bare) > MAX_ARTICLES and old < _OLD_IN_A_ROW:
                listing.detail = f"列表不显示日期，打开了{MAX_ARTICLES}篇正文读取日期"
        return items

    def _cover_by_articles(
        self, listing: _Listing, days: Sequence[date | None], back_to: date, old: int
    ) -> None:
        """How far back the opened articles of a list without days reach."""
        known = [d for d in days if d is not None]
        if old >= _OLD_IN_A_ROW:
            listing.covers_from = back_to
        elif known:
            listing.covers_from = min(known) + timedelta(days=1)

    async def _with_article_day(self, walked: Walked, item: Item) -> Item:
        answer = await self.asker.ask(item.url)
        walked.visits.append(answer.visit)
        if not answer.ok or not answer.is_page:
            return item
        article = read_article(answer.document, self.as_of)
        walked.pages.append(
            Page(
                answer.url,
                article.title,
                article.published,
                article.others,
                article.source,
                article.text,
            )
        )
        published = article.published
        if published is None:
            return item
        others = article.others
        if item.day is not None and item.how is not None and item.day != published.day:
            others = (DayReading(item.day, item.how, item.text), *others)
        return replace(
            item,
            day=published.day,
            time=published.time,
            how=published.how,
            text=published.text,
            others=others,
        )


def _reach(items: Sequence[Item]) -> date | None:
    """The day from which on a list read down to these items is known."""
    days = [i.day for i in items if i.day is not None and not i.pinned]
    return min(days) + timedelta(days=1) if days else None


def _name(call: Call) -> str:
    """A request as compared with those already made."""
    return canonical(call.url) + (f"#{call.body}" if call.body else "")


def _add(seen: dict[tuple[str, str], Item], items: Sequence[Item], number: int) -> list[Item]:
    """Put the items not seen before into `seen` and return them."""
    fresh: list[Item] = []
    for item in items:
        key = (canonical(item.url) if item.url else "", "" if item.url else item.title)
        if key not in seen:
            seen[key] = replace(item, page=number)
            fresh.append(seen[key])
    return fresh


def _falls(days: Sequence[date]) -> bool:
    """Whether days run from new to old but for an odd one out."""
    rises = sum(1 for a, b in pairwise(days) if b > a)
    return rises <= len(days) // 10
