"""From findings to duties (整改任务): who must mend what until when, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.duties import split_units
from ledger.findings import Finding
from ledger.rectification import Duty, Outcome, RectifyPolicy
from ledger.words import ReviewWord, Severity, State
from rules.rectification.limits import days_for
from rules.rectification.workdays import after, between
from rules.wording import SITE_SUBJECT

_OWED = frozenset({State.CONFIRMED, State.RECURRED, State.RESOLVED, State.ACCEPTED})


def duties(findings: Iterable[Finding], day: date, policy: RectifyPolicy) -> tuple[Duty, ...]:
    """One for each finding that is or was confirmed, in the order of the findings.

    Suspicions, clues, doubts, mere hints (提示) and counts of other findings are nobody's duty
    unless a person has confirmed them, and what a person has dismissed is none any more. Nor is
    one whose column has left the roster: it was not mended, and nobody owes it.
    """
    return tuple(
        _duty(finding, finding.confirmed_on, day, policy)
        for finding in findings
        if finding.state in _OWED
        and finding.confirmed_on is not None
        and not (_is_hint(finding) or _is_count(finding) or finding.removed)
    )


def _is_hint(finding: Finding) -> bool:
    """A page that was taken down is one: to ask for it back may be to ask for the fault back."""
    return finding.severity is Severity.INFO and finding.review is None


def _is_count(finding: Finding) -> bool:
    """So many blank columns in the whole site: who mends the columns mends the count."""
    untouched = finding.review is None and not finding.assigned
    return finding.subject == SITE_SUBJECT and untouched


def _duty(finding: Finding, since: date, day: date, policy: RectifyPolicy) -> Duty:
    days = days_for(finding.severity, policy)
    # What was put off runs from the day the putting off ended.
    due = after(max(since, finding.accepted_until or since), days)
    closed = finding.resolved_on if finding.state is State.RESOLVED else None
    outcome = _outcome(finding, due.day, closed, day)
    late = 0
    if outcome is not Outcome.DEFERRED and not _excused(finding, closed):
        late = between(due.day, closed or day)
    return Duty(
        fingerprint=finding.fingerprint,
        units=split_units(finding.responsible),
        since=since,
        due=due.day,
        days=days,
        outcome=outcome,
        closed_on=closed,
        late=late,
        assumed=due.assumed,
    )


def _outcome(finding: Finding, due: date, closed: date | None, day: date) -> Outcome:
    if finding.state is State.ACCEPTED:
        return Outcome.DEFERRED
    if closed is None:
        return Outcome.OVERDUE if day > due else Outcome.OPEN
    if finding.offline:
        return Outcome.OFFLINE
    late = closed > due and not _excused(finding, closed)
    return Outcome.MENDED_LATE if late else Outcome.MENDED


def _excused(finding: Finding, closed: date | None) -> bool:
    """Whether it was mended while it was put off without an end."""
    return (
        closed is not None
        and finding.review is ReviewWord.ACCEPTED
        and finding.accepted_until is None
    )
