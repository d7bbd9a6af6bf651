"""What all of a corpus' outgoing links are judged by: whose hosts are its own, what is bad."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.addresses import host_of
from ledger.texts import OutLink, Tier
from rules.text.corpus import Corpus
from rules.text.plain import plain
from rules.text.unsafe.hosts import bad, foreign, readable
from rules.text.unsafe.judging import judged
from rules.text.unsafe.lexicon import bordered, lowered, scan


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against a link and how sure that is; `why` is empty where nothing does."""

    tier: Tier
    why: str


@dataclass(frozen=True, slots=True)
class Outward:
    """A link that leads away to a host of no known standing; `number` counts `corpus.links`."""

    number: int
    out: OutLink
    host: str
    doubt: Doubt | None


def outward(corpus: Corpus) -> Iterator[Outward]:
    """The links that lead to other hosts than the site's own, official and well-known ones."""
    own = {readable(host_of(page.url)) for page in corpus.pages} - {""}
    for number, link in enumerate(corpus.links):
        host = foreign(link.out.url, own)
        if host:
            yield Outward(number, link.out, host, _doubt(link.out, host, corpus))


def _doubt(out: OutLink, host: str, corpus: Corpus) -> Doubt | None:
    target = bad(host, corpus.policy.bad_hosts)
    said = _said(out.text, "链接文字")
    if said is None and not host.isascii():
        said = _said(host, "域名")
    if target and (target.tier is Tier.REPORT or said is None):
        return Doubt(target.tier, target.why)
    if target and said:
        return Doubt(Tier.REPORT, f"{target.why.partition('，')[0]}，{said.why}")
    return said


def _said(text: str, where: str) -> Doubt | None:
    """What the words of a link amount to; they stand alone, as a title does."""
    words = lowered(plain(text).text)
    verdict = judged(words, bordered(words, scan(words)), loud=True) if words else None
    if verdict is None:
        return None
    category = verdict.first.unsafe.category.name
    return Doubt(verdict.tier, f"{where}“{verdict.first.unsafe.word}”属于{category}词语")
