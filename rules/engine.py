"""Judges a run on a day: every column's verdict, then every rule's claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from ledger.facts import SiteFacts
from ledger.findings import Claim, Clear, Judgement
from ledger.notices import SiteNotices
from ledger.texts import SiteTexts
from ledger.versions import version_of
from rules.base import Case
from rules.freshness.verdicts import column_verdict
from rules.loader import load
from rules.notices import FAMILY as NOTICES
from rules.notices.matching import match, seen
from rules.standards import standards
from rules.text.judging import judge_texts


def judge(
    facts: SiteFacts,
    day: date,
    texts: SiteTexts | None = None,
    notices: SiteNotices | None = None,
) -> Judgement:
    """What the rules say of `facts` on `day`. Pure: the same input gives the same judgement.

    Without `texts` the text rules say nothing, and what they said before stands; so with `notices`.
    """
    numbers = standards()
    verdicts = tuple(column_verdict(column, facts, day, numbers) for column in facts.columns)
    case = Case(facts=facts, day=day, verdicts=verdicts, standards=numbers)
    said = [word for rule in load() if rule.family != NOTICES for word in rule.look(case)]
    read = judge_texts(texts, day) if texts is not None else None
    if read is not None:
        said.extend(read.said)
    matched: Mapping[str, str] = {}
    found: frozenset[str] = frozenset()
    if notices is not None and notices.notices:
        # What a vendor found is held against what we found ourselves.
        matched = match(notices, facts, said, read.pages if read is not None else {})
        found = seen(notices, facts.site.key)
        case = replace(case, notices=notices, matched=matched)
        said += [word for rule in load() if rule.family == NOTICES for word in rule.look(case)]
    claims, clears = _settle(said)
    return Judgement(
        site=facts.site.key,
        run_id=facts.run.id,
        as_of=day,
        verdicts=verdicts,
        claims=claims,
        clears=clears,
        cards=tuple(rule.card(numbers) for rule in load()),
        rule_set=rule_set(),
        texts=read.tally if read is not None else None,
        matched=tuple(sorted(matched.items())),
        seen=tuple(sorted(found)),
    )


def rule_set() -> str:
    """A short hash over the rules' code and data: two judgements with it were made alike."""
    return version_of("rules")


def _settle(words: Iterable[Claim | Clear]) -> tuple[tuple[Claim, ...], tuple[Clear, ...]]:
    """One word for each code, subject and term; claims outweigh clears, grave claims light ones."""
    claims: dict[tuple[str, str, str], Claim] = {}
    clears: dict[tuple[str, str, str], Clear] = {}
    for word in words:
        key = (word.code, word.subject, word.term)
        if isinstance(word, Clear):
            clears[key] = word
            continue
        known = claims.get(key)
        if known is None or _weight(word) > _weight(known):
            claims[key] = word
    return (
        tuple(claims[key] for key in sorted(claims)),
        tuple(clears[key] for key in sorted(clears) if key not in claims),
    )


def _weight(claim: Claim) -> tuple[int, int, str]:
    return claim.severity.rank, claim.count, claim.message
