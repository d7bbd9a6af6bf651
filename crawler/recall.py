"""What earlier nights read of a column, and when that may stand for reading it again.

A list is asked for every night. Where the portal answers as it did before, the list read then
stands; where only its head is new, the rest stands. Every column is read afresh from end to end
once in `FULL_EVERY` nights, so that what was taken out of a list's depth comes to light.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from crawler.ask import Answer
from crawler.opening import canonical
from ledger.codec import digest
from ledger.facts import ColumnReading, Item, Run
from ledger.known import Before, Known
from ledger.site import Column, CrawlPolicy
from ledger.store import Ledger
from ledger.versions import version_of
from ledger.words import ColumnKind, Outcome, Role

FULL_EVERY = 30
"""Nights within which every column and every page is read afresh."""
UNCHANGED = "页面自上次读取以来没有变化，列表沿用上次所读"
JOINED = "第1页有新内容，其后各页沿用上次所读"
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

    def __init__(self, ledger: Ledger, run: Run, policy: CrawlPolicy) -> None:
        self.ledger = ledger
        self.run = run
        self.policy = policy
        self.reader = version_of("crawler")

    def last(self, column: Column, url: str) -> Before | None:
        """What was read of the column the last time, by the readers of today."""
        before = self.ledger.before(self.run.id, column.path, url)
        sound = before is not None and before.known.reader == self.reader
        return before if sound else None

    def stands(self, column: Column, url: str, before: Before, back_to: date) -> bool:
        """Whether that may stand, should the page turn out to be the same."""
        known, reading = before.known, before.reading
        return (
            not self._due(column)
            and bool(known.body)
            and known.outcome is Outcome.OK
            and known.asked <= self.run.as_of
            and reading.outcome is Outcome.OK
            and reading.url == url
            and canonical(reading.final_url) == canonical(url)
            and reading.kind in _STEADY
            and self._reaches(reading, back_to)
        )

    def items(self, before: Before) -> tuple[Item, ...]:
        """The list read then."""
        return self.ledger.listed(before.known.run_id, before.reading.path)

    def asked(self, urls: Sequence[str]) -> set[str]:
        """Those of the addresses whose pages were read before."""
        return self.ledger.asked(self.run.id, urls)

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

    def again(self, known: Known) -> Known:
        """The same answer as before, now this run's."""
        return replace(known, asked=self.run.as_of, run_id=self.run.id, misses=0)

    def _due(self, column: Column) -> bool:
        """Whether tonight is the column's night; another night for every column."""
        turn = int.from_bytes(digest(*column.path)[:4], "big")
        return (turn + self.run.as_of.toordinal()) % FULL_EVERY == 0

    def _reaches(self, reading: ColumnReading, back_to: date) -> bool:
        if reading.kind is not ColumnKind.LIST or reading.complete:
            return True
        if reading.cut:
            # The cap would cut at the same place again; any other cut is worth another try.
            return reading.pages_read >= self.policy.max_list_pages
        return reading.covers_from is not None and reading.covers_from <= back_to


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
