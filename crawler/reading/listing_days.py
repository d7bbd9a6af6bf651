"""The days of a block's rows taken together: which cell, which year, and what disagrees."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from crawler.reading.address import day_in_address
from crawler.reading.days import DayMatch
from crawler.reading.listing_blocks import Block, Row
from crawler.reading.listing_chapters import chapters, settle_days_of_month
from crawler.reading.listing_labels import Standing
from crawler.reading.listing_pieces import numbers_and_year
from crawler.reading.listing_rows import (
    Reading,
    RowReading,
    read_days,
    read_row,
    strip_glued,
)
from crawler.reading.listing_tree import Knot, Outline
from ledger.facts import DayReading, Item
from ledger.words import How

_HEAD = re.compile(r"日期|时间")
_HALF_YEAR = 150
"""A step back up the list of more days than this can only be a year left out wrongly."""
MAX_ROWS = 600


def read_block(outline: Outline, block: Block, today: date) -> list[RowReading]:
    """Every row of a block with its days, best first."""
    heads = _heads(outline, block)
    rows = block.rows[:MAX_ROWS]
    readings = [read_row(outline, row, heads, today) for row in rows]
    dated = sum(bool(r.days) for r in readings)
    if dated * 2 < len(readings) or (dated == 0 and readings):
        _read_gaps(outline, block, readings, dated, today)
    _settle_parts(readings)
    _settle_slots(readings, today)
    _settle_glued(readings)
    parts = chapters(outline, rows)
    settle_days_of_month(outline, rows, readings, parts)
    _settle_years(readings, today, [part.year if part else None for part in parts])
    return readings


def to_item(reading: RowReading, position: int) -> Item:
    """A row as an item; the day in the address fills a gap or stands beside the day shown."""
    link = reading.row.link
    shown = _shown(reading.days)
    address = day_in_address(link.url) if link.resolved else None
    best = shown[0] if shown else address
    others = [day for day in shown[1:] if best is not None and day.day != best.day]
    if address is not None and best is not None and address.day != best.day:
        others.append(address)
    return Item(
        url=link.url,
        title=reading.title,
        day=best.day if best else None,
        how=best.how if best else None,
        text=best.text if best else "",
        time=best.time if best else None,
        fault=reading.fault if not shown else "",
        pinned=reading.pinned,
        position=position,
        others=tuple(others),
    )


def _shown(days: list[Reading]) -> list[DayReading]:
    found: list[DayReading] = []
    for reading in days:
        day = reading.match.day
        if day is None or any(known.day == day for known in found):
            continue
        found.append(DayReading(day, How.LIST, reading.match.text, reading.match.time))
    return found


def _heads(outline: Outline, block: Block) -> dict[int, str]:
    """The header cells of a table-like block by number of the cell."""
    container = block.container
    candidates: list[Knot] = []
    for child in outline.children(container):
        if child.index >= block.start:
            break
        candidates.append(child)
    if container.parent >= 0:
        for sibling in outline.children(outline.knots[container.parent])[:12]:
            if sibling.index >= container.index:
                break
            candidates.append(sibling)
            if sibling.tag in ("thead", "tbody"):
                candidates.extend(outline.children(sibling))
    for candidate in reversed(candidates[-12:]):
        if candidate.tag == "-text" or candidate.end - candidate.index > 80:
            continue
        cells = [k for k in outline.children(candidate) if k.tag != "-text"]
        texts = [outline.text(k.index, k.end, 40) for k in cells]
        if len(texts) >= 2 and any(_HEAD.search(t) and len(t) <= 12 for t in texts):
            return dict(enumerate(texts))
    return {}


def _read_gaps(
    outline: Outline, block: Block, readings: list[RowReading], dated: int, today: date
) -> None:
    """Look for the days in what stands between the rows: after each, or before each."""
    rows = block.rows[:MAX_ROWS]
    widest = max((row.end - row.own_end for row in rows[:-1]), default=40)
    after = [
        read_days(outline, row, row.own_end, min(row.end, row.own_end + widest), today)
        for row in rows
    ]
    before = [
        read_days(outline, row, _gap_start(block, rows, number), row.start, today)
        for number, row in enumerate(rows)
    ]
    later, earlier = sum(map(bool, after)), sum(map(bool, before))
    best, count = (before, earlier) if earlier > later else (after, later)
    if count <= dated or count * 2 < len(rows):
        return
    for reading, days in zip(readings, best, strict=True):
        if days:
            reading.days = days


def _gap_start(block: Block, rows: list[Row], number: int) -> int:
    if number:
        return rows[number - 1].own_end
    return max(block.container.index + 1, rows[0].start - 40)


def _settle_parts(readings: list[RowReading]) -> None:
    """Take `02` `04` `2031` as the rows take theirs in which only one number can be the month."""
    open_rows = [r for r in readings if r.parts is not None and not r.days]
    if not open_rows:
        return
    told = [numbers_and_year(r.days[0].match.text.split()) for r in readings if r.days]
    day_first = any(numbers[0] > 12 for numbers in told if numbers)
    if day_first == any(numbers[1] > 12 for numbers in told if numbers):
        return
    for reading in open_rows:
        if reading.parts is None:
            continue
        first, second, year = reading.parts
        month, day = (second, first) if day_first else (first, second)
        text = f"{first:02d} {second:02d} {year}"
        match = DayMatch(date(year, month, day), None, text, 0, len(text), "ymd")
        reading.days = [Reading(match, Standing.BARE)]


def _settle_slots(readings: list[RowReading], today: date) -> None:
    """Where rows show several days alike without a label, take the same one in every row.

    The later of them is the day of publication, unless it lies ahead (a closing day) or is the same
    in every row (a number of visits, the day the page was made).
    """
    plural = [r for r in readings if _alike(r) >= 2]
    if not plural or len(plural) * 2 < len(readings):
        return
    ahead = sum(_last_alike(r) > today for r in plural)
    rising = sum(_last_alike(r) >= _first_alike(r) for r in plural)
    lasts, firsts = {_last_alike(r) for r in plural}, {_first_alike(r) for r in plural}
    constant = len(plural) >= 4 and len(lasts) == 1 < len(firsts)
    if ahead or constant or rising * 2 < len(plural):
        return
    for reading in plural:
        size = _alike(reading)
        head, tail = reading.days[:size], reading.days[size:]
        reading.days = [head[-1], *head[:-1], *tail]


def _alike(reading: RowReading) -> int:
    days = reading.days
    if not days or days[0].rank not in (Standing.BARE, Standing.SHORT):
        return 0
    return sum(day.rank == days[0].rank for day in days)


def _first_alike(reading: RowReading) -> date:
    return reading.days[0].match.day or date.min


def _last_alike(reading: RowReading) -> date:
    return reading.days[_alike(reading) - 1].match.day or date.min


def _settle_glued(readings: list[RowReading]) -> None:
    """A day glued to the title counts where most undated rows have one in the same place."""
    bare = [r for r in readings if not r.days]
    for place in ("end", "start"):
        glued = [r for r in bare if r.glued is not None and r.glued.label == place]
        if len(glued) * 10 < len(bare) * 6 or not glued:
            continue
        for reading in glued:
            found = reading.glued
            if found is None:
                continue
            spelled = found.match.form == "chinese"
            if spelled and (len(glued) < 3 or day_in_address(reading.row.link.url) is not None):
                continue
            reading.title = strip_glued(reading.title, found.match, place)
            reading.days = [found]
        return


def _settle_years(
    readings: list[RowReading], today: date, chapters: list[int | None] | None = None
) -> None:
    """Mend years that were left out: by the address of the item, by the heading above it, then by
    the order of the list.
    """
    shift = 0
    run = 0
    last: date | None = None
    usual = _usual_gap(readings)
    for reading, chapter in zip(readings, chapters or [None] * len(readings), strict=True):
        first = reading.days[0] if reading.days else None
        if first is None or first.match.day is None:
            continue
        day = first.match.day
        if first.match.form != "md" or reading.pinned:
            last, run = (last, run) if reading.pinned else (day, run + 1)
            continue
        witness = day_in_address(reading.row.link.url)
        if (
            witness is not None
            and abs((_moved(day, witness.day.year - day.year) - witness.day).days) <= 31
        ):
            day = _moved(day, witness.day.year - day.year)
            shift = 0
        elif chapter is not None and (headed := _moved(day, chapter - day.year)) <= today:
            day = headed
            shift = 0
        else:
            day = _moved(day, -shift)
            # Only a list seen to run downwards for some rows proves that a year has turned; after
            # two (which may be pinned) the next row must follow as closely as the others do.
            follows = last is not None and 0 <= (last - _moved(day, -1)).days <= 2 * usual
            sure = run >= 3 or (run == 2 and follows)
            if last is not None and sure and (day - last).days > _HALF_YEAR:
                shift += 1
                day = _moved(day, -1)
        run = run + 1 if last is None or day <= last else 1
        last = day
        if day != first.match.day and day <= today:
            reading.days[0] = replace(first, match=replace(first.match, day=day))


def _usual_gap(readings: list[RowReading]) -> int:
    """The median number of days from one row to the next, turns of the year left out."""
    days = [r.days[0].match.day for r in readings if r.days]
    gaps = [abs((a - b).days) for a, b in pairwise(days) if a is not None and b is not None]
    gaps = sorted(gap for gap in gaps if gap <= _HALF_YEAR)
    return gaps[len(gaps) // 2] if gaps else 0


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
