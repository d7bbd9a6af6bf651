"""P002: items whose address carries another day than the list or article shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ledger.facts import ColumnFacts, DayReading, Item
from ledger.findings import Claim, Clear, Place
from ledger.words import How, Severity
from rules.base import Case, Rule
from rules.freshness.newest import distinct, usable_day
from rules.publication import FAMILY
from rules.publication.shown import SHOWN, is_list, is_recent, quoted, title_words
from rules.standards import Standards
from rules.wording import subject_of


@dataclass(frozen=True, slots=True)
class _Pair:
    item: Item
    shown: DayReading
    address: DayReading

    @property
    def later(self) -> int:
        """Days by which the address is later than the day shown."""
        return (self.address.day - self.shown.day).days


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a column, the widest pairs first."""
    watching = case.standards.watching
    for column, verdict in case.columns():
        if not is_list(column) or not any(usable_day(i, case.standards) for i in column.items):
            continue
        subject = subject_of(verdict.path)
        odd = [
            pair
            for pair in _pairs(column, case.standards)
            if is_recent(max(pair.shown.day, pair.address.day), case)
            and (pair.later > watching.address_later or -pair.later > watching.address_earlier)
        ]
        if not odd:
            yield RULE.clear(subject)
            continue
        odd.sort(key=lambda pair: (-abs(pair.later), pair.item.url))
        more = "等" if len(odd) > 1 else ""
        yield RULE.claim(
            case,
            subject,
            f"栏目“{subject}”有{len(odd)}条信息显示的日期与网址中的日期相差较大，"
            f"需核实：{_told(odd[0])}{more}。",
            unit=verdict.unit,
            count=len(odd),
            places=tuple(Place(pair.item.url, _told(pair)) for pair in odd),
        )


def _pairs(column: ColumnFacts, numbers: Standards) -> list[_Pair]:
    """The items with a day of their own and another in the address, folders' names left out."""
    found = list(_all_pairs(column, numbers))
    days: dict[date, set[date]] = {}
    for pair in found:
        days.setdefault(pair.address.day, set()).add(pair.shown.day)
    limit = numbers.watching.folder_days
    return [pair for pair in found if len(days[pair.address.day]) < limit]


def _all_pairs(column: ColumnFacts, numbers: Standards) -> Iterable[_Pair]:
    for item in distinct(column.items):
        day = usable_day(item, numbers)
        address = next((other for other in item.others if other.how is How.ADDRESS), None)
        if day is not None and item.how in SHOWN and item.how is not None and address is not None:
            yield _Pair(item, DayReading(day, item.how, item.text), address)


def _told(pair: _Pair) -> str:
    way = "晚" if pair.later > 0 else "早"
    return (
        f"{title_words(pair.item.title)}{quoted(pair.shown)}，{quoted(pair.address)}"
        f"{way}{abs(pair.later)}天"
    )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """How far the two days may lie apart."""
    watching = numbers.watching
    return (
        f"网址中的日期比显示的日期晚{watching.address_later}天以上，"
        f"或者早{watching.address_earlier}天以上",
        f"同一网址日期对应{watching.folder_days}个及以上不同发布日期的，视为目录名或整批迁移，不列",
        f"两个日期中较晚的一个在基准日前{watching.watch_days}天以内的才列",
    )


RULE = Rule(
    code="P002",
    name="显示日期与网址日期不一致",
    family=FAMILY,
    severity=Severity.INFO,
    clauses=("own-address", "A1-date"),
    checks="信息网址中带有日期（多为系统建稿的日期），与列表或正文显示的发布日期相差较大："
    "网址日期更晚，可能是补录；早得很多，可能是旧稿改了日期重新发布。",
    why="网址日期由系统生成，检查时常用来核对发布日期；两者相差较大的，应说得清楚。",
    mend="请核对实际发布日期：填错的改正，属补录、迁移或者旧稿重发的写明原因备查。",
    look=look,
    thresholds=thresholds,
    confirm_after=0,
)
