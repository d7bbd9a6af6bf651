"""F005: a jump column whose target is gone."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear, Place
from ledger.words import Severity, Verdict
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.standards import Standards
from rules.wording import clip, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims jump columns whose target says that it is gone."""
    for column, verdict in case.columns():
        subject = subject_of(verdict.path)
        if verdict.verdict is Verdict.JUMP_OK:
            yield RULE.clear(subject)
        elif verdict.verdict is Verdict.JUMP_BROKEN and column.reading is not None:
            reading = column.reading
            target = reading.final_url or reading.url or ""
            yield RULE.claim(
                case,
                subject,
                f"栏目“{subject}”的跳转链接失效。{verdict.explain}",
                unit=verdict.unit,
                places=(Place(target, clip(reading.excerpt) or reading.outcome.label),),
            )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """No number: one dead target is enough, seen in two inspections."""
    return ("跳转目标返回404、410，或返回200但内容是页面不存在",)


RULE = Rule(
    code="F005",
    name="跳转链接失效",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("B-link",),
    checks="发布形式为跳转链接的栏目，看目标页面能否打开；目标网站拦截、超时或出错只记未检查。",
    why="跳转目标失效，公众点进栏目看到的是错误页，检查时按链接错误扣分。",
    mend="请核对目标网站的新网址并改正跳转；目标已停用的，撤下入口或改为本站栏目。",
    look=look,
    thresholds=thresholds,
    confirm_after=2,
)
