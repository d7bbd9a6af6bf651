"""The runs a run may look back on: finished ones of its site before it, never later ones.

So the same run gives the same facts whenever it is asked, however many have followed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from ledger.facts import HISTORY_DAYS, DayReading, DaySeen, Run
from ledger.schema import runs
from ledger.words import How


@dataclass(frozen=True, slots=True)
class Past:
    """A run and those before it: their as-of days by number, in the order of day, then number.

    `readers` names the version of the readers of each: what two versions read is not compared.
    """

    run: Run
    days: dict[int, date]
    readers: dict[int, str]

    @property
    def since(self) -> date:
        """The first day of which the run's facts still tell."""
        return self.run.as_of - timedelta(days=min(HISTORY_DAYS, self.run.as_of.toordinal() - 1))

    @property
    def recent(self) -> list[int]:
        """The runs of those days, oldest first."""
        return [number for number, day in self.days.items() if day >= self.since]

    @property
    def reach(self) -> list[int]:
        """The recent runs and one before: what came since must be told from what was there."""
        numbers = list(self.days)
        return numbers[max(0, len(numbers) - len(self.recent) - 1) :]

    @property
    def in_order(self) -> bool:
        """Whether the numbers rise with the days: not so once a past day was inspected again."""
        numbers = list(self.days)
        return numbers == sorted(numbers)

    def counts(self, table: Any = runs) -> ColumnElement[bool]:
        """Whether a row of `runs` is this run or one of those before it."""
        earlier = or_(
            table.c.as_of < self.run.as_of,
            and_(table.c.as_of == self.run.as_of, table.c.id < self.run.id),
        )
        finished = and_(table.c.site == self.run.site, table.c.state == "finished", earlier)
        return or_(finished, table.c.id == self.run.id)


def past_of(connection: Connection, run: Run) -> Past:
    """What `run` may look back on, itself included as the last."""
    known = Past(run, {}, {})
    rows = connection.execute(
        select(runs.c.id, runs.c.as_of, runs.c.reader)
        .where(known.counts())
        .order_by(runs.c.as_of, runs.c.id)
    ).all()
    return Past(run, {r.id: r.as_of for r in rows}, {r.id: r.reader for r in rows})


@dataclass(frozen=True, slots=True)
class Shown:
    """The day a run read of something, with the others it knew; `reader` is the run's."""

    seen: date
    reader: str
    reading: DayReading | None
    others: tuple[DayReading, ...] = ()


def days_seen(readings: Iterable[Shown]) -> tuple[DaySeen, ...]:
    """One entry for each change of the day shown; the readings come oldest first.

    No change is what another version of the readers reads otherwise. Nor is it one where either
    reading knew the other's day beside its own: the page shows both, and only our choice between
    them has changed. The day in an address is no day shown.
    """
    told: list[DaySeen] = []
    last: Shown | None = None
    for shown in readings:
        if last is None or _has_changed(last, shown):
            told.append(DaySeen(shown.seen, shown.reading))
            last = shown
        elif last.reader != shown.reader:
            told[-1] = DaySeen(told[-1].seen, shown.reading)
            last = shown
    return tuple(told)


def _has_changed(last: Shown, now: Shown) -> bool:
    if last.reader != now.reader or _day(last.reading) == _day(now.reading):
        return False
    return not (_knew(last.reading, now.others) or _knew(now.reading, last.others))


def _day(reading: DayReading | None) -> date | None:
    return None if reading is None else reading.day


def _knew(reading: DayReading | None, others: tuple[DayReading, ...]) -> bool:
    return reading is not None and any(
        other.day == reading.day and other.how is not How.ADDRESS for other in others
    )
