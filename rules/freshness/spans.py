"""Weeks, months, quarters, half years and years as spans of days, with calendar arithmetic."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Span:
    """A period with inclusive ends."""

    period: str
    start: date
    end: date

    @property
    def label(self) -> str:
        """The period as a table heads it; a week is named by its days."""
        start, end = self.start, self.end
        match self.period:
            case "week":
                return f"{start.month}月{start.day}日—{end.month}月{end.day}日"
            case "month":
                return f"{start.year}年{start.month}月"
            case "quarter":
                return f"{start.year}年第{_QUARTERS[(start.month - 1) // 3]}季度"
            case "half_year":
                return f"{start.year}年{'上' if start.month == 1 else '下'}半年"
            case _:
                return f"{start.year}年"


def add_days(day: date, days: int) -> date:
    """`day` plus `days`, never past the last day there is."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, clipped to the end of a shorter month."""
    years, index = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))


def span_of(period: str, day: date) -> Span:
    """The period `day` lies in; weeks run from Monday."""
    if period == "week":
        start = date.fromordinal(max(day.toordinal() - day.weekday(), 1))
        return Span(period, start, add_days(start, 6))
    length = _MONTHS[period]
    start = date(day.year, (day.month - 1) // length * length + 1, 1)
    last = add_months(start, length - 1)
    return Span(period, start, last.replace(day=calendar.monthrange(last.year, last.month)[1]))


def following(span: Span) -> Span:
    """The period after `span`."""
    return span_of(span.period, add_days(span.end, 1))


def spans_touching(period: str, start: date, end: date) -> tuple[Span, ...]:
    """The periods with any day from `start` to `end`, in order."""
    spans = [span_of(period, start)]
    while spans[-1].end < end:
        spans.append(following(spans[-1]))
    return tuple(spans)


def day_before(day: date, days: int) -> date:
    """`days` before `day`, never before the first day there is."""
    return day - timedelta(days=min(days, day.toordinal() - 1))
