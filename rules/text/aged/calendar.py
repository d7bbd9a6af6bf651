"""Days as texts write them, and whether there is such a day."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

_LEAP = 2024  # any leap year: a day without a year may be in one
_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_HAN_NUMBER = "一二三四五六七八九十"
_HAN_YEAR = "〇零○一二三四五六七八九"

# A day is found from its 月 on and read backwards from there: quick, and never at a loss.
_DAY = re.compile(rf"月 ?([0-9]{{1,3}}|[{_HAN_NUMBER}]{{1,3}}) ?([日号])")
_MONTH = re.compile(
    rf"(?:(?<![0-9])([0-9]{{4}}) ?年 ?)?(?<![0-9])([0-9]{{1,2}}) ?$"
    rf"|([{_HAN_YEAR}]{{4}})年([{_HAN_NUMBER}]{{1,3}})$"
)
_BACK = 14


@dataclass(frozen=True, slots=True)
class Written:
    """A day as it is written at `start` to `end`; `year` is None where none stands there."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    @property
    def possible(self) -> bool:
        """Whether there is such a day."""
        return 1 <= self.month <= 12 and 1 <= self.day <= longest(self.month, self.year)


def longest(month: int, year: int | None) -> int:
    """The last day of a month; without a year, of one in a leap year."""
    return monthrange(_LEAP if year is None or isleap(year) else _LEAP - 1, month)[1]


def days(text: str) -> Iterator[Written]:
    """Days written as 2025年3月12日, 3月12日 or 二〇二五年三月十二日."""
    for found in _DAY.finditer(text):
        ahead = text[max(0, found.start() - _BACK) : found.start()]
        month = _MONTH.search(ahead)
        if month is None:
            continue
        start = found.start() - len(ahead) + month.start()
        digits = found[1].isdigit()
        if digits and month[2]:
            year = int(month[1]) if month[1] else None
            yield Written(start, found.end(), year, int(month[2]), int(found[1]))
        elif not digits and month[3]:
            year = int("".join(str(_DIGITS[char]) for char in month[3]))
            month_number, day = han_number(month[4]), han_number(found[1])
            if month_number is not None and day is not None:
                yield Written(start, found.end(), year, month_number, day)


@cache
def han_number(written: str) -> int | None:
    """The number, below a hundred, that stands in Chinese numerals; None where it is none."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS[ones] if len(ones) == 1 and ones in _DIGITS else None
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return None
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def near(month: int, day: int, published: date, reach: int) -> date | None:
    """The day of that month and day within `reach` days of the publication, where there is one."""
    for year in (published.year - 1, published.year, published.year + 1):
        if day <= longest(month, year):
            meant = date(year, month, day)
            if abs((meant - published).days) <= reach:
                return meant
    return None


def following(month: int, day: int, begun: date) -> date | None:
    """The first day of that month and day on or after `begun`, within a year where there is one."""
    for year in (begun.year, begun.year + 1):
        if day <= longest(month, year) and date(year, month, day) >= begun:
            return date(year, month, day)
    return None
