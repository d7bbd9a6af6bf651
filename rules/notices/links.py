"""V102: addresses that a vendor's notice found dead, until they open again."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.notices import NoticeKind, Sight
from ledger.words import Severity
from rules.base import Case, Rule
from rules.notices import FAMILY
from rules.notices.reported import Reported, reported, unseen
from rules.standards import Standards
from rules.wording import clip, day_words


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims what does not open, or what nobody could try since."""
    for fault in reported(case, NoticeKind.LINK):
        subject, term = fault.key
        sight = case.notices.sights.get(fault.item.url)
        opened = sight is not None and sight.read_on is not None and sight.read_on > fault.since
        if fault.ours or (opened and sight is not None and sight.read_on == sight.last_on):
            yield RULE.clear(subject, term)
        else:
            yield _claim(case, fault, sight)


def _claim(case: Case, fault: Reported, sight: Sight | None) -> Claim:
    item = fault.item
    subject, term = fault.key
    name = f"“{clip(item.title, 40)}”" if item.title else ""
    on = f"（所在页面：{clip(item.parent, 120)}）" if item.parent else ""
    said = f"，通报写明：{clip(item.context, 80)}" if item.context else ""
    return RULE.claim(
        case,
        subject,
        f"{fault.opening()}：链接{name}打不开{on}{said}。{fault.said()}{_since(fault, sight)}",
        term=term,
        doubtful=fault.doubtful,
        severity=fault.severity,
        unit=item.unit,
        places=fault.place(sight),
    )


def _since(fault: Reported, sight: Sight | None) -> str:
    if sight is not None and sight.gone and sight.last_on and sight.last_on > fault.since:
        label = sight.outcome.label if sight.outcome is not None else ""
        day = day_words(sight.last_on)
        return f"{day}的巡查访问该地址，{label}；链接若已从页面上去掉，请人工销号。"
    return unseen(sight, fault.since)


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """When it ends."""
    return (
        "通报日期之后的巡查能打开该地址的，算已解决；外站的地址不去访问",
        "链接已从页面上去掉、地址仍打不开的，由人复核销号",
    )


RULE = Rule(
    code="V102",
    name="监测通报的链接问题",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("own-notice",),
    checks="监测单位通报打不开的链接，属于本站的每次巡查重新访问。",
    why="链接打不开按个数扣分，通报后逾期没有整改的会被再次通报。",
    mend="恢复页面或改正地址；不再需要的链接从页面上去掉，然后复核销号。",
    look=look,
    thresholds=thresholds,
)
