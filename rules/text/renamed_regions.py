"""T402 Regions that bore another name by the day of publication."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.words import Severity
from rules.text.aged.names import regions
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus


def find(corpus: Corpus) -> Iterator[Hit]:
    """Names of regions changed well before the page was published."""
    for use in regions().find(corpus):
        former = use.former
        why = (
            f"{former.ground}“{former.old}”已于{former.since.year}年调整为“{former.new}”"
            "（国务院或民政部批复）。"
        )
        yield Hit(use.unit, use.start, use.end, former.new, why, Tier.REVIEW, days=use.days)


RULE = TextRule(
    code="T402",
    name="行政区划名称已变更",
    severity=Severity.GENERAL,
    clauses=("own-aged",),
    checks="按页面的发布日期，找出当时已经撤县设区、设市或更名一年以上的行政区划名称；谈历史的不算。",
    why="行政区划名称用错，影响文件的严肃性，也会让群众填错地址。",
    mend="核实后改为现行名称；确属历史内容的，复核为误报。",
    find=find,
    rank=35,
)
