"""A large site that never was: facts of the size a busy portal leaves in one night."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ledger.clock import ZONE
from ledger.facts import ColumnReading, Found, Item, Visit
from ledger.site import Column, Site
from ledger.words import ColumnKind, Frequency, How, Outcome

COLUMNS = 300
ITEMS = 100

_HOME = "http://portal.example/"
_DUE = (
    Frequency.WEEKLY,
    Frequency.MONTHLY,
    Frequency.QUARTERLY,
    Frequency.HALF_YEARLY,
    Frequency.YEARLY,
    Frequency.TIMELY,
)


def site() -> Site:
    """300 columns in three levels under twelve units, of all frequencies."""
    return Site(
        key="bench",
        name="某区人民政府网",
        home=_HOME,
        columns=tuple(_column(number) for number in range(COLUMNS)),
        sheet="columns.csv",
    )


def _column(number: int) -> Column:
    frequency = _DUE[number % len(_DUE)]
    unit = f"第{number % 12 + 1}局"
    return Column(
        path=(f"频道{number // 50}", f"分类{number // 10}", f"栏目{number}"),
        unit=unit,
        units=(unit,),
        frequency=frequency,
        frequency_text=frequency.label,
        url=f"{_HOME}c{number}/",
        row=number + 2,
    )


def reading(column: Column, number: int, day: date) -> ColumnReading:
    """What the night saw of a column: one in 25 blocked, one in 40 gone, the rest read whole."""
    outcome = Outcome.OK
    if number % 25 == 7:
        outcome = Outcome.BLOCKED
    elif number % 40 == 11:
        outcome = Outcome.GONE
    seen = outcome is Outcome.OK
    return ColumnReading(
        path=column.path,
        url=column.url,
        outcome=outcome,
        kind=ColumnKind.LIST if seen else ColumnKind.UNKNOWN,
        found=Found("roster"),
        at=_moment(day),
        status={Outcome.OK: 200, Outcome.BLOCKED: 412, Outcome.GONE: 404}[outcome],
        title=column.name,
        adapter="generic" if seen else "",
        pages_read=5 if seen else 0,
        complete=seen,
    )


def items(column: Column, seen: ColumnReading, number: int, day: date) -> tuple[Item, ...]:
    """100 items of a column that opened, some columns long asleep."""
    if seen.outcome is not Outcome.OK:
        return ()
    asleep = 400 if number % 9 == 4 else number % 6
    step = number % 5 + 1
    return tuple(
        _item(column, place, day - timedelta(days=asleep + place * step)) for place in range(ITEMS)
    )


def _item(column: Column, place: int, day: date) -> Item:
    return Item(
        url=f"{column.url}{day:%Y%m}/t{day:%Y%m%d}_{place}.html",
        title=f"关于做好{column.name}有关工作的通知（第{place + 1}号）",
        day=day,
        how=How.LIST,
        text=day.isoformat(),
        page=place // 20 + 1,
        position=place,
    )


def visit(column: Column, seen: ColumnReading) -> Visit:
    """The request that opened a column, or did not."""
    return Visit(column.url or _HOME, seen.outcome, seen.at, seen.status, column.url or _HOME)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=ZONE)
