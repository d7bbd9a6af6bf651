"""T401 Bodies that bore another name by the day of publication."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.words import Severity
from rules.text.aged.names import bodies
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus


def find(corpus: Corpus) -> Iterator[Hit]:
    """Names of bodies renamed or abolished well before the page was published."""
    for use in bodies().find(corpus):
        former = use.former
        why = f"“{former.old}”现为“{former.new}”（{former.ground}，{former.since:%Y-%m-%d}）。"
        yield Hit(use.unit, use.start, use.end, former.new, why, Tier.REVIEW, days=use.days)


RULE = TextRule(
    code="T401",
    name="机构名称已变更",
    severity=Severity.GENERAL,
    clauses=("own-aged",),
    checks="按页面的发布日期，找出当时已经更名、撤并一年以上的机构名称；谈历史、引用文件和外国机构的不算。",
    why="沿用已撤并的机构名称会让群众找错部门。",
    mend="核实后改为现行名称；确属历史内容的，复核为误报。",
    find=find,
    rank=35,
)
