"""Walking one column: its page, its list pages back to the horizon, the articles with dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.ask import Answer
from crawler.call import Call
from crawler.documents import front_of, page_of
from crawler.filling import Brought
from crawler.horizon import horizon
from crawler.learning import Lesson, Trial, learned, seen_to_bring
from crawler.opened_days import OpenedDays
from crawler.opening import Opened, Opener, kind_of
from crawler.paging import HtmlPages
from crawler.reading.address import canonical, day_in_address, nameless
from crawler.reading.document import Document
from crawler.recall import JOINED, SAME_ANSWER, STANDING, UNCHANGED, Recall, falls, rest_of
from ledger import clock
from ledger.facts import ColumnReading, Found, Front, Item, Page, Visit
from ledger.known import Access, Before, Known
from ledger.site import Column, CrawlPolicy
from ledger.words import ColumnKind, Frequency, How, Outcome, Role, Way

_Seen = dict[tuple[str, str], Item]
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


@dataclass
class Walked:
    """All that was seen of one column, ready to be committed in one piece.

    `carried` names the run whose list still stands, where the column has not changed since;
    `access` is how its list was come by, where that was learned tonight; `front` what there is to
    read of its page beside its entries.
    """

    reading: ColumnReading
    items: list[Item] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    carried: int | None = None
    access: Access | None = None
    front: Front | None = None
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
    carried: bool = False


class ColumnWalker:
    """Walks columns of one site, one call a column."""

    def __init__(
        self, opener: Opener, policy: CrawlPolicy, as_of: date, recall: Recall | None = None
    ) -> None:
        self.opener = opener
        self.asker = opener.asker
        self.policy = policy
        self.as_of = as_of
        self.recall = recall

    async def walk(self, column: Column, url: str, found: Found) -> Walked:
        """Everything of one column whose address is known."""
        jump = column.frequency is Frequency.JUMP
        back_to = horizon(column.frequency, self.as_of)
        last, before = self._recalled(column, url, back_to)
        lesson = self.recall.lesson(column, url, back_to) if self.recall and not jump else None
        shell = self.recall.shell(column, last, lesson) if self.recall else None
        answer = await self.opener.ask(url, before.known if before else shell)
        if before is not None and answer.unchanged:
            return self._unchanged(column, found, before, answer)
        opened: Opened | None = None
        if lesson is not None and answer.unchanged and answer.url == lesson.access.url:
            opened = await self.opener.again(answer, lesson)
        if opened is None:
            if answer.unchanged and not answer.body:
                answer = await self.opener.ask(url, None)
            opened = await self.opener.open(url, jump=jump, answer=answer, lesson=lesson)
        if lesson is not None:
            opened.visits += lesson.asked
        if opened.carried and lesson is not None and lesson.before is not None:
            walked = self._unchanged(column, found, lesson.before, answer, opened.brought)
            walked.visits = opened.visits
            self._remember(walked, url, opened, answer, shell)
            walked.access = self._learned(column, opened, lesson)
            return walked
        walked = Walked(self._reading(column, url, found, opened), visits=opened.visits)
        self._remember(walked, url, opened, answer, shell)
        if opened.way is not None and opened.outcome is Outcome.OK:
            walked.access = self._learned(column, opened, lesson)
        page = opened.page
        if page is not None and opened.answer.body:
            walked.document = opened.answer.document
        if opened.outcome is not Outcome.OK or page is None or jump:
            if jump and opened.outcome is Outcome.OK:
                walked.reading = replace(walked.reading, kind=ColumnKind.JUMP)
            elif opened.outcome is Outcome.OK:
                walked.reading = self._file_reading(walked.reading, opened)
            return walked
        if page.article is None:
            walked.front = front_of(opened.answer.document, page.title)
        if walked.reading.kind in _LISTED:
            await self._read_list(walked, opened, back_to, _earlier(opened, answer, before, lesson))
        elif page.article is not None:
            walked.reading = replace(walked.reading, published=page.article.published, pages_read=1)
            walked.pages.append(page_of(opened.url, page.article))
        return walked

    def _recalled(
        self, column: Column, url: str, back_to: date
    ) -> tuple[Before | None, Before | None]:
        """What was read of the column before; the same again where it may stand unread."""
        if self.recall is None or column.frequency is Frequency.JUMP:
            return None, None
        last = self.recall.last(column, url)
        if last is None or not self.recall.stands(column, url, last, back_to):
            return last, None
        return last, last

    def _learned(self, column: Column, opened: Opened, lesson: Lesson | None) -> Access | None:
        """What this night taught of how the column's list is come by."""
        page, brought = opened.page, opened.brought
        if opened.way is None or page is None or self.recall is None:
            return None
        shown = page.list.items if page.list else ()
        return learned(
            column.path,
            opened.url,
            opened.way,
            (brought.call, brought.adapter.name) if brought else None,
            lesson,
            self.as_of,
            lambda: seen_to_bring(opened.calls, shown, opened.answer.document, self.as_of),
        )

    def _unchanged(
        self,
        column: Column,
        found: Found,
        before: Before,
        answer: Answer,
        brought: Brought | None = None,
    ) -> Walked:
        """The column as it was read before, since its page or its answer is the same."""
        known, reading = before.known, before.reading
        why, same = (SAME_ANSWER, brought.answer) if brought else (UNCHANGED, answer)
        reading = replace(
            reading,
            path=column.path,
            found=found,
            at=clock.now(),
            status=answer.visit.status,
            detail="；".join([*_lasting_notes(reading), why]),
            carried=True,
        )
        again = [self.recall.again(known, same)] if self.recall else []
        return Walked(reading, visits=[answer.visit], known=again, carried=known.run_id)

    def _remember(
        self, walked: Walked, url: str, opened: Opened, answer: Answer, shell: Known | None
    ) -> None:
        """Note how the page answered where the page itself is what was read, else the request.

        A page whose list a browser showed tells nothing of that list by being the same.
        """
        if opened.outcome is not Outcome.OK or opened.page is None or self.recall is None:
            return
        own = not opened.chain and opened.answer is answer and not answer.truncated
        brought = opened.brought
        if brought is not None:
            if not brought.answer.truncated and not opened.carried:
                name = brought.call.name
                walked.known.append(self.recall.note(name, Role.LIST, brought.answer))
            if shell is not None and answer.unchanged:
                walked.known.append(self.recall.again(shell, answer))
            elif own and brought.alone:
                walked.known.append(self.recall.note(url, Role.SHELL, answer))
        elif own and (opened.way is Way.INLINE or (opened.way is None and opened.pages is None)):
            walked.known.append(self.recall.note(url, Role.LIST, answer))

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

    async def _read_list(
        self, walked: Walked, opened: Opened, back_to: date, before: Before | None
    ) -> None:
        listing = await self._page_through(walked, opened, back_to, before)
        opened_days = OpenedDays(self.asker, self.as_of, self.opener.home, self.recall)
        items = await opened_days.complete(listing.items, back_to)
        walked.visits += opened_days.visits
        walked.pages += opened_days.pages
        walked.known += opened_days.known
        listing.covers_from = opened_days.covers_from or listing.covers_from
        listing.detail = listing.detail or opened_days.detail
        walked.items = [
            replace(item, title=item.title or _file_name(item.url), position=n)
            for n, item in enumerate(items)
        ]
        walked.reading = replace(
            walked.reading,
            pages_read=listing.pages_read,
            complete=listing.complete,
            cut=listing.cut,
            covers_from=listing.covers_from,
            carried=listing.carried,
            detail="；".join(filter(None, (walked.reading.detail, listing.detail))),
        )

    async def _page_through(
        self, walked: Walked, opened: Opened, back_to: date, before: Before | None
    ) -> _Listing:
        page = opened.page
        assert page is not None
        assert page.list is not None
        seen: _Seen = {}
        _add(seen, page.list.items, 1)
        listing = _Listing([])
        undated = not any(i.day is not None and i.how is not How.ADDRESS for i in page.list.items)
        if walked.reading.kind is ColumnKind.CHANNEL or undated:
            # A channel page shows the heads of its children's lists; further pages are theirs.
            # A list without days is read through its articles, the first page's first.
            listing.items = list(seen.values())
            return listing
        earlier = self.recall.items(before) if self.recall and before else ()
        rest = rest_of(page.list.items, earlier)
        if rest is not None and before is not None:
            return _joined(page.list.items, rest, before.reading)
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
                    seen,
                    fresh,
                    f"列表只读到第{listing.pages_read}页（上限 [crawl] max_list_pages）",
                )
                break
            asked.add(_name(following))
            answer = await self.asker.ask(following.url, following)
            walked.visits.append(answer.visit)
            home = self._sent_home(answer)
            if not answer.ok or not answer.is_page or home:
                if home or answer.visit.outcome is Outcome.GONE:
                    # Pagers promise more pages than there are; the end of the list is its end.
                    # An interface without its second page has merely lost it.
                    listing.complete = pages.whole
                    if not pages.whole:
                        listing.covers_from = _reach(fresh)
                else:
                    why = answer.visit.detail or answer.visit.outcome.label
                    self._cut(
                        listing, seen, fresh, f"列表第{listing.pages_read + 1}页未能打开：{why}"
                    )
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

    def _sent_home(self, answer: Answer) -> bool:
        """Whether the server answers for a page that is not there with its front page."""
        led = answer.ok and bool(answer.visit.chain)
        return led and canonical(answer.url) == self.opener.home

    def _far_enough(self, number: int, fresh: Sequence[Item], back_to: date) -> bool:
        """Whether the page just read is wholly older than the horizon.

        The first page alone never decides: it may hold nothing but pinned items. A list that is not
        kept in order of days is read to its end.
        """
        days = [i.day for i in fresh if i.day is not None and not i.pinned and i.day <= self.as_of]
        if number < 2 or not days or max(days) >= back_to:
            return False
        return falls(days)

    def _cut(self, listing: _Listing, seen: _Seen, fresh: Sequence[Item], why: str) -> None:
        """End a list early. One not kept in order of days may hold newer items further on."""
        listing.cut = True
        listing.detail = why
        days = [i.day for i in seen.values() if i.day is not None and not i.pinned]
        listing.covers_from = _reach(fresh) or listing.covers_from if falls(days) else None


