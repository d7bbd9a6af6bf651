"""Lists kept in parts under a year or a month, whose rows leave out what the heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.reading.days import DayMatch
from crawler.reading.listing_blocks import Row
from crawler.reading.listing_labels import Standing
from crawler.reading.listing_rows import Reading, RowReading
from crawler.reading.listing_tree import Outline

_HEADING = re.compile(
    r"\W{0,4}(?P<year>(?:19|20)\d{2})\s*(?:年度?|[-./](?=\s*\d))?\s*(?:(?P<month>1[0-2]|0?[1-9])\s*月?份?)?\W{0,4}"
)
_DAY = re.compile(r"\W{0,3}([0-3]?\d)\s*[日号]\W{0,3}")
_REACH = 30


@dataclass(frozen=True, slots=True)
class Chapter:
    """What heads a part of a list: a year, or a month of it."""

    year: int
    month: int | None
    text: str


def chapters(outline: Outline, rows: Sequence[Row]) -> list[Chapter | None]:
    """The heading of the part of the list each row stands in, where one is (2030年, 2030年3月).

    Several in a row are a choice to look at, not a heading; nor is a link one.
    """
    found: list[Chapter | None] = []
    current: Chapter | None = None
    start = max(0, rows[0].start - _REACH) if rows else 0
    for row in rows:
        between = [k for k in outline.knots[start : row.start] if k.tag == "-text" and k.plain]
        start = row.own_end
        heading = _HEADING.fullmatch(between[-1].plain) if between else None
        if heading is not None and not between[-1].linked:
            chosen = len(between) > 1 and _HEADING.fullmatch(between[-2].plain)
            month = int(heading["month"]) if heading["month"] else None
            text = between[-1].plain
            current = None if chosen else Chapter(int(heading["year"]), month, text)
        found.append(current)
    return found


def settle_days_of_month(
    outline: Outline,
    rows: Sequence[Row],
    readings: Sequence[RowReading],
    parts: Sequence[Chapter | None],
) -> None:
    """Read `26日` under `2031年2月`, where no row shows more than its day of the month."""
    if any(reading.days for reading in readings):
        return
    for row, reading, part in zip(rows, readings, parts, strict=True):
        if part is None or part.month is None or reading.fault:
            continue
        texts = [k.plain for k in outline.knots[row.start : row.own_end] if k.tag == "-text"]
        said = [found for text in texts if (found := _DAY.fullmatch(text))]
        if len(said) != 1:
            continue
        try:
            day = date(part.year, part.month, int(said[0][1]))
        except ValueError:
            continue
        text = f"{part.text} {said[0][0].strip()}"
        reading.days = [Reading(DayMatch(day, None, text, 0, len(text), "ymd"), Standing.BARE)]
