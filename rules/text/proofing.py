"""Runs the text rules over a corpus and settles what they say of the same characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ledger.addresses import host_of
from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule, Tier
from rules.text.catalog import text_rules
from rules.text.corpus import Corpus, Text
from rules.text.fixed.covering import covering


@dataclass(frozen=True, slots=True)
class Proof:
    """A hit in one unique text: where, by which rule, and the words themselves.

    `start` and `end` count in the comparable text of `text`; `wrong`, `before` and `after` are the
    words hit and the one character on either side of them. A hit on a link stands in no text:
    `text` is -1, `link` its number in `corpus.links` and `wrong` its address.
    """

    text: int
    start: int
    end: int
    wrong: str
    before: str
    after: str
    rule: TextRule
    hit: Hit
    link: int = -1

    @property
    def tier(self) -> Tier:
        """Whether this is reported or kept for a person."""
        return self.hit.tier


def proofs(corpus: Corpus, rules: Sequence[TextRule] | None = None) -> list[Proof]:
    """What the rules find in the corpus, in the order of texts and places in them.

    A wording the site stands by, and one a person has found right in the same context, is left
    out. Where two rules hit the same characters a sure hit outweighs a doubtful one, then the rule
    of lower rank speaks, and within a rule the longer hit.
    """
    found = [
        proof
        for rule in (text_rules() if rules is None else rules)
        for hit in rule.find(corpus)
        for proof in _spread(corpus, rule, hit)
        if not _own_wording(corpus, proof)
    ]
    found.sort(key=lambda p: (p.text, p.link, p.start, p.end, p.rule.code))
    return [
        _weighed(corpus, proof)
        for _, group in groupby(found, key=lambda proof: (proof.text, proof.link))
        # Not before: what a person has found right must not be called wrong by the next rule.
        for proof in _settled(list(group))
        if not _found_right(corpus, proof)
    ]


def _weighed(corpus: Corpus, proof: Proof) -> Proof:
    """A sure slip of any rule is grave where it spoils a grave expression."""
    hit = proof.hit
    weighed = hit.severity is not None or proof.rule.severity is Severity.SEVERE
    if weighed or proof.tier is not Tier.REPORT or not hit.suggest or proof.link >= 0:
        return proof
    words = corpus.texts[proof.text].plain.text
    spoilt = covering(words, proof.start, proof.end, hit.suggest)
    if spoilt is None:
        return proof
    why = f"{hit.why.rstrip('。')}；它是固定表述“{spoilt.text}”（见{spoilt.source}）的一部分"
    grave = replace(
        hit, severity=Severity.SEVERE, clause="A1", category=spoilt.category.name, why=why
    )
    return replace(proof, hit=grave)


def _spread(corpus: Corpus, rule: TextRule, hit: Hit) -> Iterator[Proof]:
    """A hit in a sentence as hits in all texts that hold the sentence."""
    if rule.scope is Scope.LINK:
        yield from _on_link(corpus, rule, hit)
        return
    if rule.scope is Scope.TEXT:
        spots: Iterable[tuple[int, int]] = ((hit.unit, 0),)
    else:
        spots = ((spot.text, spot.offset) for spot in corpus.sentences.spots(hit.unit))
    for number, offset in spots:
        if hit.days is None or hit.days & corpus.days(number):
            yield _proof(corpus.texts[number], number, offset, rule, hit)


def _on_link(corpus: Corpus, rule: TextRule, hit: Hit) -> Iterator[Proof]:
    link = corpus.links[hit.unit]
    if hit.days is None or any(corpus.pages[page].day in hit.days for page in link.holders):
        yield Proof(-1, hit.start, hit.end, link.out.url, "", "", rule, hit, hit.unit)


def _proof(text: Text, number: int, offset: int, rule: TextRule, hit: Hit) -> Proof:
    words, start, end = text.plain.text, hit.start + offset, hit.end + offset
    return Proof(
        text=number,
        start=start,
        end=end,
        wrong=words[start:end],
        before=words[max(0, start - 1) : start],
        after=words[end : end + 1],
        rule=rule,
        hit=hit,
    )


def _own_wording(corpus: Corpus, proof: Proof) -> bool:
    """Whether the site stands by this wording or this address."""
    policy = corpus.policy
    if proof.link >= 0:
        out = corpus.links[proof.link].out
        known = {out.url, host_of(out.url), out.text} - {""}
        return bool(known & policy.terms)
    return proof.wrong in policy.terms or any(
        _within(term, corpus.texts[proof.text].plain.text, proof.start, proof.end)
        for term in policy.terms
        if proof.wrong in term
    )


def _found_right(corpus: Corpus, proof: Proof) -> bool:
    """Whether a person has said that just this stands as it is."""
    if proof.link >= 0:
        return any(words == proof.wrong for words, _, _ in corpus.stands)
    # An excerpt, which a person answers, ends with its line.
    before, after = proof.before.strip("\n"), proof.after.strip("\n")
    return (proof.wrong, before, after) in corpus.stands


def _within(term: str, words: str, start: int, end: int) -> bool:
    """Whether `words[start:end]` stands inside an occurrence of `term`."""
    return term in words[max(0, start - len(term)) : end + len(term)] and any(
        words.startswith(term, place) and place + len(term) >= end
        for place in range(max(0, end - len(term)), start + 1)
    )


def _weight(proof: Proof) -> tuple[bool, int, int, int]:
    doubtful = proof.tier is not Tier.REPORT
    return doubtful, proof.rule.rank, proof.start - proof.end, proof.start


def _settled(found: list[Proof]) -> list[Proof]:
    """Of overlapping hits a sure one, then the one of lowest rank, then the longest."""
    # What is kept never overlaps, so only the neighbours on either side need be looked at; a table
    # may have tens of thousands.
    spans: list[tuple[int, int]] = []
    kept: list[Proof] = []
    for proof in sorted(found, key=_weight):
        at = bisect_left(spans, (proof.start, proof.end))
        after = at < len(spans) and spans[at][0] < proof.end
        before = at > 0 and spans[at - 1][1] > proof.start
        if not (after or before):
            spans.insert(at, (proof.start, proof.end))
            kept.append(proof)
    return sorted(kept, key=lambda proof: proof.start)
