"""F003: a column that opens and holds nothing, or says it is under construction."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.facts import ColumnFacts
from ledger.findings import Claim, Clear, Place
from ledger.words import ColumnKind, Outcome, Severity, Verdict
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.tally import line_words
from rules.standards import Standards
from rules.wording import clip, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims blank columns; a column whose content was seen is clear of it."""
    for column, verdict in case.columns():
        subject, reading = subject_of(verdict.path), column.reading
        if verdict.verdict is Verdict.BLANK:
            seen = clip(reading.excerpt) if reading else ""
            state = "正在建设" if verdict.kind is ColumnKind.BUILDING else "空白栏目"
            yield RULE.claim(
                case,
                subject,
                f"栏目“{subject}”是{state}。{verdict.explain}",
                unit=verdict.unit,
                places=(Place(verdict.url or "", seen),),
            )
        elif verdict.verdict is Verdict.JUMP_OK or _has_content(column):
            yield RULE.clear(subject)


def _has_content(column: ColumnFacts) -> bool:
    reading = column.reading
    if reading is None or reading.outcome is not Outcome.OK:
        return False
    return bool(column.items) or reading.kind is ColumnKind.SINGLE


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """One blank column is a finding; how many make a veto is the clause's number."""
    return ("一个空白栏目即报告", *line_words(numbers.clauses["A4c"]))


RULE = Rule(
    code="F003",
    name="空白栏目",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("A4c", "B-other"),
    checks="栏目能打开，列表里没有一条信息，或者页面写着正在建设；由脚本生成而没有读到内容的页面不算空白。",
    why="空白栏目在国家检查里逐个扣分，达到数量线即单项否决。",
    mend="请责任单位补充内容；暂时没有内容的，先从前台撤下栏目入口，并向主办单位报备。",
    look=look,
    thresholds=thresholds,
)
