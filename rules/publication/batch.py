"""P003: many items at once, their days spread over past periods or all at the end of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.facts import ColumnHistory, ItemHistory
from ledger.findings import Claim, Clear, ColumnVerdict, Place
from ledger.words import Severity
from rules.base import Case, Rule
from rules.freshness.spans import Span, span_of
from rules.publication import FAMILY
from rules.publication.shown import is_late, is_recent, is_shown, quoted, title_words, watch_words
from rules.standards import Standards
from rules.wording import day_words, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a column: the largest batch of what past periods lacked, else of one day."""
    verdicts = {verdict.path: verdict for verdict in case.verdicts}
    for history in case.facts.histories:
        verdict = verdicts.get(history.path)
        if verdict is None:
            continue
        subject = subject_of(history.path)
        found = _filled_in(case, history, verdict) or _in_one_day(case, history)
        if found is None:
            yield RULE.clear(subject)
            continue
        items, what = found
        yield RULE.claim(
            case,
            subject,
            f"栏目“{subject}”{what}，仅供参考；属迁移补录、集中审批等情况的，请作说明。",
            unit=verdict.unit,
            count=len(items),
            places=tuple(Place(item.url, _told(item)) for item in items),
        )


def _filled_in(
    case: Case, history: ColumnHistory, verdict: ColumnVerdict
) -> tuple[list[ItemHistory], str] | None:
    """Items one inspection found new although they show older days, of several periods."""
    watching = case.standards.watching
    groups: dict[date, list[ItemHistory]] = {}
    for item in history.items:
        close = item.missed is not None and (
            (item.first_seen - item.missed).days <= watching.batch_gap
        )
        if close and is_recent(item.first_seen, case) and is_late(item, case):
            groups.setdefault(item.first_seen, []).append(item)
    seen, items = max(groups.items(), key=lambda g: (len(g[1]), g[0]), default=(None, []))
    if seen is None or len(items) < watching.batch_items:
        return None
    period = case.standards.limits[verdict.frequency].period or "month"
    spans = {_span(period, item) for item in items}
    if len(spans) < watching.batch_periods:
        return None
    items.sort(key=lambda item: (_day(item), item.url))
    return items, (
        f"在{day_words(seen)}的巡查中首次看到{len(items)}条信息，"
        f"发布日期从{day_words(_day(items[0]))}到{day_words(_day(items[-1]))}，"
        f"分散在{len(spans)}个更新周期"
    )


def _in_one_day(case: Case, history: ColumnHistory) -> tuple[list[ItemHistory], str] | None:
    """Items of one of the last days of a month, more than all else that was new."""
    watching = case.standards.watching
    groups: dict[date, list[ItemHistory]] = {}
    fresh = [item for item in history.items if _is_new(item, case)]
    for item in fresh:
        groups.setdefault(_day(item), []).append(item)
    day, items = max(groups.items(), key=lambda g: (len(g[1]), g[0]), default=(None, []))
    if day is None or len(items) < watching.same_day_items or len(items) * 2 <= len(fresh):
        return None
    end = span_of("month", day).end
    if (end - day).days >= watching.month_end_days:
        return None
    ending = "季度末" if end.month % 3 == 0 else "月末"
    items.sort(key=lambda item: item.url)
    return items, f"{ending}的{day_words(day)}一天发布{len(items)}条信息，多于此前后新增的总和"


def _is_new(item: ItemHistory, case: Case) -> bool:
    """Whether the item came while the list was watched, and is recent enough to be told."""
    return (
        item.missed is not None
        and is_shown(item.reading, case.standards)
        and is_recent(item.first_seen, case)
    )


def _day(item: ItemHistory) -> date:
    return item.reading.day if item.reading else date.max


def _span(period: str, item: ItemHistory) -> Span:
    return span_of(period, _day(item))


def _told(item: ItemHistory) -> str:
    read = quoted(item.reading) if item.reading else ""
    return f"{title_words(item.title)}{read}，{day_words(item.first_seen)}首次看到"


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """How many make a batch."""
    watching = numbers.watching
    return (
        f"一次巡查首次看到{watching.batch_items}条及以上，"
        f"发布日期早于首次看到的日期，分散在{watching.batch_periods}个及以上更新周期（没有周期的按月）",
        f"两次巡查相隔{watching.batch_gap}天以上的不算",
        f"或者月末{watching.month_end_days}天中的一天发布{watching.same_day_items}条及以上，"
        "且多于这段时间其余新增信息的总和",
        watch_words(numbers),
    )


RULE = Rule(
    code="P003",
    name="集中补录或月末集中发布",
    family=FAMILY,
    severity=Severity.INFO,
    clauses=("own-batch",),
    checks="一次巡查首次看到一批信息，发布日期分散在以往多个更新周期；或者月末、季度末一天发布大量信息。"
    "首次巡查和以前没有读到的栏目不作判断。",
    why="平时不更新、检查前集中补录曾被通报；属迁移补录、集中审批的，备好说明即可。",
    mend="请核对这批信息的来由，属迁移补录、集中审批的写明原因备查；今后按更新频率及时发布。",
    look=look,
    thresholds=thresholds,
    confirm_after=0,
)
