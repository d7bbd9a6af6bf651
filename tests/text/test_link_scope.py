"""Hits on links: each unique link once, with its pages, silenced by what the site stands by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.texts import OutLink, PageText, TextPolicy, WordReview
from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule
from rules.text.corpus import Corpus, gather
from rules.text.proofing import proofs

DAY = date(2026, 3, 1)
BAD = OutLink("http://bad.example/a", "友情链接", "display:none")
SHOWN = OutLink("http://bad.example/a", "友情链接")


def _all_links(corpus: Corpus) -> Iterable[Hit]:
    return (Hit(unit=number, start=0, end=1, suggest="", why="甲") for number in _every(corpus))


def _every(corpus: Corpus) -> range:
    return range(len(corpus.links))


def _rule(code: str, rank: int) -> TextRule:
    return TextRule(
        code=code,
        name="名",
        severity=Severity.GENERAL,
        clauses=("own-links",),
        checks="查",
        why="因",
        mend="改",
        find=_all_links,
        scope=Scope.LINK,
        rank=rank,
    )


def _corpus(policy: TextPolicy | None = None) -> Corpus:
    pages = [
        PageText("http://a.gov.cn/1", links=(BAD, SHOWN, BAD)),
        PageText("http://a.gov.cn/2", links=(BAD,)),
    ]
    return gather(pages, policy or TextPolicy(), DAY)


def test_a_link_counts_once_with_all_its_pages() -> None:
    assert [(link.out, link.holders) for link in _corpus().links] == [(BAD, [0, 1]), (SHOWN, [0])]


def test_a_proof_names_its_link_and_the_rule_of_lower_rank_speaks() -> None:
    found = proofs(_corpus(), [_rule("T902", 20), _rule("T901", 30)])
    assert [(p.link, p.text, p.wrong, p.rule.code) for p in found] == [
        (0, -1, BAD.url, "T902"),
        (1, -1, BAD.url, "T902"),
    ]


def test_what_the_site_stands_by_is_silent() -> None:
    for term in (BAD.url, "bad.example", "友情链接"):
        assert not proofs(_corpus(TextPolicy(terms=frozenset({term}))), [_rule("T901", 30)])
    answer = WordReview(wrong=BAD.url, before="", after="", suggest="", right=True)
    assert not proofs(_corpus(TextPolicy(reviews=(answer,))), [_rule("T901", 30)])
