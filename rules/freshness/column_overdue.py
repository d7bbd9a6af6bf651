"""F001: a column that owes a publication by the contract's clock and is late."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.words import Severity, Verdict
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.newest import newest_place
from rules.standards import Standards
from rules.wording import subject_of

_FINE = frozenset({Verdict.ON_TIME, Verdict.AS_NEEDED, Verdict.JUMP_OK})


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims every column with the verdict overdue."""
    for _, verdict in case.columns():
        subject = subject_of(verdict.path)
        if verdict.verdict in _FINE:
            yield RULE.clear(subject)
        elif verdict.verdict is Verdict.OVERDUE:
            yield RULE.claim(
                case,
                subject,
                f"栏目“{subject}”超过合同约定的更新频率。{verdict.explain}",
                unit=verdict.unit,
                places=(newest_place(verdict),),
            )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """The days each frequency allows."""
    return tuple(
        f"{limit.frequency.label}：{limit.days}天，到期前{limit.warn_before}天起提示临近（{limit.source}）"
        for limit in numbers.limits.values()
        if limit.days is not None
    )


RULE = Rule(
    code="F001",
    name="栏目逾期未更新（合同时限）",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("contract", "A4b"),
    checks="按栏目责任表的发布形式，看栏目最近一次发布日期到基准日的天数是否超过时限；只用读到的发布日期，晚于基准日的不算。",
    why="栏目应更新而没有更新，是合同巡查和国家检查都要扣的问题；数量多了会被单项否决。",
    mend="请责任单位补充发布应公开的信息；确实没有内容可发的，向主办单位报备并调整发布形式。",
    look=look,
    thresholds=thresholds,
)
