"""The national clock: columns of some classes must publish whatever the contract says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.facts import ColumnFacts
from ledger.findings import ColumnVerdict
from ledger.words import Verdict
from rules.base import Case
from rules.freshness.spans import add_days, add_months
from rules.standards import ColumnClass

DATED = frozenset({Verdict.ON_TIME, Verdict.OVERDUE, Verdict.AS_NEEDED})
"""Verdicts under which a column's last publication is known, if it has one."""

UNKNOWN = frozenset({Verdict.NOT_CHECKED, Verdict.UNREACHABLE})
"""Verdicts under which nothing is known of what a column publishes."""


@dataclass(frozen=True, slots=True)
class NationalClock:
    """A column under the national clock; `due` is None where its last day is not known."""

    column: ColumnFacts
    verdict: ColumnVerdict
    kind: ColumnClass
    due: date | None

    def late(self, day: date) -> bool:
        """Whether the limit is exceeded on `day`."""
        return self.due is not None and day > self.due


def national_due(kind: ColumnClass, last: date) -> date:
    """The last day in time after a publication on `last`; months are calendar months."""
    return (
        add_days(last, kind.days) if kind.days is not None else add_months(last, kind.months or 0)
    )


def national_clocks(case: Case) -> Iterator[NationalClock]:
    """Every column whose name puts it under the national clock."""
    for column, verdict in case.columns():
        kind = case.standards.class_of(verdict.path)
        if kind is None:
            continue
        known = verdict.verdict in DATED and verdict.last_updated is not None
        due = national_due(kind, verdict.last_updated) if known and verdict.last_updated else None
        yield NationalClock(column, verdict, kind, due)
