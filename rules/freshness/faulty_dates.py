"""F007: publication days in the future, impossible days and empty-date placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ledger.facts import ColumnReading, Item
from ledger.findings import Claim, Clear, Place
from ledger.words import Outcome, Severity
from rules.base import MAX_PLACES, Case, Rule
from rules.freshness import FAMILY
from rules.freshness.newest import distinct
from rules.standards import Standards
from rules.wording import HOME_SUBJECT, clip, day_words, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a column, and one for the home page, however many dates are at fault."""
    if case.facts.home is not None:
        yield from _judge(case, HOME_SUBJECT, "", case.facts.home, case.facts.home_items)
    for column, verdict in case.columns():
        if column.reading is not None:
            subject = subject_of(verdict.path)
            yield from _judge(case, subject, verdict.unit, column.reading, column.items)


def _judge(
    case: Case, subject: str, unit: str, reading: ColumnReading, items: tuple[Item, ...]
) -> Iterator[Claim | Clear]:
    if reading.outcome is not Outcome.OK or not (items or reading.published):
        return
    # Later than the judged day but not than the run is simply later news.
    last = max(case.day, case.facts.run.as_of)
    faults = list(_faults(reading, items, last, case.standards))
    if not faults:
        yield RULE.clear(subject)
        return
    shown = "；".join(place.excerpt for place in faults[:2])
    more = "等" if len(faults) > 2 else ""
    yield RULE.claim(
        case,
        subject,
        f"“{subject}”有{len(faults)}条信息的发布日期晚于{day_words(last)}或不存在，需核实：{shown}{more}。",
        unit=unit,
        count=len(faults),
        places=tuple(faults[:MAX_PLACES]),
    )


def _faults(
    reading: ColumnReading, items: Iterable[Item], last: date, numbers: Standards
) -> Iterator[Place]:
    page = reading.final_url or reading.url or ""
    for item in distinct(items):
        if item.fault or (item.day and (item.day > last or item.day in numbers.placeholders)):
            read = clip(item.fault or item.text, 30) or (day_words(item.day) if item.day else "")
            yield Place(item.url or page, f"{clip(item.title, 40)} {read}".strip())
    own = reading.published
    if own is not None and (own.day > last or own.day in numbers.placeholders):
        read = clip(own.text, 30) or day_words(own.day)
        yield Place(page, f"{clip(reading.title, 40)} {read}".strip())


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """Which days count as at fault."""
    empty = "、".join(day.isoformat() for day in sorted(numbers.placeholders))
    return ("晚于巡查日的发布日期", "日历上没有的日期，如2月30日", f"系统空日期：{empty}")


RULE = Rule(
    code="F007",
    name="发布日期异常",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("P-time",),
    checks="列表和单页的发布日期有没有晚于巡查日的、日历上不存在的、系统空日期；这些日期不参与计算最近更新。",
    why="发布日期出错会让栏目看起来已更新，检查时可能被认为伪造发稿日期，要先由人核实。",
    mend="请核对并改正信息的发布日期；列表上显示的是活动日期或截止日期的，改为显示发布日期。",
    look=look,
    thresholds=thresholds,
)
