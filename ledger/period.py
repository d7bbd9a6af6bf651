"""The stretch of days a paper covers: a day, a month, a quarter or a year."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    """How long a paper's period is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar period (期间); `start` and `end` are its first and its last day."""

    kind: PeriodKind
    start: date
    end: date

    @classmethod
    def holding(cls, kind: PeriodKind, day: date) -> Period:
        """The period of that kind which holds `day`."""
        if kind is PeriodKind.DAY:
            return cls(kind, day, day)
        months = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[kind]
        first = (day.month - 1) // months * months + 1
        last = first + months - 1
        end = day.replace(month=last, day=calendar.monthrange(day.year, last)[1])
        return cls(kind, date(day.year, first, 1), end)

    @property
    def label(self) -> str:
        """The short form in file names and on the command line: 2026-03, 2026-Q1, 2026."""
        return {
            PeriodKind.DAY: self.start.isoformat(),
            PeriodKind.MONTH: f"{self.start:%Y-%m}",
            PeriodKind.QUARTER: f"{self.start.year}-Q{(self.start.month + 2) // 3}",
            PeriodKind.YEAR: f"{self.start.year}",
        }[self.kind]

    @property
    def words(self) -> str:
        """As a title says it: 2026年3月20日, 2026年3月, 2026年第一季度, 2026年度."""
        year = f"{self.start.year}年"
        return {
            PeriodKind.DAY: f"{year}{self.start.month}月{self.start.day}日",
            PeriodKind.MONTH: f"{year}{self.start.month}月",
            PeriodKind.QUARTER: f"{year}第{'一二三四'[(self.start.month - 1) // 3]}季度",
            PeriodKind.YEAR: f"{year}度",
        }[self.kind]

    def months(self) -> tuple[Period, ...]:
        """The months the period covers, in order; of a day, its month."""
        found = [Period.holding(PeriodKind.MONTH, self.start)]
        while found[-1].end < self.end:
            after = date.fromordinal(found[-1].end.toordinal() + 1)
            found.append(Period.holding(PeriodKind.MONTH, after))
        return tuple(found)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def year_before(last: date) -> date:
    """The first day of the year that ends on `last`."""
    return date.fromordinal(max(1, last.toordinal() - 364))
