"""What earlier nights read of a column, and when that may stand for reading it again.

A list is asked for every night. Where the portal answers as it did before, the list read then
stands; where only its head is new, the rest stands. Every column is read afresh from end to end
once in `FULL_EVERY` nights, so that what was taken out of a list's depth comes to light.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from crawler.ask import Answer
from crawler.learning import Lesson, is_due
from crawler.reading.address import canonical
from ledger.codec import digest
from ledger.facts import ColumnReading, Item, Run
from ledger.frequencies import pace
from ledger.known import Before, Known, Told
from ledger.site import Column, CrawlPolicy
from ledger.store import Ledger
from ledger.versions import version_of
from ledger.words import ColumnKind, Frequency, Outcome, Role

FULL_EVERY = 30
"""Nights within which every column and every page is read afresh."""
UNCHANGED = "页面自上次读取以来没有变化，列表沿用上次所读"
SAME_ANSWER = "栏目数据自上次读取以来没有变化，列表沿用上次所读"
STANDING = (UNCHANGED, SAME_ANSWER)
JOINED = "第1页有变化，其后各页沿用上次所读"
_JOINT = 3
"""So many items in a row, alike in both, join a new first page to an earlier list."""
_STEADY = frozenset(
    {
        ColumnKind.LIST,
        ColumnKind.CHANNEL,
        ColumnKind.SINGLE,
        ColumnKind.EMPTY,
        ColumnKind.BUILDING,
    }
)


class Recall:
    """What the ledger still knows, for one run."""

    def __init__(
        self,
        ledger: Ledger,
        run: Run,
        policy: CrawlPolicy,
        limits: Mapping[Frequency, int] | None = None,
    ) -> None:
        self.ledger = ledger
        self.run = run
        self.policy = policy
        self.limits = limits or {}
        self.reader = version_of("crawler")

    def last(self, column: Column, name: str) -> Before | None:
        """What was read of the column when `name` answered last, by the readers of today.

        `name` is the address of a page, or the name of a request for data.
        """
        before = self.ledger.before(self.run.id, column.path, name)
        if before is None:
            return None
        known = before.known
        sound = known.reader == self.reader and known.asked <= self.run.as_of
        return before if sound else None

    def stands(
        self,
        column: Column,
        url: str,
        before: Before,
        back_to: date,
        items: Sequence[Item] = (),
    ) -> bool:
        """Whether that may stand, should the page turn out to be the same.

        `items` is the list as it was read then, where nothing more of it may have been to be had.
        """
        known, reading = before.known, before.reading
        return (
            not self._due(column, known.asked)
            and known.role is Role.LIST
            and bool(known.body)
            and known.outcome is Outcome.OK
            and reading.outcome is Outcome.OK
            and reading.url == url
            and canonical(reading.final_url) == canonical(url)
            and reading.kind in _STEADY
            and (self._reaches(reading, back_to) or _exhausted(reading, items))
        )

    def lesson(self, column: Column, url: str, back_to: date) -> Lesson | None:
        """What earlier nights learned of the column's list, and the list as it was then."""
        access = self.ledger.access(self.run.id, column.path)
        last = self.ledger.last_list(self.run.id, column.path, url) if access else None
        if access is None or last is None:
            return None
        items = self.ledger.listed(last[0], column.path)
        limit = self.limits.get(column.frequency) or pace(column.frequency)
        due = is_due(access, items, limit, self.run.as_of)
        lesson = Lesson(access, last[1], items, due)
        if lesson.call is not None and not due:
            before = self.last(column, lesson.call.name)
            if before is not None:
                held = self.items(before)
                lesson.before = before if self.stands(column, url, before, back_to, held) else None
        return lesson

    def shell(self, column: Column, last: Before | None, lesson: Lesson | None) -> Known | None:
        """How the page answered that only asks for its list, where it need not come again."""
        if last is None or lesson is None or not lesson.usable:
            return None
        known = last.known
        sound = known.role is Role.SHELL and known.outcome is Outcome.OK
        return known if sound and not self._due(column, known.asked) else None

    def items(self, before: Before) -> tuple[Item, ...]:
        """The list read then."""
        return self.ledger.listed(before.known.run_id, before.reading.path)

    def told(self, urls: Sequence[str]) -> Mapping[str, Told]:
        """What the pages tell that need not be opened again, by address."""
        return self.ledger.told(self.run.id, urls, self.reader)

    def note(self, url: str, role: Role, answer: Answer) -> Known:
        """How an address answered, for the nights to come."""
        return Known(
            url=url,
            role=role,
            asked=self.run.as_of,
            run_id=self.run.id,
            etag=answer.etag,
            modified=answer.modified,
            body=answer.digest,
            reader=self.reader,
        )

    def again(self, known: Known, answer: Answer) -> Known:
        """The same page as before, now this run's; a server may have named it anew."""
        return replace(
            known,
            asked=self.run.as_of,
            run_id=self.run.id,
            etag=answer.etag,
            modified=answer.modified,
            misses=0,
        )

    def missed(
        self, url: str, known: Known | None, outcome: Outcome, role: Role = Role.PAGE
    ) -> Known:
        """An address that did not give its page or file; what it once gave no longer counts."""
        misses = known.misses + 1 if known else 1
        return Known(
            url=url,
            role=role,
            asked=self.run.as_of,
            run_id=self.run.id,
            outcome=outcome,
            misses=misses,
            reader=self.reader,
        )

    def _due(self, column: Column, since: date) -> bool:
        """Whether the column's night has come after the day `since`; each column has its own.

        A night without a run is made up for on the next one.
        """
        turn = int.from_bytes(digest(*column.path)[:4], "big")
        nights = [(turn + day.toordinal()) // FULL_EVERY for day in (since, self.run.as_of)]
        return nights[0] < nights[1]

    def _reaches(self, reading: ColumnReading, back_to: date) -> bool:
        if reading.kind is not ColumnKind.LIST or reading.complete:
            return True
        if reading.cut:
            # The cap would cut at the same place again; any other cut is worth another try.
            return reading.pages_read >= self.policy.max_list_pages
        return reading.covers_from is not None and reading.covers_from <= back_to


def _exhausted(reading: ColumnReading, items: Sequence[Item]) -> bool:
    """Whether a list ended where it did because nothing more of it was to be had."""
    days = [item.day for item in items if item.day is not None and not item.pinned]
    reached = reading.covers_from
    if reading.cut or reached is None or not days:
        return False
    # Where a list was left off on purpose, it was read to items older than need be.
    return min(days) >= reached - timedelta(days=1)


def rest_of(first: Sequence[Item], earlier: Sequence[Item]) -> tuple[Item, ...] | None:
    """What follows a new first page in the list read earlier; None where the joint is not sure.

    Only a list kept from new to old can be joined: elsewhere a new item may stand anywhere.
    """
    tail = [_name(item) for item in first if not item.pinned][-_JOINT:]
    if len(tail) < _JOINT or not _falls(first) or not _falls(earlier):
        return None
    names = [_name(item) for item in earlier]
    for at in range(len(names) - _JOINT + 1):
        if names[at : at + _JOINT] == tail:
            return tuple(earlier[at + _JOINT :])
    return None


def _name(item: Item) -> tuple[str, str, date | None]:
    return canonical(item.url) if item.url else "", item.title, item.day


def _falls(items: Sequence[Item]) -> bool:
    return falls([i.day for i in items if i.day is not None and not i.pinned])


def falls(days: Sequence[date]) -> bool:
    """Whether days run from new to old but for an odd one out."""
    rises = sum(1 for a, b in pairwise(days) if b > a)
    return rises <= len(days) // 10
