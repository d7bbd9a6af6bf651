"""P001: items that show an older day than the inspection which did not find them yet."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.facts import ItemHistory
from ledger.findings import Claim, Clear, Place
from ledger.words import Severity
from rules.base import Case, Rule
from rules.publication import FAMILY
from rules.publication.shown import (
    is_late,
    is_recent,
    quoted,
    title_words,
    watch_words,
)
from rules.standards import Standards
from rules.wording import day_words, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a column, the items furthest behind first."""
    units = {verdict.path: verdict.unit for verdict in case.verdicts}
    for history in case.facts.histories:
        if history.path not in units:
            continue
        late = [i for i in history.items if is_recent(i.first_seen, case) and is_late(i, case)]
        subject = subject_of(history.path)
        if not late:
            yield RULE.clear(subject)
            continue
        late.sort(key=_behind)
        places = tuple(Place(item.url, _told(item)) for item in late)
        more = "等" if len(late) > 1 else ""
        yield RULE.claim(
            case,
            subject,
            f"栏目“{subject}”有{len(late)}条信息，显示的发布日期早于列表中还没有它的那次巡查，"
            f"需核实：{_told(late[0])}{more}。属迁移补录、审批后补发等情况的，请作说明。",
            unit=units[history.path],
            count=len(late),
            places=places,
        )


def _behind(item: ItemHistory) -> tuple[int, str]:
    behind = (item.missed - item.reading.day).days if item.missed and item.reading else 0
    return -behind, item.url


def _told(item: ItemHistory) -> str:
    if item.reading is None or item.missed is None:
        return title_words(item.title)
    return (
        f"{title_words(item.title)}{quoted(item.reading)}，{day_words(item.missed)}巡查时列表中没有，"
        f"{day_words(item.first_seen)}首次看到"
    )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """From when on an item counts as late."""
    watching = numbers.watching
    return (
        f"发布日期比没有看到它的那次巡查早{watching.late_days}天以上；"
        "两次巡查相隔更久的，按相隔的天数",
        f"没有写年份的日期，早{watching.yearless_days}天以上的不作比较",
        watch_words(numbers),
    )


RULE = Rule(
    code="P001",
    name="发布日期早于首次看到的日期",
    family=FAMILY,
    severity=Severity.INFO,
    clauses=("own-late", "A1-date"),
    checks="列表已经读到某一天、当时没有这条信息，后来它却以更早的发布日期出现在列表中；"
    "换了网址的旧信息、列表换了内容或者读取程序换了版本的，不作比较。",
    why="检查时可能被问到发布日期是否真实；迁移补录、审批后补发都属正常，但应说得清楚。",
    mend="请核对这些信息实际上网的日期：填错的改正，补录、补发的写明原因备查。",
    look=look,
    thresholds=thresholds,
    confirm_after=0,
)
