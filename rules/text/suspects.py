"""T301: characters that hardly go with their neighbours, where a like one goes far better."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.words import Severity
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus

if TYPE_CHECKING:
    from rules.text.ngrams.judge import Suspect

_CATEGORY = "疑似错别字"


def _find(corpus: Corpus) -> Iterator[Hit]:
    # The table is read only where there is text to judge.
    from rules.text.ngrams.judge import shipped

    judge = shipped()
    for suspect, odds in judge.verdicts(corpus.sentences):
        yield Hit(
            unit=suspect.unit,
            start=suspect.start,
            end=suspect.end,
            suggest=suspect.new,
            why=_why(suspect),
            tier=Tier.REPORT if odds >= judge.report and not corpus.policy.shadow else Tier.REVIEW,
            category=_CATEGORY,
            score=round(odds, 2),
        )


def _why(suspect: Suspect) -> str:
    """What the score means, in words."""
    text, start, end = suspect.text, suspect.start, suspect.end
    head, tail = text[max(0, start - 1) : start], text[end : end + 1]
    gain = max(1, round(suspect.told("after") - suspect.told("before")))
    seen = suspect.sentences("new3_mid")
    told = f"；本次检查的文字里另有 {seen} 句写作“{head}{suspect.new}{tail}”" if seen else ""
    return (
        f"“{head}{suspect.wrong}{tail}”在公文用语中极少见，换成“{head}{suspect.new}{tail}”后"
        f"通顺程度高 {gain} 个数量级{told}"
    )


RULE = TextRule(
    code="T301",
    name="疑似错别字",
    severity=Severity.GENERAL,
    clauses=("own-wording",),
    checks="逐字比对公文用语的统计规律，找出与前后文不相容、换成音近或形近的字后明显通顺的字词。",
    why="错别字有损政府网站的权威，词库收不全的错误要靠前后文才能看出。",
    mend="对照原稿改正；确属人名、地名或专用词语的，标为不是问题，以后不再提示。",
    find=_find,
    rank=60,
    contextual=True,
    sharp=True,
)
