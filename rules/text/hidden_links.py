"""T503: links nobody is shown that lead to strangers (暗链)."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.texts import Tier
from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule
from rules.text.corpus import Corpus
from rules.text.unsafe.links import Outward, outward


def _find(corpus: Corpus) -> Iterator[Hit]:
    links = list(outward(corpus))
    # A site that shows the same host elsewhere stands by it: menus are hidden until one points.
    shown = {link.host for link in links if not link.out.hidden}
    for link in links:
        if link.out.hidden and (link.doubt or link.host not in shown):
            yield _hit(link)


def _hit(link: Outward) -> Hit:
    way = f"链接不显示给人看（{link.out.hidden}）"
    if link.doubt:
        why, tier, severity = f"{way}，{link.doubt.why}", link.doubt.tier, Severity.SEVERE
    else:
        why = f"{way}，指向本站以外的{link.host}，页面上别处也没有公开链接到它，请核实"
        tier, severity = Tier.REVIEW, Severity.GENERAL
    return Hit(unit=link.number, start=0, end=1, suggest="", why=why, tier=tier, severity=severity)


RULE = TextRule(
    code="T503",
    name="暗链",
    severity=Severity.SEVERE,
    clauses=("A1", "own-links"),
    checks="页面里有没有不显示给人看、却指向外站的链接：目标域名或链接文字不良的报告，"
    "指向陌生外站的列入待核；本站、政府和教育网站、常见媒体以及页面上公开链接过的不算",
    why="暗链多是网页被入侵后挂上去的，给博彩、色情网站提高搜索排名，属于单项否决的情形。",
    mend="查看网页源码，删除暗链，排查入侵途径和同一模板的其他页面，并上报。",
    find=_find,
    scope=Scope.LINK,
    rank=24,
)
