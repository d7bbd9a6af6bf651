"""Which findings a review speaks of: named by fingerprint, or taken by what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from console.errors import Misused
from ledger.duties import split_units
from ledger.findings import Finding, Judgement
from ledger.naming import fold_name
from ledger.reviews import Review, last_verdicts
from ledger.site import Site
from ledger.store import Ledger
from ledger.texts import Tier
from ledger.words import ReviewWord, Severity, State

FULL = 16
"""The digits of a whole fingerprint."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What findings must have in common: any of each list, and all of what is given."""

    codes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    states: tuple[State, ...] = ()
    tier: Tier | None = None
    where: str = ""
    unreviewed: bool = False

    @property
    def given(self) -> bool:
        """Whether anything is asked for at all."""
        return self != Filters()

    def take(self, finding: Finding) -> bool:
        """Whether the finding has all of it."""
        return (
            (not self.codes or finding.code.casefold() in map(str.casefold, self.codes))
            and (not self.units or self._of_unit(finding))
            and (not self.severities or finding.severity in self.severities)
            and (not self.states or finding.state in self.states)
            and (self.tier is None or finding.doubtful is (self.tier is Tier.REVIEW))
            and self._holds(finding)
            and not (self.unreviewed and finding.review is not None)
        )

    def _of_unit(self, finding: Finding) -> bool:
        whole = finding.responsible
        theirs = {fold_name(unit) for unit in (whole, *split_units(whole))}
        return any(fold_name(unit) in theirs for unit in self.units)

    def _holds(self, finding: Finding) -> bool:
        sought = self.where.casefold()
        return sought in finding.subject.casefold() or sought in finding.message.casefold()

    @property
    def words(self) -> str:
        """What was asked for, as it is typed."""
        told = [
            *(f"--code {code}" for code in self.codes),
            *(f"--unit {unit}" for unit in self.units),
            *(f"--severity {severity}" for severity in self.severities),
            *(f"--state {state}" for state in self.states),
        ]
        if self.tier is not None:
            told.append(f"--tier {self.tier}")
        if self.where:
            told.append(f"--where {self.where}")
        if self.unreviewed:
            told.append("--unreviewed")
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One site's findings on a day, with all that was said of them up to it, oldest first."""

    site: Site
    findings: tuple[Finding, ...]
    said: tuple[Review, ...]
    judgement: Judgement | None


def look(ledger: Ledger, site: Site, day: date) -> Reviewed:
    """What the ledger holds of a site."""
    return Reviewed(
        site,
        tuple(ledger.findings(site.key, day)),
        tuple(ledger.reviews(site.key, day)),
        ledger.newest_judgement(site.key, day),
    )


def named(reviewed: Iterable[Reviewed], marks: Sequence[str]) -> list[Finding]:
    """The findings whose fingerprints are, or begin with, `marks`; each once."""
    known = [finding for one in reviewed for finding in one.findings]
    found = [_named(known, mark) for mark in marks]
    return list({finding.fingerprint: finding for finding in found}.values())


def _named(known: Sequence[Finding], mark: str) -> Finding:
    wanted = mark.strip().lower()
    near = [finding for finding in known if wanted and finding.fingerprint.startswith(wanted)]
    if len(near) == 1:
        return near[0]
    if not near:
        raise Misused(f"没有编号为 {mark} 的问题。编号见 xuncha findings 的最后一列。")
    raise Misused(f"编号 {mark} 对应 {len(near)} 个问题，请写全 {FULL} 位。")


def filtered(
    reviewed: Iterable[Reviewed], filters: Filters, word: ReviewWord | None = None
) -> list[Finding]:
    """The findings that pass the filters, without any where none match.

    Without a state asked for, a `word` is said of what is open, and reopening of what was judged;
    to look at are those that are open or were ever spoken of.
    """
    found: list[Finding] = []
    for one in reviewed:
        judged = last_verdicts(one.said).keys()
        spoken = {review.fingerprint for review in one.said}
        for finding in one.findings:
            if word is ReviewWord.REOPENED:
                meant = finding.fingerprint in judged
            else:
                seen = word is None and finding.fingerprint in spoken
                meant = finding.state.open or seen or bool(filters.states)
            if meant and filters.take(finding):
                found.append(finding)
    return found
