"""The contract's clock: until when a column that published last on some day is in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.site import FreshnessPolicy
from ledger.words import Frequency
from rules.freshness.spans import add_days, day_before, following, span_of
from rules.standards import Standards


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is the last day in time, `warn_from` the first on which the column counts as 临近."""

    due: date
    warn_from: date
    words: str


def owes(frequency: Frequency, numbers: Standards) -> bool:
    """Whether the frequency has a clock at all."""
    return numbers.limits[frequency].days is not None


def deadline(
    frequency: Frequency, last: date, policy: FreshnessPolicy, numbers: Standards
) -> Deadline:
    """The deadline after a publication on `last`.

    A limit in days that the site sets itself holds in calendar mode too: who writes a number of
    days means days.
    """
    limit = numbers.limits[frequency]
    own = policy.limits.get(frequency)
    days = own if own is not None else limit.days
    if days is None or limit.period is None:
        raise ValueError(f"{frequency} owes nothing and has no deadline")
    if policy.mode == "calendar" and own is None:
        span = following(span_of(limit.period, last))
        due, words = span.end, f"“{frequency.label}”按自然周期计的时限"
        length = (span.end - span.start).days + 1
    else:
        due, words = add_days(last, days), f"“{frequency.label}”的{days}天时限"
        length = days
    # A short limit set by the site must not be 临近 from its first day.
    return Deadline(due, day_before(due, min(limit.warn_before, length // 2)), words)