def _earlier(
    opened: Opened, answer: Answer, before: Before | None, lesson: Lesson | None
) -> Before | None:
    """The reading of an earlier night that may be joined to what came tonight."""
    if opened.way is None:
        steady = not opened.chain and opened.answer is answer and opened.pages is None
        return before if steady else None
    served = lesson is not None and lesson.trial is Trial.SERVED
    return lesson.before if lesson is not None and served else None


def _joined(first: Sequence[Item], rest: Sequence[Item], reading: ColumnReading) -> _Listing:
    """The list made of a new first page and the earlier pages behind it."""
    seen: _Seen = {}
    _add(seen, first, 1)
    for item in rest:
        _add(seen, (item,), item.page)
    # Why the list was cut short is still so.
    notes = _lasting_notes(reading)[-1:] if reading.cut else []
    return _Listing(
        list(seen.values()),
        reading.pages_read,
        reading.complete,
        reading.cut,
        reading.covers_from,
        "；".join([*notes, JOINED]),
        carried=True,
    )


def _lasting_notes(reading: ColumnReading) -> list[str]:
    """What was said of the column but how much of it was read again that night."""
    return [note for note in reading.detail.split("；") if note and note not in (*STANDING, JOINED)]


def _file_name(url: str) -> str:
    """What an item without a title is called: the last part of its address."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2] or url


def _reach(items: Sequence[Item]) -> date | None:
    """The day from which on a list read down to these items is known."""
    days = [i.day for i in items if i.day is not None and not i.pinned]
    return min(days) + timedelta(days=1) if days else None


def _name(call: Call) -> str:
    """A request as compared with those already made."""
    return canonical(call.url) + (f"#{call.body}" if call.body else "")


def _add(seen: _Seen, items: Sequence[Item], number: int) -> list[Item]:
    """Put the items not seen before into `seen` and return them."""
    fresh: list[Item] = []
    for item in items:
        key = ("", f"{item.title}|{item.day}") if nameless(item) else (canonical(item.url), "")
        if key not in seen:
            seen[key] = replace(item, page=number)
            fresh.append(seen[key])
    return fresh
