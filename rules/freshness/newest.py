"""What a column's facts say about its publication days, as far as they may be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.facts import ColumnFacts, ColumnReading, DayReading, Item
from ledger.findings import ColumnVerdict, Evidence, Place
from ledger.words import ColumnKind, How
from rules.standards import Standards
from rules.wording import clip

_TITLE = 200

# Days read from these stand on the column's own page; the others on the item's.
_ON_THE_LIST = frozenset({How.LIST, How.API, None})


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest publication day of a column, with what it was read from."""

    day: date
    title: str
    how: How | None
    evidence: Evidence


def usable_day(item: Item, numbers: Standards) -> date | None:
    """The item's publication day; None where there is none or it is a fault."""
    if item.fault or item.day in numbers.placeholders:
        return None
    return item.day


def published_day(reading: ColumnReading | None, numbers: Standards) -> date | None:
    """The publication day of a single page; None where there is none or it is a fault."""
    if reading is None or reading.published is None:
        return None
    day = reading.published.day
    return None if day in numbers.placeholders else day


def distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items without repetitions, in an order that does not depend on theirs.

    Picture news repeats the first item; rows opened by a script share one address. So an item is
    the same when address and day agree, and an undated one when its address was seen dated.
    """
    ordered = sorted(items, key=_order)
    dated: dict[tuple[str, date | None], Item] = {}
    for item in ordered:
        if item.day is not None:
            dated.setdefault((_name(item), item.day), item)
    seen = {name for name, _ in dated}
    for item in ordered:
        if item.day is None and _name(item) not in seen:
            dated.setdefault((_name(item), None), item)
    return tuple(sorted(dated.values(), key=_order))


def newest_of(column: ColumnFacts, day: date, numbers: Standards) -> Newest | None:
    """The newest publication not later than `day`, or None.

    A single page speaks with its own day; the day of a list's page is never that of its items.
    """
    reading = column.reading
    if reading is None:
        return None
    if reading.kind is ColumnKind.SINGLE or not column.items:
        own = _newest_page(reading, day, numbers)
        if own is not None:
            return own
    return _newest_item(reading, column.items, day, numbers)


def newest_place(verdict: ColumnVerdict) -> Place:
    """Where a column's newest publication stands, for a finding about it."""
    seen = verdict.evidence
    url = (seen.url if seen else "") or verdict.url or ""
    return Place(url, f"{verdict.last_title} {seen.text if seen else ''}".strip())


def reaches(column: ColumnFacts, newest: Newest | None, day: date) -> bool:
    """Whether the list was read back far enough for `newest` to be the newest up to `day`.

    An item of the day itself cannot be outdone, however little of the list was read.
    """
    reading = column.reading
    if reading is None:
        return False
    if reading.kind is ColumnKind.SINGLE or not column.items:
        return True
    if reading.complete or reading.covers_from is None:
        return True
    return reading.covers_from <= day or (newest is not None and newest.day == day)


def _newest_item(
    reading: ColumnReading, items: tuple[Item, ...], day: date, numbers: Standards
) -> Newest | None:
    best: Item | None = None
    best_day = date.min
    for item in sorted(items, key=_order):
        read = usable_day(item, numbers)
        if read is not None and best_day < read <= day:
            best, best_day = item, read
    if best is None:
        return None
    page = reading.final_url or reading.url or ""
    url = page if best.how in _ON_THE_LIST else best.url or page
    how = best.how.value if best.how else ""
    title, text = clip(best.title, _TITLE), clip(best.text, _TITLE)
    return Newest(best_day, title, best.how, Evidence(url, text, how, title))


def _newest_page(reading: ColumnReading, day: date, numbers: Standards) -> Newest | None:
    published: DayReading | None = reading.published
    read = published_day(reading, numbers)
    if published is None or read is None or read > day:
        return None
    url = reading.final_url or reading.url or ""
    title, text = clip(reading.title, _TITLE), clip(published.text, _TITLE)
    return Newest(read, title, published.how, Evidence(url, text, published.how.value, title))


def _name(item: Item) -> str:
    return item.url or f"\0{item.title}"


def _order(item: Item) -> tuple[int, int, str, str, date, str]:
    return item.page, item.position, item.url, item.title, item.day or date.max, item.text
