"""How far back a column's list has to be read for the periods that will be judged."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.words import Frequency

_MONTHS = {
    Frequency.WEEKLY: 1,
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}


def horizon(frequency: Frequency, as_of: date) -> date:
    """The first day of the period before the running one, so that both can be counted.

    Weeks are counted inside months, so a weekly column is read back to the Monday of the week in
    which the month before began. A column that owes nothing is read back to the running month.
    """
    span = _MONTHS.get(frequency)
    if span is None:
        return as_of.replace(day=1)
    index = as_of.year * 12 + as_of.month - 1
    start = index - index % span - span
    first = date(start // 12, start % 12 + 1, 1)
    if frequency is Frequency.WEEKLY:
        first -= timedelta(days=first.weekday())
    return first
