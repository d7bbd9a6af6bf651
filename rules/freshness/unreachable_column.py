"""F004: a column whose address says that the page is gone."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear, Place
from ledger.words import ColumnKind, Frequency, Outcome, Severity, Verdict
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.standards import Standards
from rules.wording import clip, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims columns that are gone; being blocked, slow or refused proves nothing."""
    for column, verdict in case.columns():
        reading = column.reading
        if reading is None or verdict.frequency is Frequency.JUMP:
            continue
        subject = subject_of(verdict.path)
        if verdict.verdict is Verdict.UNREACHABLE:
            yield RULE.claim(
                case,
                subject,
                f"栏目“{subject}”打不开。{verdict.explain}",
                unit=verdict.unit,
                places=(Place(verdict.url or "", clip(reading.excerpt) or reading.outcome.label),),
            )
        # A shell of scripts answers 200 for pages that do not exist, too.
        elif reading.outcome is Outcome.OK and reading.kind is not ColumnKind.SHELL:
            yield RULE.clear(subject)


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """No number: one dead address is enough, seen in two inspections."""
    return ("404、410，或返回200但内容是页面不存在",)


RULE = Rule(
    code="F004",
    name="栏目打不开",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("B-link",),
    checks="栏目网址返回404或410，或者返回200但内容是页面不存在；被拦截、超时、服务器错误只记未检查，不算打不开。",
    why="栏目打不开，公众看不到应公开的信息，检查时按链接错误扣分。",
    mend="请修复栏目网址；栏目已合并或更名的，改正菜单链接和栏目责任表中的网址。",
    look=look,
    thresholds=thresholds,
    confirm_after=2,
)
