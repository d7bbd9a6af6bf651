"""How long a column may stand still, as the demo's own truth counts it."""

from __future__ import annotations

from datetime import date

from ledger.words import Frequency, Verdict

LIMITS = {
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 31,
    Frequency.QUARTERLY: 92,
    Frequency.HALF_YEARLY: 183,
    Frequency.YEARLY: 366,
}
"""Days a column may stand still; a column of any other frequency owes nothing."""


def standing(frequency: Frequency, last: date | None, as_of: date) -> Verdict:
    """How a column that was read and holds something stands on a day."""
    limit = LIMITS.get(frequency)
    if limit is None:
        return Verdict.AS_NEEDED
    late = last is None or (as_of - last).days > limit
    return Verdict.OVERDUE if late else Verdict.ON_TIME
