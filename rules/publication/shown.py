"""When a day was really shown to the public, and how it is put into a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from ledger.facts import ColumnFacts, DayReading, DaySeen, ItemHistory
from ledger.words import ColumnKind, How, Outcome
from rules.base import Case
from rules.standards import Standards
from rules.text.privacy.masks import veiled
from rules.wording import clip, day_words

SHOWN = frozenset({How.LIST, How.API, How.META, How.ARTICLE})
"""Readings of a day that a visitor is shown, or the page's own tags state."""

_NUMBERS = re.compile(r"\d{1,20}")
_RELATIVE = re.compile(r"[前昨今刚]")
_STAMP = range(10, 14)
_DIGITS = 8


def is_shown(reading: DayReading | None, numbers: Standards) -> bool:
    """Whether the reading is a day the portal shows, and one that can be."""
    return reading is not None and reading.how in SHOWN and reading.day not in numbers.placeholders


def names_year(reading: DayReading) -> bool:
    """Whether the year was written, and not supplied by us."""
    told = _numbers(reading.text)
    year = str(reading.day.year)
    return any(n == year or (len(n) >= _DIGITS and n.startswith(year)) for n in told) or (
        reading.how is How.API and any(len(n) in _STAMP for n in told)
    )


def is_absolute(reading: DayReading) -> bool:
    """Whether month and day were written out; 3天前 names neither."""
    told = _numbers(reading.text)
    if reading.how is How.API and any(len(n) in _STAMP for n in told):
        return True
    if any(len(n) >= _DIGITS and n.startswith(f"{reading.day:%Y%m%d}") for n in told):
        return True
    short = [int(n) for n in told if len(n) <= 2]
    if reading.day.month == reading.day.day:
        named = short.count(reading.day.day) >= 2
    else:
        named = reading.day.month in short and reading.day.day in short
    return named and not _RELATIVE.search(reading.text)


def edits(days: Iterable[DaySeen], numbers: Standards) -> Iterator[tuple[DaySeen, DaySeen]]:
    """The changes of a day that somebody made, each as before and after.

    Both days were written out and read in the same way; a year neither of them names has not been
    changed by anyone.
    """
    read = [d for d in days if is_shown(d.reading, numbers)]
    for before, after in pairwise(read):
        if before.reading is None or after.reading is None:
            continue
        was, now = before.reading, after.reading
        if was.day == now.day or was.how is not now.how:
            continue
        if not (is_absolute(was) and is_absolute(now)):
            continue
        same_day = (was.day.month, was.day.day) == (now.day.month, now.day.day)
        if same_day and not (names_year(was) and names_year(now)):
            continue
        yield before, after


def is_late(item: ItemHistory, case: Case) -> bool:
    """Whether an inspection missed the item although the item shows an older day."""
    reading, missed = item.reading, item.missed
    if reading is None or missed is None or not is_shown(reading, case.standards):
        return False
    watching = case.standards.watching
    behind = (missed - reading.day).days
    if behind <= max(watching.late_days, (item.first_seen - missed).days):
        return False
    return behind <= watching.yearless_days or names_year(reading)


def is_recent(seen: date, case: Case) -> bool:
    """Whether what was first seen on that day is still shown."""
    return case.day - timedelta(days=case.standards.watching.watch_days) <= seen <= case.day


def is_list(column: ColumnFacts) -> bool:
    """Whether the run read a list here."""
    reading = column.reading
    return (
        reading is not None
        and reading.outcome is Outcome.OK
        and reading.kind is ColumnKind.LIST
        and bool(column.items)
    )


def quoted(reading: DayReading) -> str:
    """`列表日期“[2026-03-08]”`: how a day was read and the text it was read from."""
    return f"{reading.how.label}“{clip(reading.text, 30) or reading.day.isoformat()}”"


def watch_words(numbers: Standards) -> str:
    """How long a finding of this family is shown."""
    return f"首次看到后{numbers.watching.watch_days}天内列出，之后不再列出"


def title_words(title: str) -> str:
    """`《标题》`, or what stands in for a title that was not read."""
    return f"《{clip(veiled(title), 40)}》" if title.strip() else "（没有标题）"


def day_of(reading: DayReading) -> str:
    """The day as a sentence says it."""
    return day_words(reading.day)


def _numbers(text: str) -> list[str]:
    return _NUMBERS.findall(unicodedata.normalize("NFKC", text[:200]))
