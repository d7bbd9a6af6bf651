"""Verdicts, claims and findings: what rules say, and what becomes of it across runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.site import ColumnPath
from ledger.words import (
    REMOVED,
    ColumnKind,
    Frequency,
    Outcome,
    ReviewWord,
    Severity,
    State,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on: an address, the text read there and how."""

    url: str
    text: str
    how: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """How one column stands on a day (结论).

    `reason` is set for not_checked alone. `age` counts whole days from `last_updated` to the day.
    `due` is the last day on which the column is still in time. `explain` is one Chinese sentence.
    `soon` says the column is in time but past the early-warning day (临近).
    """

    path: ColumnPath
    unit: str
    units: tuple[str, ...]
    frequency: Frequency
    frequency_text: str
    url: str | None
    kind: ColumnKind
    verdict: Verdict
    reason: Outcome | None
    last_updated: date | None
    last_title: str
    due: date | None
    age: int | None
    items: int
    evidence: Evidence | None
    explain: str
    soon: bool = False
    cut: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """How many items a column published in one period of its frequency.

    `start` and `end` are inclusive days; `count` is None where the list was not read back that far.
    `owed` is False while the period is still running and nothing is missing yet.
    """

    label: str
    start: date
    end: date
    count: int | None
    owed: bool


@dataclass(frozen=True, slots=True)
class ColumnPeriods:
    """A column's periods inside one month."""

    path: ColumnPath
    periods: tuple[PeriodCount, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault shows: address and excerpt."""

    url: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule's claim about a subject on one judged day.

    `subject` identifies the thing itself (column path joined by ` > `, or a canonical address),
    `term` what about it (empty for most rules). Neither a position, a date nor a run. One that
    is `doubtful` is kept for a person to look at: whatever its rule says, no inspection confirms
    it. So is one that is `recognised`: all there is of it was recognised from pictures.
    """

    code: str
    subject: str
    message: str
    severity: Severity
    basis: str
    term: str = ""
    unit: str = ""
    count: int = 1
    places: tuple[Place, ...] = ()
    advice: str = ""
    doubtful: bool = False
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Clear:
    """The rule looked at this subject and found nothing; silence would mean it could not look.

    `offline` says that there is nothing left to look at: the page is gone (已下线).
    """

    code: str
    subject: str
    term: str = ""
    offline: bool = False


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What the ledger and the papers need to know of a rule.

    `confirm_after` is how many inspections must fire before a finding is confirmed; 0 where only
    a person can confirm it.
    `checks` says in Chinese what the rule looks at, `mend` how to put it right.
    """

    code: str
    name: str
    confirm_after: int
    severity: Severity
    basis: str
    checks: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Attachments whose text could not be read for one reason: how many, and the first of them."""

    reason: str
    count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TextTally:
    """How much text a judgement looked at.

    `characters` counts what stands on several pages once, `attachments` those that gave a text.
    `shadow` says that the site is in its first weeks. `faulty` are the addresses of all pages with
    a fault: the next run looks at them again, so that what was mended is known the next morning.
    `gone` are wordings people have found right, with the characters before and after, that stand
    nowhere any more.
    """

    pages: int
    characters: int
    attachments: int
    unchecked: tuple[Unchecked, ...] = ()
    shadow: bool = False
    faulty: tuple[str, ...] = ()
    gone: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules said of one run on one day. `rule_set` is the hash of rules and their data.

    `texts` is None where no text was looked at. `matched` pairs what entries of notices would be
    called with our own findings that are the same, `seen` names the entries whose words we read on
    their page; both are kept with the notices, not here.
    """

    site: str
    run_id: int
    as_of: date
    verdicts: tuple[ColumnVerdict, ...]
    claims: tuple[Claim, ...]
    clears: tuple[Clear, ...]
    cards: tuple[RuleCard, ...] = ()
    rule_set: str = ""
    texts: TextTally | None = None
    matched: tuple[tuple[str, str], ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim with its life (问题), and what people have said of it so far.

    `confirmed_on` is the day from which it counts as a fault that somebody must mend: of its
    first confirmation, or of the last time it came back. `offline` says that it ended because its
    page was taken down, `removed` that it ended because its column has left the roster, mended or
    not. `accepted_until` is the last day of an acceptance, kept when it has passed.
    `assigned` is the unit a person named in place of the column's own.
    `in_report` (纳入报告) and `veto` (计入单项否决) are the two switches a person may turn;
    `veto` is None where nobody has.
    """

    fingerprint: str
    site: str
    code: str
    name: str
    severity: Severity
    state: State
    subject: str
    message: str
    basis: str
    unit: str
    first_seen: date
    last_seen: date
    count: int
    places: tuple[Place, ...]
    advice: str
    resolved_on: date | None = None
    term: str = ""
    doubtful: bool = False
    review: ReviewWord | None = None
    confirmed_on: date | None = None
    offline: bool = False
    accepted_until: date | None = None
    assigned: str = ""
    in_report: bool = True
    veto: bool | None = None
    note: str = ""
    recognised: bool = False
    removed: bool = False

    @property
    def responsible(self) -> str:
        """Who must mend it, as written: the unit a person named, else the column's."""
        return self.assigned or self.unit

    @property
    def state_word(self) -> str:
        """The word for its state; one that ended with its page or column was not mended."""
        if self.state is not State.RESOLVED:
            return self.state.label
        return REMOVED if self.removed else "已下线" if self.offline else self.state.label
