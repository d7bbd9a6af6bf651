"""Finding days in text: every form real portals write, and nothing that only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from crawler.reading.day_forms import CLOSING, DEFAULTS, OPENING, READERS, Raw, numeric
from crawler.reading.day_spots import has_spot, spots, windows
from crawler.reading.document import squeeze
from crawler.reading.hours import SHANGHAI, with_time
from crawler.reading.labels import Rank, label_before, without_labels
from crawler.reading.numerals import fold
from crawler.reading.relative_days import relative

_WEEKDAY_OR_CLOCK = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|\d{1,2}:\d{2}(?::\d{2})?|"
    r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b",
    re.I,
)

_PLAIN = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_CONTEXT = 14
_CLOCK = 60


@dataclass(frozen=True, slots=True)
class DayMatch:
    """A day found in a text.

    `day` is None where the date is impossible (`fault`). `text` is what it was read from, as it
    stood, squeezed; `start` and `end` are offsets into the given text. `form` is ymd, chinese,
    md, yymd, mdy, english, compact, split, relative, approximate or unix.
    """

    day: date | None
    time: str | None
    text: str
    start: int
    end: int
    form: str
    fault: bool = False

    @property
    def partial(self) -> bool:
        """True where the year was left out or the day is counted back from today."""
        return self.form in ("md", "relative", "approximate")


def find_days(text: str, today: date) -> list[DayMatch]:
    """All days in `text`, in order of appearance, impossible ones included as faults."""
    return days_at(text, spots(text), today)


def days_at(text: str, marked: list[tuple[int, int]], today: date) -> list[DayMatch]:
    """As `find_days`, where the spots of `text` that may hold a day are known."""
    found: list[DayMatch] = []
    for first, last, inside in windows(marked, len(text)):
        if all(_PLAIN.fullmatch(text, *spot) for spot in inside):
            for spot in inside:
                found.extend(_plain_day(text, *spot, today))
        else:
            found.extend(_moved(match, first) for match in _window(text[first:last], today))
    return found


@lru_cache(maxsize=2048)
def _window(text: str, today: date) -> tuple[DayMatch, ...]:
    """The days of a stretch of text. A portal repeats header, footer and boxes on every page."""
    return tuple(_scan(text, today, cell=False))


def _moved(match: DayMatch, by: int) -> DayMatch:
    """The same day, `by` characters further on."""
    return replace(match, start=match.start + by, end=match.end + by)


def _plain_day(text: str, start: int, end: int, today: date) -> Iterator[DayMatch]:
    """The day of a spot that is a date in the commonest form, with no other form near it."""
    first = max(0, start - _CONTEXT)
    near = text[first : end + _CLOCK]
    plain = fold(near)
    for raw in numeric(plain, today, False):
        if raw.start == start - first:
            yield _finish(near, plain, raw, first)


def find_day(text: str, today: date) -> DayMatch | None:
    """The best day of a short cell: labelled as publication, with a year, possible; then first."""
    matches = _scan(text, today, cell=True) if has_spot(text) else []
    return min(matches, key=lambda match: (*_worth(text, match), match.start)) if matches else None


def bare_day(text: str, today: date) -> DayMatch | None:
    """The day of a text that is nothing but a date, save a label, brackets, weekday or clock."""
    if len(text) > 80:
        return None
    best = find_day(text, today)
    if best is None:
        return None
    rest = fold(text[: best.start] + " " + text[best.end :])
    rest = _WEEKDAY_OR_CLOCK.sub("", without_labels(rest))
    return best if len(re.sub(r"[\W_]+", "", rest)) <= 1 else None


def unix_day(text: str) -> DayMatch | None:
    """The day of a Unix time in seconds or milliseconds, as data interfaces and attributes give it.

    Zero is the default of a field never filled, hence a fault.
    """
    match = re.fullmatch(r"\D{0,8}?(-?\d{1,14})(?:[+-]\d{4})?\D{0,4}", text.strip())
    if match is None:
        return None
    digits = match.group(1)
    stamp = int(digits)
    if stamp <= 0:
        return DayMatch(None, None, squeeze(text), 0, len(text), "unix", fault=True)
    if len(digits) not in (9, 10, 12, 13):
        return None
    seconds = stamp / 1000 if len(digits) >= 12 else stamp
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI)
    return DayMatch(moment.date(), moment.strftime("%H:%M"), squeeze(text), 0, len(text), "unix")


def _worth(text: str, match: DayMatch) -> tuple[int, int, int]:
    label = label_before(text, match.start)
    rank = Rank.NONE if label is None else label.rank
    if rank is Rank.ANNOUNCED:
        rank = Rank.PUBLISHED  # a cell's own 时间 is as good as 发布时间
    return int(match.fault), int(rank), int(match.partial)


def _scan(text: str, today: date, *, cell: bool) -> list[DayMatch]:
    plain = fold(text)
    found: list[Raw] = []
    for read in (*READERS, relative):
        found.extend(read(plain, today, cell))
    found.sort(key=lambda raw: (raw.start, raw.order))
    kept: list[Raw] = []
    for raw in found:
        if kept and raw.start < kept[-1].end:
            if raw.order < kept[-1].order:
                kept[-1] = raw
            continue
        kept.append(raw)
    return [_finish(text, plain, raw) for raw in kept]


def _finish(text: str, plain: str, raw: Raw, offset: int = 0) -> DayMatch:
    start, end, when, clock = raw.start, raw.end, raw.when, raw.clock
    if clock is None and when is not None and raw.form != "approximate":
        when, clock, end = with_time(plain, when, end)
    if start > 0 and end < len(text) and text[start - 1] in OPENING and text[end] in CLOSING:
        start, end = start - 1, end + 1
    # The Chinese spelling of 1970-01-01 is history, the machine's is an empty field.
    fault = when is None or (when in DEFAULTS and raw.form not in ("chinese", "english"))
    shown = squeeze(text[start:end])
    return DayMatch(
        None if fault else when,
        None if fault else clock,
        shown,
        offset + start,
        offset + end,
        raw.form,
        fault,
    )
