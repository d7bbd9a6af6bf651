"""F008: a column that owes publications but shows no publication day that could be read."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.facts import ColumnFacts, ColumnReading
from ledger.findings import Claim, Clear, Place
from ledger.words import ColumnKind, Outcome, Severity
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.deadline import owes
from rules.freshness.newest import distinct
from rules.standards import Standards
from rules.wording import clip, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims lists and single pages with content but without any day."""
    for column, verdict in case.columns():
        reading = column.reading
        if reading is None or reading.outcome is not Outcome.OK:
            continue
        subject = subject_of(verdict.path)
        if _dated(column, reading) or not owes(verdict.frequency, case.standards):
            yield RULE.clear(subject)
        elif _undated(column, reading):
            count = len(distinct(column.items))
            content = f"列表有{count}条信息" if count else "页面有内容"
            first = min(column.items, key=lambda item: (item.page, item.position), default=None)
            yield RULE.claim(
                case,
                subject,
                f"栏目“{subject}”{content}，但没有读到发布日期，无法判断是否按时更新。",
                unit=verdict.unit,
                places=(Place(verdict.url or "", clip(first.title if first else reading.title)),),
            )


def _dated(column: ColumnFacts, reading: ColumnReading) -> bool:
    return reading.published is not None or any(item.day is not None for item in column.items)


def _undated(column: ColumnFacts, reading: ColumnReading) -> bool:
    """Whether there is content, none of it dated, and nothing kept us from reading the days."""
    if reading.cut or any(item.fault for item in column.items):
        return False
    if reading.kind is ColumnKind.LIST:
        return bool(column.items)
    return reading.kind is ColumnKind.SINGLE


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """No number: not a single readable day."""
    return ("有更新频率要求的列表或单页，一个发布日期也没有读到",)


RULE = Rule(
    code="F008",
    name="栏目没有可读的发布日期",
    family=FAMILY,
    severity=Severity.LIGHT,
    clauses=("P-time", "P-undated"),
    checks="栏目能打开、有内容、有更新频率要求，但列表、正文和页面标签里都没有读到发布日期；日期错误的由“发布日期异常”报告。",
    why="不显示发布时间的页面或列表，检查时可能按没有更新计。",
    mend="请在列表或正文页显示发布时间（到时、分），并在页面标签 PubDate 中写上。",
    look=look,
    thresholds=thresholds,
)
