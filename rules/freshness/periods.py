"""The monthly table: what each column published in every period that touches a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.facts import ColumnFacts, ColumnReading, SiteFacts
from ledger.findings import ColumnPeriods, PeriodCount
from ledger.words import ColumnKind, Outcome
from rules.freshness.newest import distinct, published_day, usable_day
from rules.freshness.spans import Span, span_of, spans_touching
from rules.standards import Standards, standards

_BARE = frozenset({ColumnKind.EMPTY, ColumnKind.BUILDING})


def month_periods(facts: SiteFacts, month: date, day: date) -> tuple[ColumnPeriods, ...]:
    """Counts for every column, in the order of the sheet; `month` is the first day of the month.

    Items later than `day` do not count. A column that owes nothing is counted over the month.
    """
    numbers = standards()
    whole = span_of("month", month)
    return tuple(
        ColumnPeriods(
            column.column.path,
            tuple(_periods(column, whole, facts.run.as_of, day, numbers)),
        )
        for column in facts.columns
    )


def _periods(
    column: ColumnFacts, month: Span, seen: date, day: date, numbers: Standards
) -> Iterator[PeriodCount]:
    period = numbers.limits[column.column.frequency].period
    days = _days(column, day, numbers)
    spans = (month,) if period is None else spans_touching(period, month.start, month.end)
    for span in spans:
        count = sum(span.start <= item <= span.end for item in days)
        known = count > 0 or _known(column, span, min(span.end, day), seen, numbers)
        yield PeriodCount(
            label=span.label,
            start=span.start,
            end=span.end,
            count=count if known else None,
            owed=period is not None and span.end <= day,
        )


def _days(column: ColumnFacts, day: date, numbers: Standards) -> list[date]:
    """The publication days of the column's distinct items up to `day`."""
    reading = column.reading
    if reading is None or reading.outcome is not Outcome.OK:
        return []
    own = published_day(reading, numbers)
    if own is not None and (reading.kind is ColumnKind.SINGLE or not column.items):
        return [own] if own <= day else []
    read = (usable_day(item, numbers) for item in distinct(column.items))
    return [found for found in read if found is not None and found <= day]


def _known(column: ColumnFacts, span: Span, until: date, seen: date, numbers: Standards) -> bool:
    """Whether finding no item in the period proves that there was none.

    `until` is the last day of the period that is judged, `seen` the day of the run.
    """
    reading = column.reading
    if reading is None or reading.outcome is not Outcome.OK:
        return False
    if span.start <= until and until > seen:
        return False
    if reading.kind in _BARE and not column.items:
        return True
    if reading.kind is ColumnKind.SINGLE or not column.items:
        return _silent_since(reading, span, numbers)
    if reading.covers_from is not None and reading.covers_from <= span.start:
        return True
    return reading.complete and _mostly_dated(column, numbers)


def _silent_since(reading: ColumnReading, span: Span, numbers: Standards) -> bool:
    """A single page shows its last publication: before the period means none in it."""
    own = published_day(reading, numbers)
    return own is not None and own < span.start


def _mostly_dated(column: ColumnFacts, numbers: Standards) -> bool:
    """Items without a day may belong to any period, yet a few stray rows do not spoil the count."""
    items = distinct(column.items)
    dated = sum(usable_day(item, numbers) is not None for item in items)
    return dated * 2 > len(items)
