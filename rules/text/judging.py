"""From proofs to claims: each fault once, however many pages carry it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger.findings import Claim, Clear, Place, TextTally
from ledger.texts import PageText, SiteTexts, Tier
from rules.base import Case, Rule
from rules.standards import Standards
from rules.text.base import TextRule
from rules.text.catalog import text_rules
from rules.text.corpus import Corpus, gather
from rules.text.privacy.masks import veiled, veiled_address
from rules.text.proofing import Proof, proofs
from rules.text.recognised import recognised_proofs
from rules.text.saying import basis_of, message_of, severity_of
from rules.text.tally import tally_of

FAMILY = "文字"
MAX_PLACES = 20
_SURENESS = (Tier.REPORT, Tier.REVIEW, Tier.OCR)
_AROUND = 24
"""Characters shown on either side of what is wrong."""
_VEILED = _AROUND + 60
"""How far on either side personal numbers are looked for: one may reach beyond what is shown."""


@dataclass(slots=True)
class _Fault:
    """A fault as it is met: the first proof of it and all its places."""

    proof: Proof
    places: dict[tuple[str, str], None] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    units: dict[str, None] = field(default_factory=dict)


def as_rule(rule: TextRule) -> Rule:
    """A text rule as all others are known: what `explain` and the papers ask for.

    Its claims come from `judge_texts`, for the text rules look at all texts together.
    """
    return Rule(
        code=rule.code,
        name=rule.name,
        family=FAMILY,
        severity=rule.severity,
        clauses=rule.clauses,
        checks=rule.checks,
        why=rule.why,
        mend=rule.mend,
        look=_looks_elsewhere,
        thresholds=_no_thresholds,
    )


@dataclass(frozen=True, slots=True)
class TextJudgement:
    """What the text rules say of a site's texts, and how much text that was.

    `pages` are the addresses of all pages with a fault, by its code, subject and term.
    """

    said: tuple[Claim | Clear, ...]
    tally: TextTally
    pages: Mapping[tuple[str, str, str], Collection[str]]


def judge_texts(site: SiteTexts, day: date) -> TextJudgement:
    """A claim for each fault in the site's texts; a clear for each of before that is gone.

    All known texts of the site are judged together, so what is not found in any of them is gone
    from the portal, or stands as the site wants it.
    """
    corpus = gather(site.pages, site.policy, day)
    pictured = gather(site.pages, site.policy, day, recognised=True)
    found: dict[tuple[str, ...], _Fault] = {}
    _take(found, corpus, proofs(corpus))
    _take(found, pictured, recognised_proofs(pictured))
    faults = list(found.values())
    claims = [_claim(fault) for fault in faults]
    said = {(claim.code, claim.subject, claim.term) for claim in claims}
    codes = {rule.code for rule in text_rules()}
    clears = [
        clear
        for clear in site.before
        if clear.code in codes and (clear.code, clear.subject, clear.term) not in said
    ]
    faulty = {url for fault in faults for url in fault.pages}
    pages = {
        (claim.code, claim.subject, claim.term): fault.pages
        for claim, fault in zip(claims, faults, strict=True)
    }
    return TextJudgement((*claims, *clears), tally_of(corpus, pictured, faulty), pages)


def _take(faults: dict[tuple[str, ...], _Fault], corpus: Corpus, found: Sequence[Proof]) -> None:
    """Add the proofs of a corpus to the faults; the surest of a fault speaks for it."""
    masked = _masked(found)
    for proof in found:
        fault = faults.setdefault(_key(proof), _Fault(proof))
        if _SURENESS.index(proof.tier) < _SURENESS.index(fault.proof.tier):
            fault.proof = proof
        for page, where in _holders(corpus, proof):
            fault.places.setdefault((page.url, f"{where}{_excerpt(corpus, proof, masked)}"))
            fault.pages.add(page.url)
            fault.units.update(dict.fromkeys(page.units))


def _masked(found: Sequence[Proof]) -> Mapping[int, list[tuple[int, int]]]:
    """By text the stretches of it that may only be printed masked, in their order."""
    stretches: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for proof in found:
        if proof.hit.shown and proof.link < 0:
            stretches[proof.text].append((proof.start, proof.end))
    return stretches


def _key(proof: Proof) -> tuple[str, ...]:
    """What makes two proofs one fault: the same words, put right the same way, by the same rule.

    A statistical suspicion hangs on its neighbours; a wording that is always wrong does not.
    """
    around = (proof.before, proof.after) if proof.rule.contextual else ()
    return (proof.rule.code, proof.hit.shown or proof.wrong, proof.hit.suggest, *around)


def _holders(corpus: Corpus, proof: Proof) -> Iterator[tuple[PageText, str]]:
    if proof.link >= 0:
        for number in corpus.links[proof.link].holders:
            yield corpus.pages[number], "［链接］"
        return
    for page, passage in corpus.passages(proof.text):
        if proof.hit.days is None or page.day in proof.hit.days:
            place = f"：{veiled(passage.place)}" if passage.place else ""
            yield page, f"［{passage.kind.label}{place}］"


def _excerpt(corpus: Corpus, proof: Proof, masked: Mapping[int, list[tuple[int, int]]]) -> str:
    """The words around the fault with the fault marked, on one line."""
    if proof.link >= 0:
        out = corpus.links[proof.link].out
        return f"{out.text}【{proof.hit.shown or out.url}】"
    words = corpus.texts[proof.text].plain.text
    start = max(0, proof.start - _VEILED)
    # Personal numbers in the neighbourhood are masked before the words are cut, or half of one
    # would pass for something else.
    seen = veiled(words[start : proof.end + _VEILED])
    stretches = masked.get(proof.text, [])
    for number in range(bisect_left(stretches, (start, 0)), len(stretches)):
        first, last = stretches[number]
        if first >= start + len(seen):
            break
        hidden = slice(first - start, last - start)
        seen = f"{seen[: hidden.start]}{veiled_address(seen[hidden])}{seen[hidden.stop :]}"
    from_, to = proof.start - start, proof.end - start
    left = seen[max(0, from_ - _AROUND) : from_].rpartition("\n")[2]
    right = seen[to : to + _AROUND].partition("\n")[0]
    return f"{left}【{proof.hit.shown or proof.wrong}】{right}"


def _claim(fault: _Fault) -> Claim:
    proof, count = fault.proof, len(fault.pages)
    shown = proof.hit.shown or proof.wrong
    more = f"共 {count} 个页面出现。" if count > 1 else ""
    return Claim(
        code=proof.rule.code,
        subject=shown,
        term=_term(proof),
        message=message_of(proof) + more,
        severity=severity_of(proof),
        basis=basis_of(proof),
        unit="、".join(fault.units),
        count=count,
        places=tuple(Place(url, excerpt) for url, excerpt in fault.places)[:MAX_PLACES],
        advice=proof.rule.mend,
        doubtful=proof.tier is not Tier.REPORT,
        recognised=proof.tier is Tier.OCR,
    )


def _term(proof: Proof) -> str:
    """What tells faults of one subject apart; masked words are told apart by nothing else.

    Not even a digest of them is kept: it takes ten thousand guesses to fill a masked mobile number.
    """
    if proof.hit.shown:
        return ""
    around = f"{proof.before}[]{proof.after}" if proof.rule.contextual else ""
    return f"{around}→{proof.hit.suggest}"


def _looks_elsewhere(case: Case) -> tuple[()]:
    return ()


def _no_thresholds(standards: Standards) -> tuple[str, ...]:
    return ()
