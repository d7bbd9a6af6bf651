"""T502: links that lead to gambling, pornographic and other bad sites."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule
from rules.text.corpus import Corpus
from rules.text.unsafe.links import outward


def _find(corpus: Corpus) -> Iterator[Hit]:
    for link in outward(corpus):
        if link.doubt and not link.out.hidden:
            words = link.out.text.strip()
            named = f"（链接文字“{words[:30]}”）" if words else ""
            yield Hit(
                unit=link.number,
                start=0,
                end=1,
                suggest="",
                why=f"{link.doubt.why}{named}",
                tier=link.doubt.tier,
            )


RULE = TextRule(
    code="T502",
    name="不良外链",
    severity=Severity.SEVERE,
    clauses=("A1", "own-links"),
    checks="页面上的外链有没有指向博彩、色情等不良网址，链接文字有没有不良词语；"
    "目标域名只是有些像的列入待核；本单位的不良网址清单一并使用",
    why="原来链接的域名到期后被人抢注，或者网页被篡改，都会把群众引到不良网站，属于单项否决的情形。",
    mend="删除链接，检查同一目标在其他页面是否还有；是被篡改的，查明原因并处置。",
    find=_find,
    scope=Scope.LINK,
    rank=25,
)
