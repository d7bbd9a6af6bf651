"""Working days (工作日) by the calendar of public holidays that the State Council announces.

The calendar of a year is announced late in the year before. Until then nobody knows its holidays;
Monday to Friday are counted instead, and whoever asks is told so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workday:
    """Whether a day is worked; `assumed` where the holidays of its year are not announced."""

    works: bool
    assumed: bool


@lru_cache(maxsize=4096)
def workday(day: date) -> Workday:
    """What the calendar says of a day."""
    # Its tables take a while to load, and most commands never count a working day.
    from chinese_calendar import is_workday

    try:
        return Workday(bool(is_workday(day)), False)
    except NotImplementedError:
        return Workday(day.weekday() < _SATURDAY, True)


@dataclass(frozen=True, slots=True)
class Due:
    """The last of some working days; `assumed` as for `Workday`."""

    day: date
    assumed: bool


def after(start: date, days: int) -> Due:
    """The last of `days` working days, the first of which is the next one after `start`."""
    day, assumed = start, False
    while days > 0 and day < date.max:
        day += _ONE
        met = workday(day)
        assumed = assumed or met.assumed
        days -= met.works
    return Due(day, assumed)


def between(start: date, end: date) -> int:
    """How many working days there are after `start` up to and including `end`; 0 where none."""
    span = range(1, (end - start).days + 1)
    return sum(workday(start + timedelta(days=step)).works for step in span)
