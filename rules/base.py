"""What a rule is: code, clauses and wording around one pure function from a case to claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from ledger.facts import ColumnFacts, SiteFacts
from ledger.findings import Claim, Clear, ColumnVerdict, Place, RuleCard
from ledger.notices import SiteNotices
from ledger.words import Severity
from rules.errors import RuleError
from rules.standards import Clause, Standards

__all__ = ["Case", "Explanation", "Rule", "RuleError"]

MAX_PLACES = 5
"""A finding names its first places and counts the rest."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is given: the facts, the day, the verdicts and the standards.

    `verdicts` stand in the order of `facts.columns`. `notices` are the vendors' notices up to the
    day; `matched` gives for an entry's own fingerprint that of our finding which is the same fault.
    """

    facts: SiteFacts
    day: date
    verdicts: tuple[ColumnVerdict, ...]
    standards: Standards
    notices: SiteNotices = field(default_factory=SiteNotices)
    matched: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def columns(self) -> Iterator[tuple[ColumnFacts, ColumnVerdict]]:
        """Each column with its verdict, in the order of the sheet."""
        return zip(self.facts.columns, self.verdicts, strict=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. All wording is Chinese, for the operator.

    `clauses` are ids in data/indicators.toml. `look` yields a Claim where something is wrong,
    a Clear where it looked and found nothing, and neither where it could not look.
    `thresholds` puts the numbers in force into words. `confirm_after` counts the inspections that
    confirm a finding; 0 for a rule that only asks a person to look.
    """

    code: str
    name: str
    family: str
    severity: Severity
    clauses: tuple[str, ...]
    checks: str
    why: str
    mend: str
    look: Callable[[Case], Iterable[Claim | Clear]]
    thresholds: Callable[[Standards], tuple[str, ...]]
    confirm_after: int = 1

    def basis(self, standards: Standards) -> tuple[Clause, ...]:
        """The clauses the rule stands on."""
        return tuple(standards.clauses[key] for key in self.clauses)

    def card(self, standards: Standards) -> RuleCard:
        """What the ledger and the papers need to know of the rule."""
        return RuleCard(
            code=self.code,
            name=self.name,
            confirm_after=self.confirm_after,
            severity=self.severity,
            basis=cite(self.basis(standards)),
            checks=self.checks,
            mend=self.mend,
        )

    def claim(
        self,
        case: Case,
        subject: str,
        message: str,
        *,
        severity: Severity | None = None,
        basis: tuple[Clause, ...] | None = None,
        unit: str = "",
        count: int = 1,
        places: tuple[Place, ...] = (),
        term: str = "",
        doubtful: bool = False,
    ) -> Claim:
        """A claim of this rule; severity and basis are the rule's own unless given."""
        return Claim(
            code=self.code,
            subject=subject,
            term=term,
            message=message,
            severity=severity or self.severity,
            basis=cite(basis or self.basis(case.standards)),
            unit=unit,
            count=count,
            places=places[:MAX_PLACES],
            advice=self.mend,
            doubtful=doubtful,
        )

    def clear(self, subject: str, term: str = "", *, offline: bool = False) -> Clear:
        """The rule looked at `subject` and found nothing; `offline` where its page is gone."""
        return Clear(code=self.code, subject=subject, term=term, offline=offline)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All an operator may ask about a rule, in Chinese."""

    code: str
    name: str
    family: str
    severity: str
    checks: str
    why: str
    basis: tuple[Clause, ...]
    mend: str
    confirm_after: int
    thresholds: tuple[str, ...]


def cite(clauses: Iterable[Clause]) -> str:
    """Clauses as one line of a report."""
    return "；".join(clause.words for clause in clauses)
